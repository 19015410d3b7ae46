"""Lists of what watches over engagements: outcomes, analyses, risks, conflicts, reviews, actions, documents."""

import json
from collections.abc import Iterator
from typing import Any

from projections.queries import oversight
from projections.queries.deadlines import is_overdue
from projections.queries.implied_conflicts import UNASSESSED, UNDECLARED, ImpliedConflict, implied_conflicts
from projections.queries.lists import Plain
from projections.queries.queries import Queries, names_of


def outcomes(queries: Queries) -> list[Plain]:
    """Return outcomes in order of engagement and key: what was planned beside what was reached."""
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


def analyses(queries: Queries) -> Iterator[Plain]:
    """Yield the strategic analysis of each engagement that has one."""
    yield from _thoughts(queries, "analysis")


def materialities(queries: Queries) -> Iterator[Plain]:
    """Yield how material each engagement is that was assessed."""
    yield from _thoughts(queries, "materiality")


def _thoughts(queries: Queries, fact: str) -> Iterator[Plain]:
    for ref, thing in sorted(queries.engagements().items()):
        held = thing.facts.get(fact)
        if held is not None:
            yield {"engagement": ref, "on": held.on, **json.loads(held.value)}


def risks(queries: Queries) -> list[Plain]:
    """Return risks as last assessed, in order of engagement and kind."""
    return [
        {
            "engagement": one.engagement,
            "risk": one.risk,
            "rating": one.rating,
            "likelihood": one.likelihood,
            "impact": one.impact,
            "on": one.on,
            "owner": one.owner or None,
            "review_on": one.review_on or None,
            "mitigation": one.mitigation or None,
        }
        for one in sorted(oversight.risks(queries), key=lambda one: (one.engagement, one.risk))
    ]


def conflicts(queries: Queries) -> list[Plain]:
    """Return conflicts of interest: declared, then those that the record shows and nobody declared."""
    name = names_of(queries.parties())
    declared = [
        {
            "engagement": one.engagement,
            "conflict": one.conflict,
            "between": [name(party) for party in one.between],
            "nature": one.nature,
            "declared_on": one.declared_on,
            "status": one.outcome or UNASSESSED,
            "assessed_on": one.assessed_on or None,
            "measures": one.measures or None,
            "parties": one.between,
        }
        for one in sorted(oversight.conflicts(queries), key=lambda one: (one.engagement, one.conflict))
    ]
    shown = [
        {
            "engagement": one.engagement,
            "conflict": None,
            "between": [name(party) for party in _pair(one)],
            "nature": f"{name(one.paid)} is paid; {name(one.giver)} gives {', '.join(one.given)} under "
            f"{', '.join(one.gives_under)}",
            "declared_on": None,
            "status": UNDECLARED,
            "assessed_on": None,
            "measures": None,
            "parties": _pair(one),
        }
        for one in implied_conflicts(queries)
        if one.conflict is None
    ]
    return [*declared, *shown]


def _pair(one: ImpliedConflict) -> list[str]:
    return list(dict.fromkeys((one.paid, one.giver)))


def reviews(queries: Queries) -> list[Plain]:
    """Return reviews, due and held, in order of engagement and of the day on which each is due or was held."""
    return [
        {
            "engagement": one.engagement,
            "review": one.review,
            "status": "held" if one.held_on else _open("due", one.due_on, queries.as_of.on),
            "due_on": one.due_on or None,
            "held_on": one.held_on or None,
            "subject": one.subject or None,
            "findings": one.findings or None,
        }
        for one in sorted(oversight.reviews(queries), key=lambda one: (one.engagement, one.held_on or one.due_on))
    ]


def actions(queries: Queries) -> list[Plain]:
    """Return what reviews asked for, in order of engagement and key."""
    return [
        {
            "engagement": one.engagement,
            "action": one.action,
            "status": "closed" if one.how else _open("open", one.due_on, queries.as_of.on),
            "what": one.what,
            "review": one.review,
            "opened_on": one.opened_on,
            "due_on": one.due_on or None,
            "closed_on": one.closed_on or None,
            "how": one.how or None,
        }
        for one in sorted(oversight.actions(queries), key=lambda one: (one.engagement, one.action))
    ]


def _open(status: str, due_on: str, on: str) -> str:
    return "overdue" if is_overdue(due_on, on) else status


def attached(queries: Queries) -> list[Plain]:
    """Return the documents that were attached, in order of engagement and key."""
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
