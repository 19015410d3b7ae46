"""Waivers: an authority allows an engagement to deviate from a rule of the guidelines, and says why."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated

import msgspec

from ledger.domain.dates import check_period, checked_date
from ledger.domain.engagement.command import EngagementCommand
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import LedgerError, did_you_mean, listed
from ledger.domain.fields import Day, LongText, Text, about
from ledger.domain.guidelines.adoption import STREAM_KIND
from ledger.domain.kernel import DecisionContext, Event, Fact


class UnknownRule(LedgerError):
    """No guidelines that were adopted have a rule of this id."""

    code = "unknown-rule"

    def __init__(self, rule: str, known: list[str]) -> None:
        """Refuse `rule`; the guidelines have the rules `known`."""
        has = f"The rules are {listed(known, 'and')}." if known else "'ledger guidelines adopt FILE' adopts guidelines."
        super().__init__(f"No guidelines have a rule '{rule}'.", did_you_mean(get_close_matches(rule, known)) or has)


class DeviationWaived(Event, tag="deviation.waived", frozen=True):
    """An authority allowed a deviation from a rule: in one case, or in all cases of the engagement until a day.

    A waiver that is dated after its case counts, and is listed as given afterwards.
    """

    rule: str
    why: str
    approved_by: str
    case: str | None = None
    until: str | None = None
    conditions: str | None = None

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the engagement exists and that the waiver does not end before it begins.

        Raises ForbiddenTransition, EndsBeforeStart.
        """
        state.check_exists(fact)
        check_period(fact.effective_on, self.until)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Set the waiver of the rule, or of the rule in this case."""
        state.put(f"waiver of {self.rule}" + (f" in {self.case}" if self.case else ""), self, fact)

    def __str__(self) -> str:
        more = {"until": self.until, "on condition that": self.conditions}
        texts = [
            f"{self.why}; approved by {self.approved_by}",
            *(f"{name} {text}" for name, text in more.items() if text),
        ]
        return "; ".join(texts)


class WaiveDeviation(EngagementCommand, tag="deviation waive", frozen=True):
    """Record that an authority allowed an engagement to deviate from a rule of the guidelines, and why."""

    example = "IDS-2026-001 selection --approved-by 'Deputy Director' --why 'Only one firm has the data'"

    rule: Annotated[str, about("id of the rule", argument=True)]
    why: Annotated[LongText, msgspec.Meta(description="why")]
    approved_by: Annotated[Text, msgspec.Meta(description="the authority that allowed it")]
    case: Annotated[str, about("the case, such as the number of an order; every case if not given")] | None = None
    until: Annotated[Day, msgspec.Meta(description="the last day on which it holds")] | None = None
    conditions: Annotated[LongText, msgspec.Meta(description="on which conditions")] | None = None

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the waiver. Raises UnknownEngagement, UnknownRule, BadDate."""
        context.engagement(self.engagement)
        sets = context.states(STREAM_KIND).values()
        rules = {rule.id for known in sets for version in known.versions() for rule in version.rules}
        if self.rule not in rules:
            raise UnknownRule(self.rule, sorted(rules))
        own = state.balances
        if self.case and "@" not in self.case and self.case not in {*own.orders, *own.acceptances, *own.payments}:
            context.note(f"No order, acceptance or payment of {self.engagement} is called '{self.case}' so far.")
        yield DeviationWaived(
            rule=self.rule, why=self.why, approved_by=self.approved_by, case=self.case,
            until=self.until and checked_date(self.until), conditions=self.conditions,
        )  # fmt: skip
