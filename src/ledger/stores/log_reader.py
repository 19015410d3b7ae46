"""What reads a log: entries, streams, names and hashes, and the values that they are returned as."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

from ledger.stores.errors import EmptyLog
from ledger.stores.lookup import Lookup
from ledger.stores.selection import SelectedEntry, Wanted
from ledger.tlog.compact import CompactRange

FEW, MANY = 32, 500
"""How many entries a selection reads at once: few at first, for a caller who needs no more.

Never as many as a file that is read without its locks returns at once (`sqlite/unlocked.py`): if such a file is written
meanwhile, the next page comes from a private copy, and the selection goes on.
"""


class LogHead(NamedTuple):
    """The end of a log: its number of entries, the time of the last one, and the tree over all of them."""

    size: int
    recorded_at: str
    tree: CompactRange
    stored_root: bytes = b""
    """The root hash as stored; verification compares it with the tree."""

    @property
    def root(self) -> bytes:
        """The root hash of the tree over all entries."""
        return self.tree.root()


class EntryRow(NamedTuple):
    """An entry as stored: its columns, leaf hash and bytes."""

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


class RecordedCommand(NamedTuple):
    """A command in the log: the digest of its content, the position of its first entry, its number of entries."""

    digest: bytes
    first: int
    count: int  # type: ignore[assignment]  # hides tuple.count, which nothing calls


class LogReader(ABC):
    """Reads one log. Within `LogWriter.writing` it also reads what the transaction appended."""

    url: str

    @abstractmethod
    def reading(self) -> AbstractContextManager[None]:
        """Read from one snapshot of the log within the `with` block."""

    @abstractmethod
    def head(self) -> LogHead:
        """Return the end of the log; within `writing`, the end that the transaction has reached."""

    @abstractmethod
    def recorded(self, command: str) -> RecordedCommand | None:
        """Return the command with this id, or None."""

    @abstractmethod
    def entry(self, position: int) -> bytes | None:
        """Return the bytes of the entry at a position, or None."""

    @abstractmethod
    def entries(self, first: int = 1, last: int | None = None) -> Iterator[tuple[int, bytes]]:
        """Yield position and bytes, in order of position."""

    @abstractmethod
    def rows(self, first: int = 1, last: int | None = None) -> Iterator[EntryRow]:
        """Yield entries with their columns, in order of position."""

    @abstractmethod
    def stream(self, stream: str, last: int | None = None) -> list[tuple[int, bytes]]:
        """Return position and bytes of the entries of one stream in order, up to position `last`.

        Raises Damaged if the leaf hash of one is another.
        """

    @abstractmethod
    def place(self, stream: str, version: int) -> int | None:
        """Return the position of a version of a stream, or None."""

    @abstractmethod
    def streams(self, kind: str) -> Iterator[str]:
        """Yield the streams of a kind, in order of name."""

    @abstractmethod
    def last_positions(self, first: int, last: int, after: str = "") -> Iterator[tuple[str, int]]:
        """Yield each stream with entries from `first` to `last`, with the position of the last of them, in any order.

        Only entries that are effective after the day `after` count.
        """

    @abstractmethod
    def last_number(self, beginning: str, digits: int, after: int = 0) -> int:
        """Return a number, at least `after`, whose next one is free: no stream is named `beginning` and that.

        It is the greatest number of exactly `digits` digits that a stream has after `beginning`, or 0. Where the next
        one has more digits, it ends a run of streams that are numbered without a gap, found by steps and halves.
        """

    @abstractmethod
    def named(self, key: str) -> list[str]:
        """Return the streams of all parties that were ever given the name with this key."""

    @abstractmethod
    def names(self) -> Iterator[str]:
        """Yield every name key."""

    @abstractmethod
    def lookup(self) -> Lookup:
        """Return what looks references and names up in this log, for suggestions."""

    @abstractmethod
    def referrers(self, target: str) -> list[int]:
        """Return the positions of entries that mention `target`."""

    @abstractmethod
    def read(self, level: int, start: int, count: int) -> list[bytes]:
        """Return hashes of a tile level: 0 are leaf hashes, each level above covers 256 of the level below."""

    @abstractmethod
    def side_rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of `head`, `names`, `mentions`, `commands`, `tiles` or `checkpoints`, as stored, in order."""

    @abstractmethod
    def checkpoints(self) -> Iterator[tuple[int, bytes]]:
        """Yield the size and the bytes of every stored checkpoint, in the order in which they were stored."""

    @abstractmethod
    def recorded_at(self, position: int) -> str | None:
        """Return when the entry at a position was recorded, or None if there is no such entry."""

    def select(
        self, wanted: Wanted, *, newest_first: bool = False, limit: int | None = None
    ) -> Iterator[SelectedEntry]:
        """Yield the entries that are wanted, in order of position, at most `limit`.

        They are read a page at a time, each by a query of its own: entries never move, no snapshot is held meanwhile,
        and who stops early has not read the rest. What damage hides from the columns and indexes is not found here:
        verification compares these with the entries.
        """
        size, left = FEW, 0 if wanted.positions == () else limit
        while left != 0:
            # Of the entries with a text the database only knows which may have it.
            count = size if left is None or wanted.text else min(size, left)
            page, end = self._next_page(wanted, newest_first=newest_first, count=count)
            for entry in page:
                if wanted.has_text(entry.data):
                    yield entry
                    left = None if left is None else left - 1
                    if left == 0:
                        return
            if end is None:
                return
            wanted = wanted._replace(last=end - 1) if newest_first else wanted._replace(first=end + 1)
            size = min(2 * size, MANY)

    def _next_page(
        self, wanted: Wanted, *, newest_first: bool, count: int
    ) -> tuple[Sequence[SelectedEntry], int | None]:
        """Return the next entries, and the last position that was looked at; None if nothing is left."""
        if not wanted.about:
            page = self.page(wanted, newest_first=newest_first, count=count)
            return page, page[-1].position if len(page) == count else None
        found = (self.positions_about(each, wanted, newest_first=newest_first, count=count) for each in wanted.about)
        positions = sorted({position for own in found for position in own}, reverse=newest_first)[:count]
        chosen = wanted._replace(about=(), positions=positions)
        page = self.page(chosen, newest_first=newest_first, count=count) if positions else []
        return page, positions[-1] if len(positions) == count else None

    @abstractmethod
    def page(self, wanted: Wanted, *, newest_first: bool, count: int) -> list[SelectedEntry]:
        """Return the first `count` entries that are wanted, in order; `about` is not heeded, of `text` more may be."""

    @abstractmethod
    def positions_about(self, stream: str, wanted: Wanted, *, newest_first: bool, count: int) -> list[int]:
        """Return the first `count` positions within those wanted of entries of a stream, and of those mentioning it."""

    @abstractmethod
    def actors(self, last: int) -> list[str]:
        """Return who recorded the entries up to a position, each once."""

    def moment_position(self, moment: str) -> int:
        """Return the position of the last entry recorded at or before a moment; 0 if there is none."""
        low, high = 0, self.head().size
        while low < high:  # by bisection: recorded_at never decreases
            middle = (low + high + 1) // 2
            at = self.recorded_at(middle)
            low, high = (middle, high) if at is not None and at <= moment else (low, middle - 1)
        return low


def check_begun(log: LogReader) -> None:
    """Check that a log has a first entry. Raises EmptyLog."""
    if not log.head().size:
        raise EmptyLog
