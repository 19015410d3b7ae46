"""An engagement in words: label to text, in reading order. Histories are the differences between two of these."""

from typing import TYPE_CHECKING

from ledger.domain.engagement.accounts import Order
from ledger.domain.fields import Role, Share
from ledger.domain.money import from_minor

if TYPE_CHECKING:
    from ledger.domain.engagement.state import Engagement


def described(state: "Engagement") -> dict[str, str]:
    """Return what is known of an engagement."""
    told = {"status": state.status} if state.status else {}
    for name, held in state.facts.items():
        told[name.replace("_", " ")] = _told(held.value)
    told |= _told_contributions(state)
    for number, order in state.accounts.orders.items():
        told |= _told_order(number, order)
    for key, outcome in state.outcomes.items():
        told |= {f"outcome {key} planned": outcome.planned} if outcome.planned else {}
        told |= {f"outcome {key}": outcome.reached} if outcome.reached else {}
    for key, conflict in state.conflicts.items():
        told[f"conflict of interest {key}"] = str(conflict)
    for key, review in state.reviews.items():
        told[f"review {key}"] = str(review)
    for key, action in state.actions.items():
        told[f"action {key}"] = str(action)
    for key, document in state.documents.items():
        told[f"document {key}"] = str(document)
    return told


def _told(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(str(one) for one in value if isinstance(one, (Role, Share, str))) or "none"
    return str(value)


def _told_contributions(state: "Engagement") -> dict[str, str]:
    told = {}
    for (payer, currency), pot in state.accounts.pots.items():
        for measure in ("committed", "received", "refunded"):
            if minor := getattr(pot, measure):
                told[f"{measure} by {payer} in {currency}"] = str(from_minor(currency, minor))
    for item, gift in state.accounts.gifts.items():
        told[f"in kind {item} by {gift.by}"] = f"{gift.what}, valued at {from_minor(gift.currency, gift.value.total)}"
    return told


def _told_order(number: str, order: Order) -> dict[str, str]:
    name = f"service order {number}"
    told = {f"{name} subject": order.subject, f"{name} vendor": order.vendor}
    told[f"{name} amount"] = str(from_minor(order.currency, order.ordered))
    for label, value in (("starts on", order.starts_on), ("ends on", order.ends_on)):
        if value:
            told[f"{name} {label}"] = value
    for label, minor in (("accepted", order.accepted), ("paid", order.paid)):
        if minor:
            told[f"{name} {label}"] = str(from_minor(order.currency, minor))
    if order.ended:
        told[f"{name} {order.ended}"] = "yes"
    return told
