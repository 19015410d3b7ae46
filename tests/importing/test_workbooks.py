"""Workbooks: cells arrive as what they are, whatever the profile says of dates and signs; rejects come back as CSV."""

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
from ledger.importing.source.xlsx_sheet import read_sheet
from ledger.importing.source.xlsx_workbook import unescaped
from tests.importing.desk import COLUMNS, Desk, faults, row, sheet
from tests.importing.workbooks import ERROR, UNCALCULATED, Raw, Value, packed, parts_of, sheet_xml, workbook

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
    """Return the cells of a row that is right, with these in place of its own, by the order of COLUMNS."""
    mine: dict[str, Value] = {**row(), "signed_on": SIGNED, "partner_amount": 100, **cells}
    return [mine.get(name) for name in COLUMNS]


def register(*rows: list[Value]) -> bytes:
    """Return a workbook with the header of tdag25 and these rows."""
    return workbook(COLUMNS, *rows)


def profile(text: str = PLAIN) -> Profile:
    """Return a profile."""
    return read_profile("own", text.encode())


def cells_of(*given: Value, text: str = PLAIN) -> list[str]:
    """Return how the cells of one row are read."""
    return next(iter(read_sheet(workbook(given), profile(text)))).cells


def test_workbook_is_imported_like_the_same_csv(desk: Desk) -> None:
    """The same register as a workbook records the same entries as the CSV file, with the digest of its own bytes."""
    outcome = desk.take(data=register(values(), values(reference="A-2", itu_amount=Decimal("5.5").__float__())))
    assert (2, 2, []) == (outcome.rows, outcome.signed, outcome.faults)
    assert {"P00001": "USD 100.00", "organization": "USD 5.50"} == desk.committed("A-2")
    assert {outcome.sha256} == {entry.source.sha256 for entry in desk.entries() if entry.source}
    assert 2 == desk.take(row(), row(reference="A-2", itu_amount="5.50")).unchanged


def test_workbook_again_records_nothing(desk: Desk) -> None:
    """The same workbook twice adds nothing; a changed cell amends."""
    desk.take(data=register(values()))
    assert 1 == desk.take(data=register(values())).unchanged
    assert 1 == desk.take(data=register(values(partner_amount=80))).amended


def test_dates_are_dates_whatever_their_style(desk: Desk) -> None:
    """A date cell is a date in any profile; a text in the profile's style is one as well."""
    desk.profile = profile(GERMAN)
    rows = [values(partner_amount=1250.5), values(reference="A-2", signed_on="1.3.2024", partner_amount="1.250,50")]
    assert 2 == desk.take(data=register(*rows)).signed
    assert ["2024-03-01"] * 2 == [desk.engagement(ref).life[0].on for ref in ("A-1", "A-2")]
    assert [{"P00001": "USD 1250.50"}] * 2 == [desk.committed(ref) for ref in ("A-1", "A-2")]


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
    """A cell is read as what it is: numbers without what binary fractions add, days, truths, texts, errors."""
    assert text == cells_of(value, "end")[0]


@settings(max_examples=300)
@given(st.decimals(0, Decimal("9999999999.99"), places=2))
def test_amount_arrives_to_the_cent(amount: Decimal) -> None:
    """Whatever amount is typed, it is read as it was typed, although it is stored as a binary fraction."""
    assert amount == Decimal(cells_of(float(amount))[0])


@settings(max_examples=100)
@given(st.dates(date(1900, 3, 1), date(2199, 12, 31)), st.sampled_from(["YYYY-MM-DD", "D.M.YYYY", "MM/DD/YYYY"]))
def test_day_is_written_as_it_is_read(day: date, style: str) -> None:
    """A date cell is written in the profile's style, and read by it as the day that it is."""
    text = PLAIN.replace("[columns]", f'dates.style = "{style}"\n[columns]')
    assert day.isoformat() == ValueFormats(profile(text)).date(cells_of(day, text=text)[0])


def test_dates_since_1904(desk: Desk) -> None:
    """A workbook may count its days from 1904."""
    days = (SIGNED - date(1904, 1, 1)).days
    data = packed(parts_of({"R": sheet_xml([COLUMNS, values(signed_on=Raw(f'<c s="1"><v>{days}</v></c>'))])},
                           since_1904=True))  # fmt: skip
    assert 1 == desk.take(data=data).signed
    assert "2024-03-01" == desk.engagement().life[0].on


def test_error_cells_are_faults_of_their_rows(desk: Desk) -> None:
    """An error, and a formula without a value, are told with row and column; not in a column that is not read."""
    rows = [values(title=ERROR, partner_amount=UNCALCULATED), values(reference="A-2", note=ERROR)]
    outcome = desk.take(data=register(*rows))
    assert [(1, "title", "error-cell"), (1, "partner_amount", "uncalculated")] == faults(outcome)
    assert "#REF!" in outcome.faults[0].reason
    assert 2 == outcome.faults[0].line
    unread = workbook([*COLUMNS, "note"], [*values(), ERROR])
    assert 1 == desk.take(data=unread).signed


def test_shared_texts_and_other_prefixes(desk: Desk) -> None:
    """Texts may be kept apart and shared, and elements may have a prefix."""
    parts = parts_of({"R": sheet_xml([COLUMNS, values(title=Raw('<c t="s"><v>1</v></c>'))])})
    parts["xl/sharedStrings.xml"] = (
        '<x:sst xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:si><x:t>no</x:t></x:si>'
        "<x:si><x:r><x:t>Data</x:t></x:r><x:r><x:t> hub_x0041_</x:t></x:r></x:si></x:sst>"
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>", '<Relationship Id="ss" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    desk.take(data=packed(parts))
    assert "Data hubA" == desk.engagement().get("title")


@pytest.mark.parametrize(
    ("text", "plain"),
    [("a_x000A_b", "a\nb"), ("_x005F_x000A_", "_x000A_"), ("_xD83D_", "_xD83D_"), ("_x12_", "_x12_"), ("x", "x")],
)
def test_escapes(text: str, plain: str) -> None:
    """Characters may be written as `_xHHHH_`; half of a surrogate pair stays as it is written."""
    assert plain == unescaped(text)


def test_sheet_is_chosen_by_name(desk: Desk) -> None:
    """Without a name the first sheet that is shown is read; a sheet that is not there is told with those that are."""
    sheets = {"Old": sheet_xml([["x"]]), "Notes": sheet_xml([["y"]]), "Deals": sheet_xml([COLUMNS, values()])}
    data = packed(parts_of(sheets, hidden=["Old"]))
    first = next(iter(read_sheet(data, profile())))
    assert ["y"] == first.cells
    chosen = PLAIN.replace("[columns]", 'file.sheet = "Deals"\n[columns]')
    assert COLUMNS == next(iter(read_sheet(data, profile(chosen)))).cells
    with pytest.raises(NoSuchSheet) as told:
        next(iter(read_sheet(data, profile(chosen.replace("Deals", "Deal")))))
    assert "'Old', 'Notes' and 'Deals'" in told.value.hint
    with pytest.raises(NoSuchSheet):
        next(iter(read_sheet(packed(parts_of({"Old": sheet_xml([["x"]])}, hidden=["Old"])), profile())))


def test_header_row(desk: Desk) -> None:
    """What stands above the header is passed over; row 1 is the first below it, and the line is that of the sheet."""
    desk.profile = profile(GERMAN.replace("file = {", "file = { header_row = 4,"))
    rows: list[Iterable[Value]] = [
        ["Register of agreements"],
        ["as of", SIGNED],
        [],
        COLUMNS,
        values(),
        [],
        values(reference="A-2", title=None),
    ]
    outcome = desk.take(data=workbook(*rows), keep_going=True)
    assert (1, [(3, 7, "title")]) == (outcome.signed, [(one.row, one.line, one.column) for one in outcome.faults])


def test_empty_rows_and_cells_are_passed_over(desk: Desk) -> None:
    """Rows with styles and no text are none, as are cells to the right without text."""
    styled = Raw('<c s="2"/>')
    data = register([styled] * 40, [*values(), styled, "  "], [styled], [])
    assert (1, 1) == ((outcome := desk.take(data=data)).rows, outcome.signed)
    with pytest.raises(EmptyFile):
        desk.take(data=workbook([styled]))
    with pytest.raises(EmptyFile):
        desk.take(data=register([styled]))


def test_text_beside_the_table_is_ragged(desk: Desk) -> None:
    """A cell under no header makes its row ragged, as in a CSV file."""
    assert [(1, "", "ragged-row")] == faults(desk.take(data=register([*values(), None, "see mail"])))


def test_rejects_of_a_workbook_are_a_csv_file_of_the_same_profile(desk: Desk) -> None:
    """Rows that were rejected are written as CSV: refused again for the same reasons, and taken in once mended."""
    desk.profile = profile(GERMAN.replace("file = {", "file = { header_row = 3,"))
    rows = [
        values(partner_amount=1250.5, title=None),
        values(reference="A-2", partners="Ωmega", kind=ERROR),
        values(reference="A-3", title=UNCALCULATED),
        values(reference="A-4"),
    ]
    first = desk.take(data=workbook(["Register"], [], COLUMNS, *rows), keep_going=True)
    assert (1, 3) == (first.signed, len(first.faulty))
    path = desk.folder / "register.csv.rejects.csv"
    again = desk.take(path=path)
    assert [(fault.column, fault.code) for fault in first.faults] == [(one.column, one.code) for one in again.faults]
    text = path.read_text("utf-8-sig")
    assert text.startswith("\n\nreference;")
    mended = text.replace("A-1;;", "A-1;Data;").replace("#REF!", "consultancy").replace("#UNCALCULATED!", "Data")
    assert 3 == desk.take(path=desk.write(mended.encode("utf-8-sig"), "mended.csv")).signed
    assert {"P00001": "USD 1250.50"} == desk.committed("A-1")
    assert any("Ωmega" in entry.event.names() for entry in desk.entries())


WRITTEN = st.one_of(
    st.none(), st.booleans(), st.integers(-10**6, 10**12), st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(date(1900, 3, 1), date(2199, 12, 31)), st.sampled_from([ERROR, UNCALCULATED, "A-1", "USD", "consultancy"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=0x24F), max_size=8),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(WRITTEN, min_size=17, max_size=19), min_size=1, max_size=4))
def test_any_cells_come_back_from_the_rejects(rows: list[list[Value]]) -> None:
    """Whatever the cells of a workbook are, what is rejected is written, and is rejected again for the same reasons."""
    tdag25 = load_profile("tdag25")
    try:
        reading = read_file(BytesIO(register(*rows)), tdag25)
    except LedgerError:
        return
    with closing(reading):
        data = reject_bytes(reading, tdag25, reading.faults) if reading.faults else b""
    if data:
        with closing(read_file(BytesIO(data), tdag25)) as again:
            told = [(fault.column, fault.code) for fault in again.faults if fault.code != "repeated-reference"]
        assert told == [(one.column, one.code) for one in reading.faults if one.code != "repeated-reference"]


def test_name_of_the_file_makes_no_difference(desk: Desk) -> None:
    """A workbook is known by how it begins: one that is called .csv is read all the same."""
    assert 1 == desk.take(path=desk.write(register(values()), "register.xlsx")).signed
    assert 1 == desk.take(path=desk.write(register(values()), "register.csv")).unchanged


def test_csv_file_has_a_header_row_too(desk: Desk) -> None:
    """In a CSV file the header row is a line."""
    desk.profile = profile(GERMAN.replace("file = {", "file = { header_row = 3,"))
    lines = sheet(row(signed_on="1.3.2024", partner_amount="5,00"), delimiter=";").decode()
    outcome = desk.take(data=("Register;of\r\nagreements\r\n" + lines).encode())
    assert (1, 1) == (outcome.rows, outcome.signed)
