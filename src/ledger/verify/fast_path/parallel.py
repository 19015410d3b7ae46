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
from ledger.verify.backdating import BackdatingReport
from ledger.verify.fast_path.segment import Segment, SegmentRequest, verify_segment
from ledger.verify.log_source import Checkable, Store
from ledger.verify.observations import Bound, KeyStatement, Observations, StoredHead
from ledger.verify.workers import Task, run_tasks

SEGMENT = 16 * TILE_WIDTH
"""How many entries a piece has: enough to be worth sending, and few enough that all processes end at one time.

A power of two, of whole tiles.
"""


class VerifyRequest(NamedTuple):
    """What is asked for besides, as of `SequentialScan`."""

    sizes: frozenset[int]
    bounds: Sequence[Bound]
    backdating: BackdatingReport


def verify_fast(
    store: Store,
    head: StoredHead,
    request: VerifyRequest,
    processes: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Observations | None:
    """Return what was seen of a log that is surely sound, else None; to be called within `reading`.

    Only if there is a result are those added to `request.lateness` that were recorded late. Raises what reading raises,
    unless it means that something cannot be read.
    """

    def tell(done: int) -> None:
        if progress:
            progress(min(done * SEGMENT, head.size))

    try:
        with store.attempting():
            *extent, commands = store.counted()
            if extent != [head.size, 1, head.size]:  # 2
                return None
            starts = range(1, head.size + 1, SEGMENT)
            asked = [_asked(first, min(first + SEGMENT - 1, head.size), request) for first in starts]
            tasks: list[Task] = [*(partial(verify_segment, one) for one in asked), _check_versions, _check_store]
            *pieces, _, _ = run_tasks(tasks, store, processes, tell) or (None, None)
            if not pieces or commands != sum(piece.commands for piece in pieces):  # 9
                return None
            seen, tree, tiles = _joined(asked, pieces, request.sizes)
            stored = [*store.side_rows("tiles")]
    except store.unreadable:
        return None
    end = pieces[-1].end
    is_sound = (
        head == (tree.size, end.recorded_at, tree.to_bytes(), tree.root())  # 6, 10
        and stored == sorted((tile.level, tile.number, tile.hash) for tile in tiles)  # 6
        and end.number == end.count  # 9
        and all(seen.moments.get(bound.size, end.recorded_at) <= bound.until for bound in request.bounds)  # 19
    )
    if not is_sound:
        return None
    for piece in pieces:
        request.backdating.merge(piece.backdating)
    return seen


def _asked(first: int, last: int, request: VerifyRequest) -> SegmentRequest:
    sizes = tuple(sorted(size for size in request.sizes if first <= size <= last))
    watched = {size + step for size in (first - 1, *sizes) for step in (0, 1)}
    backdating = BackdatingReport(request.backdating.days, listed=request.backdating.listed)
    return SegmentRequest(first, last, sizes, tuple(one for one in watched if first <= one <= last), backdating)


def _check_store(store: Checkable) -> bool | None:
    return None if any(True for _ in store.faults()) else True  # 1


def _check_versions(store: Checkable) -> bool | None:
    return store.versions_run() or None  # 8


def _joined(
    asked: Sequence[SegmentRequest], pieces: Sequence[Segment], sizes: Collection[int]
) -> tuple[Observations, CompactRange, list[TileHash]]:
    tree, roots = CompactRange(), {0: EMPTY_ROOT}
    tiles: list[TileHash] = []
    moments: dict[int, str] = {}
    keys: list[KeyStatement] = []
    for one, piece in zip(asked, pieces, strict=True):
        for size, hashes in piece.cuts.items():
            roots[size] = CompactRange(size, [*tree.hashes, *hashes]).root()
        tiles += tree.extend_tiles(piece.roots)
        tree.extend(piece.leaves)
        if one.last in sizes:
            roots[one.last] = tree.root()
        moments.update(piece.moments)
        keys += piece.keys
    return Observations(pieces[0].origin, tree.size, tree.root(), roots, moments, keys), tree, tiles
