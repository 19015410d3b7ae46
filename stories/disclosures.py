"""The disclosures to bodies, year by year: prepared, published, completed, corrected."""

from collections.abc import Iterator
from typing import Any

from stories.case import AGREEMENT, KNOWLEDGE
from stories.rng import Rng
from stories.shared_state import SharedState, Signed
from stories.timed_command import TimedCommand, day_of, working, written
from stories.yearly import BODIES

SECRETARY = "staff/council-1"
COUNCIL, TDAG, GROUP = BODIES
PUBLISHED: tuple[tuple[str, str, str, int, int], ...] = (
    (GROUP, "CWG-FHR-{number}/9", "Service orders and consultancies of the past year", 1, 25),
    (TDAG, "TDAG-{short}/5", "Partnerships and resource mobilization", 5, 12),
    (COUNCIL, "C{short}/47", "Engagements with third parties: report by the Secretariat", 6, 20),
)
"""Body, symbol, title, month and day of the yearly documents."""
SINCE = {GROUP: 2, TDAG: 0, COUNCIL: 0}
"""The number of years before the first disclosure to a body."""
FACETS: dict[str, tuple[tuple[tuple[str, ...], int], ...]] = {
    GROUP: ((("parties", "service-orders"), 4), (("parties", "service-orders", "duration"), 1)),
    TDAG: ((("parties", "financials"), 5), (("parties",), 2)),
    COUNCIL: (
        (("parties", "financials", "service-orders", "duration", "outcomes"), 5),
        (("parties", "financials", "duration"), 3),
        (("parties", "duration", "outcomes"), 2),
    ),
}
"""The facets that a document covers of an engagement, with weights; of its parties something is always recorded."""
TOLD = {GROUP: 75, TDAG: 85, COUNCIL: 80}
"""The percentage of engagements that a document covers."""
WRONG = (
    "A third party was named in the role that it had before the amendment.",
    "A third party was given under its former name.",
    "A third party of another engagement was named.",
)
CHUNK = 100
"""How many engagements one command covers, so that each is one entry."""

Cover = dict[str, Any]


def documents(shared: SharedState, years: range) -> Iterator[TimedCommand]:
    """Begin the acts of each document in its year."""
    rng = Rng(shared.seed, "documents")
    for nth, year in enumerate(years):
        for body, symbol, title, month, day in PUBLISHED:
            if nth < SINCE[body]:
                continue
            on = working(day_of(year, month, day) + rng.below(6))
            named = symbol.format(number=11 + nth, short=f"{year % 100:02}")
            members = {"document": named, "body": body, "title": f"{title}, {year - 1}"}
            chance = Rng(shared.seed, named)
            if chance.chance(75):
                shared.scheduler.begin(on - 55, _prepared(shared, chance, members, on))
            shared.scheduler.begin(working(on + chance.between(1, 12)), _published(shared, chance, members, on))
    yield from ()


def _line(
    tag: str, on: int, known: int, members: dict[str, Any], count: int = 1, reason: str | None = None
) -> TimedCommand:
    return TimedCommand({"command": f"disclosure {tag}", **members}, on, known, known, SECRETARY, reason, count)


def _covers(shared: SharedState, body: str, on: int, rng: Rng) -> list[Cover]:
    """Return the coverage of a document on a day; some engagements are left out."""
    return [
        {"engagement": one.ref, "facets": list(rng.weighted(FACETS[body]))}
        for one in shared.signed
        if _concerns(one, body) and one.signed <= on <= one.over + 400 and rng.chance(TOLD[body])
    ]


def _concerns(one: Signed, body: str) -> bool:
    return one.with_orders if body == GROUP else body == COUNCIL or one.kind in (AGREEMENT, KNOWLEDGE)


def _prepared(shared: SharedState, rng: Rng, members: dict[str, Any], on: int) -> Iterator[TimedCommand]:
    day = working(on - 55)
    covers = _covers(shared, members["body"], day, rng)[:CHUNK]
    yield _line("prepare", day, day, members | {"planned_on": written(on), "cover": covers})


def _published(shared: SharedState, rng: Rng, members: dict[str, Any], on: int) -> Iterator[TimedCommand]:
    known = working(shared.scheduler.day)
    covers = _covers(shared, members["body"], on, rng)
    if not covers:
        return
    document = {"document": members["document"]}
    yield _line("publish", on, known, members | {"cover": covers[:CHUNK], "as_of_on": written(on)}, count=2)
    for start in range(CHUNK, len(covers), CHUNK):
        yield _line("cover", on, known, document | {"cover": covers[start : start + CHUNK]})
    covered = {cover["engagement"] for cover in covers}
    missing = [signed.ref for signed in shared.signed[-400:] if signed.ref not in covered and signed.signed <= on]
    shared.scheduler.begin(known + rng.between(10, 40), _completed(shared, rng, document, on, missing))
    if rng.chance(70):
        day = working(known + rng.between(20, 90))
        fault = [{"engagement": cover["engagement"], "facets": ["parties"]} for cover in rng.some(covers, 2)]
        correction = {"correction": f"{members['document']}(Cor.1)", "what": rng.pick(WRONG), "cover": fault}
        correction["as_of_on"] = written(day)
        yield _line("correct", day, day, document | correction)


def _completed(
    shared: SharedState, rng: Rng, document: dict[str, Any], on: int, missing: list[str]
) -> Iterator[TimedCommand]:
    """Yield later additions to the coverage of a document, of those it missed, and now and then withdrawals."""
    if not missing or not rng.chance(60):
        return
    day = working(shared.scheduler.day)
    covers = [{"engagement": ref, "facets": ["parties"]} for ref in rng.some(missing, 2)]
    reason = "Named in an annex that was overlooked."
    more = _line("cover", on, day, document | {"cover": covers}, reason=reason)
    yield more
    if rng.chance(25):
        day = working(day + 15)
        void = {"command": "void", "positions": [], "reason": "The annex names another engagement."}
        yield TimedCommand(void, day, day, day, SECRETARY, undoes=more)
