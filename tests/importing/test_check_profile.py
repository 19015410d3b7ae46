"""`ledger import --check-profile`: every mistake at once, and how a file would be read; nothing is recorded."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.main import run
from cli.session import Session
from ledger.importing.profile.load import bundled, check_profile
from tests.importing.workbooks import workbook
from tests.importing.workspace import COLUMNS, row, sheet

Typed = Callable[..., tuple[int, str, str]]
ORDERS = """
kind = "orders"
[columns]
engagement = "contract"
number = "no"
subject = "what"
amount = "amount"
currency = "cur"
issued_on = "day"
"""
WRONG = """
kind = "orders"
abuot = "A register"
dates.style = "DD.MM"
file = { header_row = "4", delimiter = ";;" }
codes.currency = { Dollar = "USX" }
empty = { subject = "" }
[columns]
engagment = "contract"
number = 7
amount = "amount"
"""


@pytest.fixture
def typed(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Return a function that types `ledger import --check-profile` in a folder without a ledger."""
    monkeypatch.chdir(tmp_path)
    for name in ("LEDGER_URL", "LEDGER_ACTOR", "LEDGER_FORMAT", "LEDGER_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def type_in(*args: str) -> tuple[int, str, str]:
        code = run(["import", "--check-profile", *args], Session())
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return type_in


def test_every_mistake_at_once() -> None:
    """Mistakes of shape and of meaning are reported together, each with its key, and none twice."""
    _, wrong = check_profile("own", WRONG.encode())
    assert sorted(
        [
            "abuot", "file.header_row", "columns.number", "file.delimiter", "dates.style", "columns.engagment",
            "columns.engagement", "columns.issued_on", "columns.currency", "codes.currency.Dollar", "empty.subject",
        ]
    ) == sorted(mistake.key for mistake in wrong)  # fmt: skip
    near = {mistake.key: mistake.near for mistake in wrong}
    assert (("about",), ("engagement",)) == (near["abuot"], near["columns.engagment"])


REGISTER = """
kind = "payments"
constants = { order = "SO-1", currency = "USD" }
amounts = { negative = "refund" }
only.state = "paid"
skip.voucher = ["", "Total*"]
[columns]
engagement = ["contract", "Contract no"]
payment = "voucher"
amount = "amount"
paid_on = "day"
"""


def test_all_that_a_profile_says_is_shown(typed: Typed) -> None:
    """Constants, names of columns and rows that are left out are shown, and the faults of later rows as one."""
    Path("own.toml").write_text(REGISTER)
    lines = [f"A-1,PV-{number},paid,5.00,soon" for number in range(10)]
    good = "A-1,PV-20,paid,-5.00,2024-01-01"
    head = ["Contract no,voucher,state,amount,day", "A-1,Total 3,paid,9,", "A-1,X,open,9,"]
    Path("own.csv").write_text("\n".join([*head, good, *lines]))
    code, out, _ = typed("own.toml", "own.csv")
    assert 3 == code
    for line in (
        "  contract or Contract no → engagement", "  each row → order 'SO-1'", "  only rows with state 'paid'",
        "  skip rows with voucher '' or 'Total*'", "  amount: USD -5.00", "note: 1 row left out by only.state",
        "note: 1 row left out by skip.voucher", "11 rows, 10 of which cannot be read",
        "column day, 8 rows: not-a-date: 'soon' is not a date.",
    ):  # fmt: skip
        assert line in out.splitlines()
    answer = json.loads(typed("own.toml", "own.csv", "--format", "json")[1])
    assert ["contract", "Contract no"] == answer["columns"]["engagement"]
    assert {"state": "paid"} == answer["only"]
    assert (8, 2) == (len(answer["faults"]), len(answer["notes"]))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('kind = "order"', "kind"),
        ('kind = "parties"\ncolumns.name = "n"\nroles.x = "vendor"', "roles"),
        ('kind = "agreements"\nroles.x = " "\ncolumns.title = "t"', "roles.x"),
        ('kind = "parties"\ncolumns.name = "n"\ndates.signed_on = "source"', "dates.signed_on"),
        ('kind = "agreements"\ndates.signed_on = "today"\ncolumns.title = "t"', "dates.signed_on"),
        ('kind = "agreements"\ndates.signed_on = "source"\ncolumns.signed_on = "t"', "dates.signed_on"),
        ('kind = "agreements"\nempty.strategic = "maybe"\ncolumns.title = "t"', "empty.strategic"),
        ('kind = "agreements"\ncodes.strategic = { ja = "ja" }\ncolumns.title = "t"', "codes.strategic.ja"),
        ('kind = "orders"\nempty.engagement = "a|b"\ncolumns.number = "n"', "empty.engagement"),
        ('kind = "orders"\nfile.header_row = -1\ncolumns.number = "n"', "file.header_row"),
        ('kind = "orders"\nfile.header_row = true\ncolumns.number = "n"', "file.header_row"),
        ('kind = "orders"\nfile.sheet = 3\ncolumns.number = "n"', "file.sheet"),
        ('kind = "orders"\ncodes = 3\ncolumns.number = "n"', "codes"),
        ('kind = "orders"\nname = "x"\ncolumns.number = "n"', "name"),
    ],
)  # fmt: skip
def test_mistake(text: str, key: str) -> None:
    """Each mistake is reported with its key."""
    _, wrong = check_profile("own", text.encode())
    assert key in [mistake.key for mistake in wrong]
    assert all(str(mistake) for mistake in wrong)


@pytest.mark.parametrize("name", bundled())
def test_bundled_profiles(typed: Typed, name: str) -> None:
    """The profiles that come with the ledger have no mistake, and are shown field by field, without a ledger."""
    code, out, err = typed(name)
    assert (0, "") == (code, err)
    assert "and has no mistakes" in out
    assert "reference → reference" in out


def test_mistakes_are_listed(typed: Typed) -> None:
    """Each mistake has a line with what may have been meant; exit 2."""
    Path("own.toml").write_text(WRONG)
    code, out, err = typed("own.toml")
    assert 2 == code
    assert 11 == len(out.splitlines())
    assert "mistake: columns.engagment is not a field of orders; did you mean engagement?" in out
    assert "error: bad-profile: The profile own cannot be used: it has 11 mistakes." in err
    answer = json.loads(typed("own.toml", "--format", "json")[1])
    assert 11 == len(answer["mistakes"])
    lines = list(csv.DictReader(io.StringIO(typed("own.toml", "--format", "csv")[1])))
    assert ("columns.number", "must be a text, in quotes") in [(line["field"], line["value"]) for line in lines]


@pytest.mark.parametrize("name", ["register.csv", "register.xlsx"])
def test_first_rows_as_they_would_be_read(typed: Typed, name: str) -> None:
    """With a file: the first three rows by field, the columns that no field uses; exit 0 when all can be read."""
    rows = [row(reference=f"A-{number}", region="AFR=60; AMS=40") for number in range(1, 6)]
    columns = [*COLUMNS, "note"]
    cells = [[cells.get(column, "") for column in columns] for cells in rows]
    data = workbook(columns, *cells) if name.endswith("xlsx") else sheet(*rows, columns=columns)
    Path(name).write_bytes(data)
    code, out, err = typed("tdag25", name)
    assert (0, "") == (code, err)
    for line in ("partners → parties", "an empty cell → memberships 'none'", "row 3, line 4",
                 "region: AFR 60%; AMS 40%", "parties: Alpha Institute (none)",
                 "partner_amount: Alpha Institute: USD 100.00"):  # fmt: skip
        assert f"  {line}" in out or line in out.splitlines()
    assert "row 4, line 5" not in out
    assert out.endswith("columns that no field uses: note\n5 rows, all of which can be read\n")
    answer = json.loads(typed("tdag25", name, "--format", "json")[1])
    assert (["note"], 5, 0, 3) == (answer["unused"], answer["rows"], answer["rejected"], len(answer["first"]))
    assert "USD" not in answer["first"][0]["values"]["title"]
    lines = list(csv.DictReader(io.StringIO(typed("tdag25", name, "--format", "csv")[1])))
    assert {"row": "1", "field": "title", "column": "title", "value": "Data platform"} in lines


def test_rows_that_cannot_be_read(typed: Typed) -> None:
    """A row that cannot be read is shown with its faults; exit 3."""
    Path("register.csv").write_bytes(sheet(row(), row(reference="A-2", title="")))
    code, out, err = typed("tdag25", "register.csv")
    assert 3 == code
    assert "  row 2, line 3, column title: empty-cell" in out
    assert "error: rows-refused: 1 of 2 rows" in err


def test_columns_that_are_missing(typed: Typed) -> None:
    """A file that lacks columns is refused with their names; exit 3."""
    Path("own.toml").write_text(ORDERS)
    Path("orders.csv").write_text("contract,no,what,amount,cur,date\nA-1,1,x,1,USD,2024-01-01\n")
    code, _, err = typed("own.toml", "orders.csv")
    assert 3 == code
    assert "missing-columns: The file has no column 'day'." in err


@pytest.mark.parametrize(
    ("kind", "columns", "cells", "shown"),
    [
        ("orders", ORDERS, "A-1,1,Report,12.5,USD,2024-01-01", ["number: 1", "amount: USD 12.50"]),
        ("payments", ORDERS.replace("orders", "payments").replace("number", "order").replace("subject", "payment")
         .replace("issued_on", "paid_on"), "A-1,1,PV-1,12.5,USD,2024-01-01", ["order: 1", "payment: PV-1"]),
        ("parties", 'kind = "parties"\n[columns]\nname = "contract"\naliases = "what"\nidentifiers = "cur"\n',
         "Alpha,1,A; B,x,LEI=1,y", ["name: Alpha", "aliases: A; B", "identifiers: LEI=1"]),
    ],
)  # fmt: skip
def test_other_kinds(typed: Typed, kind: str, columns: str, cells: str, shown: list[str]) -> None:
    """Rows of every kind are shown by their fields."""
    Path("own.toml").write_text(columns)
    Path("file.csv").write_text(f"contract,no,what,amount,cur,day\n{cells}\n")
    code, out, _ = typed("own.toml", "file.csv")
    assert 0 == code
    assert f"reads {kind}" in out
    assert [] == [line for line in shown if f"  {line}" not in out.splitlines()]


def test_what_is_not_there(typed: Typed) -> None:
    """A missing profile or file is reported as by an import."""
    assert 2 == typed("nothing")[0]
    assert 2 == typed("tdag25", "nowhere.csv")[0]
