"""Tables as real registers have them: heads, merged and hidden cells, rows to leave out, columns that are not there."""

from io import BytesIO

import pytest

from ledger.importing.errors import DoubtfulColumn, EmptyFile, MissingColumns, TooLarge
from ledger.importing.profile.load import read_profile
from ledger.importing.read import read_file
from ledger.importing.source.table import read_table
from tests.importing.workbooks import Value, packed, parts_of, sheet_xml, workbook
from tests.importing.workspace import Workspace, faults

SPENDING = """
    kind = "agreements"
    dates.style = "YYYY-MM-DD"
    [constants]
    kind = "spending"
    currency = "GBP"
    [columns]
    reference = "Transaction Number"
    title = "Service Area"
    parties = ["Benificiary Name", "Beneficiary Name"]
    signed_on = "Payment Date"
    organization_amount = "Net Amount"
"""
"""The heads of spending that a city publishes by month: one of them is misspelled in most of the months."""
JANUARY = (
    "Transaction Number,Service Area,Benificiary Name,Payment Date,Net Amount\n"
    "10551,Parks,Greenfield (illustrative),2011-01-04,120.00\n"
)
LATER = JANUARY.replace("Benificiary", "Beneficiary").replace("10551", "10999")


def importing(workspace: Workspace, profile: str, data: str | bytes) -> list[tuple[int, str, str]]:
    """Import a file by a profile, and return its faults."""
    workspace.profile = read_profile("own", profile.encode())
    content = data if isinstance(data, bytes) else data.encode()
    return faults(workspace.import_rows(data=content))


def test_column_with_several_names(workspace: Workspace) -> None:
    """Given months with two names of a column, when imported with one profile, then both are read."""
    assert [] == importing(workspace, SPENDING, JANUARY)
    assert [] == importing(workspace, SPENDING, LATER)
    assert {"organization": "GBP 120.00"} == workspace.committed("10551") == workspace.committed("10999")


def test_file_with_both_names() -> None:
    """A file with two columns that may be meant is refused; with none, the error has all names."""
    profile = read_profile("own", SPENDING.encode())
    with pytest.raises(DoubtfulColumn) as doubtful:
        read_table(BytesIO(JANUARY.replace("Service Area", "Beneficiary Name").encode()), profile)
    assert "'Beneficiary Name' and 'Benificiary Name'" in doubtful.value.sentence
    with pytest.raises(MissingColumns) as missing:
        read_table(BytesIO(JANUARY.replace("Benificiary", "Payee").encode()), profile)
    assert "'Benificiary Name or Beneficiary Name'" in missing.value.sentence


@pytest.mark.parametrize("head", ['"Title\n(short)"', '" Title  (short)"', "Title (short)"])
@pytest.mark.parametrize("name", ["Title (short)", "Title\\n(short)"])
def test_white_space_in_names_makes_no_difference(head: str, name: str) -> None:
    """A line break or two spaces in a head are as one space."""
    profile = read_profile("own", f'kind = "parties"\ncolumns.name = "{name}"'.encode())
    assert {"name": 0} == read_table(BytesIO(f"{head}\nAlpha\n".encode()), profile).columns


TWO_HEADS = """
    kind = "agreements"
    file.header_rows = 2
    constants.kind = "grant"
    [columns]
    reference = "Ref"
    title = "Project"
    parties = "Donor Name"
    unit = "Donor Unit"
    signed_on = "Signed"
    currency = "Amounts Currency"
    partner_amount = "Amounts Committed"
    reason = "Remarks"
"""
HEADS: list[list[Value]] = [
    ["Grants in 2024", None, None, None, None, None, None, None],
    ["Ref", "Project", "Donor", None, "Signed", "Amounts", None, "Remarks"],
    [None, None, "Name", "Unit", None, "Currency", "Committed", None],
]
GRANT: list[Value] = ["G-1", "Wells", "Alpha (illustrative)", "North", "2024-03-01", "USD", 250, "as signed"]
MERGED = ("A1:H1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:G2", "H2:H3")


def test_heads_over_two_rows_of_a_workbook(workspace: Workspace) -> None:
    """Given merged heads above others, when imported, then each column has the joined name."""
    profile = TWO_HEADS.replace("header_rows = 2", "header_rows = 2\n    file.header_row = 2")
    assert [] == importing(workspace, profile, workbook(*HEADS, GRANT, merged=MERGED))
    assert {"P00001": "USD 250.00"} == workspace.committed("G-1")
    assert "North" == workspace.engagement("G-1").get("unit")


def test_heads_over_two_lines_of_csv(workspace: Workspace) -> None:
    """A CSV file has a merged head over the first of its columns only; row 1 is the first below both."""
    lines = [",".join("" if value is None else str(value) for value in row) for row in [*HEADS[1:], GRANT]]
    assert [] == importing(workspace, TWO_HEADS, "\n".join(lines))
    wrong = [*lines[:2], lines[2].replace("2024-03-01", "soon")]
    assert [(1, "Signed", "not-a-date")] == importing(workspace, TWO_HEADS, "\n".join(wrong))


def test_rejects_of_two_heads_are_imported(workspace: Workspace) -> None:
    """Given a workbook with two rows of heads, when a row is rejected, then its file has both and is read alike."""
    profile = TWO_HEADS.replace("header_rows = 2", "header_rows = 2\n    file.header_row = 2")
    bad: list[Value] = ["G-2", "Roads", "Beta (illustrative)", "South", "soon", "USD", 10, None]
    workspace.profile = read_profile("own", profile.encode())
    path = workspace.write(workbook(*HEADS, GRANT, bad, merged=MERGED), "grants.xlsx")
    result = workspace.import_rows(path=path, keep_going=True)
    assert [(2, "Signed", "not-a-date")] == faults(result)
    rejects = (workspace.folder / "grants.xlsx.rejects.csv").read_text("utf-8")
    assert [(1, "Signed", "not-a-date")] == importing(workspace, profile, rejects)
    assert [] == importing(workspace, profile, rejects.replace("soon", "2024-04-01"))
    assert {"P00002": "USD 10.00"} == workspace.committed("G-2")


PLAIN = """
    kind = "agreements"
    [columns]
    reference = "ref"
    title = "title"
    kind = "kind"
    parties = "party"
    signed_on = "signed"
    currency = "currency"
    partner_amount = "amount"
"""
COLUMNS: list[Value] = ["ref", "title", "kind", "party", "signed", "currency", "amount"]
FIRST: list[Value] = ["A-1", "Wells", "grant", "Alpha (illustrative)", "2024-03-01", "USD", 100]
SECOND: list[Value] = ["A-2", "Roads", "grant", None, "2024-03-02", "USD", 50]


def test_merged_cells_are_named(workspace: Workspace) -> None:
    """Given a party over two rows, when imported, then the fault of the second says which cells are merged."""
    workspace.profile = read_profile("own", PLAIN.encode())
    result = workspace.import_rows(data=workbook(COLUMNS, FIRST, SECOND, merged=["D2:D3"]))
    assert [(2, "party", "empty-cell")] == faults(result)
    assert "merged cells D2:D3" in result.faults[0].reason
    assert "file.merged = 'repeat'" in result.faults[0].hint


def test_merged_cells_are_repeated(workspace: Workspace) -> None:
    """With `file.merged` a party over two rows is that of both."""
    profile = f"file.merged = 'repeat'\n{PLAIN}"
    assert [] == importing(workspace, profile, workbook(COLUMNS, FIRST, SECOND, merged=["D2:D3"]))
    assert {"P00001": "USD 50.00"} == workspace.committed("A-2")


def test_merged_amount_does_not_count_twice(workspace: Workspace) -> None:
    """Given an amount over two rows, when merged cells repeat, then the second row is refused, also as a reject."""
    rows: list[list[Value]] = [FIRST, [*SECOND[:3], "Beta (illustrative)", *SECOND[4:6], None]]
    path = workspace.write(workbook(COLUMNS, *rows, merged=["G2:G3"]), "own.xlsx")
    workspace.profile = read_profile("own", f"file.merged = 'repeat'\n{PLAIN}".encode())
    assert [(2, "amount", "merged-amount")] == faults(workspace.import_rows(path=path, keep_going=True))
    rejects = workspace.folder / "own.xlsx.rejects.csv"
    assert [(1, "amount", "error-cell")] == faults(workspace.import_rows(path=rejects))


def hidden() -> bytes:
    """Return a workbook whose third row and last column are hidden."""
    rows: list[list[Value]] = [
        [*COLUMNS, "note"],
        [*FIRST, "x"],
        ["A-2", "Old", "grant", "Beta (illustrative)", "2024-03-02", "USD", 1],
    ]
    return workbook(*rows, hidden_rows=[3], hidden_columns=[8])


def test_hidden_rows_are_told(workspace: Workspace) -> None:
    """Hidden rows are read, and a note says so; with `file.hidden` they are left out, and a note says so."""
    workspace.profile = read_profile("own", PLAIN.encode())
    result = workspace.import_rows(data=hidden())
    assert (2, []) == (result.signed, faults(result))
    assert "hidden row 3, column H were read as well" in result.notices[0].text
    workspace.profile = read_profile("other", f"file.hidden = 'skip'\n{PLAIN}".encode())
    result = workspace.import_rows(data=hidden())
    assert (1, 1) == (result.rows, result.unchanged)
    assert "hidden row 3, column H left out by file.hidden" in result.notices[0].text


def test_merges_without_end_are_refused() -> None:
    """Given overlapping merged ranges that cover billions of cells, when read, then the workbook is too large."""
    merged = [f"A1:XFD{1048576 - number}" for number in range(60)]
    rows = [[f"c{number}" for number in range(200)], *([f"{number}"] for number in range(200))]
    data = packed(parts_of({"Register": sheet_xml(rows, merged=merged)}))
    profile = read_profile("own", b'kind = "parties"\nfile.merged = "repeat"\ncolumns.name = "c0"')
    with pytest.raises(TooLarge, match="merged cells"):
        read_file(BytesIO(data), profile)


UN = """
    kind = "agreements"
    dates = { style = "YYYY", of_year = "last day" }
    [only]
    entity = "ITU"
    [skip]
    donor = ["*total*", ""]
    [constants]
    kind = "voluntary contribution"
    title = "Revenue from a donor"
    [columns]
    parties = "donor"
    signed_on = "year"
    currency = "cur"
    partner_amount = "amount"
"""
REVENUE = (
    "entity,year,donor,cur,amount\n"
    "ITU,2020,Alpha (illustrative),USD,100.00\n"
    "UPU,2020,Alpha (illustrative),USD,7.00\n"
    "itu,2021,Beta (illustrative),USD,50.00\n"
    "ITU,,Grand  total ITU,USD,150.00\n"
    "ITU,2021,,USD,1.00\n"
)


def test_rows_to_leave_out(workspace: Workspace) -> None:
    """Given a table of all entities with totals, when imported, then one entity counts, and the others are counted."""
    workspace.profile = read_profile("own", UN.encode())
    result = workspace.import_rows(data=REVENUE.encode())
    assert (2, 2, 3, []) == (result.rows, result.signed, result.left_out, faults(result))
    notes = [notice.text for notice in result.notices if notice.row == 0]
    assert ["1 row left out by only.entity", "2 rows left out by skip.donor"] == notes
    assert {"2020-12-31", "2021-12-31"} == {
        entry.effective_on for entry in workspace.entries() if entry.event.tag() == "engagement.signed"
    }


def test_rules_that_leave_no_row() -> None:
    """A file of which nothing is left is refused with the rules; a column of a rule has to be there."""
    profile = read_profile("own", UN.replace('"ITU"', '"WHO"').encode())
    with pytest.raises(EmptyFile) as empty:
        read_file(BytesIO(REVENUE.encode()), profile)
    assert "only.entity" in empty.value.sentence
    with pytest.raises(MissingColumns) as missing:
        read_file(BytesIO(REVENUE.replace("entity", "agency").encode()), profile)
    assert "'entity'" in missing.value.sentence


def test_constant_is_read_as_a_cell(workspace: Workspace) -> None:
    """A constant is written as the cells are, and a wrong one is a fault of the row."""
    profile = SPENDING.replace('    signed_on = "Payment Date"\n', "").replace(
        "[constants]", '[constants]\n    signed_on = "2011-01-31"'
    )
    assert [] == importing(workspace, profile, JANUARY)
    assert [(1, "constants.signed_on", "not-a-date")] == importing(
        workspace, profile.replace("2011-01-31", "31.1.2011"), LATER
    )


def test_constants_that_make_a_reference(workspace: Workspace) -> None:
    """A constant and a column together identify a payment."""
    workspace.sign("FRAME", "Alpha")
    workspace.record("order issue", "2024-01-02", engagement="FRAME", number="SO-1", subject="S",
                     amount={"currency": "USD", "value": "90.00"})  # fmt: skip
    profile = """
        kind = "payments"
        constants = { engagement = "FRAME", order = "SO-1", currency = "USD" }
        [columns]
        payment = "no"
        amount = "amount"
        paid_on = "day"
        accepted_on = "day"
    """
    data = "no,amount,day\nV-1,40.00,2024-02-01\nV-2,50.00,2024-02-02\n"
    assert [] == importing(workspace, profile, data)
    assert {"V-1", "V-2"} == workspace.engagement("FRAME").balances.payments.keys()


@pytest.mark.parametrize(
    ("value", "cells", "others"),
    [
        ("Total*", ["total", "TOTAL  2024"], ["Subtotal", ""]),
        ("*total*", ["Sub total of all", "total"], ["tot al"]),
        ("a*b*a", ["aba", "a b a", "abba"], ["ab", "aab", "ba"]),
        ("*", ["", "x"], []),
        ("", [""], ["x"]),
        ("aa*aa", ["aaaa", "aa aa"], ["aa", "aaa"]),
    ],
)
def test_values_with_any_text(value: str, cells: list[str], others: list[str]) -> None:
    """A star is any text, and neither case nor spacing matters."""
    profile = read_profile("own", f'kind = "parties"\nskip.what = "{value}"\ncolumns.name = "name"'.encode())
    for cell in [*cells, *others]:
        table = read_table(BytesIO(f"name,what\nAlpha,{cell}\n".encode()), profile)
        assert ([] if cell in cells else ["Alpha"]) == [record.cells[0] for record in table.records]
