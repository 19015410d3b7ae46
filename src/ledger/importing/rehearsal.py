"""A dry run: requests are decided and encoded as for recording, and nothing is appended.

The import keeps the decisions of each row until it records them, so that no row is decided twice.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from ledger.application.ledger import Ledger
from ledger.application.receipt import Receipt
from ledger.application.request import Request
from ledger.application.transaction import LoadedStream, UnitOfWork
from ledger.domain.kernel import Fact
from ledger.domain.voiding import fold
from ledger.format.entry import Entry
from ledger.importing.decision import DecidedRequest


class Rehearsal(UnitOfWork):
    """A unit of work that appends nothing. Each request sees what the requests before it would have recorded."""

    def __init__(self, ledger: Ledger, now: datetime) -> None:
        """Start with nothing rehearsed."""
        super().__init__(ledger, now)
        self._rehearsed: dict[str, list[Fact]] = {}
        self._counts: Counter[str] = Counter()
        self.keeps_facts = True
        """Whether rehearsed facts are kept, for streams that are folded again."""
        self._decided: list[DecidedRequest] = []

    def load(self, stream: str) -> LoadedStream:
        """Return the state of a stream with the rehearsed facts, also after a refused request dropped it."""
        loaded = self._loaded.get(stream)
        if loaded is not None:
            return loaded
        rehearsed = self._rehearsed.get(stream)
        if rehearsed:
            facts = self.ledger.facts(stream) + rehearsed
            self._loaded[stream] = LoadedStream(fold(self.new_state(stream), facts), len(facts))
        return super().load(stream)

    def has_taken(self, stream: str) -> bool:
        """Return whether a stream has entries, also after a refused request dropped it."""
        return self.load(stream).version > 0

    def facts(self, stream: str) -> list[Fact]:
        """Return the facts of a stream: recorded, rehearsed and pending. A void is validated against all of them."""
        pending = [fact for fact_stream, fact in self.pending if fact_stream == stream]
        return self.ledger.facts(stream) + self._rehearsed.get(stream, []) + pending

    def recorded_version(self, stream: str) -> int:
        """Return the last version of a stream that is in the log; what is rehearsed is not."""
        return self.load(stream).version - self._counts[stream]

    def _append(self, entries: list[Entry], request: Request) -> Receipt:
        encoded = [self.ledger.mapper.to_stored_event(entry) for entry in entries]
        for stream, fact in self.pending:
            self._counts[stream] += 1
            if self.keeps_facts:
                self._rehearsed.setdefault(stream, []).append(fact)
        if encoded:
            self._decided.append(DecidedRequest(entries[0].command, request.digest, encoded))
        return Receipt(request.id or "", 0, len(entries), 0, b"", dry_run=True)

    def take_decided(self) -> list[DecidedRequest]:
        """Return the requests decided since the last call."""
        decided, self._decided = self._decided, []
        return decided

    def undo(self) -> None:
        """Undo everything decided since the last call of `take_decided()`."""
        for request in self.take_decided():
            for entry in request.entries:
                self._rehearsed[entry.originator_id].pop()
                self._counts[entry.originator_id] -= 1
                self._loaded.pop(entry.originator_id, None)

    def forget(self, stream: str) -> None:
        """Drop a stream that no later row needs."""
        self._loaded.pop(stream, None)
        self._rehearsed.pop(stream, None)
        self._counts.pop(stream, None)


@contextmanager
def rehearsing(ledger: Ledger) -> Iterator[Rehearsal]:
    """Rehearse on one snapshot of the log, without the append lock: a long check blocks no other writer."""
    with ledger.store.reading():
        yield Rehearsal(ledger, ledger.clock())
