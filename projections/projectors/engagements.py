"""Projectors of engagements: status, particulars, analysis and materiality, each from its effective date."""

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
from projections.tables import words
from projections.tables.schema import engagement_facts
from projections.tables.words import APPROVED_BY, SUBMITTED_TO

UNDATED = words.UNDATED
"""The value of `signed_on` if the day of signature is not recorded; otherwise it is `dated`."""
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


@projects(EngagementApproved)
def _approved(event: EngagementApproved, engagement: str) -> Iterator[Assertion]:
    if event.authority is not None:
        yield _fact(engagement, APPROVED_BY, event.authority)


@projects(EngagementSubmitted)
def _submitted(event: EngagementSubmitted, engagement: str) -> Iterator[Assertion]:
    if event.authority is not None:
        yield _fact(engagement, SUBMITTED_TO, event.authority)


@projects(EngagementSigned)
def _signed(event: EngagementSigned, engagement: str) -> Iterator[Assertion]:
    yield _fact(engagement, "signed_on", UNDATED if event.undated else "dated")


@projects(EngagementProposed, EngagementSigned, EngagementAmended)
def _particulars(event: Particulars, engagement: str) -> Iterator[Assertion]:
    yield from (_fact(engagement, fact, value_text(value)) for fact, value in event.given().items())


@projects(EngagementExtended)
def _extended(event: EngagementExtended, engagement: str) -> Iterator[Assertion]:
    yield _fact(engagement, "ends_on", event.ends_on)


@projects(AnalysisRecorded)
def _analysis(event: AnalysisRecorded, engagement: str) -> Iterator[Assertion]:
    assessment = {"conclusion": event.conclusion, "options": list(event.options), "document": event.document}
    yield _fact(engagement, "analysis", _json(assessment))


@projects(MaterialityAssessed)
def _materiality(event: MaterialityAssessed, engagement: str) -> Iterator[Assertion]:
    assessment = {"financial": event.financial, "strategic": event.strategic, "why": event.why}
    amounts = {"value": event.value, "threshold": event.threshold}
    assessment |= {name: None if amount is None else str(amount) for name, amount in amounts.items()}
    yield _fact(engagement, "materiality", _json(assessment))


def _json(members: dict[str, Any]) -> str:
    return msgspec.json.encode(members).decode()


def value_text(value: Any) -> str:
    """Return a particular as it is stored in a row: a list as JSON of pairs or texts, any other value as its text."""
    if isinstance(value, tuple):
        return msgspec.json.encode([_item(item) for item in value]).decode()
    return str(value)


def _item(item: Any) -> Any:
    if isinstance(item, str):
        return item
    if isinstance(item, Role):
        return [item.party, item.role]
    assert isinstance(item, Share)
    return [item.code, item.parts]
