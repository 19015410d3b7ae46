"""What is overdue on the day of a report: reviews, outcomes, actions of reviews, and screenings of parties."""

from typing import NamedTuple

from ledger.domain.dates import days_between
from ledger.domain.engagement.state import OVER
from projections.queries.oversight import CheckRecord, checks
from projections.reports.council.data import Register


class Overdue(NamedTuple):
    """Something that should have happened by a day, and has not; of a screening, the party's reference is `key`."""

    kind: str
    engagement: str
    key: str
    what: str
    due_on: str
    days: int
    entries: tuple[int, ...]


def overdue(source: Register) -> list[Overdue]:
    """Return what is overdue, longest first."""
    found = [*_reviews(source), *_outcomes(source), *_actions(source), *_screenings(source)]
    return sorted(found, key=lambda one: (one.due_on, one.engagement, one.kind, one.key))


def _late(source: Register, kind: str, ref: str, key: str, what: str, due_on: str, entries: list[int]) -> list[Overdue]:
    on = source.queries.as_of.on
    if not due_on or due_on >= on:
        return []
    found = tuple(sorted({*entries, *source.base(ref)}))
    return [Overdue(kind, ref, key, what, due_on, days_between(due_on, on), found)]


def _reviews(source: Register) -> list[Overdue]:
    return [
        late
        for ref in source.engagements
        for one in source.reviews.get(ref, ())
        if not one.held_on
        for late in _late(source, "review", ref, one.review, one.subject or "Review", one.due_on, one.entries)
    ]


def _outcomes(source: Register) -> list[Overdue]:
    found = []
    for ref in source.engagements:
        reached = {row.outcome for row in source.reached.get(ref, ())}
        for row in source.planned.get(ref, ()):
            if row.outcome not in reached:
                found += _late(source, "outcome", ref, row.outcome, row.summary, row.due_on, [row.entry])
    return found


def _actions(source: Register) -> list[Overdue]:
    found = []
    for ref in source.engagements:
        actions = source.actions.get(ref, [])
        for one in actions:
            # One entry asks for all actions of a review: those that were closed are seen from their own.
            entries = [entry for other in actions if other.review == one.review for entry in other.entries]
            if not one.how:
                found += _late(source, "action", ref, one.action, one.what, one.due_on, entries)
    return found


def _screenings(source: Register) -> list[Overdue]:
    running: dict[str, str] = {}
    for ref, thing in source.engagements.items():
        if thing.get("status") not in OVER:
            for party, _ in thing.pairs("parties"):
                running.setdefault(party, ref)
    found = []
    for check in checks(source.queries):
        if check.party in running:
            ref, what = running[check.party], _said(source, check)
            entries = [check.entry, *source.known[ref].entry("parties")]
            found += _late(source, "screening", ref, check.party, what, check.valid_until, entries)
    return found


def _said(source: Register, check: CheckRecord) -> str:
    against = f" against {check.name}" if check.kind == "screening" else ""
    return f"{check.kind.capitalize()} of {source.name(check.party)}{against} ran out"
