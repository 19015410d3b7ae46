"""For every type of event what is given and the command whose last event it is."""

from ledger.domain.book import ChangeSetting, OpenLedger
from ledger.domain.disclosure import Coverage, PublishDisclosure
from ledger.domain.engagement.contributions import CommitContribution, ReceiveContribution, RefundContribution
from ledger.domain.engagement.life import (
    AmendEngagement,
    ApproveEngagement,
    CloseEngagement,
    CompleteEngagement,
    ExtendEngagement,
    RejectEngagement,
    ResumeEngagement,
    SuspendEngagement,
    TerminateEngagement,
)
from ledger.domain.engagement.orders import AmendOrder, CancelOrder
from ledger.domain.engagement.outcomes import RecordOutcome
from ledger.domain.engagement.payments import ReversePayment
from ledger.domain.fields import Identifier
from ledger.domain.kernel import Command
from ledger.domain.party import AddAlias, AddIdentifier, ReclassifyParty, RenameParty
from ledger.domain.rate import RecordRate
from ledger.domain.voiding import VoidEntries
from tests.spec.scenario import money
from tests.spec.stories import ALPHA, LIVES, PARTIES, SIGNED, order, party, payment, proposal, signature

Given = tuple[Command, ...]

ORDERED: Given = (*PARTIES, *SIGNED, order())
RECEIVED: Given = (
    *PARTIES,
    *SIGNED,
    ReceiveContribution(engagement="E1", payer="BETA", amount=money("USD 50.00")),
)

EXAMPLES: dict[str, tuple[Given, Command]] = {
    "ledger.opened": ((), OpenLedger(origin="example.org/ledger", reporting_currency="USD")),
    "setting.changed": ((), ChangeSetting(name="list.regions", value=("AFR",))),
    "party.registered": ((), ALPHA),
    "party.renamed": ((ALPHA,), RenameParty(party="ALPHA", name="Alpha Institute")),
    "party.reclassified": ((party("A", "Alpha", country="CH"),), ReclassifyParty(party="A", country="FR")),
    "party.alias_added": ((ALPHA,), AddAlias(party="ALPHA", alias="AU")),
    "party.identifier_added": ((ALPHA,), AddIdentifier(party="ALPHA", identifier=Identifier("LEI", "5493"))),
    "engagement.proposed": (PARTIES, proposal()),
    "engagement.approved": ((*PARTIES, *LIVES["proposed"]), ApproveEngagement(engagement="E1")),
    "engagement.rejected": ((*PARTIES, *LIVES["proposed"]), RejectEngagement(engagement="E1")),
    "engagement.signed": (PARTIES, signature()),
    "engagement.amended": ((*PARTIES, *SIGNED), AmendEngagement(engagement="E1", title="Data platform II")),
    "engagement.extended": ((*PARTIES, *SIGNED), ExtendEngagement(engagement="E1", ends_on="2030-12-31")),
    "engagement.suspended": ((*PARTIES, *SIGNED), SuspendEngagement(engagement="E1")),
    "engagement.resumed": ((*PARTIES, *LIVES["suspended"]), ResumeEngagement(engagement="E1")),
    "engagement.terminated": ((*PARTIES, *SIGNED), TerminateEngagement(engagement="E1")),
    "engagement.completed": ((*PARTIES, *SIGNED), CompleteEngagement(engagement="E1")),
    "engagement.closed": ((*PARTIES, *LIVES["completed"]), CloseEngagement(engagement="E1")),
    "contribution.committed": (
        (*PARTIES, *SIGNED),
        CommitContribution(engagement="E1", payer="BETA", amount=money("USD 7.00")),
    ),
    "contribution.received": (
        (*PARTIES, *SIGNED),
        ReceiveContribution(engagement="E1", payer="BETA", amount=money("USD 7.00")),
    ),
    "contribution.refunded": (RECEIVED, RefundContribution(engagement="E1", payer="BETA", amount=money("USD 7.00"))),
    "order.issued": ((*PARTIES, *SIGNED), order()),
    "order.amended": (ORDERED, AmendOrder(engagement="E1", number="SO-1", amount=money("USD 120.00"))),
    "order.cancelled": (ORDERED, CancelOrder(engagement="E1", number="SO-1")),
    "payment.made": (ORDERED, payment()),
    "payment.reversed": ((*ORDERED, payment()), ReversePayment(engagement="E1", payment="SO-1/1")),
    "outcome.recorded": ((*PARTIES, *SIGNED), RecordOutcome(engagement="E1", summary="Draft plan delivered")),
    "disclosure.published": ((), PublishDisclosure(document="C26/1", body="Council")),
    "disclosure.covered": (
        (*PARTIES, *SIGNED),
        PublishDisclosure(document="C26/1", body="Council", cover=(Coverage("E1", ("parties",)),)),
    ),
    "rate.recorded": ((), RecordRate(base="EUR", quote="USD", rate="1.0850", source="UN operational rates")),
    "entry.voided": ((ALPHA,), VoidEntries(positions=(2,), reason="Registered twice")),
}
