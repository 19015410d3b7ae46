"""A corrigendum: what a document that was published says otherwise than the ledger does now, of the same day.

Both reports are of the day of the document; the second is as known later, so that what differs was corrected or
recorded late. A figure that changed is listed wherever the document prints it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from projections.papers.house import House
from projections.papers.layout import Heading, Item, Layout, TableItem, Text, laid_out, plain
from projections.papers.messages import Messages
from projections.papers.model import Line, Paper, Part, Printed, Words
from projections.papers.printed import rows, runs
from projections.queries.figures import Figure
from projections.reports.documents.composing import ColumnPlan, Composer
from projections.reports.documents.document import composed
from projections.reports.documents.occasion import Occasion
from projections.reports.model import Report

STYLES = ("words", "million", "percent", "amount", "plain")
"""The styles in which a figure can be printed, in the order in which they are tried."""


class Change(NamedTuple):
    """A figure of a document that reads otherwise now: where it stands, what it reads, what it should read."""

    place: Line
    pointer: str
    reads: Printed
    should: Line


class Corrigendum(NamedTuple):
    """The document that corrects another one: its symbol, its layout, what it corrects, and the entries behind that."""

    symbol: str
    layout: Layout
    changes: tuple[Change, ...]
    entries: tuple[int, ...]


def corrigendum(
    printed: Report, now: Report, house: House, language: str, occasion: Occasion, number: str, dated: str
) -> Corrigendum | None:
    """Return the corrigendum with a number to the document of `printed`; None if all its figures still read so.

    `occasion` is that of the document; `dated` is the ISO date of the corrigendum.
    Raises UnknownLanguage, BadHouse, BadText.
    """
    old = Composer(printed, house, language, occasion)
    new = Composer(now, house, language, Occasion(occasion.body, occasion.number, dated))
    document = composed(printed, house, language, occasion)[0]
    changes = (*_changes(document, old, new), *_new_rows(document, composed(now, house, language, occasion)[0], new))
    if not changes:
        return None
    symbol = new.body.corrigendum.format(number=occasion.number, language=new.letter, symbol=old.symbol, n=number)
    new.symbol = symbol
    layout = laid_out(_paper(new, old, changes), new.terms(), new.messages.style)
    differing = {change.pointer for change in changes if change.pointer}
    entries = set[int]().union(*(_entries(pointer, old.figures, new.figures) for pointer in differing))
    return Corrigendum(symbol, layout, changes, tuple(sorted(entries)))


def _entries(pointer: str, old: Mapping[str, Figure], new: Mapping[str, Figure]) -> set[int]:
    before, after = (set(figures[pointer].entries) if pointer in figures else set() for figures in (old, new))
    return before ^ after


def _changes(document: Layout, old: Composer, new: Composer) -> Iterator[Change]:
    for place, line in _placed(document, new.messages):
        for run in runs(line):
            if isinstance(run, Printed) and run.pointer:
                should = _should(run, old, new)
                if plain(should) != run.text:
                    yield Change(place, run.pointer, run, should)


def _new_rows(document: Layout, again: Layout, new: Composer) -> Iterator[Change]:
    """Yield the rows that a table of the document would have now, and has not; a row is known by its first cell."""
    before = {item.grid.key: item for item in _tables(document)}
    nothing = Printed("", plain(new.line("corrigendum-nothing")), "", "text")
    for item in _tables(again):
        shown = before.get(item.grid.key)
        known = {plain(row.cells[0]) for row in shown.grid.rows} if shown else set()
        for row in item.grid.rows:
            cells = [plain(cell) for cell in row.cells]
            if cells[0] not in known:
                yield Change((Words((shown or item).label),), "", nothing, (Words("; ".join(filter(None, cells))),))


def _tables(layout: Layout) -> Iterator[TableItem]:
    for item in (item for flow in layout.flows for item in flow.items):
        if isinstance(item, TableItem):
            yield item


def _should(run: Printed, old: Composer, new: Composer) -> Line:
    """Return what a printed figure should read, in the style in which it is printed."""
    if run.pointer not in new.figures:
        return new.line("corrigendum-nothing")
    before, after = old.figures[run.pointer], new.figures[run.pointer]
    if before.value == after.value:
        return (run,)
    styles = [style for style in STYLES if _is_number(before) and old.messages.printed(before, style) == run.text]
    text = new.messages.printed(after, styles[0] if styles and _is_number(after) else "plain")
    return (Printed(run.pointer, text, after.value, after.unit),)


def _is_number(figure: Figure) -> bool:
    return not isinstance(figure.value, str) and figure.unit != "year"


def _placed(document: Layout, messages: Messages) -> Iterator[tuple[Line, Line]]:
    """Yield each line of a document with the text that says where it stands."""
    yield messages.line("corrigendum-title-line"), document.paper.masthead.title
    for box in document.boxes:
        yield (Words(box.label),), box.line
    heading = ""
    for item in (item for flow in document.flows for item in flow.items):
        if isinstance(item, Heading):
            heading = item.number.rstrip(".")
            yield (Words(item.number),), item.line
        else:
            yield from _of_item(item, heading, messages)


def _of_item(item: Item, heading: str, messages: Messages) -> Iterator[tuple[Line, Line]]:
    if isinstance(item, Text):
        place = messages.line("corrigendum-paragraph", number=item.number) if item.number else (Words(heading),)
        yield place, item.line
        yield from ((place, line) for line in item.items)
    elif isinstance(item, TableItem):
        for row in rows(item):
            place = (Words(f"{item.label}, "), *row.cells[0])
            yield from ((place, cell) for cell in row.cells)
        yield from (((Words(item.label),), note) for note in item.grid.notes)


def _paper(new: Composer, old: Composer, changes: Sequence[Change]) -> Paper:
    as_of = new.report.as_of
    columns = (
        ColumnPlan("where", "words", 0),
        ColumnPlan("reads", "words", 1),
        ColumnPlan("should-read", "words", 2),
    )
    lines = [(change.place, _words(change.reads), change.should) for change in changes]
    grid = new.figures_grid("corrections", new.line("corrigendum-table"), columns, lines)
    said = new.say("corrigendum-text", symbol=old.symbol, position=new.messages.style.plain(as_of.known_at))
    parts = (Part("corrections", new.line("corrigendum-part"), (said, grid)),)
    paper = new.paper(new.line("corrigendum-title", symbol=old.symbol), (), parts)
    return replace(paper, data={**paper.data, "corrects": old.symbol})


def _words(printed: Printed) -> Line:
    # What the document reads is no figure of the ledger any more.
    return (Words(printed.text),)
