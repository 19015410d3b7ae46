"""Connect to a ledger in PostgreSQL, run queries, and translate the server's errors. libpq reads the URL as it is."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any, LiteralString, NamedTuple
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import conninfo, errors
from psycopg.pq import TransactionStatus

from ledger.stores.errors import (
    BadUrl,
    Busy,
    ClockDiffers,
    ConnectionLost,
    Damaged,
    DiskFull,
    EntryRefused,
    NewerFormat,
    NoDatabase,
    NoLedger,
    NoServer,
    NotAdmitted,
    NotALedger,
    NotAllowed,
    NotMigrated,
    ReadOnly,
    Superuser,
)
from ledger.stores.postgres.arrays import register
from ledger.stores.postgres.schema import MIGRATIONS
from ledger.stores.urls import SERVERS, shown

BUSY_SECONDS = 30.0
"""How long to wait for the lock of another writer. One statement may take twice that."""
CONNECT_SECONDS = 10
RECONNECT_SECONDS = 60.0
"""How long to wait for a server that went away, or for the one that takes its place."""
ASLEEP_SECONDS = 20.0
"""The server ends a transaction that is idle for this long, so that a stalled writer gives up the lock in time."""
PAGE = 2000
"""How many rows one round trip fetches where a query may find many."""

RawConnection = psycopg.Connection[tuple[Any, ...]]
Cursor = psycopg.Cursor[tuple[Any, ...]]

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
  current_setting('default_transaction_read_only');
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


def checked(url: str) -> str:
    """Return the URL if libpq can read it. Raises BadUrl."""
    if urlsplit(url).scheme not in SERVERS or "\0" in url:
        raise BadUrl(shown(url))
    try:
        given = conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise BadUrl(shown(url)) from error
    # Messages of libpq print the host and the port, which may be parts of a password with a slash or an @ in it.
    if "@" in str(given.get("host", "")) or not str(given.get("port", "0")).replace(",", "").isdecimal():
        raise BadUrl(shown(url))
    return url


def database_of(url: str) -> str:
    """Return the name of the database that a URL means."""
    return unquote(urlsplit(url).path[1:]) or "of that user's name"


def connect(url: str, seconds: int = CONNECT_SECONDS) -> RawConnection:
    """Return a connection; wait `seconds` for a server that does not answer, unless the URL says how long.

    Raises NoServer, NotAdmitted, NoDatabase, BadUrl.
    """
    given = conninfo.conninfo_to_dict(checked(url))
    more: dict[str, Any] = {} if "connect_timeout" in given else {"connect_timeout": seconds}
    if "application_name" not in given:
        more["application_name"] = "ledger"
    try:
        db = psycopg.connect(url, autocommit=True, **more)
    except psycopg.Error as error:
        raise _unconnected(url, error) from error
    register(db)
    return db


def _unconnected(url: str, error: psycopg.Error) -> Exception:
    message = " ".join(str(error).split())
    causes = ("password authentication failed", "no password supplied", "no pg_hba.conf entry")
    if any(cause in message for cause in causes) or "permission denied for database" in message:
        return NotAdmitted(shown(url), _reason(message))
    if "role " in message and "does not exist" in message:
        return NotAdmitted(shown(url), _reason(message))
    if "database " in message and "does not exist" in message:
        return NoDatabase(shown(url), database_of(url))
    return NoServer(shown(url), _reason(message))


def _reason(message: str) -> str:
    # The server's own message, or the system's if no server answers; of several hosts, that of the last.
    _, fatal, reason = message.rpartition("FATAL: ")
    reason = reason if fatal else message.removeprefix("connection failed: ").partition(" Is the server running")[0]
    return reason.strip().rstrip(".")


def opened(url: str) -> tuple[RawConnection, ServerStatus]:
    """Return a connection and the status of the server that it leads to."""
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
    ((migrations, entries, standby, only_read),) = cursor.fetchall()
    if migrations is None:
        return ServerStatus(None if entries is None else 0, writable=False, standby=standby)
    ((version, may_write),) = db.execute(_STATUS).fetchall()
    return ServerStatus(version, writable=may_write and not standby and only_read == "off", standby=standby)


def check_login(db: RawConnection, url: str) -> None:
    """Set the path of a connection; raise Superuser if its owner could make the ledger run anything as a superuser."""
    cursor = db.execute(_SAFE)
    cursor.nextset()
    ((owner,),) = cursor.fetchall()
    if owner is not None:
        raise Superuser(shown(url), owner)


def opened_ledger(url: str) -> tuple[RawConnection, bool]:
    """Return a connection to the ledger at `url`, and whether it may write.

    Raises NoServer, NotAdmitted, NoDatabase, NoLedger, NotALedger, NotAllowed, NewerFormat, NotMigrated.
    """
    db, status = opened(url)
    try:
        check_version(url, status.version)
    except BaseException:
        db.close()
        raise
    return db, status.writable


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


def reopened(url: str, *, writing: bool) -> RawConnection:
    """Return a connection to replace one that was lost; with `writing`, one that may write.

    It retries for RECONNECT_SECONDS, in which a server can restart or a standby can take its place. Raises what the
    last attempt raised.
    """
    end, pause = time.monotonic() + RECONNECT_SECONDS, 0.02
    while True:
        try:
            db, status = opened(url)
            if status.version is not None and (status.writable or not writing):
                return db
            db.close()
            failure: Exception = ReadOnly(shown(url))
        except (NoServer, ConnectionLost, Busy) as error:
            failure = error
        if time.monotonic() > end:
            raise failure
        time.sleep(pause)
        pause = min(2 * pause, 0.5)


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Raise a LedgerError in place of any psycopg.Error within the `with` block."""
    try:
        yield
    except psycopg.Error as error:
        raise in_words(url, error) from error


def in_words(url: str, error: psycopg.Error) -> Exception:
    """Return the LedgerError that corresponds to an error of PostgreSQL."""
    place, message = shown(url), " ".join(str(error).split("\n")[0].split()).rstrip(".")
    translation: Exception = Damaged(place, message)
    if error.sqlstate == "LG003":
        return ClockDiffers(place, *(error.diag.message_detail or "? ?").split(" ", 1))
    if error.sqlstate == "LG004":
        return EntryRefused(place, message)
    match error:
        case errors.LockNotAvailable() | errors.DeadlockDetected() | errors.SerializationFailure():
            translation = Busy(place, BUSY_SECONDS)
        case errors.QueryCanceled():
            translation = Busy(place, BUSY_SECONDS * 2)
        case errors.DiskFull():
            translation = DiskFull(place)
        case errors.ReadOnlySqlTransaction():
            translation = ReadOnly(place)
        case errors.InsufficientPrivilege():
            translation = NotAllowed(place, message)
        case errors.OutOfMemory() | errors.TooManyConnections():
            translation = NoServer(place, message)
        case psycopg.OperationalError() if is_lost(error):
            translation = ConnectionLost(place)
    return translation


def is_lost(error: psycopg.Error) -> bool:
    """Return whether an error means that the connection is gone."""
    state = error.sqlstate
    ends = ("57P01", "57P02", "57P03", "57P05", "25P03")
    return isinstance(error, psycopg.OperationalError) and (state is None or state in ends or state.startswith("08"))


class Connection:
    """A connection to one ledger. It reconnects by itself where no transaction is lost by that."""

    def __init__(self, url: str) -> None:
        """Connect. Raises what `opened_ledger` raises."""
        self.url = url
        self.db, self.writable = opened_ledger(url)
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
            if self.in_transaction or self.is_reserved or not is_lost(error):
                raise in_words(self.url, error) from error
        self.db.close()
        self.on_reconnect()
        self.db = reopened(self.url, writing=False)
        with translated(self.url):
            return self.execute(query, *values)

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
