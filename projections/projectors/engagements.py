"""Engagements: the steps of their life, their particulars, and what was thought of them, each from a date on."""

from collections.abc import Iterator
from typing import Any

import msgspec

from ledger.domain.engagement.lifecycle import (
    EngagementActivated,
    EngagementApproved,
    EngagementCancelled,
    EngagementClosed,
    EngagementCompleted,
    EngagementExtended,
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
from ledger.domain.engagement.oversight.analysis import AnalysisRecorded, MaterialityAssessed
from ledger.domain.engagement.particulars import EngagementAmended, Particulars
from ledger.domain.fields import Role, Share
from projections.projectors.registry import Assertion, projects
from projections.tables.schema import engagement_facts

UNDATED = "undated"
"""Value of `signed_on` when the day of signature is not recorded; else it is `dated`."""
STEPS = (
    EngagementProposed, EngagementSubmitted, EngagementReturned, EngagementApproved, EngagementRejected,
    EngagementCancelled, EngagementSigned, EngagementActivated, EngagementSuspended, EngagementTerminated,
    EngagementCompleted, EngagementClosed,
)  # fmt: skip


def _fact(engagement: str, fact: str, value: str) -> Assertion:
    return Assertion(engagement_facts, {"engagement": engagement, "fact": fact, "value": value})


@projects(*STEPS)
def _status(event: Any, engagement: str) -> Iterator[Assertion]:
    yield _fact(engagement, "status", event.to)


@projects(EngagementResumed, EngagementReopened)
def _back(event: EngagementResumed | EngagementReopened, engagement: str) -> Iterator[Assertion]:
    yield _fact(engagement, "status", event.back_to)


@projects(EngagementSigned)
def _signed(event: EngagementSigned, engagement: str) -> Iterator[Assertion]:
    yield _fact(engagement, "signed_on", UNDATED if event.undated else "dated")


@projects(EngagementProposed, EngagementSigned, EngagementAmended)
def _particulars(event: Particulars, engagement: str) -> Iterator[Assertion]:
    yield from (_fact(engagement, fact, written(value)) for fact, value in event.given().items())


@projects(EngagementExtended)
def _extended(event: EngagementExtended, engagement: str) -> Iterator[Assertion]:
    yield _fact(engagement, "ends_on", event.ends_on)


@projects(AnalysisRecorded)
def _analysis(event: AnalysisRecorded, engagement: str) -> Iterator[Assertion]:
    told = {"conclusion": event.conclusion, "options": list(event.options), "document": event.document}
    yield _fact(engagement, "analysis", _object(told))


@projects(MaterialityAssessed)
def _materiality(event: MaterialityAssessed, engagement: str) -> Iterator[Assertion]:
    told = {"financial": event.financial, "strategic": event.strategic, "why": event.why}
    amounts = {"value": event.value, "threshold": event.threshold}
    told |= {name: None if amount is None else str(amount) for name, amount in amounts.items()}
    yield _fact(engagement, "materiality", _object(told))


def _object(told: dict[str, Any]) -> str:
    return msgspec.json.encode(told).decode()


def written(value: Any) -> str:
    """Return a particular as the text that its row holds: lists as JSON of pairs or texts, all else as it reads."""
    if isinstance(value, tuple):
        return msgspec.json.encode([_pair(one) for one in value]).decode()
    return str(value)


def _pair(one: Any) -> Any:
    if isinstance(one, str):
        return one
    if isinstance(one, Role):
        return [one.party, one.role]
    assert isinstance(one, Share)
    return [one.code, one.parts]
