"""Two numbers for each of many texts in little memory: beyond so many, they stand in a temporary file."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

MOST = 100_000
"""How many stand in memory: about 30 MB of them."""

Pair = tuple[int, int]
"""Two numbers below 2**63."""

_TABLE = "CREATE TABLE pairs (text BLOB PRIMARY KEY, one INTEGER NOT NULL, other INTEGER NOT NULL) WITHOUT ROWID"


class Pairs:
    """A mapping from texts to pairs of numbers.

    Its methods raise OSError (ENOSPC) where there is no room for the file: what is in it cannot be read then, either.
    """

    def __init__(self, most: int = MOST) -> None:
        """Begin with none; at most `most` of them stand in memory."""
        self._most = most
        self._near: dict[str, Pair] = {}
        self._far: sqlite3.Connection | None = None

    def get(self, text: str) -> Pair | None:
        """Return what is kept of a text, or None."""
        found = self._near.get(text)
        if found is None and self._far is not None:
            query = "SELECT one, other FROM pairs WHERE text = ?"
            with _told():
                found = self._far.execute(query, (text.encode(),)).fetchone()
        return found

    def put(self, text: str, pair: Pair) -> None:
        """Keep a pair for a text, in place of the one that is kept."""
        self._near[text] = pair
        if len(self._near) > self._most:
            self._move()

    def _move(self) -> None:
        with _told():
            self._write()

    def _write(self) -> None:
        if self._far is None:
            # Without a name, it is a temporary file that goes with the connection; nothing in it has to last.
            self._far = sqlite3.connect("", isolation_level=None)
            self._far.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN; {_TABLE}")
        told = sorted((text.encode(), *pair) for text, pair in self._near.items())
        self._far.executemany("INSERT OR REPLACE INTO pairs VALUES (?, ?, ?)", told)
        self._near.clear()

    def pop(self, text: str) -> Pair | None:
        """Return what is kept of a text, and keep it no more."""
        found = self.get(text)
        self._near.pop(text, None)
        if found is not None and self._far is not None:
            with _told():
                self._far.execute("DELETE FROM pairs WHERE text = ?", (text.encode(),))
        return found

    def pairs(self) -> Iterator[Pair]:
        """Yield what is kept, in order of the numbers."""
        if self._far is None:
            yield from sorted(self._near.values())
            return
        self._move()
        with _told():
            yield from self._far.execute("SELECT one, other FROM pairs ORDER BY one, other")


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(errno.ENOSPC, f"no room for a temporary file ({error})") from error
