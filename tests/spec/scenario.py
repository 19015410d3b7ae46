"""Given recorded commands, when a command is performed, then it records these events, or is refused, or does nothing.

A scenario runs the real unit of recording on the real tables and triggers, kept in memory: no rule is imitated here.
"""

import hashlib
import sqlite3
from datetime import UTC, datetime, timedelta
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
"""The effective date of what is given, unless a test says another."""

AGREEMENT = b"%PDF-1.7 an agreement\n"
"""The attached file of every scenario's ledger."""
KEPT = Content(hashlib.sha256(AGREEMENT).hexdigest(), len(AGREEMENT), "application/pdf")
"""What the log is to say of it."""


class MemoryStore(SQLiteStore):
    """The SQLite store without a file: the same statements, tables and triggers."""

    def __init__(self) -> None:
        """Make an empty log."""
        self._db = sqlite3.connect(":memory:", isolation_level=None)
        for statement in (*TABLES.values(), *TRIGGERS.values()):
            self._db.execute(statement)
        self._db.execute("INSERT INTO head VALUES (1, 0, '', x'', ?)", (EMPTY_ROOT,))
        self.url, self.writable = "memory", True
        self._head = self._failure = None


class SteadyClock:
    """Noon of the scenario's date, and a second later each time it is asked."""

    def __init__(self) -> None:
        """Start at noon."""
        self.now = datetime.fromisoformat(f"{TODAY}T12:00:00").replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the moment, and move on."""
        self.now += timedelta(seconds=1)
        return self.now


class Scenario:
    """One ledger, one question."""

    def __init__(self, attachments: Attachments | None = None) -> None:
        """Open a ledger that reports in dollars: entry 1."""
        self.store = MemoryStore()
        self.clock = SteadyClock()
        self.ledger = Ledger(self.store, self.clock, attachments)
        self.ledger.open(OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/0")
        self.receipt: Receipt | None = None
        self.refusal: LedgerError | None = None
        self.asked = False
        self.before = 1

    def close(self) -> None:
        """Let the log go."""
        self.ledger.close()

    @property
    def size(self) -> int:
        """How many entries the log has."""
        return self.store.head().size

    def entry(self, position: int) -> Entry:
        """Return the entry at a position, strictly decoded."""
        data = self.store.entry(position)
        assert data is not None, f"there is no entry {position}"
        return decode(data)

    def position(self, event: type[Event], nth: int = 1) -> int:
        """Return the position of the nth entry with this type of event."""
        found = [position for position in range(1, self.size + 1) if type(self.entry(position).event) is event]
        return found[nth - 1]

    def state(self, stream: str) -> Any:
        """Return the state of a stream as it is loaded afresh."""
        state: State = self.ledger.fold(stream)[0]
        return state

    def description(self, stream: str) -> dict[str, str]:
        """Return the description of a stream's state: label to value."""
        return {line.label: line.value for line in self.state(stream).describe()}

    # Given, when, then.

    def given(self, *commands: Command, effective: str = SIGNED_ON) -> Self:
        """Record commands, one request each; none of them may be refused."""
        for command in commands:
            self.ledger.record(self.request(command, effective_on=effective))
        return self

    def request(self, *commands: Command, effective_on: str | None = SIGNED_ON, **members: Any) -> Request:
        """Return a request of staff."""
        return Request(commands=tuple(map(tidy, commands)), actor="staff/1", effective_on=effective_on, **members)

    def when(self, *commands: Command, effective: str | None = None, **members: Any) -> Self:
        """Ask for commands as one request, effective today unless a date is given."""
        assert not self.asked, "a question before the answer to the last one was looked at"
        self.before, self.asked = self.size, True
        self.receipt = self.refusal = None
        try:
            self.receipt = self.ledger.record(self.request(*commands, effective_on=effective, **members))
        except LedgerError as error:
            self.refusal = error
        return self

    def then(self, *events: Event) -> Self:
        """Hold these events to be what was recorded, no more and no less."""
        if self.refusal is not None:
            raise self.refusal
        self.asked = False
        assert list(events) == self.recorded()
        return self

    def recorded(self) -> list[Event]:
        """Return the events that the last question recorded."""
        return [self.entry(position).event for position in range(self.before + 1, self.size + 1)]

    def then_nothing(self) -> Self:
        """Hold that there was nothing to do."""
        self.then()
        assert self.receipt is not None
        assert self.receipt.positions == "none"
        return self

    def then_refused(self, error: type[LedgerError], *parts: str) -> Self:
        """Hold that it was refused with this error, whose sentence or hint has these parts, and left nothing."""
        self.asked = False
        assert error is type(self.refusal), f"{self.refusal!r} and {self.receipt}"
        assert self.refusal is not None
        told = f"{self.refusal.sentence} {self.refusal.hint}"
        for part in parts:
            assert part in told
        assert self.before == self.size
        return self


def money(text: str) -> Money:
    """Return an amount from text, unchecked beyond its shape: commands must check what they are given."""
    currency, _, value = text.partition(" ")
    return Money(currency, value)


def minimal(cls: type[Event], **members: Any) -> Event:
    """Return an event made from JSON members, as a reader of the log would make it."""
    return msgspec.convert({"type": cls.tag(), **members}, cls)
