"""Create and migrate a ledger's schema in PostgreSQL, and grant roles the rights to read or record."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import LiteralString

from psycopg import sql

from ledger.stores.errors import LedgerExists, NoRole, NotALedger, NotAllowed
from ledger.stores.postgres.connection import check_version, opened, translated
from ledger.stores.postgres.driver import RawConnection
from ledger.stores.postgres.schema import GRANT_READING, GRANT_RECORDING, GRANT_SIGNING, MIGRATIONS
from ledger.stores.urls import shown

_LOCK = 0x454C4752
"""The key of the advisory lock: a schema is never made twice at the same time."""
_VERSION: LiteralString = "SELECT coalesce(max(version), 0) FROM ledger.migrations"
_IS_OWNER: LiteralString = """
SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE oid = 'ledger'::regnamespace
"""


def check_free(url: str) -> None:
    """Raise LedgerExists, or an error of the connection, unless a ledger can be created at `url`."""
    db, found = opened(url)
    with closing(db), translated(url):
        if found.version is None:
            return
        check_version(url, found.version)
        if db.execute("SELECT size FROM ledger.head").fetchone() != (0,):
            raise LedgerExists(shown(url))


def create(url: str) -> bool:
    """Create an empty ledger at `url`; return whether its schema was created: an empty one may exist already.

    Raises LedgerExists, NotAllowed, and the errors of the connection.
    """
    check_free(url)
    return migrate(url)[0] == 0


def remove(url: str) -> None:
    """Drop the schema of a ledger that was just created, unless another process has recorded in it."""
    db, _ = opened(url)
    with closing(db), translated(url), db.transaction():
        db.execute("LOCK TABLE ledger.head IN ACCESS EXCLUSIVE MODE")
        if db.execute("SELECT size FROM ledger.head").fetchone() == (0,):
            db.execute("DROP SCHEMA ledger CASCADE")


def migrate(
    url: str,
    recorders: Iterable[str] = (),
    readers: Iterable[str] = (),
    signers: Iterable[str] = (),
    *,
    dry_run: bool = False,
) -> tuple[int, int]:
    """Migrate the schema at `url` and grant rights to roles; return the version before and after.

    It runs in one transaction, which `dry_run` rolls back. Raises NotALedger, NewerFormat, NoRole, NotAllowed, and the
    errors of the connection.
    """
    db, found = opened(url)
    if found.version == 0:
        db.close()
        raise NotALedger(shown(url), "its schema 'ledger' is that of something else")
    with closing(db), translated(url), _alone(db, found.version), db.transaction(force_rollback=dry_run):
        before = _upgrade(db, url)
        for roles, text in ((signers, GRANT_SIGNING), (recorders, GRANT_RECORDING), (readers, GRANT_READING)):
            for role in roles:
                if db.execute(_IS_OWNER).fetchone() != (True,):
                    raise NotAllowed(shown(url), "only the owner of the ledger grants rights")
                if db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone() is None:
                    raise NoRole(shown(url), role)
                db.execute(sql.SQL(text).format(role=sql.Identifier(role)))
        return before, len(MIGRATIONS)


@contextmanager
def _alone(db: RawConnection, version: int | None) -> Iterator[None]:
    """Let nobody else make the schema within the `with` block, if it is not there.

    The lock is the session's, and taken before the transaction: only at the beginning of a transaction does a session
    surely learn what others have made. An advisory lock is anybody's: a schema that is there needs a better one.
    """
    if version is not None:
        yield
        return
    db.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
    try:
        yield
    finally:
        if not db.closed:
            db.execute("SELECT pg_advisory_unlock(%s)", (_LOCK,))


def _upgrade(db: RawConnection, url: str) -> int:
    before = 0
    if db.execute("SELECT to_regclass('ledger.migrations')").fetchone() != (None,):
        ((before,),) = db.execute(_VERSION).fetchall()
        if before < len(MIGRATIONS):
            # A lock that lesser roles cannot take: an advisory lock is anybody's.
            db.execute("LOCK TABLE ledger.migrations IN SHARE ROW EXCLUSIVE MODE")
            ((before,),) = db.execute(_VERSION).fetchall()
    if before > len(MIGRATIONS):
        check_version(url, before)
    for version in range(before + 1, len(MIGRATIONS) + 1):
        if version == 1:
            db.execute("CREATE SCHEMA IF NOT EXISTS ledger")
        db.execute(MIGRATIONS[version - 1])
        db.execute("INSERT INTO ledger.migrations VALUES (%s)", (version,))
    return before
