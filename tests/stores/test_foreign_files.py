"""Files from strangers: what would run, or change the file, is refused before any of its tables is read."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.party import RegisterParty
from ledger.stores.errors import Damaged, ForeignJournal, ForeignSchema, ReadOnly
from ledger.stores.sqlite.lookup import opened_lookup
from ledger.stores.sqlite.store import SQLiteStore
from ledger.stores.urls import path_of, url_of
from ledger.verify.procedure import verify_log
from tests.attacks.hostile_ledgers import LEDGERS

RUNNING = [
    "a head without end", "entries without end", "entries of a gigabyte", "a generated column of a gigabyte",
    "a generated column that is hard to match", "a virtual table", "a checkpoint without end", "names without end",
    "a write-ahead log next to it",
]  # fmt: skip
CIRCLES = [name for name in LEDGERS if "circle" in name]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger file that tests must not change."""
    path = tmp_path_factory.mktemp("sound") / "ledger.db"
    make_ledger(url_of(path), OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/1")
    return path


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    """Return a copy of the ledger file."""
    return Path(shutil.copy(sound, tmp_path / "ledger.db"))


@pytest.mark.parametrize("name", RUNNING)
@pytest.mark.parametrize("mode", ["", "?mode=ro"])
def test_a_schema_that_runs_is_refused(path: Path, name: str, mode: str) -> None:
    """Views, virtual tables and generated columns are named, and the file is not read."""
    LEDGERS[name](path)
    for reads in (False, True):
        with pytest.raises(ForeignSchema, match="which no ledger has"):
            SQLiteStore(url_of(path) + mode, reads=reads)
    with pytest.raises(ForeignSchema), opened_lookup(url_of(path)):
        pass


@pytest.mark.parametrize("name", CIRCLES)
def test_pages_in_a_circle_are_refused(path: Path, name: str) -> None:
    """A table whose pages refer to each other has no end; it is found before it is read."""
    LEDGERS[name](path)
    with pytest.raises(Damaged):
        SQLiteStore(url_of(path))


def test_nothing_is_recorded_past_a_foreign_trigger(path: Path) -> None:
    """A trigger that was added runs with nobody's rights: recording is refused, and so are reading commands."""
    LEDGERS["a trigger that computes without end"](path)
    ledger = open_ledger(url_of(path))
    with pytest.raises(ForeignSchema, match="more does not belong to a ledger"):
        ledger.record(Request(commands=(RegisterParty(name="Alpha"),), actor="staff/1"))
    with pytest.raises(ForeignSchema):
        ledger.store.check_schema()
    ledger.close()


def test_conditions_of_foreign_tables_do_not_run(path: Path) -> None:
    """SQLite's check of the pages would run them; the foreign table is a finding without it."""
    LEDGERS["a condition that is hard to match"](path)
    store = SQLiteStore(url_of(path))
    assert [("foreign-schema", "more does not belong to a ledger")] == list(store.faults())
    store.close()


@pytest.mark.parametrize("mode", ["", "?mode=ro", "?mode=rw"])
@pytest.mark.parametrize("opening", [SQLiteStore, lambda url: SQLiteStore(url, reads=True)])
def test_a_journal_is_not_rolled_back_into_the_file(
    path: Path, mode: str, opening: Callable[[str], SQLiteStore]
) -> None:
    """A hot journal next to the file is named; both files stay as they are."""
    LEDGERS["a journal next to it"](path)
    before = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    with pytest.raises(ForeignJournal, match=r"ledger\.db-journal lies next to it"):
        opening(url_of(path) + mode)
    assert before == {each.name: each.read_bytes() for each in path.parent.iterdir()}


def test_a_journal_that_is_spent_does_no_harm(path: Path) -> None:
    """SQLite leaves an empty journal, or one that begins with zeros, where a file is set so."""
    for content in (b"", b"\0" * 28 + b"rest"):
        path.with_name("ledger.db-journal").write_bytes(content)
        SQLiteStore(url_of(path)).close()


def test_reading_leaves_a_write_ahead_log_as_it_is(path: Path) -> None:
    """What is recorded and not yet moved into the file is read, and neither file is changed; nothing can be written."""
    with sqlite3.connect(path, isolation_level=None) as db:
        db.execute("PRAGMA wal_autocheckpoint = 0")
        db.execute("INSERT INTO names VALUES ('a', 'b', 1)")
        beside = path.with_name("ledger.db-wal")
        kept = {each: each.read_bytes() for each in (path, beside)}
        copies = {path.parent / "other" / each.name: data for each, data in kept.items()}
        (path.parent / "other").mkdir()
        for copy, data in copies.items():
            copy.write_bytes(data)
    store = SQLiteStore(url_of(path.parent / "other" / "ledger.db"), reads=True)
    assert [("a", "b", 1)] == list(store.side_rows("names"))
    assert 1 == verify_log(store).size
    with pytest.raises(ReadOnly), store.writing():
        pass
    store.close()
    assert copies == {each: each.read_bytes() for each in copies}


ODD = [
    "a?b",
    "a#b",
    "50%",
    "%41",
    "a b",
    "ä",
    "a?mode=ro",
    "a&b=c",
    "';--",
    "a:b",
    "a\\b",
    "\u202eb",
    "[x]",
    "~",
    "a\nb",
]


@pytest.mark.parametrize("name", ODD)
def test_a_folder_may_have_any_name(sound: Path, tmp_path: Path, name: str) -> None:
    """The URL of a file in any folder names that file, and no other next to it."""
    (tmp_path / name).mkdir()
    place = Path(shutil.copy(sound, tmp_path / name / "ledger.db"))
    assert (place, False) == path_of(url_of(place))
    ledger = open_ledger(url_of(place))
    ledger.record(Request(commands=(RegisterParty(name="Alpha"),), actor="staff/1"))
    assert 2 == ledger.store.head().size
    ledger.close()
    with opened_lookup(url_of(place)) as lookup:
        assert lookup is not None
        assert ["party/P00001"] == lookup.streams("party/", 9)
    assert [name] == [each.name for each in tmp_path.iterdir()]
