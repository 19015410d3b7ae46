"""The engagements named in a contribution to the working group: without dates and amounts, and none are invented."""

from pathlib import Path

import pytest

from ledger.domain.engagement.state import Engagement
from ledger.importing.errors import NoSourceDate
from ledger.importing.profile.load import load_profile, read_profile
from tests.importing.workspace import Workspace, faults, table

ENGAGEMENTS = Path(__file__).parents[2] / "demo" / "data" / "engagements.csv"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "cwg-fhr" / "engagements.csv"
SOURCE = "2023-12-01"
HEADER = ENGAGEMENTS.read_text("utf-8").splitlines()[0].split(",")
ROW = dict(zip(HEADER, [
    "C-1", "Plan", "consultancy", "Dalberg", "Secretariat", "Support", "Draft; Consultation", "Strategic plan",
    "not disclosed", "yes", "not disclosed", "within three years",
], strict=True))  # fmt: skip


@pytest.fixture
def cwg(workspace: Workspace) -> Workspace:
    """Return a workspace with the profile of the contribution."""
    workspace.profile = load_profile("cwg-fhr")
    return workspace


def row(**cells: str) -> dict[str, str]:
    """Return the cells of a valid row, with these values replaced."""
    return ROW | cells


def all_of(workspace: Workspace) -> list[Engagement]:
    """Return the engagements."""
    return [workspace.engagement(f"CWG-2023-00{number}") for number in (1, 2, 3)]


def test_three_engagements(cwg: Workspace) -> None:
    """Three are signed on an unrecorded day, with parties, roles, outcomes and withheld facets."""
    outcome = cwg.import_rows(path=ENGAGEMENTS, effective_on=SOURCE)
    assert (3, 3, [], []) == (outcome.signed, outcome.parties, outcome.faults, outcome.notices)
    engagements = all_of(cwg)
    assert [("signed", "not recorded")] * 3 == [
        (engagement.status, engagement.get("day of signature")) for engagement in engagements
    ]
    assert [SOURCE] * 3 == [engagement.life[0].on for engagement in engagements]
    names = [
        cwg.ledger.fold(f"party/{role.party}")[0].get("name")
        for engagement in engagements
        for role in engagement.roles()
    ]
    assert ["Dalberg", "Boston Consulting Group", "EY"] == names
    roles = [role.role for engagement in engagements for role in engagement.roles()]
    assert ["consultant", "knowledge partner", "consultant"] == roles
    assert [("financials", "service-orders")] * 3 == [engagement.get("withheld") for engagement in engagements]
    assert [2, 1, 2] == [len(engagement.outcomes) for engagement in engagements]
    assert ["Draft of the strategic and financial plan", "virtual consultation held"] == [
        str(outcome.reached.value) for outcome in engagements[0].outcomes.values() if outcome.reached
    ]
    statement = "strategic yes: as stated in the source"
    assert [statement, statement, ""] == [str(engagement.get("materiality") or "") for engagement in engagements]
    assert {"within the three years before the contribution"} == {
        entry.reason for entry in cwg.entries() if entry.stream.startswith("engagement/")
    }


def test_no_money_and_no_dates_are_made_up(cwg: Workspace) -> None:
    """No amount, order or period is recorded that the source does not give."""
    cwg.import_rows(path=ENGAGEMENTS, effective_on=SOURCE)
    for engagement in all_of(cwg):
        assert ({}, {}) == (engagement.balances.contributions, engagement.balances.orders)
        assert {None} == {engagement.get(name) for name in ("starts_on", "ends_on", "ceiling")}


@pytest.mark.parametrize("again", [SOURCE, "2024-06-01"])
def test_again_records_nothing(cwg: Workspace, again: str) -> None:
    """The same rows add nothing, even with a later date of the source: it does not say when they were signed."""
    cwg.import_rows(path=ENGAGEMENTS, effective_on=SOURCE)
    size = cwg.size
    assert 3 == cwg.import_rows(path=ENGAGEMENTS, effective_on=again).unchanged
    assert size == cwg.size


def test_date_of_the_source_is_needed(cwg: Workspace) -> None:
    """Without the date of the source the import is refused, and the hint names the option."""
    with pytest.raises(NoSourceDate) as refusal:
        cwg.import_rows(path=ENGAGEMENTS)
    assert "--effective" in refusal.value.hint
    assert [(1, "", "not-signed-yet")] == faults(cwg.import_rows(data=table(row()), effective_on="2031-01-01"))


def test_later_document_says_more(cwg: Workspace) -> None:
    """A later document with amounts, another outcome and materiality amends from its own date."""
    cwg.import_rows(data=table(row(strategic_implication="not stated")), effective_on=SOURCE)
    later = row(financial_implication="disclosed", outcome="Draft; Consultation; Final plan")
    outcome = cwg.import_rows(data=table(later), effective_on="2024-06-01")
    assert [("withheld", "financials; service-orders", "service-orders"), ("outcomes", "", "Final plan"),
            ("materiality", "", "strategic yes")] == [
        (change.field, change.was, change.becomes) for change in outcome.changes
    ]  # fmt: skip
    assert {"2024-06-01"} == {entry.effective_on for entry in cwg.entries()[-3:]}
    assert ("service-orders",) == cwg.engagement("C-1").get("withheld")
    assert 1 == cwg.import_rows(data=table(later), effective_on="2024-06-01").unchanged
    last = later | {"service_orders": "disclosed"}
    assert 1 == cwg.import_rows(data=table(last), effective_on="2024-07-01").amended
    assert not cwg.engagement("C-1").get("withheld")
    assert 1 == cwg.import_rows(data=table(last), effective_on="2024-07-01").unchanged


def test_outcome_that_is_gone_stays(cwg: Workspace) -> None:
    """An outcome that the document no longer gives stays, with a notice; only a correction voids it."""
    cwg.import_rows(data=table(row()), effective_on=SOURCE)
    outcome = cwg.import_rows(data=table(row(outcome="Draft")), effective_on="2024-06-01")
    assert (1, ["the row no longer gives an outcome: Consultation stays, because only a correction removes it"]) == (
        outcome.unchanged, [notice.text for notice in outcome.notices],
    )  # fmt: skip
    corrected = cwg.import_rows(
        data=table(row(outcome="Draft", strategic_implication="no")), effective_on=SOURCE, correct=True
    )
    assert (1, []) == (corrected.corrected, corrected.faults)
    engagement = cwg.engagement("C-1")
    assert ["Draft"] == [str(outcome.reached.value) for outcome in engagement.outcomes.values() if outcome.reached]
    assert "strategic no: as stated in the source" == str(engagement.get("materiality"))
    assert (
        1
        == cwg.import_rows(data=table(row(outcome="Draft", strategic_implication="no")), effective_on=SOURCE).unchanged
    )


def test_correction_of_the_signing_takes_all_along(cwg: Workspace) -> None:
    """An engagement with a wrong signing is signed again, with its outcomes and materiality."""
    cwg.import_rows(data=table(row()), effective_on=SOURCE)
    outcome = cwg.import_rows(data=table(row(title="Strategic plan")), effective_on=SOURCE, correct=True)
    assert (1, []) == (outcome.corrected, outcome.faults)
    engagement = cwg.engagement("C-1")
    assert ("Strategic plan", 2, SOURCE) == (engagement.get("title"), len(engagement.outcomes), engagement.life[0].on)


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"financial_implication": "secret"}, "financial_implication", "unknown-source-code"),
        ({"strategic_implication": "perhaps"}, "strategic_implication", "unknown-source-code"),
        ({"third_party": ""}, "third_party", "empty-cell"),
        ({"title": ""}, "title", "empty-cell"),
    ],
)
def test_row_that_is_wrong(cwg: Workspace, cells: dict[str, str], column: str, code: str) -> None:
    """Values unknown to the profile are not guessed."""
    assert [(1, column, code)] == faults(cwg.import_rows(data=table(row(**cells)), effective_on=SOURCE))


def test_answers_without_codes_are_yes_or_no(workspace: Workspace) -> None:
    """Without a table of codes an answer is yes, no or empty."""
    text = """
        kind = "agreements"
        lists.separator = ";"
        [columns]
        title = "title"
        kind = "kind"
        parties = "partners"
        roles = "role"
        signed_on = "signed_on"
        strategic = "strategic"
        financial = "financial"
    """
    workspace.profile = read_profile("own", text.encode())
    cells = {"title": "T", "kind": "k", "partners": "Alpha; Beta", "role": "vendor; ", "signed_on": "2024-01-01",
             "strategic": "no", "financial": ""}  # fmt: skip
    assert [(1, "strategic", "bad-answer")] == faults(workspace.import_rows(data=table(cells | {"strategic": "maybe"})))
    workspace.import_rows(data=table(cells))
    engagement = workspace.engagement(next(iter(workspace.ledger.store.streams("engagement"))).partition("/")[2])
    assert "strategic no: as stated in the source" == str(engagement.get("materiality"))
    assert ["vendor", "partner"] == [role.role for role in engagement.roles()]


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.exists(), reason="there is no folder ../shared next to the project")
def test_rows_are_those_of_the_source() -> None:
    """The rows of the demo equal those published with the contribution."""
    assert SHARED.read_bytes() == ENGAGEMENTS.read_bytes()
