"""The section on findings: by control, what is open, and who dismissed what and why."""

import json

import pytest

from tests.compliance.world import guidelines, rule
from tests.findings.test_parameters import parameters
from tests.reports.council_ledger import ReportDocument, Secretariat

TITLE, SEVERITY = "Control", "Severity"
LIFE = (
    "party register Alpha --ref A",
    *(
        f"engagement sign {ref} --title Data --kind consultancy --party A=consultant --effective 2024-02-01"
        for ref in ("E-1", "E-2")
    ),
    "order issue E-1 SO-1 --subject Report --amount 'USD 10.00' --ex-post-facto Urgent --effective 2024-01-15",
    "order issue E-2 SO-1 --subject Report --amount 'USD 10.00' --ex-post-facto Urgent --effective 2024-01-31",
)
DISMISSED = (
    "finding assess before-signature/E-1 --outcome dismissed --why 'The letter of intent covers it'"
    " --until 2025-06-30 --effective 2024-03-01"
)


@pytest.fixture
def ordered(secretariat: Secretariat) -> Secretariat:
    """Return staff with two engagements whose service orders came before signature."""
    for line in LIFE:
        secretariat.do(line)
    return secretariat


def of_control(report: ReportDocument, name: str) -> dict[str, object]:
    """Return the row of a control."""
    return next(row for row in report.table("findings") if str(row[TITLE]).endswith(f"({name})"))


def test_nothing_is_said_before_findings_are_assessed(ordered: Secretariat) -> None:
    """Without assessments and guidelines the report has no such section and no such figures."""
    report = ordered.report()
    assert "findings" not in report.figures
    assert "findings" not in ordered.written("md").lower()
    ordered.do(DISMISSED)
    size = len(ordered.entries())
    assert "findings" in ordered.report().figures
    assert "findings" not in ordered.report(f"--known-at {size - 1}").figures
    assert "findings" not in ordered.report("--on 2024-02-28").figures


def test_open_and_dismissed(ordered: Secretariat) -> None:
    """A count has the entries that the findings rest on, and of the assessment; the lists say why and by whom."""
    ordered.do(DISMISSED)
    report = ordered.report()
    assert [1, 0, 0, 1] == list(of_control(report, "before-signature").values())[2:]
    rows = {row["Finding"]: row for row in report.table("findings_open")}
    own = rows["before-signature/E-2"]
    assert ("high", "2024-01-31") == (own[SEVERITY], own["Since"])
    assert "open again" not in own["What was found"]
    assert "before-signature/E-1" not in rows
    (dismissed,) = report.table("findings_assessed")
    assert "before-signature/E-1" == dismissed["Finding"]
    assert ("dismissed, until 2025-06-30", "The letter of intent covers it") == (dismissed["Outcome"], dismissed["Why"])
    assert str(dismissed["By"]).endswith(" on 2024-03-01")
    signed, issued = (
        next(at for at, entry in ordered.entries().items() if entry["event"]["type"] == tag
             and entry["stream"] == "engagement/E-1")
        for tag in ("engagement.signed", "order.issued")
    )  # fmt: skip
    place = "/findings/by_control/before-signature/dismissed"
    assert [signed, issued, ordered.last("finding.assessed")] == report.positions(place)


def test_the_counts_are_those_of_the_list(ordered: Secretariat) -> None:
    """The figures count what `ledger findings` lists on the date of the report, the gravest controls first."""
    ordered.do(DISMISSED)
    report = ordered.report("--all")
    listed = json.loads(ordered.do("findings --on 2024-12-31 --format json"))["rows"]
    own = report.figures["findings"]
    counts = {(row["control"], row["status"]): 0 for row in listed}
    for row in listed:
        counts[row["control"], row["status"]] += 1
    assert counts == {
        (name, status): number for name, of in own["by_control"].items() for status, number in of.items() if number
    }
    assert len(listed) == sum(own["all"].values())
    keys = [row["Finding"] for name in ("findings_open", "findings_assessed") for row in report.table(name)]
    assert sorted(keys) == sorted(row["finding"] for row in listed)
    severities = [str(row[SEVERITY]) for row in report.table("findings")[:-1]]
    assert severities == sorted(severities, key=["high", "medium", "low"].index)


def test_open_again(ordered: Secretariat) -> None:
    """After the last day of the assessment the finding is open, and the report says what it had been."""
    ordered.do(DISMISSED)
    rows = {row["Finding"]: row for row in ordered.report("--on 2025-07-01").table("findings_open")}
    assert rows["before-signature/E-1"]["What was found"].endswith("; open again: dismissed until 2025-06-30")


def test_whose_parameters_these_are(ordered: Secretariat) -> None:
    """The section says by which parameters the controls look; adopted parameters alone give the report the section."""
    assert "findings" not in ordered.report().figures
    (ordered.folder / "controls.toml").write_text(parameters("", "CTL/1", "2023-01-01", "2024-06-01"), "utf-8")
    ordered.do("controls adopt controls.toml")
    assert "The controls have the parameters CTL/1, Parameters for a test, which Audit" in ordered.written("md")
    ordered.do(f"void {ordered.last('controls.adopted')} --reason Wrong")
    ordered.do(DISMISSED)
    assert "The controls have the parameters with which they ship" in ordered.written("md")


def test_what_is_not_recorded_is_not_nothing(ordered: Secretariat) -> None:
    """With guidelines in force the section stands without assessments, and names the controls that cannot say."""
    text = guidelines(rule('{ fact = "analysis" }', rule_id="analysis"), adopted="2023-01-01")
    (ordered.folder / "guidelines.toml").write_text(text, "utf-8")
    ordered.do("guidelines adopt guidelines.toml")
    assert [] == ordered.report().table("findings_assessed")
    text = ordered.written("csv") + ordered.written("md")
    for words in ("controls the facts are not recorded: they say nothing", "The facts are not recorded of "):
        assert words in text
    noted = next(line for line in text.splitlines() if "The facts are not recorded of " in line)
    assert noted.index("Nothing was found by") < noted.index("signed-without-approval")
