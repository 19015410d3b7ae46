"""The contract of integrity checks: what verification reads from a store; each of its processes has a connection."""

from collections.abc import Callable

import pytest

from ledger.stores.log_store import LogStore
from tests.stores.rows import row

Connect = Callable[[], LogStore]
LAST = "\U0010ffff"


@pytest.fixture
def filled(store: LogStore) -> LogStore:
    """Return a log of six entries in three streams; the table of commands has two of the five commands."""
    with store.writing():
        store.append([row("party/A", 1, command="c-1", names=("alpha", "al"))])
        store.remember("c-1", b"", 1, 1)
        store.append([row("engagement/E", 1, command="c-2", mentions=("party/A",))])
        store.append([row("engagement/E", 2, command="c-2", mentions=("party/A|item:1", "party/A-1"))])
        store.remember("c-2", b"", 2, 2)
        store.append([row("party/A", 2, command="c-3"), row("party/A-1", 1, command="c-4")])
        store.append([row("engagement/E", 3, command="c-5", mentions=("party/A",))])
    return store


def test_entries_with_all_that_indexes_them(filled: LogStore) -> None:
    """Entries have their columns, and their part and number of parts by the table of commands."""
    expected = [(row[:8], row[8:]) for row in filled.rows()]
    indexed = filled.indexed(1, 6)
    assert expected == [(row[:8], row[10:]) for row in indexed]
    assert [(1, 1), (1, 2), (2, 2), (None, None), (None, None), (None, None)] == [row[8:10] for row in indexed]
    assert [3, 4] == [row[0] for row in filled.indexed(3, 4)]
    assert [] == filled.indexed(7, 9)


def test_counts(store: LogStore, filled: LogStore) -> None:
    """The counts are those of entries with first and last position, of commands, and of rows of the indexes."""
    assert (6, 1, 6, 2) == filled.counted()
    assert (2, 4) == filled.side_counts()
    assert (2, 2, 4) == filled.side_counts_since(0)
    assert (1, 0, 4) == filled.side_counts_since(1)
    assert (0, 0, 1) == filled.side_counts_since(3)
    assert (0, 0, 0) == filled.side_counts_since(6)


def test_an_empty_log(store: LogStore) -> None:
    """An empty log has no first position and no last."""
    assert (0, None, None, 0) == store.counted()
    assert (0, 0) == store.side_counts()
    assert [] == [*store.by_stream("", LAST, 9)]
    assert store.stream_at(1) is None
    assert 0 == store.names_found([]) == store.mentions_found([])


def test_versions_run(filled: LogStore) -> None:
    """The versions of appended entries have no gaps."""
    assert filled.versions_run()


def test_stream_by_stream(filled: LogStore) -> None:
    """Entries are in order of name and version, from a name to before another, up to a position."""
    engagement = [("engagement/E", 1, 2), ("engagement/E", 2, 3), ("engagement/E", 3, 6)]
    party, second = [("party/A", 1, 1), ("party/A", 2, 4)], [("party/A-1", 1, 5)]
    for first, last, size, expected in (
        ("", LAST, 6, [*engagement, *party, *second]),
        ("", LAST, 4, [*engagement[:2], *party]),
        ("party/A", LAST, 6, [*party, *second]),
        ("party/A", "party/A\x01", 6, party),
        ("party/A", "party/A-1", 6, party),
        ("engagement/E", "party/A", 9, engagement),
        ("rate", LAST, 9, []),
    ):
        assert expected == [row[:3] for row in filled.by_stream(first, last, size)]
    assert [filled.entry(position) for position in (2, 3, 6)] == [row[3] for row in filled.by_stream("", "f", 6)]
    assert ["party/A", "engagement/E", None] == [filled.stream_at(position) for position in (1, 6, 7)]


def test_where_a_stream_is_mentioned(filled: LogStore) -> None:
    """Mentions are those of the stream and its parts, not of similar names; in order of position, up to one."""
    assert [(2, "party/A"), (3, "party/A|item:1"), (6, "party/A")] == filled.mentioned("party/A", 6)
    assert [(2, "party/A")] == filled.mentioned("party/A", 2)
    assert [(3, "party/A-1")] == filled.mentioned("party/A-1", 6)
    assert [] == filled.mentioned("party", 6)


def test_rows_of_the_indexes(filled: LogStore) -> None:
    """The indexes count the exact rows among those given, also among many."""
    assert 2 == filled.names_found([("alpha", "party/A", 1), ("al", "party/A", 1)])
    assert 0 == filled.names_found([("alpha", "party/A", 2), ("alpha", "party/B", 1), ("beta", "party/A", 1)])
    assert 2 == filled.mentions_found([("party/A", 2), ("party/A", 6), ("party/A", 3), ("party/B", 2)])
    many = [(f"party/{number}", number) for number in range(1000)]
    assert 1 == filled.mentions_found([*many, ("party/A", 2)])
    assert 1 == filled.names_found([*((name, name, position) for name, position in many), ("al", "party/A", 1)])


def test_a_second_connection(filled: LogStore) -> None:
    """Another connection reads the committed log while this one holds its snapshot."""
    with filled.reading():
        second = filled.opener()()
        assert filled.indexed(1, 6) == second.indexed(1, 6)
        assert [] == [*second.faults()]
        second.close()


def test_an_error_within_a_snapshot(filled: LogStore) -> None:
    """An error is raised to the caller, and the snapshot is still usable."""
    with filled.reading():
        with pytest.raises(ZeroDivisionError), filled.attempting():
            _ = 1 // 0
        assert 6 == filled.head().size
