"""The figures of the council report, in their published shape."""

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
from projections.reports.council.data import CouncilData
from projections.reports.council.found import finding_figures
from projections.reports.council.guideline_figures import guideline_figures
from projections.reports.council.overdue import Overdue, overdue
from projections.reports.model import NOT_RECORDED

BY_MEASURE = "money_by_measure"
"""The member with the money of all currencies in the reporting currency, by measure."""
DETAILS = "details"
"""The member with the figures of each engagement."""
HIGH = "high"
"""The rating of the risks that the body of the report lists."""


def figures(source: CouncilData) -> dict[str, FigureTree]:
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
        "money": {measure: by_currency for measure in MEASURES if (by_currency := _money(source, measure))},
        BY_MEASURE: _by_measure(source),
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
        **guideline_figures(source),
        **finding_figures(source.found),
        DETAILS: {ref: _details(source, ref) for ref in source.engagements},
    }


def compared(source: CouncilData) -> dict[str, FigureTree]:
    """Return the figures that are compared with those of an earlier period."""
    return {
        "engagements": _count(source, source.engagements),
        "orders": _orders(source),
        "undisclosed": _undisclosed_orders(source, in_force=True),
    }


def _statuses(engagements: Iterable[Any]) -> list[str]:
    return sorted(engagement.get("status") or "" for engagement in engagements)


def _count(source: CouncilData, refs: Iterable[str], *facts: str) -> Figure:
    chosen = list(refs)
    entries = [entry for ref in chosen for entry in source.base(ref)]
    entries += [entry for ref in chosen for fact in facts for entry in source.known[ref].entry(fact)]
    return figure(len(chosen), "count", "count", entries)


def _signed_in_period(source: CouncilData) -> Figure:
    return _count(source, [ref for ref in source.engagements if source.period.holds(source.signed_on(ref) or "")])


def _material(source: CouncilData) -> Figure:
    return _count(
        source, [ref for ref, engagement in source.engagements.items() if is_material(engagement)], "materiality"
    )


def _coming(source: CouncilData, status: str) -> Figure:
    chosen = [engagement for engagement in source.coming.values() if engagement.get("status") == status]
    return figure(
        len(chosen), "count", "count", [entry for engagement in chosen for entry in engagement.entry("status")]
    )


def _parties(source: CouncilData) -> Figure:
    parties = {party for engagement in source.engagements.values() for party, _ in engagement.pairs("parties")}
    entries = [
        entry
        for ref, engagement in source.engagements.items()
        for entry in (*source.base(ref), *engagement.entry("parties"))
    ]
    return figure(len(parties), "count", "distinct", entries)


def _by(source: CouncilData, fact: str) -> dict[str, FigureTree]:
    count = Counter(engagement.get(fact) or NOT_RECORDED for engagement in source.engagements.values())
    ordered = sorted(count, key=lambda value: (-count[value], value))
    return {
        value: _count(
            source,
            [ref for ref, engagement in source.engagements.items() if (engagement.get(fact) or NOT_RECORDED) == value],
            fact,
        )
        for value in ordered
    }


def _money(source: CouncilData, measure: str) -> dict[str, FigureTree]:
    rows = source.rows(source.engagements, measure)
    by_currency: dict[str, FigureTree] = {}
    for currency in sorted({row.currency for row in rows}):
        of = [row for row in rows if row.currency == currency]
        moved = [row for row in of if source.period.holds(row.effective_on)]
        by_currency[currency] = {
            "in_period": _sum(source, moved, currency),
            "to_date": _sum(source, of, currency),
            **_converted(source, of),
        }
    return by_currency


def _by_measure(source: CouncilData) -> dict[str, FigureTree]:
    """Return what moved in the period and since the beginning, of all currencies that have a rate, by measure."""
    sums: dict[str, FigureTree] = {}
    for measure in MEASURES:
        rows = source.rows(source.engagements, measure)
        moved = [row for row in rows if source.period.holds(row.effective_on)]
        to_date = _converted(source, rows)
        if to_date:
            none = figure(Decimal(0), source.converter.currency.value, "sum", [source.converter.currency.entry])
            sums[measure] = {
                "in_period": _converted(source, moved).get("to_date_converted", none),
                "to_date": to_date["to_date_converted"],
            }
    return sums


def _sum(source: CouncilData, rows: list[Any], currency: str) -> Figure:
    value = Decimal(from_minor(currency, sum(row.minor for row in rows)).value)
    # Closing an order that releases nothing moves no money: such a row is not cited for a sum.
    entries = [entry for row in rows if row.minor for entry in (row.entry, *source.base(row.engagement))]
    return figure(value, currency, "sum", entries)


def _converted(source: CouncilData, rows: list[Any]) -> dict[str, FigureTree]:
    """Return the sum in the reporting currency; no figure at all, rather than 0, if no amount has a rate."""
    currency = source.converter.currency
    worths = [(row, source.converter.convert(row.currency, row.minor, row.effective_on)) for row in rows]
    converted = [(row, worth) for row, worth in worths if worth is not None]
    if not converted:
        return {}
    value = Decimal(from_minor(currency.value, sum(worth.minor for _, worth in converted)).value)
    entries = [currency.entry]
    for row, worth in converted:
        entries += [row.entry, *worth.entries, *source.base(row.engagement)] if row.minor else ()
    return {"to_date_converted": figure(value, currency.value, "sum", entries)}


def left_out(source: CouncilData) -> int:
    """Return the number of movements without a rate to the reporting currency; the converted sums leave them out."""
    return sum(
        1
        for ref in source.engagements
        for row in source.money.get(ref, ())
        if source.converter.convert(row.currency, row.minor, row.effective_on) is None
    )


def _orders(source: CouncilData) -> Figure:
    orders = [(ref, order) for ref in source.engagements for _, order in source.orders.get(ref, ())]
    entries = [entry for ref, order in orders for entry in (*order.entry("vendor"), *source.base(ref))]
    return figure(len(orders), "count", "count", entries)


def _undisclosed_orders(source: CouncilData, *, in_force: bool) -> Figure:
    orders = [
        order
        for order in source.undisclosed
        if order.number and (not in_force or order.engagement in source.engagements)
    ]
    entries = [entry for order in orders for entry in order.entries]
    entries += [entry for order in orders if in_force for entry in source.base(order.engagement)]
    return figure(len(orders), "count", "count", entries)


def _undisclosed(source: CouncilData) -> Figure:
    refs = {item.engagement for item in source.undisclosed}
    return figure(len(refs), "count", "distinct", [entry for item in source.undisclosed for entry in item.entries])


def _undisclosed_facets(source: CouncilData) -> dict[str, FigureTree]:
    numbers = {facet: _undisclosed_facet(source, facet) for facet in FACETS}
    return {facet: number for facet, number in numbers.items() if number.value}


def _undisclosed_facet(source: CouncilData, facet: str) -> Figure:
    items = [item for item in source.undisclosed if item.facet == facet and not item.number]
    return figure(len(items), "count", "count", [entry for item in items for entry in item.entries])


def _changed(source: CouncilData) -> Figure:
    # The entry behind a disclosed text may be voided by now; then the void changed it and is cited.
    entries = source.journal.with_voids(entry for change in source.changed for entry in change.entries)
    return figure(len(source.changed), "count", "count", entries)


def _interests(source: CouncilData, *, is_open: bool) -> Figure:
    chosen = [implied for implied in source.implied_conflicts if implied.is_open is is_open]
    entries = [entry for implied in chosen for entry in (*implied.entries, *source.base(implied.engagement))]
    # Conflicts share parties and money: all declared conflicts are needed to see which of them are assessed.
    declared = [implied.conflict for implied in source.implied_conflicts if chosen and implied.conflict]
    entries += [entry for conflict in declared for entry in conflict.entries]
    return figure(len(chosen), "count", "count", entries)


def _outcomes(source: CouncilData, outcomes: dict[str, list[Any]]) -> Figure:
    rows = [row for ref in source.engagements for row in outcomes.get(ref, ())]
    entries = [entry for row in rows for entry in (row.entry, *source.base(row.engagement))]
    return figure(len(rows), "count", "count", entries)


def _overdue(late: list[Overdue], kind: str) -> Figure:
    items = [item for item in late if item.kind == kind]
    return figure(len(items), "count", "count", [entry for item in items for entry in item.entries])


def _corrections(source: CouncilData) -> Figure:
    voids = source.voids()
    return figure(len(voids), "count", "count", [void.position for void in voids])


def _details(source: CouncilData, ref: str) -> dict[str, FigureTree]:
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
    issued = [number for number, _ in source.orders.get(ref, ())]
    moved = [row.order_number for row in rows if row.order_number]  # ex post facto, perhaps before its order
    for number in dict.fromkeys(issued + moved):
        orders[number] = {
            measure: _sum(source, of, of[0].currency)
            for measure in ("ordered", "accepted", "paid")
            if (of := [row for row in rows if row.order_number == number and row.measure == measure])
        }
    members: dict[str, FigureTree] = {"money": money}
    return members | ({"orders": orders} if orders else {})


def risk_counts(source: CouncilData) -> dict[str, FigureTree]:
    """Return the number of engagements by kind and level of risk; kinds that were never assessed are left out."""
    counts: dict[str, FigureTree] = {}
    for kind in RISKS:
        risks = [risk for ref in source.engagements for risk in source.risks.get(ref, ()) if risk.risk == kind]
        if risks:
            counts[kind] = {level: _at_level(source, risks, level) for level in LEVELS}
    return counts


def _at_level(source: CouncilData, risks: list[RiskRecord], level: str) -> FigureTree:
    chosen = [risk for risk in risks if risk.rating == level]
    entries = [entry for risk in chosen for entry in (risk.entry, *source.base(risk.engagement))]
    return figure(len(chosen), "count", "count", entries)


def high_risks(source: CouncilData) -> list[RiskRecord]:
    """Return the risks with a high rating, ordered by kind and engagement."""
    risks = [risk for ref in source.engagements for risk in source.risks.get(ref, ()) if risk.rating == HIGH]
    return sorted(risks, key=lambda risk: (RISKS.index(risk.risk), risk.engagement))
