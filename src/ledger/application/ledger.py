"""The ledger as an application: it records requests, returns receipts, and reads entries and states."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.persistence import EventStore, InfrastructureFactory, Mapper, Recording
from eventsourcing.utils import Environment

from ledger.application.eventsourcing_adapter import EntryMapper, EntryStore, StoreFactory
from ledger.application.party_lookup import NameIndex
from ledger.application.receipt import Receipt
from ledger.application.recording_time import SKEW
from ledger.application.request import CommandReused, Request
from ledger.application.transaction import LoadedStream, UnitOfWork
from ledger.domain.errors import REFUSED, LedgerError
from ledger.domain.kernel import Fact, State
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.registry import new_state
from ledger.domain.voiding import fold
from ledger.files.attachments import Attachments
from ledger.format.entry import Entry, read, read_in
from ledger.stores.errors import ConnectionLost
from ledger.stores.log_store import LogStore
from ledger.stores.log_writer import OptimisticConflict
from ledger.tlog.proof import root_at

if TYPE_CHECKING:
    from ledger.application.rollback_guard import Guard


Clock = Callable[[], datetime]

MAX_CACHED_STREAMS = 2_000
"""Upper bound on folded streams that are cached between transactions."""


class Judged(NamedTuple):
    """What became of a request: its receipt or the error of the rule that refuses it, and what it tells the user."""

    result: Receipt | LedgerError
    notes: list[str]


class _Rollback(Exception):  # no error: it ends a dry run
    """Ends a dry run: the transaction is rolled back."""


class Ledger(Application[str]):
    """A ledger, open on its store."""

    name = "Ledger"

    def __init__(
        self,
        store: LogStore,
        clock: Clock | None = None,
        attachments: Attachments | None = None,
        guard: "Guard | None" = None,
    ) -> None:
        """Create a ledger on an open store; `clock` returns the time at which entries are recorded.

        Without a `clock` it is that of the store: a server's own, or this machine's, compared with the file system's.
        Without `attachments`, no document can be attached. With a `guard`, the log must extend the checkpoint in the
        guard before anything is recorded.
        """
        self.store = store
        self.guard = guard
        self.attachments = attachments
        self.clock = clock or store.now
        self.skew = SKEW if clock else store.skew
        self.by_last = False
        """If the clock is behind the last entry, record with the time of that entry instead of refusing."""
        self._known: tuple[bytes, dict[str, LoadedStream]] = (b"", {})
        """Streams folded by the last transaction, and the root after it: the cache is valid for that root."""
        self._is_alone = True
        """Whether nobody else recorded since the command before: then a command is decided without the lock."""
        self.name_index = NameIndex()
        self.notes: list[str] = []
        """What the commands of the last transaction tell the user about what they record."""
        super().__init__()

    # The library must not read environment variables: they could move the ledger into memory.

    def construct_env(self, name: str, env: Any = None) -> Environment:
        """Return an empty environment."""
        return Environment(name, {})

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:
        """Return the factory of the store."""
        return StoreFactory(self.store)

    def construct_mapper(self) -> Mapper[str]:
        """Return the mapper of entries."""
        return EntryMapper()

    def construct_event_store(self) -> EventStore[str]:
        """Return the store of entries by stream."""
        return EntryStore(mapper=self.mapper, recorder=self.recorder)

    def save(self, *objs: Any, **kwargs: Any) -> list[Recording[str]]:
        """Append entries.

        The library's method checks each object for pending events and snapshots, which takes half the time of an
        import.
        """
        return self.events.put(objs, **kwargs)

    # Reading.

    @property
    def origin(self) -> str:
        """The permanent name of the ledger, from its first entry; empty before it. Raises BadEntry."""
        data = self.store.entry(1)
        return "" if data is None else str(getattr(read(data).event, "origin", ""))

    def check_guard(self) -> None:
        """Check that the log extends the checkpoint in the guard, if there is one.

        Raises GuardMissing, BadGuard, RolledBack.
        """
        if self.guard is not None:
            stored = self.guard.stored()
            with self.store.reading():
                self.guard.compare(stored, self.origin, self.store)

    def entry(self, position: int) -> Entry:
        """Return the entry at a position that the log has. Raises BadEntry."""
        data = self.store.entry(position)
        if data is None:
            raise LookupError(position)
        return read(data)

    def command_at(self, position: int) -> range:
        """Return the positions of the command to which a position belongs that the log has. Raises BadEntry."""
        number, count = self.entry(position).part
        return range(position - number + 1, position - number + count + 1)

    def position(self, stream: str, version: int) -> int:
        """Return the position of a version that the stream has."""
        return self.store.place(stream, version) or 0

    def facts(self, stream: str, last: int | None = None) -> list[Fact]:
        """Return the facts of a stream in order, up to position `last`."""
        return [read_in(stream, data).fact for _, data in self.store.stream(stream, last)]

    def fold(self, stream: str) -> tuple[State, int]:
        """Return the state of a stream and its last version; 0 when it has none."""

        def project(_: Any, entries: Iterable[Any]) -> Any:
            facts = [Fact(entry.version, entry.effective_on, entry.event) for entry in entries]
            return (fold(new_state(stream), facts), facts[-1].version) if facts else None

        try:
            folded: tuple[State, int] = self.repository.get(stream, projector_func=project)
        except AggregateNotFoundError:
            return new_state(stream), 0
        return folded

    def receipt(self, command: str, first: int, count: int, *, repeated: bool = False) -> Receipt:
        """Return the receipt of entries that are in the log."""
        head = self.store.head()
        size = first + count - 1 if repeated else head.size
        root = root_at(size, self.store) if repeated else head.root
        return Receipt(command, first, count, size, root, repeated=repeated)

    # Writing.

    @contextmanager
    def recording(self, *, dry_run: bool = False, optimistic: bool = False) -> Iterator[UnitOfWork]:
        """Hold the append lock for several requests: they are committed together, or not at all if one raises.

        With `optimistic=True` it may raise OptimisticConflict; the caller must then repeat all of them.
        """
        last = self.store.committed_head
        try:
            with self.store.writing(optimistic=optimistic):
                self.check_guard()
                now, head = self.clock(), self.store.head()
                if not optimistic and last is not None:
                    self._is_alone = last.size == head.size
                if self.clock == self.store.now:
                    self.store.check_clock(now, head.recorded_at)
                unit, before = UnitOfWork(self, now, self._still_known()), head.size
                self.notes = unit.notes
                yield unit
                if dry_run:
                    raise _Rollback  # noqa: TRY301 - this rolls the transaction back
                # If another writer appended in between, the streams of this unit are not complete.
                is_whole = self.store.head().size == before + unit.appended
        except _Rollback:
            return
        # Moving the guard is a transaction of its own, after which other writers may have recorded.
        unit.committed_head = self.store.committed_head
        if is_whole:
            self._keep(unit)
            unit.name_indexes.keep(before + unit.appended)
        self._move_guard()

    def _still_known(self) -> dict[str, LoadedStream]:
        """Return the cached streams and empty the cache, so that a failed transaction leaves nothing in it."""
        (root, known), self._known = self._known, (b"", {})
        return known if root and root == self.store.head().root else {}

    def _keep(self, unit: UnitOfWork) -> None:
        known, head = unit.folded_streams(), unit.committed_head
        changed = self.store.changed_streams
        if head is not None and changed is not None and len(known) <= MAX_CACHED_STREAMS:
            for stream in changed:
                known.pop(stream, None)
            self._known = (head.root, known)

    def _move_guard(self) -> None:
        # After the commit: a crash in between leaves a guard with a smaller size, which the log extends. The append
        # lock is acquired again, so that of several writers the last does not move the guard back.
        if self.guard is None:
            return
        from ledger.application.rollback_guard import GuardLags  # noqa: PLC0415 - only a guarded ledger needs it

        try:
            with self.store.writing():
                self.guard.follow(self.origin, self.store)
        except LedgerError as error:
            self.guard.lag = GuardLags(self.guard.path, error.sentence.removesuffix("."))

    def record(self, request: Request, *, dry_run: bool = False) -> Receipt:
        """Record one request in its own transaction. Raises the error of the rule that refuses it."""
        # First without the lock, if the store supports that and nobody else records. A lost connection is retried,
        # unless the outcome of the commit is unknown.
        for optimistic in (not dry_run and self._is_alone, False, False):
            try:
                return self._record_once(request, dry_run=dry_run, optimistic=optimistic)
            except OptimisticConflict:
                self._is_alone = False
            except ConnectionLost:
                pass
        return self._record_once(request, dry_run=dry_run, optimistic=False)

    def record_each(self, requests: Sequence[Request]) -> list[Judged]:
        """Record requests each by itself, and commit them together: what is refused keeps no other from the log.

        Raises the errors of the store; then none is recorded.
        """
        if len(requests) <= 1:
            return [self._judged(partial(self.record, request), lambda: self.notes) for request in requests]
        for _ in range(2):
            with suppress(ConnectionLost):
                return self._record_together(requests)
        return self._record_together(requests)

    def _record_together(self, requests: Sequence[Request]) -> list[Judged]:
        judged = []
        with self.recording() as unit:
            for request in requests:
                unit.notes.clear()
                judged.append(self._judged(partial(unit.perform, request), lambda: unit.notes))
        return judged

    @staticmethod
    def _judged(perform: Callable[[], Receipt], notes: Callable[[], list[str]]) -> Judged:
        try:
            receipt = perform()
        except LedgerError as error:
            if error.exit > REFUSED and not isinstance(error, CommandReused):
                raise  # the store fails, and not the request
            return Judged(error, [])
        return Judged(receipt, [] if receipt.repeated else list(notes()))

    def _record_once(self, request: Request, *, dry_run: bool, optimistic: bool) -> Receipt:
        with self.recording(dry_run=dry_run, optimistic=optimistic) as unit:
            receipt = unit.perform(request)
        head = unit.committed_head
        return receipt if not optimistic or head is None else receipt.settled(head.size, head.root)

    def open(
        self, command: OpenLedger, actor: str, *, effective_on: str | None = None, reason: str | None = None,
        id: str | None = None,  # noqa: A002 - the request's name for it
    ) -> Receipt:  # fmt: skip
        """Record the first entry. Raises UnknownCurrency, BadText."""
        return self.record(Request(commands=(command,), actor=actor, effective_on=effective_on, reason=reason, id=id))
