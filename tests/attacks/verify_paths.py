"""Run the fast path or the sequential pass alone, of verification and of the replay."""

from collections.abc import Iterable
from unittest.mock import patch

from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.replay.parallel import replay_fast
from ledger.replay.procedure import replay_log
from ledger.stores.log_store import LogStore
from ledger.tlog.compact import TILE_WIDTH
from ledger.verify.backdating import BackdatingReport
from ledger.verify.fast_path.parallel import VerifyRequest, verify_fast
from ledger.verify.findings import Finding
from ledger.verify.observations import Observations, StoredHead
from ledger.verify.procedure import Result, verify_log

SHORT_SEGMENTS = patch("ledger.verify.fast_path.parallel.SEGMENT", TILE_WIDTH)
"""Segments of one tile, so that a small log has several."""
SMALL_SHARES = patch("ledger.replay.parallel.SHARE", 3)
"""Shares of a few entries, so that a small log has several."""


def verified_fast(store: LogStore, processes: int = 1, sizes: Iterable[int] = ()) -> Observations | None:
    """Return what the fast path observes, in segments of one tile; None if it cannot confirm the log."""
    with SHORT_SEGMENTS, store.reading():
        rows = [row for row in store.side_rows("head") if tuple(map(type, row)) == (int, str, bytes, bytes)]
        request = VerifyRequest(frozenset(sizes), (), BackdatingReport())
        return verify_fast(store, StoredHead(*rows[0]), request, processes) if rows else None


def replayed_fast(ledger: Ledger, processes: int = 1) -> list[Finding] | None:
    """Return the findings of the fast replay (on files only), in small shares; None if it cannot confirm the log."""
    with SMALL_SHARES, ledger.store.reading():
        return replay_fast(ledger.store, ledger.attachments, processes)


def replayed_in_order(ledger: Ledger) -> list[Finding]:
    """Return the findings of the replay in order of position."""
    with patch("ledger.replay.procedure.replay_fast", return_value=None):
        return replay_log(ledger)


def verified_sequentially(url: str) -> Result:
    """Return the result of the sequential pass."""
    with patch("ledger.verify.procedure.verify_fast", return_value=None):
        return _verified(url, 1)


def verified_in_parallel(url: str, processes: int = 2) -> Result:
    """Return the result of several processes, in segments of one tile."""
    with SHORT_SEGMENTS:
        return _verified(url, processes)


def _verified(url: str, processes: int) -> Result:
    ledger = open_ledger(url)
    try:
        return verify_log(ledger.store, processes=processes, backdating=BackdatingReport(30, listed=True))
    finally:
        ledger.close()
