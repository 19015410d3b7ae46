"""Cells as real registers have them: dates, amounts, texts and codes are read as the profile says, or refused."""

from datetime import date

import pytest

from ledger.domain.errors import LedgerError
from ledger.importing.profile.load import read_profile
from ledger.importing.profile.model import Profile
from ledger.importing.source.date_formats import DateReader
from ledger.importing.source.value_formats import ValueFormats
from tests.importing.workbooks import Value, workbook
from tests.importing.workspace import Workspace, faults, row, sheet

AGREEMENTS = """
    kind = "agreements"
    [columns]
    reference = "reference"
    title = "title"
    kind = "kind"
    parties = "partners"
    signed_on = "signed_on"
    partner_amount = "partner_amount"
    currency = "currency"
"""


def profile(*lines: str) -> Profile:
    """Return a profile of agreements with these lines."""
    return read_profile("own", "\n".join([*lines, AGREEMENTS]).encode())


def dates(style: str, text: str) -> str:
    """Return a date as a profile with this `dates` reads it, or the code of its refusal."""
    try:
        return DateReader(profile(f"dates = {style}").dates).read(text)
    except LedgerError as error:
        return error.code


@pytest.mark.parametrize(
    ("style", "text", "expected"),
    [
        ('{ style = ["D.M.YYYY", "YYYY-MM-DD"] }', "3.4.2024", "2024-04-03"),
        ('{ style = ["D.M.YYYY", "YYYY-MM-DD"] }', "2024-04-03", "2024-04-03"),
        ('{ style = ["D.M.YYYY", "YYYY-MM-DD"] }', "4/3/2024", "not-a-date"),
        ('{ style = ["D/M/YYYY", "M/D/YYYY"] }', "25/4/2024", "2024-04-25"),
        ('{ style = ["D/M/YYYY", "M/D/YYYY"] }', "4/25/2024", "2024-04-25"),
        ('{ style = ["D/M/YYYY", "M/D/YYYY"] }', "4/4/2024", "2024-04-04"),
        ('{ style = ["D/M/YYYY", "M/D/YYYY"] }', "3/4/2024", "doubtful-date"),
        ('{ style = "YYYY", of_year = "last day" }', "2020", "2020-12-31"),
        ('{ style = "YYYY", of_year = "first day" }', "2020", "2020-01-01"),
        ('{ style = "YYYY", of_year = "first day" }', "2020-06", "not-a-date"),
        ('{ style = "YYYY-MM", of_month = "last day" }', "2024-02", "2024-02-29"),
        ('{ style = "M/YYYY", of_month = "first day" }', "12/2024", "2024-12-01"),
        ('{ style = "M/YYYY", of_month = "last day" }', "12/2024", "2024-12-31"),
        ('{ style = "M/YYYY", of_month = "last day" }', "13/2024", "not-a-date"),
        ('{ style = "D.M.YY" }', "1.2.24", "2024-02-01"),
        ('{ style = "D.M.YY" }', "1.2.68", "2068-02-01"),
        ('{ style = "D.M.YY" }', "1.2.69", "1969-02-01"),
        ('{ style = "D-MMM-YY" }', "12-Mar-24", "2024-03-12"),
        ('{ style = "D MMM YYYY" }', "12 september 2024", "2024-09-12"),
        ('{ style = "D MMM YYYY" }', "12 Sept. 2024", "2024-09-12"),
        ('{ style = "D MMM YYYY" }', "12 Mag 2024", "not-a-date"),
        ('{ style = "YYYY-MM-DD" }', "2020-01-01T00:00:00", "2020-01-01"),
        ('{ style = "YYYY-MM-DD" }', "2020-01-01T23:59:59.999Z", "2020-01-01"),
        ('{ style = "YYYY-MM-DD" }', "2020-01-01 08:30 +02:00", "2020-01-01"),
        ('{ style = "M/D/YYYY" }', "1/31/2020 12:00:00 AM", "2020-01-31"),
        ('{ style = "YYYY-MM-DD" }', "2020-01-01T99:00:00", "not-a-date"),
        ('{ style = "YYYY-MM-DD" }', "2020-01-01 noon", "not-a-date"),
    ],
)
def test_date(style: str, text: str, expected: str) -> None:
    """A date is read in the first style that fits; where two read it differently, it is refused."""
    assert expected == dates(style, text)


def test_days_of_a_workbook_are_days(workspace: Workspace) -> None:
    """Given dates as dates and as text, when imported with two styles, then a day is never turned round."""
    workspace.profile = profile('dates.style = ["D/M/YYYY", "M/D/YYYY"]')
    columns: list[Value] = ["reference", "title", "kind", "partners", "signed_on", "partner_amount", "currency"]
    first: list[Value] = ["A-1", "T", "k", "Alpha", date(2024, 4, 3), 5, "USD"]
    result = workspace.import_rows(data=workbook(columns, first, ["A-2", *first[1:4], "3/4/2024", *first[5:]]))
    assert [(2, "signed_on", "doubtful-date")] == faults(result)
    workspace.profile = profile('dates = { style = "YYYY", of_year = "first day" }')
    assert [] == faults(workspace.import_rows(data=workbook(columns, first)))
    assert "2024-04-03" == workspace.entries()[-1].effective_on


def test_period_of_years(workspace: Workspace) -> None:
    """Given a period in years, when imported, then it is from the first day of one to the last day of the other."""
    columns = 'starts_on = "starts_on"\n    ends_on = "ends_on"\n'
    text = f'dates = {{ style = ["YYYY-MM-DD", "YYYY"], of_year = "first day" }}\n{AGREEMENTS}{columns}'
    workspace.profile = read_profile("own", text.encode())
    workspace.import_rows(row(signed_on="2024", starts_on="2024", ends_on="2026"))
    engagement = workspace.engagement()
    assert ("2024-01-01", "2026-12-31") == (engagement.get("starts_on"), engagement.get("ends_on"))


def amount(amounts: str, text: str, currency: str = "USD") -> str:
    """Return an amount as a profile with this `amounts` reads it, or the code of its refusal."""
    reader = ValueFormats(profile(f"amounts = {amounts}")).amounts
    try:
        found = reader.split(text)
        return str(reader.read(text, found, found.currency or currency))
    except LedgerError as error:
        return error.code


ENGLISH = 'grouping = ","'
CELL = f'{{ {ENGLISH}, currency = "in cell", signs = {{ "$" = "USD", "€" = "EUR", "£" = "GBP" }} }}'


@pytest.mark.parametrize(
    ("amounts", "text", "expected"),
    [
        (CELL, "CAD 273,936.60", "CAD 273936.60"),
        (CELL, "273,936.60 CAD", "CAD 273936.60"),
        (CELL, "CAD273,936.60", "CAD 273936.60"),
        (CELL, "273,936.60", "USD 273936.60"),
        (CELL, "£1234.50", "GBP 1234.50"),
        (CELL, "£ 1,234.50", "GBP 1234.50"),
        (CELL, "1,234.50 €", "EUR 1234.50"),
        (CELL, "¥1,234", "unread-currency"),
        (CELL, "CAD 1 USD", "not-an-amount"),
        (CELL, "XXQ 5", "unknown-currency"),
        ("{ }", "CAD 5.00", "unread-currency"),
        ("{ }", "£5.00", "unread-currency"),
        ("{ }", "US$5.00", "unread-currency"),
        ("{ }", "about 5", "not-an-amount"),
        ('{ signs = { "$" = "CAD" } }', "$5", "CAD 5.00"),
        ('{ signs = { "$" = "CAD" } }', "CAD 5", "unread-currency"),
        ('{ decimal = ",", grouping = "\'", currency = "in cell" }', "USD 1'200,50", "USD 1200.50"),
        ('{ decimal = ",", grouping = "\'", currency = "in cell" }', "USD 1’200,50", "USD 1200.50"),
        ('{ decimal = ",", grouping = ".", signs = { "€" = "EUR" } }', "1.200,50 €", "EUR 1200.50"),
        ('{ grouping = " " }', "1\u00a0200 300.50", "not-an-amount"),
        ('{ grouping = " " }', "1\u00a0200\u00a0300.50", "USD 1200300.50"),
        ('{ grouping = "," }', "1,20.00", "not-an-amount"),
        ("{ unit = 1000 }", "273.5", "USD 273500.00"),
        ("{ unit = 1000 }", "0.0015", "USD 1.50"),
        ("{ unit = 1000 }", "0.000015", "wrong-decimals"),
        ("{ unit = 1000 }", "1.00000000000000000000000000000001", "wrong-decimals"),
        ("{ multiples = { k = 1000, M = 1000000, Mio = 1000000 } }", "1.2M", "USD 1200000.00"),
        ("{ multiples = { k = 1000, M = 1000000, Mio = 1000000 } }", "3k", "USD 3000.00"),
        ("{ multiples = { k = 1000, M = 1000000, Mio = 1000000 } }", "1.25 Mio", "USD 1250000.00"),
        ('{ multiples = { k = 1000 }, signs = { "€" = "EUR" } }', "3k€", "EUR 3000.00"),
        ('{ multiples = { k = 1000 }, currency = "in cell" }', "3k CHF", "CHF 3000.00"),
        ("{ }", "3k", "not-an-amount"),
        ("{ }", "(1234.50)", "negative-amount"),
        ("{ }", "1234.50-", "negative-amount"),
        ("{ }", "-1234.50", "negative-amount"),
        ("{ }", "−1234.50", "negative-amount"),
        ("{ }", "(0.00)", "USD 0.00"),
        ("{ }", "(-5.00)", "not-an-amount"),
        ("{ }", "(5.00", "not-an-amount"),
        ("{ }", "--5.00", "not-an-amount"),
        ("{ }", "0017", "USD 17.00"),
        ("{ }", "10000000000000000000000", "amount-too-large"),
        ("{ }", "1.50%", "not-an-amount"),
    ],
)
def test_amount(amounts: str, text: str, expected: str) -> None:
    """An amount is read to the cent as the profile describes it; anything else is refused."""
    assert expected == amount(amounts, text)


NEGATIVE = """
    kind = "payments"
    amounts = { negative = "refund", grouping = ",", currency = "in cell" }
    columns = { engagement = "e", order = "o", payment = "p", amount = "a", paid_on = "d" }
"""


@pytest.mark.parametrize("text", ["(1,234.50)", "-1,234.50", "1,234.50-", "USD (1,234.50)", "(USD 1,234.50)"])
def test_negative_amount(text: str) -> None:
    """Brackets and a minus sign at either end say the same."""
    reader = ValueFormats(read_profile("own", NEGATIVE.encode())).amounts
    assert -123450 == reader.read(text, reader.split(text), "USD").minor


def test_currency_of_cell_and_row(workspace: Workspace) -> None:
    """Given a currency in a cell, when the row has another, then the row is refused; a default gives way."""
    workspace.profile = profile('amounts.currency = "in cell"')
    result = workspace.import_rows(
        row(partner_amount="CAD 5.00", currency=""),
        row(reference="A-2", partner_amount="CAD 5.00", currency="USD"),
        row(reference="A-3", partner_amount="5.00", currency=""),
        row(reference="A-4", partner_amount="CAD 5.00", currency="CAD"),
    )
    assert [
        (2, "partner_amount", "currency-differs"), (3, "partner_amount", "amount-without-currency"),
    ] == faults(result)  # fmt: skip
    workspace.profile = profile('amounts.currency = "in cell"', 'empty.currency = "USD"')
    workspace.import_rows(row(partner_amount="CAD 5.00", currency=""))
    assert {"P00001": "CAD 5.00"} == workspace.committed()


def test_text_that_was_decoded_twice(workspace: Workspace) -> None:
    """Given U+0092 in a name, when imported, then the hint says what it was; with `text.repair` it is that."""
    workspace.profile = profile()
    result = workspace.import_rows(row(partners="Teachers\u0092 Pension"))
    assert [(1, "partners", "bad-text")] == faults(result)
    assert result.faults[0].hint.startswith("U+0092 is ’ in Windows-1252: was the file decoded twice?")
    workspace.profile = profile('text.repair = "cp1252"')
    workspace.import_rows(row(partners="Teachers\u0092 Pension"))
    assert ["Teachers’ Pension"] == [name for entry in workspace.entries() for name in entry.event.names()]


def test_line_feed_in_a_title(workspace: Workspace) -> None:
    """A line feed in a title is refused, and read as a space with `text.line_feeds`."""
    workspace.profile = profile()
    result = workspace.import_rows(row(title="Wells \n for all"))
    assert [(1, "title", "bad-text")] == faults(result)
    assert "text.line_feeds" in result.faults[0].hint
    workspace.profile = profile('text.line_feeds = "space"')
    workspace.import_rows(row(title="Wells \r\n for all"))
    assert "Wells for all" == workspace.engagement().get("title")


def test_name_with_a_semicolon_is_one_party(workspace: Workspace) -> None:
    """Without a separator in the profile a cell has one party; with one, it has several."""
    workspace.profile = profile()
    result = workspace.import_rows(row(partners="Smith; Jones and Co"))
    assert ["is one party, P00001: lists.separator in the profile would make it several"] == [
        notice.text for notice in result.notices
    ]
    assert ["Smith; Jones and Co"] == [name for entry in workspace.entries() for name in entry.event.names()]
    workspace.profile = profile('lists.separator = "|"')
    workspace.import_rows(row(reference="A-2", partners="Smith; Jones and Co|Alpha", partner_amount="1|2"))
    assert {"P00001": "USD 1.00", "P00002": "USD 2.00"} == workspace.committed("A-2")


def test_codes_that_are_ours_already(workspace: Workspace) -> None:
    """Given a table of codes, when a cell has a code of the ledger, then it counts; a new code names the table."""
    workspace.profile = profile('codes.currency = { usd = "USD", "US$" = "USD" }', 'codes.kind = { C06 = "grant" }')
    result = workspace.import_rows(data=sheet(
        row(kind="C06", currency="usd"), row(reference="A-2", kind="grant"), row(reference="A-3", kind="C07"),
    ))  # fmt: skip
    assert [(3, "kind", "unknown-source-code")] == faults(result)
    assert "Add it to [codes.kind] in the profile." == result.faults[0].hint


def test_empty_cell_is_named_in_english(workspace: Workspace) -> None:
    """The sentence about an empty cell has words for the field, and a remedy that works for it."""
    result = workspace.import_rows(row(signed_on=""))
    assert "The row does not give its day of signature." == result.faults[0].reason
    assert "[empty]" not in result.faults[0].hint
