"""Files that are no register are refused as a whole, with one sentence and a hint, and nothing is recorded."""

from pathlib import Path

import pytest

from ledger.domain.errors import LedgerError
from ledger.importing.errors import (
    CannotRead,
    DoubtfulColumn,
    EmptyFile,
    MissingColumns,
    NotCsv,
    NotXlsx,
    WrongEncoding,
)
from ledger.importing.profile.load import read_profile
from tests.importing.workspace import COLUMNS, Workspace, faults, row, sheet

HEADER = ",".join(COLUMNS).encode()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b" \r\n\t\n", EmptyFile),
        (b",", EmptyFile),
        (b"\xef\xbb\xbf", EmptyFile),
        (HEADER, EmptyFile),
        (HEADER + b"\r\n,,,\r\n", EmptyFile),
        (b"PK\x03\x04rest of a spreadsheet", NotXlsx),
        (b"\x1f\x8b compressed", NotCsv),
        (b"%PDF-1.7", NotCsv),
        (HEADER + b"\r\n\0", NotCsv),
        (HEADER + b'\r\n"open', NotCsv),
        (HEADER + b'\r\n"a"b,c', NotCsv),
        (HEADER + b'\r\n"' + b"x" * 200_000 + b'"', NotCsv),
        (HEADER + b"\r\nA-1,Caf\xe9", WrongEncoding),
        ("reference".encode("utf-16"), NotCsv),
        (b"\x7fELF\xff\xfe", WrongEncoding),
        (b"a,b\r\n1,2\r\n", MissingColumns),
        (b'{"kind": "json"}', MissingColumns),
        (HEADER + b",title\r\n", DoubtfulColumn),
    ],
)
def test_file_that_is_no_register(workspace: Workspace, data: bytes, error: type[LedgerError]) -> None:
    """A fault of the whole file is one error with a hint."""
    with pytest.raises(error) as refusal:
        workspace.import_rows(data=data)
    assert refusal.value.code
    assert refusal.value.hint
    assert 1 == workspace.size


def test_wrong_encoding_says_where_and_what_it_may_be(workspace: Workspace) -> None:
    """The error names the line of the first invalid byte, and the likely encoding."""
    with pytest.raises(WrongEncoding) as refusal:
        workspace.import_rows(data=sheet(row(), row(reference="A-2", title="Café"), encoding="cp1252"))
    assert "in line 3" in refusal.value.sentence
    assert "cp1252" in refusal.value.hint


def test_missing_column_may_be_spelled_otherwise(workspace: Workspace) -> None:
    """The error names the missing column, and the one that may be meant."""
    columns = ["Reference" if name == "reference" else name for name in COLUMNS]
    with pytest.raises(MissingColumns) as refusal:
        workspace.import_rows(
            data=sheet(row(Reference="A-1") | {}, columns=["reference", *columns]).replace(b"reference,", b"", 1)
        )
    assert "'reference'" in refusal.value.sentence
    assert "Reference" in refusal.value.hint


@pytest.mark.parametrize("path", [".", "nowhere.csv", "nul\0.csv"])
def test_file_that_cannot_be_read(workspace: Workspace, path: str) -> None:
    """A folder, a missing file and an impossible name have an error each."""
    with pytest.raises(CannotRead):
        workspace.import_rows(path=Path(path))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_byte_order_mark_is_no_part_of_the_header(workspace: Workspace, encoding: str) -> None:
    """A file in UTF-8 may begin with a mark or not."""
    assert 1 == workspace.import_rows(data=sheet(row(title="Café"), encoding=encoding)).signed
    assert "Café" == workspace.engagement().get("title")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_declared_encoding(workspace: Workspace, encoding: str) -> None:
    """A profile names the encoding of its files."""
    text = f"""
        kind = "agreements"
        file.encoding = "{encoding}"
        columns = {{ title = "title", kind = "kind", parties = "partners", signed_on = "signed_on" }}
    """
    workspace.profile = read_profile("other", text.encode())
    assert 1 == workspace.import_rows(data=sheet(row(partners="Élan"), encoding=encoding)).signed
    assert "Élan" in next(iter(workspace.entries())).event.names()


@pytest.mark.parametrize("cells", [3, 18])
def test_ragged_row(workspace: Workspace, cells: int) -> None:
    """A row with fewer or more cells than the header is a fault of the row."""
    outcome = workspace.import_rows(data=sheet(row()) + b",".join([b"x"] * cells) + b"\r\n")
    assert [(2, "", "ragged-row")] == faults(outcome)
    assert f"{cells} cells" in outcome.faults[0].reason


def test_lines_may_end_either_way(workspace: Workspace) -> None:
    """Bare line feeds are accepted, and blank lines above the header are skipped."""
    data = b"\n ,,\n" + sheet(row(), row(reference="A-2")).replace(b"\r\n", b"\n")
    assert 2 == workspace.import_rows(data=data).signed
