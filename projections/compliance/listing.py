"""Verdicts as rows: what `ledger compliance list` prints, and what a proof states."""

from collections.abc import Callable, Iterable
from typing import Any

from ledger.domain.dates import days_between
from ledger.domain.guidelines.vocabulary import SEVERITIES
from projections.compliance.outcomes import DUE, NOT_MET, STATUSES, UNKNOWN
from projections.compliance.verdicts import Verdict
from projections.queries.bitemporal import Queries
from projections.tables.named import engagement_facts as facts

Row = dict[str, Any]
Units = Callable[[str], str | None]
"""Returns the unit of an engagement."""


def units(queries: Queries) -> Units:
    """Return what knows the responsible units of engagements; they are read when the first is asked for."""
    known: dict[str, str | None] = {}

    def unit(engagement: str) -> str | None:
        if not known:
            rows = queries.facts(facts.c.engagement, facts.c.value, where=[facts.c.fact == "unit"])
            known.update({"": None}, **dict(map(tuple, rows)))
        return known.get(engagement)

    return unit


def row(verdict: Verdict, on: str, unit: Units) -> Row:
    """Return a verdict as a row, on the day of the as-of."""
    rule, case = verdict.rule, verdict.case
    is_open = verdict.due_on and verdict.status in (DUE, NOT_MET, UNKNOWN)
    return {
        "engagement": verdict.engagement, "set": verdict.version.guidelines.set, "symbol": verdict.version.symbol,
        "rule": rule.id, "title": rule.title, "facet": rule.facet, "severity": rule.severity, "moment": case.moment,
        "case": case.key or None, "on": case.on, "status": verdict.status, "due_on": verdict.due_on or None,
        "days": days_between(on, verdict.due_on) if is_open else None, "found": verdict.said,
        "missing": list(verdict.missing), "unit": unit(verdict.engagement), "source": rule.source,
        "entries": list(verdict.entries),
    }  # fmt: skip


def sorted_rows(rows: Iterable[Row]) -> list[Row]:
    """Return rows in the order of lists: the gravest first, of one verdict by severity, then by what is longest due."""
    return sorted(rows, key=_gravity)


def _gravity(row: Row) -> tuple[int, int, str]:
    return STATUSES.index(row["status"]), -SEVERITIES.index(row["severity"]), row["due_on"] or "9999"
