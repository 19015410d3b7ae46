"""Many requests as one transaction: decided before the lock is taken, and only appended under it.

To decide a file of 60,000 commands takes half a minute, in which nobody else could record. So the requests are
rehearsed on a snapshot first. Their entries are appended as they are if what others recorded meanwhile has nothing to
do with them; otherwise all are rehearsed again, and only after some times decided under the lock.
"""

from collections.abc import Sequence
from contextlib import suppress
from itertools import islice

from ledger.application.ledger import Ledger
from ledger.application.receipt import Receipt
from ledger.application.request import Request
from ledger.application.transaction import UnitOfWork
from ledger.domain.errors import LedgerError
from ledger.format.entry import read
from ledger.importing.decision import DecidedRequest
from ledger.importing.rehearsal import Rehearsal
from ledger.tlog.compact import CompactRange
from ledger.tlog.merkle import leaf_hash

TRIES = 3
"""How often requests are rehearsed, while others record what concerns them, before they are decided under the lock."""
PART = 500
"""How many requests are appended by one call of the store."""


class _UnderLock(Exception):  # no error: the batch is decided under the lock
    """A request depends on the position of another one of the batch, which only the lock settles."""


class _Ahead(Rehearsal):
    """A rehearsal of requests that do not depend on positions."""

    has_decided = False

    def size(self) -> int:
        if self.has_decided:
            raise _UnderLock
        return super().size()


class _Moved(Exception):  # no error: the batch is rehearsed again
    """Others recorded something that the decisions may depend on."""


class Refusals(Exception):  # not a LedgerError: the caller reports each by its line
    """Requests are refused, and nothing was recorded: the number of each in the batch, and why."""

    def __init__(self, refused: Sequence[tuple[int, LedgerError]]) -> None:
        """Store them in the order of the batch."""
        super().__init__(len(refused))
        self.refused = refused


class Batch:
    """Requests that are recorded together, or not at all."""

    def __init__(self, ledger: Ledger, requests: Sequence[Request]) -> None:
        """Decide the requests on a snapshot of the log. Raises Refusals."""
        self._ledger, self._requests = ledger, requests
        self._decided: list[Receipt | DecidedRequest] = []
        self._size = 0
        self._streams: set[str] = set()
        self._is_ahead = False
        self._rehearse()

    def _rehearse(self) -> None:
        ids = [request.id for request in self._requests]
        if len(ids) == len(set(ids)):  # a repeated id is found only where its first use is recorded
            with suppress(_UnderLock), self._ledger.store.reading():
                self._decide()

    def _decide(self) -> None:
        unit = _Ahead(self._ledger, self._ledger.clock())
        self._size, self._decided, self._is_ahead = unit.size(), [], False
        refused: list[tuple[int, LedgerError]] = []
        for number, request in enumerate(self._requests):
            try:
                receipt = unit.perform(request)
            except LedgerError as error:
                refused.append((number, error))
                continue
            decided = unit.take_decided()
            self._decided.append(decided[0] if decided else receipt)
            unit.has_decided |= bool(decided)
        if refused:
            raise Refusals(refused)
        self._streams, self._is_ahead = set(unit.folded_streams()), True

    def record(self, *, dry_run: bool = False) -> list[Receipt]:
        """Record all requests and return their receipts. Raises Refusals, and the errors of the store."""
        if not self._requests:
            return []
        for left in reversed(range(TRIES)):
            if not self._is_ahead:
                break
            try:
                return self._append_all(dry_run=dry_run)
            except _Moved:
                if left:
                    self._rehearse()
        with self._ledger.recording(dry_run=dry_run) as unit:
            return self._under_lock(unit)

    def _append_all(self, *, dry_run: bool) -> list[Receipt]:
        """Append what was decided, and return the receipts. Raises _Moved."""
        with self._ledger.recording(dry_run=dry_run) as unit:
            start = unit.store.head().tree.copy()
            if not self._still_holds(unit):
                raise _Moved
            moment = unit.recorded_at
            parts = iter(self._decided)
            while part := list(islice(parts, PART)):
                self._append(unit, [decided for decided in part if isinstance(decided, DecidedRequest)], moment)
        return _receipts(start, self._decided, moment)

    def _still_holds(self, unit: UnitOfWork) -> bool:
        # What was decided depends on the streams that were read, on the names of parties, and on the ids of commands.
        ids = {request.id for request in self._requests}
        for _, data in unit.store.entries(self._size + 1):
            entry = read(data)
            if entry.stream in self._streams or entry.command in ids or entry.event.names():
                return False
        return True

    def _under_lock(self, unit: UnitOfWork) -> list[Receipt]:
        receipts, refused = [], []
        # One refusal undoes all; the others are decided nevertheless, to report every refusal.
        for number, request in enumerate(self._requests):
            try:
                receipts.append(unit.perform(request))
            except LedgerError as error:
                refused.append((number, error))
        if refused:
            raise Refusals(refused)
        return receipts

    @staticmethod
    def _append(unit: UnitOfWork, part: list[DecidedRequest], moment: str) -> None:
        first = unit.store.head().size + 1
        unit.store.append([entry for request in part for entry in request.recorded_at(moment)])
        commands = []
        for request in part:
            commands.append((request.command, request.digest, first, len(request.entries)))
            first += len(request.entries)
        unit.store.remember_all(commands)


def _receipts(tree: CompactRange, decided: Sequence[Receipt | DecidedRequest], moment: str) -> list[Receipt]:
    """Return the receipts of what was appended to a tree: each with the size and root after its own entries."""
    receipts = []
    for request in decided:
        if isinstance(request, Receipt):
            receipts.append(request if request.repeated else Receipt("", 0, 0, tree.size, tree.root()))
            continue
        first = tree.size + 1
        tree.extend(leaf_hash(entry.state) for entry in request.recorded_at(moment))
        receipts.append(Receipt(request.command, first, len(request.entries), tree.size, tree.root()))
    return receipts
