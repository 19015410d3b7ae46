"""Fast path of the replay: replay all streams in several processes, and check that they are the whole log."""

from collections.abc import Callable
from functools import partial
from operator import attrgetter

from ledger.files.attachments import Attachments
from ledger.replay.stream import ReplayRequest, ReplayResult, replay_streams
from ledger.stores.log_store import LogStore
from ledger.verify.findings import Finding
from ledger.verify.workers import cores, run_tasks

SHARE = 4000
"""Approximate number of entries of the streams that one task replays."""
LAST = "\U0010ffff"
"""Sorts after all stream names."""
MANY = 20_000
"""Log size from which starting further processes pays."""


def replay_fast(
    store: LogStore,
    attachments: Attachments | None,
    processes: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[Finding] | None:
    """Return the findings on attached files of a log that is otherwise provably valid, else None.

    Call it within `reading`. Raises read errors of the store, except those that mean that data cannot be read.
    """
    try:
        with store.attempting():
            size = store.head().size
            *extent, _ = store.counted()
            if extent != [size, 1, size]:  # entries are missing, or beyond the head
                return None
            if processes is None:
                processes = cores() if size >= MANY else 1
            requests = _requests(store, size, attachments)
            results = run_tasks(
                [partial(replay_streams, request) for request in requests],
                store,
                processes,
                lambda done: progress(size * done // len(requests)) if progress else None,
            )
            if results is None or not _covers_log(store, size, results):
                return None
    except store.unreadable:
        return None
    return sorted((finding for result in results for finding in result.findings), key=attrgetter("position"))


def _requests(store: LogStore, size: int, attachments: Attachments | None) -> list[ReplayRequest]:
    """Divide the streams into ranges of names; streams of evenly spaced positions are the boundaries."""
    names = {store.stream_at(position) for position in range(SHARE, size, SHARE)}
    starts = ["", *sorted(name for name in names if name)]
    return [
        ReplayRequest(first, last, size, attachments) for first, last in zip(starts, [*starts[1:], LAST], strict=True)
    ]


def _covers_log(store: LogStore, size: int, results: list[ReplayResult]) -> bool:
    # References to missing streams, and index rows that no entry made, would be in no range.
    names, mentions = store.side_counts()
    return (
        sum(result.entries for result in results) == size
        and sum(result.names for result in results) == names
        and sum(result.mentions for result in results) == sum(result.mentioned for result in results) == mentions
    )
