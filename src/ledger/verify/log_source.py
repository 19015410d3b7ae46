"""What verification reads of a store; the stores themselves stand above it (ledger.stores)."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any, Protocol

Report = Callable[[str, int | None, str], None]
"""What notes a finding: code, position, and what was found."""


class Checkable(Protocol):
    """What the pieces of a log are looked at with, by whichever process."""

    def faults(self) -> Iterable[tuple[str, str]]:
        """Return what is wrong with the store itself: a code of step 1, and a sentence."""

    def indexed(self, first: int, last: int) -> list[tuple[Any, ...]]:
        """Return entries with all that indexes them: columns, the part that the table of commands tells, leaf hash."""

    def versions_run(self) -> bool:
        """Return whether the columns say that versions of each stream run 1, 2, 3, … in order of position."""


class Store(Checkable, Protocol):
    """A log with its columns, its tree and its side tables, as they are stored."""

    unreadable: type[Exception]
    """What is raised where something cannot be read."""

    def reading(self) -> AbstractContextManager[None]:
        """Hold one snapshot for several reads."""

    def rows(self, first: int = 1, last: int | None = None) -> Iterator[Any]:
        """Yield entries with their columns, leaf hash and bytes, in order of position."""

    def side_rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of `head` (size, recorded_at, hashes, root), `tiles`, `commands` and `checkpoints`."""

    def attempting(self) -> AbstractContextManager[None]:
        """Hold reads within `reading` that may fail without spoiling what is read afterwards."""

    def counted(self) -> tuple[int, int | None, int | None, int]:
        """Return how many entries there are, their first and last position, and how many commands have a row."""

    def opener(self) -> Callable[[], Checkable]:
        """Return what opens the same log once more, in another process, too."""


def readable(store: Store, rows: Iterable[Any], what: str, report: Report) -> Iterator[Any]:
    """Yield rows as long as they can be read; note it where they cannot (step 1)."""
    try:
        yield from rows
    except store.unreadable as error:
        report("unreadable", None, f"{what}: {error}")
