"""Entries recorded long after their effective date: counted, listed on request, and no findings."""

import json
from pathlib import Path

import pytest

from cli.main import run
from cli.session import Session
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.party import RegisterParty
from ledger.format.entry import Source
from ledger.verify.backdating import BackDated, BackdatingReport
from ledger.verify.procedure import verify_log
from tests.attacks.forger import Forger, SteadyClock

DATES = ("2026-01-15", "2025-12-16", "2025-12-15", "2020-02-29", "1865-01-01", "2026-01-16")
"""Effective dates of entries 2 to 7, all recorded on 15 January 2026: 0, 30, 31, 2147, 58818 and -1 days before."""


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Return a ledger in which every second entry was imported from a row of a file."""
    url, clock = f"sqlite:///{tmp_path}/ledger.db", SteadyClock()
    make_ledger(url, OpenLedger(origin="example.org/late", reporting_currency="USD"), "staff/1", clock)
    ledger = open_ledger(url, clock)
    for number, day in enumerate(DATES):
        source = Source("0" * 64, number) if number % 2 else None
        command = RegisterParty(name=f"Party {number}")
        ledger.record(Request(commands=(command,), actor="staff/1", effective_on=day, source=source))
    ledger.close()
    return url


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, [3, 4, 5, 6]), (29, [3, 4, 5, 6]), (30, [4, 5, 6]), (31, [5, 6]), (2147, [6]), (58818, [])],
)
def test_more_than_a_number_of_days(url: str, days: int, expected: list[int]) -> None:
    """An entry is late by the days from its effective date to its recording; it counts only above the limit."""
    ledger = open_ledger(url)
    result = verify_log(ledger.store, backdating=BackdatingReport(days, listed=True))
    ledger.close()
    assert expected == [entry.position for entry in result.backdating.entries]
    assert [] == result.findings


def test_the_row_of_an_entry(url: str) -> None:
    """A row has position, stream, both days, their distance, and whether it was imported; imported rows are counted."""
    ledger = open_ledger(url)
    backdating = verify_log(ledger.store, backdating=BackdatingReport(listed=True)).backdating
    ledger.close()
    assert BackDated(5, "party/P00004", "2020-02-29", "2026-01-15", 2147, imported=True) == backdating.entries[1]
    assert (2, 1) == (backdating.recorded, backdating.imported)


def test_only_two_numbers_are_stored(url: str) -> None:
    """For a log of any length only two numbers are stored in memory."""
    ledger = open_ledger(url)
    backdating = verify_log(ledger.store).backdating
    ledger.close()
    assert ([], 2, 1) == (backdating.entries, backdating.recorded, backdating.imported)


def test_the_command_counts(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`ledger verify` prints on stderr how many there are and how to list them, and exits with 0."""
    assert 0 == run(["verify"], Session(url=url))
    printed = capsys.readouterr()
    assert 1 == len(printed.out.splitlines())
    assert (
        "note: recorded more than 30 days after their effective date: 2 entries by hand, 1 imported; "
        "--back-dated 30 lists them.\n"
    ) == printed.err


def test_the_command_lists(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With a number of days they are listed below the verdict; if there are none, a sentence states it."""
    assert 0 == run(["verify", "--back-dated", "2147"], Session(url=url))
    verdict, head, _, row = capsys.readouterr().out.splitlines()
    assert verdict.startswith("verified the log")
    assert ["position", "stream", "effective", "recorded", "days", "imported"] == head.split()
    assert ["6", "party/P00005", "1865-01-01", "2026-01-15", "58818", "no"] == row.split()
    assert 0 == run(["verify", "--back-dated", "99999"], Session(url=url))
    assert "99999 days after their effective date: 0 entries by hand, 0 imported." in capsys.readouterr().err


def test_as_data(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON form always has the numbers, and the entries on request."""
    assert 0 == run(["verify", "--format", "json"], Session(url=url))
    assert {"days": 30, "recorded": 2, "imported": 1} == json.loads(capsys.readouterr().out)["back_dated"]
    assert 0 == run(["verify", "--format", "json", "--back-dated", "2147"], Session(url=url))
    (entry,) = json.loads(capsys.readouterr().out)["back_dated"]["entries"]
    assert {
        "position": 6, "stream": "party/P00005", "effective_on": "1865-01-01", "recorded_on": "2026-01-15",
        "days": 58818, "imported": False,
    } == entry  # fmt: skip


def test_an_invalid_entry_is_not_late(url: str, tmp_path: Path) -> None:
    """An entry that fails an earlier step is a finding, and its dates are not checked."""
    forger = Forger(tmp_path / "ledger.db")
    with forger.unguarded():
        forger.sql("UPDATE entries SET data = x'00' WHERE position = 5")
    forger.close()
    ledger = open_ledger(url)
    backdating = verify_log(ledger.store, backdating=BackdatingReport(listed=True)).backdating
    assert [4, 6] == [entry.position for entry in backdating.entries]
    ledger.close()
