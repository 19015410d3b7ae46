"""What verification asks of a log, besides reading it: its indexes as stored, and faults of the store itself.

It imports little: each process that helps to verify loads it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from ledger.stores.errors import Damaged


class LogAuditor(ABC):
    """Checks one log as it is stored."""

    url: str
    writable: bool
    unreadable: type[Exception] = Damaged
    """What reading raises where something that is stored cannot be read; verification reports it and goes on."""

    def attempting(self) -> AbstractContextManager[None]:
        """Allow reads within the `with` block to fail without ending the snapshot that `reading` holds."""
        return nullcontext()

    def check_schema(self) -> None:  # noqa: B027 - a server has nothing to refuse
        """Refuse a store with tables or triggers that do not belong to a ledger, before anything is read from it.

        On a server this is nothing: there, the owner's rights keep others from the schema.
        """

    @abstractmethod
    def faults(self) -> Iterable[tuple[str, str]]:
        """Return the faults of the store itself (schema, triggers, damaged pages), each as a code and a sentence."""

    @abstractmethod
    def counted(self) -> tuple[int, int | None, int | None, int]:
        """Return the number of entries, their first and last position, and the number of rows in `commands`."""

    @abstractmethod
    def indexed(self, first: int, last: int) -> list[tuple[Any, ...]]:
        """Return the entries from `first` to `last` with everything that indexes them, in order of position.

        A row holds position, stream, version, type, recorded_at, effective_on, actor, command; the part number and the
        number of parts according to the table of commands; leaf hash, and bytes. All rows are read into memory.
        """

    @abstractmethod
    def stream_at(self, position: int) -> str | None:
        """Return the stream of the entry at a position, or None."""

    @abstractmethod
    def by_stream(self, first: str, last: str, size: int) -> Generator[tuple[Any, ...], None, None]:
        """Yield (stream, version, position, bytes), ordered by stream and version.

        It covers streams with `first` <= name < `last`, and positions up to `size`.
        """

    @abstractmethod
    def mentioned(self, stream: str, size: int) -> list[tuple[Any, ...]]:
        """Return (position, target) of every mention of a stream or of a part of it, up to position `size`."""

    @abstractmethod
    def side_counts(self) -> tuple[int, int]:
        """Return the number of rows in the indexes of names and of mentions."""

    @abstractmethod
    def side_counts_since(self, position: int) -> tuple[int, int, int]:
        """Return the number of commands that begin after a position, and of names and of mentions beyond it."""

    @abstractmethod
    def names_found(self, rows: Sequence[tuple[str, str, int]]) -> int:
        """Return how many of these distinct (key, stream, position) are in the index of names."""

    @abstractmethod
    def mentions_found(self, rows: Sequence[tuple[str, int]]) -> int:
        """Return how many of these distinct (target, position) are in the index of mentions."""

    @abstractmethod
    def versions_run(self) -> bool:
        """Return whether, by the columns, the versions of each stream run 1, 2, 3, … in order of position."""

    @abstractmethod
    def opener(self) -> "Callable[[], LogAuditor]":
        """Return a function that opens the same log again. It can be pickled, so that another process can call it."""

    @abstractmethod
    def close(self) -> None:
        """Close the connection."""
