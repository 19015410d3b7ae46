"""Lifecycle steps of an engagement and their targets: the table of issue 3, written by hand a second time."""

from ledger.domain.engagement.lifecycle import (
    EngagementActivated,
    EngagementApproved,
    EngagementCancelled,
    EngagementClosed,
    EngagementCompleted,
    EngagementProposed,
    EngagementRejected,
    EngagementReopened,
    EngagementResumed,
    EngagementReturned,
    EngagementSigned,
    EngagementSubmitted,
    EngagementSuspended,
    EngagementTerminated,
)
from ledger.domain.engagement.lifecycle_commands import (
    ActivateEngagement,
    ApproveEngagement,
    CancelEngagement,
    CloseEngagement,
    CompleteEngagement,
    RejectEngagement,
    ReopenEngagement,
    ResumeEngagement,
    ReturnEngagement,
    SignEngagement,
    SubmitEngagement,
    SuspendEngagement,
    TerminateEngagement,
)
from ledger.domain.kernel import Command, Event
from tests.spec.stories import proposal

STEPS: dict[str, tuple[Command, type[Event]]] = {
    "propose": (proposal(), EngagementProposed),
    "submit": (SubmitEngagement(engagement="E1"), EngagementSubmitted),
    "return": (ReturnEngagement(engagement="E1"), EngagementReturned),
    "approve": (ApproveEngagement(engagement="E1"), EngagementApproved),
    "reject": (RejectEngagement(engagement="E1"), EngagementRejected),
    "cancel": (CancelEngagement(engagement="E1"), EngagementCancelled),
    "sign": (SignEngagement(engagement="E1"), EngagementSigned),
    "activate": (ActivateEngagement(engagement="E1"), EngagementActivated),
    "suspend": (SuspendEngagement(engagement="E1"), EngagementSuspended),
    "resume": (ResumeEngagement(engagement="E1"), EngagementResumed),
    "terminate": (TerminateEngagement(engagement="E1"), EngagementTerminated),
    "complete": (CompleteEngagement(engagement="E1"), EngagementCompleted),
    "close": (CloseEngagement(engagement="E1"), EngagementClosed),
    "reopen": (ReopenEngagement(engagement="E1"), EngagementReopened),
}
"""Step to its command and its event."""

LEADS: dict[str, dict[str, str]] = {
    "": {"propose": "proposed", "sign": "signed"},
    "proposed": {"submit": "under review", "approve": "approved", "reject": "rejected", "cancel": "cancelled"},
    "under review": {"return": "proposed", "approve": "approved", "reject": "rejected", "cancel": "cancelled"},
    "approved": {"sign": "signed", "cancel": "cancelled"},
    "rejected": {"reopen": "proposed"},
    "cancelled": {"reopen": "proposed"},
    "signed": {
        "activate": "active", "suspend": "suspended", "terminate": "terminated", "complete": "completed",
    },
    "active": {"suspend": "suspended", "terminate": "terminated", "complete": "completed"},
    "suspended": {"resume": "where it was suspended", "terminate": "terminated"},
    "terminated": {"close": "closed"},
    "completed": {"close": "closed", "reopen": "where it was completed"},
    "closed": {"reopen": "where it was closed"},
}  # fmt: skip
"""Lifecycle state to the allowed steps and their targets. Signing may be the first entry, for imports."""
