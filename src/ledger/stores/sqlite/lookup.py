"""Looks references and names up in a ledger in a SQLite file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from ledger.stores.errors import BadUrl
from ledger.stores.lookup import LAST, Rows
from ledger.stores.sqlite.inspection import check_content, check_journal
from ledger.stores.sqlite.schema import APPLICATION_ID
from ledger.stores.sqlite.wal import has_wal
from ledger.stores.urls import real_path_of, uri_of

WAIT_SECONDS = 0.1
"""How long to wait for a lock."""


class SQLiteLookup:
    """Looks up in a SQLite file that is open."""

    def __init__(self, rows: Rows) -> None:
        """Run queries by `rows`."""
        self.rows = rows

    def _first(self, query: str, *values: object) -> list[Any]:
        """Return the first column."""
        return [row[0] for row in self.rows(query, *values)]

    def streams(self, prefix: str, limit: int) -> list[str]:
        """Return up to `limit` streams whose name begins with `prefix`, in order of name."""
        query = "SELECT stream FROM entries WHERE version = 1 AND stream >= ? AND stream < ? ORDER BY stream LIMIT ?"
        return self._first(query, prefix, prefix + LAST, limit)

    def streams_with(self, kind: str, part: str, limit: int) -> list[str]:
        """Return up to `limit` streams of a kind whose name contains `part`; the case of ASCII letters is ignored."""
        query = (
            "SELECT stream FROM entries WHERE version = 1 AND stream >= ? AND stream < ? "
            "AND instr(lower(substr(stream, ?)), lower(?)) ORDER BY stream LIMIT ?"
        )
        return self._first(query, f"{kind}/", f"{kind}0", len(kind) + 2, part, limit)

    def named(self, prefix: str, limit: int) -> list[str]:
        """Return up to `limit` parties that were given a name whose key begins with `prefix`, in order of that key."""
        query = "SELECT stream FROM names WHERE key >= ? AND key < ? GROUP BY stream ORDER BY min(key), stream LIMIT ?"
        return self._first(query, prefix, prefix + LAST, limit)

    def named_with(self, part: str, limit: int) -> list[str]:
        """Return up to `limit` parties that were given a name whose key contains `part`, in order of that key."""
        query = "SELECT stream FROM names WHERE instr(key, ?) GROUP BY stream ORDER BY min(key), stream LIMIT ?"
        return self._first(query, part, limit)

    def bearers(self, key: str) -> list[str]:
        """Return the parties that were ever given the name with this key."""
        return self._first("SELECT DISTINCT stream FROM names WHERE key = ?", key)

    def stream(self, stream: str) -> list[bytes]:
        """Return the entries of a stream in order."""
        return self._first("SELECT data FROM entries WHERE stream = ? ORDER BY version", stream)


@contextmanager
def opened_lookup(url: str) -> Iterator[SQLiteLookup | None]:
    """Yield a lookup in the file at `url`; None if there is no ledger. It writes nothing and creates no file."""
    path = _path(url)
    if path is None:
        yield None
        return
    # Without a write-ahead log nothing is being written: the file is read as it is, and SQLite creates none next to it.
    check_journal(path, url)
    mode = "ro" if has_wal(path) else "ro&immutable=1"
    with closing(sqlite3.connect(uri_of(path, mode), uri=True, timeout=WAIT_SECONDS)) as db:
        (mark,) = db.execute("PRAGMA application_id").fetchone()
        if mark != APPLICATION_ID or check_content(db, url) is not None:
            yield None
        else:
            yield SQLiteLookup(lambda query, *values: db.execute(query, values).fetchall())


def _path(url: str) -> Path | None:
    try:
        path = real_path_of(url).absolute()
    except BadUrl:
        return None
    return path if path.is_file() and path.stat().st_size else None
