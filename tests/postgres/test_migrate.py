"""The schema on a server: created and migrated by its owner, with rights for writers and readers."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request
from ledger.domain.money import UnknownCurrency
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.party import RegisterParty
from ledger.stores.errors import (
    LedgerExists,
    NewerFormat,
    NoLedger,
    NoRole,
    NotALedger,
    NotAllowed,
    NotMigrated,
    ReadOnly,
)
from ledger.stores.postgres import migrate
from ledger.stores.postgres.audit.expected_catalog import EXPECTED
from ledger.stores.postgres.schema import CATALOG_QUERY, MIGRATIONS
from ledger.stores.selection import Wanted
from ledger.verify.procedure import verify_log
from tests.postgres import shared

OPEN = OpenLedger(origin="example.org/ledger", reporting_currency="USD")
ALPHA = Request(commands=(RegisterParty(name="Alpha"),), actor="staff/1")


def done(url: str, statement: str) -> list[tuple[object, ...]]:
    """Run a statement; return its rows."""
    with psycopg.connect(url, autocommit=True) as db:
        cursor = db.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def as_role(url: str, role: str) -> str:
    """Return the URL for another role, whose password is its name."""
    return f"postgresql://{role}:{role}@{url.partition('@')[2]}"


@pytest.fixture
def role(postgres_url: str) -> Iterator[str]:
    """Return a role of the test's own, without rights."""
    name = f"role_{postgres_url.rpartition('_')[2]}"
    with psycopg.connect(postgres_url, autocommit=True) as db:
        db.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(name), sql.Literal(name)))
    yield name
    shared.drop_database(postgres_url)
    with psycopg.connect(shared.server().url(), autocommit=True) as db:
        db.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def test_the_parts_are_what_the_migrations_make(postgres_url: str) -> None:
    """The catalogue that verification expects is the one that is created, part by part."""
    assert (0, len(MIGRATIONS)) == migrate.migrate(postgres_url)
    assert sorted(EXPECTED) == sorted(done(postgres_url, CATALOG_QUERY))
    assert (len(MIGRATIONS), len(MIGRATIONS)) == migrate.migrate(postgres_url)


def test_a_dry_run_changes_nothing(postgres_url: str) -> None:
    """A dry run prints what would be done."""
    assert (0, len(MIGRATIONS)) == migrate.migrate(postgres_url, dry_run=True)
    assert [(None,)] == done(postgres_url, "SELECT to_regnamespace('ledger')")


def test_a_migration_follows(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Newer software reports the need of a migration, and migrates; older software then reports that it is older."""
    make_ledger(postgres_url, OPEN, "staff/1")
    with monkeypatch.context() as newer:
        for module in ("postgres.migrate", "postgres.connection"):
            newer.setattr(f"ledger.stores.{module}.MIGRATIONS", (*MIGRATIONS, "CREATE TABLE ledger.more (one integer)"))
        with pytest.raises(NotMigrated, match=f"needs version {len(MIGRATIONS) + 1}"):
            open_ledger(postgres_url)
        assert (len(MIGRATIONS), len(MIGRATIONS) + 1) == migrate.migrate(postgres_url)
        open_ledger(postgres_url).close()
    with pytest.raises(NewerFormat):
        open_ledger(postgres_url)


def test_a_migration_that_fails_leaves_nothing(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration is complete or changes nothing."""
    monkeypatch.setattr("ledger.stores.postgres.migrate.MIGRATIONS", (*MIGRATIONS, "SELECT 1/0"))
    with pytest.raises(Exception, match="division by zero"):
        migrate.migrate(postgres_url)
    assert [(None,)] == done(postgres_url, "SELECT to_regnamespace('ledger')")


def test_an_existing_ledger_is_not_replaced(postgres_url: str) -> None:
    """An existing ledger is not replaced; one whose first entry is refused leaves nothing."""
    with pytest.raises(UnknownCurrency):
        make_ledger(postgres_url, OpenLedger(origin="example.org/ledger", reporting_currency="XXQ"), "staff/1")
    assert [(None,)] == done(postgres_url, "SELECT to_regnamespace('ledger')")
    with pytest.raises(NoLedger):
        open_ledger(postgres_url)
    make_ledger(postgres_url, OPEN, "staff/1")
    with pytest.raises(LedgerExists):
        make_ledger(postgres_url, OPEN, "staff/1")


def test_the_schema_of_another_application(postgres_url: str) -> None:
    """The tables of another application are not touched by any command."""
    done(postgres_url, "CREATE SCHEMA ledger; CREATE TABLE ledger.entries (one integer)")
    for ask in (migrate.check_free, migrate.create, migrate.migrate, open_ledger):
        with pytest.raises(NotALedger):
            ask(postgres_url)


def test_a_recorder(postgres_url: str, role: str) -> None:
    """A writer makes the first entry in a schema of the owner, records and reads, and may do nothing else."""
    migrate.migrate(postgres_url, recorders=[role])
    url = as_role(postgres_url, role)
    make_ledger(url, OPEN, "staff/1")
    ledger = open_ledger(url)
    assert 2 == ledger.record(ALPHA).first
    assert [] == verify_log(ledger.store).findings
    ledger.close()
    for statement in (
        "INSERT INTO ledger.entries SELECT 3, 'a', 1, '', '', '', '', '', '', ''",
        "UPDATE ledger.head SET size = 9",
        "DELETE FROM ledger.commands",
        "TRUNCATE ledger.tiles",
        "CREATE TABLE ledger.mine (one integer)",
        "DROP TABLE ledger.names",
        "ALTER TABLE ledger.entries DISABLE TRIGGER ALL",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            done(url, statement)


def test_a_reader(postgres_url: str, role: str) -> None:
    """A reader reads and verifies; recording is refused with a sentence."""
    make_ledger(postgres_url, OPEN, "staff/1")
    migrate.migrate(postgres_url, readers=[role])
    ledger = open_ledger(as_role(postgres_url, role))
    assert (1, False) == (ledger.store.head().size, ledger.store.writable)
    assert [] == verify_log(ledger.store).findings
    with pytest.raises(ReadOnly):
        ledger.record(ALPHA)
    ledger.close()


def test_a_stranger(postgres_url: str, role: str) -> None:
    """For a role without rights the missing right is named; a role that does not exist gets none."""
    make_ledger(postgres_url, OPEN, "staff/1")
    with pytest.raises(NotAllowed, match="permission denied"):
        open_ledger(as_role(postgres_url, role))
    with pytest.raises(NotAllowed):
        migrate.migrate(as_role(postgres_url, role))
    with pytest.raises(NoRole, match="no role 'nobody-at-all'"):
        migrate.migrate(postgres_url, readers=[role, "nobody-at-all"])
    with pytest.raises(NotAllowed):
        open_ledger(as_role(postgres_url, role))


VERSION_1 = Path(__file__).parent / "data" / "version_1.sql"
"""The script of version 1, with the functions that believed their caller."""
COPIED = ("entries", "tiles", "commands", "names", "mentions")


def test_a_ledger_of_version_1_is_migrated(postgres_url: str, role: str) -> None:
    """Given a ledger of version 1, when its owner migrates, then it is as one made anew, and its recorder records."""
    make_ledger(postgres_url, OPEN, "staff/1")
    ledger = open_ledger(postgres_url)
    ledger.record(ALPHA)
    size, root = ledger.store.head().size, ledger.store.head().root
    ledger.close()
    done(postgres_url, "ALTER SCHEMA ledger RENAME TO newer; CREATE SCHEMA ledger")
    done(postgres_url, VERSION_1.read_text("utf-8"))
    done(postgres_url, "INSERT INTO ledger.migrations VALUES (1)")
    for table in COPIED:
        given = [name.partition(".")[2] for kind, name, _ in EXPECTED if kind == "column" and name != "entries.login"
                 and name.startswith(f"{table}.")]  # fmt: skip
        columns = ", ".join(given)
        done(postgres_url, f"INSERT INTO ledger.{table} ({columns}) SELECT {columns} FROM newer.{table}")  # noqa: S608
    done(postgres_url, "UPDATE ledger.head SET (size, recorded_at, hashes, root) = ("
                       "SELECT size, recorded_at, hashes, root FROM newer.head)")  # fmt: skip
    done(postgres_url, "DROP SCHEMA newer CASCADE")
    done(postgres_url, f"GRANT USAGE ON SCHEMA ledger TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO {role};"
                       f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger TO {role}")  # fmt: skip
    with pytest.raises(NotMigrated):
        open_ledger(postgres_url)
    assert (1, 2) == migrate.migrate(postgres_url)
    assert sorted(EXPECTED) == sorted(done(postgres_url, CATALOG_QUERY))
    ledger = open_ledger(as_role(postgres_url, role))
    assert (size, root) == (ledger.store.head().size, ledger.store.head().root)
    ledger.record(Request(commands=(RegisterParty(name="Beta"),), actor="staff/1"))
    assert [(size + 1, role)] == [(row.position, row.login) for row in ledger.store.select(Wanted()) if row.login]
    assert [] == verify_log(ledger.store).findings
    ledger.close()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        done(as_role(postgres_url, role), "SELECT ledger.keep_checkpoint(1, '')")
