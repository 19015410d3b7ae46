"""What reports say where guidelines are adopted, section by section, and that nothing changes where none are."""

import pytest

from ledger.application.open import open_ledger
from projections.reports.registry import FORMS
from projections.runner.follow import catch_up
from projections.runner.place import engine_at
from tests.compliance.world import guidelines, rule
from tests.reports.alone import Tables
from tests.reports.council_ledger import ReportDocument, Secretariat

RULES = (
    rule('{ fact = "analysis" }', rule_id="analysis")
    + rule('{ fact = "review", after_days = 30 }', rule_id="review")
    + rule('{ fact = "outcome", after_days = 10 }', at="ended", rule_id="outcome")
)
MORE = '[materiality]\nfinancial = "USD 100.00"\nmeasures = ["signed"]\nstrategic_kinds = "consultancy"\n'
LIFE = (
    "party register Alpha --ref A",
    (
        "engagement sign E-1 --title Large --kind 'partnership agreement' --party A --contribution 'A=USD 100.00'"
        " --starts-on 2024-02-01 --ends-on 2024-10-31 --effective 2024-02-01"
    ),
    (
        "engagement sign E-2 --title Small --kind 'partnership agreement' --party A --contribution 'A=USD 99.99'"
        " --effective 2024-03-01"
    ),
    "engagement sign E-3 --title Advice --kind consultancy --party A=consultant --effective 2024-04-01",
    "review hold E-2 'On track' --effective 2024-05-01",
    "deviation waive E-1 analysis --why 'A donation' --approved-by Director --until 2024-12-31 --effective 2024-06-01",
    "information request E-1 'Spending by region' --by Council --due-on 2024-07-01 --effective 2024-06-15",
    "information provide E-1 Q1 --document C24/9 --effective 2024-07-05",
    "information request E-2 'Why A' --by 'Member State' --due-on 2025-01-31 --effective 2024-12-01",
)  # fmt: skip


@pytest.fixture
def guided(secretariat: Secretariat) -> Secretariat:
    """Return staff with three engagements, and a version of guidelines that was changed in the period."""
    later = RULES.replace("after_days = 30", "after_days = 90")
    for number, text in enumerate(
        (
            guidelines(RULES, symbol="GL/1", adopted="2023-01-01", more=MORE),
            guidelines(later, symbol="GL/2", adopted="2024-03-15", more=MORE),
        )
    ):
        (secretariat.folder / f"{number}.toml").write_text(text, "utf-8")
        secretariat.do(f"guidelines adopt {number}.toml")
    for line in LIFE:
        secretariat.do(line)
    return secretariat


def test_versions_and_what_changed(guided: Secretariat) -> None:
    """Each version has its state and when it was recorded; what one changed in the period is said in words."""
    report = guided.report()
    rows = report.table("guidelines")
    assert [("GL/1", "superseded"), ("GL/2", "in force")] == [
        (row["Guidelines"], row["On the date of this report"]) for row in rows
    ]
    assert ["2026-11-23 (late: it binds from before)"] * 2 == [row["Recorded on"] for row in rows]
    changed = {row["What"]: (row["Before"], row["Since then"]) for row in report.table("guideline_changes")}
    needs = "a review within 30 days", "a review within 90 days"
    assert ({"rule review: need", "adopted on", "in force on"}, needs) == (set(changed), changed["rule review: need"])
    assert (1, 1, 0) == tuple(report.figures["guidelines"][name] for name in ("in_force", "begun", "repealed"))


def test_what_is_not_met_comes_before_what_is_late(guided: Secretariat) -> None:
    """Of one severity, what has been due for the longest comes first."""
    rows = guided.report().table("breaches")
    assert [
        ("E-2", "analysis, GL/1", "not met", "2024-03-01"),
        ("E-1", "review, GL/1", "not met", "2024-03-02"),
        ("E-3", "analysis, GL/2", "not met", "2024-04-01"),
        ("E-3", "review, GL/2", "not met", "2024-06-30"),
        ("E-1", "outcome, GL/2", "not met", "2024-11-10"),
        ("E-2", "review, GL/1", "late", "2024-03-31"),
    ] == [(row["Engagement"], row["Rule"].split("(")[1][:-1], row["Verdict"], row["Required by"]) for row in rows]


def test_waivers_say_by_whom_why_and_until_when(guided: Secretariat) -> None:
    """A waiver that was given after the case says so."""
    rows = [tuple(row.values()) for row in guided.report().table("waivers")]
    own = ("signed on 2024-02-01, after the case", "Director", "2024-06-01", "2024-12-31", "A donation", "none")
    assert [("E-1", "analysis", *own)] == rows


def test_requests_for_information_have_their_days(guided: Secretariat) -> None:
    """The days run to the answer, or to the date of the report."""
    report = guided.report()
    requests = {row["For what"]: (row["Answered on"], row["Days"]) for row in report.table("information")}
    assert {"Spending by region": ("2024-07-05", 20), "Why A": ("open", 30)} == requests
    figures = report.figures["information"]
    assert (2, 1, 1, 1) == tuple(figures[name] for name in ("requests", "answered", "open", "late"))
    asked, given = guided.last("information.requested"), guided.last("information.provided")
    assert [given - 1, given] == report.positions("/information/days/E-1/Q1")
    assert [asked] == report.positions("/information/days/E-2/Q1")


def test_an_engagement_in_full_says_why(guided: Secretariat) -> None:
    """It is material and why, or what is missing to tell; the one that is not is only in the table."""
    report = guided.report()
    label = "Material by the guidelines"
    assert "Yes, by GL/2: signed: USD 100.00, which reaches USD 100.00" == report.facts("E-1")[label]
    assert "Not known, by GL/2: missing: an assessment of the strategic weight" == report.facts("E-3")[label]
    assert [] == report.table("engagement E-2")
    assert (1, 1, 1) == tuple(report.figures["materiality"][name] for name in ("material", "not_known", "others"))
    assert ["99.99", "99.99"] == [row["Since the beginning"] for row in report.table("others")]
    assert "No" == ReportDocument(guided.written("json", "--all")).facts("E-2")[label][:2]


def test_before_a_version_says_what_is_material_all_is_in_full(guided: Secretariat) -> None:
    """Guidelines without [materiality] judge, and leave every engagement in full."""
    (guided.folder / "bare.toml").write_text(guidelines(RULES, symbol="GL/3", adopted="2024-11-01"), "utf-8")
    guided.do("guidelines adopt bare.toml")
    report = guided.report()
    assert ["E-1", "E-2", "E-3"] == [row["Reference"] for row in report.table("engagements")]
    assert (0, []) == (report.figures["materiality"]["material"], report.table("others"))
    assert 0 < report.figures["verdicts"]["not_met"]


def test_the_dossier_has_each_duty_by_facet(guided: Secretariat) -> None:
    """Rule, verdict, by when, what was found, and the entries; the numbers have the entries that give them."""
    guided.do("report engagement E-1 --on 2024-12-31 -o dossier.json")
    report = ReportDocument((guided.folder / "dossier.json").read_text("utf-8"))
    rows = [(row["Rule"].split("(")[1][:-1], row["Verdict"], row["By when"]) for row in report.table("duties test")]
    assert [
        ("review, GL/1", "not met", "2024-03-02"),
        ("analysis, GL/1", "waived", "2024-02-01"),
        ("outcome, GL/2", "not met", "2024-11-10"),
    ] == rows
    assert (2, 1) == tuple(report.figures["duties"][name] for name in ("not_met", "waived"))
    ledger = open_ledger("sqlite:///ledger.db")
    engine = engine_at(guided.folder / "tables.db")
    catch_up(ledger, engine)
    assert [] == Tables(ledger, engine, "2024-12-31", "engagement", {"engagement": "E-1"}).unfounded("duties")
    engine.dispose()
    ledger.close()


def test_without_guidelines_every_report_stays_as_it_is(secretariat: Secretariat) -> None:
    """As known before the adoption, each report has the bytes that it had then, also with `--all`."""
    for line in LIFE:
        if not line.startswith("deviation"):
            secretariat.do(line)
    size = len(secretariat.entries())
    asked = [
        f"report {words} --on 2024-12-31 --known-at {size} --format {form}"
        for words in ("council", "engagement E-1", "disclosures", "partnerships --year 2024")
        for form in FORMS
    ]
    before = [secretariat.do(line) for line in asked]
    (secretariat.folder / "adopted.toml").write_text(guidelines(RULES, more=MORE), "utf-8")
    secretariat.do("guidelines adopt adopted.toml")
    assert before == [secretariat.do(line) for line in asked]
    assert before[: len(FORMS)] == [secretariat.do(f"{line} --all") for line in asked[: len(FORMS)]]
    assert before[0] != secretariat.do("report council --on 2024-12-31")
