"""Lists that are read as they are shown: some engagements at a time, or sorted aside in a file."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from itertools import islice
from typing import IO, Any, TypeVar

from projections.queries.bitemporal import Queries

Plain = dict[str, Any]
Item = TypeVar("Item")
AT_ONCE = 2_000
"""The number of items that are sorted in memory."""
BLOCK = 50
"""The number of items that are read back together, of each of the sorted parts."""


class InOrder(ABC):
    """A list in order of reference, which can begin with any."""

    @abstractmethod
    def __call__(self, queries: Queries, start: str = "") -> Iterator[Plain]:
        """Yield the rows from those of the reference `start` on."""


class ByEngagement(InOrder):
    """A list whose rows are in order of engagement, made from a function that returns those of limited queries."""

    def __init__(self, rows: Callable[[Queries], Iterable[Plain]]) -> None:
        """Take the function."""
        self._rows = rows
        self.__doc__ = rows.__doc__

    def __call__(self, queries: Queries, start: str = "") -> Iterator[Plain]:
        """Yield the rows from those of the engagement `start` on."""
        for some in queries.by_engagement(start):
            yield from self._rows(some)


def sorted_aside(items: Iterable[Item], key: Callable[[Item], Any]) -> Iterator[Item]:
    """Yield items in order, equal ones in the order in which they came; only few are in memory at a time."""
    left = iter(items)
    part = sorted(islice(left, AT_ONCE), key=key)
    if len(part) < AT_ONCE:
        yield from part
        return
    from tempfile import TemporaryFile  # noqa: PLC0415 - few lists are so long

    with TemporaryFile() as file:
        parts: list[list[int]] = []
        while part:
            parts.append([_write(file, part[first : first + BLOCK]) for first in range(0, len(part), BLOCK)])
            part = sorted(islice(left, AT_ONCE), key=key)
        yield from merge(*(_read(file, places) for places in parts), key=key)


def _write(file: IO[bytes], items: list[Item]) -> int:
    import pickle  # noqa: PLC0415 - the same

    place = file.tell()
    pickle.dump(items, file, pickle.HIGHEST_PROTOCOL)
    return place


def _read(file: IO[bytes], places: list[int]) -> Iterator[Any]:
    import pickle  # noqa: PLC0415 - the same

    for place in places:
        file.seek(place)
        yield from pickle.load(file)  # noqa: S301 - this process wrote it, to a file without a name
