"""Clocks that are off: on a server its own time counts, and on a file no time that its file system does not know."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.party import RegisterParty
from ledger.stores.sqlite.clock import ClockAhead
from ledger.verify.procedure import verify_log
from tests.faults.processes import new_ledger
from tests.postgres.command import ended, started, typed
from tests.postgres.logins import logins

CLOCKS = ("+3", "-7200", "2099-06-01T12:00:00+00:00")
LAST = "9999-12-31T23:59:30+00:00"
"""Half a minute before the end of all calendars here."""


def _times(url: str) -> list[str]:
    ledger = open_ledger(url)
    times = [json.loads(data)["recorded_at"] for _, data in ledger.store.entries()]
    assert [] == verify_log(ledger.store).findings
    ledger.close()
    return times


def _is_now(moment: str) -> bool:
    return abs(datetime.fromisoformat(moment) - datetime.now(UTC)) < timedelta(minutes=4)


@pytest.mark.parametrize("role", ["recorder", "owner"])
def test_clients_whose_clocks_are_off(tmp_path: Path, role: str) -> None:
    """Given clients ahead, behind and in another century, when they record side by side, then all do, at its time."""
    with logins(tmp_path) as four:
        url = four.url(role)
        for number in range(3):
            work = [
                started(tmp_path, "--url", url, "party", "register", f"Party {number} of {place}", clock=clock)
                for place, clock in enumerate((*CLOCKS, "+0"))
            ]
            for answer, code in map(ended, work):
                assert 0 == code, answer
        assert all(map(_is_now, _times(url)))


def test_a_stream_of_commands_at_the_time_of_the_server(postgres_url: str, tmp_path: Path) -> None:
    """Given a process that records for long, when others record in between, then each has its own time, in order."""
    new_ledger(tmp_path, postgres_url)
    one, other = open_ledger(postgres_url), open_ledger(postgres_url)
    for number in range(10):
        for ledger in (one, other):
            ledger.record(Request(commands=(RegisterParty(name=f"{number} {id(ledger)}"),), actor="staff/1"))
    one.close()
    other.close()
    times = _times(postgres_url)
    assert (sorted(times), True) == (times, all(map(_is_now, times)))


@pytest.mark.parametrize("clock", ["2099-06-01T12:00:00+00:00", LAST])
def test_a_clock_that_the_file_system_does_not_know(tmp_path: Path, clock: str) -> None:
    """Given a file, when a clock is years ahead of its file system, then nothing is recorded, until it is confirmed."""
    init = ("init", "--origin", "example.org/ledger", "--currency", "USD")
    answer, code = typed(tmp_path, *init, clock=clock)
    assert (4, True) == (code, answer.startswith("error: clock-ahead: ")), answer
    assert [] == list(tmp_path.glob("ledger.db*"))
    assert 0 == typed(tmp_path, *init)[1]
    register = ("party", "register", "Alpha (illustrative)")
    answer, code = typed(tmp_path, *register, clock=clock)
    assert (4, True) == (code, answer.startswith("error: clock-ahead: ")), answer
    assert 0 == typed(tmp_path, *register)[1]
    assert all(map(_is_now, _times(f"sqlite:///{tmp_path}/ledger.db")))
    if clock == LAST:
        return
    answer, code = typed(tmp_path, "party", "register", "Beta (illustrative)", clock=clock, LEDGER_CLOCK="right")
    assert 0 == code, answer
    answer, code = typed(tmp_path, "verify")
    assert (1, True) == (code, "recorded-in-future" in answer), answer


@pytest.mark.parametrize("words", [
    "status", "verify", "next", "log", "party list", "party register A", "report overdue", "checkpoint", "backup b.zip",
    "disclosures --undisclosed", "engagement sign E --title T --kind memorandum --party Alpha",
])  # fmt: skip
def test_the_end_of_the_calendar(tmp_path: Path, words: str) -> None:
    """Given a clock at the end of the year 9999, when anything is typed, then it is no defect of the software."""
    new_ledger(tmp_path)
    answer, code = typed(tmp_path, *words.split(), clock=LAST)
    assert (True, False) == (code in (0, 1, 2, 3, 4, 5), "Traceback" in answer), answer


@pytest.mark.parametrize("words", ["party register A", "engagement sign E --title T --kind memorandum --party Alpha"])
def test_recording_at_the_end_of_the_calendar(tmp_path: Path, words: str) -> None:
    """Given that clock, when somebody says that it is right, then the year is refused, or the entry can be verified."""
    new_ledger(tmp_path)
    answer, code = typed(tmp_path, *words.split(), clock=LAST, LEDGER_CLOCK="right")
    assert (True, False) == (code in (0, 2, 3, 4), "Traceback" in answer), answer


def test_a_ledger_that_rests(tmp_path: Path) -> None:
    """Given a ledger of years ago, when somebody records today, then nothing is asked."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    make_ledger(url, OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/1", _long_ago)
    ledger = open_ledger(url)
    ledger.record(Request(commands=(RegisterParty(name="Alpha"),), actor="staff/1"))
    before = ledger.store.head()
    with pytest.raises(ClockAhead):
        ledger.store.check_clock(datetime.now(UTC) + timedelta(days=2), "2020-01-01T00:00:00.000000Z")
    ledger.store.check_clock(datetime.now(UTC) + timedelta(hours=23), before.recorded_at)
    ledger.close()


def _long_ago() -> datetime:
    return datetime(2020, 1, 1, tzinfo=UTC)
