"""Commands to begin with: two parties, an engagement between them, and the commands that lead to each state."""

from typing import Any

from ledger.domain.engagement.lifecycle_commands import (
    ActivateEngagement,
    ApproveEngagement,
    CancelEngagement,
    CloseEngagement,
    CompleteEngagement,
    ProposeEngagement,
    RejectEngagement,
    SignEngagement,
    SubmitEngagement,
    SuspendEngagement,
    TerminateEngagement,
)
from ledger.domain.engagement.money.acceptances import AcceptDeliverable
from ledger.domain.engagement.money.order_commands import IssueOrder
from ledger.domain.engagement.money.payments import MakePayment
from ledger.domain.fields import Pledge, Role
from ledger.domain.kernel import Command
from ledger.domain.party.party import RegisterParty
from tests.spec.scenario import money

ALPHA = RegisterParty(ref="ALPHA", name="Alpha University")
BETA = RegisterParty(ref="BETA", name="Beta Foundation")
PARTIES = (ALPHA, BETA)


def party(ref: str, name: str, **members: Any) -> RegisterParty:
    """Return a command that registers a party."""
    return RegisterParty(ref=ref, name=name, **members)


def pledge(by: str, text: str) -> Pledge:
    """Return the pledge of one payer."""
    return Pledge(by, money(text))


def proposal(engagement: str = "E1", **members: Any) -> ProposeEngagement:
    """Return a command that proposes an engagement with ALPHA."""
    given = {"title": "Data platform", "kind": "partnership agreement", "parties": (Role("ALPHA"),)}
    return ProposeEngagement(engagement=engagement, **{**given, **members})


def signature(engagement: str = "E1", **members: Any) -> SignEngagement:
    """Return a command that signs an engagement with ALPHA and BETA as its first entry."""
    given = {
        "title": "Data platform",
        "kind": "partnership agreement",
        "parties": (Role("ALPHA"), Role("BETA", "funder")),
    }
    return SignEngagement(engagement=engagement, **{**given, **members})


def order(number: str = "SO-1", amount: str = "USD 100.00", **members: Any) -> IssueOrder:
    """Return a command that issues a service order to ALPHA."""
    given = {"subject": "Inception report", "vendor": "ALPHA"}
    return IssueOrder(engagement="E1", number=number, amount=money(amount), **{**given, **members})


def acceptance(amount: str | None = None, number: str = "SO-1", **members: Any) -> AcceptDeliverable:
    """Return a command that accepts an amount, or all that is open, under a service order."""
    return AcceptDeliverable(engagement="E1", number=number, amount=money(amount) if amount else None, **members)


def payment(amount: str = "USD 40.00", number: str = "SO-1", **members: Any) -> MakePayment:
    """Return a command that pays under a service order."""
    return MakePayment(engagement="E1", number=number, amount=money(amount), **members)


SIGNED = (signature(contributions=(pledge("BETA", "USD 1000.00"),)),)

LIVES: dict[str, tuple[Command, ...]] = {
    "": (),
    "proposed": (proposal(),),
    "under review": (proposal(), SubmitEngagement(engagement="E1")),
    "approved": (proposal(), ApproveEngagement(engagement="E1")),
    "rejected": (proposal(), RejectEngagement(engagement="E1")),
    "cancelled": (proposal(), CancelEngagement(engagement="E1")),
    "signed": SIGNED,
    "active": (*SIGNED, ActivateEngagement(engagement="E1")),
    "suspended": (*SIGNED, SuspendEngagement(engagement="E1")),
    "terminated": (*SIGNED, TerminateEngagement(engagement="E1")),
    "completed": (*SIGNED, CompleteEngagement(engagement="E1")),
    "closed": (*SIGNED, CompleteEngagement(engagement="E1"), CloseEngagement(engagement="E1")),
}
"""Lifecycle state to the commands that lead to it."""
SINCE_SIGNED = tuple(status for status, commands in LIVES.items() if SIGNED[0] in commands)
"""States after signature; their first command is the signature."""
