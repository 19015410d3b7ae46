"""Lists as files for spreadsheets and programs: CSV, XLSX, JSON.

Amounts have two columns: the number, and the currency (ISO 4217) in a column after it. A row with amounts in several
currencies takes one line for each, so that a column of numbers can be added up by its currency.
"""

import codecs
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from cli.filters.columns import Kind, ListColumn
from cli.output.json_pieces import object_pieces

FILES = (".csv", ".xlsx", ".json")
"""How the names of files end that a list can be written to."""

Cell = str | Decimal | date | None
Row = dict[str, Any]


def heads(columns: Sequence[ListColumn]) -> list[str]:
    """Return the heads of the columns: the members of JSON, and the currency after an amount."""
    return [head for column in columns for head in _heads(column)]


def _heads(column: ListColumn) -> list[str]:
    return [column.key, f"{column.key}_currency"] if column.kind is Kind.AMOUNT else [column.key]


def lines(row: Row, columns: Sequence[ListColumn]) -> Iterator[list[Cell]]:
    """Yield the lines of a row: one for each currency of its amounts, at least one."""
    amounts = {column.key: _amounts(row[column.key]) for column in columns if column.kind is Kind.AMOUNT}
    for currency in sorted({currency for own in amounts.values() for currency in own}) or [""]:
        line: list[Cell] = []
        for column in columns:
            if column.kind is Kind.AMOUNT:
                value = amounts[column.key].get(currency)
                line += [value, None if value is None else currency]
            else:
                line.append(_cell(row[column.key], column.kind))
        yield line


def _amounts(value: Any) -> dict[str, Decimal]:
    texts = value if isinstance(value, list) else [value] if value else []
    return {currency: Decimal(number) for currency, number in (text.split() for text in texts)}


def _cell(value: Any, kind: Kind) -> Cell:
    if value is None or value == "":
        return None
    if isinstance(value, list):
        return "; ".join(map(str, value)) or None
    if kind in (Kind.NUMBER, Kind.MONEY):
        return Decimal(value)
    return date.fromisoformat(value) if kind is Kind.DAY else str(value)


def csv_text(rows: Iterable[Row], columns: Sequence[ListColumn]) -> str:
    """Return rows as CSV (RFC 4180); texts that a spreadsheet would read as formulas are neutralised."""
    return "".join(csv_pieces(rows, columns))


def csv_pieces(rows: Iterable[Row], columns: Sequence[ListColumn]) -> Iterator[str]:
    """Yield the head and each row of CSV; the head when there is a first row, or no more."""
    import csv

    from projections.reports.render.csv_safety import harmless

    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads(columns))
    for row in rows:
        for line in lines(row, columns):
            writer.writerow(
                ["" if cell is None else harmless(cell) if isinstance(cell, str) else str(cell) for cell in line]
            )
        yield text.getvalue()
        text.seek(0)
        text.truncate()
    yield text.getvalue()


def json_pieces(rows: Iterable[Row], columns: Sequence[ListColumn], as_of: dict[str, Any]) -> Iterator[str]:
    """Yield the pieces of a JSON document with `as_of` and `rows`, and a line feed."""
    chosen = ({column.key: row[column.key] for column in columns} for row in rows)
    yield from object_pieces({"as_of": as_of}, "rows", chosen)
    yield "\n"


def file_of(suffix: str, rows: Iterable[Row], columns: Sequence[ListColumn], as_of: dict[str, Any]) -> Iterator[bytes]:
    """Yield the pieces of the file whose name ends in `suffix`, one of FILES, as the rows come."""
    if suffix == ".json":
        yield from (piece.encode() for piece in json_pieces(rows, columns, as_of))
    elif suffix == ".csv":
        yield codecs.BOM_UTF8  # the mark by which Excel knows UTF-8
        yield from (piece.encode() for piece in csv_pieces(rows, columns))
    else:
        from cli.output.workbook import workbook

        yield workbook(heads(columns), [line for row in rows for line in lines(row, columns)])
