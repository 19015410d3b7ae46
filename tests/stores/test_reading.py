"""The contract of reading: by position, stream, time and name; and one snapshot for several reads."""

from collections.abc import Callable

import pytest

from ledger.stores.log_reader import EntryRow
from ledger.stores.log_store import LogStore
from tests.stores.rows import everything, row, rows

Connect = Callable[[], LogStore]


def moment(second: int) -> str:
    """Return the time of an entry."""
    return f"2026-01-15T12:00:{second:02}.000000Z"


@pytest.fixture
def filled(store: LogStore) -> LogStore:
    """Return a log of ten entries in streams of three kinds."""
    streams = ["ledger", "party/P00001", "party/Ä", "engagement/E 1", "party/P00002", "engagement/E", "partyx/1"]
    store.insert_events([row(stream, 1, recorded_at=moment(n)) for n, stream in enumerate(streams, 1)])
    store.insert_events([row("party/P00001", version, recorded_at=moment(9)) for version in (2, 3)])
    store.insert_events([row("engagement/E", 2, recorded_at=moment(12))])
    return store


def test_an_entry_by_position(filled: LogStore) -> None:
    """An entry is returned with its exact bytes; None if there is no such position."""
    assert row("ledger", 1, recorded_at=moment(1)).state == filled.entry(1)
    assert row("engagement/E", 2, recorded_at=moment(12)).state == filled.entry(10)
    assert [None, None, None] == [filled.entry(position) for position in (0, 11, -1)]


def test_ranges_of_entries(filled: LogStore) -> None:
    """Ranges include both ends; without a last position they run to the end of the log."""
    assert list(range(1, 11)) == [position for position, _ in filled.entries()]
    assert [3, 4, 5] == [position for position, _ in filled.entries(3, 5)]
    assert [9, 10] == [position for position, _ in filled.entries(9, 99)]
    assert [] == list(filled.entries(11))
    assert [3, 4, 5] == [row.position for row in filled.rows(3, 5)]


def test_columns_are_as_appended(store: LogStore) -> None:
    """An entry has the columns it was appended with, its position and its leaf hash."""
    members = {"topic": "party.named", "effective_on": "2024-02-29", "actor": "a", "command": "c"}
    given = row("s", 1, recorded_at=moment(1), **members)
    store.insert_events([given])
    (entry,) = store.rows()
    assert EntryRow(1, "s", 1, "party.named", moment(1), "2024-02-29", "a", "c", entry.leaf, given.state) == entry


def test_a_stream(filled: LogStore) -> None:
    """A stream has its entries in order with positions, also as known at a position; a missing stream is empty."""
    expected = [(at, row("party/P00001", n, recorded_at=moment(max(at, 9) if n > 1 else at)).state)
                for n, at in enumerate((2, 8, 9), 1)]  # fmt: skip
    assert expected == filled.stream("party/P00001")
    assert [2, 8] == [position for position, _ in filled.stream("party/P00001", 8)]
    assert [] == filled.stream("party/P00001", 1)
    assert [] == filled.stream("party")
    assert [2, 8, 9, None, None] == [filled.place("party/P00001", version) for version in (1, 2, 3, 4, 0)]


def test_streams_of_a_kind(filled: LogStore) -> None:
    """Streams of a kind are in the order of code points, each once; kinds with a longer name are left out."""
    assert ["party/P00001", "party/P00002", "party/Ä"] == list(filled.streams("party"))
    assert ["engagement/E", "engagement/E 1"] == list(filled.streams("engagement"))
    assert [] == list(filled.streams("rate"))


def test_the_last_position_of_each_stream(store: LogStore) -> None:
    """Each stream with entries in a range comes once, with the last of them; only entries effective later count."""
    days = [("a", 1, "2026-01-01"), ("b", 1, "2026-01-03"), ("a", 2, "2026-01-05"), ("b", 2, "2026-01-02")]
    store.insert_events([row(stream, n, recorded_at=moment(1), effective_on=on) for stream, n, on in days])
    assert {"a": 3, "b": 4} == dict(store.last_positions(1, 4))
    assert [("a", 3), ("b", 2)] == sorted(store.last_positions(2, 3))
    assert {"a": 3, "b": 2} == dict(store.last_positions(1, 4, "2026-01-02"))
    assert [] == list(store.last_positions(1, 4, "2026-01-05"))
    assert [] == list(store.last_positions(5, 4))


def test_the_last_number_behind_a_beginning(filled: LogStore) -> None:
    """The last number is the greatest of the digits asked for, whatever other names there are between them."""
    assert 2 == filled.last_number("party/P", 5)
    more = ("P9", "P000021", "P00017", "P1234X", "P99", "P9999X", "P99998.0", "P123456", "P5 ABC", "P٣٣٣٣٣", "Q00020")
    filled.insert_events([row(f"party/{ref}", 1, recorded_at=moment(12)) for ref in more])
    assert (17, 9, 99, 0) == tuple(filled.last_number("party/P", digits) for digits in (5, 1, 2, 3))
    assert (17, 17, 18, 99998) == tuple(filled.last_number("party/P", 5, after) for after in (3, 17, 18, 99998))
    assert (20, 0) == (filled.last_number("party/Q", 5), filled.last_number("part_/P", 5))


@pytest.mark.parametrize("run", [*range(9), 20, 31, 32, 33, 100])
def test_the_last_number_beyond_its_digits(store: LogStore, run: int) -> None:
    """Once the digits are used up, the end of a run of longer numbers is found; with gaps, the end of one of them."""
    names = ["P99", *(f"P{number}" for number in range(100, 100 + run)), "P9X", "P100X", "P0100", "P999999"]
    store.insert_events([row(f"party/{name}", 1, recorded_at=moment(1)) for name in names])
    assert [99 + run] * 3 == [store.last_number("party/P", 2, after) for after in (0, 99, 99 + run)]
    more = {102 + run, 103 + run, 120 + run}
    store.insert_events([row(f"party/P{number}", 1, recorded_at=moment(1)) for number in more])
    assert store.last_number("party/P", 2) in {99 + run, 103 + run, 120 + run}
    assert (103 + run, 110 + run) == tuple(store.last_number("party/P", 2, number + run) for number in (102, 110))


def test_a_number_that_the_transaction_has_taken(store: LogStore) -> None:
    """A number of which a writing transaction has appended the stream counts at once."""
    with store.writing():
        store.insert_events([row("party/P99999", 1, recorded_at=moment(1))])
        assert 99_999 == store.last_number("party/P", 5)
        store.insert_events([row("party/P100000", 1, recorded_at=moment(1))])
        assert 100_000 == store.last_number("party/P", 5)


@pytest.mark.parametrize(
    ("at", "position"),
    [
        ("", 0),
        ("2026-01-15T12:00:00.999999Z", 0),
        (moment(1), 1),
        ("2026-01-15T12:00:01.000001Z", 1),
        (moment(7), 7),
        (moment(8), 7),
        (moment(9), 9),
        (moment(11), 9),
        (moment(12), 10),
        ("9999-12-31T23:59:59.999999Z", 10),
    ],
)
def test_the_position_of_a_moment(filled: LogStore, at: str, position: int) -> None:
    """The position is that of the last entry recorded at or before the time."""
    assert position == filled.moment_position(at)


@pytest.mark.parametrize("size", range(9))
def test_the_position_of_a_moment_in_any_log(store: LogStore, size: int) -> None:
    """Bisection gives the same position as counting, in logs of any size with runs of equal times."""
    times = [moment(second) for second in (3, 3, 3, 5, 7, 7, 9, 9)[:size]]
    store.insert_events([row("s", version, recorded_at=at) for version, at in enumerate(times, 1)])
    for second in range(12):
        assert sum(at <= moment(second) for at in times) == store.moment_position(moment(second))


def test_a_snapshot_while_a_writer_appends(connect: Connect) -> None:
    """Reads in a snapshot see one state of the log during appends; later reads see the next state."""
    writer, reader = connect(), connect()
    writer.insert_events(rows("a", 1, 3))
    with reader.reading():
        before = everything(reader)
        writer.insert_events(rows("a", 4, 300))
        assert before == everything(reader)
        assert [1, 2, 3] == [position for position, _ in reader.stream("a")]
        with reader.reading():
            assert 3 == reader.head().size
        assert 3 == reader.head().size
    assert 300 == reader.head().size


def test_uncommitted_entries_are_invisible(connect: Connect) -> None:
    """A reader sees the log before a transaction until it is committed; the writer sees its own entries."""
    writer, reader = connect(), connect()
    with writer.writing():
        writer.append(rows("a", 1, 3))
        assert (3, 3) == (writer.head().size, len(writer.stream("a")))
        with writer.reading():
            assert 3 == len(list(writer.entries()))
        assert (0, 0) == (reader.head().size, len(reader.stream("a")))
    assert (3, 3) == (reader.head().size, len(reader.stream("a")))


def test_reading_goes_on_while_the_log_grows(connect: Connect) -> None:
    """A pass over all entries that began before an append is complete."""
    writer, reader = connect(), connect()
    writer.insert_events(rows("a", 1, 50))
    positions = []
    for position, _ in reader.entries():
        positions.append(position)
        if position == 10:
            writer.insert_events(rows("b", 1, 5))
    assert list(range(1, 51)) == positions[:50]
    assert positions == sorted(set(positions))
