"""Keeping going: good rows are recorded, bad ones go to a file that is mended and imported."""

from pathlib import Path

import pytest

from ledger.importing.errors import CannotWriteRejects, RejectsInTheWay
from ledger.importing.profile.load import read_profile
from tests.importing.desk import COLUMNS, Desk, faults, row, sheet


def rejects(desk: Desk) -> Path:
    """Return where the rejected rows of register.csv are."""
    return desk.folder / "register.csv.rejects.csv"


def test_without_it_nothing_is_recorded(desk: Desk) -> None:
    """One bad row keeps the whole file out, and no file is written."""
    outcome = desk.take(row(), row(reference="A-2", title=""))
    assert ({2}, []) == (outcome.faulty, outcome.positions)
    assert (1, False) == (desk.size, rejects(desk).exists())


def test_good_rows_are_recorded_and_bad_ones_written(desk: Desk) -> None:
    """The reject file has the columns of the file and the reason of each row."""
    outcome = desk.take(row(), row(reference="A-2", title="", signed_on="never"), keep_going=True)
    assert (1, {2}, str(rejects(desk))) == (outcome.signed, outcome.faulty, outcome.rejects)
    header, bad = rejects(desk).read_text("utf-8").splitlines()
    assert ",".join([*COLUMNS, "reason"]) == header
    assert bad.startswith("A-2,,partnership agreement,Alpha Institute")
    assert bad.endswith("signed_on: 'never' is not a date. title: The row does not give its title.")


def test_mended_file_is_imported(desk: Desk) -> None:
    """Mended rows are taken in from the reject file as they would have been from the register; nothing has vanished."""
    desk.take(row(), row(reference="A-2", signed_on="never"), row(reference="A-3", title=""), keep_going=True)
    mended = rejects(desk).read_bytes().replace(b",never,", b",2024-03-02,")
    again = desk.take(path=desk.write(mended, "mended.csv"), keep_going=True)
    assert (1, [(2, "title", "empty-cell")], []) == (again.signed, faults(again), again.vanished)
    last = desk.write((desk.folder / "mended.csv.rejects.csv").read_bytes().replace(b"A-3,,", b"A-3,Hub,"), "last.csv")
    assert b"reason,reason" not in last.read_bytes()
    assert 1 == desk.take(path=last).signed
    assert (
        []
        == desk.take(row(), row(reference="A-2", signed_on="2024-03-02"), row(reference="A-3", title="Hub")).positions
    )


@pytest.mark.parametrize("cells", [b"A-9,short", b",".join([b"A-9"] * 18), b",".join([b"A-9"] * 20)])
def test_ragged_row_stays_ragged(desk: Desk, cells: bytes) -> None:
    """A row with too few or too many cells is refused from the reject file too, until somebody mends it."""
    desk.take(data=sheet(row()) + cells + b"\r\n", keep_going=True)
    assert [(1, "", "ragged-row")] == faults(desk.take(path=rejects(desk)))


def test_encoding_and_delimiter_are_those_of_the_file(desk: Desk) -> None:
    """The reject file is written as the register is, with its mark if it has one."""
    text = """
        kind = "agreements"
        file = { encoding = "cp1252", delimiter = ";" }
        columns = { title = "title", kind = "kind", parties = "partners", signed_on = "signed_on" }
    """
    desk.profile = read_profile("other", text.encode())
    data = sheet(row(title="Café", signed_on="jamais"), encoding="cp1252", delimiter=";")
    desk.take(data=data, keep_going=True)
    assert "Café" in rejects(desk).read_text("cp1252")
    assert [(1, "signed_on", "not-a-date")] == faults(desk.take(path=rejects(desk)))
    desk.profile = read_profile("other", text.replace("cp1252", "utf-8").encode())
    marked = desk.write(sheet(row(signed_on="jamais"), encoding="utf-8-sig", delimiter=";"), "marked.csv")
    desk.take(path=marked, keep_going=True)
    assert (desk.folder / "marked.csv.rejects.csv").read_bytes().startswith(b"\xef\xbb\xbfreference")


def test_nothing_is_overwritten(desk: Desk) -> None:
    """Another file in its place is left alone, and nothing is recorded; the very same rejects are no obstacle."""
    rejects(desk).write_text("mine")
    with pytest.raises(RejectsInTheWay):
        desk.take(row(), row(reference="A-2", title=""), keep_going=True)
    assert ("mine", 1) == (rejects(desk).read_text(), desk.size)
    rejects(desk).unlink()
    assert 1 == desk.take(row(), row(reference="A-2", title=""), keep_going=True).signed
    assert 1 == desk.take(row(), row(reference="A-2", title=""), keep_going=True).unchanged


def test_place_that_cannot_be_written(desk: Desk) -> None:
    """When the reject file cannot be written nothing is recorded, and nothing is left beside it."""
    rejects(desk).mkdir()
    with pytest.raises(RejectsInTheWay):
        desk.take(row(title=""), keep_going=True)
    path = desk.write(sheet(row(title="")), "x" * 245 + ".csv")
    with pytest.raises(CannotWriteRejects):
        desk.take(path=path, keep_going=True)
    assert 1 == desk.size
    assert [] == list(desk.folder.glob(".*.part"))


def test_column_called_reason(desk: Desk) -> None:
    """Where the register has a column of that name, the reason gets another."""
    data = sheet(row(reason="own", title=""), columns=["reason", *COLUMNS])
    desk.take(data=data, keep_going=True)
    header, bad = rejects(desk).read_text("utf-8").splitlines()
    assert header.startswith("reason,reference")
    assert header.endswith(",import reason")
    assert bad.startswith("own,A-1")


def test_without_bad_rows_no_file_is_written(desk: Desk) -> None:
    """Keeping going with a file that is right is importing it."""
    assert desk.take(row(), keep_going=True).rejects is None
    assert not rejects(desk).exists()


def test_row_that_relies_on_a_bad_one_stands_by_itself(desk: Desk) -> None:
    """When the row that would register a party is bad, the next row that names it registers it."""
    rows = [
        row(signed_on="2024-01-01", title="", partner_types="Nonsense"),
        row(reference="A-2", partner_types="Academia"),
    ]
    outcome = desk.take(*rows, keep_going=True)
    assert (1, 1) == (outcome.signed, outcome.parties)
    assert "party.registered" == desk.entries()[0].event.tag()
