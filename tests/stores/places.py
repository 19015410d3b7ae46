"""Places for the stores of tests. Another kind of store joins the contract by one line in `PLACES`."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger.stores.log_store import LogStore
from ledger.stores.postgres import migrate
from ledger.stores.postgres.store import PostgresStore
from ledger.stores.sqlite.creation import create
from ledger.stores.sqlite.store import SQLiteStore
from tests.postgres.shared import new_database


@dataclass(frozen=True)
class Place:
    """A place for one log: its URL, and how to create a log there, connect to it and shorten the wait for the lock."""

    url: str
    make: Callable[[str], object]
    connect: Callable[[str], LogStore]
    wait_for: Callable[[Any, float], None]
    """Takes pytest's monkeypatch and seconds: how long stores that are opened later wait for another writer."""

    def open(self) -> LogStore:
        """Return another connection to the log."""
        return self.connect(self.url)


def _sqlite(folder: Path) -> Place:
    def wait_for(monkeypatch: Any, seconds: float) -> None:
        monkeypatch.setattr("ledger.stores.sqlite.translation.BUSY_SECONDS", seconds)

    return Place(f"sqlite:///{folder / 'ledger.db'}", create, SQLiteStore, wait_for)


def _postgres(folder: Path) -> Place:
    def wait_for(monkeypatch: Any, seconds: float) -> None:
        monkeypatch.setattr("ledger.stores.postgres.connection.BUSY_SECONDS", seconds)

    return Place(new_database(), migrate.create, PostgresStore, wait_for)


PLACES: dict[str, Callable[[Path], Place]] = {"sqlite": _sqlite, "postgresql": _postgres}
"""Kind of store to a function that creates a place for one in the folder of a test."""
