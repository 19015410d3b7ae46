"""Contributions in kind and their value. They are not part of the commitments and receipts in money."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec

from ledger.domain.engagement.command import EngagementCommand
from ledger.domain.engagement.money.balances import InKindContribution
from ledger.domain.engagement.money.contributions import BelowZero, payer
from ledger.domain.engagement.state import RUNNING, Engagement
from ledger.domain.errors import LedgerError
from ledger.domain.fields import (
    ORGANIZATION,
    Amount,
    PartyName,
    Text,
    about,
    checked_reference,
    next_number,
)
from ledger.domain.kernel import DecisionContext, Event, Fact
from ledger.domain.money import Money, from_minor
from ledger.domain.refusals import MissingField, NotPositive, WrongCurrency


class AnothersGift(LedgerError):
    """The contribution in kind to be valued again belongs to another payer."""

    code = "anothers-gift"

    def __init__(self, item: str, by: str) -> None:
        """Refuse to value `item`, which `by` gives."""
        super().__init__(f"The contribution in kind {item} is given by {by}.", "Give another --item, or that payer.")


class ContributionValued(Event, tag="contribution.valued", frozen=True):
    """A contribution in kind was valued; if valued again, `amount` is the change of its value."""

    by: str
    item: str
    what: str
    amount: Money
    basis: str | None = None

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check status, payer and currency, and that the value is not negative on any day.

        Raises ForbiddenTransition, NotAPartyHere, AnothersGift, WrongCurrency, BelowZero, NotPositive.
        """
        state.check_status(fact, RUNNING)
        state.check_party(self.by, organization=True)
        current = state.balances.in_kind.get(self.item)
        if current is not None and current.by != self.by:
            raise AnothersGift(self.item, current.by)
        if current is not None and current.currency != self.amount.currency:
            raise WrongCurrency(self.amount.currency, [current.currency], f"the value of {self.item}")
        contribution = current or InKindContribution(self.by, self.what, self.amount.currency)
        lowest = contribution.value.lowest(fact.effective_on, self.amount.minor)
        if lowest < 0:
            raise BelowZero(f"The value of {self.item}", from_minor(self.amount.currency, lowest))
        if current is None and self.amount.minor == 0:
            raise NotPositive(str(self.amount))

    def restated(self, was: Engagement, now: Engagement, on: str) -> "ContributionValued | None":
        """Return the valuation that leads to the same value."""
        before, after = was.balances.in_kind.get(self.item), now.balances.in_kind.get(self.item)
        if before is None or after is None or after.currency != self.amount.currency:
            return self
        minor = before.value.total + self.amount.minor - after.value.total
        is_same = not minor and self.what == after.what
        return None if is_same else msgspec.structs.replace(self, amount=from_minor(after.currency, minor))

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Add the amount to the value."""
        contribution = state.balances.in_kind.setdefault(
            self.item, InKindContribution(self.by, self.what, self.amount.currency)
        )
        contribution.what = self.what
        contribution.value.add(fact.effective_on, self.amount.minor)

    def mentions(self) -> Iterable[str]:
        """Return the payer, if it is a party."""
        return () if self.by == ORGANIZATION else (f"party/{self.by}",)


class ValueInKind(EngagementCommand, tag="contribution value", frozen=True):
    """Record what a payer gives in kind and what it is worth, or value again what it gives."""

    example = "IDS-2026-001 P00001 'USD 12000.00' --what 'Two experts for a month' --basis 'Standard cost 2026'"
    numbered = "item"

    payer: Annotated[
        PartyName,
        msgspec.Meta(description="who gives: a party, or 'organization'", extra={"argument": True, "as": "payer"}),
    ]
    amount: Annotated[Amount, msgspec.Meta(description="its value", extra={"argument": True})]
    what: Annotated[Text, msgspec.Meta(description="what is given")] | None = None
    basis: Annotated[Text, msgspec.Meta(description="the basis of its value")] | None = None
    item: Annotated[str, about("its key; the next K number if not given, an earlier one to value it again")] | None = (
        None
    )

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the difference to the recorded value, if value or description changes. Raises MissingField."""
        context.engagement(self.engagement)
        by, amount = payer(self.payer, context), self.amount.checked()
        item = checked_reference(self.item or next_number("K", state.balances.in_kind))
        current = state.balances.in_kind.get(item)
        what = self.what or (current.what if current else None)
        if what is None:
            raise MissingField("what", "what is given")
        difference = amount.minor - (current.value.total if current and current.currency == amount.currency else 0)
        if current is None or difference or what != current.what:
            yield ContributionValued(
                by=by, item=item, what=what, amount=from_minor(amount.currency, difference).checked(), basis=self.basis
            )
