"""For each event type, the commands that are given and a command whose last event has this type."""

from ledger.domain.controls.adoption import AdoptControls
from ledger.domain.disclosure.commands import CorrectDisclosure, PrepareDisclosure, PublishDisclosure
from ledger.domain.disclosure.disclosure import Coverage
from ledger.domain.engagement.lifecycle_commands import AmendEngagement, ExtendEngagement
from ledger.domain.engagement.money.contributions import CommitContribution, ReceiveContribution, RefundContribution
from ledger.domain.engagement.money.in_kind import ValueInKind
from ledger.domain.engagement.money.order_commands import AmendOrder, CancelOrder, CloseOrder
from ledger.domain.engagement.money.payments import ReversePayment
from ledger.domain.engagement.oversight.analysis import AssessMateriality, RecordAnalysis
from ledger.domain.engagement.oversight.approvals import EvidenceApproval
from ledger.domain.engagement.oversight.conflicts import AssessConflict, DeclareConflict
from ledger.domain.engagement.oversight.documents import AttachDocument
from ledger.domain.engagement.oversight.information import ProvideInformation, RequestInformation
from ledger.domain.engagement.oversight.outcomes import PlanOutcome, RecordOutcome
from ledger.domain.engagement.oversight.reviews import CloseAction, HoldReview, ScheduleReview, Task
from ledger.domain.engagement.oversight.risks import AssessRisk
from ledger.domain.engagement.oversight.waivers import WaiveDeviation
from ledger.domain.fields import Identifier
from ledger.domain.findings.assessment import AssessFinding
from ledger.domain.guidelines.adoption import AdoptGuidelines, RepealGuidelines
from ledger.domain.kernel import Command
from ledger.domain.organisation.exchange_rate import RecordRate
from ledger.domain.organisation.report_definitions import AdoptDefinitions
from ledger.domain.organisation.settings import ChangeSetting, OpenLedger
from ledger.domain.organisation.signing_keys import AddKey, RetireKey, RevokeKey, RotateKey
from ledger.domain.party.affiliation import AffiliateParty, SeparateParty
from ledger.domain.party.due_diligence import CompleteDiligence, LiftFlag, RaiseFlag, ScreenParty
from ledger.domain.party.merging import MergeParty
from ledger.domain.party.party import AddAlias, AddIdentifier, ReclassifyParty, RenameParty
from ledger.domain.voiding import VoidEntries
from tests.spec.scenario import KEPT, money
from tests.spec.signing import FIRST, SECOND, rotation
from tests.spec.steps import LEADS, STEPS
from tests.spec.stories import ALPHA, LIVES, PARTIES, SIGNED, acceptance, order, party, payment, signature

Given = tuple[Command, ...]

SIGNATURE: Given = (*PARTIES, *SIGNED)
ORDERED: Given = (*SIGNATURE, order())
ACCEPTED: Given = (*ORDERED, acceptance())
PAID: Given = (*ACCEPTED, payment("USD 100.00"))
DECLARED: Given = (*SIGNATURE, DeclareConflict(engagement="E1", nature="A donor", between=("ALPHA", "BETA")))
REVIEWED: Given = (*SIGNATURE, HoldReview(engagement="E1", findings="On track", actions=(Task("Renegotiate"),)))
DISCLOSED: Given = (
    *SIGNATURE,
    PublishDisclosure(as_of_on="2026-01-15", document="C26/1", body="Council", cover=(Coverage("E1", ("parties",)),)),
)
RECEIVED: Given = (*SIGNATURE, ReceiveContribution(engagement="E1", payer="BETA", amount=money("USD 50.00")))
ADOPTION = AdoptGuidelines(
    text="""language = 1
[guidelines]
set = "third-parties"
symbol = "GL/1"
title = "Guidelines for a test"
adopted_by = "Council"
adopted_on = 2025-06-01
in_force_on = 2025-07-01
[[rule]]
id = "analysis"
title = "A strategic analysis stands before signature"
facet = "analysis"
source = "made for this test"
at = "signed"
need = { fact = "analysis" }"""
)
PARAMETERS = AdoptControls(
    text="""language = 1
[controls]
symbol = "CTL/1"
title = "Parameters for a test"
adopted_by = "Audit Committee"
adopted_on = 2025-06-01
in_force_on = 2025-07-01
[[control]]
id = "recorded-late"
severity = "medium"
days = 14
[[control]]
id = "no-competition"
competitive = ["Open tender"]"""
)
REQUEST = RequestInformation(engagement="E1", what="Spending by region", by="Council", due_on="2026-06-30")
LIFE: dict[str, tuple[Given, Command]] = {
    event.tag(): ((*PARTIES, *LIVES[next(status for status, may in LEADS.items() if step in may)]), command)
    for step, (command, event) in STEPS.items()
}
"""For each lifecycle step, commands that lead to a state that allows it, and its command."""

EXAMPLES: dict[str, tuple[Given, Command]] = LIFE | {
    "ledger.opened": ((), OpenLedger(origin="example.org/ledger", reporting_currency="USD")),
    "key.added": ((), AddKey(vkey=FIRST)),
    "key.rotated": ((AddKey(vkey=FIRST),), RotateKey(old=FIRST, new=SECOND, statement=rotation(1, 2))),
    "key.retired": ((AddKey(vkey=FIRST),), RetireKey(vkey=FIRST)),
    "key.revoked": ((AddKey(vkey=FIRST),), RevokeKey(vkey=FIRST)),
    "definitions.adopted": ((), AdoptDefinitions(report="council", sha256="0" * 64)),
    "setting.changed": ((), ChangeSetting(name="list.regions", value=("AFR",))),
    "party.registered": ((), ALPHA),
    "party.renamed": ((ALPHA,), RenameParty(party="ALPHA", name="Alpha Institute")),
    "party.reclassified": ((party("A", "Alpha", country="CH"),), ReclassifyParty(party="A", country="FR")),
    "party.alias_added": ((ALPHA,), AddAlias(party="ALPHA", alias="AU")),
    "party.identifier_added": ((ALPHA,), AddIdentifier(party="ALPHA", identifier=Identifier("LEI", "5493"))),
    "party.screened": ((ALPHA,), ScreenParty(party="ALPHA", list="Sanctions", result="clear")),
    "party.due_diligence_completed": ((ALPHA,), CompleteDiligence(party="ALPHA", outcome="accepted", level="basic")),
    "party.flag_raised": ((ALPHA,), RaiseFlag(party="ALPHA", what="Court case")),
    "party.flag_lifted": (
        (ALPHA, RaiseFlag(party="ALPHA", what="Court case")),
        LiftFlag(party="ALPHA", flag="F1", why="Dismissed"),
    ),
    "party.affiliated": (PARTIES, AffiliateParty(party="ALPHA", other="BETA")),
    "party.separated": (
        (*PARTIES, AffiliateParty(party="ALPHA", other="BETA")),
        SeparateParty(party="ALPHA", other="BETA"),
    ),
    "party.merged": (PARTIES, MergeParty(party="BETA", into="ALPHA")),
    "engagement.signed": (PARTIES, signature()),
    "engagement.amended": (SIGNATURE, AmendEngagement(engagement="E1", title="Data platform II")),
    "engagement.extended": (SIGNATURE, ExtendEngagement(engagement="E1", ends_on="2030-12-31")),
    "approval.evidenced": (SIGNATURE, EvidenceApproval(engagement="E1", authority="Contracts Committee")),
    "analysis.recorded": (SIGNATURE, RecordAnalysis(engagement="E1", conclusion="Outsource")),
    "materiality.assessed": (SIGNATURE, AssessMateriality(engagement="E1", strategic="yes", why="It shapes the plan")),
    "risk.assessed": (SIGNATURE, AssessRisk(engagement="E1", risk="access", likelihood="low", impact="high")),
    "conflict.declared": (
        SIGNATURE,
        DeclareConflict(engagement="E1", nature="A donor", between=("ALPHA", "BETA")),
    ),
    "conflict.assessed": (DECLARED, AssessConflict(engagement="E1", conflict="C1", outcome="mitigated")),
    "contribution.valued": (
        SIGNATURE,
        ValueInKind(engagement="E1", payer="BETA", amount=money("USD 7.00"), what="An expert"),
    ),
    "contribution.committed": (
        SIGNATURE,
        CommitContribution(engagement="E1", payer="BETA", amount=money("USD 7.00")),
    ),
    "contribution.received": (
        SIGNATURE,
        ReceiveContribution(engagement="E1", payer="BETA", amount=money("USD 7.00")),
    ),
    "contribution.refunded": (RECEIVED, RefundContribution(engagement="E1", payer="BETA", amount=money("USD 7.00"))),
    "order.issued": (SIGNATURE, order()),
    "order.amended": (ORDERED, AmendOrder(engagement="E1", number="SO-1", amount=money("USD 120.00"))),
    "order.cancelled": (ORDERED, CancelOrder(engagement="E1", number="SO-1")),
    "order.closed": (PAID, CloseOrder(engagement="E1", number="SO-1")),
    "deliverable.accepted": (ORDERED, acceptance()),
    "payment.made": (ACCEPTED, payment()),
    "payment.reversed": (PAID, ReversePayment(engagement="E1", payment="SO-1/1")),
    "outcome.planned": (SIGNATURE, PlanOutcome(engagement="E1", summary="Countries with a plan")),
    "outcome.recorded": (SIGNATURE, RecordOutcome(engagement="E1", summary="Draft plan delivered")),
    "review.scheduled": (SIGNATURE, ScheduleReview(engagement="E1", due_on="2027-03-31")),
    "review.held": (SIGNATURE, HoldReview(engagement="E1", findings="On track")),
    "action.closed": (REVIEWED, CloseAction(engagement="E1", action="A1", how="Done")),
    "information.requested": (SIGNATURE, REQUEST),
    "information.provided": ((*SIGNATURE, REQUEST), ProvideInformation(engagement="E1", request="Q1")),
    "document.attached": (SIGNATURE, AttachDocument(engagement="E1", content=KEPT, title="Signed agreement")),
    "disclosure.prepared": (
        SIGNATURE,
        PrepareDisclosure(document="C26/1", body="Council", cover=(Coverage("E1", ("parties",)),)),
    ),
    "disclosure.published": ((), PublishDisclosure(as_of_on="2026-01-15", document="C26/1", body="Council")),
    "disclosure.covered": (
        SIGNATURE,
        PublishDisclosure(
            as_of_on="2026-01-15", document="C26/1", body="Council", cover=(Coverage("E1", ("parties",)),)
        ),
    ),
    "disclosure.corrected": (
        DISCLOSED,
        CorrectDisclosure(
            as_of_on="2026-01-15",
            document="C26/1",
            correction="C26/2",
            what="The name",
            cover=(Coverage("E1", ("parties",)),),
        ),
    ),
    "guidelines.adopted": ((), ADOPTION),
    "guidelines.repealed": ((ADOPTION,), RepealGuidelines(symbol="GL/1")),
    "deviation.waived": (
        (ADOPTION, *SIGNATURE),
        WaiveDeviation(engagement="E1", rule="analysis", why="Only one firm has the data", approved_by="Director"),
    ),
    "finding.assessed": (
        SIGNATURE,
        AssessFinding(finding="recorded-late/E1", outcome="dismissed", why="The letter came late", entries=(2, 4)),
    ),
    "controls.adopted": ((), PARAMETERS),
    "rate.recorded": ((), RecordRate(base="EUR", quote="USD", rate="1.0850", source="UN operational rates")),
    "entry.voided": ((ALPHA,), VoidEntries(positions=(2,), reason="Registered twice")),
}
