"""The quick way through steps 1 to 11: whether a log is surely sound, piece by piece and by several processes.

It says what was seen, or nothing: then the pass over the whole log (ledger.verify.sequential) finds what is wrong, if
anything is. So findings are made in one place, and are the same whoever looked.

Pieces tell of what stands side by side. Whether the versions of each stream run on, the store is asked, by columns that
the pieces found right. Each entry is compared with the row that has its id in the table of commands; and there are as
many rows as commands begin, so that no other stands there, and no id comes back.
"""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import NamedTuple

from ledger.tlog.compact import TILE_WIDTH, CompactRange, TileHash
from ledger.tlog.merkle import EMPTY_ROOT
from ledger.verify.backdating import Lateness
from ledger.verify.fast_path.segment import Asked, Piece, look_at
from ledger.verify.log_source import Checkable, Store
from ledger.verify.observations import Bound, Head, Said, Seen
from ledger.verify.workers import Task, do_all

PIECE = 16 * TILE_WIDTH
"""How many entries a piece has: enough to be worth sending, and few enough that all processes end at one time.

A power of two, of whole tiles.
"""


class Wanted(NamedTuple):
    """What is asked for besides, as of `Walk`."""

    sizes: frozenset[int]
    bounds: Sequence[Bound]
    lateness: Lateness


def look_quickly(
    store: Store,
    head: Head,
    wanted: Wanted,
    processes: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Seen | None:
    """Return what was seen of a log that is surely sound, else None; to be called within `reading`.

    Only if there is a result are those added to `wanted.lateness` that were recorded late. Raises what reading raises,
    unless it means that something cannot be read.
    """

    def tell(done: int) -> None:
        if progress:
            progress(min(done * PIECE, head.size))

    try:
        with store.attempting():
            *extent, commands = store.counted()
            if extent != [head.size, 1, head.size]:  # 2
                return None
            starts = range(1, head.size + 1, PIECE)
            asked = [_asked(first, min(first + PIECE - 1, head.size), wanted) for first in starts]
            tasks: list[Task] = [*(partial(look_at, one) for one in asked), _versions_run, _is_as_made]
            *pieces, _, _ = do_all(tasks, store, processes, tell) or (None, None)
            if not pieces or commands != sum(piece.commands for piece in pieces):  # 9
                return None
            seen, tree, tiles = _joined(asked, pieces, wanted.sizes)
            stored = [*store.side_rows("tiles")]
    except store.unreadable:
        return None
    end = pieces[-1].end
    is_sound = (
        head == (tree.size, end.recorded_at, tree.to_bytes(), tree.root())  # 6, 10
        and stored == sorted((tile.level, tile.number, tile.hash) for tile in tiles)  # 6
        and end.number == end.count  # 9
        and all(seen.moments.get(bound.size, end.recorded_at) <= bound.until for bound in wanted.bounds)  # 19
    )
    if not is_sound:
        return None
    for piece in pieces:
        wanted.lateness.add(piece.lateness)
    return seen


def _asked(first: int, last: int, wanted: Wanted) -> Asked:
    sizes = tuple(sorted(size for size in wanted.sizes if first <= size <= last))
    watched = {size + step for size in (first - 1, *sizes) for step in (0, 1)}
    lateness = Lateness(wanted.lateness.days, listed=wanted.lateness.listed)
    return Asked(first, last, sizes, tuple(one for one in watched if first <= one <= last), lateness)


def _is_as_made(store: Checkable) -> bool | None:
    return None if any(True for _ in store.faults()) else True  # 1


def _versions_run(store: Checkable) -> bool | None:
    return store.versions_run() or None  # 8


def _joined(
    asked: Sequence[Asked], pieces: Sequence[Piece], sizes: Collection[int]
) -> tuple[Seen, CompactRange, list[TileHash]]:
    tree, roots = CompactRange(), {0: EMPTY_ROOT}
    tiles: list[TileHash] = []
    moments: dict[int, str] = {}
    keys: list[Said] = []
    for one, piece in zip(asked, pieces, strict=True):
        for size, hashes in piece.cuts.items():
            roots[size] = CompactRange(size, [*tree.hashes, *hashes]).root()
        tiles += tree.extend_tiles(piece.roots)
        tree.extend(piece.leaves)
        if one.last in sizes:
            roots[one.last] = tree.root()
        moments.update(piece.moments)
        keys += piece.keys
    return Seen(pieces[0].origin, tree.size, tree.root(), roots, moments, keys), tree, tiles
