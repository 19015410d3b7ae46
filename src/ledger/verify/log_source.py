"""The part of a store that verification reads, as protocols that ledger.stores implements.

They repeat what verification needs of `LogReader` and `LogAuditor`: it must not import ledger.stores.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any, Protocol

Report = Callable[[str, int | None, str], None]
"""Records a finding: code, position, and a sentence."""


class Checkable(Protocol):
    """What any process needs in order to verify one segment."""

    def opener(self) -> "Callable[[], Checkable]":
        """Return a picklable function that opens the same log."""

    def faults(self) -> Iterable[tuple[str, str]]:
        """Return faults of the store itself: a code of step 1, and a sentence."""

    def indexed(self, first: int, last: int) -> list[tuple[Any, ...]]:
        """Return entries with their columns, their part by the table of commands, leaf hash and bytes."""

    def versions_run(self) -> bool:
        """Return whether, by the columns, versions of each stream run 1, 2, 3, … in order of position."""


class Store(Checkable, Protocol):
    """A stored log with its columns, its tree and its side tables."""

    unreadable: type[Exception]
    """Raised where data cannot be read."""

    def reading(self) -> AbstractContextManager[None]:
        """Hold one snapshot for several reads."""

    def rows(self, first: int = 1, last: int | None = None) -> Iterator[Any]:
        """Yield entries with their columns, leaf hash and bytes, in order of position."""

    def side_rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of `head` (size, recorded_at, hashes, root), `tiles`, `commands` and `checkpoints`."""

    def attempting(self) -> AbstractContextManager[None]:
        """Run reads within `reading` that may fail without breaking later reads."""

    def counted(self) -> tuple[int, int | None, int | None, int]:
        """Return the number of entries, their first and last position, and the number of rows of commands."""


def readable(store: Store, rows: Iterable[Any], what: str, report: Report) -> Iterator[Any]:
    """Yield rows until one cannot be read; report that as a finding (step 1)."""
    try:
        yield from rows
    except store.unreadable as error:
        report("unreadable", None, f"{what}: {error}")
