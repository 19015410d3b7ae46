"""Guidelines: a version is adopted once, with its whole text, and repealed once; a waiver is of a rule that exists."""

import msgspec
import pytest

from ledger.domain.engagement.oversight.waivers import DeviationWaived, UnknownRule, WaiveDeviation
from ledger.domain.errors import LedgerError
from ledger.domain.guidelines.adoption import (
    AdoptGuidelines,
    DuplicateGuidelines,
    GuidelinesAdopted,
    GuidelineSet,
    GuidelinesRepealed,
    NotTheText,
    RepealGuidelines,
    UnknownGuidelines,
    text_digest,
)
from ledger.domain.guidelines.reading import BadGuidelines
from ledger.domain.kernel import Fact
from ledger.domain.organisation.settings import ChangeSetting
from ledger.domain.refusals import InTheFuture, UnknownCode, UnknownEngagement
from tests.spec.examples import ADOPTION
from tests.spec.scenario import Scenario
from tests.spec.stories import PARTIES, SIGNED

TEXT = ADOPTION.text
ADOPTED = GuidelinesAdopted(
    symbol="GL/1", title="Guidelines for a test", adopted_by="Council", adopted_on="2025-06-01",
    in_force_on="2025-07-01", text=TEXT, sha256=text_digest(TEXT),
)  # fmt: skip


def test_an_adoption_has_the_whole_text(spec: Scenario) -> None:
    """The members are those of the text, and the SHA-256 is that of its file."""
    spec.when(ADOPTION)
    spec.then(ADOPTED)
    assert "in force from 2025-07-01" in spec.description("guidelines/third-parties")["GL/1"]


def test_a_symbol_is_adopted_once(spec: Scenario) -> None:
    """Not again, nor in another set."""
    spec.given(ADOPTION)
    spec.when(ADOPTION).then_refused(DuplicateGuidelines)
    spec.when(AdoptGuidelines(text=TEXT.replace("third-parties", "others"))).then_refused(DuplicateGuidelines)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (("language = 1", "language = 7"), BadGuidelines),
        (("2025-06-01", "2199-01-01"), BadGuidelines),
        (("adopted_on = 2025-06-01\nin_force_on = 2025-07-01", "adopted_on = 2198-01-01\nin_force_on = 2198-01-01"),
         InTheFuture),
    ],
)  # fmt: skip
def test_what_is_no_adoption(spec: Scenario, change: tuple[str, str], refusal: type[LedgerError]) -> None:
    """A text with faults, one in force before it is adopted, and one that is adopted in the future."""
    spec.when(AdoptGuidelines(text=TEXT.replace(*change))).then_refused(refusal)


def test_words_are_on_the_lists_of_the_ledger(spec: Scenario) -> None:
    """A rule names no kind that the setting does not have."""
    text = TEXT.replace('at = "signed"', 'at = "signed"\nwhen = { kind = "consultancy" }')
    spec.given(ChangeSetting(name="list.kinds", value=("grant",)))
    spec.when(AdoptGuidelines(text=text)).then_refused(UnknownCode)


@pytest.mark.parametrize("member", ["symbol", "title", "adopted_by", "adopted_on", "in_force_on", "sha256"])
def test_an_entry_that_is_not_its_text(member: str) -> None:
    """Members that are not those of the text, which another program may have recorded, are found."""
    other = {"sha256": "0" * 64}.get(member, "2025-05-05" if member.endswith("_on") else "Other")
    event = msgspec.structs.replace(ADOPTED, **{member: other})
    with pytest.raises(NotTheText):
        event.validate(GuidelineSet(), Fact(1, "2026-01-01", event))


def test_a_version_is_repealed_once(spec: Scenario) -> None:
    """Of a version that is adopted; it may be repealed from a day to come."""
    spec.when(RepealGuidelines(symbol="GL/1")).then_refused(UnknownGuidelines)
    spec.given(ADOPTION)
    spec.when(RepealGuidelines(symbol="GL/1"))
    spec.then(GuidelinesRepealed(symbol="GL/1"))
    spec.when(RepealGuidelines(symbol="GL/1")).then_refused(UnknownGuidelines)


WAIVER = WaiveDeviation(engagement="E1", rule="analysis", why="Urgent", approved_by="Director")


def test_a_waiver_is_of_a_rule_that_there_is(spec: Scenario) -> None:
    """In an engagement that there is."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(WAIVER).then_refused(UnknownRule)
    spec.given(ADOPTION)
    spec.when(WAIVER)
    spec.then(DeviationWaived(rule="analysis", why="Urgent", approved_by="Director"))
    spec.when(msgspec.structs.replace(WAIVER, rule="analyses")).then_refused(UnknownRule)
    spec.when(msgspec.structs.replace(WAIVER, engagement="E9")).then_refused(UnknownEngagement)
