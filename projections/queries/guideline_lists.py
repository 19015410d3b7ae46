"""The lists of guidelines, of waivers, of parameters of controls and of assessments of findings as plain rows."""

import json
from typing import Any

from projections.queries.bitemporal import Queries
from projections.tables import named as schema

Plain = dict[str, Any]


def guidelines(queries: Queries) -> list[Plain]:
    """Return the versions of guidelines that were adopted by the day of the as-of, set by set, as they bind."""
    on = queries.as_of.on
    rows = [row for row in queries.rows(schema.guidelines) if row.adopted_on <= on]
    rows.sort(key=lambda row: (row.series, row.binds_from, row.entry))
    repealed = {(row.series, row.symbol): row.effective_on for row in queries.rows(schema.repeals)}
    last = {row.series: row.symbol for row in rows if row.binds_from <= on}
    return [
        {
            "symbol": row.symbol,
            "set": row.series,
            "title": row.title,
            "adopted_by": row.adopted_by,
            "adopted_on": row.adopted_on,
            "in_force_on": row.in_force_on,
            "status": _status(row, last.get(row.series), repealed.get((row.series, row.symbol)), on),
            "repealed_on": repealed.get((row.series, row.symbol)),
            "position": row.entry,
            "sha256": row.sha256,
        }
        for row in rows
    ]


def _status(row: Any, last: str | None, repealed_on: str | None, on: str) -> str:
    if repealed_on is not None:
        return "repealed"
    if row.binds_from > on:
        return "not yet in force"
    return "in force" if row.symbol == last else "superseded"


def waivers(queries: Queries) -> list[Plain]:
    """Return the waivers of rules, in order of engagement and day."""
    rows = sorted(queries.rows(schema.waivers), key=lambda row: (row.engagement, row.effective_on, row.entry))
    return [
        {
            "engagement": row.engagement,
            "rule": row.rule,
            "case": row.of_case or None,
            "on": row.effective_on,
            "until": row.until or None,
            "approved_by": row.approved_by,
            "why": row.why,
            "conditions": row.conditions or None,
            "position": row.entry,
        }
        for row in rows
    ]


def assessments(queries: Queries) -> list[Plain]:
    """Return the assessments of findings, in order of the findings and days."""
    rows = sorted(queries.rows(schema.assessments), key=lambda row: (row.finding, row.effective_on, row.entry))
    return [
        {
            "finding": row.finding,
            "control": row.control,
            "outcome": row.outcome,
            "on": row.effective_on,
            "until": row.until or None,
            "why": row.why,
            "entries": json.loads(row.entries),
            "position": row.entry,
        }
        for row in rows
    ]


def controls(queries: Queries) -> list[Plain]:
    """Return the parameters of controls that were adopted by the day of the as-of, in the order in which they bind."""
    on = queries.as_of.on
    rows = [row for row in queries.rows(schema.control_versions) if row.adopted_on <= on]
    rows.sort(key=lambda row: (row.binds_from, row.entry))
    last = next((row.entry for row in reversed(rows) if row.binds_from <= on), 0)
    return [
        {
            "symbol": row.symbol,
            "title": row.title,
            "adopted_by": row.adopted_by,
            "adopted_on": row.adopted_on,
            "in_force_on": row.in_force_on,
            "status": "not yet in force" if row.binds_from > on else "in force" if row.entry == last else "superseded",
            "position": row.entry,
            "sha256": row.sha256,
        }
        for row in rows
    ]
