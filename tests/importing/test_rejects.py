"""With --keep-going, valid rows are recorded, and refused ones go to a file to be mended and imported."""

from pathlib import Path

import pytest

from ledger.importing.errors import CannotWriteRejects, RejectsInTheWay
from ledger.importing.profile.load import read_profile
from tests.importing.workspace import COLUMNS, Workspace, faults, row, sheet


def rejects(workspace: Workspace) -> Path:
    """Return the path of the reject file of register.csv."""
    return workspace.folder / "register.csv.rejects.csv"


def test_without_it_nothing_is_recorded(workspace: Workspace) -> None:
    """One refused row keeps the whole file out, and no reject file is written."""
    outcome = workspace.import_rows(row(), row(reference="A-2", title=""))
    assert ({2}, []) == (outcome.faulty, outcome.positions)
    assert (1, False) == (workspace.size, rejects(workspace).exists())


def test_good_rows_are_recorded_and_bad_ones_written(workspace: Workspace) -> None:
    """The reject file has the columns of the file and the reason of each row."""
    outcome = workspace.import_rows(row(), row(reference="A-2", title="", signed_on="never"), keep_going=True)
    assert (1, {2}, str(rejects(workspace))) == (outcome.signed, outcome.faulty, outcome.rejects)
    header, bad = rejects(workspace).read_text("utf-8").splitlines()
    assert ",".join([*COLUMNS, "reason"]) == header
    assert bad.startswith("A-2,,partnership agreement,Alpha Institute")
    assert bad.endswith("signed_on: 'never' is not a date. title: The row does not give its title.")


def test_mended_file_is_imported(workspace: Workspace) -> None:
    """Mended rows are imported from the reject file as from the register; no row has vanished."""
    workspace.import_rows(
        row(), row(reference="A-2", signed_on="never"), row(reference="A-3", title=""), keep_going=True
    )
    mended = rejects(workspace).read_bytes().replace(b",never,", b",2024-03-02,")
    again = workspace.import_rows(path=workspace.write(mended, "mended.csv"), keep_going=True)
    assert (1, [(2, "title", "empty-cell")], []) == (again.signed, faults(again), again.vanished)
    last = workspace.write(
        (workspace.folder / "mended.csv.rejects.csv").read_bytes().replace(b"A-3,,", b"A-3,Hub,"), "last.csv"
    )
    assert b"reason,reason" not in last.read_bytes()
    assert 1 == workspace.import_rows(path=last).signed
    assert (
        []
        == workspace.import_rows(
            row(), row(reference="A-2", signed_on="2024-03-02"), row(reference="A-3", title="Hub")
        ).positions
    )


@pytest.mark.parametrize("cells", [b"A-9,short", b",".join([b"A-9"] * 18), b",".join([b"A-9"] * 20)])
def test_ragged_row_stays_ragged(workspace: Workspace, cells: bytes) -> None:
    """A row with too few or too many cells is refused from the reject file too, until somebody mends it."""
    workspace.import_rows(data=sheet(row()) + cells + b"\r\n", keep_going=True)
    assert [(1, "", "ragged-row")] == faults(workspace.import_rows(path=rejects(workspace)))


def test_encoding_and_delimiter_are_those_of_the_file(workspace: Workspace) -> None:
    """The reject file has the encoding of the register, with its byte order mark if it has one."""
    text = """
        kind = "agreements"
        file = { encoding = "cp1252", delimiter = ";" }
        columns = { title = "title", kind = "kind", parties = "partners", signed_on = "signed_on" }
    """
    workspace.profile = read_profile("other", text.encode())
    data = sheet(row(title="Café", signed_on="jamais"), encoding="cp1252", delimiter=";")
    workspace.import_rows(data=data, keep_going=True)
    assert "Café" in rejects(workspace).read_text("cp1252")
    assert [(1, "signed_on", "not-a-date")] == faults(workspace.import_rows(path=rejects(workspace)))
    workspace.profile = read_profile("other", text.replace("cp1252", "utf-8").encode())
    marked = workspace.write(sheet(row(signed_on="jamais"), encoding="utf-8-sig", delimiter=";"), "marked.csv")
    workspace.import_rows(path=marked, keep_going=True)
    assert (workspace.folder / "marked.csv.rejects.csv").read_bytes().startswith(b"\xef\xbb\xbfreference")


def test_nothing_is_overwritten(workspace: Workspace) -> None:
    """Another file in its place is not overwritten, and nothing is recorded; an equal reject file is no obstacle."""
    rejects(workspace).write_text("mine")
    with pytest.raises(RejectsInTheWay):
        workspace.import_rows(row(), row(reference="A-2", title=""), keep_going=True)
    assert ("mine", 1) == (rejects(workspace).read_text(), workspace.size)
    rejects(workspace).unlink()
    assert 1 == workspace.import_rows(row(), row(reference="A-2", title=""), keep_going=True).signed
    assert 1 == workspace.import_rows(row(), row(reference="A-2", title=""), keep_going=True).unchanged


def test_place_that_cannot_be_written(workspace: Workspace) -> None:
    """If the reject file cannot be written, nothing is recorded, and no temporary file is left."""
    rejects(workspace).mkdir()
    with pytest.raises(RejectsInTheWay):
        workspace.import_rows(row(title=""), keep_going=True)
    path = workspace.write(sheet(row(title="")), "x" * 245 + ".csv")
    with pytest.raises(CannotWriteRejects):
        workspace.import_rows(path=path, keep_going=True)
    assert 1 == workspace.size
    assert [] == list(workspace.folder.glob(".*.part"))


def test_column_called_reason(workspace: Workspace) -> None:
    """If the register has a column of that name, the column of the reason gets another."""
    data = sheet(row(reason="own", title=""), columns=["reason", *COLUMNS])
    workspace.import_rows(data=data, keep_going=True)
    header, bad = rejects(workspace).read_text("utf-8").splitlines()
    assert header.startswith("reason,reference")
    assert header.endswith(",import reason")
    assert bad.startswith("own,A-1")


def test_without_bad_rows_no_file_is_written(workspace: Workspace) -> None:
    """--keep-going with a valid file is a plain import."""
    assert workspace.import_rows(row(), keep_going=True).rejects is None
    assert not rejects(workspace).exists()


def test_row_that_relies_on_a_bad_one_stands_by_itself(workspace: Workspace) -> None:
    """If the row that would register a party is refused, the next row with the party registers it."""
    rows = [
        row(signed_on="2024-01-01", title="", partner_types="Nonsense"),
        row(reference="A-2", partner_types="Academia"),
    ]
    outcome = workspace.import_rows(*rows, keep_going=True)
    assert (1, 1) == (outcome.signed, outcome.parties)
    assert "party.registered" == workspace.entries()[0].event.tag()
