"""What documents showed is compared with what is so now, whatever the number of as-ofs that they show."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from benchmarks.commands import Asked, costs, prepared
from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request, command_from
from ledger.domain.organisation.settings import OpenLedger

pytestmark = pytest.mark.slow

ENGAGEMENTS, PARTIES = 400, 50
DOCUMENTS = (40, 400)
"""The same engagements are disclosed by few documents, and by ten times as many."""
MORE = 1.1
"""How many times as many steps ten times the documents may take."""
STATUS = ("status", "--format", "json")
COMMANDS = (
    "report council --from 2020-01-01 --to 2024-12-31 --format json",
    "disclosures --changed-since --format json",
    "disclosures --format json",
    "changes --format json",
)


def _record(ledger: Ledger, on: str, *commands: dict[str, Any]) -> None:
    ledger.record(Request(commands=tuple(map(command_from, commands)), actor="staff/1", effective_on=on))


def _ledger(folder: Path, documents: int) -> str:
    """Make a ledger in which so many documents together disclosed each engagement once, and all changed since."""
    url = f"sqlite:///{folder}/{documents}.db"
    make_ledger(url, OpenLedger(origin="example.org/documents", reporting_currency="USD"), "staff/1")
    ledger = open_ledger(url)
    parties = [
        {"command": "party register", "ref": f"Q{n}", "name": f"Party {n} (illustrative)"} for n in range(PARTIES)
    ]
    _record(ledger, "2020-01-01", *parties)
    for number in range(ENGAGEMENTS):
        party = f"Q{number % PARTIES}"
        amount = {"currency": "USD", "value": "1000.00"}
        _record(
            ledger, "2020-02-01",
            {"command": "engagement sign", "engagement": f"E{number}", "title": f"Title {number}",
             "kind": "consultancy", "parties": [{"party": party, "role": "consultant"}]},
            {"command": "order issue", "engagement": f"E{number}", "number": "1", "vendor": party,
             "subject": "A study", "amount": amount},
        )  # fmt: skip
    share = ENGAGEMENTS // documents
    for number in range(documents):
        day = str(date(2021, 1, 1) + timedelta(number))
        refs = [f"E{ref}" for ref in range(number * share, (number + 1) * share)]
        cover = [{"engagement": ref, "facets": ["parties", "service-orders"]} for ref in refs]
        publish = {"command": "disclosure publish", "document": f"C/{number}", "body": "Council", "as_of_on": day}
        _record(ledger, day, {**publish, "cover": cover})
    for number in range(ENGAGEMENTS):
        amend = {"command": "order amend", "engagement": f"E{number}", "number": "1", "subject": "Another study"}
        _record(ledger, "2023-01-01", amend)
    ledger.close()
    return prepared(url)


def test_ten_times_as_many_documents_cost_no_more(tmp_path: Path) -> None:
    """Given as many as-ofs shown as there are documents, ten times as many over the same register take as much."""
    few, many = (_ledger(tmp_path, documents) for documents in DOCUMENTS)
    for words in COMMANDS:
        small, large = costs([Asked(url, tuple(words.split()), counted=True) for url in (few, many)], [(few, STATUS)])
        assert (0, 0) == (small.code, large.code)
        assert small.steps <= large.steps <= MORE * small.steps, (words, small, large)
