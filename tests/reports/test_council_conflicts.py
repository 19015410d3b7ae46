"""A consultant affiliated with a donor: a conflict of interest in the report until it is assessed."""

import pytest

from tests.reports.council_ledger import ReportDocument, Secretariat, usd

DECLARE = "conflict declare CWG-2023-003 'The consultant belongs to a donor' --between EY --between 'EYGS LLP'"
ASSESS = "conflict assess CWG-2023-003 C1 mitigated --measures 'Who buys does not raise funds' --effective 2024-07-15"


@pytest.fixture
def donor(contribution: Secretariat) -> Secretariat:
    """Return staff whose ledger has the consultant EY and the donor EYGS LLP, without an affiliation."""
    contribution.record(
        {"command": "party register", "name": "EYGS LLP"},
        {"command": "engagement sign", "engagement": "BDT-2024-089", "title": "Digital skills",
         "kind": "partnership agreement", "parties": [{"party": "EYGS LLP"}], "effective": "2024-01-15",
         "contributions": [{"by": "EYGS LLP", "amount": usd("300000")}]},
    )  # fmt: skip
    return contribution


@pytest.fixture
def network(donor: Secretariat) -> Secretariat:
    """Return staff who recorded that the two are affiliated, from March 2024 on."""
    donor.do("party affiliate EY 'EYGS LLP' --relation 'members of one network' --effective 2024-03-01")
    return donor


def _shown(report: ReportDocument) -> tuple[list[str], list[str], dict[str, int]]:
    states = ([row["State"] for row in report.table(f"conflicts_{which}")] for which in ("open", "assessed"))
    return *states, report.figures["conflicts"]


def test_without_the_affiliation_there_is_no_conflict(donor: Secretariat) -> None:
    """Similar names alone are not a conflict of interest."""
    assert ([], [], {"open": 0, "assessed": 0}) == _shown(donor.report())


def test_the_affiliation_makes_one(network: Secretariat) -> None:
    """Once they are affiliated, one conflict is open: who is paid, who gives what and where, and not declared."""
    report = network.report()
    assert (["not declared"], [], {"open": 1, "assessed": 0}) == _shown(report)
    expected = {
        "Engagement": "CWG-2023-003", "Is paid": "EY", "Gives": "EYGS LLP",
        "What it gives, and where": "USD 300,000.00 (BDT-2024-089)", "State": "not declared",
    }  # fmt: skip
    assert [expected] == report.table("conflicts_open")


def test_on_the_day_before_there_was_none(network: Secretariat) -> None:
    """As of a day before the affiliation, and as known before its recording, there is no conflict."""
    before = network.last("party.affiliated") - 1
    assert ([], [], {"open": 0, "assessed": 0}) == _shown(network.report("--on 2024-02-29"))
    assert ([], [], {"open": 0, "assessed": 0}) == _shown(network.report(f"--known-at {before}"))
    assert 1 == network.report("--on 2024-03-01").figures["conflicts"]["open"]


def test_it_is_declared_then_assessed(network: Secretariat) -> None:
    """A declared conflict is still open; an assessed one is listed under Assessed, with its measures."""
    network.do(f"{DECLARE} --effective 2024-07-01")
    assert (["declared, not assessed"], [], {"open": 1, "assessed": 0}) == _shown(network.report())
    network.do(ASSESS)
    expected: tuple[list[str], list[str], dict[str, int]]
    expected = ([], ["mitigated: Who buys does not raise funds"], {"open": 0, "assessed": 1})
    assert expected == _shown(network.report())
    assert (["declared, not assessed"], [], {"open": 1, "assessed": 0}) == _shown(network.report("--on 2024-07-14"))
    assert "Mitigated: Who buys" in network.report().facts("CWG-2023-003")["Conflict of interest"]


def test_a_voided_assessment_opens_it_again(network: Secretariat) -> None:
    """Voiding the assessment opens the conflict; voiding the void closes it; earlier reports do not change."""
    network.do(f"{DECLARE} --effective 2024-07-01")
    network.do(ASSESS)
    assessed = network.last("conflict.assessed")
    network.do(f"void {assessed} --reason 'Not by who may'")
    assert (["declared, not assessed"], [], {"open": 1, "assessed": 0}) == _shown(network.report())
    assert assessed not in network.report().positions("/conflicts/open")
    assert 1 == network.report(f"--known-at {assessed}").figures["conflicts"]["assessed"]
    network.do(f"void {network.last('entry.voided')} --reason 'It was'")
    assert 1 == network.report().figures["conflicts"]["assessed"]


def test_separation_ends_it(network: Secretariat) -> None:
    """From the end of the affiliation on there is no conflict; on the day before there is one."""
    network.do("party separate EY 'EYGS LLP' --effective 2024-10-01")
    assert ([], [], {"open": 0, "assessed": 0}) == _shown(network.report())
    assert 1 == network.report("--on 2024-09-30").figures["conflicts"]["open"]


def test_what_was_declared_is_named_after_the_separation(network: Secretariat) -> None:
    """A declared conflict that other records do not imply is listed separately, so that it is not lost."""
    network.do(f"{DECLARE} --effective 2024-07-01")
    network.do("party separate EY 'EYGS LLP' --effective 2024-10-01")
    report = network.report()
    assert {"open": 0, "assessed": 0} == report.figures["conflicts"]
    rows = report.table("conflicts_declared")
    assert [("CWG-2023-003", "EY; EYGS LLP", "not assessed")] == [
        (row["Engagement"], row["Between"], row["Assessment"]) for row in rows
    ]


def test_an_assessment_between_others_does_not_close_it(network: Secretariat) -> None:
    """An assessment of a conflict with only one of the two, or of another pair, leaves this one open."""
    network.do("conflict declare CWG-2023-003 'A former employee' --between EY --effective 2024-07-01")
    network.do("conflict assess CWG-2023-003 C1 'no conflict' --effective 2024-07-02")
    assert ["not declared"] == _shown(network.report())[0]
    network.do(
        "conflict declare BDT-2024-089 'The donor is paid' --between 'EYGS LLP' --between EY --effective 2024-07-03"
    )
    network.do("conflict assess BDT-2024-089 C1 accepted --effective 2024-07-04")
    assert ([], ["accepted"]) == _shown(network.report())[:2]


def test_the_last_assessment_counts(network: Secretariat) -> None:
    """After a second assessment, its outcome is shown, and the figure cites it."""
    network.do(f"{DECLARE} --effective 2024-07-01")
    network.do(ASSESS)
    first = network.last("conflict.assessed")
    network.do("conflict assess CWG-2023-003 C1 'not acceptable' --effective 2024-09-01")
    report = network.report()
    assert ["not acceptable"] == _shown(report)[1]
    assert first not in report.positions("/conflicts/assessed")
    assert network.last("conflict.assessed") in report.positions("/conflicts/assessed")


def test_gifts_that_were_amended_to_nothing_are_no_interest(network: Secretariat) -> None:
    """A donor whose commitment was amended to zero gives nothing, unless it gives in kind instead."""
    network.do("contribution amend BDT-2024-089 'EYGS LLP' 'USD 0.00' --effective 2024-08-01")
    assert 0 == network.report().figures["conflicts"]["open"]
    network.do("contribution value BDT-2024-089 'EYGS LLP' 'USD 100.00' --what Experts --effective 2024-08-02")
    assert ["USD 100.00 (BDT-2024-089)"] == [
        row["What it gives, and where"] for row in network.report().table("conflicts_open")
    ]


def test_a_vendor_counts_whatever_its_role(donor: Secretariat) -> None:
    """A donor with a service order under its own agreement is paid and gives: a conflict with itself."""
    donor.do("order issue BDT-2024-089 SO-1 --subject Training --amount 'USD 10.00' --effective 2024-05-01")
    rows = donor.report().table("conflicts_open")
    assert [("BDT-2024-089", "EYGS LLP", "EYGS LLP")] == [
        (row["Engagement"], row["Is paid"], row["Gives"]) for row in rows
    ]
