"""The figures of a dossier, in the shape in which they are published."""

from decimal import Decimal
from typing import Any

from ledger.domain.money import from_minor
from projections.queries.figures import Figure, FigureTree, figure
from projections.reports.dossier.data import Case


def figures(case: Case) -> dict[str, FigureTree]:
    """Return every figure of the dossier."""
    voids = [change for change in case.history if change.voids is not None]
    return {
        "entries": figure(len(case.history), "count", "count", [change.position for change in case.history]),
        "voids": figure(len(voids), "count", "count", [change.position for change in voids]),
        "money": _money(case),
        **_ceiling(case),
        "orders": {number: _order(case, number) for number, _ in case.orders},
        "disclosed": {one.key: _days(one) for one in case.tellings},
    }


def _money(case: Case) -> dict[str, FigureTree]:
    held: dict[str, Any] = {}
    for (measure, payer, currency), rows in case.sums().items():
        of = held.setdefault(measure, {})
        if payer:
            of = of.setdefault(payer, {})
        of[currency] = _sum(rows, currency)
    return held


def _sum(rows: list[Any], currency: str) -> Figure:
    value = Decimal(from_minor(currency, sum(row.minor for row in rows)).value)
    return figure(value, currency, "sum", [row.entry for row in rows])


def _ceiling(case: Case) -> dict[str, FigureTree]:
    held = case.thing.facts.get("ceiling")
    if held is None:
        return {}
    currency, _, value = held.value.partition(" ")
    return {"ceiling": figure(Decimal(value), currency, "rank", [held.entry])}


def _order(case: Case, number: str) -> dict[str, FigureTree]:
    return {
        measure: _sum(rows, rows[0].currency)
        for measure in ("ordered", "accepted", "paid")
        if (rows := [row for row in case.money if row.order_number == number and row.measure == measure])
    }


def _days(one: Any) -> dict[str, FigureTree]:
    since = {} if one.days is None else {"since_happened": figure(one.days, "days", "count", one.own)}
    return {**since, "since_recorded": figure(one.lag, "days", "count", one.own)}
