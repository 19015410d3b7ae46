"""Oversight built from several entries: the current values, and the entries that they come from."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ledger.application.ledger import Ledger
from projections.queries import oversight
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from tests.projections.small_ledger import record, small_ledger, void


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return a small ledger."""
    return small_ledger(tmp_path)


@pytest.fixture
def at(ledger: Ledger, projected: Callable[..., Engine]) -> Callable[..., Queries]:
    """Return a function that reads the ledger at a date, as known at a position."""

    def read(on: str = "2024-12-31", known_at: int | None = None) -> Queries:
        last = known_at or ledger.store.head().size
        return Queries(projected(ledger).connect(), BitemporalPoint(on, last))

    return read


def test_of_a_risk_the_latest_assessment_counts(ledger: Ledger, at: Callable[..., Queries]) -> None:
    """The latest by effective date, not by recording; each kind of risk has its own assessment."""
    for on, level in (("2024-05-01", "high"), ("2024-03-01", "low")):
        record(ledger, "risk assess", on, engagement="E1", risk="access", likelihood=level, impact="medium")
    record(ledger, "risk assess", "2024-02-01", engagement="E1", risk="financial", likelihood="low", impact="low")
    assert {("access", "high"), ("financial", "low")} == {(risk.risk, risk.rating) for risk in oversight.risks(at())}
    assert {("access", "low"), ("financial", "low")} == {
        (risk.risk, risk.rating) for risk in oversight.risks(at("2024-04-30"))
    }


def test_a_conflict_has_its_last_assessment(ledger: Ledger, at: Callable[..., Queries]) -> None:
    """After two assessments a conflict has the later outcome, its measures, and only the entries of these."""
    declared = record(ledger, "conflict declare", "2024-02-01", engagement="E1", nature="N", between=["A", "B"])
    assert [("", [declared])] == [(conflict.outcome, conflict.entries) for conflict in oversight.conflicts(at())]
    record(ledger, "conflict assess", "2024-03-01", engagement="E1", conflict="C1", outcome="mitigated", measures="M")
    last = record(ledger, "conflict assess", "2024-04-01", engagement="E1", conflict="C1", outcome="accepted")
    conflict = oversight.conflicts(at())[0]
    assert ("accepted", "", "2024-04-01") == (conflict.outcome, conflict.measures, conflict.assessed_on)
    assert [declared, last] == conflict.entries
    assert ["mitigated"] == [conflict.outcome for conflict in oversight.conflicts(at("2024-03-31"))]
    void(ledger, last)
    assert ["mitigated"] == [conflict.outcome for conflict in oversight.conflicts(at())]
    assert ["accepted"] == [conflict.outcome for conflict in oversight.conflicts(at(known_at=last))]


def test_a_review_moves_and_is_held(ledger: Ledger, at: Callable[..., Queries]) -> None:
    """Rescheduling changes the day and keeps the subject; a review that was held has findings."""
    record(ledger, "review schedule", "2024-02-01", engagement="E1", due_on="2024-06-30", subject="Yearly")
    record(ledger, "review schedule", "2024-03-01", engagement="E1", due_on="2024-09-30", review="R1")
    review = oversight.reviews(at())[0]
    assert ("2024-09-30", "Yearly", "") == (review.due_on, review.subject, review.held_on)
    assert "2024-06-30" == oversight.reviews(at("2024-02-29"))[0].due_on
    record(ledger, "review hold", "2024-10-01", engagement="E1", findings="On track")
    assert [("2024-10-01", "On track")] == [(review.held_on, review.findings) for review in oversight.reviews(at())]


def test_an_action_is_open_until_it_is_closed(ledger: Ledger, at: Callable[..., Queries]) -> None:
    """An action is open from the day of its review, and closed from the day on which it was closed."""
    review = record(ledger, "review hold", "2024-05-01", engagement="E1", findings="F", actions=[{"what": "Ask"}])
    closed = record(ledger, "action close", "2024-06-01", engagement="E1", action="A1", how="Asked")
    assert [] == oversight.actions(at("2024-04-30"))
    assert [("", [review])] == [(action.how, action.entries) for action in oversight.actions(at("2024-05-31"))]
    assert [("Asked", "2024-06-01", [review, closed])] == [
        (action.how, action.closed_on, action.entries) for action in oversight.actions(at())
    ]


def test_of_checks_the_last_of_each_list_counts(ledger: Ledger, at: Callable[..., Queries]) -> None:
    """The last screening against each list is current; of due diligence the last one, whatever its level."""
    for on, name, until in (("2024-02-01", "L1", "2024-06-30"), ("2024-03-01", "L2", "2024-07-31"),
                            ("2024-07-01", "L1", "2025-06-30")):  # fmt: skip
        record(ledger, "party screen", on, party="A", list=name, result="clear", valid_until=until)
    for on, level in (("2024-02-01", "basic"), ("2024-04-01", "enhanced")):
        record(ledger, "party diligence", on, party="A", outcome="accepted", level=level)
    checks = {(check.kind, check.name, check.valid_until) for check in oversight.checks(at())}
    expected = {("screening", "L1", "2025-06-30"), ("screening", "L2", "2024-07-31"), ("due diligence", "enhanced", "")}
    assert expected == checks


def test_a_flag_is_lifted(ledger: Ledger, at: Callable[..., Queries]) -> None:
    """A risk flag is raised until the day on which it is lifted, with a reason."""
    record(ledger, "party flag", "2024-02-01", party="A", what="Case")
    record(ledger, "party unflag", "2024-05-01", party="A", flag="F1", why="Dismissed")
    assert [("Case", "")] == [(flag.what, flag.why) for flag in oversight.flags(at("2024-04-30"))]
    assert [("Case", "Dismissed")] == [(flag.what, flag.why) for flag in oversight.flags(at())]


def test_of_a_gift_the_last_statement_counts(ledger: Ledger, at: Callable[..., Queries]) -> None:
    """An item that is valued again remains one item."""
    for on, what in (("2024-02-01", "Experts"), ("2024-03-01", "Two experts")):
        amount = {"currency": "USD", "value": "10"}
        record(ledger, "contribution value", on, engagement="E1", payer="A", amount=amount, what=what, item="K1")
    assert [("K1", "Two experts")] == [(row.item, row.what) for row in oversight.gifts(at())]


def test_a_prepared_document_is_one_until_it_is_published(ledger: Ledger, at: Callable[..., Queries]) -> None:
    """A document is in preparation if it was prepared and is not published at the date."""
    record(ledger, "disclosure prepare", "2024-02-01", document="D/1", body="Council", cover=[{"engagement": "E1",
         "facets": ["parties"]}])  # fmt: skip
    record(ledger, "disclosure publish", "2024-06-01", document="D/1", as_of_on="2024-06-01")
    assert ["D/1"] == [row.document for row in oversight.preparations(at("2024-05-31"))]
    assert [] == oversight.preparations(at())


def test_parties_are_affiliated_through_others(ledger: Ledger, at: Callable[..., Queries]) -> None:
    """A with B and B with C: A is in the group of C, by both entries, until the day of a separation."""
    first = record(ledger, "party affiliate", "2024-02-01", party="A", other="B")
    second = record(ledger, "party affiliate", "2024-03-01", party="C", other="B")
    assert {"A": [], "B": [first], "C": [first, second]} == oversight.AffiliationGroups(at()).of("A")
    assert {"C": [], "B": [second], "A": [second, first]} == oversight.AffiliationGroups(at()).of("C")
    assert {"D": []} == oversight.AffiliationGroups(at()).of("D")
    record(ledger, "party separate", "2024-06-01", party="C", other="B")
    assert {"A", "B"} == set(oversight.AffiliationGroups(at()).of("A"))
    assert {"A", "B", "C"} == set(oversight.AffiliationGroups(at("2024-05-31")).of("A"))
    void(ledger, first)
    assert {"A"} == set(oversight.AffiliationGroups(at()).of("A"))


def test_a_cycle_of_affiliations(ledger: Ledger, at: Callable[..., Queries]) -> None:
    """In a cycle of affiliations each party is in the group once, by the shortest path."""
    positions = {}
    for party, other in ("AB", "BC", "CD", "DA"):
        positions[party + other] = record(ledger, "party affiliate", "2024-02-01", party=party, other=other)
    groups = oversight.AffiliationGroups(at()).of("A")
    assert set("ABCD") == set(groups)
    assert [positions["AB"], positions["DA"]] == [groups["B"][0], groups["D"][0]]
    assert 2 == len(groups["C"])
