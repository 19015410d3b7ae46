"""Time-outs, shutdowns, poolers and makers at once: such faults pass, are told as what they are, and are no damage."""

import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.domain.errors import LedgerError
from ledger.domain.organisation.settings import OpenLedger
from ledger.stores.errors import Busy, ConnectionLost, LedgerExists, StoreError
from ledger.stores.postgres import migrate
from ledger.stores.postgres.schema import MIGRATIONS
from ledger.stores.postgres.store import PostgresStore
from ledger.verify.procedure import verify_log
from tests.faults.processes import new_ledger, request

ROUNDS = 4
AT_ONCE = 8


@pytest.fixture
def url(postgres_url: str, tmp_path: Path) -> str:
    """Return the URL of a ledger with three entries."""
    return new_ledger(tmp_path, postgres_url)


def with_settings(url: str, **settings: object) -> str:
    """Return a URL whose sessions have settings of the server."""
    return f"{url}?options={quote(' '.join(f'-c {name}={value}' for name, value in settings.items()))}"


def register(ledger: Ledger, name: str) -> int:
    """Register a party; return its position."""
    return ledger.record(request(name, command="party register", name=name)).first


def end_others(url: str) -> None:
    """End all other sessions on a database, as an administrator does, or a server that is shut down."""
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        while db.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchone():
            time.sleep(0.01)


def test_a_machine_that_sleeps_in_a_snapshot(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a reader that stands still for longer than the server allows, then its connection is lost, no more."""
    monkeypatch.setattr("ledger.stores.postgres.connection.ASLEEP_SECONDS", 0.2)
    ledger = open_ledger(url)
    with pytest.raises(ConnectionLost, match="was lost"), ledger.store.reading():  # noqa: PT012
        ledger.store.head()
        time.sleep(0.6)
        ledger.store.head()
    assert 3 == ledger.store.head().size
    ledger.close()


def test_a_limit_of_a_transaction(url: str) -> None:
    """Given a server that ends long transactions, when one is too long, then its connection is lost."""
    ledger = open_ledger(with_settings(url, transaction_timeout=200))
    for context in (ledger.store.reading, ledger.recording):
        with pytest.raises(ConnectionLost), context():  # noqa: PT012
            time.sleep(0.6)
            ledger.store.entry(1)
    assert 4 == register(ledger, "A")
    ledger.close()


def _locked(url: str, use: Callable[[], object]) -> LedgerError:
    with psycopg.connect(url) as connection:
        connection.execute("SELECT * FROM ledger.hold()")
        with pytest.raises(LedgerError) as caught:
            use()
    return caught.value


def test_how_long_it_was_waited(url: str) -> None:
    """Given limits of the role's own, when they are reached, then the sentence has the time that was waited."""
    ledger = open_ledger(with_settings(url, lock_timeout=200))
    busy = _locked(url, lambda: register(ledger, "A1"))
    assert isinstance(busy, Busy)
    assert re.search(r"was busy for 0\.[2-9] seconds", busy.sentence), busy.sentence
    ledger.close()
    ledger = open_ledger(with_settings(url, statement_timeout=200))
    slow = _locked(url, lambda: register(ledger, "A2"))
    assert (StoreError, 4) == (type(slow), slow.exit)
    assert re.search(r"statement timeout, after 0\.[2-9] seconds; nothing of the current", slow.sentence), slow.sentence
    assert 4 == register(ledger, "A2")
    ledger.close()


def test_a_server_that_ends_sessions(url: str) -> None:
    """Given a shutdown, when it comes between commands, then nobody notices; in a snapshot, the connection is lost."""
    ledger = open_ledger(url)
    for number in range(3):
        end_others(url)
        assert 4 + number == register(ledger, f"B{number}")
        end_others(url)
        assert 4 + number == ledger.store.head().size
    with pytest.raises(ConnectionLost), ledger.store.reading():  # noqa: PT012
        ledger.store.head()
        end_others(url)
        ledger.store.head()
    assert [] == verify_log(ledger.store).findings
    ledger.close()


@pytest.mark.parametrize("taken", [0, 40])
def test_prepared_statements_are_mixed_up(url: str, taken: int) -> None:
    """Given a pooler that gives sessions to others, when statements are not as prepared, then they are sent whole."""
    store = PostgresStore(url)
    ledger = Ledger(store)
    for number in range(30):
        assert 4 + number == register(ledger, f"C{number}")
        assert 4 + number == store.head().size
        if number == 10:
            store.connection.db.execute("DEALLOCATE ALL")
            for each in range(taken):
                store.connection.db.execute(f"PREPARE _pg3_{each} AS SELECT 1".encode())
    assert [] == verify_log(store).findings
    ledger.close()


def _at_once(work: Callable[[int], object]) -> list[object]:
    """Do the work in threads that begin together; return what each returned or raised."""
    barrier, results = threading.Barrier(AT_ONCE), list[object]([None] * AT_ONCE)

    def run(number: int) -> None:
        barrier.wait()
        try:
            results[number] = work(number)
        except Exception as error:  # noqa: BLE001 - shown by the test
            results[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.parametrize("number", range(ROUNDS))
def test_migrations_at_once(postgres_url: str, number: int) -> None:
    """Given an empty database, when several owners migrate it at once, then one makes the schema and all succeed."""
    results = _at_once(lambda _: migrate.migrate(postgres_url))
    assert {(0, len(MIGRATIONS)): 1, (len(MIGRATIONS), len(MIGRATIONS)): AT_ONCE - 1} == Counter(results), number


@pytest.mark.parametrize("number", range(ROUNDS))
def test_ledgers_made_at_once(postgres_url: str, number: int) -> None:
    """Given an empty database, when ledgers of different names are made at once, then one is, and the rest are told."""

    def make(each: int) -> str:
        origin = f"example.org/{each}"
        make_ledger(postgres_url, OpenLedger(origin=origin, reporting_currency="USD"), "staff/1")
        return origin

    results = _at_once(make)
    made = [each for each in results if isinstance(each, str)]
    assert (1, [LedgerExists] * (AT_ONCE - 1)) == (len(made), [type(e) for e in results if not isinstance(e, str)]), (
        number, results,
    )  # fmt: skip
    ledger = open_ledger(postgres_url)
    assert (made[0], 1, []) == (ledger.origin, ledger.store.head().size, verify_log(ledger.store).findings)
    ledger.close()


def test_a_ledger_that_another_opened_is_not_removed(postgres_url: str) -> None:
    """Given a schema that one process made, when another records in it, then the first does not remove it."""
    assert migrate.create(postgres_url)
    make_ledger(postgres_url, OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/1")
    migrate.remove(postgres_url)
    ledger = open_ledger(postgres_url)
    assert 1 == ledger.store.head().size
    ledger.close()
