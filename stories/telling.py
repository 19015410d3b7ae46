"""The whole story: all acts on one stage."""

from collections.abc import Iterator

from stories.book import Book
from stories.disclosures import documents
from stories.keys import ORIGIN, keys
from stories.line import Line, day_of
from stories.openings import openings
from stories.stage import Stage
from stories.yearly import rates, settings

ORGANIZATION, CURRENCY = "Illustrative Organization for Public Data", "USD"
"""What the ledger is opened with, besides its name."""
__all__ = ["CURRENCY", "ORGANIZATION", "ORIGIN", "story"]
OLD = 8
"""How many engagements of a hundred were signed before the ledger was kept; they are entered first."""
QUIET = 45
"""How many days before the end of the story the last engagement begins."""


def story(seed: int, engagements: int, years: range) -> Iterator[Line]:
    """Yield the lines of a story of so many engagements over some years, in order of recording."""
    first, last = day_of(years[0]), day_of(years[-1], 12, 31)
    stage = Stage(seed, last)
    book = Book(seed, stage)
    stage.begin(first, settings(first))
    stage.begin(first, rates(seed, years))
    stage.begin(first, keys(seed, first))
    stage.begin(first, documents(book, years))
    old = engagements * OLD // 100
    stage.begin(first, openings(book, old, first + 3, first + 63, old=True))
    stage.begin(first, openings(book, engagements - old, first + 3, last - QUIET))
    return stage.lines()
