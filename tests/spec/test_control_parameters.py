"""Parameters of the controls: a version is adopted once, with its whole text; a text has only what controls have."""

import msgspec
import pytest

from ledger.domain.controls.adoption import AdoptControls, ControlParameters, ControlsAdopted, DuplicateControls
from ledger.domain.controls.reading import BadControls, Setting, read_controls
from ledger.domain.errors import LedgerError
from ledger.domain.guidelines.adoption import NotTheText, text_digest
from ledger.domain.kernel import Fact
from ledger.domain.refusals import InTheFuture
from ledger.domain.voiding import VoidEntries
from tests.spec.examples import PARAMETERS
from tests.spec.scenario import Scenario

TEXT = PARAMETERS.text
ADOPTED = ControlsAdopted(
    symbol="CTL/1", title="Parameters for a test", adopted_by="Audit Committee", adopted_on="2025-06-01",
    in_force_on="2025-07-01", text=TEXT, sha256=text_digest(TEXT),
)  # fmt: skip


def test_an_adoption_has_the_whole_text(spec: Scenario) -> None:
    """The members are those of the text, and the SHA-256 is that of its file."""
    spec.when(PARAMETERS)
    spec.then(ADOPTED)
    assert {"CTL/1": "Parameters for a test; in force from 2025-07-01"} == spec.description("controls/CTL/1")


def test_a_symbol_is_adopted_once(spec: Scenario) -> None:
    """Not twice; after its adoption is voided, it is free again."""
    spec.given(PARAMETERS)
    spec.when(PARAMETERS).then_refused(DuplicateControls)
    spec.given(VoidEntries(positions=(2,), reason="The wrong file"))
    spec.when(PARAMETERS)
    spec.then(ADOPTED)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (("language = 1", "language = 7"), BadControls),
        (("2025-06-01", "2199-01-01"), BadControls),
        (("adopted_on = 2025-06-01\nin_force_on = 2025-07-01", "adopted_on = 2198-01-01\nin_force_on = 2198-01-01"),
         InTheFuture),
    ],
)  # fmt: skip
def test_what_is_no_adoption(spec: Scenario, change: tuple[str, str], refusal: type[LedgerError]) -> None:
    """A text with faults, one in force before it is adopted, and one that is adopted in the future."""
    spec.when(AdoptControls(text=TEXT.replace(*change))).then_refused(refusal)


@pytest.mark.parametrize("member", ["symbol", "title", "adopted_by", "adopted_on", "in_force_on", "sha256"])
def test_an_entry_that_is_not_its_text(member: str) -> None:
    """Members that are not those of the text, which another program may have recorded, are found."""
    other = {"sha256": "0" * 64}.get(member, "2025-05-05" if member.endswith("_on") else "Other")
    event = msgspec.structs.replace(ADOPTED, **{member: other})
    with pytest.raises(NotTheText):
        event.validate(ControlParameters(), Fact(1, "2026-01-01", event))


HEAD = TEXT.partition("[[control]]")[0]


def test_a_text_may_name_no_control() -> None:
    """All then are as they ship, which an organisation may decide."""
    assert {} == read_controls(HEAD).settings
    assert {"recorded-late": Setting("medium", {"days": 14}), "no-competition": Setting("", {
        "competitive": ("Open tender",)})} == read_controls(TEXT).settings  # fmt: skip


FAULTS = {
    '[[control]]\nid = "expire"\ndays = 3': [(9, "", "id", "'expire' is none of the words here")],
    "[[control]]\ndays = 3": [(8, "", "id", "it is missing")],
    '[[control]]\nid = "expired"': [(8, "expired", "", "it says nothing of the control")],
    '[[control]]\nid = "expired"\ndays = -1': [
        (10, "expired", "days", "not a whole number of days from 0 to 36500"),
    ],
    '[[control]]\nid = "expired"\ndays = true\nseverity = "grave"': [
        (10, "expired", "days", "not a whole number of days from 0 to 36500"),
        (11, "expired", "severity", "'grave' is none of the words here"),
    ],
    '[[control]]\nid = "many-increases"\ntimes = 0': [
        (10, "many-increases", "times", "not a whole number from 1 to 1000"),
    ],
    '[[control]]\nid = "concentration"\npercent = 101': [
        (10, "concentration", "percent", "not a whole number of per cent from 0 to 100"),
    ],
    '[[control]]\nid = "flagged"\ndays = 3': [(10, "flagged", "days", "there is no 'days'")],
    '[[control]]\nid = "screening"\nmatches = ["doubt"]': [
        (10, "screening", "matches", "'doubt' is none of the words here"),
    ],
    '[[control]]\nid = "no-competition"\ncompetitive = [1]': [
        (10, "no-competition", "competitive", "not a word or a list of words"),
    ],
    '[[control]]\nid = "expired"\ndays = 3\n[[control]]\nid = "expired"\ndays = 4': [
        (12, "expired", "id", "expired is there twice; the other is on line 8"),
    ],
    "[words]": [(0, "", "words", "there is no 'words'")],
}  # fmt: skip


@pytest.mark.parametrize("text", FAULTS)
def test_faults_of_a_text(text: str) -> None:
    """Each has its line, control and member."""
    with pytest.raises(BadControls) as refused:
        read_controls(HEAD + text)
    assert FAULTS[text] == [(fault.line, fault.rule, fault.member, fault.what) for fault in refused.value.faults]


def test_the_sentence_names_the_control() -> None:
    """And the symbol of those that ship is no symbol of a version."""
    with pytest.raises(BadControls, match="line 10, control expired, days: not a whole number"):
        read_controls(f'{HEAD}[[control]]\nid = "expired"\ndays = 1.5')
    with pytest.raises(BadControls, match=r"controls are written as \[\[control\]\]"):
        read_controls(HEAD.replace("language = 1", "language = 1\ncontrol = 3"))
    with pytest.raises(BadControls, match="'shipped' is what the parameters are called that ship"):
        read_controls(TEXT.replace("CTL/1", "shipped"))
