"""Merging: two records of one organisation count as one, until the merge is voided."""

from ledger.domain.engagement.lifecycle_commands import AmendEngagement, PartyInUse
from ledger.domain.engagement.money.contributions import (
    AmendContribution,
    ContributionCommitted,
    ContributionReceived,
    ContributionRefunded,
    ReceiveContribution,
    RefundContribution,
)
from ledger.domain.engagement.money.in_kind import ContributionValued, ValueInKind
from ledger.domain.engagement.money.orders import ServiceOrderIssued
from ledger.domain.engagement.oversight.conflicts import ConflictDeclared, DeclareConflict
from ledger.domain.engagement.particulars import EngagementAmended, RoleTwice
from ledger.domain.fields import Identifier, Role
from ledger.domain.party.affiliation import (
    AffiliatedAlready,
    AffiliateParty,
    OwnAffiliate,
    PartySeparated,
    SeparateParty,
)
from ledger.domain.party.due_diligence import DuplicateFlag, LiftFlag, RaiseFlag, RiskFlagLifted, RiskFlagRaised
from ledger.domain.party.merging import (
    FlagsCollide,
    IdentifiersDiffer,
    MergedAlready,
    MergeParty,
    OwnMerge,
    PartyMerged,
)
from ledger.domain.party.names import DuplicateParty
from ledger.domain.party.party import AddAlias, AddIdentifier, PartyRenamed, RenameParty
from ledger.domain.refusals import NotAPartyHere, UnknownParty
from ledger.domain.voiding import EntryVoided, VoidEntries, VoidReferred
from tests.spec.scenario import Scenario, money
from tests.spec.stories import ALPHA, PARTIES, order, party, pledge, proposal, signature

GAMMA = party("GAMMA", "Gamma Institute")
MERGE = MergeParty(party="BETA", into="ALPHA")
ONE = (*PARTIES, MERGE)
"""BETA is ALPHA, from entry 4 on."""


def test_merging(spec: Scenario) -> None:
    """The merge is in the stream of the party that goes away, which is described as merged."""
    spec.given(*PARTIES).when(MergeParty(party="Beta Foundation", into="Alpha University"))
    spec.then(PartyMerged(into="ALPHA"))
    assert "party/BETA" == spec.entry(spec.size).stream
    assert "ALPHA" == spec.description("party/BETA")["merged into"]


def test_what_is_refused(spec: Scenario) -> None:
    """A party is not merged into itself, twice, into a merged one, or with one that is not registered."""
    spec.given(*PARTIES, GAMMA)
    spec.when(MergeParty(party="ALPHA", into="Alpha University")).then_refused(OwnMerge, "two different parties")
    spec.when(MergeParty(party="DELTA", into="ALPHA")).then_refused(UnknownParty, "'DELTA'")
    spec.when(MergeParty(party="ALPHA", into="DELTA")).then_refused(UnknownParty, "'DELTA'")
    spec.given(MERGE)
    spec.when(MERGE).then_refused(MergedAlready, "BETA is merged into ALPHA already", "Name ALPHA")
    spec.when(MergeParty(party="BETA", into="GAMMA")).then_refused(MergedAlready, "BETA is merged into ALPHA")
    spec.when(MergeParty(party="GAMMA", into="BETA")).then_refused(MergedAlready, "Name ALPHA instead")
    spec.when(MergeParty(party="ALPHA", into="BETA")).then_refused(MergedAlready, "BETA is merged into ALPHA")


def test_two_identifiers_are_two_organisations(spec: Scenario) -> None:
    """Different identifiers in one register are refused, also of a party that was merged into one of the two."""
    spec.given(*PARTIES, GAMMA)
    spec.given(AddIdentifier(party="BETA", identifier=Identifier("LEI", "1")), MERGE)
    spec.given(AddIdentifier(party="GAMMA", identifier=Identifier("DUNS", "7")))
    spec.given(AddIdentifier(party="GAMMA", identifier=Identifier("LEI", "2")))
    spec.when(MergeParty(party="GAMMA", into="ALPHA")).then_refused(IdentifiersDiffer, "LEI=2", "LEI=1", "two org")
    spec.given(VoidEntries(positions=(8,), reason="wrong"))
    spec.when(MergeParty(party="GAMMA", into="ALPHA")).then(PartyMerged(into="ALPHA"))


def test_flags_with_one_key(spec: Scenario) -> None:
    """Two parties with a flag of the same key are not merged; afterwards keys are counted over both records."""
    spec.given(*PARTIES, RaiseFlag(party="ALPHA", what="a"), RaiseFlag(party="BETA", what="b"))
    spec.when(MERGE).then_refused(FlagsCollide, "risk flag F1", "ledger correct")
    spec.given(VoidEntries(positions=(5,), reason="x"), RaiseFlag(party="BETA", what="b", flag="F2"), MERGE)
    spec.when(RaiseFlag(party="ALPHA", what="c", flag="F2")).then_refused(DuplicateFlag, "F2")
    spec.when(RaiseFlag(party="BETA", what="c")).then(RiskFlagRaised(flag="F3", what="c"))
    assert "party/ALPHA" == spec.entry(spec.size).stream
    spec.when(LiftFlag(party="ALPHA", flag="F2", why="gone")).then(RiskFlagLifted(flag="F2", why="gone"))
    assert "party/BETA" == spec.entry(spec.size).stream


def test_names_are_those_of_the_party_that_stays(spec: Scenario) -> None:
    """What names the merged party means the other one, and a note says so for its reference."""
    spec.given(*ONE)
    spec.when(RenameParty(party="BETA", name="Beta foundation")).then(PartyRenamed(name="Beta foundation"))
    assert ("party/ALPHA", ["BETA is merged into ALPHA."]) == (spec.entry(spec.size).stream, spec.ledger.notes)
    spec.when(party("G", "Beta Foundation")).then_refused(DuplicateParty, "is party ALPHA already")
    spec.when(party("BETA", "Delta")).then_refused(DuplicateParty, "BETA")
    spec.when(AddAlias(party="ALPHA", alias="Beta Foundation")).then_nothing()


def test_two_of_one_name_are_one_after_the_merge(spec: Scenario) -> None:
    """A name that two parties had is no longer ambiguous."""
    spec.given(ALPHA, party("BETA", "Alpha University", namesake=True), MERGE)
    spec.when(RenameParty(party="Alpha University", name="A")).then(PartyRenamed(name="A"))
    assert "party/ALPHA" == spec.entry(spec.size).stream


def test_what_an_engagement_knows_goes_on(spec: Scenario) -> None:
    """Money and orders of the party that stays are recorded under the reference that the engagement knows."""
    spec.given(*PARTIES, signature(parties=(Role("BETA", "consultant"),), contributions=(pledge("BETA", "USD 9.00"),)))
    spec.given(MERGE)
    nine, two = money("USD 9.00"), money("USD 2.00")
    spec.when(ReceiveContribution(engagement="E1", payer="ALPHA", amount=nine))
    spec.then(ContributionReceived(by="BETA", amount=nine))
    spec.when(RefundContribution(engagement="E1", payer="ALPHA", amount=two))
    spec.then(ContributionRefunded(by="BETA", amount=two))
    spec.when(AmendContribution(engagement="E1", payer="ALPHA", amount=money("USD 11.00")))
    spec.then(ContributionCommitted(by="BETA", amount=two))
    spec.when(ValueInKind(engagement="E1", payer="ALPHA", amount=two, what="x"))
    spec.then(ContributionValued(by="BETA", item="K1", what="x", amount=two))
    spec.when(order(vendor="ALPHA")).then(
        ServiceOrderIssued(number="SO-1", subject="Inception report", vendor="BETA", amount=money("USD 100.00"))
    )
    spec.when(order("SO-2", vendor=None)).then(
        ServiceOrderIssued(number="SO-2", subject="Inception report", vendor="BETA", amount=money("USD 100.00"))
    )


def test_both_are_parties_of_one_engagement(spec: Scenario) -> None:
    """A new total is that of both records, and money goes back from the record that has it."""
    pledges = (pledge("ALPHA", "USD 5.00"), pledge("BETA", "USD 9.00"))
    spec.given(*PARTIES, signature(contributions=pledges))
    spec.given(ReceiveContribution(engagement="E1", payer="BETA", amount=money("USD 9.00")), MERGE)
    spec.when(AmendContribution(engagement="E1", payer="ALPHA", amount=money("USD 15.00")))
    spec.then(ContributionCommitted(by="ALPHA", amount=money("USD 1.00")))
    spec.when(RefundContribution(engagement="E1", payer="ALPHA", amount=money("USD 9.00")))
    spec.then(ContributionRefunded(by="BETA", amount=money("USD 9.00")))


def test_parties_of_an_engagement(spec: Scenario) -> None:
    """The parties of an engagement are amended by either name; new engagements name the party that stays."""
    spec.given(*PARTIES, GAMMA, signature(parties=(Role("BETA"),), contributions=(pledge("BETA", "USD 9.00"),)), MERGE)
    spec.when(AmendEngagement(engagement="E1", parties=(Role("ALPHA"),))).then_nothing()
    spec.when(AmendEngagement(engagement="E1", parties=(Role("GAMMA"),))).then_refused(PartyInUse, "BETA has contrib")
    spec.when(AmendEngagement(engagement="E1", parties=(Role("ALPHA"), Role("BETA")))).then_refused(RoleTwice)
    spec.when(AmendEngagement(engagement="E1", add_parties=(Role("ALPHA", "donor"),)))
    spec.then(EngagementAmended(parties=(Role("BETA"), Role("BETA", "donor"))))
    spec.when(AmendEngagement(engagement="E1", remove_parties=("GAMMA",))).then_refused(NotAPartyHere, "GAMMA")
    spec.given(proposal("E2", parties=(Role("BETA"),)))
    assert (Role("ALPHA"),) == spec.state("engagement/E2").roles()
    spec.when(DeclareConflict(engagement="E1", nature="x", between=("ALPHA", "BETA")))
    spec.then(ConflictDeclared(conflict="C1", between=("ALPHA",), nature="x"))


def test_affiliations(spec: Scenario) -> None:
    """An affiliation of the merged party is one of the party that stays: not made twice, ended where it was made."""
    spec.given(*PARTIES, GAMMA, AffiliateParty(party="BETA", other="GAMMA"), MERGE)
    spec.when(AffiliateParty(party="ALPHA", other="GAMMA")).then_refused(AffiliatedAlready, "GAMMA")
    spec.when(AffiliateParty(party="ALPHA", other="BETA")).then_refused(OwnAffiliate)
    spec.when(SeparateParty(party="ALPHA", other="GAMMA")).then(PartySeparated(party="GAMMA"))
    assert "party/BETA" == spec.entry(spec.size).stream


def test_a_void_parts_them(spec: Scenario) -> None:
    """After a void of the merge the two are two; the party that stays cannot be voided before."""
    spec.given(*ONE)
    spec.when(VoidEntries(positions=(2,), reason="x")).then_refused(VoidReferred, "party.merged in party/BETA")
    spec.when(VoidEntries(positions=(4,), reason="two")).then(EntryVoided(version=2, reason="two"))
    spec.when(RenameParty(party="BETA", name="B")).then(PartyRenamed(name="B"))
    assert "party/BETA" == spec.entry(spec.size).stream


def test_chains_and_circles(spec: Scenario) -> None:
    """A party into which one was merged can be merged itself; a void never brings back a circle."""
    spec.given(*ONE, GAMMA)
    spec.given(MergeParty(party="ALPHA", into="GAMMA"))
    spec.when(RenameParty(party="BETA", name="G")).then(PartyRenamed(name="G"))
    assert "party/GAMMA" == spec.entry(spec.size).stream
    spec.given(VoidEntries(positions=(4,), reason="x"), VoidEntries(positions=(6,), reason="x"))
    spec.given(MergeParty(party="ALPHA", into="BETA"))
    spec.when(VoidEntries(positions=(8,), reason="x")).then_refused(VoidReferred, "would merge it into a party")
    spec.when(VoidEntries(positions=(8, 10), reason="x"))
    spec.then(EntryVoided(version=4, reason="x"), EntryVoided(version=3, reason="x"))
