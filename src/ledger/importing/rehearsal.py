"""A dry run: requests are decided and encoded as they would be, and nothing is appended.

What was decided is kept row by row until it is recorded, so that nothing is decided twice.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import msgspec
from msgspec.structs import replace

from ledger.application.ledger import Ledger
from ledger.application.receipt import Receipt
from ledger.application.request import Request
from ledger.application.transaction import Loaded, UnitOfWork
from ledger.domain.kernel import Fact
from ledger.domain.voiding import fold
from ledger.format.entry import Entry, at_moment
from ledger.importing.result import Tally
from ledger.stores.log_store import StoredEntry


class Asked(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A request that was decided: the id of its command, its digest, and the entries that it makes."""

    command: str
    digest: bytes
    made: list[StoredEntry]

    def at(self, moment: str) -> list[StoredEntry]:
        """Return the entries as they are stored when they are recorded at a moment."""
        return [replace(one, state=at_moment(one.state, moment), recorded_at=moment) for one in self.made]


class Decided(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the row with this number records, and what is counted of it."""

    row: int
    tally: Tally
    asked: list[Asked]

    @property
    def entries(self) -> int:
        """How many entries it makes."""
        return sum(len(one.made) for one in self.asked)


class Rehearsal(UnitOfWork):
    """A unit that appends nothing. Each request sees what the ones before it would have recorded."""

    def __init__(self, ledger: Ledger, now: datetime) -> None:
        """Start with nothing rehearsed."""
        super().__init__(ledger, now)
        self._rehearsed: dict[str, list[Fact]] = {}
        self._asked: list[Asked] = []

    def load(self, stream: str) -> Loaded:
        """Return a stream as it was left by what was rehearsed, also after a request that was refused let go of it."""
        found = self._loaded.get(stream)
        if found is not None:
            return found
        rehearsed = self._rehearsed.get(stream)
        if rehearsed:
            facts = self.ledger.facts(stream) + rehearsed
            self._loaded[stream] = Loaded(fold(self.fresh(stream), facts), len(facts))
        return super().load(stream)

    def facts(self, stream: str) -> list[Fact]:
        """Return the facts of a stream, with those that were rehearsed before: voids are judged by all of them."""
        made = [fact for of, fact in self.pending if of == stream]
        return self.ledger.facts(stream) + self._rehearsed.get(stream, []) + made

    def _append(self, entries: list[Entry], request: Request) -> Receipt:
        made = [self.ledger.mapper.to_stored_event(entry) for entry in entries]
        for stream, fact in self.pending:
            self._rehearsed.setdefault(stream, []).append(fact)
        if made:
            self._asked.append(Asked(entries[0].command, request.digest, made))
        return Receipt(request.id or "", 0, len(entries), 0, b"", dry_run=True)

    def asked(self) -> list[Asked]:
        """Return what was decided since this was asked last."""
        found, self._asked = self._asked, []
        return found

    def take_back(self) -> None:
        """Let what was decided since `asked` was called last not have been rehearsed."""
        for asked in self.asked():
            for one in asked.made:
                self._rehearsed[one.originator_id].pop()
                self._loaded.pop(one.originator_id, None)

    def forget(self, stream: str) -> None:
        """Let go of a stream that nothing will ask for again."""
        self._loaded.pop(stream, None)
        self._rehearsed.pop(stream, None)


@contextmanager
def rehearsing(ledger: Ledger) -> Iterator[Rehearsal]:
    """Hold one snapshot of the log, not the append lock: a long check keeps nobody from recording."""
    with ledger.store.reading():
        yield Rehearsal(ledger, ledger.clock())
