"""A glance at a ledger in SQLite: what completing a reference needs, at every stroke of a key.

It waits for nobody, writes nothing and makes no file; what cannot be read is not there. The recorder that the event
sourcing library asks for is `ledger.stores.sqlite.store`; loading it would take longer than all that is read here.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from ledger.stores.sqlite.schema import APPLICATION_ID

WAIT_SECONDS = 0.1
LAST = "\U0010ffff"
"""Sorts behind every text that it is put behind."""


class Glance:
    """A ledger, open to be looked at."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Read from this connection."""
        self._db = db

    def streams(self, begun: str, most: int) -> list[str]:
        """Return up to `most` streams whose name begins so, in order of name."""
        query = "SELECT stream FROM entries WHERE version = 1 AND stream >= ? AND stream < ? ORDER BY stream LIMIT ?"
        return [row[0] for row in self._db.execute(query, (begun, begun + LAST, most))]

    def streams_with(self, kind: str, part: str, most: int) -> list[str]:
        """Return up to `most` streams of a kind whose name holds this part, in whatever case (of ASCII letters)."""
        query = (
            "SELECT stream FROM entries WHERE version = 1 AND stream >= ? AND stream < ? "
            "AND instr(lower(substr(stream, ?)), lower(?)) ORDER BY stream LIMIT ?"
        )
        found = self._db.execute(query, (f"{kind}/", f"{kind}0", len(kind) + 2, part, most))
        return [row[0] for row in found]

    def named(self, begun: str, most: int) -> list[str]:
        """Return up to `most` parties that were given a name whose key begins so, in order of that key."""
        query = "SELECT stream FROM names WHERE key >= ? AND key < ? GROUP BY stream ORDER BY min(key), stream LIMIT ?"
        return [row[0] for row in self._db.execute(query, (begun, begun + LAST, most))]

    def named_with(self, part: str, most: int) -> list[str]:
        """Return up to `most` parties that were given a name whose key holds this part, in order of that key."""
        query = "SELECT stream FROM names WHERE instr(key, ?) GROUP BY stream ORDER BY min(key), stream LIMIT ?"
        return [row[0] for row in self._db.execute(query, (part, most))]

    def bearers(self, key: str) -> list[str]:
        """Return the parties that were ever given the name with this key."""
        return [row[0] for row in self._db.execute("SELECT DISTINCT stream FROM names WHERE key = ?", (key,))]

    def stream(self, stream: str) -> list[bytes]:
        """Return the entries of a stream in order."""
        query = "SELECT data FROM entries WHERE stream = ? ORDER BY version"
        return [row[0] for row in self._db.execute(query, (stream,))]


@contextmanager
def glance(url: str) -> Iterator[Glance | None]:
    """Yield the ledger at `url`, open to be looked at; None where there is none that can be read now."""
    path = _path(url)
    if path is None:
        yield None
        return
    # Where no log of pages is left behind, nobody writes: the file is read as it is, and SQLite makes none beside it.
    wal = path.with_name(path.name + "-wal")
    mode = "mode=ro" if wal.exists() and wal.stat().st_size else "mode=ro&immutable=1"
    with closing(sqlite3.connect(f"file:{quote(str(path))}?{mode}", uri=True, timeout=WAIT_SECONDS)) as db:
        (mark,) = db.execute("PRAGMA application_id").fetchone()
        yield Glance(db) if mark == APPLICATION_ID else None


def _path(url: str) -> Path | None:
    parts = urlsplit(url)
    if parts.scheme != "sqlite" or not parts.path.startswith("/"):
        return None
    path = Path(parts.path[1:]).absolute()
    return path if path.is_file() and path.stat().st_size else None
