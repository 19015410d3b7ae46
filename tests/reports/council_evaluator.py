"""An evaluator of the council report: from raw entries to a figure, by JSON and arithmetic alone.

It must compute the figure from the entries that the figure cites, and from the whole log.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tests.reports.council_fold import OVER, SIGNED, Engagement, Entry, Folded, Movement

PAID = ("consultant", "contractor", "vendor", "supplier", "service provider")
"""Roles in which a party is paid, unless a setting says otherwise (docs/decisions/0010)."""
DECIMALS = {"JPY": 0, "BHD": 3}
"""Decimals of currencies that do not have two (ISO 4217)."""


@dataclass(frozen=True)
class ReportScope:
    """The scope of a report: the period, the date whose state it shows, and the position as known at."""

    starts: str
    ends: str
    on: str
    known_at: int

    def holds(self, day: str) -> bool:
        """Return whether a day is in the period."""
        return self.starts <= day <= self.ends


class Evaluator:
    """Evaluates figures of the council report from some or all entries of the log."""

    def __init__(self, entries: Mapping[int, Entry], scope: ReportScope) -> None:
        """Fold raw entries, by position."""
        self.entries = entries
        self.scope = scope
        self.folded = Folded(entries, scope.on, scope.known_at)
        self.signed = {
            ref: engagement for ref, engagement in self.folded.engagements.items() if engagement.status in SIGNED
        }
        self.counting = {ref: engagement for ref, engagement in self.signed.items() if self._counts(engagement)}

    def _counts(self, engagement: Engagement) -> bool:
        if not engagement.signed_on or engagement.signed_on > self.scope.ends:
            return False
        over = engagement.status in OVER and engagement.over_since < self.scope.starts
        return not over or any(self.scope.holds(row.on) for row in engagement.money)

    def figure(self, pointer: str) -> Any:  # noqa: C901, PLR0911, PLR0912 - a table of figures
        """Return the figure at a JSON Pointer."""
        counting = self.counting.values()
        match [word.replace("~1", "/").replace("~0", "~") for word in pointer.split("/")[1:]]:
            case ["from"]:
                return self.scope.starts
            case ["to"]:
                return self.scope.ends
            case ["engagements"]:
                return len(self.counting)
            case ["signed_in_period"]:
                return sum(
                    1 for engagement in counting if self.scope.holds(engagement.signed_on) and not engagement.undated
                )
            case ["material"]:
                return sum(1 for engagement in counting if engagement.material)
            case ["coming", status]:
                return sum(1 for engagement in self.folded.engagements.values() if engagement.status == status)
            case ["parties"]:
                return len({party for engagement in counting for party, _ in engagement.facts.get("parties", [])})
            case ["by_kind", kind]:
                return sum(1 for engagement in counting if engagement.facts.get("kind") == kind)
            case ["by_status", status]:
                return sum(1 for engagement in counting if engagement.status == status)
            case ["money", measure, currency, what]:
                rows = [row for engagement in counting for row in engagement.money if row.measure == measure]
                return self._sum([row for row in rows if row.currency == currency], currency, what)
            case ["details", ref, "money", measure, currency]:
                rows = self.counting[ref].money if ref in self.counting else []
                return _total((row for row in rows if (row.measure, row.currency) == (measure, currency)), currency)
            case ["details", ref, "orders", number, measure]:
                rows = self.counting[ref].money if ref in self.counting else []
                return _total(row for row in rows if row.order == number and row.measure == measure)
            case ["orders", "all"]:
                return sum(sum("vendor" in order for order in engagement.orders.values()) for engagement in counting)
            case ["orders", "undisclosed"]:
                return sum(1 for ref, _, number in self._undisclosed() if number and ref in self.counting)
            case ["undisclosed_orders"]:
                return sum(1 for _, _, number in self._undisclosed() if number)
            case ["undisclosed_engagements"]:
                return len({ref for ref, _, _ in self._undisclosed()})
            case ["undisclosed_facets", facet]:
                return sum(1 for _, item, number in self._undisclosed() if item == facet and not number)
            case ["changed_since_disclosed"]:
                return sum(1 for _ in self._changed())
            case ["conflicts", state]:
                return sum(1 for is_open in self._conflicts() if is_open is (state == "open"))
            case ["risks", kind, level]:
                return sum(
                    1
                    for engagement in counting
                    if kind in engagement.risks and _rating(*engagement.risks[kind]) == level
                )
            case ["outcomes", "planned"]:
                return sum(len(engagement.planned) for engagement in counting)
            case ["outcomes", "reached"]:
                return sum(len(engagement.reached) for engagement in counting)
            case ["overdue", kind]:
                return sum(1 for item, due in self._due() if item == kind and due and due < self.scope.on)
            case ["corrections"]:
                return sum(1 for engagement in self.entries.values() if self._corrects(engagement))
        raise AssertionError(f"the evaluator does not know {pointer}")

    def _corrects(self, entry: Entry) -> bool:
        return entry["event"]["type"] == "entry.voided" and self.scope.holds(entry["recorded_at"][:10])

    def _sum(self, rows: list[Movement], currency: str, what: str) -> str:
        if what == "to_date_converted":
            return self._converted(rows)
        return _total((row for row in rows if what == "to_date" or self.scope.holds(row.on)), currency)

    def _converted(self, rows: list[Movement]) -> str:
        into = str(self.folded.settings.get("currency", ""))
        total = sum(worth for row in rows if (worth := self._worth(row, into)) is not None)
        decimals = DECIMALS.get(into, 2)
        return str(Decimal(total).scaleb(-decimals).quantize(Decimal(1).scaleb(-decimals)))

    def _worth(self, row: Movement, into: str) -> int | None:
        """Return the value of a movement in minor units of a currency; None without a rate."""
        decimals = DECIMALS.get(into, 2)
        if row.currency == into:
            return int(row.value.scaleb(decimals))
        pair = [rate for rate in self.folded.rates if set(rate[1:3]) == {row.currency, into} and rate[0] <= row.on]
        if not pair:
            return None
        day, base, _, rate = pair[-1]
        most = self.folded.settings.get("rates.max-age-days")
        if most is not None and (date.fromisoformat(row.on) - date.fromisoformat(day)).days > int(most):
            return None
        exact = row.value.as_integer_ratio()
        factor = rate if base == row.currency else 1 / rate
        worth: int = round(factor * exact[0] / exact[1] * 10**decimals)  # `round` of a Fraction rounds half to even
        return worth

    def _undisclosed(self) -> Iterator[tuple[str, str, str]]:
        for ref in self.signed:
            for facet, number in self.folded.facets(ref):
                if not self._shown(ref, facet, number):
                    yield ref, facet, number

    def _changed(self) -> Iterator[tuple[str, str, str]]:
        for ref, facet, number in self.folded.covered:
            shown = self._shown(ref, facet, number) if ref in self.signed else []
            is_order = facet != "service-orders" or number
            if shown and is_order and shown[-1] != self.folded.facets(ref).get((facet, number)):
                yield ref, facet, number

    def _shown(self, ref: str, facet: str, number: str) -> list[Any]:
        """Return what each document for the body shows of it; what did not stand at its as-of it does not show."""
        body = self.folded.settings.get("governing-body")
        shown = []
        for document in self.folded.covered.get((ref, facet, number), []):
            if body in (None, document["body"]):
                then = Folded(self.entries, document["on"], document["position"])
                if ref in then.engagements and then.engagements[ref].status in SIGNED:
                    shown += [content for key, content in then.facets(ref).items() if key == (facet, number)]
        return shown

    def _conflicts(self) -> Iterator[bool]:
        """Yield whether a conflict is open, for each paid party and each giving party affiliated with it."""
        for ref, engagement in self.counting.items():
            for paid in self._paid(engagement):
                for giver in self._together(paid):
                    under = self._gives(giver)
                    if under:
                        yield self._is_open({paid, giver}, {ref, *under})

    def _paid(self, engagement: Engagement) -> set[str]:
        roles = self.folded.settings.get("conflict.roles", PAID)
        named = {party for party, role in engagement.facts.get("parties", []) if role in roles}
        return named | {order["vendor"] for order in engagement.orders.values() if "vendor" in order}

    def _together(self, party: str) -> set[str]:
        members, fresh = {party}, {party}
        while fresh:
            pairs = [pair for pair, holds in self.folded.related.items() if holds and fresh & set(pair)]
            fresh = {member for pair in pairs for member in pair} - members
            members |= fresh
        return members

    def _gives(self, party: str) -> set[str]:
        given = [(ref, row) for ref, row in self.folded.movements if row.by == party]
        rows = [(ref, row) for ref, row in given if row.measure in ("signed", "in-kind")]
        sums: dict[str, Decimal] = {}
        for _, row in rows:
            sums[row.currency] = sums.get(row.currency, Decimal(0)) + row.value
        return {ref for ref, _ in rows} if any(sums.values()) else set()

    def _is_open(self, parties: set[str], under: set[str]) -> bool:
        declared = [key for key, between in self.folded.conflicts.items() if key[0] in under and parties <= between]
        return not declared or declared[-1] not in self.folded.assessed

    def _due(self) -> Iterator[tuple[str, str]]:
        for engagement in self.counting.values():
            yield from (
                ("review", review.get("due", "")) for review in engagement.reviews.values() if "held" not in review
            )
            yield from (("action", due) for key, due in engagement.actions.items() if key not in engagement.closed)
            for key, plan in engagement.planned.items():
                if key not in engagement.reached:
                    yield "outcome", plan.get("due_on", "")
        for (party, _), until in self.folded.checks.items():
            running = (engagement for engagement in self.counting.values() if engagement.status not in OVER)
            if any(party == ref for engagement in running for ref, _ in engagement.facts.get("parties", [])):
                yield "screening", until


def _total(rows: Iterable[Movement], currency: str = "") -> str:
    zero = Decimal(0).scaleb(-DECIMALS.get(currency, 2)) if currency else Decimal(0)
    return str(sum((row.value for row in rows), zero))


def _rating(likelihood: str, impact: str) -> str:
    """Return the level of a risk by the matrix of docs/glossary.md: likelihood times impact, each 1 to 3."""
    levels = ("low", "medium", "high")
    product = (levels.index(likelihood) + 1) * (levels.index(impact) + 1)
    return "high" if product >= 6 else "medium" if product >= 3 else "low"
