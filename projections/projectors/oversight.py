"""Projectors of oversight: approvals, outcomes, risks, conflicts, reviews and their actions, information, documents."""

import json
from collections.abc import Iterable, Iterator

from ledger.domain.engagement.oversight.approvals import ApprovalEvidenced
from ledger.domain.engagement.oversight.conflicts import ConflictAssessed, ConflictDeclared
from ledger.domain.engagement.oversight.documents import DocumentAttached
from ledger.domain.engagement.oversight.information import InformationProvided, InformationRequested
from ledger.domain.engagement.oversight.outcomes import OutcomePlanned, OutcomeRecorded
from ledger.domain.engagement.oversight.reviews import ActionClosed, ReviewHeld, ReviewScheduled
from ledger.domain.engagement.oversight.risks import RiskAssessed
from projections.projectors.registry import Assertion, projects
from projections.tables.schema import (
    actions,
    approvals,
    conflicts,
    documents,
    information_requests,
    outcomes,
    reviews,
    risks,
)


@projects(ApprovalEvidenced)
def _approval(event: ApprovalEvidenced, engagement: str) -> Iterator[Assertion]:
    facts = {"engagement": engagement, "authority": event.authority, "document": event.document or ""}
    yield Assertion(approvals, facts)


@projects(OutcomePlanned)
def _planned(event: OutcomePlanned, engagement: str) -> Iterator[Assertion]:
    facts = {
        "engagement": engagement,
        "outcome": event.outcome,
        "status": "planned",
        "summary": event.summary,
        "indicator": event.indicator or "",
        "target": event.target or "",
        "due_on": event.due_on or "",
        "actual": "",
        "evidence": "",
    }
    yield Assertion(outcomes, facts)


@projects(OutcomeRecorded)
def _reached(event: OutcomeRecorded, engagement: str) -> Iterator[Assertion]:
    facts = {
        "engagement": engagement,
        "outcome": event.outcome,
        "status": "reached",
        "summary": event.summary,
        "indicator": event.indicator or "",
        "target": "",
        "due_on": "",
        "actual": event.actual or "",
        "evidence": event.evidence or "",
    }
    yield Assertion(outcomes, facts)


@projects(RiskAssessed)
def _risk(event: RiskAssessed, engagement: str) -> Iterator[Assertion]:
    facts = {
        "engagement": engagement,
        "risk": event.risk,
        "likelihood": event.likelihood,
        "impact": event.impact,
        "mitigation": event.mitigation or "",
        "owner": event.owner or "",
        "review_on": event.review_on or "",
    }
    yield Assertion(risks, facts)


def parties_text(between: Iterable[str]) -> str:
    """Return the parties between which there is a conflict of interest as they are stored in a row: as JSON."""
    return json.dumps(list(between), ensure_ascii=False)


def _conflict(engagement: str, conflict: str, parties: str, nature: str, outcome: str, measures: str) -> Assertion:
    facts = {"engagement": engagement, "conflict": conflict, "parties": parties, "nature": nature, "outcome": outcome}
    return Assertion(conflicts, {**facts, "measures": measures})


@projects(ConflictDeclared)
def _declared(event: ConflictDeclared, engagement: str) -> Iterator[Assertion]:
    yield _conflict(engagement, event.conflict, parties_text(event.between), event.nature, "", "")


@projects(ConflictAssessed)
def _assessed(event: ConflictAssessed, engagement: str) -> Iterator[Assertion]:
    yield _conflict(engagement, event.conflict, "", "", event.outcome, event.measures or "")


def _review(engagement: str, review: str, status: str, due_on: str, subject: str, findings: str) -> Assertion:
    facts = {"engagement": engagement, "review": review, "status": status, "due_on": due_on, "subject": subject}
    return Assertion(reviews, {**facts, "findings": findings})


@projects(ReviewScheduled)
def _scheduled(event: ReviewScheduled, engagement: str) -> Iterator[Assertion]:
    yield _review(engagement, event.review, "scheduled", event.due_on, event.subject or "", "")


@projects(ReviewHeld)
def _held(event: ReviewHeld, engagement: str) -> Iterator[Assertion]:
    yield _review(engagement, event.review, "held", "", "", event.findings)
    for task in event.actions:
        facts = {"action": task.action, "status": "open", "review": event.review, "what": task.what}
        yield Assertion(actions, {"engagement": engagement, **facts, "due_on": task.due_on or "", "how": ""})


@projects(ActionClosed)
def _closed(event: ActionClosed, engagement: str) -> Iterator[Assertion]:
    facts = {"action": event.action, "status": "closed", "review": "", "what": "", "due_on": "", "how": event.how}
    yield Assertion(actions, {"engagement": engagement, **facts})


def _information(engagement: str, request: str, status: str, **given: str) -> Assertion:
    facts = {"by": "", "what": "", "due_on": "", "document": "", **given}
    return Assertion(information_requests, {"engagement": engagement, "request": request, "status": status, **facts})


@projects(InformationRequested)
def _requested(event: InformationRequested, engagement: str) -> Iterator[Assertion]:
    yield _information(engagement, event.request, "requested", by=event.by, what=event.what, due_on=event.due_on)


@projects(InformationProvided)
def _provided(event: InformationProvided, engagement: str) -> Iterator[Assertion]:
    yield _information(engagement, event.request, "provided", document=event.document or "")


@projects(DocumentAttached)
def _document(event: DocumentAttached, engagement: str) -> Iterator[Assertion]:
    facts = {
        "engagement": engagement,
        "document": event.document,
        "title": event.title,
        "sha256": event.content.sha256,
        "size": event.content.size,
        "media_type": event.content.media_type,
    }
    yield Assertion(documents, facts)
