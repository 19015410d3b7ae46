"""A workbook to fill in is read by its profile as it is, and offers what its cells may hold."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from ledger.importing.discovery.layout.grid import read_grid_of
from ledger.importing.discovery.template import choices, template_bytes
from ledger.importing.errors import EmptyFile
from ledger.importing.preview import preview_profile
from ledger.importing.profile.load import bundled, load_profile, read_profile
from ledger.importing.profile.model import Profile
from tests.importing.workbooks import Value, cell, packed

KINDS = {"list.kinds": ("consultancy", "knowledge partnership"), "list.party-types": ("academia",)}
TWO_ROWS = b"""
kind = "agreements"
[file]
header_row = 3
header_rows = 2
sheet = "Contracts"
[amounts]
unit = 1000
[columns]
reference = "Ref"
title = "Title"
kind = "Kind"
parties = "Partner"
signed_on = "Signed"
currency = "Money currency"
ceiling = "Money amount"
[codes.kind]
C = "consultancy"
"""


def _parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize(
    "profile", [*map(load_profile, bundled()), read_profile("two", TWO_ROWS)], ids=lambda p: p.name
)
def test_the_heads_are_where_the_profile_reads_them(profile: Profile, tmp_path: Path) -> None:
    """The profile finds all its columns in the workbook, and no rows yet."""
    path = tmp_path / "own.xlsx"
    path.write_bytes(template_bytes(profile, KINDS))
    with pytest.raises(EmptyFile, match="rows below its header"):
        preview_profile(profile, path)
    grid = read_grid_of(path)
    assert (profile.file.sheet or "List",) == grid.sheets


def test_lists_to_choose_from() -> None:
    """A cell offers the codes in force, in the words of the file; countries and currencies are those of ISO."""
    profile = read_profile("two", TWO_ROWS)
    assert ["C", "knowledge partnership"] == choices(profile, "kind", KINDS)
    assert {"CH", "CN"} < set(choices(profile, "countries", {}))
    assert {"CHF", "USD"} < set(choices(profile, "currency", {}))
    assert [] == list(choices(profile, "title", KINDS))
    parts = _parts(template_bytes(profile, KINDS))
    assert 'type="list"' in parts["xl/worksheets/sheet1.xml"]
    assert "knowledge partnership" in parts["xl/sharedStrings.xml"]
    assert "In units of 1,000." in parts["xl/worksheets/sheet1.xml"]


def test_a_workbook_that_was_filled_in_is_read(tmp_path: Path) -> None:
    """What is typed below the heads is read by the profile, with codes translated and amounts in their unit."""
    profile = read_profile("two", TWO_ROWS)
    parts = _parts(template_bytes(profile, KINDS))
    values: list[Value] = ["R-1", "Audit", "C", "Firm", date(2025, 5, 2), "USD", 12]
    filled = "".join(cell(5, column, value) for column, value in enumerate(values))
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("</sheetData>", f'<row r="5">{filled}</row></sheetData>')
    path = tmp_path / "filled.xlsx"
    path.write_bytes(packed(parts))
    [row] = preview_profile(profile, path).shown
    assert [] == row.faults
    assert ("consultancy", "USD 12000.00", "2025-05-02") == tuple(
        row.values[field] for field in ("kind", "ceiling", "signed_on")
    )


def test_the_same_profile_gives_the_same_bytes() -> None:
    """No time of making is written."""
    profile = load_profile("tdag25")
    assert template_bytes(profile, KINDS) == template_bytes(profile, KINDS)
