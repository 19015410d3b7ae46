"""What two layouts of a document say differently: paragraph by paragraph, cell by cell, row by row.

A paragraph is known by its message and the part that it stands in, a cell by its table, row and column, whatever their
numbers are. Where only figures of a sentence differ, each is listed; where its words differ too, the whole sentence is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from projections.papers.layout import Heading, Layout, TableItem, Text, plain
from projections.papers.messages import Messages
from projections.papers.model import Line, Printed, Referred, Row, Run, Words
from projections.papers.printed import rows, runs

Key = tuple[object, ...]
OF_THE_FILE = ("check",)
"""Messages that say how to check the file that they stand in: they differ whenever the log has grown."""


class TextChange(NamedTuple):
    """What reads otherwise: where it stands, what it reads, what it should read, and the figures in both."""

    place: Line
    reads: Line
    should: Line
    pointers: tuple[str, ...]


class Unit(NamedTuple):
    """A line of a document with where it stands; `row` is that of its table, if it is a cell."""

    place: Line
    line: Line
    row: Key = ()


def differences(printed: Layout, now: Layout, messages: Messages) -> list[TextChange]:
    """Return what a document reads otherwise than it would now, in its order; then what it would say more."""
    before, after = _units(printed, messages), _units(now, messages)
    nothing = messages.line("corrigendum-nothing")
    kept = {unit.row for unit in after.values()}
    known = {unit.row for unit in before.values()}
    changes = [change for key, unit in before.items() if key in after for change in _changed(unit, after[key])]
    changes += _apart([unit for key, unit in before.items() if key not in after], kept, nothing, is_new=False)
    changes += _apart([unit for key, unit in after.items() if key not in before], known, nothing, is_new=True)
    return changes


def _changed(unit: Unit, now: Unit) -> Iterator[TextChange]:
    pairs = list(zip(runs(unit.line), runs(now.line), strict=False))
    if _words(unit.line) != _words(now.line):
        if plain(unit.line) != plain(now.line):
            yield TextChange(unit.place, unit.line, now.line, _pointers((unit.line, now.line)))
        return
    for run, again in pairs:
        if isinstance(run, Printed) and isinstance(again, Printed) and run.text != again.text:
            yield TextChange(unit.place, (run,), (again,), _pointers(((run,), (again,))))


def _words(line: Line) -> list[object]:
    """Return what a line says around its figures; a reference by what it refers to, which may have another number."""
    return [_word(run) for run in runs(line)]


def _word(run: Run) -> object:
    if isinstance(run, Printed):
        return ("figure", run.pointer, run.unit)
    return ("to", run.to) if isinstance(run, Referred) else getattr(run, "text", "")


def _pointers(lines: Iterable[Line]) -> tuple[str, ...]:
    every = (run.pointer for line in lines for run in runs(line) if isinstance(run, Printed) and run.pointer)
    return tuple(dict.fromkeys(every))


def _apart(units: Sequence[Unit], known: set[Key], nothing: Line, *, is_new: bool) -> Iterator[TextChange]:
    """Yield what only one of two documents says: a row as a whole, any other line by itself."""
    cells: dict[Key, list[Unit]] = {}
    for unit in units:
        if not unit.row:
            yield _one_sided(unit.place, unit.line, nothing, is_new=is_new)
        elif unit.row not in known:
            cells.setdefault(unit.row, []).append(unit)
    for row in cells.values():
        filled = [unit.line for unit in row if plain(unit.line)]
        line = tuple(run for index, cell in enumerate(filled) for run in ((*_semicolon(index), *cell)))
        yield _one_sided(row[0].place[:1], line, nothing, is_new=is_new)


def _semicolon(index: int) -> Line:
    return (Words("; "),) if index else ()


def _one_sided(place: Line, line: Line, nothing: Line, *, is_new: bool) -> TextChange:
    reads, should = (nothing, line) if is_new else (line, nothing)
    return TextChange(place, reads, should, _pointers((line,)))


def _units(layout: Layout, messages: Messages) -> dict[Key, Unit]:
    """Return the lines of a document by what they are known by."""
    units: dict[Key, Unit] = {("title",): Unit(messages.line("corrigendum-title-line"), layout.paper.masthead.title)}
    units |= {("box", box.label): Unit((Words(box.label),), box.line) for box in layout.boxes}
    heading, seen = Heading("", 1, "", ()), Counter[Key]()
    for item in (item for flow in layout.flows for item in flow.items):
        if isinstance(item, Heading):
            heading = item
            units["part", item.key] = Unit((Words(item.number),), item.line)
        elif isinstance(item, TableItem):
            units |= _of_table(item)
        elif isinstance(item, Text) and item.message not in OF_THE_FILE:
            key = (heading.key, item.message)
            units |= _of_text(item, heading, (*key, seen[key]), messages)
            seen[key] += 1
    return units


def _of_text(item: Text, heading: Heading, key: Key, messages: Messages) -> dict[Key, Unit]:
    number = heading.number.rstrip(".")
    place = messages.line("corrigendum-paragraph", number=item.number) if item.number else (Words(number),)
    return {("text", *key, index): Unit(place, line) for index, line in enumerate((item.line, *item.items))}


def _of_table(item: TableItem) -> dict[Key, Unit]:
    grid, label = item.grid, Words(item.label)
    units: dict[Key, Unit] = {("caption", grid.key): Unit((label,), grid.title)}
    seen = Counter[Key]()
    wide = _telling(grid.rows)
    for row in rows(item):
        name = tuple(plain(cell) for cell in row.cells[:wide])
        row_key = ("row", grid.key, name, seen[name])
        seen[name] += 1
        for column, cell in zip(grid.columns, row.cells, strict=True):
            place = (label, Words(f", {', '.join(name)}, "), *column.head)
            units["cell", row_key, column.key] = Unit(place, cell, row_key)
    return units | {("note", grid.key, index): Unit((label,), note) for index, note in enumerate(grid.notes)}


def _telling(table: Sequence[Row]) -> int:
    """Return how many first cells it takes to tell the rows of a table apart; all of them if none do."""
    columns = len(table[0].cells) if table else 1
    for wide in range(1, columns):
        if len({tuple(plain(cell) for cell in row.cells[:wide]) for row in table}) == len(table):
            return wide
    return 1
