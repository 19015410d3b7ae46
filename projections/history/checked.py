"""Entries as they are read, each compared with its leaf hash: what was altered is not shown under a sound root."""

from collections.abc import Iterable, Iterator
from itertools import islice

from ledger.stores.errors import Damaged
from ledger.stores.leaves import altered
from ledger.stores.log_reader import LogReader
from ledger.stores.selection import LAST, SelectedEntry, Wanted
from ledger.tlog.merkle import leaf_hash

BATCH = 256
NEAR = 64
"""Leaf hashes are read together where the positions lie at most this far apart."""


def checked(store: LogReader, entries: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Yield positions and bytes, in rising order, whose hashes are those in the tree. Raises Damaged.

    That the hashes give the root is what `ledger verify` finds out.
    """
    given = iter(entries)
    while batch := [*islice(given, BATCH)]:
        leaves = _leaves(store, [position for position, _ in batch])
        for position, data in batch:
            if leaf_hash(data) != leaves.get(position):
                raise altered(store.url, position)
            yield position, data


def checked_bytes(store: LogReader, position: int) -> bytes | None:
    """Return the bytes at a position, checked as `checked` does; None if there is no entry. Raises Damaged."""
    data = store.entry(position)
    return None if data is None else next(checked(store, [(position, data)]))[1]


def selected(
    store: LogReader, wanted: Wanted, *, newest_first: bool = False, limit: int | None = None
) -> Iterator[SelectedEntry]:
    """Yield the entries that `LogReader.select` finds, checked as `checked` does. Raises Damaged.

    Where all entries of a range are wanted, none may be missing. An entry that damage hides from a filter is not
    missed here: that the columns are those of the entries is what `ledger verify` finds out.
    """
    step, end = (-1, wanted.first - 1) if newest_first else (1, wanted.last + 1)
    expected, left = wanted.last if newest_first else wanted.first, limit
    for entry in store.select(wanted, newest_first=newest_first, limit=limit):
        if wanted.is_range and entry.position != expected:
            raise _missing(store, expected)
        if leaf_hash(entry.data) != entry.leaf:
            raise altered(store.url, entry.position)
        yield entry
        expected, left = expected + step, None if left is None else left - 1
    if wanted.is_range and wanted.last < LAST and left != 0 and (end - expected) * step > 0:
        raise _missing(store, expected)


def _missing(store: LogReader, position: int) -> Damaged:
    return Damaged(store.url, f"the entry at position {position} is missing")


def _leaves(store: LogReader, positions: list[int]) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    start = 0
    for at, position in enumerate(positions):
        if at + 1 == len(positions) or positions[at + 1] - position > NEAR:
            first = positions[start]
            found.update(enumerate(store.read(0, first - 1, position - first + 1), first))
            start = at + 1
    return found
