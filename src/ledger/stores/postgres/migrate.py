"""Making a ledger's schema in PostgreSQL, bringing it up to date, and letting roles read it or record in it."""

from collections.abc import Iterable
from contextlib import closing

from psycopg import sql

from ledger.stores.errors import LedgerExists, NoRole, NotALedger
from ledger.stores.postgres.connection import RawConnection, check_version, opened, translated
from ledger.stores.postgres.schema import MIGRATIONS, READING, RECORDING
from ledger.stores.urls import shown

_LOCK = 0x454C4752
"""Of two that migrate at once, the other waits."""


def check_free(url: str) -> None:
    """Raise LedgerExists, or what connecting raises, unless a ledger could be made at `url`."""
    db, found = opened(url)
    with closing(db), translated(url):
        if found.version is None:
            return
        check_version(url, found.version)
        if db.execute("SELECT size FROM ledger.head").fetchone() != (0,):
            raise LedgerExists(shown(url))


def create(url: str) -> bool:
    """Make an empty ledger at `url`; return whether its schema was made, or stood there empty already.

    Raises LedgerExists, NotAllowed, and what connecting raises.
    """
    check_free(url)
    return migrate(url)[0] == 0


def remove(url: str) -> None:
    """Take away the schema of a ledger that was just made and never used."""
    db, _ = opened(url)
    with closing(db), translated(url):
        db.execute("DROP SCHEMA ledger CASCADE")


def migrate(
    url: str, recorders: Iterable[str] = (), readers: Iterable[str] = (), *, dry_run: bool = False
) -> tuple[int, int]:
    """Bring the schema at `url` up to this software, and let roles record or read; return the version before and after.

    All of it is done, or nothing. Raises NotALedger, NewerFormat, NoRole, NotAllowed, and what connecting raises.
    """
    db, found = opened(url)
    with closing(db), translated(url), db.transaction(force_rollback=dry_run):
        if found.version == 0:
            raise NotALedger(shown(url), "its schema 'ledger' is that of something else")
        before = _raise(db, url)
        for roles, text in ((recorders, RECORDING), (readers, READING)):
            for role in roles:
                if db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone() is None:
                    raise NoRole(shown(url), role)
                db.execute(sql.SQL(text).format(role=sql.Identifier(role)))
        return before, len(MIGRATIONS)


def _raise(db: RawConnection, url: str) -> int:
    db.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
    before = 0
    if db.execute("SELECT to_regclass('ledger.migrations')").fetchone() != (None,):
        ((before,),) = db.execute("SELECT coalesce(max(version), 0) FROM ledger.migrations").fetchall()
    if before > len(MIGRATIONS):
        check_version(url, before)
    for version in range(before + 1, len(MIGRATIONS) + 1):
        if version == 1:
            db.execute("CREATE SCHEMA IF NOT EXISTS ledger")
        db.execute(MIGRATIONS[version - 1])
        db.execute("INSERT INTO ledger.migrations VALUES (%s)", (version,))
    return before
