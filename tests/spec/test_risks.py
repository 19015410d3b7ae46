"""Risks: the latest assessment of each kind counts; likelihood and impact determine the level."""

import pytest

from ledger.domain.dates import BadDate
from ledger.domain.engagement.oversight.risks import LEVELS, RISKS, AssessRisk, RiskAssessed, UnknownRisk, rating
from ledger.domain.refusals import InTheFuture, UnknownEngagement
from tests.spec.scenario import Scenario
from tests.spec.stories import LIVES, PARTIES, SIGNED

RATINGS = {
    ("low", "low"): "low", ("low", "medium"): "low", ("low", "high"): "medium",
    ("medium", "low"): "low", ("medium", "medium"): "medium", ("medium", "high"): "high",
    ("high", "low"): "medium", ("high", "medium"): "high", ("high", "high"): "high",
}  # fmt: skip
"""Likelihood and impact to the level, written down by hand: 1 to 3 each, their product is high from 6, low below 3."""


def assess(risk: str = "access", likelihood: str = "low", impact: str = "high", **members: str) -> AssessRisk:
    """Return a command that assesses a risk."""
    return AssessRisk(engagement="E1", risk=risk, likelihood=likelihood, impact=impact, **members)


@pytest.mark.parametrize(("likelihood", "impact"), RATINGS)
def test_the_table_of_ratings(spec: Scenario, likelihood: str, impact: str) -> None:
    """Every pair of likelihood and impact has the level of the table, which the description states."""
    level = RATINGS[likelihood, impact]
    assert level == rating(likelihood, impact)
    spec.given(*PARTIES, *SIGNED, assess("strategic", likelihood, impact))
    description = spec.description("engagement/E1")["strategic risk"]
    assert f"{level} (likelihood {likelihood}, impact {impact})" == description


def test_words_in_any_case(spec: Scenario) -> None:
    """The kind of risk and the levels are recorded in small letters."""
    spec.given(*PARTIES, *SIGNED).when(assess("Reputational", "LOW", "High"))
    spec.then(RiskAssessed(risk="reputational", likelihood="low", impact="high"))


def test_the_table_is_whole() -> None:
    """The table has every pair, and the level never falls when likelihood or impact rises."""
    assert {(likelihood, impact) for likelihood in LEVELS for impact in LEVELS} == set(RATINGS)
    order = {level: number for number, level in enumerate(LEVELS)}
    for (likelihood, impact), level in RATINGS.items():
        higher = [key for key in RATINGS if order[key[0]] >= order[likelihood] and order[key[1]] >= order[impact]]
        assert all(order[RATINGS[key]] >= order[level] for key in higher)


@pytest.mark.parametrize("risk", RISKS)
def test_kinds_of_risk(spec: Scenario, risk: str) -> None:
    """All members are in the event and in the description; the latest assessment of a kind counts."""
    members = {"mitigation": "Terms\nare published", "owner": "IDS", "review_on": "2026-06-30"}
    spec.given(*PARTIES, *SIGNED, assess(risk))
    spec.when(assess(risk, "high", "low", **members))
    spec.then(RiskAssessed(risk=risk, likelihood="high", impact="low", **members))
    description = spec.description("engagement/E1")[f"{risk} risk"]
    assert description.startswith(
        "medium (likelihood high, impact low); mitigation Terms\nare published; owner IDS; next"
    )


def test_the_four_risks_of_the_contribution_come_first() -> None:
    """The contribution to the working group names four kinds; two more are usual."""
    assert ("access", "compliance", "reputational", "strategic") == RISKS[:4]
    assert {"financial", "operational"} == set(RISKS[4:])


@pytest.mark.parametrize("status", LIVES)
def test_assessing_in_each_state(spec: Scenario, status: str) -> None:
    """Risks are assessed in every state from proposal on."""
    spec.given(*PARTIES, *LIVES[status]).when(assess())
    if status:
        spec.then(RiskAssessed(risk="access", likelihood="low", impact="high"))
    else:
        spec.then_refused(UnknownEngagement, "E1")


def test_unknown_words(spec: Scenario) -> None:
    """Unknown kinds and levels are refused with a list; dates must exist and not be in the future."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(assess("weather")).then_refused(UnknownRisk, "'weather' is not one of access, compliance")
    for command in (assess(likelihood="none"), assess(impact="severe")):
        spec.when(command).then_refused(UnknownRisk, "is not one of low, medium or high")
    spec.when(assess(review_on="2026-02-29")).then_refused(BadDate, "'2026-02-29'")
    spec.when(assess(), effective="2026-01-17").then_refused(InTheFuture, "risk.assessed")
