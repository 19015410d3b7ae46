"""Small registers for random histories: three agreements whose rows change from one file to the next."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from ledger.application.ledger import Ledger
from ledger.domain.errors import LedgerError
from ledger.importing.profile.load import load_profile
from ledger.importing.requests import Options
from ledger.importing.run import run_import

COLUMNS = (
    "reference", "title", "kind", "partners", "partner_types", "memberships", "partner_countries", "itu_unit", "region",
    "priority", "signed_on", "starts_on", "ends_on", "currency", "partner_amount", "itu_amount", "basis",
)  # fmt: skip


def register(a: int, b: int, c: int, d: int) -> str:
    """Return a register of one to three agreements, chosen by four numbers."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for number in range(1 + a % 3):
        partner = f"Partner {'ABC'[(b + number) % 3]} (illustrative)"
        writer.writerow([
            f"R{number}", f"Agreement {number}{c % 2}", "partnership agreement", partner, f"T{b % 2}", "", "", "Unit",
            "AFR" if d % 2 else "ASP", "P", "2024-03-01", "2024-03-01", "2025-12-31", "USD", f"{10 + d}.00", "",
            "tried",
        ])  # fmt: skip
    return text.getvalue()


def import_one(ledger: Ledger, numbers: tuple[int, int, int, int], day: str) -> bool:
    """Import a register, as an amendment from a day on or as a correction; return whether it was accepted."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "register.csv"
        file.write_text(register(*numbers), "utf-8")
        options = Options(actor="staff/1", effective_on=max(day, "2024-03-01"), correct=bool(numbers[0] % 2))
        try:
            run_import(ledger, load_profile("tdag25"), file, options)
        except LedgerError:
            return False
    return True
