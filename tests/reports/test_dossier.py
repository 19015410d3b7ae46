"""The dossier of an engagement: its sections, its history in words, and figures computed from entries alone."""

from decimal import Decimal
from typing import Any

import pytest

from tests.reports.council_fold import MONEY, Entry, standing
from tests.reports.council_ledger import ReportDocument, Secretariat
from tests.reports.disclosures_evaluator import Evaluator

REF = "IDS-2026-001"
LIFE = (
    "party register 'Example Consulting' --ref EX --type 'Private sector' --membership none --country CH",
    "party register 'Example Group' --ref GROUP",
    "party affiliate EX GROUP --relation 'members of one network'",
    "party screen EX 'Excluded vendors' clear --list-version 2026-01 --valid-until 2027-01-31 --effective 2026-02-01",
    "party flag EX 'Court case about a tender' --effective 2026-02-02",
    f"engagement propose {REF} --title 'Data platform' --kind consultancy --party EX=consultant --effective 2026-02-10",
    f"engagement amend {REF} --unit IDS --purpose 'One platform for EX data' --effective 2026-02-11",
    f"engagement amend {REF} --ceiling 'USD 90000.00' --starts-on 2026-03-01 --effective 2026-02-12",
    f"engagement amend {REF} --ends-on 2026-12-31 --effective 2026-02-13",
    f"engagement approve {REF} --effective 2026-02-15",
    f"engagement sign {REF} --effective 2026-03-01",
    f"contribution commit {REF} organization 'USD 20000.00' --effective 2026-03-01",
    f"contribution commit {REF} EX 'EUR 5000.00' --effective 2026-03-01",
    f"order issue {REF} SO-1 --subject 'Inception' --amount 'USD 40000.00' --deliverable Report --effective 2026-04-01",
    (
        f"disclosure publish C26/50 --body Council --effective 2026-05-04 --as-of-on 2026-05-04"
        f" --cover {REF}=parties,duration,service-orders"
    ),
    f"order issue {REF} SO-2 --subject 'Roadmap' --amount 'USD 9000.00' --effective 2026-05-20",
    f"order accept {REF} SO-1 'USD 30000.00' --deliverable Report --evidence 'Minutes 12' --effective 2026-05-12",
    f"payment make {REF} SO-1 'USD 30000.00' --effective 2026-05-20",
    f"engagement extend {REF} 2027-03-31 --reason 'The first phase took longer' --effective 2026-06-01",
    f"outcome plan {REF} 'Platform in use' --target '5 units' --due-on 2027-01-31 --effective 2026-06-02",
    f"review schedule {REF} 2026-10-01 --subject 'Yearly review' --effective 2026-06-03",
)


@pytest.fixture
def recorded(secretariat: Secretariat) -> Secretariat:
    """Return staff who recorded an engagement from its signature on, and voided an order."""
    for line in LIFE:
        secretariat.do(line)
    order = next(at for at, entry in secretariat.entries().items() if entry["event"].get("number") == "SO-2")
    secretariat.do(f"void {order} --reason 'Recorded under the wrong engagement'")
    return secretariat


def _dossier(staff: Secretariat, *options: str, ref: str = REF) -> ReportDocument:
    staff.do(f"report engagement {ref} -o dossier.json {' '.join(options)}")
    return ReportDocument((staff.folder / "dossier.json").read_text("utf-8"))


def _facts(report: ReportDocument, key: str) -> dict[str, str]:
    return {row["What"]: row["As recorded"] for row in report.table(key)}


def test_parties_on_both_sides(recorded: Secretariat) -> None:
    """Third parties have roles, classes, checks, flags and affiliates; the organization has its unit."""
    report = _dossier(recorded)
    assert [["Example Consulting", "consultant", "Private sector", "none", "CH"]] == [
        list(row.values()) for row in report.table("parties")
    ]
    assert "Example Organisation, IDS" == _facts(report, "overview")["For the organization"]
    checks = [list(row.values())[1:4] for row in report.table("checks")]
    assert [["Screening against Excluded vendors, version 2026-01", "2026-02-01", "clear"],
            ["Due diligence", "not recorded", "not recorded"]] == checks  # fmt: skip
    assert ["Example Group"] == [row["Belongs together with"] for row in report.table("affiliates")]
    assert ["not lifted"] == [row["Lifted"] for row in report.table("flags")]


def test_money_by_measure_payer_and_currency(recorded: Secretariat) -> None:
    """The amount signed by each payer is in its own currency, next to ordered, accepted and paid amounts."""
    figures = _dossier(recorded).figures
    assert {"signed": {"organization": {"USD": "20000.00"}, "EX": {"EUR": "5000.00"}}, "ordered": {"USD": "40000.00"},
            "accepted": {"USD": "30000.00"}, "paid": {"USD": "30000.00"}} == figures["money"]  # fmt: skip
    assert "90000.00" == figures["ceiling"]
    assert ["SO-1"] == list(figures["orders"])


def test_the_order_with_its_deliverables_acceptances_and_payments(recorded: Secretariat) -> None:
    """A service order has a section of its own, with the document that disclosed it."""
    facts = _facts(_dossier(recorded), "order SO-1")
    assert "2026-05-12: USD 30,000.00 (Report, Minutes 12)" == facts["Accepted"]
    assert ["2026-05-20: USD 30,000.00", "C26/50"] == [facts["Paid"], facts["Disclosed in"]]


def test_each_extension_has_its_day_and_reason(recorded: Secretariat) -> None:
    """The duration lists each change of the end: from which day, from and to which date, by whom and why."""
    row = _dossier(recorded).table("extensions")[0]
    assert ["2026-06-01", "2026-12-31", "2027-03-31", "2026-11-23", "staff/1"] == list(row.values())[:5]
    assert "The first phase took longer" == row["Why"]


def test_disclosure_and_what_changed_since(recorded: Secretariat) -> None:
    """Each facet has its days; content that changed since its disclosure is shown with the present content."""
    report = _dossier(recorded)
    rows = {row["What"]: row for row in report.table("disclosed")}
    assert [64, "C26/50"] == [rows["parties"]["Days"], rows["parties"]["In"]]
    assert ["not yet disclosed", "no document", 267] == [
        rows["financial implication"][name] for name in ("First disclosed on", "In", "Days")
    ]
    assert {"duration", "service order SO-1"} == {row["What"] for row in report.table("changed")}


def test_the_full_history_in_words(recorded: Secretariat) -> None:
    """Every entry has day, position, changes, actor and reason; voided ones are marked; parties are named."""
    report = _dossier(recorded)
    rows = report.table("history")
    entries = {at: entry for at, entry in recorded.entries().items() if entry["stream"] == f"engagement/{REF}"}
    assert [f"{at:,}" for at in entries] == [row["Position"] for row in rows]
    changes = [row["What changed"] for row in rows]
    assert "parties: Example Consulting (consultant)" in changes[0]
    assert "Engagement amended. Purpose: One platform for EX data; unit: IDS" == changes[1]
    assert any(text.startswith("Order issued [taken back at position ") for text in changes)
    assert changes[-1].startswith("Correction: takes back position ")
    assert "Recorded under the wrong engagement" == rows[-1]["Why, and from where"]


def test_what_was_never_recorded_says_so(recorded: Secretariat) -> None:
    """No cell is blank, and no sum of nothing is 0."""
    report = _dossier(recorded)
    assert all(cell not in ("", None) for table in report.document["tables"] for row in table["rows"] for cell in row)
    assert "not recorded" == _facts(report, "matter")["Objective"]
    assert "received" not in report.figures["money"]


def test_what_the_source_withholds(contribution: Secretariat) -> None:
    """Amounts and orders that the source withholds read 'not disclosed'; the day of signature 'not recorded'."""
    contribution.do("report engagement CWG-2023-003 -o dossier.md")
    text = (contribution.folder / "dossier.md").read_text("utf-8")
    assert "Amounts are not disclosed by the source." in text
    assert "Service orders are not disclosed by the source." in text
    assert "| Signed on | not recorded; 2023-12-01 or before |" in text


def test_it_shows_nothing_from_after_the_as_of(recorded: Secretariat) -> None:
    """As known before the extension, or as of a day before it, neither it nor anything later is shown."""
    extended = recorded.last("engagement.extended")
    for option in (f"--known-at {extended - 1}", "--on 2026-05-31"):
        recorded.do(f"report engagement {REF} -o early.md {option}")
        text = (recorded.folder / "early.md").read_text("utf-8")
        assert "2027-03-31" not in text
        assert "Platform in use" not in text
    assert "3 entries are known that take effect after 2026-05-31" in text


def test_an_engagement_that_is_not_known(recorded: Secretariat) -> None:
    """An unknown reference is refused with similar ones; one that is known only later is not suggested."""
    answer, code = recorded.terminal.type("ledger report engagement IDS-2026-002")
    assert (3, True) == (code, f"Did you mean {REF}?" in answer)
    answer, code = recorded.terminal.type("ledger report engagement IDS-2026-002 --known-at 2")
    assert (3, False) == (code, REF in answer)


def test_every_figure_follows_and_no_entry_is_there_for_nothing(recorded: Secretariat) -> None:
    """Money equals the sum of its entries, and changes without any one of them; counts of entries are their number."""
    report, entries = _dossier(recorded), recorded.entries()
    as_of = report.document["as_of"]
    checked = 0
    for pointer in report.document["provenance"]:
        figure: Any = report.figures
        for word in pointer.split("/")[1:]:
            figure = figure[word]
        chosen = {at: entries[at] for at in report.positions(pointer)}
        if pointer in ("/entries", "/voids"):
            assert len(chosen) == figure, pointer
        elif pointer.startswith("/disclosed"):
            known = [chosen, *({at: chosen[at] for at in chosen if at != left_out} for left_out in chosen)]
            values = [Evaluator(subset, as_of["on"], as_of["known_at"]).figure(_detail(pointer)) for subset in known]
            assert figure == values[0], pointer
            assert figure not in values[1:], pointer
        elif pointer.startswith(("/money", "/orders")):
            measure = pointer.rpartition("/")[2] if pointer.startswith("/orders") else pointer.split("/")[2]
            assert figure == _sum(chosen, measure), pointer
            for left_out in chosen:
                rest = {at: entry for at, entry in chosen.items() if at != left_out}
                assert figure != _sum(rest, measure), pointer
            checked += 1
    assert checked == 8


def _detail(pointer: str) -> str:
    return f"/details/{REF}/{pointer.removeprefix('/disclosed/')}"


def _sum(entries: dict[int, Entry], measure: str) -> str:
    total = Decimal("0.00")
    for entry in standing(entries, max(entries, default=0)).values():
        of, member, sign = MONEY[entry["event"]["type"]]
        total += sign * Decimal(entry["event"][member]["value"]) if of == measure else 0
    return str(total)
