"""Findings with what became of them: open, or dismissed, confirmed or remedied by an assessment that still counts."""

import json
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from ledger.domain.errors import LedgerError, did_you_mean
from projections.findings.controls import Finding, control
from projections.queries.bitemporal import Queries
from projections.tables.named import assessments

OPEN = "open"
STATUSES = (OPEN, "confirmed", "remedied", "dismissed")
"""What a finding may be: what asks for most attention first."""


class UnknownFinding(LedgerError):
    """No control finds this at the as-of."""

    code = "unknown-finding"

    def __init__(self, key: str, known: Iterable[str]) -> None:
        """Refuse `key`; the control finds `known`."""
        near = did_you_mean(get_close_matches(key, list(known)))
        name = control(key.partition("/")[0]).id
        super().__init__(f"There is no finding '{key}'.", near or f"'ledger findings --control {name}' lists them.")


class Assessment(NamedTuple):
    """The last assessment of a finding; `until` is empty if it does not end."""

    outcome: str
    why: str
    until: str
    on: str
    entry: int
    entries: frozenset[int]


class AssessedFinding(NamedTuple):
    """A finding, its status, and its last assessment, which counts unless the finding is open."""

    finding: Finding
    status: str
    assessment: Assessment | None = None
    joined: tuple[int, ...] = ()
    """The entries that it rests on and the assessment does not name."""

    @property
    def why_open(self) -> str:
        """Why it is open again after an assessment; empty if it is not."""
        if self.status != OPEN or self.assessment is None:
            return ""
        if self.joined:
            entries = "an entry joined" if len(self.joined) == 1 else f"{len(self.joined)} entries joined"
            return f"{self.assessment.outcome} on {self.assessment.on}, and {entries} since"
        return f"{self.assessment.outcome} until {self.assessment.until}"


def assessed(queries: Queries, findings: Iterable[Finding]) -> Iterator[AssessedFinding]:
    """Yield findings with what became of them up to the as-of, in their order."""
    last = {
        row.finding: Assessment(
            row.outcome, row.why, row.until, row.effective_on, row.entry, frozenset(json.loads(row.entries))
        )
        for row in queries.rows(assessments)
    }
    on = queries.as_of.on
    for finding in findings:
        assessment = last.get(finding.key)
        if assessment is None:
            yield AssessedFinding(finding, OPEN)
            continue
        joined = tuple(entry for entry in finding.entries if entry not in assessment.entries)
        has_ended = assessment.until != "" and assessment.until < on
        yield AssessedFinding(finding, OPEN if joined or has_ended else assessment.outcome, assessment, joined)
