"""What a rehearsal decided is what is recorded: once decided, appended as it is, unless somebody else was quicker."""

import os
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from ledger.application.receipt import Receipt
from ledger.application.request import Request, command_from
from ledger.application.transaction import UnitOfWork
from ledger.format.entry import Entry
from ledger.importing import record
from ledger.importing.profile.load import read_profile
from ledger.importing.result import ImportResult
from ledger.importing.source import spool
from ledger.replay.procedure import replay_log
from ledger.stores.errors import DiskFull
from tests.importing.desk import Desk, faults, row, sheet, table
from tests.importing.test_payments import ACCEPTING, paid

ROWS = [
    row(reference=f"A-{number}", partners=f"Party {number % 3}", partner_types="Academia" if number % 2 else "",
        signed_on=f"2024-01-{20 - number:02}", itu_amount="7.00")
    for number in range(1, 9)
]  # fmt: skip


def imported(desk: Desk) -> list[dict[str, Any]]:
    """Return what the entries that came from rows say, but for the moment of their recording."""
    told = [entry for entry in desk.entries() if entry.source]
    return [{name: getattr(entry, name) for name in Entry.__struct_fields__ if name != "recorded_at"} for entry in told]


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Record three rows a transaction."""
    monkeypatch.setattr(record, "PART", 3)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("part", range(3))
def test_decided_once_or_twice_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: int) -> None:
    """Where somebody else records before a part, it is decided again, and says what it would have said."""
    folders = tmp_path / "alone", tmp_path / "crowded"
    for folder in folders:
        folder.mkdir()
    one, other = map(Desk, folders)
    really = other.ledger.recording
    begun: list[int] = []

    def recording() -> AbstractContextManager[UnitOfWork]:
        if len(begun) == part:
            other.do("party register", "2020-01-01", name="Other", ref="OTHER")
        begun.append(part)
        return really()

    one.take(*ROWS)
    monkeypatch.setattr(other.ledger, "recording", recording)
    other.take(*ROWS)
    assert 3 == len(begun)
    assert imported(one) == imported(other)
    assert [] == replay_log(one.ledger) == replay_log(other.ledger)


@pytest.mark.usefixtures("small_parts")
def test_no_row_is_decided_twice(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """While nobody else records, each row is decided when it is checked, and appended when it is recorded."""
    decided = []
    really = UnitOfWork.perform_new

    def perform_new(unit: UnitOfWork, request: Request) -> Receipt:
        decided.append(request.id)
        return really(unit, request)

    monkeypatch.setattr(UnitOfWork, "perform_new", perform_new)
    desk.take(*ROWS)
    assert 8 == len(decided) == len(set(decided))


@pytest.mark.usefixtures("small_parts")
def test_entries_bear_the_moment_of_their_part(desk: Desk) -> None:
    """An entry is recorded when its transaction is, and not when it was rehearsed."""
    desk.take(*ROWS)
    moments = [entry.recorded_at for entry in desk.entries()]
    assert sorted(moments) == moments
    assert 3 == len(set(moments))
    assert [] == replay_log(desk.ledger)


def test_row_that_is_refused_leaves_nothing_to_the_next(desk: Desk) -> None:
    """Of a row whose second request is refused the first was not rehearsed either: nothing is built on it."""
    desk.sign("A-1", "Alpha")
    desk.do("order issue", "2024-02-01", engagement="A-1", number="SO-1", subject="Report", vendor="Alpha",
            amount={"currency": "USD", "value": "100.00"})  # fmt: skip
    desk.profile = read_profile("payments", ACCEPTING.encode())
    rows = [paid(paid="2024-02-15"), paid(voucher="PV-2", amount="80.00")]  # the first is paid before it is accepted
    outcome = desk.take(data=table(*rows), keep_going=True)
    assert [1] == [number for number, _, _ in faults(outcome)]
    assert (1, 1, 2) == (outcome.paid, outcome.accepted, outcome.entries)
    assert ["deliverable.accepted", "payment.made"] == desk.tags()[-2:]
    assert [] == replay_log(desk.ledger)


def test_ledger_goes_on_after_an_import(desk: Desk) -> None:
    """A ledger that stays open records upon what an import appended, although it had folded the party before."""

    def staff(**members: Any) -> None:
        command = command_from({"command": "party reclassify", "party": "P00001", **members})
        desk.ledger.record(Request(commands=(command,), actor="staff/1", effective_on="2025-01-01"))

    desk.take(row(partner_types="Academia"))
    staff(membership="Member State")
    desk.take(row(partner_types="Private sector"), effective_on="2025-02-01")
    staff(country="CH")
    assert [1, 2, 3, 4] == [entry.version for entry in desk.entries() if entry.stream == "party/P00001"]
    assert [] == replay_log(desk.ledger)


def test_file_through_a_pipe(desk: Desk) -> None:
    """A pipe, which can be read once only, is read as a file is."""
    pipe = desk.folder / "pipe.csv"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_bytes, args=(sheet(*ROWS),))
    writer.start()
    outcome: ImportResult = desk.take(path=pipe)
    writer.join()
    assert (8, []) == (outcome.signed, outcome.faults)


def test_no_room_for_a_long_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the temporary file of a long register finds no room, it is told so, and nothing is recorded."""
    monkeypatch.setattr(spool, "SETUP", (*spool.SETUP, "PRAGMA max_page_count = 8"))
    with pytest.raises(DiskFull) as told:
        desk.take(*(row(reference=f"A-{number}") for number in range(500)))
    assert "no room left to write a temporary file" in told.value.sentence
    assert 1 == desk.size
