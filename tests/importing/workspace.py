"""A workspace for import tests: a folder with a ledger of its own, and methods that write and import files."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.application.receipt import Receipt
from ledger.application.request import Request, command_from
from ledger.domain.engagement.state import Engagement
from ledger.domain.money import from_minor
from ledger.domain.organisation.settings import OpenLedger
from ledger.format.entry import Entry, read
from ledger.importing.profile.load import load_profile
from ledger.importing.profile.model import Profile
from ledger.importing.requests import Options
from ledger.importing.result import ImportResult
from ledger.importing.run import run_import

TODAY = "2026-05-04"
COLUMNS = [
    "reference", "title", "kind", "partners", "partner_types", "memberships", "partner_countries", "itu_unit", "region",
    "priority", "signed_on", "starts_on", "ends_on", "currency", "partner_amount", "itu_amount", "basis",
]  # fmt: skip
ROW = {"reference": "A-1", "title": "Data platform", "kind": "partnership agreement", "partners": "Alpha Institute",
       "signed_on": "2024-03-01", "currency": "USD", "partner_amount": "100.00"}  # fmt: skip


def row(**cells: str) -> dict[str, str]:
    """Return the cells of a valid row, with these values replaced."""
    return ROW | cells


def sheet(
    *rows: dict[str, str], columns: Iterable[str] = COLUMNS, encoding: str = "utf-8", delimiter: str = ","
) -> bytes:
    """Return a CSV file of these rows."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def table(*rows: dict[str, str]) -> bytes:
    """Return a CSV file whose columns are the keys of its first row."""
    return sheet(*rows, columns=rows[0])


class Workspace:
    """A ledger and a folder, with methods to write and import files and to read the log."""

    def __init__(self, folder: Path) -> None:
        """Create a ledger in the folder; its clock starts at TODAY and advances a second with each reading."""
        self.folder = folder
        self._ticks = 0
        url = f"sqlite:///{folder}/ledger.db"
        opening = OpenLedger(origin="example.org/ledger", reporting_currency="USD")
        make_ledger(url, opening, "staff/1", self._clock)
        self.ledger: Ledger = open_ledger(url, self._clock)
        self.profile: Profile = load_profile("tdag25")

    def _clock(self) -> datetime:
        self._ticks += 1
        return datetime.fromisoformat(TODAY).replace(tzinfo=UTC) + timedelta(seconds=self._ticks)

    def write(self, data: bytes, name: str = "register.csv") -> Path:
        """Write a file and return its path."""
        path = self.folder / name
        path.write_bytes(data)
        return path

    def import_rows(
        self,
        *rows: dict[str, str],
        data: bytes | None = None,
        path: Path | None = None,
        reason: str | None = None,
        effective_on: str | None = None,
        correct: bool = False,
        **how: Any,
    ) -> ImportResult:
        """Import these rows, these bytes or this file."""
        if path is None:
            path = self.write(sheet(*rows) if data is None else data)
        options = Options("staff/2", reason, effective_on, correct)
        return run_import(self.ledger, self.profile, path, options, **how)

    def record(self, command: str, on: str | None = None, **members: Any) -> Receipt:
        """Record a command as staff do, through another connection to the same ledger."""
        parsed = command_from({"command": command, **members})
        ledger = open_ledger(self.ledger.store.url, self._clock)
        try:
            return ledger.record(Request(commands=(parsed,), actor="staff/1", effective_on=on))
        finally:
            ledger.close()

    def entries(self, first: int = 2) -> list[Entry]:
        """Return the entries from a position on; 2 is the first after the opening."""
        return [read(data) for _, data in self.ledger.store.entries(first)]

    def engagement(self, ref: str = "A-1") -> Engagement:
        """Return the state of an engagement."""
        state = self.ledger.fold(f"engagement/{ref}")[0]
        assert isinstance(state, Engagement)
        return state

    def committed(self, ref: str = "A-1") -> dict[str, str]:
        """Return the commitment of each payer."""
        contributions = self.engagement(ref).balances.contributions
        return {
            by: str(from_minor(currency, contribution.committed))
            for (by, currency), contribution in contributions.items()
            if contribution.committed
        }

    def tags(self, first: int = 2) -> list[str]:
        """Return the types of the entries from a position on."""
        return [entry.event.tag() for entry in self.entries(first)]

    def sign(self, ref: str = "A-1", *parties: str, **particulars: Any) -> None:
        """Sign an engagement with these parties, as staff do; register new parties first."""
        for name in parties or ("Alpha",):
            if not any(name in entry.event.names() for entry in self.entries()):
                self.record("party register", "2024-01-01", name=name)
        self.record("engagement sign", "2024-01-01", engagement=ref, title="Data", kind="consultancy",
                parties=[{"party": name} for name in parties or ("Alpha",)], **particulars)  # fmt: skip

    @property
    def size(self) -> int:
        """The size of the log."""
        return self.ledger.store.head().size


def faults(outcome: ImportResult) -> list[tuple[int, str, str]]:
    """Return the row, column and code of each fault."""
    return [(fault.row, fault.column, fault.code) for fault in outcome.faults]
