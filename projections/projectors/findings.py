"""Projectors of findings: what became of them. The findings themselves are computed."""

import json
from collections.abc import Iterator

from ledger.domain.findings.assessment import FindingAssessed
from projections.projectors.registry import Assertion, projects
from projections.tables.schema import assessments


@projects(FindingAssessed)
def _assessed(event: FindingAssessed, finding: str) -> Iterator[Assertion]:
    facts = {
        "finding": finding,
        "control": event.control,
        "outcome": event.outcome,
        "why": event.why,
        "entries": json.dumps(list(event.entries)),
        "until": event.until or "",
    }
    yield Assertion(assessments, facts)
