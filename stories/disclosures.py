"""The documents by which bodies are told, year by year: prepared, published, completed, corrected."""

from collections.abc import Iterator
from typing import Any

from stories.book import Book, Signed
from stories.case import AGREEMENT, KNOWLEDGE
from stories.dice import Dice
from stories.line import Line, day_of, working, written
from stories.yearly import BODIES

SECRETARY = "staff/council-1"
COUNCIL, TDAG, GROUP = BODIES
PUBLISHED: tuple[tuple[str, str, str, int, int], ...] = (
    (GROUP, "CWG-FHR-{number}/9", "Service orders and consultancies of the past year", 1, 25),
    (TDAG, "TDAG-{short}/5", "Partnerships and resource mobilization", 5, 12),
    (COUNCIL, "C{short}/47", "Engagements with third parties: report by the Secretariat", 6, 20),
)
"""Body, symbol, title, month and day of what is published each year."""
SINCE = {GROUP: 2, TDAG: 0, COUNCIL: 0}
"""After how many years a body is told for the first time."""
FACETS: dict[str, tuple[tuple[tuple[str, ...], int], ...]] = {
    GROUP: ((("parties", "service-orders"), 4), (("service-orders",), 1)),
    TDAG: ((("parties", "financials"), 5), (("parties",), 2)),
    COUNCIL: (
        (("parties", "financials", "service-orders", "duration", "outcomes"), 5),
        (("parties", "financials", "duration"), 3),
        (("parties", "duration", "outcomes"), 2),
    ),
}
"""What a document tells of one engagement, and how often."""
TOLD = {GROUP: 75, TDAG: 85, COUNCIL: 80}
"""Of how many engagements in a hundred a document tells."""
WRONG = (
    "The amount of the contribution was given before the amendment.",
    "The total had been converted at the rate of the year before.",
    "A contribution in kind had been added to the cash.",
)
CHUNK = 100
"""How many engagements one command covers, so that each is one entry."""

Cover = dict[str, Any]


def documents(book: Book, years: range) -> Iterator[Line]:
    """Begin the acts of each document in its year."""
    dice = Dice(book.seed, "documents")
    for nth, year in enumerate(years):
        for body, symbol, title, month, day in PUBLISHED:
            if nth < SINCE[body]:
                continue
            on = working(day_of(year, month, day) + dice.below(6))
            named = symbol.format(number=11 + nth, short=f"{year % 100:02}")
            members = {"document": named, "body": body, "title": f"{title}, {year - 1}"}
            chance = Dice(book.seed, named)
            if chance.chance(75):
                book.stage.begin(on - 55, _prepared(book, chance, members, on))
            book.stage.begin(working(on + chance.between(1, 12)), _published(book, chance, members, on))
    yield from ()


def _line(tag: str, on: int, known: int, members: dict[str, Any], count: int = 1, reason: str | None = None) -> Line:
    return Line({"command": f"disclosure {tag}", **members}, on, known, known, SECRETARY, reason, count)


def _covers(book: Book, body: str, on: int, dice: Dice) -> list[Cover]:
    """Return what a document tells on a day: not of everything of which it might."""
    return [
        {"engagement": one.ref, "facets": list(dice.weighted(FACETS[body]))}
        for one in book.signed
        if _concerns(one, body) and one.signed <= on <= one.over + 400 and dice.chance(TOLD[body])
    ]


def _concerns(one: Signed, body: str) -> bool:
    return one.with_orders if body == GROUP else body == COUNCIL or one.kind in (AGREEMENT, KNOWLEDGE)


def _prepared(book: Book, dice: Dice, members: dict[str, Any], on: int) -> Iterator[Line]:
    day = working(on - 55)
    covers = _covers(book, members["body"], day, dice)[:CHUNK]
    yield _line("prepare", day, day, members | {"planned_on": written(on), "cover": covers})


def _published(book: Book, dice: Dice, members: dict[str, Any], on: int) -> Iterator[Line]:
    known = working(book.stage.day)
    covers = _covers(book, members["body"], on, dice)
    if not covers:
        return
    document = {"document": members["document"]}
    yield _line("publish", on, known, members | {"cover": covers[:CHUNK]}, count=2)
    for start in range(CHUNK, len(covers), CHUNK):
        yield _line("cover", on, known, document | {"cover": covers[start : start + CHUNK]})
    told = {cover["engagement"] for cover in covers}
    book.stage.begin(known + dice.between(10, 40), _completed(book, dice, document, on, told))
    money = [cover for cover in covers if "financials" in cover["facets"]]
    if money and dice.chance(70):
        day = working(known + dice.between(20, 90))
        fault = [{"engagement": one["engagement"], "facets": ["financials"]} for one in dice.some(money, 2)]
        correction = {"correction": f"{members['document']}(Cor.1)", "what": dice.pick(WRONG), "cover": fault}
        yield _line("correct", day, day, document | correction)


def _completed(book: Book, dice: Dice, document: dict[str, Any], on: int, told: set[str]) -> Iterator[Line]:
    """Yield what the document covered as well, and now and then that it did not."""
    missing = [one.ref for one in book.signed[-400:] if one.ref not in told and one.signed <= on]
    if not missing or not dice.chance(60):
        return
    day = working(book.stage.day)
    covers = [{"engagement": ref, "facets": ["parties"]} for ref in dice.some(missing, 2)]
    reason = "Named in an annex that was overlooked."
    more = _line("cover", on, day, document | {"cover": covers}, reason=reason)
    yield more
    if dice.chance(25):
        day = working(day + 15)
        void = {"command": "void", "positions": [], "reason": "The annex names another engagement."}
        yield Line(void, day, day, day, SECRETARY, undoes=more)
