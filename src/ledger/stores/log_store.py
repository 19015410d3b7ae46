"""What every store of the log is held to: the recorder of the event sourcing library, and what a log needs besides."""

from abc import abstractmethod
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, NamedTuple

import msgspec
from eventsourcing.persistence import ApplicationRecorder, IntegrityError

from ledger.domain.errors import CONFLICT, LedgerError
from ledger.stores.errors import Damaged
from ledger.tlog.compact import CompactRange


class Conflict(LedgerError, IntegrityError):
    """Another writer recorded in the same stream first."""

    code = "conflict"
    exit = CONFLICT

    def __init__(self, stream: str, version: int, expected: int) -> None:
        """Say that version `version` of `stream` cannot follow, since `expected` comes next."""
        super().__init__(f"Version {version} of {stream} cannot be recorded: {expected} comes next.", "Try again.")


class StoredEntry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An entry's bytes (`state`) with the columns that index them; `topic` is the event's tag.

    It has what the library's StoredEvent has, in a structure that is made in a tenth of the time.
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
    """Keys of party names that the entry gives its party."""
    mentions: tuple[str, ...] = ()
    """What the entry refers to in other streams."""


class LogHead(NamedTuple):
    """The end of the log: how many entries, when the last was recorded, and the tree over them."""

    size: int
    recorded_at: str
    tree: CompactRange
    stored_root: bytes = b""
    """The root as it is stored, which verification compares."""

    @property
    def root(self) -> bytes:
        """The root hash of the tree over all entries."""
        return self.tree.root()


class EntryRow(NamedTuple):
    """An entry as it is stored: columns, leaf hash and bytes."""

    position: int
    stream: str
    version: int
    type: str
    recorded_at: str
    effective_on: str
    actor: str
    command: str
    leaf: bytes
    data: bytes


class Recorded(NamedTuple):
    """A command that was recorded: the digest of its content, its first position and its number of entries."""

    digest: bytes
    first: int
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks of a record


class OptimisticConflict(Exception):  # not a LedgerError: the application catches it and decides again
    """Another writer changed what an optimistic transaction had read; nothing of the transaction was recorded."""


class LogStore(ApplicationRecorder):
    """A store of one log. Appends only; every write is one transaction that moves the head of the tree."""

    url: str
    writable: bool
    committed_head: LogHead | None = None
    """The end of the log after the last transaction that this writer committed; None if it is not known."""
    changed_streams: Collection[str] | None = ()
    """Streams that other writers changed during that transaction if it was optimistic; None if they are not known."""
    unreadable: type[Exception] = Damaged
    """What is raised where something that is kept cannot be read; verification notes it and goes on."""

    @abstractmethod
    def insert_events(self, stored_events: Sequence[Any], **kwargs: Any) -> Sequence[int]:
        """Append entries (StoredEntry), and return their positions: what the library asks of its recorders."""

    @abstractmethod
    def writing(self, *, optimistic: bool = False) -> AbstractContextManager[None]:
        """Hold the append lock for one transaction: committed at the end, rolled back on an exception. Raises Busy.

        With `optimistic=True` the store may skip the append lock and check at commit what the transaction read. It
        raises OptimisticConflict, in place of any other error, if another writer changed that; the caller must be able
        to decide again. Positions of optimistic entries are known only afterwards (`committed_head`).
        """

    def note_read(self, stream: str | None, version: int = 0) -> None:
        """Add a stream at a version to what the transaction has read; None means the whole log.

        A store notes its own reads; this is for what the caller already had in memory.
        """

    @property
    def batch_size(self) -> int | None:
        """The number of entries to append per call where the store sends them in batches; None where it does not."""
        return None

    @abstractmethod
    def reading(self) -> AbstractContextManager[None]:
        """Hold one snapshot of the log for several reads."""

    @abstractmethod
    def remember(self, command: str, digest: bytes, first: int, count: int) -> None:
        """Keep, within `writing`, what a command with this id was and which entries it made."""

    def remember_all(self, commands: Iterable[tuple[str, bytes, int, int]]) -> None:
        """Keep what several commands were, each as `remember` takes it."""
        for command in commands:
            self.remember(*command)

    @abstractmethod
    def head(self) -> LogHead:
        """Return the end of the log, within `writing` that of the transaction."""

    @abstractmethod
    def recorded(self, command: str) -> Recorded | None:
        """Return what was recorded under a command id."""

    @abstractmethod
    def entry(self, position: int) -> bytes | None:
        """Return the bytes of the entry at a position."""

    @abstractmethod
    def entries(self, first: int = 1, last: int | None = None) -> Iterator[tuple[int, bytes]]:
        """Yield position and bytes, in order of position."""

    @abstractmethod
    def rows(self, first: int = 1, last: int | None = None) -> Iterator[EntryRow]:
        """Yield entries with their columns, in order of position."""

    @abstractmethod
    def stream(self, stream: str, last: int | None = None) -> list[tuple[int, bytes]]:
        """Return position and bytes of the entries of one stream in order, up to position `last`."""

    @abstractmethod
    def place(self, stream: str, version: int) -> int | None:
        """Return the position of a version of a stream."""

    @abstractmethod
    def streams(self, kind: str) -> Iterator[str]:
        """Yield the streams of a kind, in order of name."""

    @abstractmethod
    def last_stream(self, first: str, last: str) -> str | None:
        """Return the greatest name of a stream from `first` to `last`, by code point, that is as long as `last`."""

    @abstractmethod
    def named(self, key: str) -> list[str]:
        """Return the streams of parties that were ever given the name with this key."""

    @abstractmethod
    def names(self) -> Iterator[str]:
        """Yield all keys of names."""

    @abstractmethod
    def referrers(self, target: str) -> list[int]:
        """Return the positions of entries that mention `target`."""

    @abstractmethod
    def read(self, level: int, start: int, count: int) -> list[bytes]:
        """Return hashes of a tile level: 0 are leaf hashes, each level above covers 256 of the level below."""

    @abstractmethod
    def faults(self) -> Iterable[tuple[str, str]]:
        """Return what is wrong with the store itself (schema, triggers, corruption): code and sentence."""

    def attempting(self) -> AbstractContextManager[None]:
        """Hold reads within `reading` that may fail without spoiling what is read afterwards."""
        return nullcontext()

    @abstractmethod
    def counted(self) -> tuple[int, int | None, int | None, int]:
        """Return how many entries there are, their first and last position, and how many commands have a row."""

    @abstractmethod
    def indexed(self, first: int, last: int) -> list[tuple[Any, ...]]:
        """Return entries, not too many, with all that indexes them, in order of position.

        They are position, stream, version, type, recorded_at, effective_on, actor, command; which part of its command
        it is, and of how many, as the table of commands tells; leaf hash, and bytes.
        """

    @abstractmethod
    def stream_at(self, position: int) -> str | None:
        """Return the stream of which an entry stands at a position."""

    @abstractmethod
    def by_stream(self, first: str, last: str, size: int) -> Generator[tuple[Any, ...], None, None]:
        """Yield stream, version, position and bytes, stream by stream in order of version.

        They are those of the streams from the name `first` on and before `last`, up to the position `size`.
        """

    @abstractmethod
    def mentioned(self, stream: str, size: int) -> list[tuple[Any, ...]]:
        """Return where a stream or a part of it is mentioned, up to the position `size`: position, and what is."""

    @abstractmethod
    def side_counts(self) -> tuple[int, int]:
        """Return how many rows the indexes of names and of mentions have."""

    @abstractmethod
    def names_found(self, rows: Sequence[tuple[str, str, int]]) -> int:
        """Return how many of these different keys of names, with stream and position, the index of names has."""

    @abstractmethod
    def mentions_found(self, rows: Sequence[tuple[str, int]]) -> int:
        """Return how many of these different mentions, with their positions, the index of mentions has."""

    @abstractmethod
    def versions_run(self) -> bool:
        """Return whether the columns say that versions of each stream run 1, 2, 3, … in order of position."""

    @abstractmethod
    def opener(self) -> Callable[[], Any]:
        """Return what opens the same log once more, in another process, too, to be checked there at the same time."""

    @abstractmethod
    def side_rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of `head`, `names`, `mentions`, `commands`, `tiles` or `checkpoints` as stored, in order."""

    @abstractmethod
    def keep_checkpoint(self, size: int, note: bytes) -> None:
        """Keep, within `writing`, a signed checkpoint; one that is kept again with cosignatures stands beside it."""

    @abstractmethod
    def checkpoints(self) -> Iterator[tuple[int, bytes]]:
        """Yield the size and the bytes of every checkpoint that is kept, in the order of keeping."""

    @abstractmethod
    def recorded_at(self, position: int) -> str | None:
        """Return the moment at which the entry at a position was recorded; None where there is no entry."""

    def moment_position(self, moment: str) -> int:
        """Return the last position recorded at or before a moment; 0 if there is none."""
        low, high = 0, self.head().size
        while low < high:  # by bisection: times never decrease
            middle = (low + high + 1) // 2
            at = self.recorded_at(middle)
            low, high = (middle, high) if at is not None and at <= moment else (low, middle - 1)
        return low

    @abstractmethod
    def close(self) -> None:
        """Close the connection."""

    def append(self, stored: Sequence[StoredEntry]) -> range:
        """Append entries within `writing`; return their positions."""
        positions = self.insert_events(stored)
        return range(positions[0], positions[-1] + 1) if positions else range(0)
