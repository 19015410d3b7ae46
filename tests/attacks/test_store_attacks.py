"""One test per attack on the SQLite file by someone who has SQL: triggers refuse it, and nothing has changed.

Triggers only deter: an attacker may drop them, and `ledger verify` finds the change by rebuilding the tree.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.stores.errors import Damaged
from ledger.stores.sqlite.creation import create
from ledger.stores.sqlite.schema import TRIGGERS
from ledger.stores.sqlite.store import SQLiteStore
from tests.stores.rows import everything, row, rows


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the file of a log of three entries of stream a."""
    path = tmp_path / "ledger.db"
    create(f"sqlite:///{path}")
    store = SQLiteStore(f"sqlite:///{path}")
    store.insert_events(rows("a", 1, 3))
    store.close()
    return path


@pytest.fixture
def attacker(file: Path) -> Iterator[sqlite3.Connection]:
    """Return a plain connection, with the settings of the file only."""
    db = sqlite3.connect(file, isolation_level=None)
    yield db
    db.close()


INTO = "INTO entries (position, stream, version, type, recorded_at, effective_on, actor, command, leaf, data) VALUES "


def _values(position: object, stream: str, version: object) -> str:
    told = "NULL" if position is None else position
    return f"({told}, '{stream}', {version}, 't', '9', '2026-01-01', 'mallory', 'c', x'00', x'00')"


ATTACKS = {
    "change an entry's bytes": "UPDATE entries SET data = x'00' WHERE position = 2",
    "change an entry's date": "UPDATE entries SET effective_on = '2020-01-01' WHERE position = 2",
    "change an entry's actor": "UPDATE entries SET actor = 'mallory'",
    "change nothing of an entry": "UPDATE entries SET data = data WHERE position = 2",
    "move an entry": "UPDATE entries SET position = 9 WHERE position = 3",
    "move an entry over another": "UPDATE OR REPLACE entries SET position = 2 WHERE position = 3",
    "delete an entry": "DELETE FROM entries WHERE position = 2",
    "delete the last entry": "DELETE FROM entries WHERE position = 3",
    "delete all entries": "DELETE FROM entries",
    "insert after a gap": f"INSERT {INTO} {_values(5, 'a', 4)}",
    "insert before the first": f"INSERT {INTO} {_values(0, 'b', 1)}",
    "insert at a position that is taken": f"INSERT {INTO} {_values(2, 'b', 1)}",
    "insert without a position": f"INSERT {INTO} {_values(None, 'b', 1)}",
    "replace at a position that is taken": f"INSERT OR REPLACE {INTO} {_values(2, 'a', 2)}",
    "replace the last entry": f"REPLACE {INTO} {_values(3, 'a', 3)}",
    "replace a version at a new position": f"INSERT OR REPLACE {INTO} {_values(4, 'a', 2)}",
    "replace a version by REPLACE": f"REPLACE {INTO} {_values(4, 'a', 3)}",
    "ignore a version at a new position": f"INSERT OR IGNORE {INTO} {_values(4, 'a', 2)}",
    "update a version instead of inserting it": (
        f"INSERT {INTO} {_values(2, 'a', 2)} ON CONFLICT (position) DO UPDATE SET data = x'00'"
    ),
    "skip a version": f"INSERT {INTO} {_values(4, 'a', 5)}",
    "begin a stream late": f"INSERT {INTO} {_values(4, 'b', 2)}",
    "make the log shorter": "UPDATE head SET size = 2",
    "set the log back in time": "UPDATE head SET recorded_at = '2020-01-01T00:00:00.000000Z'",
    "delete the head": "DELETE FROM head",
    "insert another head": "INSERT INTO head VALUES (2, 9, '9', x'', x'')",
    "replace the head": "INSERT OR REPLACE INTO head VALUES (1, 0, '', x'', x'')",
    "replace the head by REPLACE": "REPLACE INTO head VALUES (1, 0, '', x'', x'')",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_refused_by_a_trigger(file: Path, attacker: sqlite3.Connection, attack: str) -> None:
    """The trigger's error is raised, the log is unchanged, and it can still be appended to."""
    store = SQLiteStore(f"sqlite:///{file}")
    before = everything(store)
    with pytest.raises(sqlite3.IntegrityError, match=r"entries are|the log never|the head is|CHECK constraint"):
        attacker.execute(ATTACKS[attack])
    assert before == everything(store)
    assert [] == list(store.faults())
    store.insert_events([row("a", 4)])
    store.close()


def test_triggers_cannot_be_turned_off(file: Path, attacker: sqlite3.Connection) -> None:
    """No setting that SQLite offers to any connection turns the triggers off."""
    for pragma in (
        "recursive_triggers = ON",
        "ignore_check_constraints = ON",
        "writable_schema = ON",
        "defer_foreign_keys = ON",
    ):
        attacker.execute(f"PRAGMA {pragma}")
    for statement in ("DELETE FROM entries", ATTACKS["replace a version at a new position"]):
        with pytest.raises(sqlite3.IntegrityError):
            attacker.execute(statement)
    assert 3 == attacker.execute("SELECT count(*) FROM entries").fetchone()[0]


@pytest.mark.parametrize("name", TRIGGERS)
def test_a_dropped_trigger_is_found(file: Path, attacker: sqlite3.Connection, name: str) -> None:
    """An attacker who can change the schema can drop a trigger; the store's own check names it."""
    attacker.execute(f"DROP TRIGGER {name}")
    store = SQLiteStore(f"sqlite:///{file}")
    assert [("missing-trigger", f"{name} is missing")] == list(store.faults())
    store.close()


def test_a_weakened_trigger_is_found(file: Path, attacker: sqlite3.Connection) -> None:
    """A trigger of the same name that does nothing is found."""
    attacker.execute("DROP TRIGGER entries_stay")
    attacker.execute("CREATE TRIGGER entries_stay BEFORE UPDATE ON entries BEGIN SELECT 1; END")
    store = SQLiteStore(f"sqlite:///{file}")
    assert [("changed-schema", "entries_stay was changed")] == list(store.faults())
    store.close()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER more AFTER INSERT ON entries BEGIN SELECT 1; END",
        "CREATE TABLE more (x)",
        "CREATE INDEX more ON entries (actor)",
    ],
)
def test_additions_to_the_schema_are_found(file: Path, attacker: sqlite3.Connection, statement: str) -> None:
    """A trigger, table or index that was added is named; with a view the file is not opened (tests.stores)."""
    attacker.execute(statement)
    store = SQLiteStore(f"sqlite:///{file}")
    assert [("foreign-schema", "more does not belong to a ledger")] == list(store.faults())
    store.close()


HEADS = {
    "DELETE FROM head": "the head of the tree is missing",
    "UPDATE head SET size = 4": "does not fit its size, 4",
    "UPDATE head SET hashes = x'00'": "does not fit its size, 3",
}


@pytest.mark.parametrize("statement", HEADS)
def test_nothing_is_appended_to_a_tampered_head(file: Path, attacker: sqlite3.Connection, statement: str) -> None:
    """A head that was changed past its triggers stops recording, with an error."""
    attacker.execute("DROP TRIGGER head_grows")
    attacker.execute("DROP TRIGGER head_lasts")
    attacker.execute(statement)
    store = SQLiteStore(f"sqlite:///{file}")
    with pytest.raises(Damaged, match=HEADS[statement]):
        store.insert_events([row("a", 4)])
    with pytest.raises(Damaged):
        store.head()
    assert 3 == len(list(store.rows()))
    store.close()


def test_a_changed_page_is_found(file: Path) -> None:
    """Bytes that SQLite can no longer read are an error of the store, not a crash."""
    data = bytearray(file.read_bytes())
    data[4096 : 4096 + 64] = b"\xff" * 64
    file.write_bytes(data)
    store = SQLiteStore(f"sqlite:///{file}")
    assert "damaged-file" in [code for code, _ in store.faults()]
    store.close()
