"""Files that are no register: each is refused as a whole, in one sentence with a hint, and nothing is recorded."""

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
from tests.importing.desk import COLUMNS, Desk, faults, row, sheet

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
def test_file_that_is_no_register(desk: Desk, data: bytes, error: type[LedgerError]) -> None:
    """What is wrong with the whole file is one error with a hint."""
    with pytest.raises(error) as told:
        desk.take(data=data)
    assert told.value.code
    assert told.value.hint
    assert 1 == desk.size


def test_wrong_encoding_says_where_and_what_it_may_be(desk: Desk) -> None:
    """The first byte that does not fit is told with its line, and the encoding that it may be."""
    with pytest.raises(WrongEncoding) as told:
        desk.take(data=sheet(row(), row(reference="A-2", title="Café"), encoding="cp1252"))
    assert "in line 3" in told.value.sentence
    assert "cp1252" in told.value.hint


def test_missing_column_may_be_spelled_otherwise(desk: Desk) -> None:
    """A column that is missing is named, with the one that may be meant."""
    columns = ["Reference" if name == "reference" else name for name in COLUMNS]
    with pytest.raises(MissingColumns) as told:
        desk.take(data=sheet(row(Reference="A-1") | {}, columns=["reference", *columns]).replace(b"reference,", b"", 1))
    assert "'reference'" in told.value.sentence
    assert "Reference" in told.value.hint


@pytest.mark.parametrize("path", [".", "nowhere.csv", "nul\0.csv"])
def test_file_that_cannot_be_read(desk: Desk, path: str) -> None:
    """A folder, a file that is not there and an impossible name are told as such."""
    with pytest.raises(CannotRead):
        desk.take(path=Path(path))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_byte_order_mark_is_no_part_of_the_header(desk: Desk, encoding: str) -> None:
    """A file in UTF-8 may begin with a mark or not."""
    assert 1 == desk.take(data=sheet(row(title="Café"), encoding=encoding)).signed
    assert "Café" == desk.engagement().get("title")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_declared_encoding(desk: Desk, encoding: str) -> None:
    """A profile names the encoding of its files."""
    text = f"""
        kind = "agreements"
        file.encoding = "{encoding}"
        columns = {{ title = "title", kind = "kind", parties = "partners", signed_on = "signed_on" }}
    """
    desk.profile = read_profile("other", text.encode())
    assert 1 == desk.take(data=sheet(row(partners="Élan"), encoding=encoding)).signed
    assert "Élan" in next(iter(desk.entries())).event.names()


@pytest.mark.parametrize("cells", [3, 18])
def test_ragged_row(desk: Desk, cells: int) -> None:
    """A row with fewer or more cells than the header is a fault of the row."""
    outcome = desk.take(data=sheet(row()) + b",".join([b"x"] * cells) + b"\r\n")
    assert [(2, "", "ragged-row")] == faults(outcome)
    assert f"{cells} cells" in outcome.faults[0].reason


def test_lines_may_end_either_way(desk: Desk) -> None:
    """Line feeds alone are as good, and text above the header of white space is passed over."""
    data = b"\n ,,\n" + sheet(row(), row(reference="A-2")).replace(b"\r\n", b"\n")
    assert 2 == desk.take(data=data).signed
