"""Faults of a file of guidelines or of parameters of controls, as a table, JSON or CSV."""

from collections.abc import Iterable
from typing import Any

from cli.output.tables import Column, show_rows
from ledger.domain.guidelines.values import Fault


def show_faults(faults: Iterable[Fault], part: str, form: str) -> None:
    """Print faults, each with its line, the `part` of the file that it is in (`rule`, `control`), and its member.

    What is missing as a whole has no line: it is null in JSON, and empty in a table and in CSV.
    """
    names = ("line", part, "member", "fault", "hint")
    rows: list[dict[str, Any]] = []
    for fault in faults:
        row: dict[str, Any] = dict(zip(names, fault[:5], strict=True))
        row["line"] = fault.line or (None if form == "json" else "")
        rows.append(row)
    show_rows(rows, [Column(name, right=name == "line") for name in names], form, None)
