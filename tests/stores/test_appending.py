"""The contract of appending: positions and versions without gaps, all or nothing, and the tree over the entries."""

import hashlib
from collections.abc import Callable
from contextlib import suppress

import pytest
from eventsourcing.persistence import IntegrityError

from ledger.domain.errors import LedgerError
from ledger.stores.conflict import Conflict
from ledger.stores.log_store import LogStore
from ledger.stores.log_writer import StoredEntry
from tests.stores.rows import everything, row, rows

Connect = Callable[[], LogStore]


def _root(leaves: list[bytes]) -> bytes:
    # RFC 6962 §2.1, transcribed.
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + _root(leaves[:split]) + _root(leaves[split:])).digest()


def test_a_new_log_is_empty(store: LogStore) -> None:
    """An empty log has no entries, the root of the empty tree, empty side tables and no faults."""
    head = store.head()
    assert (0, "", hashlib.sha256(b"").digest()) == (head.size, head.recorded_at, head.root)
    empty: dict[str, object] = {"rows": [], "names": [], "mentions": [], "commands": [], "tiles": []}
    assert empty == {name: rows for name, rows in everything(store).items() if name != "head"}
    assert [] == list(store.faults())


def test_positions_have_no_gaps(store: LogStore) -> None:
    """Appends return 1, 2, 3, … in any stream, also after a refused append."""
    assert [1, 2] == list(store.insert_events([row("a", 1), row("b", 1)]) or ())
    with pytest.raises(Conflict):
        store.insert_events([row("c", 1), row("a", 1)])
    assert [3] == list(store.insert_events([row("a", 2)]) or ())
    with store.writing():
        assert range(4, 6) == store.append([row("c", 1), row("b", 2)])
        assert range(6, 7) == store.append([row("c", 2)])
        assert range(0) == store.append([])
    assert [1, 2, 3, 4, 5, 6] == [entry.position for entry in store.rows()]


def test_an_empty_append_changes_nothing(store: LogStore) -> None:
    """Appending no entries leaves the log as it is."""
    assert [] == list(store.insert_events([]) or ())
    assert 0 == store.head().size


@pytest.mark.parametrize("version", [-1, 0, 1, 2, 4, 99])
def test_versions_have_no_gaps_and_no_doubles(store: LogStore, version: int) -> None:
    """After version 2 only version 3 can follow, and the refusal states it; it is also the library's IntegrityError."""
    store.insert_events(rows("a", 1, 2))
    with pytest.raises(IntegrityError) as caught:
        store.insert_events([row("a", version)])
    assert isinstance(caught.value, Conflict)
    assert isinstance(caught.value, LedgerError)
    assert f"Version {version} of a cannot be recorded: 3 comes next." == caught.value.sentence
    assert 2 == store.head().size


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([row("a", 2)], "Version 2 of a cannot be recorded: 1 comes next."),
        ([row("b", 1), row("b", 2), row("a", 2)], "Version 2 of a cannot be recorded: 1 comes next."),
        ([row("b", 1), row("b", 2), row("b", 2)], "Version 2 of b cannot be recorded: 3 comes next."),
        ([row("b", 1), row("c", 7), row("d", 1)], "Version 7 of c cannot be recorded: 1 comes next."),
    ],
)
def test_the_conflicting_entry_is_named(store: LogStore, given: list[StoredEntry], sentence: str) -> None:
    """The refusal names the first entry that cannot follow, and none of the entries is stored."""
    with pytest.raises(Conflict) as caught:
        store.insert_events(given)
    assert sentence == caught.value.sentence
    assert 0 == store.head().size
    assert [] == list(store.rows())


def test_the_loser_reloads(connect: Connect) -> None:
    """Of two writers that both decided on version 2, the second is refused, and can then append version 3."""
    first, second = connect(), connect()
    first.insert_events([row("a", 1)])
    lengths = [len(store.stream("a")) for store in (first, second)]
    assert [1, 1] == lengths
    first.insert_events([row("a", 2, "one")])
    with pytest.raises(Conflict):
        second.insert_events([row("a", 2, "other")])
    second.insert_events([row("a", len(second.stream("a")) + 1, "other")])
    expected = [row("a", 1).state, row("a", 2, "one").state, row("a", 3, "other").state]
    assert expected == [data for _, data in first.stream("a")]


def _full(store: LogStore) -> None:
    store.append([row("party/1", 1, names=("alpha", "au"), mentions=("x",)), *rows("a", 1, 300)])
    store.append([row("engagement/1", 1, mentions=("party/1", "x|order:1"))])
    store.remember("c-1", b"d" * 32, 1, 302)


def _fail(store: LogStore, error: type[BaseException]) -> None:
    with store.writing():
        _full(store)
        assert 302 == store.head().size
        raise error


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_an_exception_leaves_nothing(store: LogStore, error: type[BaseException]) -> None:
    """If a transaction fails, also by Ctrl-C, entries, head, tiles and side tables are as before."""
    before = everything(store)
    with pytest.raises(error):
        _fail(store, error)
    assert before == everything(store)
    with store.writing():
        _full(store)
    assert 302 == store.head().size


def _append_after_a_refusal(
    store: LogStore, good: StoredEntry, bad: list[StoredEntry], more: list[StoredEntry]
) -> None:
    with store.writing():
        store.append([good])
        with suppress(Conflict):
            store.append(bad)
        store.append(more)


@pytest.mark.parametrize("more", [[], [row("d", 1)]])
def test_a_failed_append_ends_its_transaction(store: LogStore, more: list[StoredEntry]) -> None:
    """After a refusal in a transaction, neither the refused entries nor those before them can be committed."""
    store.insert_events([row("a", 1)])
    before = everything(store)
    with pytest.raises(Conflict):
        _append_after_a_refusal(store, row("b", 1), [row("c", 1), row("a", 1)], more)
    assert before == everything(store)
    store.insert_events([row("a", 2)])


@pytest.mark.parametrize("at", [0, 299, 300, 900, 1199])
@pytest.mark.parametrize("reads_between", [False, True])
def test_a_conflict_within_a_batch(store: LogStore, at: int, reads_between: bool) -> None:
    """The conflicting entry is named wherever it is in the batch, also if reads come between; nothing is recorded."""
    store.insert_events(rows("a", 1, 3))
    before = everything(store)
    given = [*rows("b", 1, at), row("a", 3), *rows("b", at + 1, 1199)]
    with pytest.raises(Conflict, match="Version 3 of a cannot be recorded: 4 comes next"):
        _append_all(store, given, reads_between=reads_between)
    assert before == everything(store)
    store.insert_events(rows("a", 4, 900))


def _append_all(store: LogStore, given: list[StoredEntry], *, reads_between: bool) -> None:
    with store.writing():
        for start in range(0, len(given), 300):
            store.append(given[start : start + 300])
            if reads_between:
                assert start + 303 == len(list(store.entries()))
        store.remember("c-1", b"d" * 32, 4, len(given))


def test_the_head_is_the_tree_over_the_bytes(store: LogStore) -> None:
    """After any appends, head, leaf hashes and tiles are those of RFC 6962 over the bytes."""
    leaves: list[bytes] = []
    for count in (1, 1, 254, 1, 300, 7):
        store.insert_events(rows("a", len(leaves) + 1, len(leaves) + count))
        leaves = [hashlib.sha256(b"\x00" + data).digest() for _, data in store.entries()]
        assert (len(leaves), _root(leaves)) == (store.head().size, store.head().root)
        assert leaves == [entry.leaf for entry in store.rows()]
        known = min(3, len(leaves))
        assert leaves[:known] == store.read(0, 0, known)
        tiles = [_root(leaves[at : at + 256]) for at in range(0, len(leaves) - 255, 256)]
        assert [(1, number, tile) for number, tile in enumerate(tiles)] == list(store.side_rows("tiles"))
        assert tiles == store.read(1, 0, len(tiles))


@pytest.mark.sweep
def test_the_second_level_of_tiles(store: LogStore) -> None:
    """After 65,536 entries level 2 has the hash of 256 tiles."""
    store.insert_events(rows("a", 1, 65_537))
    leaves = [entry.leaf for entry in store.rows()]
    assert [_root(leaves[:65_536])] == store.read(2, 0, 1)
    assert _root(leaves) == store.head().root


def test_side_tables_are_made_of_the_entries(store: LogStore) -> None:
    """Names and references are found by what they name, even if several entries have them."""
    with store.writing():
        _full(store)
    store.insert_events([row("party/2", 1, names=("au", "beta")), row("b", 1, mentions=("party/1", "party/2"))])
    names = [("alpha", "party/1", 1), ("au", "party/1", 1), ("au", "party/2", 303), ("beta", "party/2", 303)]
    assert names == list(store.side_rows("names"))
    mentions = [("x", 1), ("party/1", 302), ("x|order:1", 302), ("party/1", 304), ("party/2", 304)]
    assert mentions == list(store.side_rows("mentions"))
    assert (["party/1", "party/2"], ["alpha", "au", "beta"]) == (store.named("au"), list(store.names()))
    assert ([302, 304], [302], []) == tuple(map(store.referrers, ("party/1", "x|order:1", "y")))
    recorded = store.recorded("c-1")
    assert (b"d" * 32, 1, 302) == recorded
    assert store.recorded("c-2") is None


def test_the_time_of_the_head(store: LogStore) -> None:
    """The head has the time of the last entry."""
    for second in (1, 5, 5):
        moment = f"2026-01-15T12:00:0{second}.000000Z"
        store.insert_events([row("a", store.head().size + 1, recorded_at=moment)])
        assert moment == store.head().recorded_at
