"""Voids: the remaining entries must stay valid, and no other stream may refer to what is voided."""

from ledger.domain.disclosure.commands import BeyondHead, PublishDisclosure
from ledger.domain.disclosure.disclosure import Coverage, DisclosureCovered, DisclosurePublished
from ledger.domain.engagement.lifecycle import EngagementCompleted, EngagementSigned, EngagementSuspended
from ledger.domain.engagement.lifecycle_commands import (
    AmendEngagement,
    CompleteEngagement,
    ResumeEngagement,
    SuspendEngagement,
)
from ledger.domain.engagement.money.acceptances import DeliverableAccepted
from ledger.domain.engagement.money.contributions import (
    ContributionCommitted,
    ContributionReceived,
    ReceiveContribution,
    RefundContribution,
)
from ledger.domain.engagement.money.order_commands import AmendOrder, CancelOrder, CloseOrder
from ledger.domain.engagement.money.orders import ServiceOrderAmended, ServiceOrderIssued
from ledger.domain.engagement.money.payments import PaymentMade
from ledger.domain.fields import Role
from ledger.domain.kernel import Event
from ledger.domain.party.party import PartyRenamed, RenameParty
from ledger.domain.voiding import (
    EntryVoided,
    NotVoidable,
    VoidBreaks,
    VoidedAlready,
    VoidEntries,
    VoidReferred,
)
from tests.spec.scenario import Scenario, money
from tests.spec.stories import ALPHA, PARTIES, SIGNED, acceptance, order, payment, pledge, signature

WHY = "Recorded by mistake"


def void(*positions: int) -> VoidEntries:
    """Return a command that voids entries."""
    return VoidEntries(positions=positions, reason=WHY)


def gone(version: int) -> EntryVoided:
    """Return the event that voids a version of its stream."""
    return EntryVoided(version=version, reason=WHY)


def at(spec: Scenario, event: type[Event], nth: int = 1) -> int:
    """Return the position of the nth entry of a type."""
    return spec.position(event, nth)


# What a void does.


def test_a_void_is_in_the_stream_of_its_target(spec: Scenario) -> None:
    """The command names positions; the event names the version in its stream."""
    spec.given(*PARTIES, *SIGNED, ReceiveContribution(engagement="E1", payer="BETA", amount=money("USD 5.00")))
    spec.when(void(at(spec, ContributionReceived))).then(gone(3))
    entry = spec.entry(spec.size)
    assert ("engagement/E1", 4, None) == (entry.stream, entry.version, entry.reason)
    assert 0 == spec.state("engagement/E1").balances.contributions["BETA", "USD"].received


def test_voiding_a_void_brings_back(spec: Scenario) -> None:
    """After a void, its void and another void, the amount counts or not accordingly."""
    spec.given(*PARTIES, *SIGNED, ReceiveContribution(engagement="E1", payer="BETA", amount=money("USD 5.00")))
    target = at(spec, ContributionReceived)
    for received in (0, 500, 0, 500):
        spec.when(void(target)).then(gone(spec.entry(target).version))
        target = spec.size
        assert received == spec.state("engagement/E1").balances.contributions["BETA", "USD"].received


def test_the_example_of_the_design(spec: Scenario) -> None:
    """Signed 100 in March, amended to 80 from July: -20 is voided, and the void is voided (DESIGN §6)."""
    spec.given(*PARTIES, signature(contributions=(pledge("BETA", "USD 100.00"),)))
    from_july = AmendEngagement(engagement="E1", contributions=(pledge("BETA", "USD 80"),))
    spec.when(from_july, effective="2024-07-01").then(ContributionCommitted(by="BETA", amount=money("USD -20.00")))
    for committed in (10_000, 8_000):
        spec.given(void(spec.size))
        assert committed == spec.state("engagement/E1").balances.contributions["BETA", "USD"].committed


def test_a_void_of_nothing(spec: Scenario) -> None:
    """Without positions, nothing is recorded."""
    spec.when(void()).then_nothing()


def test_unknown_positions(spec: Scenario) -> None:
    """A position outside the log is refused."""
    for position in (0, -1, 2, 2**62):
        spec.when(void(position)).then_refused(BeyondHead, f"There is no entry {position}: the log has 1")


def test_the_first_entry_stays(spec: Scenario) -> None:
    """The first entry cannot be voided."""
    spec.when(void(1)).then_refused(NotVoidable, "Entry 1 cannot be voided: it is the first entry")


def test_what_is_voided_is_not_voided_again(spec: Scenario) -> None:
    """A voided entry or void cannot be voided again; the hint says how to restore it."""
    spec.given(ALPHA, void(2)).when(void(2)).then_refused(VoidedAlready, "Entry 2 is voided already", "void the entry")
    spec.given(void(3)).when(void(3)).then_refused(VoidedAlready, "Entry 3 is voided already")
    spec.when(void(2)).then(gone(1))


def test_a_position_given_twice(spec: Scenario) -> None:
    """A position given twice is voided once."""
    spec.given(ALPHA).when(void(2, 2)).then(gone(1))


def test_an_entry_and_its_void_together(spec: Scenario) -> None:
    """The void is voided first, then the entry again, by a new void."""
    spec.given(ALPHA, void(2)).when(void(2, 3)).then(gone(2), gone(1))
    assert not spec.state("party/ALPHA").exists


# What depends on what is voided.


def test_dependents_are_listed(spec: Scenario) -> None:
    """A void that would invalidate other entries is refused with their positions and the reason."""
    spec.given(*PARTIES, *SIGNED, order(), acceptance())
    issued = at(spec, ServiceOrderIssued)
    spec.when(void(issued))
    spec.then_refused(VoidBreaks, f"entry {issued + 1} (deliverable.accepted)", "no service order 'SO-1'")
    spec.when(void(at(spec, EngagementSigned)))
    spec.then_refused(
        VoidBreaks, "contribution.committed", "order.issued", "deliverable.accepted", "takes several positions"
    )


def test_dependents_are_voided_together(spec: Scenario) -> None:
    """Several positions are checked together, in whatever order they are given."""
    spec.given(*PARTIES, *SIGNED, order(), acceptance(), payment())
    issued, accepted, made = (at(spec, event) for event in (ServiceOrderIssued, DeliverableAccepted, PaymentMade))
    spec.when(void(issued, made, accepted)).then(gone(5), gone(4), gone(3))
    assert {} == spec.state("engagement/E1").balances.orders


def test_a_whole_engagement_is_voided_together(spec: Scenario) -> None:
    """Afterwards the engagement does not exist, and its reference can be used again in the same stream."""
    spec.given(*PARTIES, *SIGNED, order())
    spec.when(void(4, 5, 6)).then(gone(3), gone(2), gone(1))
    spec.when(signature()).then(
        EngagementSigned(
            title="Data platform", kind="partnership agreement", parties=(Role("ALPHA"), Role("BETA", "funder"))
        )
    )
    assert ("engagement/E1", 7) == (spec.entry(10).stream, spec.entry(10).version)


def test_facts_of_a_party_depend_on_its_registration(spec: Scenario) -> None:
    """A registration cannot be voided before a rename, but together with it."""
    spec.given(ALPHA, RenameParty(party="ALPHA", name="Alpha Institute"))
    spec.when(void(2)).then_refused(
        VoidBreaks, "entry 3 (party.renamed)", "needs a party whose registration is not voided"
    )
    spec.when(void(2, 3)).then(gone(2), gone(1))


def test_money_depends_too(spec: Scenario) -> None:
    """A refunded receipt, an accepted increase and a paid acceptance cannot be voided."""
    spec.given(*PARTIES, *SIGNED, order())
    spec.given(ReceiveContribution(engagement="E1", payer="BETA", amount=money("USD 5.00")))
    spec.given(RefundContribution(engagement="E1", payer="BETA", amount=money("USD 5.00")))
    spec.given(AmendOrder(engagement="E1", number="SO-1", amount=money("USD 120.00")))
    spec.given(acceptance(), payment("USD 120.00"))
    spec.when(void(at(spec, ContributionReceived))).then_refused(VoidBreaks, "contribution.refunded", "Only USD 0.00")
    spec.when(void(at(spec, ServiceOrderAmended))).then_refused(VoidBreaks, "deliverable.accepted", "Only USD 100.00")
    spec.when(void(at(spec, DeliverableAccepted))).then_refused(VoidBreaks, "payment.made", "Only USD 0.00")
    spec.when(void(at(spec, ContributionCommitted)))
    spec.then_refused(VoidBreaks, "contribution.received", "contribution.refunded", "has committed nothing")


def test_lifecycle_steps_depend_on_each_other(spec: Scenario) -> None:
    """A suspension cannot be voided without its resumption, nor that without the later events."""
    spec.given(*PARTIES, *SIGNED, SuspendEngagement(engagement="E1"), ResumeEngagement(engagement="E1"))
    spec.given(CompleteEngagement(engagement="E1"))
    spec.when(void(at(spec, EngagementSuspended))).then_refused(VoidBreaks, "engagement.resumed")
    spec.when(void(at(spec, EngagementSuspended) + 1)).then_refused(VoidBreaks, "engagement.completed", "is suspended")
    spec.when(void(at(spec, EngagementSuspended), at(spec, EngagementSuspended) + 1)).then(gone(4), gone(3))
    assert "completed" == spec.state("engagement/E1").status


def test_a_void_may_not_come_between(spec: Scenario) -> None:
    """An entry cannot be restored if a later one replaced it."""
    spec.given(*PARTIES, *SIGNED, CompleteEngagement(engagement="E1"))
    completed = at(spec, EngagementCompleted)
    spec.given(void(completed), SuspendEngagement(engagement="E1"))
    spec.when(void(completed + 1)).then_refused(VoidBreaks, "engagement.suspended", "is completed")


def test_a_registration_made_again_stands_in_the_way(spec: Scenario) -> None:
    """A registration cannot be restored once its reference was registered again."""
    spec.given(ALPHA, void(2), ALPHA)
    spec.when(void(3)).then_refused(VoidBreaks, "entry 4 (party.registered)", "is party Alpha University already")


def test_a_cancellation_releases_what_was_open_then(spec: Scenario) -> None:
    """An acceptance cannot be voided without the later cancellation, which released the rest."""
    spec.given(*PARTIES, *SIGNED, order(), acceptance("USD 40.00"), CancelOrder(engagement="E1", number="SO-1"))
    accepted = at(spec, DeliverableAccepted)
    spec.when(void(accepted)).then_refused(VoidBreaks, "order.cancelled", "releases USD 100.00, not USD 60.00")
    spec.when(void(accepted, accepted + 1)).then(gone(5), gone(4))
    assert 10_000 == spec.state("engagement/E1").balances.orders["SO-1"].open


def test_a_closed_order_was_paid(spec: Scenario) -> None:
    """A payment cannot be voided without the later closing of its order, which required it."""
    spec.given(*PARTIES, *SIGNED, order(), acceptance(), payment("USD 100.00"))
    spec.given(CloseOrder(engagement="E1", number="SO-1"))
    made = at(spec, PaymentMade)
    spec.when(void(made)).then_refused(VoidBreaks, "order.closed", "USD 100.00 that was accepted under service order")
    spec.when(void(made, made + 1)).then(gone(6), gone(5))


# What other streams refer to.


def test_a_party_that_engagements_name_stays(spec: Scenario) -> None:
    """The error lists all referring entries; without them the party can be voided."""
    spec.given(*PARTIES, *SIGNED, order())
    spec.when(void(2))
    spec.then_refused(
        VoidReferred, "entry 4 (engagement.signed in engagement/E1)", "entry 6 (order.issued in engagement/E1)"
    )
    spec.when(void(3))
    spec.then_refused(VoidReferred, "entry 4 (engagement.signed", "entry 5 (contribution.committed")
    spec.given(void(6, 5, 4)).when(void(2)).then(gone(1))


def test_referrers_are_voided_together(spec: Scenario) -> None:
    """A party and all entries that refer to it can be voided in one command."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(void(2, 3, 4, 5)).then(gone(2), gone(1), gone(1), gone(1))
    streams = [spec.entry(position).stream for position in range(6, 10)]
    assert ["engagement/E1", "engagement/E1", "party/BETA", "party/ALPHA"] == streams


def test_names_of_a_party_are_not_referred_to(spec: Scenario) -> None:
    """Entries refer to the party, not to its name: a rename can be voided."""
    spec.given(*PARTIES, RenameParty(party="ALPHA", name="Alpha Institute"), *SIGNED)
    spec.when(void(at(spec, PartyRenamed))).then(gone(2))


def test_what_was_disclosed_stays(spec: Scenario) -> None:
    """An engagement or order that a document covered cannot be voided before the coverage."""
    spec.given(*PARTIES, *SIGNED, order())
    spec.given(
        PublishDisclosure(
            as_of_on="2026-01-15", document="D1", body="Council", cover=(Coverage("E1", ("service-orders",)),)
        )
    )
    covers = at(spec, DisclosureCovered)
    spec.when(void(6)).then_refused(VoidReferred, f"entry {covers} (disclosure.covered in disclosure/D1)")
    spec.when(void(4, 5, 6)).then_refused(VoidReferred, f"entry {covers} (disclosure.covered in disclosure/D1)")
    spec.given(void(covers)).when(void(6)).then(gone(3))


def test_a_reference_is_not_brought_back_to_nothing(spec: Scenario) -> None:
    """An entry cannot be restored while the stream that it refers to is voided."""
    spec.given(*PARTIES, *SIGNED, order())
    spec.given(
        PublishDisclosure(as_of_on="2026-01-15", document="D1", body="Council", cover=(Coverage("E1", (), ("SO-1",)),))
    )
    covers = at(spec, DisclosureCovered)
    spec.given(void(covers), void(6))
    spec.when(void(9)).then_refused(VoidReferred, f"entry {covers} would refer to engagement/E1|order:SO-1")
    spec.when(void(9, 10)).then(gone(4), gone(3))


def test_references_with_signs(spec: Scenario) -> None:
    """An engagement whose reference contains signs is not confused with an order of another one."""
    spec.given(*PARTIES, *SIGNED, order("7"), signature("E1#order:7"))
    spec.given(
        PublishDisclosure(
            as_of_on="2026-01-15", document="D1", body="Council", cover=(Coverage("E1#order:7", ("parties",)),)
        )
    )
    spec.when(void(at(spec, ServiceOrderIssued))).then(gone(3))
    spec.given(void(at(spec, DisclosureCovered)))
    spec.when(void(spec.size)).then(gone(3))


def test_a_publication_depends_on_nothing_and_covers_depend_on_it(spec: Scenario) -> None:
    """A publication is voided together with its coverage."""
    spec.given(*PARTIES, *SIGNED)
    spec.given(
        PublishDisclosure(as_of_on="2026-01-15", document="D1", body="Council", cover=(Coverage("E1", ("parties",)),))
    )
    first = at(spec, DisclosurePublished)
    spec.when(void(first)).then_refused(VoidBreaks, "disclosure.covered")
    spec.when(void(first, first + 1)).then(gone(2), gone(1))
    assert not spec.state("disclosure/D1").exists
