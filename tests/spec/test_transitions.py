"""Every pair of a lifecycle state and a step: allowed as in the table, or refused."""

from pathlib import Path

import pytest

from ledger.domain.engagement.lifecycle_commands import DuplicateEngagement, SignEngagement
from ledger.domain.engagement.state import TRANSITIONS, ForbiddenTransition
from ledger.domain.refusals import UnknownEngagement
from tests.spec.scenario import Scenario
from tests.spec.steps import LEADS, STEPS
from tests.spec.stories import LIVES, PARTIES, signature

PAGE = Path(__file__).parents[2] / "docs" / "transitions.md"
BACK_TO = {("suspended", "resume"): "signed", ("completed", "reopen"): "signed", ("closed", "reopen"): "completed"}
"""Where the steps that lead back lead in the lives of these tests, which are signed and no more."""
PAIRS = [(status, step) for status in LIVES for step in STEPS]
ALLOWED = [pair for pair in PAIRS if pair[1] in LEADS[pair[0]]]
REFUSED = [pair for pair in PAIRS if pair not in ALLOWED]


def _word(step: str) -> str:
    return STEPS[step][1].tag().partition(".")[2]


def test_the_table_is_that_of_the_code() -> None:
    """The table in the code equals that of the tests, pair by pair."""
    assert {event.tag() for _, event in STEPS.values()} == set(TRANSITIONS)
    assert set(LIVES) == set(LEADS)
    table = {(status, step): TRANSITIONS[STEPS[step][1].tag()].get(status) for status, step in PAIRS}
    assert {pair: LEADS[pair[0]].get(pair[1]) for pair in PAIRS} == table


def test_the_page_is_the_table() -> None:
    """docs/transitions.md has a row for each state, a column for each step, and the targets of the table."""
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    (_, *steps), *states = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
    page = {name.replace("nothing recorded", ""): dict(zip(steps, cells, strict=True)) for name, *cells in states}
    table = {status: {_word(step): LEADS[status].get(step, "") for step in STEPS} for status in LEADS}
    assert table == page


@pytest.mark.parametrize(("status", "step"), ALLOWED)
def test_allowed_step(spec: Scenario, status: str, step: str) -> None:
    """Each allowed step is recorded as its event and leads to the status of the table."""
    command, event = STEPS[step]
    command = signature() if (status, step) == ("", "sign") else command
    spec.given(*PARTIES, *LIVES[status])
    assert status == spec.state("engagement/E1").status
    spec.given(command)
    assert event is type(spec.entry(spec.size).event)
    assert BACK_TO.get((status, step), LEADS[status][step]) == spec.state("engagement/E1").status


@pytest.mark.parametrize(("status", "step"), REFUSED)
def test_refused_step(spec: Scenario, status: str, step: str) -> None:
    """Each other step is refused; the error states the status and the allowed steps."""
    spec.given(*PARTIES, *LIVES[status]).when(STEPS[step][0])
    if not status:
        spec.then_refused(UnknownEngagement, "No engagement has the reference 'E1'")
    elif step == "propose" or (step == "sign" and any(isinstance(given, SignEngagement) for given in LIVES[status])):
        spec.then_refused(DuplicateEngagement, "There is an engagement E1 already", "engagement amend")
    else:
        sentence = f"is {status}: {_word(step)} is not possible"
        spec.then_refused(ForbiddenTransition, sentence, "Possible now:", *map(_word, LEADS[status]))
    assert status == spec.state("engagement/E1").status
