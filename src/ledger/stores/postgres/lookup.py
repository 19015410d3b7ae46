"""Looks references and names up in a ledger on a PostgreSQL server."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ledger.stores.lookup import LAST, Rows
from ledger.stores.postgres.connection import check_login
from ledger.stores.postgres.driver import connect

CONNECT_SECONDS = 2
"""How long to wait for a server: the shortest time that every libpq accepts."""
STATEMENT_SECONDS = 1
"""How long one query may take."""


class PostgresLookup:
    """Looks up through a connection that is open."""

    def __init__(self, rows: Rows) -> None:
        """Run queries by `rows`."""
        self.rows = rows

    def _first(self, query: str, *values: object) -> list[Any]:
        """Return the first column."""
        return [row[0] for row in self.rows(query, *values)]

    def streams(self, prefix: str, limit: int) -> list[str]:
        """Return up to `limit` streams whose name begins with `prefix`, in order of name."""
        query = (
            "SELECT stream FROM ledger.entries WHERE version = 1 AND stream >= %s AND stream < %s "
            "ORDER BY stream LIMIT %s"
        )
        return self._first(query, prefix, prefix + LAST, limit)

    def streams_with(self, kind: str, part: str, limit: int) -> list[str]:
        """Return up to `limit` streams of a kind whose name contains `part`; the case of ASCII letters is ignored."""
        query = (
            "SELECT stream FROM ledger.entries WHERE version = 1 AND stream >= %s AND stream < %s "
            """AND strpos(lower(substr(stream, %s)), lower(%s::text COLLATE "C")) > 0 ORDER BY stream LIMIT %s"""
        )
        return self._first(query, f"{kind}/", f"{kind}0", len(kind) + 2, part, limit)

    def named(self, prefix: str, limit: int) -> list[str]:
        """Return up to `limit` parties that were given a name whose key begins with `prefix`, in order of that key."""
        # The index has the first 200 characters of a key.
        query = (
            "SELECT stream FROM ledger.names WHERE substr(key, 1, 200) >= substr(%s::text, 1, 200) "
            "AND substr(key, 1, 200) <= substr(%s::text, 1, 200) AND key >= %s AND key < %s "
            "GROUP BY stream ORDER BY min(key), stream LIMIT %s"
        )
        return self._first(query, prefix, prefix + LAST, prefix, prefix + LAST, limit)

    def named_with(self, part: str, limit: int) -> list[str]:
        """Return up to `limit` parties that were given a name whose key contains `part`, in order of that key."""
        query = (
            "SELECT stream FROM ledger.names WHERE strpos(key, %s) > 0 "
            "GROUP BY stream ORDER BY min(key), stream LIMIT %s"
        )
        return self._first(query, part, limit)

    def bearers(self, key: str) -> list[str]:
        """Return the parties that were ever given the name with this key."""
        query = (
            "SELECT DISTINCT stream FROM ledger.names WHERE substr(key, 1, 200) = substr(%s::text, 1, 200) AND key = %s"
        )
        return self._first(query, key, key)

    def stream(self, stream: str) -> list[bytes]:
        """Return the entries of a stream in order."""
        return self._first("SELECT data FROM ledger.entries WHERE stream = %s ORDER BY version", stream)


@contextmanager
def opened_lookup(url: str) -> Iterator[PostgresLookup]:
    """Yield a lookup on the server at `url`. Raises what `connect` raises, Superuser, psycopg.Error."""
    with connect(url, CONNECT_SECONDS) as db:
        db.answer_seconds = CONNECT_SECONDS
        check_login(db, url)
        db.execute(f"SET statement_timeout = '{STATEMENT_SECONDS}s'; SET default_transaction_read_only = on")
        cursor = db.cursor(binary=True)
        yield PostgresLookup(lambda query, *values: cursor.execute(query, values).fetchall())
