"""Assessments of findings: whether what a control found is dismissed, confirmed or remedied, and why.

What controls find is computed from the history and not recorded. Only its assessment is, in the stream of its key.
"""

from collections.abc import Iterator
from typing import Annotated

import msgspec

from ledger.domain.dates import check_period, checked_date
from ledger.domain.errors import USAGE, LedgerError, listed
from ledger.domain.fields import Day, LongText, about, checked_reference
from ledger.domain.kernel import Command, DecisionContext, Event, Fact, Line, State
from ledger.domain.refusals import MissingField

STREAM_KIND = "finding"
OUTCOMES = ("dismissed", "confirmed", "remedied")
"""What becomes of a finding."""


class UnknownAssessment(LedgerError):
    """The outcome of an assessment of a finding is not one of the allowed words."""

    code = "unknown-assessment"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse the outcome `text`."""
        super().__init__(f"'{text}' is not one of {listed(OUTCOMES)}.", "Use one of these; say more with --why.")


class NotEarlier(LedgerError):
    """An assessment names an entry that is not an earlier one of the log."""

    code = "not-earlier"
    exit = USAGE

    def __init__(self, position: int, size: int) -> None:
        """Refuse `position`, since the log has `size` entries before this one."""
        super().__init__(
            f"Entry {position} is not one of the {size} entries before this.",
            "'ledger finding show KEY' lists the entries that the finding rests on.",
        )


class AssessedFinding(State):
    """The state of a finding: its assessments."""

    kind = STREAM_KIND

    def describe(self) -> list[Line]:
        """Return the assessment that counts, with the reasons."""
        return [Line(str(name), str(assessment.value)) for name, assessment in self.facts.items()]


class FindingAssessed(Event, tag="finding.assessed", frozen=True):
    """A finding was assessed. That counts for the entries it names: when another joins, the finding is open again.

    `finding` is the key of the finding, which begins with the name of its control. With `until`, it is open again
    after that day.
    """

    control: str
    finding: str
    outcome: str
    why: str
    entries: tuple[int, ...]
    until: str | None = None

    def validate(self, state: AssessedFinding, fact: Fact) -> None:
        """Check the outcome, that entries are named, and that it does not end before it begins.

        Raises UnknownAssessment, MissingField, EndsBeforeStart.
        """
        if self.outcome not in OUTCOMES:
            raise UnknownAssessment(self.outcome)
        if not self.entries:
            raise MissingField("entries", "the entries that the finding rests on")
        check_period(fact.effective_on, self.until)

    def evolve(self, state: AssessedFinding, fact: Fact) -> None:
        """Set the assessment; the latest counts."""
        state.exists = True
        until = f", until {self.until}" if self.until else ""
        state.put("assessment", f"{self.outcome}{until}: {self.why}", fact)


class AssessFinding(Command, tag="finding assess", frozen=True):
    """Record what became of a finding: it is dismissed, confirmed or remedied, and why.

    The assessment counts for the entries that the finding rests on now. When another joins, it is open again.
    """

    stream_kind = STREAM_KIND
    key = "finding"
    example = "before-signature/IDS-2026-001 --outcome dismissed --why 'The letter of intent covers it'"

    finding: Annotated[str, about("its key", argument=True)]
    outcome: Annotated[str, about("what becomes of it", choices=OUTCOMES)]
    why: Annotated[LongText, msgspec.Meta(description="why")]
    until: Annotated[Day, msgspec.Meta(description="the last day on which the assessment holds")] | None = None
    entries: Annotated[
        tuple[int, ...],
        about(
            "position of an entry that it rests on; those of the finding now if none is given; may be repeated",
            **{"as": "numbers", "option": "entry"},
        ),
    ] = ()

    def stream(self, context: DecisionContext) -> str:
        """Return the stream of the finding. Raises BadReference."""
        return f"{STREAM_KIND}/{checked_reference(self.finding)}"

    def decide(self, state: AssessedFinding, context: DecisionContext) -> Iterator[Event]:
        """Yield the assessment. Raises BadDate, NotEarlier."""
        size = context.size()
        for position in self.entries:
            if not 0 < position <= size:
                raise NotEarlier(position, size)
        yield FindingAssessed(
            control=self.finding.partition("/")[0],
            finding=self.finding,
            outcome=self.outcome,
            why=self.why,
            entries=tuple(sorted({*self.entries})),
            until=self.until and checked_date(self.until),
        )
