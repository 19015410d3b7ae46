"""The engagements that a contribution to the working group names: no dates, no amounts, and nothing is made up."""

from pathlib import Path

import pytest

from ledger.domain.engagement.state import Engagement
from ledger.importing.errors import NoSourceDate
from ledger.importing.profile.load import load_profile, read_profile
from tests.importing.desk import Desk, faults, table

ENGAGEMENTS = Path(__file__).parents[2] / "demo" / "data" / "engagements.csv"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "cwg-fhr" / "engagements.csv"
SOURCE = "2023-12-01"
HEADER = ENGAGEMENTS.read_text("utf-8").splitlines()[0].split(",")
ROW = dict(zip(HEADER, [
    "C-1", "Plan", "consultancy", "Dalberg", "Secretariat", "Support", "Draft; Consultation", "Strategic plan",
    "not disclosed", "yes", "not disclosed", "within three years",
], strict=True))  # fmt: skip


@pytest.fixture
def cwg(desk: Desk) -> Desk:
    """Return a desk with the profile of the contribution."""
    desk.profile = load_profile("cwg-fhr")
    return desk


def row(**cells: str) -> dict[str, str]:
    """Return the cells of a row that is right, with these in place of its own."""
    return ROW | cells


def all_of(desk: Desk) -> list[Engagement]:
    """Return the engagements."""
    return [desk.engagement(f"CWG-2023-00{number}") for number in (1, 2, 3)]


def test_three_engagements(cwg: Desk) -> None:
    """Three are signed on a day that is not recorded, with parties, roles, outcomes and what is withheld."""
    outcome = cwg.take(path=ENGAGEMENTS, effective_on=SOURCE)
    assert (3, 3, [], []) == (outcome.signed, outcome.parties, outcome.faults, outcome.notices)
    found = all_of(cwg)
    assert [("signed", "not recorded")] * 3 == [(one.status, one.get("day of signature")) for one in found]
    assert [SOURCE] * 3 == [one.life[0].on for one in found]
    names = [cwg.ledger.fold(f"party/{role.party}")[0].get("name") for one in found for role in one.roles()]
    assert ["Dalberg", "Boston Consulting Group", "EY"] == names
    roles = [role.role for one in found for role in one.roles()]
    assert ["consultant", "knowledge partner", "consultant"] == roles
    assert [("financials", "service-orders")] * 3 == [one.get("withheld") for one in found]
    assert [2, 1, 2] == [len(one.outcomes) for one in found]
    assert ["Draft of the strategic and financial plan", "virtual consultation held"] == [
        str(one.reached.value) for one in found[0].outcomes.values() if one.reached
    ]
    said = "strategic yes: as stated in the source"
    assert [said, said, None] == [one.get("materiality") and str(one.get("materiality")) for one in found]
    assert {"within the three years before the contribution"} == {
        entry.reason for entry in cwg.entries() if entry.stream.startswith("engagement/")
    }


def test_no_money_and_no_dates_are_made_up(cwg: Desk) -> None:
    """No amount, order or period is recorded that the source does not give."""
    cwg.take(path=ENGAGEMENTS, effective_on=SOURCE)
    for found in all_of(cwg):
        assert ({}, {}) == (found.balances.pots, found.balances.orders)
        assert {None} == {found.get(name) for name in ("starts_on", "ends_on", "ceiling")}


@pytest.mark.parametrize("again", [SOURCE, "2024-06-01"])
def test_again_records_nothing(cwg: Desk, again: str) -> None:
    """The same rows add nothing, even with a later date of the source: it does not say when they were signed."""
    cwg.take(path=ENGAGEMENTS, effective_on=SOURCE)
    size = cwg.size
    assert 3 == cwg.take(path=ENGAGEMENTS, effective_on=again).unchanged
    assert size == cwg.size


def test_date_of_the_source_is_needed(cwg: Desk) -> None:
    """Without the date of the source nothing is read, and the hint names the option."""
    with pytest.raises(NoSourceDate) as told:
        cwg.take(path=ENGAGEMENTS)
    assert "--effective" in told.value.hint
    assert [(1, "", "not-signed-yet")] == faults(cwg.take(data=table(row()), effective_on="2031-01-01"))


def test_later_document_says_more(cwg: Desk) -> None:
    """A later document that discloses amounts, tells of another outcome and weighs it amends from its own date."""
    cwg.take(data=table(row(strategic_implication="not stated")), effective_on=SOURCE)
    later = row(financial_implication="disclosed", outcome="Draft; Consultation; Final plan")
    outcome = cwg.take(data=table(later), effective_on="2024-06-01")
    assert [("withheld", "financials; service-orders", "service-orders"), ("outcomes", "", "Final plan"),
            ("materiality", "", "strategic yes")] == [
        (one.field, one.was, one.becomes) for one in outcome.changes
    ]  # fmt: skip
    assert {"2024-06-01"} == {entry.effective_on for entry in cwg.entries()[-3:]}
    assert ("service-orders",) == cwg.engagement("C-1").get("withheld")
    assert 1 == cwg.take(data=table(later), effective_on="2024-06-01").unchanged
    last = later | {"service_orders": "disclosed"}
    assert 1 == cwg.take(data=table(last), effective_on="2024-07-01").amended
    assert not cwg.engagement("C-1").get("withheld")
    assert 1 == cwg.take(data=table(last), effective_on="2024-07-01").unchanged


def test_outcome_that_is_gone_stays(cwg: Desk) -> None:
    """An outcome that the document no longer gives is told of, and stays; only a correction takes it back."""
    cwg.take(data=table(row()), effective_on=SOURCE)
    outcome = cwg.take(data=table(row(outcome="Draft")), effective_on="2024-06-01")
    assert (1, ["the row no longer gives an outcome: Consultation stays, as only a correction takes it back"]) == (
        outcome.unchanged, [one.text for one in outcome.notices],
    )  # fmt: skip
    corrected = cwg.take(
        data=table(row(outcome="Draft", strategic_implication="no")), effective_on=SOURCE, correct=True
    )
    assert (1, []) == (corrected.corrected, corrected.faults)
    found = cwg.engagement("C-1")
    assert ["Draft"] == [str(one.reached.value) for one in found.outcomes.values() if one.reached]
    assert "strategic no: as stated in the source" == str(found.get("materiality"))
    assert 1 == cwg.take(data=table(row(outcome="Draft", strategic_implication="no")), effective_on=SOURCE).unchanged


def test_correction_of_the_signing_takes_all_along(cwg: Desk) -> None:
    """What was wrong when it was signed is signed anew, with its outcomes and its weight."""
    cwg.take(data=table(row()), effective_on=SOURCE)
    outcome = cwg.take(data=table(row(title="Strategic plan")), effective_on=SOURCE, correct=True)
    assert (1, []) == (outcome.corrected, outcome.faults)
    found = cwg.engagement("C-1")
    assert ("Strategic plan", 2, SOURCE) == (found.get("title"), len(found.outcomes), found.life[0].on)


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"financial_implication": "secret"}, "financial_implication", "unknown-source-code"),
        ({"strategic_implication": "perhaps"}, "strategic_implication", "unknown-source-code"),
        ({"third_party": ""}, "third_party", "empty-cell"),
        ({"title": ""}, "title", "empty-cell"),
    ],
)
def test_row_that_is_wrong(cwg: Desk, cells: dict[str, str], column: str, code: str) -> None:
    """What the profile does not know is not guessed."""
    assert [(1, column, code)] == faults(cwg.take(data=table(row(**cells)), effective_on=SOURCE))


def test_answers_without_codes_are_yes_or_no(desk: Desk) -> None:
    """Without a table of codes an answer is yes, no or empty."""
    text = """
        kind = "agreements"
        [columns]
        title = "title"
        kind = "kind"
        parties = "partners"
        roles = "role"
        signed_on = "signed_on"
        strategic = "strategic"
        financial = "financial"
    """
    desk.profile = read_profile("own", text.encode())
    cells = {"title": "T", "kind": "k", "partners": "Alpha; Beta", "role": "vendor; ", "signed_on": "2024-01-01",
             "strategic": "no", "financial": ""}  # fmt: skip
    assert [(1, "strategic", "bad-answer")] == faults(desk.take(data=table(cells | {"strategic": "maybe"})))
    desk.take(data=table(cells))
    found = desk.engagement(next(iter(desk.ledger.store.streams("engagement"))).partition("/")[2])
    assert "strategic no: as stated in the source" == str(found.get("materiality"))
    assert ["vendor", "partner"] == [role.role for role in found.roles()]


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.exists(), reason="there is no folder ../shared beside the project")
def test_rows_are_those_of_the_source() -> None:
    """The rows of the demo are those that were given with the contribution."""
    assert SHARED.read_bytes() == ENGAGEMENTS.read_bytes()
