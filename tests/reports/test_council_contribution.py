"""The council report on the three engagements in the working-group contribution, and on a service order."""

import csv
from pathlib import Path

import pytest

from tests.reports.council_ledger import SOURCE, THREE, Secretariat, usd

REFS = [engagement[0] for engagement in THREE]
ORDER = "order issue CWG-2023-003 SO-2024-001 --subject Assessment --amount 'USD 60000.00' --effective 2024-02-01"
PUBLISH = "disclosure publish C24/50 --body Council --effective 2024-06-04 --as-of-on 2024-06-04"
PUBLISH += " --cover CWG-2023-003=parties,service-orders"


SHARED = Path(__file__).parents[3] / "shared" / "data" / "cwg-fhr" / "engagements.csv"


@pytest.mark.shared_data
def test_the_three_are_those_of_the_source() -> None:
    """Reference, title, kind, third party and withheld facets are those of the shared transcription."""
    if not SHARED.is_file():
        pytest.skip("the shared data folder is not beside the project")
    with SHARED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = ("reference", "title", "kind", "third_party")
    assert [engagement[:4] for engagement in THREE] == [tuple(row[name] for name in names) for row in rows]
    assert {("not disclosed", "not disclosed")} == {
        (row["financial_implication"], row["service_orders"]) for row in rows
    }


def test_the_three_are_named_with_their_third_parties(contribution: Secretariat) -> None:
    """Dalberg, Boston Consulting Group and EY are in the register with title, kind and state."""
    expected = [(ref, title, party, kind, "signed") for ref, title, kind, party, *_ in THREE]
    rows = contribution.report().table("engagements")
    names = ("Reference", "Title", "Third parties", "Kind", "State")
    assert expected == [tuple(row[name] for name in names) for row in rows]


def test_what_the_source_withholds_reads_not_disclosed(contribution: Secretariat) -> None:
    """Amounts and service orders read 'not disclosed', in the register and in each section; never 0, never blank."""
    report = contribution.report()
    for row in report.table("engagements"):
        assert ["not disclosed"] * 3 == [row[name] for name in ("Signed", "Ordered", "Paid")]
    for ref in REFS:
        facts = report.facts(ref)
        assert ["not disclosed"] * 2 == [facts[name] for name in ("Financial implication", "Service orders")]
        assert [[], []] == [report.table(f"{what} {ref}") for what in ("money", "orders")]
    assert {} == report.figures["money"]
    assert REFS == [row["Engagement"] for row in report.table("withheld")]


def test_the_overview_says_that_orders_are_withheld_and_counts_none(contribution: Secretariat) -> None:
    """The overview does not claim that there are no orders: none is recorded, and those of the three are withheld."""
    text = contribution.written("md")
    assert "No service order under them is recorded." in text
    assert f"does not disclose the service orders of 3 engagements: {', '.join(REFS)}." in text
    assert f"The amounts of 3 engagements are not disclosed by the source: {', '.join(REFS)}." in text


def test_no_cell_is_blank_and_no_amount_zero(contribution: Secretariat) -> None:
    """No cell of any table of the three is blank, and no withheld amount is counted as 0."""
    contribution.do(ORDER)
    tables = contribution.report().document["tables"]
    about = [table for table in tables if table["key"].split()[-1] in REFS or table["key"] in ("engagements", "money")]
    cells = [str(cell) for table in about for row in table["rows"] for cell in row]
    assert len(cells) > 50
    assert [] == [cell for cell in cells if not cell.strip() or not cell.removeprefix("USD ").strip("0.,")]


def test_what_was_never_recorded_reads_so(contribution: Secretariat) -> None:
    """The day of signature, the duration, the risks and the reviews read 'not recorded'; so does EY's materiality."""
    report = contribution.report()
    facts = report.facts("CWG-2023-003")
    assert f"not recorded; day of signature not recorded, by {SOURCE}" == facts["Duration"]
    for label in ("Objective", "Materiality and why", "Selection or basis", "Risks", "Last review", "Next review"):
        assert (label, "not recorded") == (label, facts[label])
    assert "strategic: yes. The contribution names it as strategic" in report.facts(REFS[0])["Materiality and why"]
    assert 0 == report.figures["signed_in_period"]
    assert 2 == report.figures["material"]


def test_days_since_an_unknown_day_are_not_recorded(contribution: Secretariat) -> None:
    """If the day of an event is not recorded, neither are its days, and the latest possible day is shown."""
    report = contribution.report()
    expected = [(ref, f"{SOURCE} or before", "not recorded") for ref in REFS]
    rows = report.table("all_undisclosed")
    assert expected == [(row["Engagement"], row["Since"], row["Days"]) for row in rows]
    assert {f"{SOURCE} or before"} == {row["Oldest since"] for row in report.table("undisclosed_facets")}
    assert [f"by {SOURCE}: {THREE[2][5]}"] == [row["Reached"] for row in report.table("outcomes CWG-2023-003")]


def test_a_recorded_order_stands_under_not_yet_disclosed(contribution: Secretariat) -> None:
    """A recorded order is listed with its amount and its days; before, there was none."""
    assert [] == contribution.report().table("undisclosed_orders")
    contribution.do(ORDER)
    report = contribution.report()
    expected = {
        "Engagement": "CWG-2023-003", "Third parties": "EY", "Order": "SO-2024-001", "Subject": "Assessment",
        "Amount": "60000.00", "Issued on": "2024-02-01", "Days": "334",
    }  # fmt: skip
    assert [expected] == report.table("undisclosed_orders")
    assert {"all": 1, "undisclosed": 1} == report.figures["orders"]
    assert ["not yet disclosed"] == [row["Disclosed in"] for row in report.table("orders CWG-2023-003")]


def test_a_disclosed_order_has_a_symbol_and_a_number_of_days(contribution: Secretariat) -> None:
    """After publication the order has the document and the days since its issue, and is no longer listed."""
    contribution.do(ORDER)
    contribution.do(PUBLISH)
    report = contribution.report()
    assert [] == report.table("undisclosed_orders")
    assert {"all": 1, "undisclosed": 0} == report.figures["orders"]
    assert ["C24/50"] == [row["Disclosed in"] for row in report.table("orders CWG-2023-003")]
    disclosed = {row["Facet"]: row for row in report.table("disclosures CWG-2023-003")}
    assert ("2024-06-04, C24/50 (Council)", "124") == tuple(disclosed["Service order SO-2024-001"].values())[1:]
    assert ("2024-06-04, C24/50 (Council)", "not recorded") == tuple(disclosed["Parties"].values())[1:]
    last = report.table("all_undisclosed")[-1]
    assert ("CWG-2023-003", "financial implication; outcomes") == (last["Engagement"], last["Not yet disclosed"])


def test_before_the_publication_it_was_not_disclosed(contribution: Secretariat) -> None:
    """As of the day before, and as known before it was recorded, the order is still undisclosed."""
    contribution.do(ORDER)
    known_at = max(contribution.entries())
    contribution.do(PUBLISH)
    for options in ("--on 2024-06-03", f"--known-at {known_at}"):
        assert ["SO-2024-001"] == [row["Order"] for row in contribution.report(options).table("undisclosed_orders")]
    assert 0 == contribution.report("--on 2024-06-04").figures["orders"]["undisclosed"]


def test_what_was_withheld_and_is_recorded_then_reads_as_recorded(contribution: Secretariat) -> None:
    """The amount of an order is shown next to 'not disclosed'; recorded amounts replace 'not disclosed'."""
    contribution.do(ORDER)
    report = contribution.report()
    assert "not disclosed, but for what is recorded of service orders" == report.facts(REFS[2])["Financial implication"]
    assert "Service orders" not in report.facts(REFS[2])
    row = report.table("engagements")[2]
    assert ("not disclosed", "USD 60,000.00", "not disclosed") == (row["Signed"], row["Ordered"], row["Paid"])
    contribution.record({"command": "contribution commit", "engagement": REFS[2], "payer": "organization",
                       "amount": usd("75000"), "effective": "2024-03-01"})  # fmt: skip
    report = contribution.report()
    assert "Financial implication" not in report.facts(REFS[2])
    assert "USD 75,000.00" == report.table("engagements")[2]["Signed"]
    assert "75000.00" == report.figures["money"]["signed"]["USD"]["in_period"]


def test_a_source_that_withholds_nothing_any_more(contribution: Secretariat) -> None:
    """When the source discloses that there is nothing, amounts and orders read 'not recorded'."""
    contribution.do("engagement amend CWG-2023-001 --withheld none --effective 2024-05-01")
    assert ["not recorded"] * 3 == [
        contribution.report().table("engagements")[0][of] for of in ("Signed", "Ordered", "Paid")
    ]
    assert "not disclosed" == contribution.report("--on 2024-04-30").table("engagements")[0]["Signed"]
