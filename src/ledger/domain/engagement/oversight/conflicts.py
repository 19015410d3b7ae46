"""Conflicts of interest: declared between parties, then assessed."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec

from ledger.domain.engagement.command import EngagementCommand
from ledger.domain.engagement.parts import ConflictOfInterest
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import LedgerError, listed
from ledger.domain.fields import LongText, PartyName, about, checked_reference, next_number
from ledger.domain.kernel import DecisionContext, Event, Fact
from ledger.domain.refusals import MissingField

OUTCOMES = ("no conflict", "mitigated", "accepted", "not acceptable")
"""Outcomes of an assessment of a conflict of interest."""


class DuplicateConflict(LedgerError):
    """The engagement has a conflict of interest with this key already."""

    code = "duplicate-conflict"

    def __init__(self, key: str) -> None:
        """Refuse the key."""
        super().__init__(f"There is a conflict of interest {key} already.", "Give another --conflict, or none.")


class UnknownConflict(LedgerError):
    """The engagement has no conflict of interest with this key."""

    code = "unknown-conflict"

    def __init__(self, key: str, known: Iterable[str]) -> None:
        """Refuse `key`; there are `known`."""
        has = listed(known, "and")
        super().__init__(
            f"No conflict of interest '{key}' is declared here.",
            f"It has {has}." if has else "'ledger conflict declare' declares one.",
        )


class UnknownConclusion(LedgerError):
    """The conclusion of an assessment of a conflict of interest is not one of the allowed words."""

    code = "unknown-conclusion"

    def __init__(self, text: str) -> None:
        """Refuse the outcome `text`."""
        super().__init__(f"'{text}' is not one of {listed(OUTCOMES)}.", "Use one of these; say more with --measures.")


class ConflictDeclared(Event, tag="conflict.declared", frozen=True):
    """A conflict of interest in the engagement was declared, between parties that need not all be parties to it."""

    conflict: str
    between: tuple[str, ...]
    nature: str

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the engagement exists, that the key is free, and that at least one party is named.

        Raises ForbiddenTransition, DuplicateConflict, MissingField.
        """
        state.check_exists(fact)
        if self.conflict in state.conflicts:
            raise DuplicateConflict(self.conflict)
        if not self.between:
            raise MissingField("between", "the parties whose interests conflict")

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Add the conflict of interest."""
        state.conflicts[self.conflict] = ConflictOfInterest(self.between, self.nature, fact.effective_on)

    def mentions(self) -> Iterable[str]:
        """Return the parties."""
        return [f"party/{ref}" for ref in self.between]


class ConflictAssessed(Event, tag="conflict.assessed", frozen=True):
    """A declared conflict of interest was assessed; the latest assessment counts."""

    conflict: str
    outcome: str
    measures: str | None = None

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the conflict was declared by the day, and that the outcome is one of OUTCOMES.

        Raises UnknownConflict, BeforeItsTime, UnknownConclusion.
        """
        if self.conflict not in state.conflicts:
            raise UnknownConflict(self.conflict, state.conflicts)
        state.check_after(fact, f"conflict of interest {self.conflict}", state.conflicts[self.conflict].declared_on)
        if self.outcome not in OUTCOMES:
            raise UnknownConclusion(self.outcome)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Set outcome and measures, unless a later assessment is recorded."""
        conflict = state.conflicts[self.conflict]
        if state.is_last(f"assessment of {self.conflict}", fact):
            conflict.outcome, conflict.measures = self.outcome, self.measures or ""


class DeclareConflict(EngagementCommand, tag="conflict declare", frozen=True):
    """Declare a conflict of interest in an engagement."""

    example = "IDS-2026-001 'The consultant belongs to a donor' --between P00001 --between P00002"
    numbered = "conflict"

    nature: Annotated[LongText, msgspec.Meta(description="its nature", extra={"argument": True})]
    between: Annotated[
        tuple[PartyName, ...],
        msgspec.Meta(description="a party whose interest it is; may be repeated", extra={"as": "party"}),
    ]
    conflict: Annotated[str, about("its key; the next C number if not given")] | None = None

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the declaration. Raises UnknownEngagement, BadReference, UnknownParty."""
        context.engagement(self.engagement)
        yield ConflictDeclared(
            conflict=checked_reference(self.conflict or next_number("C", state.conflicts)),
            between=tuple(dict.fromkeys(context.party(name) for name in self.between)),
            nature=self.nature,
        )


class AssessConflict(EngagementCommand, tag="conflict assess", frozen=True):
    """Record the outcome of the assessment of a conflict of interest."""

    example = "IDS-2026-001 C1 mitigated --measures 'The unit that buys is not the one that raises funds'"

    conflict: Annotated[str, about("its key", argument=True)]
    outcome: Annotated[str, about("the outcome", argument=True, choices=OUTCOMES)]
    measures: Annotated[LongText, msgspec.Meta(description="the measures taken")] | None = None

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the assessment. Raises UnknownEngagement, UnknownConflict."""
        context.engagement(self.engagement)
        if self.conflict not in state.conflicts:
            raise UnknownConflict(self.conflict, state.conflicts)
        yield ConflictAssessed(conflict=self.conflict, outcome=self.outcome, measures=self.measures)
