"""Both ways of verification and of the replay, each by itself: the quick one, and the one that says what is wrong."""

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

SHORT = patch("ledger.verify.fast_path.parallel.SEGMENT", TILE_WIDTH)
"""Pieces of one tile, so that a small log has several."""
SMALL = patch("ledger.replay.parallel.SHARE", 3)
"""Shares of few entries, so that a small log has several."""


def quickly(store: LogStore, processes: int = 1, sizes: Iterable[int] = ()) -> Observations | None:
    """Return what the quick way sees, in pieces of a tile; None where it is not sure."""
    with SHORT, store.reading():
        rows = [row for row in store.side_rows("head") if tuple(map(type, row)) == (int, str, bytes, bytes)]
        request = VerifyRequest(frozenset(sizes), (), BackdatingReport())
        return verify_fast(store, StoredHead(*rows[0]), request, processes) if rows else None


def replayed_quickly(ledger: Ledger, processes: int = 1) -> list[Finding] | None:
    """Return what the quick replay finds, of files alone, in many small shares; None where it is not sure."""
    with SMALL, ledger.store.reading():
        return replay_fast(ledger.store, ledger.attachments, processes)


def replayed_in_order(ledger: Ledger) -> list[Finding]:
    """Return what the replay in order of position finds."""
    with patch("ledger.replay.procedure.replay_fast", return_value=None):
        return replay_log(ledger)


def in_one_pass(url: str) -> Result:
    """Return what the one pass finds."""
    with patch("ledger.verify.procedure.verify_fast", return_value=None):
        return _verified(url, 1)


def by_several(url: str, processes: int = 2) -> Result:
    """Return what is found by several processes, in pieces of a tile."""
    with SHORT:
        return _verified(url, processes)


def _verified(url: str, processes: int) -> Result:
    ledger = open_ledger(url)
    try:
        return verify_log(ledger.store, processes=processes, backdating=BackdatingReport(30, listed=True))
    finally:
        ledger.close()
