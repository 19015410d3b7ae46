"""Projections in a schema of their own, in the database that the ledger is in.

Who may write there is whoever may act as the owner of the schema, or make it. Tables of another log or version are made
anew in a schema beside, which then takes the place of the old one: who reads meanwhile reads the old tables to the end.
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
from projections.runner.follow import catch_up, fits, is_indexed, is_newer, tracked
from projections.runner.place import NoProjections, NoRight, Place, Progress

SCHEMA, BESIDE = "projections", "projections_beside"
MARK = "Made by engagement-ledger from the log of the ledger; it may be dropped at any time."
"""The comment on a schema of ours: one with anything in it that has another comment is never touched."""
REBUILD_SECONDS = 1_800
"""How long another process that makes the tables anew is waited for."""
_FOLLOWING, _REBUILDING = 0x454C5046, 0x454C5052
"""Locks: of two that follow, or make the tables anew, the other waits."""
_PASSING = ("40", "53", "55", "57", "58", "25P")
"""How SQLSTATEs begin that say nothing of the tables: others were first, no room, not now, not any more."""
_REFUSED = (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction)
_STANDING = """
SELECT current_setting('transaction_read_only') = 'off' AND NOT pg_is_in_recovery() AND (
    SELECT bool_and(pg_has_role(owner, 'MEMBER') AND has_database_privilege(owner, current_database(), 'CREATE'))
    FROM (SELECT current_user::regrole::oid AS owner WHERE NOT EXISTS (
            SELECT FROM pg_namespace WHERE nspname IN (%(main)s, %(beside)s))
          UNION ALL SELECT nspowner FROM pg_namespace WHERE nspname IN (%(main)s, %(beside)s)) AS owners
  ) AND NOT EXISTS (
    SELECT FROM pg_namespace n WHERE nspname IN (%(main)s, %(beside)s)
      AND obj_description(n.oid, 'pg_namespace') IS DISTINCT FROM %(mark)s
      AND EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid)),
  (SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname IN (%(main)s, %(beside)s) ORDER BY nspname LIMIT 1),
  EXISTS (SELECT FROM pg_namespace WHERE nspname = %(main)s)
"""


class ServerPlace(Place):
    """Projections beside a ledger on a PostgreSQL server."""

    reported = psycopg.Error

    def __init__(self, url: str) -> None:
        """Look at what is there, and who we are. Raises NoRight, and what connecting raises."""
        self.url = url
        self.name = f"the schema {SCHEMA}"
        self.shown = f"{shown(url)} (schema {SCHEMA})"
        with self._apart() as db:
            asked = {"main": SCHEMA, "beside": BESIDE, "mark": MARK}
            ((may, self.owner, self._exists),) = db.execute(_STANDING, asked).fetchall()
        if not may:
            raise NoRight

    def exists(self) -> bool:
        """Return whether the schema was there when we came."""
        return bool(self._exists)

    def engine(self) -> Engine:
        """Return the engine for the tables."""
        return self._engine(SCHEMA)

    def _engine(self, schema: str) -> Engine:
        engine = create_engine(
            "postgresql+psycopg://", creator=partial(_connected, self.url), use_native_hstore=False, pool_size=2
        )
        begun = partial(_begin, schema, self.owner)
        event.listen(engine, "begin", begun)
        event.listen(engine, "handle_error", self._translate)
        return engine

    def caught_up(self, ledger: Ledger, progress: Progress | None) -> Engine:
        """Return the engine, at the end of the log."""
        engine = self.engine()
        try:
            at = _standing_at(ledger, engine)
            if at is None:
                self._rebuild(ledger, engine, progress)
            if at is None or at < ledger.store.head().size:
                catch_up(ledger, engine, progress)
        except BaseException:
            engine.dispose()
            raise
        return engine

    def _rebuild(self, ledger: Ledger, engine: Engine, progress: Progress | None) -> None:
        with self._alone() as db:
            if _standing_at(ledger, engine) is not None:
                # Another process made them while we waited for it.
                return
            self._make(db, BESIDE)
            apart = self._engine(BESIDE)
            try:
                catch_up(ledger, apart, progress)
            finally:
                apart.dispose()
            with db.transaction():
                # Readers hold the table of the position: they are waited for before anything goes.
                if db.execute("SELECT to_regclass(%s)", (f"{SCHEMA}.tracking",)).fetchone() != (None,):
                    db.execute(_text("LOCK TABLE {}.tracking IN ACCESS EXCLUSIVE MODE", SCHEMA))
                db.execute(_text("DROP SCHEMA IF EXISTS {} CASCADE", SCHEMA))
                db.execute(_text("ALTER SCHEMA {} RENAME TO {}", BESIDE, SCHEMA))

    def _make(self, db: "psycopg.Connection[Any]", schema: str) -> None:
        with db.transaction():
            db.execute(_text("CREATE SCHEMA IF NOT EXISTS {}", schema))
            db.execute(_text("COMMENT ON SCHEMA {} IS {}", schema, sql.Literal(MARK)))

    def clear(self) -> None:
        """Drop the schemas."""
        with self._alone() as db, db.transaction():
            for schema in (SCHEMA, BESIDE):
                db.execute(_text("DROP SCHEMA IF EXISTS {} CASCADE", schema))

    @contextmanager
    def _apart(self) -> Iterator["psycopg.Connection[Any]"]:
        db = connect(self.url)
        try:
            with translated(self.url):
                yield db
        finally:
            db.close()

    @contextmanager
    def _alone(self) -> Iterator["psycopg.Connection[Any]"]:
        """Hold the lock of those that make tables anew, as the owner of the schema, on a connection of its own."""
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

    def is_passing(self, error: Exception) -> bool:
        """Return whether the server could not do it now. Raises NoRight where it may not be done by us."""
        found = getattr(error, "orig", error)
        if isinstance(found, _REFUSED):
            raise NoRight from error
        return isinstance(found, psycopg.Error) and (is_lost(found) or (found.sqlstate or "").startswith(_PASSING))

    def told(self, error: Exception) -> Exception:
        """Return the error in the ledger's words."""
        found = getattr(error, "orig", error)
        assert isinstance(found, psycopg.Error)
        if self.is_passing(error):
            words = in_words(self.url, found)
            return Busy(self.shown, postgres_connection.BUSY_SECONDS) if isinstance(words, Busy) else words
        return NoProjections(self.shown, " ".join(str(found).split("\n")[0].split()).rstrip("."))

    def _translate(self, context: Any) -> None:
        error = context.original_exception
        if self.reports(error) and not isinstance(error, _REFUSED) and self.is_passing(error):
            raise self.told(error) from error


def _text(text: str, *names: "str | sql.Literal") -> sql.Composed:
    told = [sql.Identifier(name) if isinstance(name, str) else name for name in names]
    return sql.SQL(text).format(*told)


def _connected(url: str) -> "psycopg.Connection[Any]":
    db = connect(url)
    db.prepare_threshold = None  # a pooler may give each transaction another connection of the server
    db.autocommit = False
    return db


def _limit(db: "psycopg.Connection[Any]", how: str, seconds: float) -> None:
    db.execute(f"{how} lock_timeout = '{max(1, round(seconds * 1000))}ms'")


def _begin(schema: str, owner: str | None, connection: Any) -> None:
    # One round trip. All of it ends with the transaction.
    options = connection.get_execution_options()
    write = options.get("write", False)
    first = "" if write else "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;"
    role = f"SET LOCAL ROLE {owner};" if owner is not None else ""
    last = f"SELECT pg_advisory_xact_lock({_FOLLOWING})" if write else ""
    if not write and not options.get("look", False):
        # Before the first snapshot: tables that take the place of these would be empty in an older one.
        last = "LOCK TABLE tracking IN ACCESS SHARE MODE"
    limit = f"SET LOCAL lock_timeout = '{max(1, round(postgres_connection.BUSY_SECONDS * 1000))}ms';"
    driver: Any = connection.connection.driver_connection
    driver.execute(f"{first}{role}{limit}SET LOCAL search_path = {schema};{last}")


def _standing_at(ledger: Ledger, engine: Engine) -> int | None:
    """Return where the tables are, if they are of this log, of our version, and were once at its end; else None.

    Raises NoRight where newer software made them: it would make them anew in turn, again and again.
    """
    with engine.execution_options(look=True).connect() as db:
        place = tracked(db)
        if place is None and is_newer(db):
            raise NoRight
        return place[0] if place is not None and fits(ledger, place) and is_indexed(db) else None
