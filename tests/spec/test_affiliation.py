"""Affiliations of third parties: in force from a date until the parties are separated."""

from ledger.domain.party.affiliation import (
    AffiliatedAlready,
    AffiliateParty,
    NotAffiliated,
    OwnAffiliate,
    PartyAffiliated,
    PartySeparated,
    SeparateParty,
)
from ledger.domain.refusals import InTheFuture, UnknownParty
from ledger.domain.voiding import EntryVoided, VoidBreaks, VoidEntries, VoidReferred
from tests.spec.scenario import Scenario
from tests.spec.stories import PARTIES

JOIN = AffiliateParty(party="ALPHA", other="BETA")
PART = SeparateParty(party="ALPHA", other="BETA")


def test_affiliating(spec: Scenario) -> None:
    """The affiliation is in the stream of the first party and names the other; the relation is optional."""
    spec.given(*PARTIES).when(AffiliateParty(party="Alpha University", other="beta foundation", relation="One network"))
    spec.then(PartyAffiliated(party="BETA", relation="One network"))
    assert "party/ALPHA" == spec.entry(spec.size).stream
    assert "One network" == spec.description("party/ALPHA")["belongs together with BETA"]
    spec.when(JOIN).then_refused(AffiliatedAlready, "It is affiliated with BETA already")


def test_separating(spec: Scenario) -> None:
    """Separated parties can be affiliated again, with another relation."""
    spec.given(*PARTIES, JOIN)
    spec.when(PART).then(PartySeparated(party="BETA"))
    assert "belongs together with BETA" not in spec.description("party/ALPHA")
    spec.when(PART).then_refused(NotAffiliated, "affiliated with BETA", "name that one first")
    spec.when(JOIN).then(PartyAffiliated(party="BETA"))


def test_dates_of_affiliations(spec: Scenario) -> None:
    """Affiliation and separation are checked against the state on their own date."""
    spec.given(*PARTIES).when(PART).then_refused(NotAffiliated, "BETA")
    spec.given(JOIN, effective="2024-06-01")
    spec.when(PART, effective="2024-05-31").then_refused(NotAffiliated, "BETA")
    spec.when(PART, effective="2026-01-17").then_refused(InTheFuture, "party.separated")
    spec.given(PART, effective="2024-09-01")
    spec.when(JOIN, effective="2024-08-31").then_refused(AffiliatedAlready, "BETA")
    spec.given(JOIN, effective="2024-05-01")
    spec.when(PART, effective="2024-10-01").then_refused(NotAffiliated, "BETA")


def test_two_parties_are_two(spec: Scenario) -> None:
    """A party cannot be affiliated with itself, by whatever name; both parties must be registered."""
    spec.given(*PARTIES)
    for command in (
        AffiliateParty(party="ALPHA", other="Alpha University"),
        SeparateParty(party="Alpha University", other="ALPHA"),
    ):
        spec.when(command).then_refused(OwnAffiliate, "two different parties")
    spec.when(AffiliateParty(party="ALPHA", other="GAMMA")).then_refused(UnknownParty, "'GAMMA'")
    spec.when(AffiliateParty(party="GAMMA", other="ALPHA")).then_refused(UnknownParty, "'GAMMA'")


def test_an_affiliate_stays(spec: Scenario) -> None:
    """Neither the other party's registration nor the affiliation can be voided while later events need it."""
    spec.given(*PARTIES, JOIN)
    spec.when(VoidEntries(positions=(3,), reason="x")).then_refused(VoidReferred, "party.affiliated in party/ALPHA")
    spec.given(PART)
    spec.when(VoidEntries(positions=(4,), reason="x")).then_refused(VoidBreaks, "party.separated")
    spec.when(VoidEntries(positions=(4, 5), reason="x"))
    spec.then(EntryVoided(version=3, reason="x"), EntryVoided(version=2, reason="x"))
