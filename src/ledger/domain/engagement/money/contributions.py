"""Contributions: commitments, receipts and refunds of payers. An amendment is recorded as the difference."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec

from ledger.domain.engagement.command import EngagementCommand
from ledger.domain.engagement.state import RUNNING, Engagement
from ledger.domain.errors import LedgerError
from ledger.domain.fields import ORGANIZATION, Amount, PartyName, Pledge
from ledger.domain.kernel import DecisionContext, Event, Fact
from ledger.domain.money import Money, from_minor
from ledger.domain.refusals import NotPositive
from ledger.domain.running_total import RunningTotal


class BelowZero(LedgerError):
    """A commitment, or the value of a contribution in kind, would become negative."""

    code = "below-zero"

    def __init__(self, what: str, left: Money) -> None:
        """Refuse what would leave `left` of `what`."""
        super().__init__(f"{what} would become {left}.", "It cannot be less than zero on any day.")


class OverReceived(LedgerError):
    """More would be refunded than was received."""

    code = "over-received"

    def __init__(self, payer: str, received: Money) -> None:
        """Refuse a refund to `payer`, from whom `received` is what is left."""
        super().__init__(
            f"Only {received} of what {payer} paid in is left to refund on that day.", "Refund no more than that."
        )


class PledgedTwice(LedgerError):
    """One payer is given two commitments in the same currency at once."""

    code = "pledged-twice"

    def __init__(self, payer: str) -> None:
        """Refuse the second commitment of `payer`."""
        super().__init__(f"{payer} has two commitments in one currency.", "Add them up: one amount per payer.")


class _PayerEvent(Event, frozen=True):
    by: str
    amount: Money

    def mentions(self) -> Iterable[str]:
        """Return the payer, if it is a party."""
        return () if self.by == ORGANIZATION else (f"party/{self.by}",)


class ContributionCommitted(_PayerEvent, tag="contribution.committed", frozen=True):
    """A payer committed an amount; when negative, it lowers a commitment. It alone feeds the measure `signed`."""

    recorded_by = ("contribution commit", "contribution amend", "engagement sign", "engagement amend")
    ahead = True

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check status and payer, and that the commitment is not negative on any day.

        Raises ForbiddenTransition, NotAPartyHere, BelowZero.
        """
        state.check_status(fact, RUNNING)
        state.check_party(self.by, organization=True)
        contribution = state.balances.contributions.get((self.by, self.amount.currency))
        left = (contribution.pledged if contribution else RunningTotal()).lowest(fact.effective_on, self.amount.minor)
        if left < 0:
            raise BelowZero(f"The commitment of {self.by}", from_minor(self.amount.currency, left))

    def restated(self, was: Engagement, now: Engagement, on: str) -> "ContributionCommitted | None":
        """Return the amendment that leads to the same commitment; what is committed on top stays as it is.

        Only an amendment lowers a commitment. The entry does not say whether a rise is one, or comes on top.
        """
        key = self.by, self.amount.currency
        before, after = was.balances.contributions.get(key), now.balances.contributions.get(key)
        if self.amount.minor >= 0 or before is None or after is None:
            return self
        minor = before.committed + self.amount.minor - after.committed
        return msgspec.structs.replace(self, amount=from_minor(self.amount.currency, minor)) if minor else None

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Add the amount to the payer's commitment."""
        contribution, minor = state.balances.contribution(self.by, self.amount.currency), self.amount.minor
        contribution.committed += minor
        contribution.pledged.add(fact.effective_on, minor)


class _MoneyMoved(_PayerEvent, frozen=True):
    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check status and payer, that the currency is a committed one, and that the amount is positive.

        Raises ForbiddenTransition, NotAPartyHere, NothingCommitted, WrongCurrency, NotPositive.
        """
        state.check_status(fact, RUNNING)
        state.check_party(self.by, organization=True)
        state.check_currency(self.by, self.amount)
        if self.amount.minor <= 0:
            raise NotPositive(str(self.amount))


class ContributionReceived(_MoneyMoved, tag="contribution.received", frozen=True):
    """Money that a payer had committed came in."""

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Add the amount to the payer's receipts."""
        contribution, minor = state.balances.contribution(self.by, self.amount.currency), self.amount.minor
        contribution.received += minor
        contribution.held.add(fact.effective_on, minor)


class ContributionRefunded(_MoneyMoved, tag="contribution.refunded", frozen=True):
    """Money that had come in went back to its payer."""

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the refund is at most what was received and not refunded, on every day from its own on."""
        super().validate(state, fact)
        contribution = state.balances.contributions[(self.by, self.amount.currency)]
        lowest = contribution.held.lowest(fact.effective_on, -self.amount.minor)
        if lowest < 0:
            raise OverReceived(self.by, from_minor(self.amount.currency, lowest + self.amount.minor))

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Add the amount to the payer's refunds."""
        contribution = state.balances.contribution(self.by, self.amount.currency)
        contribution.refunded += self.amount.minor
        contribution.held.add(fact.effective_on, -self.amount.minor)


def payers(text: str, state: Engagement, context: DecisionContext) -> list[str]:
    """Return the references under which the engagement knows the payer that `text` names, that to use first.

    There are several if parties to it were merged. Raises UnknownParty, AmbiguousParty.
    """
    return [ORGANIZATION] if text == ORGANIZATION else context.as_known(text, state.party_refs())


def _resolved(pledges: Iterable[Pledge], state: Engagement, context: DecisionContext) -> list[Pledge]:
    resolved = [Pledge(payers(pledge.by, state, context)[0], pledge.amount.checked()) for pledge in pledges]
    keys: set[tuple[str, str]] = set()
    for pledge in resolved:
        key = pledge.by, pledge.amount.currency
        if key in keys:
            raise PledgedTwice(pledge.by)
        keys.add(key)
    return resolved


def commit(pledges: Iterable[Pledge], state: Engagement, context: DecisionContext) -> Iterator[Event]:
    """Yield one commitment per pledge. Raises NotPositive, PledgedTwice, UnknownParty."""
    for pledge in _resolved(pledges, state, context):
        if pledge.amount.minor <= 0:
            raise NotPositive(str(pledge.amount))
        yield ContributionCommitted(by=pledge.by, amount=pledge.amount)


def amend_commitments(pledges: Iterable[Pledge], state: Engagement, context: DecisionContext) -> Iterator[Event]:
    """Yield the difference between each new total and the recorded commitment.

    Raises PledgedTwice, UnknownParty, and BadAmount if a difference exceeds the range of amounts.
    """
    for pledge in _resolved(pledges, state, context):
        known = ((ref, pledge.amount.currency) for ref in payers(pledge.by, state, context))
        found = filter(None, map(state.balances.contributions.get, known))
        difference = pledge.amount.minor - sum(contribution.committed for contribution in found)
        if difference:
            yield ContributionCommitted(by=pledge.by, amount=from_minor(pledge.amount.currency, difference).checked())


class _ContributionCommand(EngagementCommand, frozen=True):
    payer: Annotated[
        PartyName,
        msgspec.Meta(description="who pays: a party, or 'organization'", extra={"argument": True, "as": "payer"}),
    ]
    amount: Annotated[Amount, msgspec.Meta(extra={"argument": True})]


class CommitContribution(_ContributionCommand, tag="contribution commit", frozen=True):
    """Record that a payer commits an amount on top of what it committed before."""

    example = "IDS-2026-001 P00001 'USD 50000.00'"

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the commitment. Raises UnknownEngagement, UnknownParty, NotPositive."""
        context.engagement(self.engagement)
        yield from commit([Pledge(self.payer, self.amount)], state, context)


class AmendContribution(_ContributionCommand, tag="contribution amend", frozen=True):
    """Change a payer's commitment to a new total, from a date on."""

    example = "IDS-2026-001 P00001 'USD 80000.00' --effective 2026-07-01"

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the difference to the recorded commitment."""
        context.engagement(self.engagement)
        yield from amend_commitments([Pledge(self.payer, self.amount)], state, context)


class ReceiveContribution(_ContributionCommand, tag="contribution receive", frozen=True):
    """Record that money which was committed came in."""

    example = "IDS-2026-001 P00001 'USD 25000.00' --effective 2026-04-15"

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the receipt."""
        context.engagement(self.engagement)
        known, amount = payers(self.payer, state, context), self.amount.checked()
        moneys = {ref: state.balances.contributions.get((ref, amount.currency)) for ref in known}
        for ref, money in moneys.items():
            if money and (context.effective_on, amount.minor) in money.held.moves:
                context.note(f"{ref} paid in {amount} on that day already: is this the same receipt?")
        yield ContributionReceived(by=known[0], amount=amount)
        there = [money for money in moneys.values() if money]
        committed = sum(money.committed for money in there)
        held = sum(money.received - money.refunded for money in there)
        if held > committed:
            paid, pledged = from_minor(amount.currency, held), from_minor(amount.currency, committed)
            context.note(f"{known[0]} has paid in {paid}, more than the {pledged} that it committed.")


class RefundContribution(_ContributionCommand, tag="contribution refund", frozen=True):
    """Record that money went back to its payer."""

    example = "IDS-2026-001 P00001 'USD 5000.00'"

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the refund."""
        context.engagement(self.engagement)
        known, amount = payers(self.payer, state, context), self.amount.checked()
        held = {ref: state.balances.contributions.get((ref, amount.currency)) for ref in known}
        enough = (
            ref
            for ref, contribution in held.items()
            if contribution and contribution.held.lowest(context.effective_on, -amount.minor) >= 0
        )
        yield ContributionRefunded(by=next(enough, known[0]), amount=amount)
