"""Connections to a ledger in PostgreSQL, in the ledger's words; the URL goes to libpq as it is."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import conninfo, errors

from ledger.stores.errors import (
    BadUrl,
    Busy,
    ConnectionLost,
    Damaged,
    DiskFull,
    NewerFormat,
    NoDatabase,
    NoLedger,
    NoServer,
    NotAdmitted,
    NotALedger,
    NotAllowed,
    NotMigrated,
    ReadOnly,
)
from ledger.stores.postgres.arrays import register
from ledger.stores.postgres.schema import MIGRATIONS
from ledger.stores.urls import SERVERS, shown

BUSY_SECONDS = 30.0
"""How long another writer is waited for, and how long one statement may take before it is given up: twice that."""
CONNECT_SECONDS = 10
RECONNECT_SECONDS = 60.0
"""How long a server that went away is waited for, or the one that takes its place."""
ASLEEP_SECONDS = 20.0
"""A writer that says nothing for so long loses the lock, before others give up: it stands still, or is gone."""

Connection = psycopg.Connection[tuple[Any, ...]]

_BEGIN = """
SELECT set_config('lock_timeout', '{busy}', false) WHERE current_setting('lock_timeout') = '0';
SELECT set_config('statement_timeout', '{slow}', false) WHERE current_setting('statement_timeout') = '0';
SELECT set_config('idle_in_transaction_session_timeout', '{asleep}', false)
  WHERE current_setting('idle_in_transaction_session_timeout') = '0';
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local');
SELECT to_regclass('ledger.migrations'), to_regclass('ledger.entries'), pg_is_in_recovery(),
  current_setting('default_transaction_read_only');
"""
_STANDING = """
SELECT (SELECT max(version) FROM ledger.migrations),
  has_function_privilege('ledger.hold()', 'EXECUTE') AND has_schema_privilege('ledger', 'USAGE')
"""


class Standing(NamedTuple):
    """What is at the other end of a connection: the version of its schema (None if there is none), who may write."""

    version: int | None
    writable: bool
    standby: bool


def checked(url: str) -> str:
    """Return the URL if libpq can read it. Raises BadUrl."""
    if urlsplit(url).scheme not in SERVERS or "\0" in url:
        raise BadUrl(shown(url))
    try:
        conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise BadUrl(shown(url)) from error
    return url


def database_of(url: str) -> str:
    """Return the name of the database that a URL means."""
    return unquote(urlsplit(url).path[1:]) or "of that user's name"


def connect(url: str) -> Connection:
    """Return a connection, set up. Raises NoServer, NotAdmitted, NoDatabase, BadUrl."""
    given = conninfo.conninfo_to_dict(checked(url))
    more: dict[str, Any] = {} if "connect_timeout" in given else {"connect_timeout": CONNECT_SECONDS}
    if "application_name" not in given:
        more["application_name"] = "ledger"
    try:
        db = psycopg.connect(url, autocommit=True, **more)
    except psycopg.Error as error:
        raise _unconnected(url, error) from error
    register(db)
    return db


def _unconnected(url: str, error: psycopg.Error) -> Exception:
    said = " ".join(str(error).split())
    if any(one in said for one in ("password authentication failed", "no password supplied", "no pg_hba.conf entry")):
        return NotAdmitted(shown(url), _told(said))
    if "role " in said and "does not exist" in said:
        return NotAdmitted(shown(url), _told(said))
    if "permission denied for database" in said:
        return NotAdmitted(shown(url), _told(said))
    if "database " in said and "does not exist" in said:
        return NoDatabase(shown(url), database_of(url))
    return NoServer(shown(url), _told(said))


def _told(said: str) -> str:
    # What the server says, or of one that does not answer what the system says; of several hosts the last.
    _, fatal, told = said.rpartition("FATAL: ")
    told = told if fatal else said.removeprefix("connection failed: ").partition(" Is the server running")[0]
    return told.strip().rstrip(".")


def opened(url: str) -> tuple[Connection, Standing]:
    """Return a connection, and what is at its other end."""
    db = connect(url)
    try:
        with translated(url):
            return db, standing(db)
    except BaseException:
        db.close()
        raise


def standing(db: Connection) -> Standing:
    """Set the limits of a connection, and look at what is there. Raises psycopg.Error."""
    busy = f"{max(1, round(BUSY_SECONDS * 1000))}ms"
    asked = _BEGIN.format(busy=busy, slow=f"{round(BUSY_SECONDS * 2000)}ms", asleep=f"{round(ASLEEP_SECONDS * 1000)}ms")
    cursor = db.execute(asked)
    while cursor.nextset():
        pass
    ((migrations, entries, standby, only_read),) = cursor.fetchall()
    if migrations is None:
        return Standing(None if entries is None else 0, writable=False, standby=standby)
    ((version, may),) = db.execute(_STANDING).fetchall()
    return Standing(version, writable=may and not standby and only_read == "off", standby=standby)


def opened_ledger(url: str) -> tuple[Connection, bool]:
    """Return a connection to the ledger at `url`, and whether it may write.

    Raises NoServer, NotAdmitted, NoDatabase, NoLedger, NotALedger, NotAllowed, NewerFormat, NotMigrated.
    """
    db, found = opened(url)
    try:
        check_version(url, found.version)
    except BaseException:
        db.close()
        raise
    return db, found.writable


def check_version(url: str, version: int | None) -> None:
    """Raise NoLedger, NotALedger, NewerFormat or NotMigrated unless this software knows the version of a schema."""
    if version is None:
        raise NoLedger(shown(url))
    if version < 1:
        raise NotALedger(shown(url), "its schema 'ledger' is that of something else")
    if version > len(MIGRATIONS):
        raise NewerFormat(shown(url), version, len(MIGRATIONS))
    if version < len(MIGRATIONS):
        raise NotMigrated(shown(url), version, len(MIGRATIONS))


def reopened(url: str, *, writing: bool) -> Connection:
    """Return a connection in place of one that was lost; one that may write if `writing`. Raises NoServer, and more.

    It tries until RECONNECT_SECONDS are over: a server starts again, or a standby takes its place.
    """
    end, pause = time.monotonic() + RECONNECT_SECONDS, 0.02
    while True:
        try:
            db, found = opened(url)
            if found.version is not None and (found.writable or not writing):
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
    """Say in the ledger's words what PostgreSQL reports."""
    try:
        yield
    except psycopg.Error as error:
        raise in_words(url, error) from error


def in_words(url: str, error: psycopg.Error) -> Exception:
    """Return what PostgreSQL reports in the ledger's words."""
    place, said = shown(url), " ".join(str(error).split("\n")[0].split()).rstrip(".")
    found: Exception = Damaged(place, said)
    match error:
        case errors.LockNotAvailable() | errors.DeadlockDetected() | errors.SerializationFailure():
            found = Busy(place, BUSY_SECONDS)
        case errors.QueryCanceled():
            found = Busy(place, BUSY_SECONDS * 2)
        case errors.DiskFull():
            found = DiskFull(place)
        case errors.ReadOnlySqlTransaction():
            found = ReadOnly(place)
        case errors.InsufficientPrivilege():
            found = NotAllowed(place, said)
        case errors.OutOfMemory() | errors.TooManyConnections():
            found = NoServer(place, said)
        case psycopg.OperationalError() if is_lost(error):
            found = ConnectionLost(place)
    return found


def is_lost(error: psycopg.Error) -> bool:
    """Return whether an error says that the connection is gone: no answer, or one that ends it."""
    state = error.sqlstate
    ends = ("57P01", "57P02", "57P03", "57P05", "25P03")
    return isinstance(error, psycopg.OperationalError) and (state is None or state in ends or state.startswith("08"))
