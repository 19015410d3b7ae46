"""Output of results: tables and lists for people, JSON and CSV for programs, each with its as-of."""

import io
import json
import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import msgspec

from cli.filters.columns import ListColumn, is_withheld
from cli.output.json_pieces import object_pieces
from cli.output.presentation import show_text
from cli.session import current
from cli.terminal import say, say_pieces, terminal_width
from ledger.tlog.encoding import encoded

AT_ONCE = 100
"""How many lines of CSV are printed together."""
NOT_RECORDED = "not recorded"
"""The text in place of a value that nobody recorded."""
FACTS = ({"what", "value"}, {"label", "value"})
"""Keys of tables that hold a label and its value in each row: each row is one line."""
GAP = "  "
"""The gap between the columns of a table."""


NOT_DISCLOSED = "not disclosed"
"""The text in place of a value that the source withholds."""
EMPTY = {"options": NOT_RECORDED}
"""The text in place of an empty list, by column; `none` of others."""


class Stamp(msgspec.Struct, frozen=True):
    """The as-of of a result: its date, the position known at, the root of the log, and the filters."""

    on: str
    known_at: int
    root: bytes
    filters: str = ""

    def plain(self) -> dict[str, Any]:
        """Return it as plain values for JSON."""
        members: dict[str, Any] = {"on": self.on, "known_at": self.known_at, "root": encoded(self.root)}
        return members | ({"filters": self.filters} if self.filters else {})

    def words(self) -> str:
        """Return it as the line under a table."""
        root = encoded(self.root)
        text = f"as of {self.on}, as known at position {self.known_at}, root {root}"
        return f"{text}; {self.filters}" if self.filters else text


class Column(msgspec.Struct, frozen=True):
    """A column: its key in JSON and CSV, its title, and whether it is a number."""

    key: str
    title: str = ""
    right: bool = False

    @property
    def head(self) -> str:
        """The title over the column."""
        return self.title or self.key.replace("_", " ")


def show_rows(
    rows: Iterable[dict[str, Any]],
    columns: Sequence[Column],
    form: str,
    stamp: Stamp | None,
    *,
    total: dict[str, Any] | None = None,
    note: str = "",
) -> None:
    """Print rows as a table, as JSON (`as_of`, `rows`, perhaps `total`) or as CSV; of no ledger, without a stamp.

    JSON and CSV are printed as the rows come.
    """
    if form == "json":
        head = {"as_of": stamp.plain()} if stamp else {}
        say_pieces(object_pieces(head, "rows", rows, lambda: {"total": total} if total else {}))
        say("")
    elif form == "csv":
        parts = iter(rows)
        say(csv_text(list(islice(parts, AT_ONCE)), columns), nl=False)
        while part := list(islice(parts, AT_ONCE)):
            say(csv_text(part, columns, has_head=False), nl=False)
        if stamp:
            say(stamp.words(), err=True)
    else:
        show_text(_screen(list(rows), columns, stamp, total, note))


def _screen(
    rows: Sequence[dict[str, Any]],
    columns: Sequence[Column],
    stamp: Stamp | None,
    total: dict[str, Any] | None,
    note: str,
) -> str:
    lines = [table_text(rows, columns, total)] if rows or total else ["no results"]
    if current().listing:
        lines.append("")
    if note:
        lines.append(note)
    return "\n".join([*lines, *([stamp.words()] if stamp else []), ""])


def table_text(rows: Sequence[dict[str, Any]], columns: Sequence[Column], total: dict[str, Any] | None = None) -> str:
    """Return rows as a table that fits the terminal (texts wrap, numbers never do), or as a list with `--list`."""
    if current().listing:
        return list_text(rows, columns, total)
    rows = [*rows, total] if total else rows
    cells = [[shown_value(row.get(column.key)) for column in columns] for row in rows]
    room = max(40, terminal_width()) - 2 * (len(columns) - 1)
    _break_amounts(cells, columns, room)
    plain = plain_table(cells, [column.head for column in columns], [column.right for column in columns], room)
    if plain is not None:
        return plain
    import tabulate

    # Tabulate's own padding would make every column with a long head two wider than its cells.
    tabulate.MIN_PADDING = 0
    widths = _widths(cells, columns, room)
    return tabulate.tabulate(
        cells,
        headers=[column.head for column in columns],
        tablefmt="simple",
        disable_numparse=True,
        colalign=["right" if column.right else "left" for column in columns],
        maxcolwidths=widths,
        maxheadercolwidths=widths,  # type: ignore[arg-type]  # its stubs forget that None means no limit
    )


def _break_amounts(cells: list[list[str]], columns: Sequence[Column], room: int) -> None:
    """Put each amount of several on a line of its own, where the table would be too wide: amounts never wrap."""
    amounts = [index for index, column in enumerate(columns) if column.right]
    if not any("; " in row[index] for row in cells for index in amounts):
        return
    from wcwidth import wcswidth

    widths = [
        max([wcswidth(column.head), *(wcswidth(row[index]) for row in cells)]) for index, column in enumerate(columns)
    ]
    if sum(widths) > room:
        for row in cells:
            row[:] = [
                cell.replace("; ", "\n") if column.right else cell for cell, column in zip(row, columns, strict=True)
            ]


def plain_table(cells: Sequence[Sequence[str]], heads: Sequence[str], rights: Sequence[bool], room: int) -> str | None:
    """Return the table in tabulate's format `simple`; None where texts must wrap or are not plain ASCII.

    `room` is the width that the texts may take, in columns of the terminal. A test compares the result with tabulate's.
    """
    if not cells or not all(map(_is_plain, heads)) or not all(_is_plain(cell) for row in cells for cell in row):
        return None
    widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
    if sum(widths) > room or not all(widths):
        return None
    lines = [_row(heads, widths, rights), GAP.join("-" * width for width in widths)]
    lines += [_row(row, widths, rights) for row in cells]
    return "\n".join(lines)


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and text == text.strip()


def _row(row: Sequence[str], widths: Sequence[int], rights: Sequence[bool]) -> str:
    placed = zip(row, widths, rights, strict=True)
    return GAP.join(text.rjust(width) if right else text.ljust(width) for text, width, right in placed).rstrip()


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"\d")
_HYPHEN = re.compile(r"(?<=[a-z]-)(?=[a-z])")
"""Where a word is broken that has a hyphen between letters."""


def _wrap_missing(cells: list[list[str]], columns: Sequence[Column], words: list[int], widths: list[int]) -> None:
    """Narrow columns of numbers to what the numbers need: they never wrap, but the words for a missing one do."""
    from wcwidth import wcswidth

    for index in (index for index, column in enumerate(columns) if column.right):
        numbers = [wcswidth(line) for row in cells for line in row[index].split("\n") if _NUMBER.search(line)]
        widths[index] = min(widths[index], max([words[index], *numbers]))


def _widths(cells: list[list[str]], columns: Sequence[Column], room: int) -> list[int | None]:
    # Shrink the widest text column until the table fits; numbers, dates and references keep their width.
    from wcwidth import wcswidth

    heads = [column.head for column in columns]
    natural = [
        max([wcswidth(heads[index]), *(max(map(wcswidth, row[index].split("\n") or [""])) for row in cells)])
        for index in range(len(columns))
    ]
    words = [
        max(
            [8, *(wcswidth(word) for row in cells for word in row[index].split()), *map(wcswidth, heads[index].split())]
        )
        for index in range(len(columns))
    ]
    # Break between words first, then within the words of prose, and at last within references, but at hyphens before.
    prose = [10 if word < full else full for word, full in zip(words, natural, strict=True)]
    parts = [
        max([8, *(wcswidth(part) for row in cells for word in row[index].split() for part in _HYPHEN.split(word))])
        for index in range(len(columns))
    ]
    # A day is never broken: half of one reads as another.
    days = [10 if any(_DAY.fullmatch(row[index]) for row in cells) else 8 for index in range(len(columns))]
    widths = list(natural)
    for least in (words, prose, parts, [10] * len(columns), days):
        if least is parts and sum(widths) > room:
            _wrap_missing(cells, columns, words, widths)
        while sum(widths) > room:
            texts = [index for index, column in enumerate(columns) if not column.right and widths[index] > least[index]]
            if not texts:
                break
            widest = max(texts, key=lambda index: widths[index])
            widths[widest] -= 1
    return [width if width < full else None for width, full in zip(widths, natural, strict=True)]


def list_text(rows: Sequence[dict[str, Any]], columns: Sequence[Column], total: dict[str, Any] | None = None) -> str:
    """Return each row as a numbered block of `label: value`; rows of label and value take one line each."""
    keys = [column.key for column in columns]
    if set(keys) in FACTS:
        return "\n".join(f"{row[keys[0]]}: {_one_line(row[keys[1]])}" for row in rows)
    blocks = [_block(f"{number} of {len(rows)}", row, columns) for number, row in enumerate(rows, 1)]
    if total:
        blocks.append(_block("total", total, columns))
    return "\n\n".join(blocks)


def _block(head: str, row: dict[str, Any], columns: Sequence[Column]) -> str:
    return "\n".join([head, *(f"{column.head}: {_one_line(row.get(column.key))}" for column in columns)])


def _one_line(value: Any) -> str:
    lines = shown_value(value).splitlines()
    return ", ".join(line.strip() for line in lines if line.strip())


def shown_value(value: Any) -> str:
    """Return a value as text for people, `not recorded` for None."""
    if value is None:
        return NOT_RECORDED
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def readable(row: dict[str, Any], columns: Sequence[ListColumn]) -> dict[str, Any]:
    """Return a row of a list with words in place of empty lists."""
    empty = {column.key: EMPTY.get(column.key, "none") for column in columns if row.get(column.key) == []}
    return row | {
        column.key: NOT_DISCLOSED if is_withheld(column, row) else empty[column.key]
        for column in columns
        if column.key in empty
    }


def csv_text(rows: Sequence[dict[str, Any]], columns: Sequence[Column], *, has_head: bool = True) -> str:
    """Return rows as CSV (RFC 4180); texts that a spreadsheet would read as formulas are neutralised.

    Without the head, they go on with what was printed before.
    """
    import csv

    from projections.reports.render.csv_safety import harmless

    text = io.StringIO()
    writer = csv.writer(text)
    if has_head:
        writer.writerow([column.key for column in columns])
    for row in rows:
        writer.writerow([harmless(_plain(row.get(column.key))) for column in columns])
    return text.getvalue()


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def show_facts(facts: dict[str, Any], form: str, stamp: Stamp | None, title: str) -> None:
    """Print the facts of one record: a label and a value on each line, or one JSON object, or CSV of both."""
    if form == "json":
        say(json.dumps({**({"as_of": stamp.plain()} if stamp else {}), **facts}, ensure_ascii=False, indent=2))
        return
    rows = [{"label": label, "value": value} for label, value in facts.items()]
    if form == "table" and title:
        say(title)
    show_rows(rows, [Column("label", "what"), Column("value")], form, stamp)
