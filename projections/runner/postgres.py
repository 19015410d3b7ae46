"""Projections in a schema of their own, in the database of the ledger.

A role may write them if it can act as the owner of the schema, or may create it. Tables of another log or version are
rebuilt in a second schema, which then replaces the first: readers meanwhile read the old tables to the end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
from psycopg import errors, sql
from sqlalchemy import Engine, create_engine, event

from ledger.application.ledger import Ledger
from ledger.stores.errors import Busy
from ledger.stores.postgres import connection as postgres_connection
from ledger.stores.postgres.connection import connect, in_words, is_lost, translated
from ledger.stores.urls import shown
from projections.runner.follow import catch_up, is_indexed, is_newer, is_of_log, tracked
from projections.runner.place import NoProjections, NotWritable, Place, Progress

SCHEMA, STAGING = "projections", "projections_beside"
MARK = "Made by engagement-ledger from the log of the ledger; it may be dropped at any time."
"""The comment that marks a schema as ours: a schema with another comment and any content is never touched."""
REBUILD_SECONDS = 1_800
"""The time to wait for another process that rebuilds the tables."""
_FOLLOWING, _REBUILDING = 0x454C5046, 0x454C5052
"""Advisory locks: only one process at a time follows the log, or rebuilds the tables."""
_TRANSIENT = ("40", "53", "55", "57", "58", "25P")
"""Prefixes of SQLSTATEs that do not mean broken tables: conflicts, full disk, not available, shutdown."""
_REFUSED = (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction)
_ACCESS = """
SELECT current_setting('transaction_read_only') = 'off' AND NOT pg_is_in_recovery() AND (
    SELECT bool_and(pg_has_role(owner, 'MEMBER') AND has_database_privilege(owner, current_database(), 'CREATE'))
    FROM (SELECT current_user::regrole::oid AS owner WHERE NOT EXISTS (
            SELECT FROM pg_namespace WHERE nspname IN (%(main)s, %(staging)s))
          UNION ALL SELECT nspowner FROM pg_namespace WHERE nspname IN (%(main)s, %(staging)s)) AS owners
  ) AND NOT EXISTS (
    SELECT FROM pg_namespace n WHERE nspname IN (%(main)s, %(staging)s)
      AND obj_description(n.oid, 'pg_namespace') IS DISTINCT FROM %(mark)s
      AND EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid)),
  (SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname IN (%(main)s, %(staging)s) ORDER BY nspname LIMIT 1),
  EXISTS (SELECT FROM pg_namespace WHERE nspname = %(main)s)
"""


class ServerPlace(Place):
    """Projections of a ledger on a PostgreSQL server."""

    database_errors = psycopg.Error

    def __init__(self, url: str) -> None:
        """Check the schema and the rights of the role. Raises NotWritable, and errors of the connection."""
        self.url = url
        self.name = f"the schema {SCHEMA}"
        self.shown = f"{shown(url)} (schema {SCHEMA})"
        with self._connection() as db:
            parameters = {"main": SCHEMA, "staging": STAGING, "mark": MARK}
            ((may_write, self.owner, self._exists),) = db.execute(_ACCESS, parameters).fetchall()
        if not may_write:
            raise NotWritable

    def exists(self) -> bool:
        """Return whether the schema existed when this place was created."""
        return bool(self._exists)

    def engine(self) -> Engine:
        """Return the engine for the tables."""
        return self._engine(SCHEMA)

    def _engine(self, schema: str) -> Engine:
        engine = create_engine(
            "postgresql+psycopg://", creator=partial(_connected, self.url), use_native_hstore=False, pool_size=2
        )
        begin = partial(_begin, schema, self.owner)
        event.listen(engine, "begin", begin)
        event.listen(engine, "handle_error", self._translate)
        return engine

    def open_at_end(self, ledger: Ledger, progress: Progress | None) -> Engine:
        """Bring the tables to the end of the log and return the engine."""
        engine = self.engine()
        try:
            position = _usable_position(ledger, engine)
            if position is None:
                self._rebuild(ledger, engine, progress)
            if position is None or position < ledger.store.head().size:
                catch_up(ledger, engine, progress)
        except BaseException:
            engine.dispose()
            raise
        return engine

    def _rebuild(self, ledger: Ledger, engine: Engine, progress: Progress | None) -> None:
        with self._rebuild_lock() as db:
            if _usable_position(ledger, engine) is not None:
                # Another process rebuilt them while this one waited for the lock.
                return
            self._create_schema(db, STAGING)
            staging = self._engine(STAGING)
            try:
                catch_up(ledger, staging, progress)
            finally:
                staging.dispose()
            with db.transaction():
                # Readers hold a lock on the tracking table: wait for them before dropping anything.
                if db.execute("SELECT to_regclass(%s)", (f"{SCHEMA}.tracking",)).fetchone() != (None,):
                    db.execute(_text("LOCK TABLE {}.tracking IN ACCESS EXCLUSIVE MODE", SCHEMA))
                db.execute(_text("DROP SCHEMA IF EXISTS {} CASCADE", SCHEMA))
                db.execute(_text("ALTER SCHEMA {} RENAME TO {}", STAGING, SCHEMA))

    def _create_schema(self, db: "psycopg.Connection[Any]", schema: str) -> None:
        with db.transaction():
            db.execute(_text("CREATE SCHEMA IF NOT EXISTS {}", schema))
            db.execute(_text("COMMENT ON SCHEMA {} IS {}", schema, sql.Literal(MARK)))

    def clear(self) -> None:
        """Drop the schemas."""
        with self._rebuild_lock() as db, db.transaction():
            for schema in (SCHEMA, STAGING):
                db.execute(_text("DROP SCHEMA IF EXISTS {} CASCADE", schema))

    @contextmanager
    def _connection(self) -> Iterator["psycopg.Connection[Any]"]:
        db = connect(self.url)
        try:
            with translated(self.url):
                yield db
        finally:
            db.close()

    @contextmanager
    def _rebuild_lock(self) -> Iterator["psycopg.Connection[Any]"]:
        """Hold the rebuild lock as the owner of the schema, on a connection of its own."""
        db = connect(self.url)
        try:
            if self.owner is not None:
                db.execute(sql.SQL("SET ROLE {}").format(sql.SQL(self.owner)))
            _limit(db, "SET", REBUILD_SECONDS)
            db.execute("SELECT pg_advisory_lock(%s)", (_REBUILDING,))
            _limit(db, "SET", postgres_connection.BUSY_SECONDS)
            yield db
        finally:
            db.close()

    def is_transient(self, error: Exception) -> bool:
        """Return whether the server could not do it now. Raises NotWritable if the role has no right to do it."""
        cause = getattr(error, "orig", error)
        if isinstance(cause, _REFUSED):
            raise NotWritable from error
        return isinstance(cause, psycopg.Error) and (is_lost(cause) or (cause.sqlstate or "").startswith(_TRANSIENT))

    def translate(self, error: Exception) -> Exception:
        """Return the error as an error of the ledger."""
        cause = getattr(error, "orig", error)
        assert isinstance(cause, psycopg.Error)
        if self.is_transient(error):
            words = in_words(self.url, cause)
            return Busy(self.shown, postgres_connection.BUSY_SECONDS) if isinstance(words, Busy) else words
        return NoProjections(self.shown, " ".join(str(cause).split("\n")[0].split()).rstrip("."))

    def _translate(self, context: Any) -> None:
        error = context.original_exception
        if self.is_database_error(error) and not isinstance(error, _REFUSED) and self.is_transient(error):
            raise self.translate(error) from error


def _text(text: str, *names: "str | sql.Literal") -> sql.Composed:
    parts = [sql.Identifier(name) if isinstance(name, str) else name for name in names]
    return sql.SQL(text).format(*parts)


def _connected(url: str) -> "psycopg.Connection[Any]":
    db = connect(url)
    db.prepare_threshold = None  # a pooler may use another server connection for each transaction
    db.autocommit = False
    return db


def _limit(db: "psycopg.Connection[Any]", statement: str, seconds: float) -> None:
    db.execute(f"{statement} lock_timeout = '{max(1, round(seconds * 1000))}ms'")


def _begin(schema: str, owner: str | None, connection: Any) -> None:
    # One round trip for all settings; they end with the transaction.
    options = connection.get_execution_options()
    write = options.get("write", False)
    first = "" if write else "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;"
    role = f"SET LOCAL ROLE {owner};" if owner is not None else ""
    last = f"SELECT pg_advisory_xact_lock({_FOLLOWING})" if write else ""
    if not write and not options.get("look", False):
        # Lock before the first snapshot: tables that replace these would be empty in an older snapshot.
        last = "LOCK TABLE tracking IN ACCESS SHARE MODE"
    limit = f"SET LOCAL lock_timeout = '{max(1, round(postgres_connection.BUSY_SECONDS * 1000))}ms';"
    driver: Any = connection.connection.driver_connection
    driver.execute(f"{first}{role}{limit}SET LOCAL search_path = {schema};{last}")


def _usable_position(ledger: Ledger, engine: Engine) -> int | None:
    """Return the position of the tables if they are of this log and version, and have their indexes; else None.

    Raises NotWritable if newer software made them: the two versions would rebuild them in turn forever.
    """
    with engine.execution_options(look=True).connect() as db:
        place = tracked(db)
        if place is None and is_newer(db):
            raise NotWritable
        return place[0] if place is not None and is_of_log(ledger, place) and is_indexed(db) else None
