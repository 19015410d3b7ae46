"""Given recorded commands, when a command is performed, then it records events, is refused, or changes nothing.

A scenario runs the real unit of work on the real tables and triggers, in memory. No rule is imitated here.
"""

import hashlib
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

import msgspec

from ledger.application.ledger import Ledger
from ledger.application.receipt import Receipt
from ledger.application.request import Request, tidy
from ledger.domain.engagement.parts import Content
from ledger.domain.errors import LedgerError
from ledger.domain.kernel import Command, Event, State
from ledger.domain.money import Money
from ledger.domain.organisation.settings import OpenLedger
from ledger.files.attachments import Attachments
from ledger.format.entry import Entry, decode
from ledger.stores.sqlite.schema import TABLES, TRIGGERS
from ledger.stores.sqlite.store import SQLiteStore
from ledger.tlog.merkle import EMPTY_ROOT

TODAY = "2026-01-15"
"""The date on the clock of every scenario."""
SIGNED_ON = "2024-03-01"
"""The default effective date of given commands."""

AGREEMENT = b"%PDF-1.7 an agreement\n"
"""Content of the stored attachment."""
KEPT = Content(hashlib.sha256(AGREEMENT).hexdigest(), len(AGREEMENT), "application/pdf")
"""Digest, size and media type of AGREEMENT."""


class MemoryStore(SQLiteStore):
    """The SQLite store in memory, with the same statements, tables and triggers."""

    def __init__(self) -> None:
        """Create an empty log."""
        self._db = sqlite3.connect(":memory:", isolation_level=None)
        for statement in (*TABLES.values(), *TRIGGERS.values()):
            self._db.execute(statement)
        self._db.execute("INSERT INTO head VALUES (1, 0, '', x'', ?)", (EMPTY_ROOT,))
        self.url, self.writable = "memory", True
        self._head = self._failure = None
        self._path = Path("no file")

    def _check_place(self) -> None:
        """Check nothing: no file can be moved away."""


class SteadyClock:
    """A clock that starts at noon of TODAY and advances by a second each time it is read."""

    def __init__(self) -> None:
        """Start at noon."""
        self.now = datetime.fromisoformat(f"{TODAY}T12:00:00").replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        """Advance by a second and return the time."""
        self.now += timedelta(seconds=1)
        return self.now


class Scenario:
    """A ledger in memory, with the outcome of the last `when`."""

    def __init__(self, attachments: Attachments | None = None) -> None:
        """Open a ledger that reports in dollars: entry 1."""
        self.store = MemoryStore()
        self.clock = SteadyClock()
        self.ledger = Ledger(self.store, self.clock, attachments)
        self.ledger.open(OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/0")
        self.receipt: Receipt | None = None
        self.refusal: LedgerError | None = None
        self.is_pending = False
        self.before = 1

    def close(self) -> None:
        """Close the ledger."""
        self.ledger.close()

    @property
    def size(self) -> int:
        """The number of entries in the log."""
        return self.store.head().size

    def entry(self, position: int) -> Entry:
        """Return the entry at a position, strictly decoded."""
        data = self.store.entry(position)
        assert data is not None, f"there is no entry {position}"
        return decode(data)

    def position(self, event: type[Event], nth: int = 1) -> int:
        """Return the position of the nth entry with this type of event."""
        positions = [position for position in range(1, self.size + 1) if type(self.entry(position).event) is event]
        return positions[nth - 1]

    def state(self, stream: str) -> Any:
        """Return the state of a stream, folded from the log."""
        state: State = self.ledger.fold(stream)[0]
        return state

    def description(self, stream: str) -> dict[str, str]:
        """Return the description of a stream's state: label to value."""
        return {line.label: line.value for line in self.state(stream).describe()}

    # Given, when, then.

    def given(self, *commands: Command, effective: str = SIGNED_ON) -> Self:
        """Record each command in its own request; none may be refused."""
        for command in commands:
            self.ledger.record(self.request(command, effective_on=effective))
        return self

    def request(self, *commands: Command, effective_on: str | None = SIGNED_ON, **members: Any) -> Request:
        """Return a request of the actor `staff/1`."""
        return Request(commands=tuple(map(tidy, commands)), actor="staff/1", effective_on=effective_on, **members)

    def when(self, *commands: Command, effective: str | None = None, **members: Any) -> Self:
        """Perform commands as one request, effective today unless a date is given."""
        assert not self.is_pending, "a second `when` without a `then`"
        self.before, self.is_pending = self.size, True
        self.receipt = self.refusal = None
        try:
            self.receipt = self.ledger.record(self.request(*commands, effective_on=effective, **members))
        except LedgerError as error:
            self.refusal = error
        return self

    def then(self, *events: Event) -> Self:
        """Assert that exactly these events were recorded."""
        if self.refusal is not None:
            raise self.refusal
        self.is_pending = False
        assert list(events) == self.recorded()
        return self

    def recorded(self) -> list[Event]:
        """Return the events that the last `when` recorded."""
        return [self.entry(position).event for position in range(self.before + 1, self.size + 1)]

    def then_nothing(self) -> Self:
        """Assert that nothing was recorded, without an error."""
        self.then()
        assert self.receipt is not None
        assert self.receipt.positions == "none"
        return self

    def then_refused(self, error: type[LedgerError], *parts: str) -> Self:
        """Assert that this error was raised, with these parts in sentence or hint, and nothing was recorded."""
        self.is_pending = False
        assert error is type(self.refusal), f"{self.refusal!r} and {self.receipt}"
        assert self.refusal is not None
        message = f"{self.refusal.sentence} {self.refusal.hint}"
        for part in parts:
            assert part in message
        assert self.before == self.size
        return self


def money(text: str) -> Money:
    """Return an amount without checking it: commands must check their amounts."""
    currency, _, value = text.partition(" ")
    return Money(currency, value)


def minimal(cls: type[Event], **members: Any) -> Event:
    """Return an event decoded from JSON members, as a reader of the log decodes it."""
    return msgspec.convert({"type": cls.tag(), **members}, cls)
