"""Tables told line by line: what a screen reader reads aloud, and what fits a terminal of any width."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cli.output import Column

FACTS = ({"what", "value"}, {"label", "value"})
"""Keys of tables that hold a label and its value in each row: each row is one line."""


def list_text(rows: Sequence[dict[str, Any]], columns: Sequence["Column"], total: dict[str, Any] | None = None) -> str:
    """Return each row as a numbered block of `label: value`; a table of labels and values as one such line a row."""
    keys = [column.key for column in columns]
    if set(keys) in FACTS:
        return "\n".join(f"{row[keys[0]]}: {_said(row[keys[1]])}" for row in rows)
    blocks = [_block(f"{number} of {len(rows)}", row, columns) for number, row in enumerate(rows, 1)]
    if total:
        blocks.append(_block("total", total, columns))
    return "\n\n".join(blocks)


def _block(head: str, row: dict[str, Any], columns: Sequence["Column"]) -> str:
    return "\n".join([head, *(f"{column.head}: {_said(row.get(column.key))}" for column in columns)])


def _said(value: Any) -> str:
    lines = shown_value(value).splitlines()
    return ", ".join(line.strip() for line in lines if line.strip())


def shown_value(value: Any) -> str:
    """Return a value as a person reads it; what is not recorded says so."""
    if value is None:
        return "not recorded"
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
