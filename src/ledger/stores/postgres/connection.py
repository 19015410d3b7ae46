"""Connect to a ledger in PostgreSQL, run queries, and translate the server's errors. libpq reads the URL as it is."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import count
from typing import Any, LiteralString, NamedTuple

import psycopg
from psycopg.pq import TransactionStatus

from ledger.stores.errors import (
    Busy,
    ConnectionLost,
    NewerFormat,
    NoLedger,
    NoServer,
    NotALedger,
    NotMigrated,
    ReadOnly,
    Superuser,
)
from ledger.stores.postgres.driver import Cursor, RawConnection, ServerClock, connect, has_several_hosts, wait_of
from ledger.stores.postgres.faults import in_words, is_lost, is_unprepared
from ledger.stores.postgres.schema import MIGRATIONS
from ledger.stores.urls import shown

BUSY_SECONDS = 30.0
"""How long to wait for the lock of another writer. One statement may take twice that."""
RECONNECT_SECONDS = 60.0
"""How long to wait for a server that went away, or for the one that takes its place; `ledger_wait` in the URL."""
ANSWER_SECONDS = 15.0
"""How much longer than a statement may take the client waits for its answer: then nobody answers any more."""
ASLEEP_SECONDS = 20.0
"""The server ends a transaction that is idle for this long, so that a stalled writer gives up the lock in time."""
PAGE = 2000
"""How many rows one round trip fetches where a query may find many."""


# Names are then found in the catalogue only, not in a schema where others may create functions and operators. The owner
# of the ledger is selected where the login is a superuser and the owner is none.
_SAFE: LiteralString = """
SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', false);
SELECT (SELECT o.rolname FROM pg_namespace n JOIN pg_roles o ON o.oid = n.nspowner, pg_roles s
  WHERE n.nspname = 'ledger' AND NOT o.rolsuper AND s.rolsuper AND s.rolname = session_user)
"""
_BEGIN = """
SELECT set_config('lock_timeout', '{busy}', false) WHERE current_setting('lock_timeout') = '0';
SELECT set_config('statement_timeout', '{slow}', false) WHERE current_setting('statement_timeout') = '0';
SELECT set_config('idle_in_transaction_session_timeout', '{asleep}', false)
  WHERE current_setting('idle_in_transaction_session_timeout') = '0';
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local');
SELECT to_regclass('ledger.migrations'), to_regclass('ledger.entries'), pg_is_in_recovery(),
  current_setting('default_transaction_read_only'), extract(epoch FROM clock_timestamp())::float8,
  extract(epoch FROM current_setting('statement_timeout')::interval)::float8;
"""
_STATUS = """
SELECT (SELECT max(version) FROM ledger.migrations),
  has_function_privilege('ledger.hold()', 'EXECUTE') AND has_schema_privilege('ledger', 'USAGE')
"""


class ServerStatus(NamedTuple):
    """The version of the schema (None if there is none), whether this user may write, whether it is a standby."""

    version: int | None
    writable: bool
    standby: bool
    clock: ServerClock


def opened(url: str) -> tuple[RawConnection, ServerStatus]:
    """Return a connection and the status of the server that it leads to.

    It waits for a server that is starting, and where the URL names several of them: one may be taking the place of
    another. Raises what the last attempt raised.
    """

    def patience(failure: Exception) -> float:
        is_awaited = wait_of(url) is not None or getattr(failure, "is_starting", False) or has_several_hosts(url)
        return _wait_seconds(url) if is_awaited and not isinstance(failure, Busy) else 0.0

    return _awaited(url, patience, lambda _: True)


def _wait_seconds(url: str) -> float:
    wait = wait_of(url)
    return RECONNECT_SECONDS if wait is None else float(wait)


def _awaited(
    url: str, patience: Callable[[Exception], float], accepts: Callable[[ServerStatus], bool]
) -> tuple[RawConnection, ServerStatus]:
    begun, pause = time.monotonic(), 0.02
    while True:
        try:
            db, status = _opened(url)
            if accepts(status):
                return db, status
            db.close()
            failure: Exception = ReadOnly(shown(url))
        except (NoServer, ConnectionLost, Busy) as error:
            failure = error
        if time.monotonic() - begun >= patience(failure):
            raise failure
        time.sleep(pause)
        pause = min(2 * pause, 0.5)


def _opened(url: str) -> tuple[RawConnection, ServerStatus]:
    db = connect(url)
    try:
        with translated(url):
            return db, read_status(db, url)
    except BaseException:
        db.close()
        raise


def read_status(db: RawConnection, url: str) -> ServerStatus:
    """Set the path and the time limits of a connection and return the status of its server.

    Raises Superuser before any table of the ledger is read, and psycopg.Error.
    """
    check_login(db, url)
    busy = f"{max(1, round(BUSY_SECONDS * 1000))}ms"
    slow, asleep = f"{round(BUSY_SECONDS * 2000)}ms", f"{round(ASLEEP_SECONDS * 1000)}ms"
    cursor = db.execute(_BEGIN.format(busy=busy, slow=slow, asleep=asleep))
    while cursor.nextset():
        pass
    ((migrations, entries, standby, only_read, seconds, limit),) = cursor.fetchall()
    clock = ServerClock(seconds)
    db.answer_seconds = limit + ANSWER_SECONDS
    if migrations is None:
        return ServerStatus(None if entries is None else 0, writable=False, standby=standby, clock=clock)
    ((version, may_write),) = db.execute(_STATUS).fetchall()
    return ServerStatus(version, may_write and not standby and only_read == "off", standby, clock)


def check_login(db: RawConnection, url: str) -> None:
    """Set the path of a connection; raise Superuser if its owner could make the ledger run anything as a superuser."""
    cursor = db.execute(_SAFE)
    cursor.nextset()
    ((owner,),) = cursor.fetchall()
    if owner is not None:
        raise Superuser(shown(url), owner)


def opened_ledger(url: str) -> tuple[RawConnection, ServerStatus]:
    """Return a connection to the ledger at `url`, and the status of its server.

    Raises NoServer, NotAdmitted, NoDatabase, NoLedger, NotALedger, NotAllowed, NewerFormat, NotMigrated.
    """
    db, status = opened(url)
    try:
        check_version(url, status.version)
    except BaseException:
        db.close()
        raise
    return db, status


def check_version(url: str, version: int | None) -> None:
    """Raise NoLedger, NotALedger, NewerFormat or NotMigrated unless the schema has the version of this software."""
    if version is None:
        raise NoLedger(shown(url))
    if version < 1:
        raise NotALedger(shown(url), "its schema 'ledger' is that of something else")
    if version > len(MIGRATIONS):
        raise NewerFormat(shown(url), version, len(MIGRATIONS))
    if version < len(MIGRATIONS):
        raise NotMigrated(shown(url), version, len(MIGRATIONS))


def reopened(url: str, *, writing: bool) -> tuple[RawConnection, ServerStatus]:
    """Return a connection to replace one that was lost, and the status; with `writing`, one that may write.

    It retries for RECONNECT_SECONDS, in which a server can restart or a standby can take its place. Raises what the
    last attempt raised.
    """
    return _awaited(
        url,
        lambda _: _wait_seconds(url),
        lambda status: status.version is not None and (status.writable or not writing),
    )


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Raise a LedgerError in place of any psycopg.Error within the `with` block."""
    try:
        yield
    except psycopg.Error as error:
        raise in_words(url, error) from error


class Connection:
    """A connection to one ledger. It reconnects by itself where no transaction is lost by that."""

    def __init__(self, url: str) -> None:
        """Connect. Raises what `opened_ledger` raises."""
        self.url = url
        self.db, status = opened_ledger(url)
        self.writable = status.writable
        self.clock = status.clock
        self.in_transaction = False
        """Whether the server has a transaction open for it."""
        self.is_reserved = False
        """Whether an optimistic transaction has read through it: another server may not have what was read."""
        self.on_reconnect: Callable[[], None] = _nothing
        """Called before it reconnects; another server may have taken the place of the one that was lost."""
        self._cursor: Cursor | None = None
        self._cursors = count()

    def close(self) -> None:
        """Close the connection."""
        self.db.close()

    def run(self, query: str, *values: object) -> Cursor:
        """Run a query; reconnect and run it again if the connection was lost outside a transaction."""
        try:
            return self.execute(query, *values)
        except psycopg.Error as error:
            if self.in_transaction or self.is_reserved or not (is_lost(error) or is_unprepared(error)):
                raise in_words(self.url, error) from error
            if is_lost(error):
                self.reconnect()
        with translated(self.url):
            return self.execute(query, *values)

    def reconnect(self, *, writing: bool = False) -> None:
        """Replace a connection that was lost; with `writing`, by one that may write. Raises what `reopened` raises."""
        self.db.close()
        self.on_reconnect()
        self.db, status = reopened(self.url, writing=writing)
        self.clock = status.clock

    def now(self) -> datetime:
        """Return the present time of the server."""
        if self.clock.is_old:
            ((seconds,),) = self.all("SELECT extract(epoch FROM clock_timestamp())::float8")
            self.clock = ServerClock(seconds)
        return self.clock.now()

    def execute(self, query: str, *values: object) -> Cursor:
        """Run a query once. Raises psycopg.Error."""
        # One cursor for all queries: creating one per query took a third of the time that this side spends on it.
        if self._cursor is None or self._cursor.connection is not self.db:
            self._cursor = self.db.cursor(binary=True)
        return self._cursor.execute(query, values)

    def all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return all rows that a query finds."""
        if any(isinstance(value, str) and "\0" in value for value in values):
            return []  # PostgreSQL stores no text with a zero byte
        return self.run(query, *values).fetchall()

    def one(self, query: str, *values: object) -> Any:
        """Return the first value of the first row that a query finds, or None."""
        rows = self.all(query, *values)
        return rows[0][0] if rows else None

    def each(self, query: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows that a query finds; within a transaction a page at a time."""
        if not self.in_transaction:
            yield from self.all(query)
            return
        with translated(self.url), self.db.cursor(f"each_{next(self._cursors)}") as cursor:
            cursor.itersize = PAGE
            yield from cursor.execute(query, binary=True)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read from one snapshot of the database within the `with` block."""
        self.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        self.in_transaction = True
        try:
            yield
        finally:
            self.in_transaction = False
            if not self.db.closed:
                with translated(self.url):
                    self.db.execute("ROLLBACK")

    def roll_back(self) -> None:
        """Roll back the open transaction, if there is one."""
        self.in_transaction = False
        if not self.db.closed and self.db.info.transaction_status != TransactionStatus.IDLE:
            with suppress(psycopg.Error):
                self.db.execute("ROLLBACK")


def _nothing() -> None:
    """Do nothing."""
