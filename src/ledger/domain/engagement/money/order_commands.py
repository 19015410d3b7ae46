"""Commands on service orders. Their events and rules are in `ledger.domain.engagement.money.orders`."""

from collections.abc import Iterator
from itertools import islice
from typing import Annotated

import msgspec

from ledger.domain.dates import checked_date
from ledger.domain.engagement.command import EngagementCommand
from ledger.domain.engagement.money.balances import MOST_ALIKE
from ledger.domain.engagement.money.orders import (
    ServiceOrderAmended,
    ServiceOrderCancelled,
    ServiceOrderClosed,
    ServiceOrderIssued,
    live,
)
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import listed
from ledger.domain.fields import (
    PAID_ROLES,
    Amount,
    Day,
    LongText,
    OrderNumber,
    PartyName,
    Text,
    about,
    checked_reference,
)
from ledger.domain.kernel import DecisionContext, Event
from ledger.domain.money import Money, from_minor
from ledger.domain.refusals import MissingField


def _only_vendor(state: Engagement, context: DecisionContext) -> str:
    """Return the only party with a paid role; if none has one, the only party. Raises MissingField."""
    paid = context.setting("conflict.roles") or PAID_ROLES
    refs = state.party_refs()
    known = {role.party for role in state.roles() if role.role in paid} or refs
    vendors = sorted({context.survivor(ref) for ref in known})
    if len(vendors) != 1:
        raise MissingField("vendor", f"it may be {listed(vendors)}" if vendors else "the engagement has no party")
    return context.as_known(vendors[0], refs)[0]


ExPostFacto = Annotated[Text, about("it came before the signature, or before the order: why")]


class OrderCommand(EngagementCommand, frozen=True):
    """A command on a service order of an engagement."""

    number: Annotated[OrderNumber, msgspec.Meta(extra={"argument": True})]


class IssueOrder(OrderCommand, tag="order issue", frozen=True):
    """Record that a service order was issued."""

    example = "IDS-2026-001 SO-1 --subject 'Inception report' --amount 'USD 40000.00'"
    offered = ("ends_on",)

    subject: Annotated[Text, msgspec.Meta(description="what is ordered")]
    amount: Annotated[Amount, msgspec.Meta(description="the amount, like 'USD 40000.00'")]
    vendor: (
        Annotated[
            PartyName, msgspec.Meta(description="the party it is issued to; the only party that is paid if not given")
        ]
        | None
    ) = None
    starts_on: Annotated[Day, msgspec.Meta(description="first day of its period")] | None = None
    ends_on: Annotated[Day, msgspec.Meta(description="last day of its period")] | None = None
    deliverables: Annotated[
        tuple[LongText, ...],
        msgspec.Meta(
            description="what is to be delivered; may be repeated", extra={"as": "texts", "option": "deliverable"}
        ),
    ] = ()
    wind_down: Annotated[str, about("while suspended or after termination: the decision that allows it")] | None = None
    ex_post_facto: Annotated[Text, about("it came before the signature: why")] | None = None

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the order; without a vendor, to the only one. Raises UnknownEngagement, UnknownParty, MissingField."""
        context.engagement(self.engagement)
        refs = state.party_refs()
        vendor = context.as_known(self.vendor, refs)[0] if self.vendor else _only_vendor(state, context)
        amount = self.amount.checked()
        alike = state.balances.alike_orders.get((vendor, amount.currency, amount.minor, context.effective_on), ())
        for number in islice((number for number in alike if number != self.number), MOST_ALIKE):
            context.note(f"Service order {number} has the same vendor, amount and day: is this the same order?")
        yield ServiceOrderIssued(
            number=checked_reference(self.number),
            subject=self.subject,
            vendor=vendor,
            amount=amount,
            starts_on=self.starts_on and checked_date(self.starts_on),
            ends_on=self.ends_on and checked_date(self.ends_on),
            deliverables=self.deliverables,
            wind_down=self.wind_down,
            ex_post_facto=self.ex_post_facto,
        )
        _note_excess(amount, state, context)


def _note_excess(amount: Money, state: Engagement, context: DecisionContext) -> None:
    """Note that orders come to more than was committed, if this one does it and no ceiling limits them."""
    pledges = [money.committed for (_, currency), money in state.balances.contributions.items()
               if currency == amount.currency]  # fmt: skip
    committed, ordered = sum(pledges), state.balances.ordered[amount.currency].total
    if state.get("ceiling") is None and pledges and ordered - amount.minor <= committed < ordered:
        together, pledged = from_minor(amount.currency, ordered), from_minor(amount.currency, committed)
        context.note(f"The orders come to {together}, more than the {pledged} that is committed: is it right?")


class AmendOrder(OrderCommand, tag="order amend", frozen=True):
    """Change a service order: `--amount` is its new amount."""

    example = "IDS-2026-001 SO-1 --amount 'USD 45000.00'"

    subject: Annotated[Text, msgspec.Meta(description="what is ordered")] | None = None
    amount: Annotated[Amount, msgspec.Meta(description="its new amount")] | None = None
    starts_on: Annotated[Day, msgspec.Meta(description="first day of its period")] | None = None
    ends_on: Annotated[Day, msgspec.Meta(description="last day of its period")] | None = None
    deliverables: (
        Annotated[
            tuple[LongText, ...],
            msgspec.Meta(
                description="what is to be delivered; repeatable", extra={"as": "texts", "option": "deliverable"}
            ),
        ]
        | None
    ) = None

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the members that change. Raises UnknownEngagement, UnknownOrder."""
        context.engagement(self.engagement)
        order = state.order(self.number, self.engagement)
        changed: dict[str, object] = {
            name: value
            for name in ("subject", "starts_on", "ends_on", "deliverables")
            if (value := getattr(self, name)) is not None and value != getattr(order, name)
        }
        for name in ("starts_on", "ends_on"):
            if name in changed:
                checked_date(str(changed[name]))
        if self.amount is not None:
            amount = self.amount.checked()
            same = amount.currency == order.currency
            difference = amount.minor - (order.ordered if same else 0)
            if difference or not same:
                changed["difference"] = from_minor(amount.currency, difference)
        if changed:
            yield ServiceOrderAmended(number=self.number, **changed)  # type: ignore[arg-type]
        if isinstance(more := changed.get("difference"), Money) and more.minor > 0:
            _note_excess(more, state, context)


class CancelOrder(OrderCommand, tag="order cancel", frozen=True):
    """Cancel a service order: what was not accepted is released."""

    example = "IDS-2026-001 SO-1 --reason 'No longer needed'"

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the cancellation, which releases the open amount."""
        context.engagement(self.engagement)
        order = live(state, self.number)
        yield ServiceOrderCancelled(number=self.number, released=from_minor(order.currency, order.open))


class CloseOrder(OrderCommand, tag="order close", frozen=True):
    """Close a service order that was carried out and paid: what was not needed is released."""

    example = "IDS-2026-001 SO-1"

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the closing, which releases the open amount."""
        context.engagement(self.engagement)
        order = live(state, self.number)
        yield ServiceOrderClosed(number=self.number, released=from_minor(order.currency, order.open))
