"""What is due, by unit: reviews, outcomes, actions, orders, ends, disclosures, checks, risks, conflicts, payments."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, islice
from typing import NamedTuple

from ledger.domain.dates import days_between
from ledger.domain.engagement.statuses import ABANDONED, EXPIRED, IN_FORCE, LIVE
from ledger.domain.errors import listed
from ledger.domain.money import from_minor
from projections.queries import deadlines, oversight
from projections.queries.asserted import AT_ONCE, Entity
from projections.queries.bitemporal import Queries
from projections.queries.disclosure.state import undisclosed
from projections.queries.implied_conflicts import implied_conflicts
from projections.queries.in_order import sorted_aside

OPEN = "…"
"""The placeholder in a command for a value that only the person who types it knows."""

CONFLICT = "conflict of interest"

CommandLine = tuple[str, ...]


class Due(NamedTuple):
    """Something to do, by a day if one is recorded; `days` are the days left, negative if the day is past.

    `summary` is one line for people; `command` is the command that does it, without the name of the program.
    """

    unit: str | None
    what: str
    engagement: str | None
    party: str | None
    key: str | None
    summary: str
    due_on: str | None
    days: int | None
    command: CommandLine


class Agenda:
    """What the sources of due items share: some engagements, the names of parties, and the days to look ahead."""

    def __init__(self, queries: Queries, within: int) -> None:
        """Look `within` days ahead at the engagements of the queries."""
        self.queries = queries
        self.within = within
        self.name = queries.names()

    @cached_property
    def engagements(self) -> dict[str, Entity]:
        """The engagements."""
        return self.queries.engagements()

    def days(self, day: str | None) -> int | None:
        """Return the days from the as-of to a day."""
        return days_between(self.queries.as_of.on, day) if day else None

    def is_near(self, day: str | None) -> bool:
        """Return whether a day is past or within the days to look ahead."""
        days = self.days(day)
        return days is not None and days <= self.within

    def engagement(self, ref: str, *without: str) -> Entity | None:
        """Return an engagement, or None if it is in one of the states `without`."""
        engagement = self.engagements.get(ref)
        return None if engagement is None or engagement.get("status") in without else engagement

    def of(self, what: str, ref: str, key: str | None, summary: str, day: str | None, command: CommandLine) -> Due:
        """Return a due item of an engagement."""
        unit = self.engagements[ref].get("unit")
        return Due(unit, what, ref, None, key, summary, day or None, self.days(day or None), command)


Running = Mapping[str, Mapping[str | None, str]]
"""For each party the units of its engagements that run or may come about, with the first engagement of each."""


class PartyAgenda(Agenda):
    """What the sources of due items of parties share: some parties, and the engagements that each has, by unit."""

    def __init__(self, queries: Queries, within: int, running: Running) -> None:
        """Look `within` days ahead at the parties of the queries."""
        super().__init__(queries, within)
        self._running = running

    def of_party(self, what: str, party: str, key: str, summary: str, day: str, command: CommandLine) -> Iterator[Due]:
        """Yield a due item of a party: one for each unit that has an engagement with it."""
        for unit, ref in self._running.get(party, {}).items():
            text = f"{summary} (party of {ref})"
            yield Due(unit, what, ref, party, key, text, day, self.days(day), command)


def _running(queries: Queries) -> Running:
    running: dict[str, dict[str | None, str]] = {}
    for some in queries.by_engagement():
        for ref, engagement in sorted(some.engagements().items()):
            if engagement.get("status") in LIVE:
                for party, _ in engagement.pairs("parties"):
                    running.setdefault(party, {}).setdefault(engagement.get("unit"), ref)
    return running


def due(
    queries: Queries, within: int, planned: Mapping[str, list[str]] | None = None, duties: Iterable[Due] = ()
) -> Iterator[Due]:
    """Yield what is due within a number of days or overdue: by unit (no unit comes last), most urgent first.

    `planned` are the engagements that each document in preparation is to cover, `duties` those of guidelines, which
    stand among the others.
    """
    of_all = (_of_engagements(queries, within), _of_parties(queries, within), _undeclared(queries, within))
    return sorted_aside(
        chain(*of_all, _preparations(Agenda(queries, within), planned or {}), duties),
        key=lambda item: (
            item.unit is None, item.unit or "", item.due_on or "9999", item.engagement or "", item.what, item.key or "",
        ),
    )  # fmt: skip


def _of_engagements(queries: Queries, within: int) -> Iterator[Due]:
    for some in queries.by_engagement():
        agenda = Agenda(some, within)
        for source in SOURCES:
            yield from source(agenda)


def _of_parties(queries: Queries, within: int) -> Iterator[Due]:
    running = _running(queries)
    for some in queries.by_party():
        agenda = PartyAgenda(some, within, running)
        yield from _checks(agenda)
        yield from _flags(agenda)


def _reviews(agenda: Agenda) -> Iterator[Due]:
    for review in deadlines.open_reviews(agenda.queries):
        if agenda.is_near(review.due_on) and agenda.engagement(review.engagement, *ABANDONED):
            summary = f"review {review.key} of {review.engagement}: {review.subject or 'periodic review'}"
            command = ("review", "hold", review.engagement, OPEN, "--review", review.key)
            yield agenda.of("review", review.engagement, review.key, summary, review.due_on, command)


def _outcomes(agenda: Agenda) -> Iterator[Due]:
    for outcome in deadlines.open_outcomes(agenda.queries):
        if agenda.is_near(outcome.due_on) and agenda.engagement(outcome.engagement, *ABANDONED):
            summary = f"outcome {outcome.key} of {outcome.engagement}: {outcome.subject}"
            command = ("outcome", "record", outcome.engagement, OPEN, "--outcome", outcome.key)
            yield agenda.of("outcome", outcome.engagement, outcome.key, summary, outcome.due_on, command)


def _actions(agenda: Agenda) -> Iterator[Due]:
    for action in deadlines.open_actions(agenda.queries):
        is_due = not action.due_on or agenda.is_near(action.due_on)
        if is_due and agenda.engagement(action.engagement, *ABANDONED):
            summary = f"action {action.key} of {action.engagement}: {action.subject}"
            command = ("action", "close", action.engagement, action.key, "--how", OPEN)
            yield agenda.of("action", action.engagement, action.key, summary, action.due_on, command)


def _information(agenda: Agenda) -> Iterator[Due]:
    for request in deadlines.open_requests(agenda.queries):
        if agenda.is_near(request.due_on) and agenda.engagement(request.engagement):
            summary = f"information {request.key} on {request.engagement}: {request.subject}"
            command = ("information", "provide", request.engagement, request.key)
            yield agenda.of("information", request.engagement, request.key, summary, request.due_on, command)


def _orders(agenda: Agenda) -> Iterator[Due]:
    for order in deadlines.open_orders(agenda.queries):
        # Closed books settle nothing any more, and say so.
        engagement = agenda.engagement(order.engagement, *ABANDONED, "closed")
        if engagement is not None and agenda.is_near(order.due_on):
            summary = f"service order {order.key} of {order.engagement}: {order.subject}"
            command: CommandLine = ("order", "accept", order.engagement, order.key)
            yield agenda.of("order", order.engagement, order.key, summary, order.due_on, command)


def _ends(agenda: Agenda) -> Iterator[Due]:
    for ref, engagement in agenda.engagements.items():
        ends, status = engagement.get("ends_on"), engagement.get("status")
        if agenda.is_near(ends) and status in (*IN_FORCE, "suspended", EXPIRED):
            is_past = (agenda.days(ends) or 0) < 0
            summary = f"end of {ref}: {'expired, ' if is_past else ''}{engagement.get('title')}"
            command = ("engagement", "complete", ref) if status == EXPIRED else ("engagement", "extend", ref, OPEN)
            yield agenda.of("end", ref, None, summary, ends, command)


def _undisclosed(agenda: Agenda) -> Iterator[Due]:
    parts_of: dict[tuple[str, bool], list[tuple[str, str | None]]] = {}
    for facet in undisclosed(agenda.queries):
        part = (facet.number or facet.facet, None if facet.days is None else facet.since)
        parts_of.setdefault((facet.engagement, bool(facet.number)), []).append(part)
    for (ref, is_order), parts in parts_of.items():
        keys = [key for key, _ in parts]
        what = "undisclosed orders" if is_order else "undisclosed facets"
        facets = "service-orders" if is_order else ",".join(keys)
        kind = ("service order " if len(keys) == 1 else "service orders ") if is_order else ""
        summary = f"not disclosed of {ref}: {kind}{listed(keys, 'and')}"
        command = (
            "disclosure", "publish", OPEN, "--body", OPEN, "--as-of-on", OPEN, "--cover", f"{ref}={facets}",
        )  # fmt: skip
        since = min((since for _, since in parts if since), default=None)
        yield agenda.of(what, ref, ", ".join(keys), summary, since, command)


def _preparations(agenda: Agenda, planned: Mapping[str, list[str]]) -> Iterator[Due]:
    for row in oversight.preparations(agenda.queries):
        if agenda.is_near(row.planned_on):
            summary = f"disclosure {row.document} to {row.body}" + (f": {row.title}" if row.title else "")
            command = ("disclosure", "publish", row.document, "--as-of-on", OPEN)
            for unit in dict.fromkeys(_units(agenda.queries, planned.get(row.document, []))) or [None]:
                days = agenda.days(row.planned_on)
                yield Due(unit, "disclosure", None, None, row.document, summary, row.planned_on, days, command)


def _units(queries: Queries, refs: Iterable[str]) -> Iterator[str | None]:
    for some in queries.in_batches(refs):
        engagements = some.engagements()
        yield from (engagements[ref].get("unit") for ref in some.limits["engagement"] if ref in engagements)


def _checks(agenda: PartyAgenda) -> Iterator[Due]:
    for check in deadlines.checks_to_renew(agenda.queries):
        if agenda.is_near(check.due_on):
            summary = f"{check.kind} of {agenda.name(check.party)}"
            if check.kind == "screening":
                summary += f" against {check.key}"
                command: CommandLine = ("party", "screen", check.party, check.key, OPEN)
            else:
                command = ("party", "diligence", check.party, OPEN, "--level", check.key)
            yield from agenda.of_party(check.kind, check.party, check.key, summary, check.due_on, command)


def _flags(agenda: PartyAgenda) -> Iterator[Due]:
    for flag in oversight.flags(agenda.queries):
        if not flag.lifted_on:
            summary = f"risk flag {flag.flag} of {agenda.name(flag.party)}: {flag.what}"
            command = ("party", "unflag", flag.party, flag.flag, "--why", OPEN)
            yield from agenda.of_party("risk flag", flag.party, flag.flag, summary, flag.raised_on, command)


def _risks(agenda: Agenda) -> Iterator[Due]:
    for risk in oversight.risks(agenda.queries):
        engagement = agenda.engagement(risk.engagement)
        if agenda.is_near(risk.review_on) and engagement is not None and engagement.get("status") in (*LIVE, EXPIRED):
            owner = f", answered for by {risk.owner}" if risk.owner else ""
            summary = f"{risk.risk} risk of {risk.engagement}: {risk.rating}{owner}"
            command = ("risk", "assess", risk.engagement, risk.risk, "--likelihood", OPEN, "--impact", OPEN)
            yield agenda.of("risk", risk.engagement, risk.risk, summary, risk.review_on, command)


def _conflicts(agenda: Agenda) -> Iterator[Due]:
    for declared in oversight.conflicts(agenda.queries):
        ref, key = declared.engagement, declared.conflict
        if not declared.outcome and agenda.engagement(ref, *ABANDONED):
            summary = f"conflict of interest {key} of {ref}, not assessed: {declared.nature}"
            yield agenda.of(CONFLICT, ref, key, summary, declared.declared_on, ("conflict", "assess", ref, key, OPEN))


def _undeclared(queries: Queries, within: int) -> Iterator[Due]:
    undeclared = (implied for implied in implied_conflicts(queries) if implied.conflict is None)
    while some := list(islice(undeclared, AT_ONCE)):
        agenda = Agenda(queries.within(list(dict.fromkeys(implied.engagement for implied in some))), within)
        agenda.name = agenda.queries.names(party for implied in some for party in (implied.paid, implied.giver))
        for implied in some:
            ref = implied.engagement
            if agenda.engagement(ref, *ABANDONED):
                paid, giver = (agenda.name(party) for party in (implied.paid, implied.giver))
                summary = f"conflict of interest of {ref}, not declared: {paid} is paid, {giver} gives"
                parties = dict.fromkeys((implied.paid, implied.giver))
                between = [word for party in parties for word in ("--between", party)]
                yield agenda.of(CONFLICT, ref, None, summary, None, ("conflict", "declare", ref, OPEN, *between))


def _payments(agenda: Agenda) -> Iterator[Due]:
    paid: dict[tuple[str, str], int] = {}
    for row in agenda.queries.money(["paid"]):
        key = (row.engagement, row.order_number)
        paid[key] = paid.get(key, 0) + row.minor
    owed: dict[tuple[str, str], tuple[str, str, int]] = {}
    accepted: dict[tuple[str, str], int] = {}
    for row in oversight.acceptances(agenda.queries):
        key = (row.engagement, row.order_number)
        accepted[key] = accepted.get(key, 0) + row.minor
        left = accepted[key] - paid.get(key, 0)
        if left > 0:
            # Payments settle the oldest acceptances first: the first that they do not cover has been due the longest.
            owed[key] = (owed[key][0] if key in owed else row.effective_on, row.currency, left)
    for (ref, number), (since, currency, left) in owed.items():
        status = agenda.engagements[ref].get("status") if ref in agenda.engagements else None
        if status is not None:
            amount = from_minor(currency, left)
            summary = f"accepted and not paid of {ref}, {number}: {amount}"
            yield agenda.of("payment", ref, number, summary, since, _payment_command(status, ref, number, str(amount)))


def _payment_command(status: str, ref: str, number: str, amount: str) -> CommandLine:
    if status == "closed":
        return "engagement", "reopen", ref
    wind_down = ("--wind-down", OPEN) if status in ("suspended", "terminated") else ()
    return "payment", "make", ref, number, amount, *wind_down


SOURCES: tuple[Callable[[Agenda], Iterator[Due]], ...] = (
    _reviews, _outcomes, _actions, _information, _orders, _ends, _undisclosed, _risks, _conflicts, _payments,
)  # fmt: skip
"""What is due of engagements; what is due of parties, of documents and of all together is not among them."""
