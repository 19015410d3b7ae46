"""Fast path for steps 1 to 11: verify the segments of a log in several processes, then join their results.

The result is None unless the log is provably sound. Then the sequential pass (ledger.verify.sequential) reads the whole
log and reports the findings, if there are any. So findings come from one place, whatever the number of processes.

A segment sees only its own entries. The store checks, by columns that the segments verified, that the versions of each
stream run on. Each entry is compared with the row of its command in the table of commands; and the table has exactly as
many rows as commands begin, so that it has no other rows, and no command id comes back.
"""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import NamedTuple

from ledger.tlog.compact import TILE_WIDTH, CompactRange, TileHash
from ledger.tlog.merkle import EMPTY_ROOT
from ledger.verify.backdating import BackdatingReport
from ledger.verify.fast_path.segment import Segment, SegmentRequest, verify_segment
from ledger.verify.log_source import Checkable, Store
from ledger.verify.observations import Bound, KeyStatement, Observations, StoredHead, latest_moment
from ledger.verify.workers import Task, run_tasks

SEGMENT = 16 * TILE_WIDTH
"""Number of entries of a segment: enough to be worth sending, and few enough that all processes end together.

A power of two, of whole tiles.
"""


class VerifyRequest(NamedTuple):
    """What checkpoints need to know of the log (see `SequentialScan`), and the counter of back-dated entries."""

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
    """Return the observations of a provably sound log, else None; call it within `reading`.

    Back-dated entries are added to `request.backdating` only if there is a result. Raises read errors of the store,
    except those that mean that data cannot be read.
    """

    def on_progress(done: int) -> None:
        if progress:
            progress(min(done * SEGMENT, head.size))

    try:
        with store.attempting():
            *extent, commands = store.counted()
            if extent != [head.size, 1, head.size]:  # 2
                return None
            starts = range(1, head.size + 1, SEGMENT)
            ranges = [_segment_request(first, min(first + SEGMENT - 1, head.size), request) for first in starts]
            tasks: list[Task] = [*(partial(verify_segment, each) for each in ranges), _check_versions, _check_store]
            *segments, _, _ = run_tasks(tasks, store, processes, on_progress) or (None, None)
            if not segments or commands != sum(segment.commands for segment in segments):  # 9
                return None
            seen, tree, tiles = _join(ranges, segments, request.sizes)
            stored = [*store.side_rows("tiles")]
    except store.unreadable:
        return None
    end = segments[-1].end
    is_sound = (
        head == (tree.size, end.recorded_at, tree.to_bytes(), tree.root())  # 6, 10
        and stored == sorted((tile.level, tile.number, tile.hash) for tile in tiles)  # 6
        and end.number == end.count  # 9
        and end.recorded_at <= latest_moment()  # 10
        and all(seen.moments.get(bound.size, end.recorded_at) <= bound.until for bound in request.bounds)  # 19
    )
    if not is_sound:
        return None
    for segment in segments:
        request.backdating.merge(segment.backdating)
    return seen


def _segment_request(first: int, last: int, request: VerifyRequest) -> SegmentRequest:
    sizes = tuple(sorted(size for size in request.sizes if first <= size <= last))
    watched = {size + step for size in (first - 1, *sizes) for step in (0, 1)}
    backdating = BackdatingReport(request.backdating.days, listed=request.backdating.listed)
    positions = tuple(position for position in watched if first <= position <= last)
    return SegmentRequest(first, last, sizes, positions, backdating)


def _check_store(store: Checkable) -> bool | None:
    return None if any(True for _ in store.faults()) else True  # 1


def _check_versions(store: Checkable) -> bool | None:
    return store.versions_run() or None  # 8


def _join(
    ranges: Sequence[SegmentRequest], segments: Sequence[Segment], sizes: Collection[int]
) -> tuple[Observations, CompactRange, list[TileHash]]:
    tree, roots = CompactRange(), {0: EMPTY_ROOT}
    tiles: list[TileHash] = []
    moments: dict[int, str] = {}
    keys: list[KeyStatement] = []
    for request, segment in zip(ranges, segments, strict=True):
        for size, hashes in segment.cuts.items():
            roots[size] = CompactRange(size, [*tree.hashes, *hashes]).root()
        tiles += tree.extend_tiles(segment.roots)
        tree.extend(segment.leaves)
        if request.last in sizes:
            roots[request.last] = tree.root()
        moments.update(segment.moments)
        keys += segment.keys
    return Observations(segments[0].origin, tree.size, tree.root(), roots, moments, keys), tree, tiles
