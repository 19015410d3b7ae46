"""The same work done raw, as the floor of rows: without rules, tree and triggers."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ledger.application.open import open_ledger
from ledger.stores.log_reader import EntryRow
from ledger.stores.sqlite.schema import TABLES

INSERT = "INSERT INTO entries VALUES (?,?,?,?,?,?,?,?,?,?)"


def raw_log(folder: Path) -> sqlite3.Connection:
    """Return an empty file with the table of entries, as durable as a ledger."""
    db = sqlite3.connect(folder / "raw.db", isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute(TABLES["entries"])
    return db


def raw_read(url: str) -> sqlite3.Connection:
    """Return a plain connection to the file of a ledger."""
    return sqlite3.connect(f"file:{url.removeprefix('sqlite:///')}?mode=ro", uri=True)


def insert_many(db: sqlite3.Connection, rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows of entries in one transaction."""
    db.execute("BEGIN")
    db.executemany(INSERT, rows)
    db.execute("COMMIT")


def stored(url: str, first: int, last: int) -> list[EntryRow]:
    """Return entries of a ledger as stored."""
    ledger = open_ledger(url)
    try:
        return list(ledger.store.rows(first, last))
    finally:
        ledger.close()
