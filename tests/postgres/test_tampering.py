"""What the owner of a database can do to a log: the server refuses it, or verification reports it."""

from collections.abc import Iterator

import psycopg
import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.party import RegisterParty
from ledger.stores.errors import Damaged
from ledger.verify.procedure import verify_log
from tests.attacks.verify_paths import replayed_fast, verified_fast


@pytest.fixture
def ledger(postgres_url: str) -> Iterator[Ledger]:
    """Return a ledger of six entries."""
    make_ledger(postgres_url, OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/1")
    opened = open_ledger(postgres_url)
    for number in range(5):
        opened.record(Request(commands=(RegisterParty(name=f"Party {number}"),), actor="staff/1"))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger.entries SET actor = 'x'",
        "DELETE FROM ledger.entries WHERE position = 6",
        "TRUNCATE ledger.entries",
        "INSERT INTO ledger.entries SELECT * FROM ledger.entries ON CONFLICT (position) DO UPDATE SET actor = 'x'",
        "INSERT INTO ledger.entries SELECT 2, 'party/Z', 1, type, '', '', '', '', leaf, data FROM ledger.entries",
        "INSERT INTO ledger.entries SELECT 0, 'party/Z', 1, type, '', '', '', '', leaf, data FROM ledger.entries",
        "UPDATE ledger.head SET size = size - 1",
        "DELETE FROM ledger.head",
        "TRUNCATE ledger.head",
        "UPDATE ledger.checkpoints SET size = 1",
        "TRUNCATE ledger.checkpoints",
    ],
)
def test_the_server_refuses(ledger: Ledger, postgres_url: str, statement: str) -> None:
    """The server refuses changes even by the owner, who would have to drop the triggers first."""
    with psycopg.connect(postgres_url) as db, pytest.raises(psycopg.Error):
        db.execute(statement.encode())
    assert [] == verify_log(ledger.store).findings


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("ALTER TABLE ledger.entries DISABLE TRIGGER entries_stay", "changed-schema"),
        ("DROP TRIGGER head_grows ON ledger.head", "missing-trigger"),
        ("CREATE TABLE ledger.more (one integer)", "foreign-schema"),
        ("CREATE RULE quiet AS ON INSERT TO ledger.names DO INSTEAD NOTHING", "foreign-schema"),
        ("CREATE OR REPLACE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
         "changed-schema"),
        ("ALTER FUNCTION ledger.hold() SECURITY INVOKER", "changed-schema"),
        ("DROP INDEX ledger.names_by_key", "missing-index"),
        ("ALTER TABLE ledger.entries DROP CONSTRAINT entries_stream_version_key", "missing-constraint"),
        ("ALTER TABLE ledger.entries ALTER actor DROP NOT NULL", "changed-schema"),
        ("SET session_replication_role = replica; UPDATE ledger.entries SET actor = 'x' WHERE position = 3",
         "column-differs"),
        ("SET session_replication_role = replica; DELETE FROM ledger.entries WHERE position = 6", "root-differs"),
        ("SET session_replication_role = replica; DELETE FROM ledger.entries WHERE position = 3", "gap"),
        ("SET session_replication_role = replica; UPDATE ledger.entries SET data = data || ' '::bytea", "leaf-differs"),
        ("UPDATE ledger.commands SET first = 2", "command-differs"),
        ("DELETE FROM ledger.commands", "command-differs"),
    ],
)  # fmt: skip
def test_verification_finds(ledger: Ledger, postgres_url: str, statement: str, code: str) -> None:
    """Verification reports what an owner changes nevertheless: the schema, or rows with the triggers disabled."""
    with psycopg.connect(postgres_url, autocommit=True) as db:
        db.execute(statement.encode())
    assert code in {finding.code for finding in verify_log(ledger.store).findings}
    assert verified_fast(ledger.store) is None


@pytest.mark.parametrize("processes", [1, 2])
def test_a_sound_log_takes_the_fast_path(ledger: Ledger, processes: int) -> None:
    """The parallel fast path accepts a sound log, with a connection for each process."""
    result, head = verified_fast(ledger.store, processes), ledger.store.head()
    assert result is not None
    assert ("example.org/ledger", head.size, head.root) == (result.origin, result.size, result.root)
    assert [] == replayed_fast(ledger, processes)


@pytest.mark.parametrize("version", [0, 1, 3, 7])
def test_versions_that_do_not_run(ledger: Ledger, postgres_url: str, version: int) -> None:
    """A version that is too low, doubled or after a gap is found by the table alone, whatever its index contains."""
    loosen = (
        "SET session_replication_role = replica;"
        "ALTER TABLE ledger.entries DROP CONSTRAINT entries_stream_version_key;"
        "ALTER TABLE ledger.entries DROP CONSTRAINT entries_version_check"
    )
    change = "UPDATE ledger.entries SET (stream, version) = (%s, %s) WHERE position = 3"
    assert ledger.store.versions_run()
    with psycopg.connect(postgres_url, autocommit=True) as db:
        db.execute(loosen)
        db.execute(change, ("party/P00001", version))
    assert not ledger.store.versions_run()


def test_a_failed_read_in_a_snapshot(ledger: Ledger, postgres_url: str) -> None:
    """A read that fails within a snapshot is rolled back alone."""
    with psycopg.connect(postgres_url, autocommit=True) as db:
        db.execute("ALTER TABLE ledger.commands RENAME TO moved")
    with ledger.store.reading():
        with pytest.raises(Damaged), ledger.store.attempting():
            ledger.store.indexed(1, 6)
        assert 6 == ledger.store.head().size
