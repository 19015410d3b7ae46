"""A small ledger in a folder, recorded command by command: four parties and an engagement."""

from pathlib import Path
from typing import Any

from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request, command_from
from ledger.domain.organisation.settings import OpenLedger


def record(ledger: Ledger, command: str, on: str, **members: Any) -> int:
    """Record a command that is effective on a day; return the position of its last entry."""
    request = Request(commands=(command_from({"command": command, **members}),), actor="staff/1", effective_on=on)
    ledger.record(request)
    return ledger.store.head().size


def void(ledger: Ledger, position: int) -> int:
    """Void an entry; return the position of the void."""
    return record(ledger, "void", "2024-12-31", positions=[position], reason="tried")


def small_ledger(folder: Path) -> Ledger:
    """Return a ledger with parties A to D and a consultancy E1 with A as consultant, signed on 1 January 2024."""
    url = f"sqlite:///{folder}/ledger.db"
    make_ledger(url, OpenLedger(origin="example.org/small", reporting_currency="USD"), "staff/1")
    ledger = open_ledger(url)
    for ref in "ABCD":
        record(ledger, "party register", "2024-01-01", name=f"Party {ref}", ref=ref)
    roles = [{"party": "A", "role": "consultant"}]
    record(ledger, "engagement sign", "2024-01-01", engagement="E1", title="T", kind="consultancy", parties=roles)
    return ledger
