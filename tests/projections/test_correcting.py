"""A correction makes the ledger that of a history that had been recorded right, in every projection."""

from collections.abc import Iterable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, example, given, reject, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ledger.application.correction import correct
from ledger.application.ledger import Ledger
from ledger.domain.errors import LedgerError
from ledger.domain.voiding import voided
from ledger.format.entry import Entry, read
from projections.runner.follow import catch_up
from projections.runner.place import engine_at
from projections.tables.schema import ASSERTIONS
from tests.projections.as_one import REFERENCES
from tests.projections.histories import Step, histories, play, steps
from tests.projections.test_equal import examples

UNTOLD = ("entry", "line", "known_from", "known_to", "superseded_at", "version")
"""Columns that say where a row was recorded, which a correction changes."""
TRIES = 6


def _standing(ledger: Ledger) -> list[tuple[int, Entry]]:
    entries = [(position, read(data)) for position, data in ledger.store.entries()]
    gone = {stream: voided(ledger.facts(stream)) for stream in {entry.stream for _, entry in entries}}
    return [
        (position, entry)
        for position, entry in entries
        if entry.version not in gone[entry.stream] and entry.event.tag() != "entry.voided"
    ]


def _mistake(right: Ledger, wrong: Ledger) -> tuple[int, Entry, Entry] | None:
    """Return the one entry of a command that is wrong, and what was meant; None if the histories differ otherwise."""
    meant, recorded = _standing(right), _standing(wrong)
    shapes = [[(entry.stream, entry.event.tag()) for _, entry in history] for history in (meant, recorded)]
    if shapes[0] != shapes[1]:
        return None
    differing = [
        (position, entry, other)
        for (position, entry), (_, other) in zip(recorded, meant, strict=True)
        if (entry.event, entry.effective_on) != (other.event, other.effective_on)
    ]
    if not differing or [entry.command for _, entry, _ in differing].count(differing[0][1].command) > 1:
        return None
    if any(
        is_new(entry, other) for _, entry, other in differing[1:] for is_new in (_is_untold, _is_numbered, _is_rest)
    ):
        return None
    return differing[0]


def _is_untold(entry: Entry, meant: Entry) -> bool:
    """Return whether a command left something out, since it changed nothing then: no log can tell that it was said."""
    names = entry.event.__struct_fields__
    return any(getattr(entry.event, name) is None and getattr(meant.event, name) is not None for name in names)


def _is_numbered(entry: Entry, meant: Entry) -> bool:
    """Return whether the ledger gave actions other numbers, since the mistake left out or added some: these stay."""
    numbers = [[action.action for action in getattr(one.event, "actions", ())] for one in (entry, meant)]
    return numbers[0] != numbers[1]


def _is_rest(entry: Entry, meant: Entry) -> bool:
    """Return whether all the rest of an order was accepted, since no amount was given: no log can tell that either."""
    return entry.event.tag() == "deliverable.accepted" and entry.event != meant.event


def _assignments(entry: Entry, meant: Entry) -> dict[str, list[str]]:
    """Return what is to be set, as `--set` takes it."""
    values: dict[str, list[str]] = {}
    for name in entry.event.__struct_fields__:
        value = getattr(meant.event, name)
        if value == getattr(entry.event, name):
            continue
        if value is None:
            values[name] = [""]
        elif name == "parties":
            values[name] = [f"{role.party}={role.role}" for role in value]
        elif name in ("regions", "priorities"):
            values[name] = [f"{share.code}={share.percent}" for share in value]
        elif isinstance(value, tuple):
            values[name] = [str(text) for text in value] or [""]
        else:
            values[name] = [str(value)]
    return values


def _names_merged(ledger: Ledger, meant: Entry, assignments: Iterable[str]) -> bool:
    """Return whether a party is set that was merged since: who names it then means the party that it became."""
    parties = [target for target in meant.event.mentions() if target.startswith("party/")]
    is_set = not {*REFERENCES, "parties"}.isdisjoint(assignments)
    states: list[Any] = [ledger.fold(party)[0] for party in parties]
    return is_set and any(state.merged_into for state in states)


def _tables(ledger: Ledger, folder: Path) -> dict[str, list[str]]:
    """Return what the tables say now, without where it was recorded."""
    engine = engine_at(folder / "projections.db")
    catch_up(ledger, engine)
    tables: dict[str, list[str]] = {}
    with engine.connect() as db:
        for table in ASSERTIONS:
            kept = [column for column in table.columns if column.name not in UNTOLD]
            rows = db.execute(select(*kept).where(table.c.known_to.is_(None)))
            tables[table.name] = sorted(repr(tuple(row)) for row in rows)
    engine.dispose()
    return tables


def _changed(story: list[Step], random: Random) -> list[Step]:
    """Return a story with other amounts, dates and texts in one step."""
    places = [place for place, step in enumerate(story) if step[0] not in ("void", "import")]
    if not places:
        return story
    place = random.choice(places)
    verb, a, b, _, _ = story[place]
    return [*story[:place], (verb, a, b, random.randrange(12), random.randrange(12)), *story[place + 1 :]]


_TWO_CONFLICTS = [
    step
    for episode in [
        (("conflict declare", "conflict assess"), 4, 10, 10, 5),
        (("engagement reopen",), 11, 11, 7, 9),
        (("conflict declare", "conflict assess"), 3, 8, 6, 5),
        (("review hold",), 2, 3, 11, 6),
        (("conflict declare", "conflict assess"), 9, 0, 2, 0),
        (("party alias",), 11, 5, 8, 8),
        (("party alias",), 11, 5, 8, 8),
        (("key add", "key rotate", "key retire", "key revoke"), 10, 8, 2, 7),
    ]
    for step in steps(*episode)
]
"""The first of two conflicts of interest is corrected, and recorded again after the second."""


_ACCEPTED_WHOLE = [
    step
    for episode in [
        (("party register",), 0, 0, 0, 0),
        (("engagement suspend", "engagement resume"), 0, 0, 0, 0),
        (("engagement suspend", "engagement resume"), 0, 0, 0, 0),
        (("order issue", "order accept", "payment make", "order close"), 0, 0, 0, 0),
        (("order issue", "order accept", "payment make", "order close"), 7, 2, 0, 7),
    ]
    for step in steps(*episode)
]
"""An order is accepted without an amount, so as a whole; then the amount of the order is corrected."""


_MERGED_BEFORE = [
    step
    for episode in [
        (("engagement propose", "engagement submit", "engagement return"), 4, 2, 3, 7),
        (("party merge",), 10, 4, 5, 1),
    ]
    for step in steps(*episode)
]
"""The parties of an engagement are corrected after one of them was merged into another."""


@example(_MERGED_BEFORE, 0)
@example(_ACCEPTED_WHOLE, 10065293)
@example(_TWO_CONFLICTS, 851)
@given(histories, st.integers(0, 10**9))
@settings(examples(300, 40), suppress_health_check=[*HealthCheck])
def test_a_correction_equals_the_history_recorded_right(story: list[Step], seed: int) -> None:
    """The amounts, dates and texts of one step are recorded wrong, then corrected: what stands is what would be."""
    random = Random(seed)  # noqa: S311 - no secret
    with TemporaryDirectory() as one:
        right = play(story, Path(one))
        try:
            for _ in range(TRIES):
                with TemporaryDirectory() as other:
                    wrong = play(_changed(story, random), Path(other))
                    try:
                        if _is_compared(right, wrong, Path(one), Path(other)):
                            return
                    finally:
                        wrong.close()
        finally:
            right.close()
    reject()


def _is_compared(right: Ledger, wrong: Ledger, one: Path, other: Path) -> bool:
    mistake = _mistake(right, wrong)
    if mistake is None:
        return False
    position, entry, meant = mistake
    assignments = _assignments(entry, meant)
    if _names_merged(wrong, meant, assignments):
        return False
    size = wrong.store.head().size
    try:
        correct(wrong, position, assignments, on=meant.effective_on, actor="staff/2", reason="It was wrong")
    except LedgerError:
        assert size == wrong.store.head().size  # refused as a whole
        return False
    for stream in {entry.stream for _, entry in _standing(right)}:
        assert right.fold(stream)[0].describe() == wrong.fold(stream)[0].describe(), stream
    meant_tables, tables = _tables(right, one), _tables(wrong, other)
    for name, rows in tables.items():
        assert [row for row in meant_tables[name] if row not in rows] == [
            row for row in rows if row not in meant_tables[name]
        ], (name, entry, meant)
    assert meant_tables == tables
    return True
