"""A report as JSON, for programs: the figures in their published shape, and their provenance by JSON Pointer."""

from typing import Any

import msgspec

from projections.queries.figures import values
from projections.reports import manifest
from projections.reports.model import Cell, Report, Table
from projections.reports.render import outline, provenance


def rendered(report: Report) -> str:
    """Return the report as JSON: money as text with its decimals, counts as integers, members in a fixed order."""
    document = {
        "report": report.name,
        "title": str(report.title),
        "version": report.version,
        "organization": report.organization,
        "parameters": report.parameters,
        "settings": report.settings,
        "as_of": {"on": report.as_of.on, "known_at": report.as_of.known_at, "root": report.as_of.root},
        "discloses": manifest.discloses(report.discloses),
        "figures": values(report.figures),
        "provenance": provenance.by_pointer(report.figures),
        "tables": [_table(table) for table in outline.tables(report)],
        "method": list(map(str, report.method)),
        "notes": list(map(str, report.notes)),
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _table(table: Table) -> dict[str, Any]:
    members: dict[str, Any] = {
        "key": table.key,
        "title": str(table.title),
        "columns": [str(column.title) for column in table.columns],
        "rows": [_row(row) for row in table.rows],
    }
    if table.total:
        members["total"] = _row(table.total)
    if table.note:
        members["note"] = str(table.note)
    return members


def _row(row: tuple[Cell, ...]) -> list[int | str]:
    return [cell.plain for cell in row]
