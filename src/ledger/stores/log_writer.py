"""What appends to a log: transactions, entries, commands and checkpoints."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Protocol

import msgspec

from ledger.stores.errors import OutcomeUnknown
from ledger.stores.log_reader import LogHead


class OptimisticConflict(Exception):  # not a LedgerError: the application catches it and decides again
    """Another writer changed what an optimistic transaction had read; nothing of the transaction was recorded."""


class StoredEntry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An entry's bytes (`state`) with the columns that index them; `topic` is the event's tag.

    It has the attributes of the library's StoredEvent; creating one takes a tenth of the time.
    """

    originator_id: str
    originator_version: int
    topic: str
    state: bytes
    recorded_at: str
    effective_on: str
    actor: str
    command: str
    names: tuple[str, ...] = ()
    """Keys of the names that the entry gives its party."""
    mentions: tuple[str, ...] = ()
    """Streams, or parts of them, that the entry refers to."""


class Recorded(NamedTuple):
    """A command of a transaction: its id, and the position and number of its entries."""

    command: str
    first: int
    entries: int


class CommitWatcher(Protocol):
    """Follows the commits of a writer, so that the program can tell what it recorded, however it ends."""

    def begins(self, commands: Sequence[Recorded], checkpoint: int | None) -> None:
        """Note that these commands, or a checkpoint of this size, are about to be committed."""

    def stands(self, commands: Sequence[Recorded], checkpoint: int | None) -> None:
        """Note that they are committed."""

    def fell(self) -> None:
        """Note that the commit failed, and nothing of it was recorded."""


class LogWriter(ABC):
    """Appends to one log. Every write is one transaction that moves the head of the tree."""

    writable: bool
    busy_seconds: float | None = None
    """How long to wait for the append lock, in seconds; None for the default of the store."""
    committed_head: LogHead | None = None
    """The end of the log after the last transaction that this writer committed; None if it is not known."""
    changed_streams: Collection[str] | None = ()
    """Streams that other writers changed during that transaction if it was optimistic; None if they are not known."""

    watcher: CommitWatcher | None = None
    """Follows every commit that records something."""

    @contextmanager
    def _watched(self, commands: Sequence[Recorded], checkpoint: int | None) -> Iterator[None]:
        """Tell the watcher before and after a commit; a commit that is left without an answer stays in doubt."""
        if self.watcher is None or not (commands or checkpoint is not None):
            yield
            return
        self.watcher.begins(commands, checkpoint)
        try:
            yield
        except OutcomeUnknown:
            raise
        except Exception:
            self.watcher.fell()
            raise
        self.watcher.stands(commands, checkpoint)

    @abstractmethod
    def insert_events(self, stored_events: Sequence[Any], **kwargs: Any) -> Sequence[int]:
        """Append entries (StoredEntry) and return their positions. The event sourcing library calls it."""

    @abstractmethod
    def writing(self, *, optimistic: bool = False) -> AbstractContextManager[None]:
        """Hold the append lock for one transaction: committed at the end, rolled back on an exception. Raises Busy.

        With `optimistic=True` the store may skip the append lock and check at commit what the transaction read. It
        raises OptimisticConflict, in place of any other error, if another writer changed that; the caller must be able
        to decide again. Positions of optimistic entries are known only afterwards (`committed_head`).
        """

    def note_read(self, stream: str | None, version: int = 0) -> None:  # noqa: B027 - needed by some stores only
        """Add a stream at a version to what the transaction has read; None means the whole log.

        A store notes its own reads; this is for what the caller already had in memory.
        """

    skew = timedelta(seconds=1)
    """How far its clock may be behind the last entry: synchronised clocks of two machines differ by less."""

    def now(self) -> datetime:
        """Return the present time: that of this machine, or of the server that keeps the log."""
        return datetime.now(UTC)

    def check_clock(self, now: datetime, last: str) -> None:  # noqa: B027 - a server has one clock for all
        """Check, where entries of several machines meet, that `now` is no time far ahead of what others would say.

        `last` is the time of the last entry, or empty. Raises ClockAhead.
        """

    @property
    def batch_size(self) -> int | None:
        """The number of entries to append per call where the store sends them in batches; None where it does not."""
        return None

    def settle(self) -> None:  # noqa: B027 - needed by some stores only
        """Make sure that the log has its name after a power loss, also if who made it was killed. Raises OSError.

        For what is written in a second place about a log in which nothing was recorded since.
        """

    def append(self, stored: Sequence[StoredEntry]) -> range:
        """Append entries within `writing` and return their positions."""
        positions = self.insert_events(stored)
        return range(positions[0], positions[-1] + 1) if positions else range(0)

    @abstractmethod
    def remember(self, command: str, digest: bytes, first: int, count: int) -> None:
        """Record, within `writing`, the digest of a command and the position and number of its entries."""

    def remember_all(self, commands: Iterable[tuple[str, bytes, int, int]]) -> None:
        """Record several commands, each as the arguments of `remember`."""
        for command in commands:
            self.remember(*command)

    @abstractmethod
    def keep_checkpoint(self, size: int, note: bytes) -> None:
        """Store, within `writing`, a signed checkpoint; storing it again, with cosignatures, adds another row."""
