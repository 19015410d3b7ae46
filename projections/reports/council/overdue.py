"""Items that are overdue on the date of a report: reviews, outcomes, actions of reviews, and checks of parties."""

from collections.abc import Iterator
from typing import NamedTuple

from ledger.domain.dates import days_between
from ledger.domain.engagement.state import OVER
from projections.queries.deadlines import Deadline, deadlines, is_overdue
from projections.reports.council.data import CouncilData


class Overdue(NamedTuple):
    """An overdue review, outcome or action, or an expired check of a party.

    The `kind` of every check is `screening`, and its `key` is the reference of the party.
    """

    kind: str
    engagement: str
    key: str
    what: str
    due_on: str
    days: int
    entries: tuple[int, ...]


def overdue(source: CouncilData) -> list[Overdue]:
    """Return the overdue items of the engagements of the period, the longest overdue first."""
    on = source.queries.as_of.on
    running = _running(source)
    items = [
        item
        for deadline in deadlines(source.queries)
        if is_overdue(deadline.due_on, on)
        for item in (_check(source, deadline, running) if deadline.party else _of_engagement(source, deadline))
    ]
    return sorted(items, key=lambda item: (item.due_on, item.engagement, item.kind, item.key))


def _running(source: CouncilData) -> dict[str, str]:
    """Return for each party the first engagement of the period that is not over."""
    running: dict[str, str] = {}
    for ref, engagement in source.engagements.items():
        if engagement.get("status") not in OVER:
            for party, _ in engagement.pairs("parties"):
                running.setdefault(party, ref)
    return running


def _of_engagement(source: CouncilData, deadline: Deadline) -> Iterator[Overdue]:
    if deadline.engagement in source.engagements:
        what = deadline.subject or deadline.kind.capitalize()
        item = Overdue(deadline.kind, deadline.engagement, deadline.key, what, deadline.due_on, 0, deadline.entries)
        yield _complete(source, item)


def _check(source: CouncilData, deadline: Deadline, running: dict[str, str]) -> Iterator[Overdue]:
    ref = running.get(deadline.party)
    if ref is not None:
        against = f" against {deadline.key}" if deadline.kind == "screening" else ""
        what = f"{deadline.kind.capitalize()} of {source.name(deadline.party)}{against} ran out"
        entries = (*deadline.entries, *source.known[ref].entry("parties"))
        yield _complete(source, Overdue("screening", ref, deadline.party, what, deadline.due_on, 0, entries))


def _complete(source: CouncilData, item: Overdue) -> Overdue:
    """Return an item with its days overdue, and with the entries that make its engagement count."""
    days = days_between(item.due_on, source.queries.as_of.on)
    return item._replace(days=days, entries=tuple(sorted({*item.entries, *source.base(item.engagement)})))
