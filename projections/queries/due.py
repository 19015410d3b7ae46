"""What is due: reviews, outcomes, actions, ends, disclosures, checks, risks, conflicts and payments, by unit."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ledger.domain.dates import days_between
from ledger.domain.engagement.state import ABANDONED, EXPIRED, IN_FORCE, LIVE
from ledger.domain.errors import listed
from ledger.domain.money import from_minor
from projections.queries import oversight
from projections.queries.disclosure import undisclosed
from projections.queries.implied_conflicts import implied_conflicts
from projections.queries.queries import Entity, Queries, names_of

OPEN = "…"
"""Stands in a command for what only the person who types it knows."""

Words = tuple[str, ...]


class Due(NamedTuple):
    """Something that is to be done, by a day if one is known; `days` are left until then, negative when it is past.

    `summary` is one line for people; `words` are the command that does it, without the program's name.
    """

    unit: str | None
    what: str
    engagement: str | None
    party: str | None
    key: str | None
    summary: str
    due_on: str | None
    days: int | None
    words: Words


class Agenda:
    """Reads once what tells what is due, and which of it is due within a number of days."""

    def __init__(self, queries: Queries, within: int, planned: Mapping[str, list[str]]) -> None:
        """Look `within` days ahead; `planned` are the engagements that each document in preparation is to cover."""
        self.queries = queries
        self.within = within
        self.planned = planned
        self.engagements = queries.engagements()
        self.name = names_of(queries.parties())
        self.running: dict[str, dict[str | None, str]] = {}
        """Of each party the units of its engagements that run or may come about, with the first engagement of each."""
        for ref, thing in sorted(self.engagements.items()):
            if thing.get("status") in LIVE:
                for party, _ in thing.pairs("parties"):
                    self.running.setdefault(party, {}).setdefault(thing.get("unit"), ref)

    def days(self, day: str | None) -> int | None:
        """Return the days from the as-of to a day."""
        return days_between(self.queries.as_of.on, day) if day else None

    def is_near(self, day: str | None) -> bool:
        """Return whether a day is past or within the days that are looked at."""
        days = self.days(day)
        return days is not None and days <= self.within

    def thing(self, ref: str, *without: str) -> Entity | None:
        """Return an engagement that is not in one of the states `without`."""
        thing = self.engagements.get(ref)
        return None if thing is None or thing.get("status") in without else thing

    def of(self, what: str, ref: str, key: str | None, told: str, day: str | None, words: Words) -> Due:
        """Return what is due of an engagement."""
        unit = self.engagements[ref].get("unit")
        return Due(unit, what, ref, None, key, told, day or None, self.days(day or None), words)

    def of_party(self, what: str, party: str, key: str, told: str, day: str, words: Words) -> Iterator[Due]:
        """Yield what is due of a party: once for each unit that has an engagement with it."""
        for unit, ref in self.running.get(party, {}).items():
            said = f"{told} (party of {ref})"
            yield Due(unit, what, ref, party, key, said, day, self.days(day), words)


def due(queries: Queries, within: int, planned: Mapping[str, list[str]] | None = None) -> list[Due]:
    """Return what is due or will be within so many days: by unit (none comes last), and the most urgent first."""
    agenda = Agenda(queries, within, planned or {})
    found = [one for source in SOURCES for one in source(agenda)]
    return sorted(
        found,
        key=lambda one: (
            one.unit is None, one.unit or "", one.due_on or "9999", one.engagement or "", one.what, one.key or "",
        ),
    )  # fmt: skip


def _reviews(agenda: Agenda) -> Iterator[Due]:
    for one in oversight.reviews(agenda.queries):
        if not one.held_on and agenda.is_near(one.due_on) and agenda.thing(one.engagement, *ABANDONED):
            told = f"review {one.review} of {one.engagement}: {one.subject or 'periodic review'}"
            words = ("review", "hold", one.engagement, OPEN, "--review", one.review)
            yield agenda.of("review", one.engagement, one.review, told, one.due_on, words)


def _outcomes(agenda: Agenda) -> Iterator[Due]:
    reached = {(row.engagement, row.outcome) for row in agenda.queries.outcomes()}
    for row in agenda.queries.outcomes("planned"):
        is_reached = (row.engagement, row.outcome) in reached
        if not is_reached and agenda.is_near(row.due_on) and agenda.thing(row.engagement, *ABANDONED):
            told = f"outcome {row.outcome} of {row.engagement}: {row.summary}"
            words = ("outcome", "record", row.engagement, OPEN, "--outcome", row.outcome)
            yield agenda.of("outcome", row.engagement, row.outcome, told, row.due_on, words)


def _actions(agenda: Agenda) -> Iterator[Due]:
    for one in oversight.actions(agenda.queries):
        if not one.how and (not one.due_on or agenda.is_near(one.due_on)) and agenda.thing(one.engagement, *ABANDONED):
            told = f"action {one.action} of {one.engagement}: {one.what}"
            words = ("action", "close", one.engagement, one.action, "--how", OPEN)
            yield agenda.of("action", one.engagement, one.action, told, one.due_on, words)


def _ends(agenda: Agenda) -> Iterator[Due]:
    for ref, thing in agenda.engagements.items():
        ends, status = thing.get("ends_on"), thing.get("status")
        if agenda.is_near(ends) and status in (*IN_FORCE, "suspended", EXPIRED):
            is_past = (agenda.days(ends) or 0) < 0
            told = f"end of {ref}: {'expired, ' if is_past else ''}{thing.get('title')}"
            words = ("engagement", "complete", ref) if status == EXPIRED else ("engagement", "extend", ref, OPEN)
            yield agenda.of("end", ref, None, told, ends, words)


def _undisclosed(agenda: Agenda) -> Iterator[Due]:
    found: dict[tuple[str, bool], list[tuple[str, str | None]]] = {}
    for one in undisclosed(agenda.queries):
        told = one.number or one.facet
        found.setdefault((one.engagement, bool(one.number)), []).append((told, None if one.days is None else one.since))
    for (ref, is_order), parts in found.items():
        keys = [key for key, _ in parts]
        what = "undisclosed orders" if is_order else "undisclosed facets"
        facets = "service-orders" if is_order else ",".join(keys)
        kind = ("service order " if len(keys) == 1 else "service orders ") if is_order else ""
        told = f"not disclosed of {ref}: {kind}{listed(keys, 'and')}"
        words = ("disclosure", "publish", OPEN, "--body", OPEN, "--cover", f"{ref}={facets}")
        since = min((since for _, since in parts if since), default=None)
        yield agenda.of(what, ref, ", ".join(keys), told, since, words)


def _preparations(agenda: Agenda) -> Iterator[Due]:
    for row in oversight.preparations(agenda.queries):
        if agenda.is_near(row.planned_on):
            refs = [ref for ref in agenda.planned.get(row.document, []) if ref in agenda.engagements]
            told = f"disclosure {row.document} to {row.body}" + (f": {row.title}" if row.title else "")
            words = ("disclosure", "publish", row.document)
            for unit in dict.fromkeys(agenda.engagements[ref].get("unit") for ref in refs) or [None]:
                days = agenda.days(row.planned_on)
                yield Due(unit, "disclosure", None, None, row.document, told, row.planned_on, days, words)


def _checks(agenda: Agenda) -> Iterator[Due]:
    for one in oversight.checks(agenda.queries):
        if agenda.is_near(one.valid_until):
            named = f"{one.kind} of {agenda.name(one.party)}"
            if one.kind == "screening":
                told = f"{named} against {one.name}"
                words: Words = ("party", "screen", one.party, one.name, OPEN)
            else:
                told, words = named, ("party", "diligence", one.party, OPEN, "--level", one.name)
            yield from agenda.of_party(one.kind, one.party, one.name, told, one.valid_until, words)


def _flags(agenda: Agenda) -> Iterator[Due]:
    for one in oversight.flags(agenda.queries):
        if not one.lifted_on:
            told = f"risk flag {one.flag} of {agenda.name(one.party)}: {one.what}"
            words = ("party", "unflag", one.party, one.flag, "--why", OPEN)
            yield from agenda.of_party("risk flag", one.party, one.flag, told, one.raised_on, words)


def _risks(agenda: Agenda) -> Iterator[Due]:
    for one in oversight.risks(agenda.queries):
        thing = agenda.thing(one.engagement)
        if agenda.is_near(one.review_on) and thing is not None and thing.get("status") in (*LIVE, EXPIRED):
            owner = f", answered for by {one.owner}" if one.owner else ""
            told = f"{one.risk} risk of {one.engagement}: {one.rating}{owner}"
            words = ("risk", "assess", one.engagement, one.risk, "--likelihood", OPEN, "--impact", OPEN)
            yield agenda.of("risk", one.engagement, one.risk, told, one.review_on, words)


def _conflicts(agenda: Agenda) -> Iterator[Due]:
    for one in oversight.conflicts(agenda.queries):
        if not one.outcome and agenda.thing(one.engagement, *ABANDONED):
            told = f"conflict of interest {one.conflict} of {one.engagement}, not assessed: {one.nature}"
            words: Words = ("conflict", "assess", one.engagement, one.conflict, OPEN)
            yield agenda.of("conflict of interest", one.engagement, one.conflict, told, one.declared_on, words)
    for shown in implied_conflicts(agenda.queries):
        if shown.conflict is None and agenda.thing(shown.engagement, *ABANDONED):
            paid, giver = (agenda.name(party) for party in (shown.paid, shown.giver))
            told = f"conflict of interest of {shown.engagement}, not declared: {paid} is paid, {giver} gives"
            between = [word for party in dict.fromkeys((shown.paid, shown.giver)) for word in ("--between", party)]
            words = ("conflict", "declare", shown.engagement, OPEN, *between)
            yield agenda.of("conflict of interest", shown.engagement, None, told, None, words)


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
            # Payments go to what was accepted first: the oldest acceptance that they do not reach counts.
            owed[key] = (owed[key][0] if key in owed else row.effective_on, row.currency, left)
    for (ref, number), (since, currency, left) in owed.items():
        status = agenda.engagements[ref].get("status") if ref in agenda.engagements else None
        if status is not None:
            amount = from_minor(currency, left)
            told = f"accepted and not paid of {ref}, {number}: {amount}"
            yield agenda.of("payment", ref, number, told, since, _paying(status, ref, number, str(amount)))


def _paying(status: str, ref: str, number: str, amount: str) -> Words:
    if status == "closed":
        return "engagement", "reopen", ref
    wind_down = ("--wind-down", OPEN) if status in ("suspended", "terminated") else ()
    return "payment", "make", ref, number, amount, *wind_down


SOURCES: tuple[Callable[[Agenda], Iterator[Due]], ...] = (
    _reviews, _outcomes, _actions, _ends, _undisclosed, _preparations, _checks, _flags, _risks, _conflicts, _payments,
)  # fmt: skip
