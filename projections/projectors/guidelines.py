"""Projectors of guidelines: their versions, repeals, and the waivers of their rules."""

from collections.abc import Iterator

from ledger.domain.controls.adoption import ControlsAdopted
from ledger.domain.engagement.oversight.waivers import DeviationWaived
from ledger.domain.guidelines.adoption import GuidelinesAdopted, GuidelinesRepealed
from projections.projectors.registry import Assertion, projects
from projections.tables.schema import guidelines, repeals, waivers


def version_facts(event: GuidelinesAdopted | ControlsAdopted) -> dict[str, str]:
    """Return the facts of a version that was adopted, of guidelines or of parameters of controls."""
    return {
        "symbol": event.symbol,
        "binds_from": max(event.adopted_on, event.in_force_on),
        "title": event.title,
        "adopted_by": event.adopted_by,
        "adopted_on": event.adopted_on,
        "in_force_on": event.in_force_on,
        "text": event.text,
        "sha256": event.sha256,
    }


@projects(GuidelinesAdopted)
def _adopted(event: GuidelinesAdopted, series: str) -> Iterator[Assertion]:
    yield Assertion(guidelines, {"series": series, **version_facts(event)})


@projects(GuidelinesRepealed)
def _repealed(event: GuidelinesRepealed, series: str) -> Iterator[Assertion]:
    yield Assertion(repeals, {"series": series, "symbol": event.symbol})


@projects(DeviationWaived)
def _waived(event: DeviationWaived, engagement: str) -> Iterator[Assertion]:
    facts = {
        "engagement": engagement,
        "rule": event.rule,
        "of_case": event.case or "",
        "why": event.why,
        "approved_by": event.approved_by,
        "until": event.until or "",
        "conditions": event.conditions or "",
    }
    yield Assertion(waivers, facts)
