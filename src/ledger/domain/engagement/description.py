"""An engagement in words: label to text, in reading order. Histories are the differences between two of these."""

from collections.abc import Mapping

from ledger.domain.engagement.money.balances import Balances, Order
from ledger.domain.engagement.parts import Action, Attached, Conflict, Outcome, Review
from ledger.domain.fields import Role, Share
from ledger.domain.kernel import Dated
from ledger.domain.money import from_minor


def describe_facts(facts: Mapping[str, Dated]) -> dict[str, str]:
    """Return the particulars of an engagement."""
    return {name.replace("_", " "): _value_text(held.value) for name, held in facts.items()}


def describe_money(balances: Balances) -> dict[str, str]:
    """Return contributions, then service orders."""
    text = _contribution_text(balances)
    for number, order in balances.orders.items():
        text |= _order_text(number, order)
    return text


def describe_parts(
    outcomes: Mapping[str, Outcome],
    conflicts: Mapping[str, Conflict],
    reviews: Mapping[str, Review],
    actions: Mapping[str, Action],
    documents: Mapping[str, Attached],
) -> dict[str, str]:
    """Return each part under its kind and key."""
    text: dict[str, str] = {}
    for key, outcome in outcomes.items():
        text |= {f"outcome {key} planned": outcome.planned} if outcome.planned else {}
        text |= {f"outcome {key}": outcome.reached} if outcome.reached else {}
    text |= {f"conflict of interest {key}": str(conflict) for key, conflict in conflicts.items()}
    text |= {f"review {key}": str(review) for key, review in reviews.items()}
    text |= {f"action {key}": str(action) for key, action in actions.items()}
    text |= {f"document {key}": str(document) for key, document in documents.items()}
    return text


def _value_text(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(str(item) for item in value if isinstance(item, (Role, Share, str))) or "none"
    return str(value)


def _contribution_text(balances: Balances) -> dict[str, str]:
    text = {}
    for (payer, currency), pot in balances.pots.items():
        for measure in ("committed", "received", "refunded"):
            if minor := getattr(pot, measure):
                text[f"{measure} by {payer} in {currency}"] = str(from_minor(currency, minor))
    for item, gift in balances.gifts.items():
        text[f"in kind {item} by {gift.by}"] = f"{gift.what}, valued at {from_minor(gift.currency, gift.value.total)}"
    return text


def _order_text(number: str, order: Order) -> dict[str, str]:
    name = f"service order {number}"
    text = {f"{name} subject": order.subject, f"{name} vendor": order.vendor}
    text[f"{name} amount"] = str(from_minor(order.currency, order.ordered))
    for label, value in (("starts on", order.starts_on), ("ends on", order.ends_on)):
        if value:
            text[f"{name} {label}"] = value
    for label, minor in (("accepted", order.accepted), ("paid", order.paid)):
        if minor:
            text[f"{name} {label}"] = str(from_minor(order.currency, minor))
    if order.ended:
        text[f"{name} {order.ended}"] = "yes"
    return text
