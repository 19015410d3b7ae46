"""A corrigendum: what a document that was published says otherwise than the ledger does now, of the same day.

Both reports are of the day of the document; the second is as known later, so that what differs was corrected or
recorded late. All that the document would say otherwise is listed, wherever it says it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from projections.papers.house import House
from projections.papers.layout import Layout, laid_out
from projections.papers.model import Line, Paper, Part, Printed, Referred, Words
from projections.papers.printed import runs
from projections.queries.figures import Figure
from projections.reports.documents.composing import ColumnPlan, Composer
from projections.reports.documents.differences import TextChange, differences
from projections.reports.documents.document import composed
from projections.reports.documents.occasion import Occasion
from projections.reports.model import Report


class Corrigendum(NamedTuple):
    """The document that corrects another one: both symbols, its layout, what it corrects, the entries behind that."""

    corrects: str
    symbol: str
    layout: Layout
    changes: tuple[TextChange, ...]
    entries: tuple[int, ...]


def corrigendum(
    printed: Report, now: Report, house: House, language: str, occasion: Occasion, number: str, dated: str
) -> Corrigendum | None:
    """Return the corrigendum with a number to the document of `printed`; None if it still reads so.

    `occasion` is that of the document; `dated` is the ISO date of the corrigendum.
    Raises UnknownLanguage, BadHouse, UnknownFigureInText.
    """
    old = Composer(printed, house, language, occasion)
    new = Composer(now, house, language, Occasion(occasion.body, occasion.number, dated))
    document, again = (composed(report, house, language, occasion)[0] for report in (printed, now))
    changes = tuple(differences(document, again, new.messages))
    if not changes:
        return None
    symbol = new.body.corrigendum.format(number=occasion.number, language=new.letter, symbol=old.symbol, n=number)
    new.symbol = symbol
    layout = laid_out(_paper(new, old, changes), new.terms(), new.messages.style)
    differing = {pointer for change in changes for pointer in change.pointers}
    entries = set[int]().union(*(_entries(pointer, old.figures, new.figures) for pointer in differing))
    return Corrigendum(old.symbol, symbol, layout, changes, tuple(sorted(entries)))


def _entries(pointer: str, old: Mapping[str, Figure], new: Mapping[str, Figure]) -> set[int]:
    before, after = (set(figures[pointer].entries) if pointer in figures else set() for figures in (old, new))
    return before ^ after


def _paper(new: Composer, old: Composer, changes: Sequence[TextChange]) -> Paper:
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
    return replace(paper, data={**paper.data, "corrects": old.symbol})


def _words(line: Line) -> Line:
    # What the document reads is no figure of the ledger any more.
    return tuple(Words(run.text) if isinstance(run, Printed) else run for run in _own(line))


def _own(line: Line) -> Line:
    # A reference is to the document that is corrected.
    return tuple(Words(run.text) if isinstance(run, Referred) else run for run in runs(line))
