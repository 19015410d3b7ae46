"""The contract of selecting entries: by columns, mentions and texts, from either end, and no more than is asked for."""

import sqlite3
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest

from ledger.stores.log_reader import FEW, MANY
from ledger.stores.log_store import LogStore
from ledger.stores.log_writer import StoredEntry
from ledger.stores.selection import LONGEST_TEXT, SelectedEntry, Wanted, candidates, conditions, order_of
from ledger.stores.sqlite.reader import _containing
from ledger.stores.sqlite.schema import TABLES
from ledger.tlog.merkle import leaf_hash
from tests.spec.scenario import MemoryStore
from tests.stores.rows import row, written

Connect = Callable[[], LogStore]
TEXTS = ("plain", "PLAIN", "Genève", "GENÈVE", "Straße", "300 \u212a", "a_b%c", "x\\y", "'quoted'", "ﬁne", "aXb")
ACTORS = ("staff/1", "staff/2", "staff/Ä")
STREAMS = ("party/A", "party/B", "engagement/E", "ledger")


def _entries() -> list[StoredEntry]:
    """Return entries of several streams, with every combination of type, actor and date, that mention parties."""
    entries: list[StoredEntry] = []
    versions: dict[str, int] = {}
    for number, (stream, actor, day) in enumerate(product(STREAMS, ACTORS, ("2024-01-01", "2025-06-30", "2026-01-01"))):
        versions[stream] = versions.get(stream, 0) + 1
        columns = {
            "topic": f"kind.{'abcde'[number % 5]}", "actor": actor, "effective_on": day, "command": f"c-{number // 2}",
            "recorded_at": f"2026-01-15T12:00:{number:02}.000000Z",
        }  # fmt: skip
        data = written(stream, versions[stream], TEXTS[number % len(TEXTS)], **columns)
        mentions = ("party/A", "party/B|x") if number % 7 == 3 else ("party/B",) if number % 7 == 5 else ()
        entries.append(row(stream, versions[stream], **columns, state=data, mentions=mentions))
    return entries


@pytest.fixture
def filled(store: LogStore) -> LogStore:
    """Return a log of 36 entries."""
    store.insert_events(_entries())
    return store


def _expected(wanted: Wanted) -> list[int]:
    """Return the positions of the entries that are wanted, found one by one."""
    found = []
    for position, entry in enumerate(_entries(), 1):
        is_about = not wanted.about or entry.originator_id in wanted.about or {*entry.mentions} & {*wanted.about}
        if (
            wanted.first <= position <= wanted.last
            and (not wanted.types or entry.topic in wanted.types)
            and wanted.actor in (None, entry.actor)
            and wanted.stream in (None, entry.originator_id)
            and (wanted.effective_by is None or entry.effective_on <= wanted.effective_by)
            and wanted.text.casefold() in entry.state.decode().casefold()
            and (wanted.positions is None or position in wanted.positions)
            and is_about
        ):
            found.append(position)
    return found


SOUGHT = (
    *TEXTS, "k", "ss", "STRASSE", "fine", "È", "_b%", "\\\\", '"part"', "\n", "\0", "é", "kind.b", "A_B%",
    "a" * LONGEST_TEXT, "a" * (LONGEST_TEXT + 1),
)  # fmt: skip
WANTED = (
    Wanted(), Wanted(3, 9), Wanted(30), Wanted(37), Wanted(5, 4), Wanted(1, 10**19), Wanted(types=("kind.b",)),
    Wanted(types=("kind.b", "kind.e", "no.type")), Wanted(actor="staff/2"), Wanted(actor="nobody"),
    Wanted(actor="staff/Ä", types=("kind.c",)), Wanted(stream="party/A"), Wanted(4, 6, stream="party/A"),
    Wanted(stream="party/C"), Wanted(effective_by="2025-06-30"), Wanted(effective_by="2023-01-01"),
    Wanted(about=("party/A",)), Wanted(about=("party/A", "party/B")), Wanted(8, 30, about=("party/B",)),
    Wanted(about=("party/A",), actor="staff/2"), Wanted(about=("party/A",), stream="engagement/E"),
    Wanted(about=("party/C",)), Wanted(positions=(1, 5, 36, 37)), Wanted(2, 9, positions=(1, 5, 36)),
    Wanted(positions=()), *(Wanted(text=text) for text in SOUGHT), Wanted(text="plain", actor="staff/1"),
    Wanted(text="k", about=("party/B",)),
)  # fmt: skip


def test_what_is_wanted_is_selected(filled: LogStore) -> None:
    """Every filter selects what comparing entries one by one selects, from either end, and of it as many as asked."""
    for wanted in WANTED:
        expected = _expected(wanted)
        assert expected == [entry.position for entry in filled.select(wanted)], wanted
        assert expected[::-1] == [entry.position for entry in filled.select(wanted, newest_first=True)], wanted
        for limit in (0, 1, 4, 100):
            assert expected[:limit] == [entry.position for entry in filled.select(wanted, limit=limit)]
            newest = [entry.position for entry in filled.select(wanted, newest_first=True, limit=limit)]
            assert expected[::-1][:limit] == newest


def test_entries_as_they_are_stored(filled: LogStore) -> None:
    """A selected entry has its bytes and the leaf hash of these."""
    data = [entry.state for entry in _entries()]
    assert data == [entry.data for entry in filled.select(Wanted())]
    assert [leaf_hash(each) for each in data] == [entry.leaf for entry in filled.select(Wanted())]


def test_actors(filled: LogStore) -> None:
    """Who recorded entries up to a position, each once; nobody in an empty log."""
    assert sorted(ACTORS) == sorted(filled.actors(36))
    assert ["staff/1"] == filled.actors(3)
    assert [] == filled.actors(0)


def test_pages_of_a_long_log(connect: Connect) -> None:
    """A selection of many pages is complete, whatever is appended meanwhile; who stops early is read few entries."""
    writer, reader = connect(), connect()
    number = 2 * MANY + FEW
    own: dict[str, Any] = {"mentions": ("party/P",), "actor": "staff/9"}
    writer.insert_events([row("s", n, **(own if n % 2 else {})) for n in range(1, number + 1)])
    for wanted, step in ((Wanted(), 1), (Wanted(about=("party/P",)), 2), (Wanted(stream="s", actor="staff/9"), 2)):
        expected = [*range(1, number + 1, step)]
        assert expected == [entry.position for entry in reader.select(wanted)]
        assert expected[::-1] == [entry.position for entry in reader.select(wanted, newest_first=True)]
    positions = []
    for entry in reader.select(Wanted(last=number)):
        positions.append(entry.position)
        if entry.position == 10:
            writer.insert_events([row("t", n) for n in range(1, 6)])
    assert [*range(1, number + 1)] == positions


class CountingStore(MemoryStore):
    """A store in memory that counts the rows which its queries return."""

    count = 0

    def _all(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        for found in super()._all(query, *values):
            self.count += 1
            yield found


@pytest.fixture
def counting() -> Iterator[CountingStore]:
    """Return a store with 5,000 entries, of which every hundredth mentions a party."""
    store = CountingStore()
    store.insert_events([row("s", n, mentions=("party/P",) if n % 100 == 0 else ()) for n in range(1, 5001)])
    store.count = 0
    yield store
    store.close()


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("wanted", [Wanted(), Wanted(stream="s"), Wanted(actor="staff/1"), Wanted(text="s")], ids=str)
def test_what_is_not_asked_for_is_not_read(counting: CountingStore, wanted: Wanted, newest_first: bool) -> None:
    """A limit is the database's; of a selection that is given up, a page was read."""
    assert 10 == len([*counting.select(wanted, newest_first=newest_first, limit=10)])
    assert counting.count <= FEW
    counting.count = 0
    assert isinstance(next(counting.select(wanted, newest_first=newest_first)), SelectedEntry)
    assert counting.count <= FEW


def test_of_a_party_its_entries_are_read(counting: CountingStore) -> None:
    """Entries that mention a party are found by the index of mentions: the others are not read."""
    assert 50 == len([*counting.select(Wanted(about=("party/P",)))])
    assert counting.count <= 2 * 50
    counting.count = 0
    assert 3 == len([*counting.select(Wanted(about=("party/P",)), newest_first=True, limit=3)])
    assert counting.count <= 2 * 3


@pytest.mark.parametrize("newest_first", [False, True])
def test_streams_and_positions_are_searched(newest_first: bool) -> None:
    """SQLite finds entries of a stream, of a party and at positions by an index, and orders nothing but positions."""
    db = sqlite3.connect(":memory:")
    for statement in TABLES.values():
        db.execute(statement)

    def plan(query: str, values: Any) -> list[str]:
        return [str(found[3]) for found in db.execute(f"EXPLAIN QUERY PLAN {query}", [*values])]

    for wanted in (
        Wanted(stream="s", last=10**6),
        Wanted(stream="s", types=("t",)),
        Wanted(positions=(1, 2)),
        Wanted(),
    ):
        condition, values = conditions(wanted, "?", _containing)
        order = order_of(wanted, newest_first=newest_first)
        query = f"SELECT position, leaf, data FROM entries WHERE {condition} ORDER BY {order} LIMIT ?"  # noqa: S608
        (step,) = plan(query, [*values, 10])
        assert step.startswith("SEARCH entries USING"), step
        assert ("INDEX sqlite_autoindex_entries_1 (stream=?)" in step) is (wanted.stream is not None)
    query, values = candidates("party/P", Wanted(last=10**6), "?", "", newest_first=newest_first, count=10)
    steps = plan(query, values)
    assert [] == [step for step in steps if step.startswith(("SCAN entries", "SCAN mentions"))]
    assert 2 == sum(step.startswith("SEARCH") for step in steps)
    db.close()
