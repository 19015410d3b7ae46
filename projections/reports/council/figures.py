"""The figures of the council report, in the shape in which they are published."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ledger.domain.engagement.oversight.risks import LEVELS, RISKS
from ledger.domain.facets import FACETS
from ledger.domain.money import from_minor
from projections.projectors.money import MEASURES
from projections.queries.figures import Figure, FigureTree, figure
from projections.queries.oversight import RiskRecord
from projections.reports.assessment import is_material
from projections.reports.council.data import Register
from projections.reports.council.overdue import Overdue, overdue
from projections.reports.model import NOT_RECORDED

DETAILS = "details"
"""The member that holds the figures of each engagement."""
HEAVY = "high"
"""The rating from which a risk is named in the body of a report."""


def figures(source: Register) -> dict[str, FigureTree]:
    """Return every figure of the report."""
    late = overdue(source)
    period = source.period
    return {
        "from": figure(period.starts, "text", "parameter"),
        "to": figure(period.ends, "text", "parameter"),
        "engagements": _count(source, source.engagements),
        "signed_in_period": _signed_in_period(source),
        "material": _material(source),
        "coming": {status: _coming(source, status) for status in dict.fromkeys(_statuses(source.coming.values()))},
        "parties": _parties(source),
        "by_kind": _by(source, "kind"),
        "by_status": _by(source, "status"),
        "money": {measure: held for measure in MEASURES if (held := _money(source, measure))},
        "orders": {"all": _orders(source), "undisclosed": _undisclosed_orders(source, in_force=True)},
        "undisclosed_orders": _undisclosed_orders(source, in_force=False),
        "undisclosed_engagements": _undisclosed(source),
        "undisclosed_facets": _undisclosed_facets(source),
        "changed_since_disclosed": _changed(source),
        "conflicts": {"open": _interests(source, is_open=True), "assessed": _interests(source, is_open=False)},
        "risks": risk_counts(source),
        "outcomes": {"planned": _outcomes(source, source.planned), "reached": _outcomes(source, source.reached)},
        "overdue": {kind: _overdue(late, kind) for kind in ("review", "outcome", "action", "screening")},
        "corrections": _corrections(source),
        DETAILS: {ref: _details(source, ref) for ref in source.engagements},
    }


def _statuses(things: Iterable[Any]) -> list[str]:
    return sorted(thing.get("status") or "" for thing in things)


def _count(source: Register, refs: Iterable[str], *facts: str) -> Figure:
    chosen = list(refs)
    entries = [entry for ref in chosen for entry in source.base(ref)]
    entries += [entry for ref in chosen for fact in facts for entry in source.known[ref].entry(fact)]
    return figure(len(chosen), "count", "count", entries)


def _signed_in_period(source: Register) -> Figure:
    return _count(source, [ref for ref in source.engagements if source.period.holds(source.signed_on(ref) or "")])


def _material(source: Register) -> Figure:
    return _count(source, [ref for ref, thing in source.engagements.items() if is_material(thing)], "materiality")


def _coming(source: Register, status: str) -> Figure:
    chosen = [thing for thing in source.coming.values() if thing.get("status") == status]
    return figure(len(chosen), "count", "count", [entry for thing in chosen for entry in thing.entry("status")])


def _parties(source: Register) -> Figure:
    found = {party for thing in source.engagements.values() for party, _ in thing.pairs("parties")}
    entries = [
        entry for ref, thing in source.engagements.items() for entry in (*source.base(ref), *thing.entry("parties"))
    ]
    return figure(len(found), "count", "distinct", entries)


def _by(source: Register, fact: str) -> dict[str, FigureTree]:
    count = Counter(thing.get(fact) or NOT_RECORDED for thing in source.engagements.values())
    ordered = sorted(count, key=lambda value: (-count[value], value))
    return {
        value: _count(
            source,
            [ref for ref, thing in source.engagements.items() if (thing.get(fact) or NOT_RECORDED) == value],
            fact,
        )
        for value in ordered
    }


def _money(source: Register, measure: str) -> dict[str, FigureTree]:
    rows = source.rows(source.engagements, measure)
    found: dict[str, FigureTree] = {}
    for currency in sorted({row.currency for row in rows}):
        of = [row for row in rows if row.currency == currency]
        moved = [row for row in of if source.period.holds(row.effective_on)]
        found[currency] = {
            "in_period": _sum(source, moved, currency),
            "to_date": _sum(source, of, currency),
            **_converted(source, of),
        }
    return found


def _sum(source: Register, rows: list[Any], currency: str) -> Figure:
    value = Decimal(from_minor(currency, sum(row.minor for row in rows)).value)
    # An order that is closed with nothing released moves nothing: such a row is behind no sum.
    entries = [entry for row in rows if row.minor for entry in (row.entry, *source.base(row.engagement))]
    return figure(value, currency, "sum", entries)


def _converted(source: Register, rows: list[Any]) -> dict[str, FigureTree]:
    """Return the sum in the reporting currency; none, rather than 0, where no amount has a rate."""
    currency = source.converter.currency
    worths = [(row, source.converter.convert(row.currency, row.minor, row.effective_on)) for row in rows]
    found = [(row, worth) for row, worth in worths if worth is not None]
    if not found:
        return {}
    value = Decimal(from_minor(currency.value, sum(worth.minor for _, worth in found)).value)
    entries = [currency.entry]
    for row, worth in found:
        entries += [row.entry, *worth.entries, *source.base(row.engagement)] if row.minor else ()
    return {"to_date_converted": figure(value, currency.value, "sum", entries)}


def left_out(source: Register) -> int:
    """Return how many movements have no rate to the reporting currency, and are not in the converted sums."""
    return sum(
        1
        for ref in source.engagements
        for row in source.money.get(ref, ())
        if source.converter.convert(row.currency, row.minor, row.effective_on) is None
    )


def _orders(source: Register) -> Figure:
    orders = [(ref, order) for ref in source.engagements for _, order in source.orders.get(ref, ())]
    entries = [entry for ref, order in orders for entry in (*order.entry("vendor"), *source.base(ref))]
    return figure(len(orders), "count", "count", entries)


def _undisclosed_orders(source: Register, *, in_force: bool) -> Figure:
    found = [one for one in source.undisclosed if one.number and (not in_force or one.engagement in source.engagements)]
    entries = [entry for one in found for entry in one.entries]
    entries += [entry for one in found if in_force for entry in source.base(one.engagement)]
    return figure(len(found), "count", "count", entries)


def _undisclosed(source: Register) -> Figure:
    refs = {one.engagement for one in source.undisclosed}
    return figure(len(refs), "count", "distinct", [entry for one in source.undisclosed for entry in one.entries])


def _undisclosed_facets(source: Register) -> dict[str, FigureTree]:
    found = {facet: _undisclosed_facet(source, facet) for facet in FACETS}
    return {facet: held for facet, held in found.items() if held.value}


def _undisclosed_facet(source: Register, facet: str) -> Figure:
    found = [one for one in source.undisclosed if one.facet == facet and not one.number]
    return figure(len(found), "count", "count", [entry for one in found for entry in one.entries])


def _changed(source: Register) -> Figure:
    entries = {entry for one in source.changed for entry in one.entries}
    # What was said when it was disclosed may be voided by now: then the void is what changed it.
    for one in source.journal.voids():
        if one.target in entries:
            entries.add(one.position)
    return figure(len(source.changed), "count", "count", entries)


def _interests(source: Register, *, is_open: bool) -> Figure:
    found = [one for one in source.implied_conflicts if one.is_open is is_open]
    entries = [entry for one in found for entry in (*one.entries, *source.base(one.engagement))]
    # Conflicts share parties and money: which of them are assessed is seen from all that were declared.
    entries += [entry for one in source.implied_conflicts if found and one.conflict for entry in one.conflict.entries]
    return figure(len(found), "count", "count", entries)


def _outcomes(source: Register, outcomes: dict[str, list[Any]]) -> Figure:
    rows = [row for ref in source.engagements for row in outcomes.get(ref, ())]
    entries = [entry for row in rows for entry in (row.entry, *source.base(row.engagement))]
    return figure(len(rows), "count", "count", entries)


def _overdue(late: list[Overdue], kind: str) -> Figure:
    found = [one for one in late if one.kind == kind]
    return figure(len(found), "count", "count", [entry for one in found for entry in one.entries])


def _corrections(source: Register) -> Figure:
    voids = source.voids()
    return figure(len(voids), "count", "count", [one.position for one in voids])


def _details(source: Register, ref: str) -> dict[str, FigureTree]:
    rows = source.money.get(ref, [])
    money: dict[str, FigureTree] = {}
    for measure in MEASURES:
        of = [row for row in rows if row.measure == measure]
        if of:
            money[measure] = {
                currency: _sum(source, [row for row in of if row.currency == currency], currency)
                for currency in sorted({row.currency for row in of})
            }
    orders: dict[str, FigureTree] = {}
    for number, _ in source.orders.get(ref, ()):
        orders[number] = {
            measure: _sum(source, of, of[0].currency)
            for measure in ("ordered", "accepted", "paid")
            if (of := [row for row in rows if row.order_number == number and row.measure == measure])
        }
    told: dict[str, FigureTree] = {"money": money}
    return told | ({"orders": orders} if orders else {})


def risk_counts(source: Register) -> dict[str, FigureTree]:
    """Return how many engagements have each kind of risk at each level; kinds that were never assessed are left out."""
    counts: dict[str, FigureTree] = {}
    for kind in RISKS:
        found = [risk for ref in source.engagements for risk in source.risks.get(ref, ()) if risk.risk == kind]
        if found:
            counts[kind] = {level: _at_level(source, found, level) for level in LEVELS}
    return counts


def _at_level(source: Register, risks: list[RiskRecord], level: str) -> FigureTree:
    chosen = [risk for risk in risks if risk.rating == level]
    entries = [entry for risk in chosen for entry in (risk.entry, *source.base(risk.engagement))]
    return figure(len(chosen), "count", "count", entries)


def heavy_risks(source: Register) -> list[RiskRecord]:
    """Return the risks that are rated high, by kind and engagement."""
    found = [risk for ref in source.engagements for risk in source.risks.get(ref, ()) if risk.rating == HEAVY]
    return sorted(found, key=lambda risk: (RISKS.index(risk.risk), risk.engagement))
