"""Risks of an engagement: the latest assessment of each kind of risk counts."""

from collections.abc import Iterator
from typing import Annotated

import msgspec

from ledger.domain.dates import checked_date
from ledger.domain.engagement.command import EngagementCommand
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import USAGE, LedgerError, listed
from ledger.domain.fields import Day, LongText, Text, about
from ledger.domain.kernel import DecisionContext, Event, Fact

RISKS = ("access", "compliance", "reputational", "strategic", "financial", "operational")
"""Kinds of risk. The first four are those that the contribution to the working group names."""
LEVELS = ("low", "medium", "high")
"""Levels of likelihood and impact."""


class UnknownRisk(LedgerError):
    """A kind of risk, or a level, does not exist."""

    code = "unknown-risk"
    exit = USAGE

    def __init__(self, text: str, known: tuple[str, ...]) -> None:
        """Refuse `text`, since there are `known`."""
        super().__init__(f"'{text}' is not one of {listed(known)}.", "Use one of these words.")


def rating(likelihood: str, impact: str) -> str:
    """Return the level of a risk, from likelihood times impact (each 1 to 3): high from 6, low below 3."""
    product = (LEVELS.index(likelihood) + 1) * (LEVELS.index(impact) + 1)
    return "high" if product >= 6 else "medium" if product >= 3 else "low"


class RiskAssessed(Event, tag="risk.assessed", frozen=True):
    """A risk of the engagement was assessed; `owner` is the responsible unit."""

    risk: str
    likelihood: str
    impact: str
    mitigation: str | None = None
    owner: str | None = None
    review_on: str | None = None

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the engagement exists and that kind of risk, likelihood and impact are known.

        Raises ForbiddenTransition, UnknownRisk.
        """
        state.check_exists(fact)
        if self.risk not in RISKS:
            raise UnknownRisk(self.risk, RISKS)
        for level in (self.likelihood, self.impact):
            if level not in LEVELS:
                raise UnknownRisk(level, LEVELS)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Set the assessment from the effective date on."""
        state.put(f"{self.risk} risk", self, fact)

    def __str__(self) -> str:
        text = f"{rating(self.likelihood, self.impact)} (likelihood {self.likelihood}, impact {self.impact})"
        more = {"mitigation": self.mitigation, "owner": self.owner, "next review": self.review_on}
        return "; ".join([text, *(f"{label} {value}" for label, value in more.items() if value)])


class AssessRisk(EngagementCommand, tag="risk assess", frozen=True):
    """Record the assessment of a risk of an engagement."""

    example = "IDS-2026-001 reputational --likelihood low --impact high --mitigation 'Terms are published' --owner IDS"

    risk: Annotated[str, about("the kind of risk", argument=True, choices=RISKS)]
    likelihood: Annotated[str, about("how likely it is", choices=LEVELS)]
    impact: Annotated[str, about("how severe it would be", choices=LEVELS)]
    mitigation: Annotated[LongText, msgspec.Meta(description="the measures against it")] | None = None
    owner: Annotated[Text, msgspec.Meta(description="the responsible unit")] | None = None
    review_on: Annotated[Day, msgspec.Meta(description="the day of its next review")] | None = None

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the assessment. Raises UnknownEngagement."""
        context.engagement(self.engagement)
        yield RiskAssessed(
            risk=self.risk.casefold(),
            likelihood=self.likelihood.casefold(),
            impact=self.impact.casefold(),
            mitigation=self.mitigation,
            owner=self.owner,
            review_on=self.review_on and checked_date(self.review_on),
        )
