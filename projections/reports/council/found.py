"""What the controls find in the whole history, for the council report, and the figures on it."""

from collections.abc import Iterable
from typing import NamedTuple

from projections.findings.assessed import STATUSES, AssessedFinding, assessed
from projections.findings.controls import Control
from projections.findings.examination import Examination
from projections.findings.in_force import InForce
from projections.history.journal import Journal
from projections.queries.bitemporal import Queries
from projections.queries.figures import Figure, FigureTree, figure
from projections.tables.schema import assessments, control_versions

MEMBER = "findings"
"""The member of the figures on findings."""


class Found(NamedTuple):
    """The findings, the gravest first, with what became of them, and the controls of which the facts are missing."""

    items: list[AssessedFinding]
    controls: list[Control]
    unable: list[Control]
    in_force: InForce

    def of(self, *statuses: str) -> list[AssessedFinding]:
        """Return the findings of these statuses."""
        return [item for item in self.items if item.status in statuses]

    def by(self, control: Control) -> list[AssessedFinding]:
        """Return what a control found."""
        return [item for item in self.items if item.finding.control.id == control.id]


def found(queries: Queries, journal: Journal, *, has_guidelines: bool) -> Found | None:
    """Return what the controls find; None if no finding was assessed, and no guidelines or parameters are adopted."""
    if not has_guidelines and not any(map(queries.rows, (assessments, control_versions))):
        return None
    examination = Examination(queries, journal.ledger)
    unable = [control for control in examination.controls if examination.missing(control)]
    return Found(list(assessed(queries, examination.findings())), examination.controls, unable, examination.in_force)


def finding_figures(own: Found | None) -> dict[str, FigureTree]:
    """Return the numbers of findings by status, of all and by control; none where the report says nothing of them."""
    if own is None:
        return {}
    by_control = {control.id: items for control in own.controls if (items := own.by(control))}
    return {MEMBER: {"all": _counts(own.items), "by_control": {name: _counts(of) for name, of in by_control.items()}}}


def _counts(items: Iterable[AssessedFinding]) -> FigureTree:
    chosen: dict[str, list[AssessedFinding]] = {status: [] for status in STATUSES}
    for item in items:
        chosen[item.status].append(item)
    return {status: _count(of) for status, of in chosen.items()}


def _count(items: list[AssessedFinding]) -> Figure:
    entries = [entry for item in items for entry in item.finding.entries]
    entries += [item.assessment.entry for item in items if item.assessment is not None]
    return figure(len(items), "count", "count", entries)
