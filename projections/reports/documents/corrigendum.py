"""A corrigendum: what a document that was published says otherwise than the ledger does now, of the same day.

Both reports are of the day of the document; the second is as known later, so that what differs was corrected or
recorded late. All that the document would say otherwise is listed, wherever it says it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ledger.domain.disclosure.disclosure import Coverage
from projections.papers.house import House
from projections.papers.layout import Layout, laid_out
from projections.papers.model import Line, Paper, Part, Printed, Referred, Words
from projections.papers.printed import runs
from projections.queries.figures import Figure
from projections.reports import manifest
from projections.reports.documents.composing import ColumnPlan, Composer
from projections.reports.documents.differences import TextChange, differences
from projections.reports.documents.document import composed
from projections.reports.documents.occasion import Occasion
from projections.reports.model import Report


class Correcting(NamedTuple):
    """What a corrigendum is made with: the house, the language and occasion of the document, its own number and date.

    The date is in ISO format.
    """

    house: House
    language: str
    occasion: Occasion
    number: str
    dated: str


class Corrigendum(NamedTuple):
    """The document that corrects another one: both symbols, its layout, what it corrects, and what it discloses."""

    corrects: str
    symbol: str
    layout: Layout
    changes: tuple[TextChange, ...]
    discloses: tuple[Coverage, ...]


def document_symbols(report: Report, house: House, occasion: Occasion) -> tuple[str, ...]:
    """Return the symbols that a document may have been published under: one for each language of the house."""
    document = house.document
    languages = dict.fromkeys((document.language, *document.languages))
    return tuple(dict.fromkeys(Composer(report, house, language, occasion).symbol for language in languages))


def correcting(printed: Report, now: Report, paper: Correcting, stream: Callable[[int], str]) -> Corrigendum | None:
    """Return the corrigendum to the document of `printed`; None if it still reads so. `stream` gives that of an entry.

    Raises UnknownLanguage, BadHouse, UnknownFigureInText.
    """
    house, language, occasion, number, dated = paper
    old = Composer(printed, house, language, occasion)
    new = Composer(now, house, language, Occasion(occasion.body, occasion.number, dated))
    document, again = (composed(report, house, language, occasion)[0] for report in (printed, now))
    changes = tuple(differences(document, again, new.messages))
    if not changes:
        return None
    symbol = new.body.corrigendum.format(number=occasion.number, language=new.letter, symbol=old.symbol, n=number)
    new.symbol = symbol
    differing = {pointer for change in changes for pointer in change.pointers}
    entries = set[int]().union(*(_entries(pointer, old.figures, new.figures) for pointer in differing))
    discloses = tuple(_corrected(now, {stream(entry) for entry in entries}))
    composed_paper = _paper(new, old, changes, discloses)
    layout = laid_out(composed_paper, new.terms(), new.messages.style)
    return Corrigendum(old.symbol, symbol, layout, changes, discloses)


def _corrected(now: Report, streams: set[str]) -> Iterator[Coverage]:
    """Yield what a corrigendum discloses: of the engagements of these streams all that the document would now.

    That is more than the document did where it left out a service order, a facet or an engagement.
    """
    for coverage in now.discloses:
        if f"engagement/{coverage.engagement}" in streams:
            yield coverage


def _entries(pointer: str, old: Mapping[str, Figure], new: Mapping[str, Figure]) -> set[int]:
    before, after = (set(figures[pointer].entries) if pointer in figures else set() for figures in (old, new))
    return before ^ after


def _paper(new: Composer, old: Composer, changes: Sequence[TextChange], discloses: Sequence[Coverage]) -> Paper:
    as_of = new.report.as_of
    columns = (
        ColumnPlan("where", "words", 0),
        ColumnPlan("reads", "words", 1),
        ColumnPlan("should-read", "words", 2),
    )
    lines = [(_own(change.place), _words(change.reads), _own(change.should)) for change in changes]
    grid = new.figures_grid("corrections", new.line("corrigendum-table"), columns, lines)
    said = new.say("corrigendum-text", symbol=old.symbol, position=new.messages.style.plain(as_of.known_at))
    parts = (Part("corrections", new.line("corrigendum-part"), (said, grid)),)
    paper = new.paper(new.line("corrigendum-title", symbol=old.symbol), (), parts)
    return replace(paper, data={**paper.data, "discloses": manifest.discloses(discloses), "corrects": old.symbol})


def _words(line: Line) -> Line:
    # What the document reads is no figure of the ledger any more.
    return tuple(Words(run.text) if isinstance(run, Printed) else run for run in _own(line))


def _own(line: Line) -> Line:
    # A reference is to the document that is corrected.
    return tuple(Words(run.text) if isinstance(run, Referred) else run for run in runs(line))
