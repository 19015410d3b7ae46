"""Projectors of findings: what became of them, and parameters of the controls. The findings are computed."""

import json
from collections.abc import Iterator

from ledger.domain.controls.adoption import ControlsAdopted
from ledger.domain.findings.assessment import FindingAssessed
from projections.projectors.registry import Assertion, projects
from projections.tables.schema import assessments, control_versions


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


@projects(ControlsAdopted)
def _adopted(event: ControlsAdopted, symbol: str) -> Iterator[Assertion]:
    facts = {
        "symbol": symbol,
        "binds_from": max(event.adopted_on, event.in_force_on),
        "title": event.title,
        "adopted_by": event.adopted_by,
        "adopted_on": event.adopted_on,
        "in_force_on": event.in_force_on,
        "text": event.text,
        "sha256": event.sha256,
    }
    yield Assertion(control_versions, facts)
