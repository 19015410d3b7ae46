"""Fake, damaged and hostile workbooks are refused before they take memory or time."""

import io
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.domain.errors import LedgerError
from ledger.importing.errors import NotXlsx, TooLarge
from ledger.importing.profile.load import load_profile
from ledger.importing.read import read_file
from ledger.importing.source.workbook import archive, cells
from ledger.importing.source.workbook.sheet import read_sheet
from tests.importing.workbooks import HEAD, MAIN, Raw, packed, parts_of, sheet_xml
from tests.importing.workbooks import workbook as made
from tests.importing.workspace import COLUMNS, Workspace

TDAG25 = load_profile("tdag25")
GOOD = made(COLUMNS, ["A-1", "One", "consultancy", "Alpha"])
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def with_sheet(xml: str) -> bytes:
    """Return a workbook whose one sheet is this XML."""
    return packed(parts_of({"R": xml}))


def without(*paths: str) -> bytes:
    """Return a workbook that lacks some parts."""
    return packed({path: text for path, text in parts_of({"R": sheet_xml([["a"]])}).items() if path not in paths})


def refused(data: bytes, suffix: str = ".xlsx") -> LedgerError:
    """Return the error with which a file is refused."""
    with pytest.raises((NotXlsx, TooLarge)) as refusal:
        read_file(io.BytesIO(data), TDAG25, suffix)
    assert refusal.value.hint
    return refusal.value


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "damaged, or not a workbook"),
        (b"reference,title\r\n", "damaged, or not a workbook"),
        (GOOD[: len(GOOD) // 2], "damaged, or not a workbook"),
        (b"PK\x03\x04", "damaged, or not a workbook"),
        (OLE + bytes(600), "older office program"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (packed({"word/document.xml": "<x/>"}), "an archive of another kind"),
        (packed({"content.xml": "<x/>", "mimetype": "x"}), "OpenDocument"),
        (without("xl/workbook.xml"), "document of another kind"),
        (without("xl/_rels/workbook.xml.rels"), "has no part"),
        (without(SHEET), f"has no part {SHEET}"),
        (with_sheet("<worksheet><sheetData>"), "is not XML"),
        (with_sheet(""), "is not XML"),
        (with_sheet('<?xml version="1.0" encoding="utf-9"?><worksheet/>'), "is not XML"),
        (with_sheet('<?xml version="1.0" encoding="shift_jis"?><worksheet/>'), "damaged"),
        (with_sheet(sheet_xml([[Raw('<c t="s"><v>5</v></c>')]])), "shared text '5'"),
        (with_sheet(sheet_xml([[Raw("<c><v>5 apples</v></c>")]])), "holds the number '5 apples'"),
        (with_sheet(sheet_xml([[Raw("<c><v>1e9999</v></c>")]])), "holds the number"),
        (with_sheet('<worksheet><sheetData><row r="x"/></sheetData></worksheet>'), "a row 'x'"),
        (with_sheet('<worksheet><sheetData><row><c r="ZZZZ1"><v>1</v></c></row></sheetData></worksheet>'), "a cell at"),
    ],
)
def test_what_is_no_workbook(data: bytes, expected: str) -> None:
    """A file that is no workbook is refused, whatever its name; the error says what it is and what to do."""
    error = refused(data)
    assert isinstance(error, NotXlsx)
    assert expected in error.sentence


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
    ],
)
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "_rels/.rels"])
def test_entities(doctype: str, part: str) -> None:
    """A document type declaration, which could define entities, is refused in every part."""
    parts = parts_of({"R": sheet_xml([COLUMNS])})
    parts[part] = parts[part].replace(HEAD, HEAD + doctype)
    assert "document type" in refused(packed(parts)).sentence


def test_zip_bomb_is_refused_by_its_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that declares too large a size is refused before unpacking."""
    bomb = packed(parts_of({"R": sheet_xml([["A" * (archive.MAX_BYTES + 1)]])}))
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert len(bomb) < 1_000_000
    assert isinstance(refused(bomb), TooLarge)


def test_bomb_that_declares_too_little() -> None:
    """A part is not unpacked beyond its declared size: it is truncated and refused as damaged."""
    data = bytearray(with_sheet(sheet_xml([["A" * 90_000]])))
    entry = data.rindex(SHEET.encode()) - 46
    # The uncompressed size in the central directory is four bytes at offset 24 (APPNOTE.TXT 4.3.12).
    data[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    assert isinstance(refused(bytes(data)), NotXlsx)


def test_archive_under_a_password() -> None:
    """An archive with encrypted parts is refused."""
    data = bytearray(GOOD)
    entry = data.rindex(SHEET.encode()) - 46
    data[entry + 8] |= 1
    assert "password" in refused(bytes(data)).sentence


def test_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive of very many parts is refused."""
    monkeypatch.setattr(archive, "MAX_PARTS", 10)
    assert isinstance(refused(packed({f"p{number}": "" for number in range(11)})), TooLarge)


def test_many_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    """Styles with too many elements are refused."""
    monkeypatch.setattr(archive, "MAX_ELEMENTS", 50)
    parts = parts_of({"R": sheet_xml([COLUMNS])})
    parts["xl/styles.xml"] = f"<styleSheet><cellXfs>{'<xf/>' * 60}</cellXfs></styleSheet>"
    assert "styles" in refused(packed(parts)).sentence


def test_far_cell_takes_no_room() -> None:
    """A cell in the last corner of a sheet does not create the rows and columns before it."""
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    data = with_sheet(f'<worksheet xmlns="{MAIN}"><sheetData>{far}</sheetData></worksheet>')
    assert [(1, ["1"]), (1048576, ["", "2"])] == [(row.number, row.cells) for row in read_sheet(data, TDAG25)]


def test_wide_header_times_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The product of rows and columns of the header is bounded."""
    monkeypatch.setattr("ledger.importing.source.workbook.sheet.MAX_CELLS", 50_000)
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(2, 6))
    head = '<row r="1"><c r="XFD1"><v>1</v></c></row>'
    data = with_sheet(f'<worksheet xmlns="{MAIN}"><sheetData>{head}{rows}</sheetData></worksheet>')
    with pytest.raises(TooLarge):
        list(read_sheet(data, TDAG25))


@pytest.mark.parametrize(("bound", "most"), [("MAX_CELLS", 16), ("MAX_LETTERS", 5), ("MAX_TEXT", 30)])
def test_cells_and_letters_are_bounded(monkeypatch: pytest.MonkeyPatch, bound: str, most: int) -> None:
    """The number of cells, the length of each, and their total length are bounded."""
    monkeypatch.setattr(cells, bound, most)
    assert isinstance(refused(GOOD), TooLarge)


def test_text_that_many_cells_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long shared string counts once for each cell."""
    monkeypatch.setattr(cells, "MAX_TEXT", 50_000)
    parts = parts_of({"R": sheet_xml([[Raw('<c t="s"><v>0</v></c>')] * 100])})
    parts["xl/sharedStrings.xml"] = f"<sst><si><t>{'A' * 1000}</t></si></sst>"
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>", '<Relationship Id="ss" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    assert isinstance(refused(packed(parts)), TooLarge)


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<a>" * 100_000 + "</a>" * 100_000, "elements within elements"),
        (f'<a b="{"x" * 2_000_000}"/>', "a very long tag"),
        ("<a " + " ".join(f"a{number}='x'" for number in range(200_000)) + "/>", "a very long tag"),
    ],
)
def test_elements_without_end(xml: str, expected: str) -> None:
    """Deeply nested elements and unfinished tags are refused before they take memory and minutes."""
    assert expected in refused(with_sheet(f"<worksheet>{xml}</worksheet>")).sentence


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_mangled_archive(data: st.DataObject) -> None:
    """A workbook with any changed bytes is a register or an error of the ledger."""
    mangled = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(4, len(mangled) - 1))
        mangled[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=3))
    with suppress(LedgerError):
        read_file(io.BytesIO(bytes(mangled)), TDAG25).close()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_mangled_xml(data: st.DataObject) -> None:
    """A workbook with any changed characters in a part is a register or an error of the ledger."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    part = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(part) - 1))
        part[at : at + data.draw(st.integers(0, 6))] = data.draw(
            st.sampled_from([b"", b"9", b"<", b'"', b"/", b"\xff"])
        )
    with suppress(LedgerError):
        read_file(io.BytesIO(packed({**parts, name: bytes(part)})), TDAG25).close()


def test_nothing_is_recorded(workspace: Workspace) -> None:
    """A refused workbook leaves the log unchanged."""
    with pytest.raises(NotXlsx):
        workspace.import_rows(path=workspace.write(b"no workbook", "register.xlsx"))
    assert 1 == workspace.size
