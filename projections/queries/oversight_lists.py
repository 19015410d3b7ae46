"""The lists of oversight: outcomes, approvals, analyses, risks, conflicts, reviews, actions, information, documents."""

import json
from collections.abc import Iterator
from typing import Any

from projections.queries import oversight
from projections.queries.bitemporal import Queries, names_of
from projections.queries.deadlines import is_overdue
from projections.queries.implied_conflicts import UNASSESSED, UNDECLARED, ImpliedConflict, implied_conflicts
from projections.queries.in_order import ByEngagement, Plain


@ByEngagement
def outcomes(queries: Queries) -> list[Plain]:
    """Return outcomes in order of engagement and key, each with its plan and its result."""
    planned, reached = (
        {(row.engagement, row.outcome): row for row in queries.outcomes(status)} for status in ("planned", "reached")
    )
    return [_outcome(key, planned.get(key), reached.get(key), queries.as_of.on) for key in sorted({*planned, *reached})]


def _outcome(key: tuple[str, str], plan: Any, done: Any, on: str) -> Plain:
    due_on = (plan and plan.due_on) or None
    is_late = is_overdue(due_on, done.effective_on if done else on)
    status = "reached" if done else "planned"
    if is_late:
        status = "reached late" if done else "late"
    return {
        "engagement": key[0],
        "outcome": key[1],
        "on": done and done.effective_on,
        "summary": done and done.summary,
        "indicator": (done and done.indicator) or (plan and plan.indicator) or None,
        "actual": (done and done.actual) or None,
        "evidence": (done and done.evidence) or None,
        "status": status,
        "planned": plan and plan.summary,
        "planned_on": plan and plan.effective_on,
        "target": (plan and plan.target) or None,
        "due_on": due_on,
    }


@ByEngagement
def approvals(queries: Queries) -> list[Plain]:
    """Return the approvals that were given elsewhere, in order of engagement and day."""
    return [
        {
            "engagement": row.engagement,
            "authority": row.authority,
            "on": row.effective_on,
            "document": row.document or None,
        }
        for row in sorted(oversight.approvals(queries), key=lambda row: (row.engagement, row.effective_on))
    ]


@ByEngagement
def analyses(queries: Queries) -> Iterator[Plain]:
    """Yield the strategic analysis of each engagement that has one."""
    yield from _assessments(queries, "analysis")


@ByEngagement
def materialities(queries: Queries) -> Iterator[Plain]:
    """Yield the materiality of each engagement that was assessed."""
    yield from _assessments(queries, "materiality")


def _assessments(queries: Queries, fact: str) -> Iterator[Plain]:
    for ref, engagement in sorted(queries.engagements().items()):
        assessment = engagement.facts.get(fact)
        if assessment is not None:
            yield {"engagement": ref, "on": assessment.on, **json.loads(assessment.value)}


@ByEngagement
def risks(queries: Queries) -> list[Plain]:
    """Return the latest assessment of each risk, in order of engagement and kind."""
    return [
        {
            "engagement": risk.engagement,
            "risk": risk.risk,
            "rating": risk.rating,
            "likelihood": risk.likelihood,
            "impact": risk.impact,
            "on": risk.on,
            "owner": risk.owner or None,
            "review_on": risk.review_on or None,
            "mitigation": risk.mitigation or None,
        }
        for risk in sorted(oversight.risks(queries), key=lambda risk: (risk.engagement, risk.risk))
    ]


def conflicts(queries: Queries) -> list[Plain]:
    """Return conflicts of interest: first those declared, then those that the record implies and nobody declared."""
    name = names_of(queries.parties())
    declared = [
        {
            "engagement": conflict.engagement,
            "conflict": conflict.conflict,
            "between": [name(party) for party in conflict.between],
            "nature": conflict.nature,
            "declared_on": conflict.declared_on,
            "status": conflict.outcome or UNASSESSED,
            "assessed_on": conflict.assessed_on or None,
            "measures": conflict.measures or None,
            "parties": conflict.between,
        }
        for conflict in sorted(
            oversight.conflicts(queries), key=lambda conflict: (conflict.engagement, conflict.conflict)
        )
    ]
    undeclared = [
        {
            "engagement": implied.engagement,
            "conflict": None,
            "between": [name(party) for party in _pair(implied)],
            "nature": f"{name(implied.paid)} is paid; {name(implied.giver)} gives {', '.join(implied.given)} under "
            f"{', '.join(implied.gives_under)}",
            "declared_on": None,
            "status": UNDECLARED,
            "assessed_on": None,
            "measures": None,
            "parties": _pair(implied),
        }
        for implied in implied_conflicts(queries)
        if implied.conflict is None
    ]
    return [*declared, *undeclared]


def _pair(implied: ImpliedConflict) -> list[str]:
    return list(dict.fromkeys((implied.paid, implied.giver)))


@ByEngagement
def reviews(queries: Queries) -> list[Plain]:
    """Return reviews in order of engagement and of the day on which each is due or was held."""
    return [
        {
            "engagement": review.engagement,
            "review": review.review,
            "status": "held" if review.held_on else _open("due", review.due_on, queries.as_of.on),
            "due_on": review.due_on or None,
            "held_on": review.held_on or None,
            "subject": review.subject or None,
            "findings": review.findings or None,
        }
        for review in sorted(
            oversight.reviews(queries), key=lambda review: (review.engagement, review.held_on or review.due_on)
        )
    ]


@ByEngagement
def actions(queries: Queries) -> list[Plain]:
    """Return the actions of reviews, in order of engagement and key."""
    return [
        {
            "engagement": action.engagement,
            "action": action.action,
            "status": "closed" if action.how else _open("open", action.due_on, queries.as_of.on),
            "what": action.what,
            "review": action.review,
            "opened_on": action.opened_on,
            "due_on": action.due_on or None,
            "closed_on": action.closed_on or None,
            "how": action.how or None,
        }
        for action in sorted(oversight.actions(queries), key=lambda action: (action.engagement, action.action))
    ]


@ByEngagement
def information(queries: Queries) -> list[Plain]:
    """Return requests for information, in order of engagement and key."""
    return [
        {
            "engagement": request.engagement,
            "request": request.request,
            "status": "provided" if request.provided_on else _open("open", request.due_on, queries.as_of.on),
            "by": request.by,
            "what": request.what,
            "requested_on": request.requested_on,
            "due_on": request.due_on,
            "provided_on": request.provided_on or None,
            "document": request.document or None,
        }
        for request in sorted(
            oversight.information_requests(queries), key=lambda request: (request.engagement, request.request)
        )
    ]


def _open(status: str, due_on: str, on: str) -> str:
    return "overdue" if is_overdue(due_on, on) else status


@ByEngagement
def attached(queries: Queries) -> list[Plain]:
    """Return attached documents, in order of engagement and key."""
    return [
        {
            "engagement": row.engagement,
            "document": row.document,
            "title": row.title,
            "on": row.effective_on,
            "size": row.size,
            "media_type": row.media_type,
            "sha256": row.sha256,
        }
        for row in sorted(oversight.documents(queries), key=lambda row: (row.engagement, row.document))
    ]
