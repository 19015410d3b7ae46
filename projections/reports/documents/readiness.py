"""What a secretariat looks at before a document is tabled: what is missing, late, too long, or not a figure."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ledger.domain.facets import FACETS
from projections.papers.glyphs import MissingGlyphs
from projections.papers.house import House
from projections.papers.layout import Layout, TableItem, plain
from projections.papers.model import Grid, Printed, Words
from projections.papers.printed import lines, runs
from projections.papers.read_back.pdf import page_count
from projections.queries.figures import walk
from projections.reports.documents.document import rendered_document
from projections.reports.documents.occasion import Occasion
from projections.reports.model import Report

MOST_NAMED = 6
"""The most engagements that one point names."""
NUMBER = re.compile("[0-9]+(?:[.,\N{NO-BREAK SPACE} ][0-9]{3})*(?:[.,][0-9]+)?")
GROUPS = re.compile(r"(?<=[0-9])[\u00a0\u202f](?=[0-9]{3}(?![0-9]))")
"""What separates the groups of a number in some languages."""
ROUNDING = Decimal(2)
"""By how much shares may miss 100 and still be shares of a whole; a table of the first ten misses it by more."""


class ReadinessPoint(NamedTuple):
    """One point to look at: a code, a sentence, and whether the document cannot be published with it."""

    code: str
    what: str
    is_blocking: bool = False


def points(report: Report, layouts: Sequence[Layout], house: House, occasion: Occasion) -> list[ReadinessPoint]:
    """Return what to look at before the document is published, in the order in which it matters."""
    main = layouts[0]
    return [
        *_of_occasion(report, house, occasion),
        *_of_length(report, main, house),
        *_of_text(main),
        *_of_languages(house, occasion),
        *_of_register(report),
        *_of_overdue(report),
        *_of_shares(layouts),
    ]


def _blocking(code: str, what: str) -> ReadinessPoint:
    return ReadinessPoint(code, what, is_blocking=True)


def _of_occasion(report: Report, house: House, occasion: Occasion) -> Iterator[ReadinessPoint]:
    on = report.as_of.on
    body = f"It does not say to which body it goes, and the setting governing-body says none on {on}: give --body."
    given = (
        ("no-body", occasion.body, body),
        ("no-symbol", occasion.number, "It has no symbol: give --symbol."),
        ("no-date", occasion.date, "It has no date: give --dated."),
    )
    yield from (_blocking(code, sentence) for code, value, sentence in given if not value)
    if occasion.date and occasion.date < on:
        early = f"It is dated {occasion.date}, and shows {on}: give another --dated, or an earlier day with --on."
        yield _blocking("dated-too-early", early)
    if occasion.body and house.bodies and not house.knows(occasion.body):
        known = ", ".join(house.bodies)
        yield ReadinessPoint("body-not-in-house", f"house.toml has no body '{occasion.body}'; it has {known}.")


def _of_length(report: Report, main: Layout, house: House) -> Iterator[ReadinessPoint]:
    form = house.report(report.name)
    words = words_of(main)
    if words > form.words_at_most:
        yield _blocking("too-many-words", f"It has {words:,} words, and may have {form.words_at_most:,}.")
    try:
        pages = page_count(rendered_document(main, house.look, "pdf"))
    except MissingGlyphs as error:
        yield _blocking(error.code, f"{error.sentence} {error.hint}")
        return
    if form.pages_at_most and pages > form.pages_at_most:
        yield _blocking("too-many-pages", f"It has {pages} pages, and may have {form.pages_at_most}.")


def words_of(layout: Layout) -> int:
    """Return the number of words: of what has a letter or a digit; a number with separated groups is one."""
    texts = (GROUPS.sub("", plain(line)) for line in lines(layout))
    return sum(1 for text in texts for word in text.split() if any(map(str.isalnum, word)))


def _of_text(main: Layout) -> Iterator[ReadinessPoint]:
    for run in (run for line in lines(main) for run in runs(line)):
        if isinstance(run, Words) and run.by == "secretariat":
            for number in NUMBER.finditer(run.text):
                near = run.text[max(0, number.start() - 20) : number.end() + 20].strip()
                what = f"Your text has a number that is no figure: '{number[0]}' in '…{near}…'."
                yield ReadinessPoint("number-in-text", what)


def _of_languages(house: House, occasion: Occasion) -> Iterator[ReadinessPoint]:
    languages = house.document.languages
    for key in occasion.texts if len(languages) > 1 else ():
        if ": " not in key:
            all_of_them = ", ".join(languages)
            own = f"'# {languages[-1]}: {key}' is for one language"
            yield ReadinessPoint("one-text", f"Your text under '# {key}' stands as it is in {all_of_them}; {own}.")


def _of_register(report: Report) -> Iterator[ReadinessPoint]:
    if left_out := report.left_out.get("no-rate", 0):
        yield ReadinessPoint("no-rate", f"{_counted(left_out, 'amount')} without a rate not in the sums.")
    if undated := report.left_out.get("undated", 0):
        yield ReadinessPoint("undated", f"{_counted(undated, 'agreement')} without a day of signature in no year.")
    for facet in FACETS:
        lacking = [coverage.engagement for coverage in report.discloses if facet not in coverage.facets]
        if lacking and facet != "service-orders":
            rest = f" and {len(lacking) - MOST_NAMED:,} more" if len(lacking) > MOST_NAMED else ""
            yield ReadinessPoint(
                "not-recorded", f"Not recorded, so not shown: {facet} of {', '.join(lacking[:MOST_NAMED])}{rest}."
            )


def _counted(number: int, what: str) -> str:
    return f"1 {what} is" if number == 1 else f"{number:,} {what}s are"


def _of_overdue(report: Report) -> Iterator[ReadinessPoint]:
    for pointer, figure in walk(report.figures):
        area, _, kind = pointer.strip("/").partition("/")
        if area == "overdue" and isinstance(figure.value, int) and figure.value:
            number = f"1 {kind} is" if figure.value == 1 else f"{figure.value:,} {kind}s are"
            yield ReadinessPoint("overdue", f"{number} overdue.")


def _of_shares(layouts: Sequence[Layout]) -> Iterator[ReadinessPoint]:
    for item in (item for layout in layouts for flow in layout.flows for item in flow.items):
        if isinstance(item, TableItem):
            yield from _shares(item.grid)


def _shares(grid: Grid) -> Iterator[ReadinessPoint]:
    for place, column in enumerate(grid.columns):
        if column.holds != "percent":
            continue
        runs_ = (run for row in grid.rows for run in row.cells[place] if isinstance(run, Printed))
        values = [Decimal(run.value) for run in runs_ if not isinstance(run.value, str)]
        missing = sum(values, Decimal(0)) - 100
        if missing and abs(missing) <= ROUNDING:
            yield ReadinessPoint("shares", f"Shares in '{plain(grid.title)}' add up to {100 + missing}, by rounding.")
