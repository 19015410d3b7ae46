"""Lists as files: amounts and currencies in columns of their own, one head with rows and without, real workbooks."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from cli.nouns.list_columns import COLUMNS
from cli.output.workbook import WorkbookTooSmall, workbook
from ledger.importing.profile.load import load_profile
from ledger.importing.source.workbook.sheet import read_sheet
from tests.cli.filter_ledger import recorded
from tests.transcripts.terminal import Terminal

PROFILE = load_profile("tdag25")


@pytest.fixture
def finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal in a folder with a ledger of several currencies."""
    return recorded(Terminal(tmp_path, monkeypatch))


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_amounts_and_currencies(finding: Terminal) -> None:
    """A row with amounts in two currencies takes two lines; numbers can be added up by their currency."""
    text, code = finding.type("ledger engagement list --format csv --where 'not signed=none'")
    assert 0 == code
    amounts = [(row["engagement"], row["signed"], row["signed_currency"]) for row in _rows(text)[:4]]
    assert [
        ("E-1", "250000.00", "USD"), ("E-2", "100000.00", "CHF"), ("E-2", "99999.99", "USD"), ("E-3", "5000000", "JPY"),
    ] == amounts  # fmt: skip
    order = _rows(finding.type("ledger order list --format csv --where number=SO-2")[0])[0]
    assert ("1500.50", "USD", "", "") == tuple(
        order[key] for key in ("ordered", "ordered_currency", "paid", "paid_currency")
    )


def test_one_head(finding: Terminal) -> None:
    """The head is the same with rows and without, in an empty ledger too; so are the columns that filters know."""
    for noun in COLUMNS:
        whole = finding.type(f"ledger {noun} list --format csv")[0].splitlines()[0]
        none = finding.words([noun, "list", "--format", "csv", "--known-at", "1", "--where", _never(noun)])
        assert (whole, 0) == (none[0].splitlines()[0], none[1])


def _never(noun: str) -> str:
    column = COLUMNS[noun][0]
    return f"{column.key}=not recorded"


def test_csv_and_json_files(finding: Terminal, tmp_path: Path) -> None:
    """A CSV file begins with the mark by which Excel knows UTF-8; a JSON file is what `--format json` prints."""
    for form in ("csv", "json"):
        assert f"wrote list.{form}\n" == finding.type(f"ledger party list --output list.{form}")[0]
        printed = finding.type(f"ledger party list --format {form}")[0]
        file = (tmp_path / f"list.{form}").read_bytes()
        assert file.startswith(b"\xef\xbb\xbf") is (form == "csv")
        written = file.decode("utf-8-sig")
        # Below a printed CSV stands its as-of, on stderr.
        assert written.splitlines() == printed.splitlines()[: -1 if form == "csv" else None]
    assert "Université de Genève" in (tmp_path / "list.csv").read_text("utf-8-sig")


def test_workbook(finding: Terminal, tmp_path: Path) -> None:
    """A workbook has texts, numbers and days as such: read again, they are what the CSV has. Twice, it is one file."""
    for name in ("a.xlsx", "b.xlsx"):
        assert 0 == finding.type(f"ledger engagement list --output {name}")[1]
    data = (tmp_path / "a.xlsx").read_bytes()
    assert data == (tmp_path / "b.xlsx").read_bytes()
    rows = [row.cells for row in read_sheet(data, PROFILE)]
    plain = [*csv.reader(io.StringIO(finding.type("ledger engagement list --format csv")[0]))][: len(rows)]
    assert [[_normal(cell) for cell in row] for row in plain] == [[_normal(cell) for cell in row] for row in rows]


def _normal(cell: str) -> str:
    # The reader writes days and numbers in the style of the profile.
    if cell.count("/") == 2 and cell.replace("/", "").isdigit():
        return "-".join(reversed(cell.split("/")))
    number = cell.replace(",", "")
    return f"{float(number):.2f}" if number.replace(".", "").isdigit() else cell


def test_who_recorded_and_when(finding: Terminal) -> None:
    """Orders say the day of issue and the entry; who recorded it is shown on request, and can be filtered."""
    line = "ledger order list --columns number,issued_on,recorded_on,actor,position --format csv --where "
    row = _rows(finding.type(f"{line}actor=staff/2")[0])[0]
    assert {"number": "SO-3", "issued_on": "2026-02-28", "recorded_on": "2026-11-23", "actor": "staff/2"}.items() <= (
        row.items()
    )
    assert "order.issued" in finding.type(f"ledger show {row['position']} --format json")[0]
    payee = _rows(finding.type("ledger payment list --format csv --where party=EY")[0])[0]
    assert ("Ernst & Young (illustrative)", "P1", "60000.00") == (payee["payee"], payee["payee_ref"], payee["amount"])


def test_what_a_workbook_cannot_hold() -> None:
    """A number with more digits than a spreadsheet holds stays exact, as a text; a text too long is refused."""
    exact = "1234567890123456.78"
    rows = [row.cells for row in read_sheet(workbook(["amount", "name"], [[Decimal(exact), "=1+1"]]), PROFILE)]
    assert [[exact, "=1+1"]] == [[*row] for row in rows if row[0] != "amount"]
    with pytest.raises(WorkbookTooSmall, match="row 1 of the list"):
        workbook(["name"], [["x" * 32_768]])
