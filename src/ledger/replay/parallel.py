"""All streams replayed by several processes (ledger.replay.stream), and whether that was the whole log."""

from collections.abc import Callable
from functools import partial
from operator import attrgetter

from ledger.files.attachments import Attachments
from ledger.replay.stream import ReplayRequest, ReplayResult, replay_streams
from ledger.stores.log_store import LogStore
from ledger.verify.findings import Finding
from ledger.verify.workers import cores, run_tasks

SHARE = 4000
"""About how many entries the streams have that are replayed together."""
LAST = "\U0010ffff"
"""Stands behind all names."""
MANY = 20_000
"""From so many entries on, several processes are quicker than one, which need not be started."""


def replay_fast(
    store: LogStore,
    kept: Attachments | None,
    processes: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[Finding] | None:
    """Return what is wrong with files of a log in which nothing else surely is, else None; within `reading`.

    Raises what reading raises, unless it means that something cannot be read.
    """
    try:
        with store.attempting():
            size = store.head().size
            *extent, _ = store.counted()
            if extent != [size, 1, size]:  # else there are entries that are none of this log, or some are missing
                return None
            if processes is None:
                processes = cores() if size >= MANY else 1
            asked = _requests(store, size, kept)
            told = run_tasks(
                [partial(replay_streams, one) for one in asked],
                store,
                processes,
                lambda done: progress(size * done // len(asked)) if progress else None,
            )
            if told is None or not _covers_log(store, size, told):
                return None
    except store.unreadable:
        return None
    return sorted((one for part in told for one in part.findings), key=attrgetter("position"))


def _requests(store: LogStore, size: int, kept: Attachments | None) -> list[ReplayRequest]:
    """Return shares of the streams, by names of streams whose entries stand here and there in the log."""
    names = {store.stream_at(position) for position in range(SHARE, size, SHARE)}
    starts = ["", *sorted(name for name in names if name)]
    return [ReplayRequest(first, last, size, kept) for first, last in zip(starts, [*starts[1:], LAST], strict=True)]


def _covers_log(store: LogStore, size: int, told: list[ReplayResult]) -> bool:
    # References to streams that are not there, and rows of the indexes that no entry made, would be in no share.
    names, mentions = store.side_counts()
    return (
        sum(one.entries for one in told) == size
        and sum(one.names for one in told) == names
        and sum(one.mentions for one in told) == sum(one.mentioned for one in told) == mentions
    )
