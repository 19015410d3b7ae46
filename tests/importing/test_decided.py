"""The decisions of a rehearsal are recorded unchanged, unless somebody else recorded in between."""

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
from tests.importing.test_payments import ACCEPTING, paid
from tests.importing.workspace import Workspace, faults, row, sheet, table

ROWS = [
    row(reference=f"A-{number}", partners=f"Party {number % 3}", partner_types="Academia" if number % 2 else "",
        signed_on=f"2024-01-{20 - number:02}", itu_amount="7.00")
    for number in range(1, 9)
]  # fmt: skip


def imported(workspace: Workspace) -> list[dict[str, Any]]:
    """Return the members of the entries from rows, without the time of recording."""
    entries = [entry for entry in workspace.entries() if entry.source]
    return [
        {name: getattr(entry, name) for name in Entry.__struct_fields__ if name != "recorded_at"} for entry in entries
    ]


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Record three rows in a transaction."""
    monkeypatch.setattr(record, "PART", 3)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("part", range(3))
def test_decided_once_or_twice_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: int) -> None:
    """If somebody else records before a part, the part is decided again, with the same entries."""
    folders = tmp_path / "alone", tmp_path / "crowded"
    for folder in folders:
        folder.mkdir()
    alone, crowded = map(Workspace, folders)
    really = crowded.ledger.recording
    begun: list[int] = []

    def recording() -> AbstractContextManager[UnitOfWork]:
        if len(begun) == part:
            crowded.record("party register", "2020-01-01", name="Other", ref="OTHER")
        begun.append(part)
        return really()

    alone.import_rows(*ROWS)
    monkeypatch.setattr(crowded.ledger, "recording", recording)
    crowded.import_rows(*ROWS)
    assert 3 == len(begun)
    assert imported(alone) == imported(crowded)
    assert [] == replay_log(alone.ledger) == replay_log(crowded.ledger)


@pytest.mark.usefixtures("small_parts")
def test_no_row_is_decided_twice(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """While nobody else records, each row is decided once: in the rehearsal."""
    decided = []
    really = UnitOfWork.perform_new

    def perform_new(unit: UnitOfWork, request: Request) -> Receipt:
        decided.append(request.id)
        return really(unit, request)

    monkeypatch.setattr(UnitOfWork, "perform_new", perform_new)
    workspace.import_rows(*ROWS)
    assert 8 == len(decided) == len(set(decided))


@pytest.mark.usefixtures("small_parts")
def test_entries_bear_the_moment_of_their_part(workspace: Workspace) -> None:
    """An entry has the time of its transaction, not of its rehearsal."""
    workspace.import_rows(*ROWS)
    moments = [entry.recorded_at for entry in workspace.entries()]
    assert sorted(moments) == moments
    assert 3 == len(set(moments))
    assert [] == replay_log(workspace.ledger)


def test_row_that_is_refused_leaves_nothing_to_the_next(workspace: Workspace) -> None:
    """If the second request of a row is refused, the first is undone as well: later rows do not see it."""
    workspace.sign("A-1", "Alpha")
    workspace.record("order issue", "2024-02-01", engagement="A-1", number="SO-1", subject="Report", vendor="Alpha",
            amount={"currency": "USD", "value": "100.00"})  # fmt: skip
    workspace.profile = read_profile("payments", ACCEPTING.encode())
    rows = [paid(paid="2024-02-15"), paid(voucher="PV-2", amount="80.00")]  # the first is paid before it is accepted
    outcome = workspace.import_rows(data=table(*rows), keep_going=True)
    assert [1] == [number for number, _, _ in faults(outcome)]
    assert (1, 1, 2) == (outcome.paid, outcome.accepted, outcome.entries)
    assert ["deliverable.accepted", "payment.made"] == workspace.tags()[-2:]
    assert [] == replay_log(workspace.ledger)


def test_ledger_goes_on_after_an_import(workspace: Workspace) -> None:
    """An open ledger sees what an import appended, although it had cached the party before."""

    def staff(**members: Any) -> None:
        command = command_from({"command": "party reclassify", "party": "P00001", **members})
        workspace.ledger.record(Request(commands=(command,), actor="staff/1", effective_on="2025-01-01"))

    workspace.import_rows(row(partner_types="Academia"))
    staff(membership="Member State")
    workspace.import_rows(row(partner_types="Private sector"), effective_on="2025-02-01")
    staff(country="CH")
    assert [1, 2, 3, 4] == [entry.version for entry in workspace.entries() if entry.stream == "party/P00001"]
    assert [] == replay_log(workspace.ledger)


def test_file_through_a_pipe(workspace: Workspace) -> None:
    """A pipe, which can be read only once, is imported like a file."""
    pipe = workspace.folder / "pipe.csv"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_bytes, args=(sheet(*ROWS),))
    writer.start()
    outcome: ImportResult = workspace.import_rows(path=pipe)
    writer.join()
    assert (8, []) == (outcome.signed, outcome.faults)


def test_no_room_for_a_long_file(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the temporary file of a long register finds no room, the import is refused, and nothing is recorded."""
    monkeypatch.setattr(spool, "SETUP", (*spool.SETUP, "PRAGMA max_page_count = 8"))
    with pytest.raises(DiskFull) as refusal:
        workspace.import_rows(*(row(reference=f"A-{number}") for number in range(500)))
    assert "too full to write a temporary file" in refusal.value.sentence
    assert 1 == workspace.size
