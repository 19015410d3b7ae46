"""The council report on changes since disclosure, on corrections, and as of an earlier day."""

import pytest

from tests.reports.council_ledger import ReportDocument, Secretariat, usd

PUBLISH = "disclosure publish C24/50 --body Council --effective 2024-06-04 --as-of-on 2024-06-04"


@pytest.fixture
def disclosed(secretariat: Secretariat) -> Secretariat:
    """Return staff who disclosed an engagement with money and an order to the Council, on 4 June 2024."""
    secretariat.record(
        {"command": "party register", "name": "Alpha (illustrative)", "ref": "A"},
        {"command": "engagement sign", "engagement": "E1", "title": "Work", "kind": "consultancy",
         "parties": [{"party": "A", "role": "donor"}], "ends_on": "2025-12-31", "effective": "2024-01-10",
         "contributions": [{"by": "A", "amount": usd("1000")}]},
        {"command": "order issue", "engagement": "E1", "number": "S1", "subject": "Report", "amount": usd("500"),
         "effective": "2024-02-01"},
    )  # fmt: skip
    secretariat.do(f"{PUBLISH} --cover E1")
    return secretariat


def _changed(report: ReportDocument) -> list[tuple[str, str, str, str]]:
    assert report.figures["changed_since_disclosed"] == len(report.table("changed"))
    names = ("What", "Last disclosed in", "What it said", "What is so now")
    return [tuple(row[name] for name in names) for row in report.table("changed")]


def test_nothing_changed(disclosed: Secretariat) -> None:
    """A disclosed facet that did not change is not listed."""
    assert [] == _changed(disclosed.report())


def test_an_amended_order_changed(disclosed: Secretariat) -> None:
    """An order whose amount was raised is listed with its disclosed and its present content; no other facet is."""
    disclosed.do("order amend E1 S1 --amount 'USD 700.00' --effective 2024-07-01")
    changed = _changed(disclosed.report())
    assert [("service order S1", "C24/50, 2024-06-04")] == [row[:2] for row in changed]
    assert ("USD 500.00" in changed[0][2], "USD 700.00" in changed[0][3]) == (True, True)
    assert [] == _changed(disclosed.report("--on 2024-06-30"))


def test_a_corrigendum_tells_it(disclosed: Secretariat) -> None:
    """Once a document corrected the first one, its content is compared; the order names both documents."""
    disclosed.do("order amend E1 S1 --amount 'USD 700.00' --effective 2024-07-01")
    disclosed.do("disclosure correct C24/50 'C24/50(Cor.1)' --what 'The amount of S1' --cover E1=service-orders"
                 " --effective 2024-08-01 --as-of-on 2024-08-01")  # fmt: skip
    report = disclosed.report()
    assert [] == _changed(report)
    assert ["C24/50; C24/50(Cor.1)"] == [row["Disclosed in"] for row in report.table("orders E1")]
    assert [("2024-08-01", "C24/50", "C24/50(Cor.1)", "The amount of S1")] == [
        tuple(row.values()) for row in report.table("corrected_documents")
    ]
    assert ["service order S1"] == [row[0] for row in _changed(disclosed.report("--on 2024-07-31"))]
    disclosed.do("order amend E1 S1 --amount 'USD 600.00' --effective 2024-09-01")
    assert [("service order S1", "C24/50(Cor.1), 2024-08-01")] == [row[:2] for row in _changed(disclosed.report())]


def test_an_order_that_came_later_is_not_disclosed(disclosed: Secretariat) -> None:
    """An order issued after the document is not a change of its content: it is not yet disclosed."""
    disclosed.do("order issue E1 S2 --subject More --amount 'USD 50.00' --effective 2024-07-01")
    report = disclosed.report()
    assert [] == _changed(report)
    assert ["S2"] == [row["Order"] for row in report.table("undisclosed_orders")]


def test_a_renamed_party_changed(disclosed: Secretariat) -> None:
    """A renamed party is a change of the disclosed parties; the figure cites the entry of the new name."""
    disclosed.do("party rename A 'Beta (illustrative)' --effective 2024-09-01")
    report = disclosed.report()
    assert [("Alpha (illustrative) (donor)", "Beta (illustrative) (donor)")] == [row[2:] for row in _changed(report)]
    assert disclosed.last("party.renamed") in report.positions("/changed_since_disclosed")


def test_a_void_changed(disclosed: Secretariat) -> None:
    """Disclosed money that is voided leaves nothing recorded; the figure cites the entry and its void."""
    committed = disclosed.last("contribution.committed")
    disclosed.do(f"void {committed} --reason 'Another agreement'")
    report = disclosed.report(ends="2026-12-31")
    assert [("financial implication", "not recorded")] == [(row[0], row[3]) for row in _changed(report)]
    void = disclosed.last("entry.voided")
    assert {committed, void} <= set(report.positions("/changed_since_disclosed"))
    assert (1, [void]) == (report.figures["corrections"], report.positions("/corrections"))
    row = report.table("voids")[0]
    assert ("2026-11-23", "E1", "Another agreement") == (row["Recorded on"], row["In"], row["Why"])
    assert 0 == disclosed.report(ends="2026-11-22").figures["corrections"]
    disclosed.do(f"void {void} --reason 'It was this one'")
    assert [] == _changed(disclosed.report(ends="2026-12-31"))


@pytest.mark.parametrize("form", ["md", "html", "csv", "json"])
def test_as_known_then_it_is_the_report_made_then(disclosed: Secretariat, form: str) -> None:
    """After orders, voids and disclosures, the report as known at an earlier position has the same bytes as then."""
    known_at = max(disclosed.entries())
    then = disclosed.written(form)
    disclosed.do("order amend E1 S1 --amount 'USD 700.00' --effective 2024-07-01")
    disclosed.do(f"void {disclosed.last('contribution.committed')} --reason 'Another agreement'")
    disclosed.do("risk assess E1 access --likelihood high --impact high --effective 2024-03-01")
    disclosed.do("disclosure publish C24/51 --body Council --effective 2024-07-04 --as-of-on 2024-07-04 --cover E1")
    now = disclosed.written(form)
    assert then != now
    assert then == disclosed.written(form, f"--known-at {known_at}")
    assert now == disclosed.written(form)
