"""Every fault of a row, with its column, value and code; nothing is recorded."""

import pytest

from ledger.domain.fields import Share
from ledger.importing.profile.load import read_profile
from ledger.importing.row_errors import UnknownSourceCode
from tests.importing.workspace import COLUMNS, Workspace, faults, row, sheet

GERMAN = """
kind = "agreements"
[file]
encoding = "cp1252"
delimiter = ";"
[dates]
style = "D.M.YYYY"
[amounts]
decimal = ","
grouping = "."
[lists]
separator = "|"
[columns]
title = "Titel"
parties = "Partner"
region = "Region"
signed_on = "Datum"
partner_amount = "Betrag"
[codes.region]
Afrika = "AFR"
Asien = "ASP"
[empty]
kind = "partnership agreement"
currency = "EUR"
region = "Multi regions"
"""


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"reference": "A|1"}, "reference", "bad-reference"),
        ({"title": ""}, "title", "empty-cell"),
        ({"title": "a\nb"}, "title", "bad-text"),
        ({"title": "a\u202eb"}, "title", "bad-text"),
        ({"title": "a\x1bb"}, "title", "bad-text"),
        ({"kind": ""}, "kind", "empty-cell"),
        ({"partners": ""}, "partners", "empty-cell"),
        ({"partners": "Alpha Institute;", "partner_amount": ""}, "partners", "empty-cell"),
        ({"partner_types": "Academia; Academia"}, "partner_types", "lists-differ"),
        ({"memberships": "Academia; Academia"}, "memberships", "lists-differ"),
        ({"region": "AFR=60; AMS=30"}, "region", "shares-not-100"),
        ({"region": "AFR; AMS"}, "region", "shares-not-100"),
        ({"region": "AFR=120"}, "region", "bad-share"),
        ({"priority": "A=50; A=50"}, "priority", "shares-not-100"),
        ({"signed_on": ""}, "signed_on", "empty-cell"),
        ({"signed_on": "2024-02-30"}, "signed_on", "not-a-date"),
        ({"signed_on": "01/03/2024"}, "signed_on", "not-a-date"),
        ({"signed_on": "0001-01-01"}, "signed_on", "not-a-date"),
        ({"signed_on": "\u0662\u0660\u0662\u0664-03-01"}, "signed_on", "not-a-date"),
        ({"signed_on": "2026-06-01"}, "signed_on", "not-signed-yet"),
        ({"starts_on": "soon"}, "starts_on", "not-a-date"),
        ({"starts_on": "2024-04-01", "ends_on": "2024-03-31"}, "ends_on", "ends-before-start"),
        ({"currency": "usd"}, "currency", "unknown-currency"),
        ({"currency": ""}, "partner_amount", "amount-without-currency"),
        ({"currency": "JPY"}, "partner_amount", "wrong-decimals"),
        ({"partner_amount": "100.005"}, "partner_amount", "wrong-decimals"),
        ({"partner_amount": "1,000.00"}, "partner_amount", "not-an-amount"),
        ({"partner_amount": "1e6"}, "partner_amount", "not-an-amount"),
        ({"partner_amount": "NaN"}, "partner_amount", "not-an-amount"),
        ({"partner_amount": "-5.00"}, "partner_amount", "negative-amount"),
        ({"partner_amount": "12345678901234567890"}, "partner_amount", "amount-too-large"),
        ({"partner_amount": "1.00; 2.00"}, "partner_amount", "amount-of-many"),
        ({"partners": "Alpha; Beta"}, "partner_amount", "amount-of-many"),
        ({"itu_amount": "many"}, "itu_amount", "not-an-amount"),
        ({"title": "x" * 70_000}, "", "entry-too-large"),
    ],
)
def test_row_that_is_wrong(workspace: Workspace, cells: dict[str, str], column: str, code: str) -> None:
    """The fault names row, column and code and carries value, reason and hint; nothing of the file is recorded."""
    outcome = workspace.import_rows(row(reference="A-0"), row(**cells))
    assert [(2, column, code)] == faults(outcome)
    fault = outcome.faults[0]
    assert (cells.get(column, row().get(column, "")) if column else "") == fault.value or fault.value in cells[column]
    assert fault.reason
    assert fault.hint
    assert 1 == workspace.size


def test_all_faults_of_all_rows(workspace: Workspace) -> None:
    """Faults are collected, several of a row, in the order of rows, with the line on which each row starts."""
    outcome = workspace.import_rows(
        row(title="", signed_on="never"), row(reference="A-2", basis="two\nlines"), row(reference="A-3")
    )
    assert [(1, "signed_on", "not-a-date"), (1, "title", "empty-cell"), (2, "basis", "bad-text")] == faults(outcome)
    assert [2, 2, 3] == [fault.line for fault in outcome.faults]
    later = workspace.import_rows(row(basis="two\nlines"), row(reference="A-2", title=""))
    assert [(1, 2), (2, 4)] == [(fault.row, fault.line) for fault in later.faults]


def test_code_lists_in_force_are_kept(workspace: Workspace) -> None:
    """A value that is not in its code list is refused with its column and similar values."""
    for name, words in {
        "list.kinds": ["partnership agreement"],
        "list.regions": ["AFR", "AMS"],
        "list.priorities": ["Affordable connectivity"],
        "list.party-types": ["Academia"],
        "list.memberships": ["Member State"],
    }.items():
        workspace.record("setting change", "2020-01-01", name=name, value=words)
    wrong = {
        "kind": "grant",
        "region": "AFS",
        "priority": "Roads",
        "partner_types": "Acadamia",
        "memberships": "Friend",
    }
    rows = [row(reference=f"A-{number}", **{column: value}) for number, (column, value) in enumerate(wrong.items(), 1)]
    outcome = workspace.import_rows(*rows, row(reference="B", memberships="", region="AFR"))
    assert [(number, column, "unknown-code") for number, column in enumerate(wrong, 1)] == faults(outcome)
    assert list(wrong.values()) == [fault.value for fault in outcome.faults]
    assert "Academia" in outcome.faults[3].hint


def test_repeated_reference_is_a_fault_of_the_second_row(workspace: Workspace) -> None:
    """Two rows with one reference: the second is refused, and says which row was first."""
    outcome = workspace.import_rows(row(), row(reference="A-2"), row(title="Other"))
    assert [(3, "reference", "repeated-reference")] == faults(outcome)
    assert "Row 1" in outcome.faults[0].reason


def test_rows_of_another_style(workspace: Workspace) -> None:
    """The profile sets encoding, delimiter, dates, amounts, lists, codes and the meaning of empty cells."""
    workspace.profile = read_profile("german", GERMAN.encode())
    columns = ["Titel", "Partner", "Region", "Datum", "Betrag"]
    cells = dict(zip(columns, ["Brücke", "Bär|Übersee", "Afrika=40|Asien=60", "1.3.2024", "1.250,50|99"], strict=True))
    plain = dict(zip(columns, ["Brunnen", "Bär", "", "01.12.2023", ""], strict=True))
    outcome = workspace.import_rows(data=sheet(cells, plain, columns=columns, encoding="cp1252", delimiter=";"))
    assert [] == outcome.faults
    refs = [stream.partition("/")[2] for stream in workspace.ledger.store.streams("engagement")]
    states = {workspace.engagement(ref).get("title"): (ref, workspace.engagement(ref)) for ref in refs}
    ref, state = states["Brücke"]
    assert (Share("AFR", "40"), Share("ASP", "60")) == state.get("regions")
    assert {"P00001": "EUR 1250.50", "P00002": "EUR 99.00"} == workspace.committed(ref)
    assert "2024-03-01" == state.life[0].on
    assert (Share("Multi regions"),) == states["Brunnen"][1].get("regions")


def test_code_that_the_profile_does_not_know(workspace: Workspace) -> None:
    """A code that is not in the profile's table is refused, with the codes that resemble it."""
    workspace.profile = read_profile("german", GERMAN.encode())
    cells = {"Titel": "Brunnen", "Partner": "B", "Region": "Africa", "Datum": "1.3.2024", "Betrag": "1.250.00"}
    outcome = workspace.import_rows(data=sheet(cells, columns=cells, encoding="cp1252", delimiter=";"))
    assert [(1, "Region", UnknownSourceCode.code), (1, "Betrag", "not-an-amount")] == faults(outcome)
    assert "Afrika" in outcome.faults[0].hint


def test_equal_rows_without_a_reference_are_two(workspace: Workspace) -> None:
    """Rows without a reference get one derived from their content and their number among equal rows."""
    rows = [row(reference=""), row(reference=""), row(reference="", title="Other")]
    assert 3 == workspace.import_rows(*rows).signed
    refs = sorted(stream.partition("/")[2] for stream in workspace.ledger.store.streams("engagement"))
    assert ["1", "1", "2"] == sorted(ref.rpartition("-")[2] for ref in refs)
    assert all(ref.startswith("tdag25-") for ref in refs)
    assert 3 == workspace.import_rows(*rows).unchanged
    assert [] == workspace.import_rows(*reversed(rows)).positions


def test_other_columns_do_not_matter_to_made_references(workspace: Workspace) -> None:
    """An unused column does not change a derived reference."""
    workspace.import_rows(row(reference=""))
    assert 1 == workspace.import_rows(data=sheet(row(reference="", note="x"), columns=["note", *COLUMNS])).unchanged


def test_rows_of_white_space_are_passed_over(workspace: Workspace) -> None:
    """Rows without text are skipped, but count in row numbers."""
    data = sheet(row(), dict.fromkeys(COLUMNS, " "), row(reference="A-2", title="")) + b"\r\n\r\n"
    outcome = workspace.import_rows(data=data)
    assert 2 == outcome.rows
    assert [(3, "title", "empty-cell")] == faults(outcome)
