"""The imports of a ledger: listed with what of them stands, and taken back as one act."""

import pytest

from ledger.application.request import Request
from ledger.domain.voiding import VoidBreaks, VoidEntries
from ledger.importing import record
from ledger.importing.changes.imports import (
    ImportUndone,
    UnknownImport,
    find_import,
    imports,
    to_undo,
    undo_id,
    undo_id_of,
)
from tests.importing.workspace import Workspace, faults, row


def undo(workspace: Workspace, number: int) -> list[str]:
    """Undo an import, and return the parties that stay registered."""
    chosen = find_import(workspace.ledger, number)
    positions, kept = to_undo(workspace.ledger, chosen)
    voids = VoidEntries(positions=tuple(positions), reason="The wrong file")
    workspace.ledger.record(Request(commands=(voids,), actor="staff/2", id=undo_id(chosen.profile, chosen.sha256)))
    return kept


def listed(workspace: Workspace) -> list[tuple[str, int, int, int]]:
    """Return the places of each import, its rows, its entries, and how many of them stand."""
    return [(each.places, each.rows, each.entries, each.standing) for each in imports(workspace.ledger)]


def test_no_import(workspace: Workspace) -> None:
    """A ledger into which nothing was imported has none."""
    workspace.sign("A-9", "Omega")
    assert [] == imports(workspace.ledger)
    with pytest.raises(UnknownImport, match="nothing was imported yet"):
        find_import(workspace.ledger, 1)


def test_each_file_is_an_import(workspace: Workspace) -> None:
    """An import has the file's SHA-256, its profile and who imported it; the same file again adds none."""
    first = workspace.import_rows(row(), row(reference="A-2"))
    workspace.import_rows(row(), row(reference="A-2"))
    second = workspace.import_rows(row(reference="A-3"))
    assert [("2-6", 2, 5, 5), ("7-8", 1, 2, 2)] == listed(workspace)
    found = imports(workspace.ledger)
    assert [first.sha256, second.sha256] == [each.sha256 for each in found]
    assert {("tdag25", "staff/2", "2026-05-04")} == {
        (each.profile, each.actor, each.recorded_at[:10]) for each in found
    }
    with pytest.raises(UnknownImport, match="the last one is 2"):
        find_import(workspace.ledger, 3)


def test_an_import_with_others_in_between(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What others record between the parts of an import does not divide it."""
    monkeypatch.setattr(record, "PART", 1)
    workspace.import_rows(
        row(), row(reference="A-2"), settled=lambda rows: workspace.sign("A-9", "Omega") if rows == 1 else None
    )
    assert [("2-4, 7-8", 2, 5, 5)] == listed(workspace)


def test_an_older_file_again_is_another_import(workspace: Workspace) -> None:
    """A file that amends back what a newer one had changed is an import of its own, and is undone alone."""
    for amount in ("100.00", "120.00", "100.00"):
        workspace.import_rows(row(partner_amount=amount))
    assert [("2-4", 1, 3, 3), ("5", 1, 1, 1), ("6", 1, 1, 1)] == listed(workspace)
    undo(workspace, 3)
    assert {"P00001": "120.00"} == {ref: text.removeprefix("USD ") for ref, text in workspace.committed().items()}
    assert [3, 1, 0] == [each.standing for each in imports(workspace.ledger)]


def test_the_rows_are_free_again(workspace: Workspace) -> None:
    """The same file, and a mended one, are imported as if for the first time; parties get their references again."""
    workspace.import_rows(row(), row(reference="A-2", partners="Beta"))
    undo(workspace, 1)
    mended = [row(partner_amount="90.00"), row(reference="A-2", partners="Beta")]
    outcome = workspace.import_rows(*mended)
    assert (2, 2, []) == (outcome.signed, outcome.parties, outcome.notices)
    assert {"P00001": "USD 90.00"} == workspace.committed()
    assert {"P00002": "USD 100.00"} == workspace.committed("A-2")
    undo(workspace, 2)
    assert 2 == workspace.import_rows(row(), row(reference="A-2", partners="Beta")).signed
    assert [0, 0, 6] == [each.standing for each in imports(workspace.ledger)]


def test_what_staff_voided_stays_voided(workspace: Workspace) -> None:
    """Rows whose entries staff voided by hand are not free: they add nothing, and are refused once they change."""
    workspace.import_rows(row(), row(reference="A-2"))
    workspace.record("void", positions=[5, 6], reason="Never signed")
    assert [("2-6", 2, 5, 3)] == listed(workspace)
    assert 2 == workspace.import_rows(row(), row(reference="A-2")).unchanged
    assert [(2, "reference", "taken-back")] == faults(workspace.import_rows(row(), row(reference="A-2", title="Else")))
    undo(workspace, 1)
    assert [(2, "reference", "taken-back")] == faults(
        workspace.import_rows(row(), row(reference="A-2", title="Else"), keep_going=True)
    )


def test_an_undo_that_is_taken_back(workspace: Workspace) -> None:
    """Who voids the undo brings the import back: its rows are recorded again, and add nothing."""
    workspace.import_rows(row())
    undo(workspace, 1)
    workspace.record("void", positions=[5, 6, 7], reason="It was the right file")
    assert [("2-4", 1, 3, 3)] == listed(workspace)
    assert 1 == workspace.import_rows(row()).unchanged
    outcome = workspace.import_rows(row(partner_amount="120.00"))
    assert (1, {"P00001": "USD 120.00"}) == (outcome.amended, workspace.committed())


def test_a_party_that_others_refer_to(workspace: Workspace) -> None:
    """Parties of the import that later entries name stay registered; the rest is taken back."""
    workspace.import_rows(row(), row(reference="A-2", partners="Beta"))
    workspace.import_rows(row(reference="A-3"))
    assert ["P00001"] == undo(workspace, 1)
    assert [("2-7", 2, 6, 1), ("8-9", 1, 2, 2)] == listed(workspace)
    assert 2 == workspace.import_rows(row(), row(reference="A-2", partners="Beta")).signed


def test_an_import_on_which_others_build(workspace: Workspace) -> None:
    """What staff recorded on top of an import is not taken back with it: it must be voided first."""
    workspace.import_rows(row())
    workspace.record("contribution receive", "2024-04-01", engagement="A-1", payer="P00001",
                     amount={"currency": "USD", "value": "10.00"})  # fmt: skip
    with pytest.raises(VoidBreaks):
        undo(workspace, 1)
    workspace.record("void", positions=[5], reason="Of another engagement")
    undo(workspace, 1)
    with pytest.raises(ImportUndone):
        undo(workspace, 1)


def test_a_correction_is_undone(workspace: Workspace) -> None:
    """Undoing a correction brings back what it had corrected."""
    workspace.import_rows(row())
    workspace.import_rows(row(partner_amount="70.00"), correct=True)
    assert {"P00001": "USD 70.00"} == workspace.committed()
    undo(workspace, 2)
    assert {"P00001": "USD 100.00"} == workspace.committed()
    assert 1 == workspace.import_rows(row()).unchanged
    outcome = workspace.import_rows(row(partner_amount="60.00"), correct=True)
    assert (1, {"P00001": "USD 60.00"}) == (outcome.corrected, workspace.committed())


def test_the_id_of_an_undo(workspace: Workspace) -> None:
    """Entries of one import have an id under which they are undone; other entries have none."""
    workspace.import_rows(row())
    workspace.sign("A-9", "Omega")
    sha256 = imports(workspace.ledger)[0].sha256
    assert (undo_id_of(workspace.ledger, [2, 3]) or "").startswith(f"undo:import:tdag25:{sha256[:32]}:")
    assert [None, None] == [undo_id_of(workspace.ledger, positions) for positions in ([2, 5], [5, 6])]
