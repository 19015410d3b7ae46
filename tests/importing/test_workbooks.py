"""Workbooks: cells are read by their types, whatever the formats of the profile; rejects are written as CSV."""

from collections.abc import Iterable
from contextlib import closing
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.errors import LedgerError
from ledger.importing.errors import EmptyFile, NoSuchSheet
from ledger.importing.profile.load import load_profile, read_profile
from ledger.importing.profile.model import Profile
from ledger.importing.read import read_file
from ledger.importing.rejects import reject_bytes
from ledger.importing.source.value_formats import ValueFormats
from ledger.importing.source.workbook.cells import unescaped
from ledger.importing.source.workbook.sheet import read_sheet
from tests.importing.workbooks import ERROR, UNCALCULATED, Raw, Value, packed, parts_of, sheet_xml, workbook
from tests.importing.workspace import COLUMNS, Workspace, faults, row, sheet

SIGNED = date(2024, 3, 1)
GERMAN = """
    kind = "agreements"
    dates.style = "D.M.YYYY"
    amounts = { decimal = ",", grouping = "." }
    file = { encoding = "cp1252", delimiter = ";" }
    [columns]
    reference = "reference"
    title = "title"
    kind = "kind"
    parties = "partners"
    signed_on = "signed_on"
    currency = "currency"
    partner_amount = "partner_amount"
"""
PLAIN = 'kind = "parties"\n[columns]\nname = "name"\n'


def values(**cells: Value) -> list[Value]:
    """Return the cells of a valid row in the order of COLUMNS, with these values replaced."""
    mine: dict[str, Value] = {**row(), "signed_on": SIGNED, "partner_amount": 100, **cells}
    return [mine.get(name) for name in COLUMNS]


def register(*rows: list[Value]) -> bytes:
    """Return a workbook with the header of tdag25 and these rows."""
    return workbook(COLUMNS, *rows)


def profile(text: str = PLAIN) -> Profile:
    """Return a profile."""
    return read_profile("own", text.encode())


def cells_of(*given: Value, text: str = PLAIN) -> list[str]:
    """Return the cells of one row as they are read."""
    return next(iter(read_sheet(workbook(given), profile(text)))).cells


def test_workbook_is_imported_like_the_same_csv(workspace: Workspace) -> None:
    """The same register as a workbook records the same entries as the CSV file, with the digest of its own bytes."""
    outcome = workspace.import_rows(
        data=register(values(), values(reference="A-2", itu_amount=Decimal("5.5").__float__()))
    )
    assert (2, 2, []) == (outcome.rows, outcome.signed, outcome.faults)
    assert {"P00001": "USD 100.00", "organization": "USD 5.50"} == workspace.committed("A-2")
    assert {outcome.sha256} == {entry.source.sha256 for entry in workspace.entries() if entry.source}
    assert 2 == workspace.import_rows(row(), row(reference="A-2", itu_amount="5.50")).unchanged


def test_workbook_again_records_nothing(workspace: Workspace) -> None:
    """The same workbook twice adds nothing; a changed cell amends."""
    workspace.import_rows(data=register(values()))
    assert 1 == workspace.import_rows(data=register(values())).unchanged
    assert 1 == workspace.import_rows(data=register(values(partner_amount=80))).amended


def test_dates_are_dates_whatever_their_style(workspace: Workspace) -> None:
    """A date cell is a date in any profile; a text in the profile's style is one as well."""
    workspace.profile = profile(GERMAN)
    rows = [values(partner_amount=1250.5), values(reference="A-2", signed_on="1.3.2024", partner_amount="1.250,50")]
    assert 2 == workspace.import_rows(data=register(*rows)).signed
    assert ["2024-03-01"] * 2 == [workspace.engagement(ref).life[0].on for ref in ("A-1", "A-2")]
    assert [{"P00001": "USD 1250.50"}] * 2 == [workspace.committed(ref) for ref in ("A-1", "A-2")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1250, "1250"),
        (1234.5, "1234.5"),
        (0.1 + 0.2, "0.3"),
        (1e15, "1000000000000000"),
        (1e-7, "0.0000001"),
        (-0.0, "0"),
        (999999999999.99, "999999999999.99"),
        (Raw("<c><v>1250.00</v></c>"), "1250"),
        (Raw("<c><v>1.25E3</v></c>"), "1250"),
        (Raw('<c s="3"><v>45352</v></c>'), "45352"),
        (Raw('<c s="1"><v>45352</v></c>'), "2024-03-01"),
        (Raw('<c s="1"><v>45352.75</v></c>'), "2024-03-01"),
        (Raw('<c s="1"><v>59</v></c>'), "1900-02-28"),
        (Raw('<c s="1"><v>60</v></c>'), "60"),
        (Raw('<c s="1"><v>61</v></c>'), "1900-03-01"),
        (Raw('<c s="1"><v>-1</v></c>'), "-1"),
        (Raw('<c t="d"><v>2024-03-01T00:00:00Z</v></c>'), "2024-03-01"),
        (True, "TRUE"),
        (False, "FALSE"),
        (" x ", " x "),
        (ERROR, "#REF!"),
        (UNCALCULATED, "#UNCALCULATED!"),
        (Raw("<c><f>A1*2</f><v>84</v></c>"), "84"),
        (Raw('<c t="str"><f>A1</f><v>text</v></c>'), "text"),
        (Raw('<c t="str"><f>A1</f><v></v></c>'), ""),
        (Raw('<c t="inlineStr"><is><r><t>two </t></r><r><t>runs</t></r><rPh sb="0" eb="1"><t>!</t></rPh></is></c>'),
         "two runs"),
        (Raw('<c s="999"><v>7</v></c>'), "7"),
    ],
)  # fmt: skip
def test_cell(value: Value, text: str) -> None:
    """A cell is read by its type: numbers without binary rounding noise, days, booleans, texts, errors."""
    assert text == cells_of(value, "end")[0]


@settings(max_examples=300)
@given(st.decimals(0, Decimal("9999999999.99"), places=2))
def test_amount_arrives_to_the_cent(amount: Decimal) -> None:
    """Any typed amount is read as typed, although it is stored as a binary fraction."""
    assert amount == Decimal(cells_of(float(amount))[0])


@settings(max_examples=100)
@given(st.dates(date(1900, 3, 1), date(2199, 12, 31)), st.sampled_from(["YYYY-MM-DD", "D.M.YYYY", "MM/DD/YYYY"]))
def test_day_is_written_as_it_is_read(day: date, style: str) -> None:
    """A date cell is formatted in the profile's style, and parsed back to the same day."""
    text = PLAIN.replace("[columns]", f'dates.style = "{style}"\n[columns]')
    assert day.isoformat() == ValueFormats(profile(text)).date(cells_of(day, text=text)[0])


def test_dates_since_1904(workspace: Workspace) -> None:
    """A workbook may count its days from 1904."""
    days = (SIGNED - date(1904, 1, 1)).days
    data = packed(parts_of({"R": sheet_xml([COLUMNS, values(signed_on=Raw(f'<c s="1"><v>{days}</v></c>'))])},
                           since_1904=True))  # fmt: skip
    assert 1 == workspace.import_rows(data=data).signed
    assert "2024-03-01" == workspace.engagement().life[0].on


def test_error_cells_are_faults_of_their_rows(workspace: Workspace) -> None:
    """An error, and a formula without a value, are faults with row and column, except in unused columns."""
    rows = [values(title=ERROR, partner_amount=UNCALCULATED), values(reference="A-2", note=ERROR)]
    outcome = workspace.import_rows(data=register(*rows))
    assert [(1, "title", "error-cell"), (1, "partner_amount", "uncalculated")] == faults(outcome)
    assert "#REF!" in outcome.faults[0].reason
    assert 2 == outcome.faults[0].line
    unread = workbook([*COLUMNS, "note"], [*values(), ERROR])
    assert 1 == workspace.import_rows(data=unread).signed


def test_shared_texts_and_other_prefixes(workspace: Workspace) -> None:
    """Strings may be shared, and elements may have a namespace prefix."""
    parts = parts_of({"R": sheet_xml([COLUMNS, values(title=Raw('<c t="s"><v>1</v></c>'))])})
    parts["xl/sharedStrings.xml"] = (
        '<x:sst xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:si><x:t>no</x:t></x:si>'
        "<x:si><x:r><x:t>Data</x:t></x:r><x:r><x:t> hub_x0041_</x:t></x:r></x:si></x:sst>"
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>", '<Relationship Id="ss" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    workspace.import_rows(data=packed(parts))
    assert "Data hubA" == workspace.engagement().get("title")


@pytest.mark.parametrize(
    ("text", "plain"),
    [("a_x000A_b", "a\nb"), ("_x005F_x000A_", "_x000A_"), ("_xD83D_", "_xD83D_"), ("_x12_", "_x12_"), ("x", "x")],
)
def test_escapes(text: str, plain: str) -> None:
    """Characters may be written as `_xHHHH_`; half of a surrogate pair stays as it is written."""
    assert plain == unescaped(text)


def test_sheet_is_chosen_by_name(workspace: Workspace) -> None:
    """Without a name the first visible sheet is read; the error for a missing sheet lists the existing ones."""
    sheets = {"Old": sheet_xml([["x"]]), "Notes": sheet_xml([["y"]]), "Deals": sheet_xml([COLUMNS, values()])}
    data = packed(parts_of(sheets, hidden=["Old"]))
    first = next(iter(read_sheet(data, profile())))
    assert ["y"] == first.cells
    chosen = PLAIN.replace("[columns]", 'file.sheet = "Deals"\n[columns]')
    assert COLUMNS == next(iter(read_sheet(data, profile(chosen)))).cells
    with pytest.raises(NoSuchSheet) as refusal:
        next(iter(read_sheet(data, profile(chosen.replace("Deals", "Deal")))))
    assert "'Old', 'Notes' and 'Deals'" in refusal.value.hint
    with pytest.raises(NoSuchSheet):
        next(iter(read_sheet(packed(parts_of({"Old": sheet_xml([["x"]])}, hidden=["Old"])), profile())))


def test_header_row(workspace: Workspace) -> None:
    """Rows above the header are skipped; row 1 is the first below it, and the line is the row of the sheet."""
    workspace.profile = profile(GERMAN.replace("file = {", "file = { header_row = 4,"))
    rows: list[Iterable[Value]] = [
        ["Register of agreements"],
        ["as of", SIGNED],
        [],
        COLUMNS,
        values(),
        [],
        values(reference="A-2", title=None),
    ]
    outcome = workspace.import_rows(data=workbook(*rows), keep_going=True)
    assert (1, [(3, 7, "title")]) == (
        outcome.signed,
        [(fault.row, fault.line, fault.column) for fault in outcome.faults],
    )


def test_empty_rows_and_cells_are_passed_over(workspace: Workspace) -> None:
    """Rows with styles but no text are skipped, as are empty cells to the right."""
    styled = Raw('<c s="2"/>')
    data = register([styled] * 40, [*values(), styled, "  "], [styled], [])
    assert (1, 1) == ((outcome := workspace.import_rows(data=data)).rows, outcome.signed)
    with pytest.raises(EmptyFile):
        workspace.import_rows(data=workbook([styled]))
    with pytest.raises(EmptyFile):
        workspace.import_rows(data=register([styled]))


def test_text_next_to_the_table_is_ragged(workspace: Workspace) -> None:
    """A cell outside the header makes its row ragged, as in a CSV file."""
    assert [(1, "", "ragged-row")] == faults(workspace.import_rows(data=register([*values(), None, "see mail"])))


def test_rejects_of_a_workbook_are_a_csv_file_of_the_same_profile(workspace: Workspace) -> None:
    """Rejected rows are written as CSV: refused again for the same reasons, and imported once mended."""
    workspace.profile = profile(GERMAN.replace("file = {", "file = { header_row = 3,"))
    rows = [
        values(partner_amount=1250.5, title=None),
        values(reference="A-2", partners="Ωmega", kind=ERROR),
        values(reference="A-3", title=UNCALCULATED),
        values(reference="A-4"),
    ]
    first = workspace.import_rows(data=workbook(["Register"], [], COLUMNS, *rows), keep_going=True)
    assert (1, 3) == (first.signed, len(first.faulty))
    path = workspace.folder / "register.csv.rejects.csv"
    again = workspace.import_rows(path=path)
    assert [(fault.column, fault.code) for fault in first.faults] == [
        (fault.column, fault.code) for fault in again.faults
    ]
    text = path.read_text("utf-8-sig")
    assert text.startswith("\n\nreference;")
    mended = text.replace("A-1;;", "A-1;Data;").replace("#REF!", "consultancy").replace("#UNCALCULATED!", "Data")
    assert 3 == workspace.import_rows(path=workspace.write(mended.encode("utf-8-sig"), "mended.csv")).signed
    assert {"P00001": "USD 1250.50"} == workspace.committed("A-1")
    assert any("Ωmega" in entry.event.names() for entry in workspace.entries())


WRITTEN = st.one_of(
    st.none(), st.booleans(), st.integers(-10**6, 10**12), st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(date(1900, 3, 1), date(2199, 12, 31)), st.sampled_from([ERROR, UNCALCULATED, "A-1", "USD", "consultancy"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=0x24F), max_size=8),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(WRITTEN, min_size=17, max_size=19), min_size=1, max_size=4))
def test_any_cells_come_back_from_the_rejects(rows: list[list[Value]]) -> None:
    """Rejected rows of any workbook are written as CSV, and rejected again for the same reasons."""
    tdag25 = load_profile("tdag25")
    try:
        reading = read_file(BytesIO(register(*rows)), tdag25)
    except LedgerError:
        return
    with closing(reading):
        data = reject_bytes(reading, tdag25, reading.faults) if reading.faults else b""
    if data:
        with closing(read_file(BytesIO(data), tdag25)) as again:
            remaining = [(fault.column, fault.code) for fault in again.faults if fault.code != "repeated-reference"]
        assert remaining == [
            (fault.column, fault.code) for fault in reading.faults if fault.code != "repeated-reference"
        ]


def test_name_of_the_file_makes_no_difference(workspace: Workspace) -> None:
    """A workbook is recognised by its first bytes, even if its name ends in .csv."""
    assert 1 == workspace.import_rows(path=workspace.write(register(values()), "register.xlsx")).signed
    assert 1 == workspace.import_rows(path=workspace.write(register(values()), "register.csv")).unchanged


def test_csv_file_has_a_header_row_too(workspace: Workspace) -> None:
    """In a CSV file the header row is a line."""
    workspace.profile = profile(GERMAN.replace("file = {", "file = { header_row = 3,"))
    lines = sheet(row(signed_on="1.3.2024", partner_amount="5,00"), delimiter=";").decode()
    outcome = workspace.import_rows(data=("Register;of\r\nagreements\r\n" + lines).encode())
    assert (1, 1) == (outcome.rows, outcome.signed)
