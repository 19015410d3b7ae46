"""Acceptances of deliverables under service orders: at most what was ordered, and a payment needs an acceptance."""

from collections.abc import Iterator
from typing import Annotated

import msgspec

from ledger.domain.engagement.money.balances import Acceptance
from ledger.domain.engagement.money.order_commands import ExPostFacto, OrderCommand
from ledger.domain.engagement.money.orders import live
from ledger.domain.engagement.state import EX_POST_FACTO, RUNNING, Engagement
from ledger.domain.errors import LedgerError
from ledger.domain.fields import Amount, LongText, about, checked_reference, next_number
from ledger.domain.kernel import DecisionContext, Event, Fact
from ledger.domain.money import Money, from_minor
from ledger.domain.refusals import NotPositive, WrongCurrency


class OverOrder(LedgerError):
    """More would be accepted than was ordered."""

    code = "over-order"

    def __init__(self, number: str, left: Money) -> None:
        """Refuse an acceptance under order `number`, of which `left` is open."""
        only = f"Only {left}" if left.minor > 0 else "Nothing"
        super().__init__(
            f"{only} of service order {number} is left to accept on that day.",
            "Accept no more than that, or raise the order first with 'ledger order amend'.",
        )


class DuplicateAcceptance(LedgerError):
    """The engagement has an acceptance with this reference already."""

    code = "duplicate-acceptance"

    def __init__(self, ref: str) -> None:
        """Refuse the reference `ref`."""
        super().__init__(
            f"There is an acceptance {ref} already.", "Give another --acceptance, or none to have one made."
        )


class DeliverableAccepted(Event, tag="deliverable.accepted", frozen=True):
    """What was delivered under a service order was accepted: this much of it may be paid.

    `ex_post_facto` says why it came before the order, or before the signature.
    """

    order: str
    acceptance: str
    amount: Money
    deliverable: str | None = None
    evidence: str | None = None
    ex_post_facto: str | None = None

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check status, reference, currency and amount: at most what is open on the day and on every later day."""
        state.check_signed(fact, RUNNING, self.ex_post_facto)
        order = live(state, self.order)
        if self.acceptance in state.balances.acceptances:
            raise DuplicateAcceptance(self.acceptance)
        if self.amount.currency != order.currency:
            raise WrongCurrency(self.amount.currency, [order.currency], "the order")
        if self.amount.minor <= 0:
            raise NotPositive(str(self.amount))
        if not self.ex_post_facto:
            state.check_after(fact, f"service order {self.order}", order.issued_on, EX_POST_FACTO)
        lowest = order.room.lowest(max(fact.effective_on, order.issued_on), -self.amount.minor)
        if lowest < 0:
            raise OverOrder(self.order, from_minor(order.currency, lowest + self.amount.minor))

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Add the amount to what was accepted and is due; as of a day before the order, there is nothing to add to."""
        order = state.balances.orders.get(self.order)
        if order is None:
            return
        state.balances.acceptances[self.acceptance] = Acceptance(
            self.order, self.amount.minor, fact.effective_on, self.deliverable, self.evidence, self.ex_post_facto
        )
        order.accepted += self.amount.minor
        order.room.add(max(fact.effective_on, order.issued_on), -self.amount.minor)
        order.due.add(fact.effective_on, self.amount.minor)


class AcceptDeliverable(OrderCommand, tag="order accept", frozen=True):
    """Record that what was delivered under a service order was accepted, so that it may be paid."""

    example = "IDS-2026-001 SO-1 'USD 10000.00' --deliverable 'Inception report'"
    numbered = "acceptance"
    offered = ("amount", "deliverable")

    amount: (
        Annotated[
            Amount, msgspec.Meta(description="its value; all that is open if not given", extra={"argument": True})
        ]
        | None
    ) = None
    deliverable: Annotated[LongText, msgspec.Meta(description="what was delivered")] | None = None
    evidence: Annotated[LongText, msgspec.Meta(description="the evidence for it")] | None = None
    acceptance: Annotated[str, about("its reference; made from the order's number if not given")] | None = None
    ex_post_facto: ExPostFacto | None = None

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the acceptance; without an amount, of all that is open.

        Raises UnknownEngagement, UnknownOrder, OverOrder.
        """
        context.engagement(self.engagement)
        order = live(state, self.number)
        everything = from_minor(order.currency, order.open)
        if self.amount is None:
            if order.open <= 0:
                raise OverOrder(self.number, everything)
            context.note(f"No amount is given: all that is open of {self.number} is accepted, {everything}.")
        yield DeliverableAccepted(
            order=self.number,
            acceptance=checked_reference(
                self.acceptance or next_number(f"{self.number}/A", state.balances.acceptances)
            ),
            amount=self.amount.checked() if self.amount else everything,
            deliverable=self.deliverable,
            evidence=self.evidence,
            ex_post_facto=self.ex_post_facto,
        )
