"""What is not done yet and has a day by which it is due: reviews, outcomes, actions, orders, checks of parties.

The one place that decides what is overdue; `ledger next` and the council report both read it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ledger.domain.money import from_minor
from projections.queries import oversight
from projections.queries.bitemporal import Queries
from projections.tables.noted import Row


class Deadline(NamedTuple):
    """Something that is not done yet, and the day by which it is due.

    `kind` is `review`, `outcome`, `action`, `information`, `order`, `screening` or `due diligence`. A check has a
    `party`, everything else an `engagement`; the other of the two is empty. `key` is that of the review, outcome,
    action, request or order, the list of a screening, or the level of a due diligence. `subject` and `due_on` are empty
    if they are not recorded. `entries` are those that show that it is due and not done.
    """

    kind: str
    engagement: str
    party: str
    key: str
    subject: str
    due_on: str
    entries: tuple[int, ...]


def is_overdue(due_on: str | None, on: str) -> bool:
    """Return whether a due date is past on a day; without a due date nothing is overdue."""
    return bool(due_on) and str(due_on) < on


def deadlines(queries: Queries) -> Iterator[Deadline]:
    """Yield what the council report counts of everything that is not done yet."""
    yield from open_reviews(queries)
    yield from open_outcomes(queries)
    yield from open_actions(queries)
    yield from checks_to_renew(queries)


def open_reviews(queries: Queries) -> Iterator[Deadline]:
    """Yield the reviews that are scheduled and were not held."""
    for review in oversight.reviews(queries):
        if not review.held_on:
            yield Deadline(
                "review", review.engagement, "", review.review, review.subject, review.due_on, tuple(review.entries)
            )


def open_outcomes(queries: Queries) -> Iterator[Deadline]:
    """Yield the outcomes that are planned and not reached."""
    reached = {(row.engagement, row.outcome) for row in queries.outcomes()}
    for row in queries.outcomes("planned"):
        if (row.engagement, row.outcome) not in reached:
            yield Deadline("outcome", row.engagement, "", row.outcome, row.summary, row.due_on, (row.entry,))


def open_actions(queries: Queries) -> Iterator[Deadline]:
    """Yield the actions of reviews that are not closed.

    One entry opens all actions of a review. So the entries of an open action include those that closed the others:
    they show which actions of that entry are left.
    """
    actions = oversight.actions(queries)
    entries_of_review: dict[tuple[str, str], list[int]] = defaultdict(list)
    for action in actions:
        entries_of_review[(action.engagement, action.review)] += action.entries
    for action in actions:
        if not action.how:
            entries = tuple(entries_of_review[(action.engagement, action.review)])
            yield Deadline("action", action.engagement, "", action.action, action.what, action.due_on, entries)


def open_requests(queries: Queries) -> Iterator[Deadline]:
    """Yield the requests for information for which nothing was provided yet."""
    for request in oversight.information_requests(queries):
        if not request.provided_on:
            yield Deadline(
                "information", request.engagement, "", request.request, f"{request.what} ({request.by})",
                request.due_on, tuple(request.entries),
            )  # fmt: skip


def open_orders(queries: Queries) -> Iterator[Deadline]:
    """Yield the service orders with an end, that are neither cancelled nor closed, of which something is not accepted.

    They are due on their last day.
    """
    accepted: dict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for row in oversight.acceptances(queries):
        accepted[(row.engagement, row.order_number)].append(row)
    ordered: dict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for row in queries.money(["ordered"]):
        ordered[(row.engagement, row.order_number)].append(row)
    for key, order in sorted(queries.orders().items()):
        ends, open_ = order.get("ends_on"), _sum(ordered[key]) - _sum(accepted[key])
        if order.get("status") == "issued" and ends and open_ > 0:
            left = from_minor(ordered[key][0].currency, open_)
            entries = (row.entry for row in (*ordered[key], *accepted[key]))
            subject = f"{order.get('subject')}, {left} not accepted"
            yield Deadline(
                "order", key[0], "", key[1], subject, ends, tuple(sorted({*entries, *order.entry("ends_on")}))
            )


def _sum(rows: Iterable[Row[Any]]) -> int:
    return sum(row.minor for row in rows)


def checks_to_renew(queries: Queries) -> Iterator[Deadline]:
    """Yield the last check of each kind of each party: it is due again when its validity ends."""
    for check in oversight.checks(queries):
        yield Deadline(check.kind, "", check.party, check.name, "", check.valid_until, (check.entry,))
