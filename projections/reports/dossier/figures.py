"""The figures of a dossier, in their published shape."""

from decimal import Decimal
from typing import Any

from ledger.domain.money import from_minor
from projections.queries.figures import Figure, FigureTree, figure
from projections.reports.dossier.data import Dossier


def figures(dossier: Dossier) -> dict[str, FigureTree]:
    """Return every figure of the dossier."""
    voids = [change for change in dossier.history if change.voids is not None]
    return {
        "entries": figure(len(dossier.history), "count", "count", [change.position for change in dossier.history]),
        "voids": figure(len(voids), "count", "count", [change.position for change in voids]),
        "money": _money(dossier),
        **_ceiling(dossier),
        "orders": {number: _order(dossier, number) for number, _ in dossier.orders},
        "disclosed": {item.key: _days(item) for item in dossier.timeline},
    }


def _money(dossier: Dossier) -> dict[str, FigureTree]:
    by_measure: dict[str, Any] = {}
    for (measure, payer, currency), rows in dossier.sums().items():
        amounts = by_measure.setdefault(measure, {})
        if payer:
            amounts = amounts.setdefault(payer, {})
        amounts[currency] = _sum(rows, currency)
    return by_measure


def _sum(rows: list[Any], currency: str) -> Figure:
    value = Decimal(from_minor(currency, sum(row.minor for row in rows)).value)
    return figure(value, currency, "sum", [row.entry for row in rows])


def _ceiling(dossier: Dossier) -> dict[str, FigureTree]:
    ceiling = dossier.engagement.facts.get("ceiling")
    if ceiling is None:
        return {}
    currency, _, value = ceiling.value.partition(" ")
    return {"ceiling": figure(Decimal(value), currency, "rank", [ceiling.entry])}


def _order(dossier: Dossier, number: str) -> dict[str, FigureTree]:
    return {
        measure: _sum(rows, rows[0].currency)
        for measure in ("ordered", "accepted", "paid")
        if (rows := [row for row in dossier.money if row.order_number == number and row.measure == measure])
    }


def _days(item: Any) -> dict[str, FigureTree]:
    since = {} if item.days is None else {"since_happened": figure(item.days, "days", "count", item.own)}
    return {**since, "since_recorded": figure(item.lag, "days", "count", item.own)}
