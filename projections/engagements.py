"""Engagements: the steps of their life and their particulars, each from a date on; and outcomes."""

import json
from collections.abc import Iterator
from typing import Any

from ledger.domain.engagement.life import (
    EngagementApproved,
    EngagementClosed,
    EngagementCompleted,
    EngagementExtended,
    EngagementProposed,
    EngagementRejected,
    EngagementResumed,
    EngagementSigned,
    EngagementSuspended,
    EngagementTerminated,
)
from ledger.domain.engagement.outcomes import OutcomeRecorded
from ledger.domain.engagement.particulars import EngagementAmended, Particulars
from ledger.domain.fields import Role, Share
from projections.rows import Row, projects
from projections.schema import engagement_facts, outcomes

STEPS = (
    EngagementProposed, EngagementApproved, EngagementRejected, EngagementSigned, EngagementSuspended,
    EngagementTerminated, EngagementCompleted, EngagementClosed,
)  # fmt: skip


def _fact(engagement: str, fact: str, value: str) -> Row:
    return Row(engagement_facts, {"engagement": engagement, "fact": fact, "value": value})


@projects(*STEPS)
def _status(event: Any, engagement: str) -> Iterator[Row]:
    yield _fact(engagement, "status", event.to)


@projects(EngagementResumed)
def _resumed(event: EngagementResumed, engagement: str) -> Iterator[Row]:
    yield _fact(engagement, "status", event.back_to)


@projects(EngagementSigned)
def _signed(_: EngagementSigned, engagement: str) -> Iterator[Row]:
    yield _fact(engagement, "signed_on", "yes")


@projects(EngagementProposed, EngagementSigned, EngagementAmended)
def _particulars(event: Particulars, engagement: str) -> Iterator[Row]:
    yield from (_fact(engagement, fact, written(value)) for fact, value in event.given().items())


@projects(EngagementExtended)
def _extended(event: EngagementExtended, engagement: str) -> Iterator[Row]:
    yield _fact(engagement, "ends_on", event.ends_on)


@projects(OutcomeRecorded)
def _outcome(event: OutcomeRecorded, engagement: str) -> Iterator[Row]:
    facts = {
        "engagement": engagement,
        "outcome": event.outcome,
        "summary": event.summary,
        "indicator": event.indicator or "",
        "actual": event.actual or "",
        "evidence": event.evidence or "",
    }
    yield Row(outcomes, facts)


def written(value: Any) -> str:
    """Return a particular as the text that its row holds: lists as JSON of pairs, all else as it reads."""
    if isinstance(value, tuple):
        return json.dumps([_pair(one) for one in value], ensure_ascii=False, separators=(",", ":"))
    return str(value)


def _pair(one: Any) -> list[Any]:
    if isinstance(one, Role):
        return [one.party, one.role]
    assert isinstance(one, Share)
    return [one.code, one.parts]
