"""Projectors of findings: what became of them, and parameters of the controls. The findings are computed."""

import json
from collections.abc import Iterator

from ledger.domain.controls.adoption import ControlsAdopted
from ledger.domain.findings.assessment import FindingAssessed
from projections.projectors.guidelines import version_facts
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
def _adopted(event: ControlsAdopted, _: str) -> Iterator[Assertion]:
    yield Assertion(control_versions, version_facts(event))
