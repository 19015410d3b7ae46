"""Strategic analysis, and materiality against the threshold in force."""

import pytest

from ledger.domain.engagement.oversight.analysis import (
    AgainstThreshold,
    AnalysisRecorded,
    AssessMateriality,
    BadAnswer,
    MaterialityAssessed,
    RecordAnalysis,
)
from ledger.domain.engagement.state import Engagement
from ledger.domain.fields import BadReference
from ledger.domain.kernel import Command, Fact
from ledger.domain.money import BadAmount, UnknownCurrency, WrongDecimals
from ledger.domain.organisation.settings import BadSetting, ChangeSetting, SettingChanged
from ledger.domain.refusals import InTheFuture, MissingField, UnknownEngagement
from tests.spec.scenario import Scenario, money
from tests.spec.stories import LIVES, PARTIES, SIGNED

THRESHOLD = ChangeSetting(name="materiality.threshold", value=("USD", "100000.00"))
ANALYSIS = RecordAnalysis(engagement="E1", conclusion="Outsource")
WHY = "It shapes the plan"


def assess(**members: object) -> AssessMateriality:
    """Return a command that assesses materiality."""
    return AssessMateriality(engagement="E1", why=WHY, **members)  # type: ignore[arg-type]


def assessed(**members: object) -> MaterialityAssessed:
    """Return an assessment event."""
    return MaterialityAssessed(why=WHY, **members)  # type: ignore[arg-type]


@pytest.mark.parametrize("status", LIVES)
@pytest.mark.parametrize(
    ("command", "event"),
    [(ANALYSIS, AnalysisRecorded(conclusion="Outsource")), (assess(strategic="no"), assessed(strategic="no"))],
)
def test_assessing_in_each_state(
    spec: Scenario, status: str, command: Command, event: AnalysisRecorded | MaterialityAssessed
) -> None:
    """An engagement can be analysed and assessed in every state from proposal on."""
    spec.given(*PARTIES, *LIVES[status]).when(command)
    if status:
        spec.then(event)
        spec.when(command, effective="2026-01-17").then_refused(InTheFuture, event.tag())
    else:
        spec.then_refused(UnknownEngagement, "E1")


def test_all_that_an_analysis_says(spec: Scenario) -> None:
    """Conclusion, options and document are described in one line; the latest analysis counts."""
    members = {"conclusion": "Outsource:\nonce", "document": "C26/9"}
    spec.given(*PARTIES, *SIGNED)
    spec.when(RecordAnalysis(engagement="E1", options=("Own staff", "Outsource"), **members))
    spec.then(AnalysisRecorded(options=("Own staff", "Outsource"), **members))
    description = spec.description("engagement/E1")["strategic analysis"]
    assert "Outsource:\nonce (options: Own staff; Outsource), C26/9" == description
    spec.when(RecordAnalysis(engagement="E1", conclusion="x", document="a=b")).then_refused(BadReference, "'a=b'")


@pytest.mark.parametrize(
    ("amount", "financial"),
    [("USD 99999.99", "no"), ("USD 100000", "yes"), ("USD 100000.01", "yes"), ("USD 0", "no")],
)
def test_the_threshold_decides(spec: Scenario, amount: str, financial: str) -> None:
    """A value that reaches the threshold is financially material; the event contains both amounts."""
    value, threshold = money(amount).checked(), money("USD 100000.00")
    spec.given(THRESHOLD, *PARTIES, *SIGNED)
    spec.when(assess(value=money(amount))).then(assessed(financial=financial, value=value, threshold=threshold))
    other = {"yes": "no", "no": "yes"}[financial]
    spec.when(assess(value=money(amount), financial=financial, strategic="yes"))
    spec.then(assessed(financial=financial, strategic="yes", value=value, threshold=threshold))
    spec.when(assess(value=money(amount), financial=other))
    spec.then_refused(AgainstThreshold, "than the threshold of USD 100000.00", f"cannot be '{other}'")


def test_without_a_threshold(spec: Scenario) -> None:
    """Without a threshold in this currency, the assessor answers and the event has no threshold."""
    spec.given(*PARTIES, *SIGNED)
    for given, value in (((), money("USD 5.00")), ((THRESHOLD,), money("CHF 5.00"))):
        spec.given(*given).when(assess(value=value))
        spec.then_refused(MissingField, "'strategic' is missing", "--financial")
        spec.when(assess(value=value, financial="yes")).then(assessed(financial="yes", value=value))
    spec.when(assess()).then_refused(MissingField, "'strategic' is missing")
    spec.when(assess(financial="no", strategic="yes")).then(assessed(financial="no", strategic="yes"))
    assert f"financial no, strategic yes: {WHY}" == spec.description("engagement/E1")["materiality"]


def test_the_threshold_in_force_when_it_is_assessed(spec: Scenario) -> None:
    """An assessment keeps its threshold; a later one uses the new threshold."""
    spec.given(THRESHOLD, *PARTIES, *SIGNED, assess(value=money("USD 5.00")))
    spec.given(ChangeSetting(name="materiality.threshold", value=("USD 5.00",)))
    description = spec.description("engagement/E1")["materiality"]
    assert f"financial no (USD 5.00 against USD 100000.00): {WHY}" == description
    spec.when(assess(value=money("USD 5.00")))
    spec.then(assessed(financial="yes", value=money("USD 5.00"), threshold=money("USD 5.00")))


@pytest.mark.parametrize("answer", ["Yes", "true", "maybe"])
def test_answers(spec: Scenario, answer: str) -> None:
    """Only `yes` and `no` are answers."""
    spec.given(*PARTIES, *SIGNED)
    for command in (assess(strategic=answer), assess(financial=answer, strategic="yes")):
        spec.when(command).then_refused(BadAnswer, f"'{answer}' is neither yes nor no")
    spec.when(assess(strategic="yes", value=money("USD 0.001"))).then_refused(WrongDecimals)


def test_an_event_against_its_threshold_is_invalid() -> None:
    """The event itself checks the answer against the amounts that it contains."""
    state = Engagement()
    state.step("signed", Fact(1, "2024-03-01", assessed()))
    event = assessed(financial="yes", value=money("USD 9.00"), threshold=money("USD 10.00"))
    with pytest.raises(AgainstThreshold, match=r"USD 9\.00 is less than the threshold of USD 10\.00"):
        event.validate(state, Fact(2, "2024-03-01", event))


def test_the_setting(spec: Scenario) -> None:
    """The threshold is an amount with the decimals of its currency."""
    spec.when(ChangeSetting(name="materiality.threshold", value=("USD 5",)))
    spec.then(SettingChanged(name="materiality.threshold", value="USD 5.00"))
    spec.when(ChangeSetting(name="materiality.threshold", value=("USD", "5.00"))).then_nothing()
    for value, error in ((("5",), BadAmount), (("XYZ 5",), UnknownCurrency), (("USD 5.001",), WrongDecimals)):
        spec.when(ChangeSetting(name="materiality.threshold", value=value)).then_refused(error)
    spec.when(ChangeSetting(name="rates.max-age-days", value=("USD 5",))).then_refused(BadSetting, "'USD 5'")


def test_a_setting_from_an_earlier_day(spec: Scenario) -> None:
    """A value that is set today can be set from an earlier day too; on a day on which it is so, nothing changes."""
    body = ChangeSetting(name="governing-body", value=("Council",))
    changed = SettingChanged(name="governing-body", value="Council")
    spec.when(body, effective="2026-01-10").then(changed)
    spec.when(body, effective="2024-01-01").then(changed)
    for day in ("2024-01-01", "2025-06-30", "2026-01-12"):
        spec.when(body, effective=day).then_nothing()
