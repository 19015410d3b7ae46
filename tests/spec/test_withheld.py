"""What a source does not disclose: the day of a signature, or facets of an engagement."""

import pytest

from ledger.domain.engagement.lifecycle import EngagementProposed, EngagementSigned
from ledger.domain.engagement.lifecycle_commands import AmendEngagement, ApproveEngagement, SignEngagement
from ledger.domain.engagement.particulars import EngagementAmended
from ledger.domain.facets import FACETS, UnknownFacet
from ledger.domain.fields import Role
from ledger.domain.kernel import Command
from ledger.domain.refusals import InTheFuture
from tests.spec.scenario import Scenario
from tests.spec.stories import LIVES, PARTIES, proposal, signature

BARE = EngagementSigned(
    title="Data platform", kind="partnership agreement", parties=(Role("ALPHA"), Role("BETA", "funder"))
)


def amend(*withheld: str) -> AmendEngagement:
    """Return a command that sets the withheld facets."""
    return AmendEngagement(engagement="E1", withheld=withheld)


def test_a_signature_without_its_day(spec: Scenario) -> None:
    """The event states that the effective date, that of the source, is not the day of signature."""
    spec.given(*PARTIES).when(signature(undated=True), effective="2025-12-31")
    spec.then(EngagementSigned(title=BARE.title, kind=BARE.kind, parties=BARE.parties, undated=True))
    description = spec.description("engagement/E1")
    assert ("signed", "not recorded") == (description["status"], description["day of signature"])
    spec.when(signature("E2", undated=True), effective="2026-01-17").then_refused(InTheFuture, "engagement.signed")


def test_a_signature_with_its_day(spec: Scenario) -> None:
    """With a known day, the event has no such member."""
    spec.given(*PARTIES).when(signature()).then(BARE)
    assert "day of signature" not in spec.description("engagement/E1")


def test_what_was_approved_is_signed_without_its_day(spec: Scenario) -> None:
    """After a proposal, too, the day may be unknown; only differences are recorded."""
    spec.given(*PARTIES, *LIVES["approved"])
    spec.when(SignEngagement(engagement="E1", title="Data platform", undated=True)).then(EngagementSigned(undated=True))


@pytest.mark.parametrize("facet", FACETS)
def test_facets_are_withheld(spec: Scenario, facet: str) -> None:
    """Each facet of disclosures can be withheld."""
    spec.given(*PARTIES).when(signature(withheld=(facet,)))
    spec.then(EngagementSigned(title=BARE.title, kind=BARE.kind, parties=BARE.parties, withheld=(facet,)))


def test_what_is_withheld_changes(spec: Scenario) -> None:
    """An amendment replaces the whole list from its date on; `none` empties it."""
    spec.given(*PARTIES, signature(withheld=("financials", "financials", "service-orders")))
    assert ("financials", "service-orders") == spec.state("engagement/E1").get("withheld")
    spec.when(amend("financials", "service-orders")).then_nothing()
    spec.when(amend("financials"), effective="2024-06-01").then(EngagementAmended(withheld=("financials",)))
    spec.when(amend("none"), effective="2024-09-01").then(EngagementAmended(withheld=()))
    spec.when(amend("none"), effective="2024-09-01").then_nothing()
    state = spec.state("engagement/E1")
    values = [state.on("withheld", day) for day in ("2024-03-01", "2024-06-01", "2024-09-01")]
    assert [("financials", "service-orders"), ("financials",), ()] == values
    assert "none" == spec.description("engagement/E1")["withheld"]


@pytest.mark.parametrize("command", [proposal(withheld=("colour",)), signature(withheld=("parties", "money"))])
def test_only_facets_are_withheld(spec: Scenario, command: Command) -> None:
    """The error lists the facets."""
    spec.given(*PARTIES).when(command).then_refused(UnknownFacet, "is not a facet", "parties, financials")


def test_a_signature_does_not_repeat_withheld_facets(spec: Scenario) -> None:
    """A signature does not repeat withheld facets of the proposal."""
    spec.given(*PARTIES).when(proposal(withheld=("financials",)), effective="2024-03-01")
    spec.then(
        EngagementProposed(
            title="Data platform", kind="partnership agreement", parties=(Role("ALPHA"),), withheld=("financials",)
        )
    )
    spec.given(ApproveEngagement(engagement="E1"))
    spec.when(SignEngagement(engagement="E1", withheld=("financials",))).then(EngagementSigned())
