"""How it stood earlier: a period before, and in the last document of the body; figures that only documents have.

The period before has the same length and ends where this one begins. It is shown as of its last day and as known now,
so that what was recorded late or corrected since is in both, and a difference is one of the engagements. The last
document is shown as of its own day and position, as the body saw it.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from projections.queries.asserted import BitemporalPoint
from projections.queries.figures import Figure, FigureTree, figure
from projections.reports.council.data import CouncilData, Period
from projections.reports.council.figures import compared
from projections.reports.council.in_short import individual_figures

DAY = timedelta(days=1)
NOW, BEFORE, LAST = "now", "before", "last"
"""This period, the one before, and that of the last document."""


def period_before(period: Period, ends: date | None = None) -> Period:
    """Return the period of the same length that ends before this one begins, or on `ends`; months stay whole months."""
    first, last = map(date.fromisoformat, period)
    until = ends or first - DAY
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1] and ends is None:
        months = 12 * (last.year - first.year) + last.month - first.month + 1
        year, month = divmod(12 * first.year + first.month - 1 - months, 12)
        return Period(date(year, month + 1, 1).isoformat(), until.isoformat())
    return Period((until - (last - first)).isoformat(), until.isoformat())


def earlier(source: CouncilData) -> dict[str, FigureTree]:
    """Return the figures on this period, the one before, and the last document, if there is one."""
    as_of = source.queries.as_of
    period = period_before(source.period)
    tree: dict[str, FigureTree] = {
        NOW: _compared(source),
        BEFORE: {**_of(period), **_compared(_at(source, BitemporalPoint(period.ends, as_of.known_at), period))},
    }
    if document := _last(source):
        on = str(document.as_of_on)
        point = BitemporalPoint(on, int(document.as_of_position))
        told = _at(source, point, period_before(source.period, date.fromisoformat(on)))
        symbol = figure(str(document.document), "text", "rank", [document.entry])
        tree[LAST] = {"document": symbol, "on": figure(on, "day", "rank", [document.entry]), **_compared(told)}
    return {"compared": tree}


def _compared(source: CouncilData) -> dict[str, FigureTree]:
    return {**compared(source), "individually": individual_figures(source)["engagements"]}


def _of(period: Period) -> dict[str, Figure]:
    return {"from": figure(period.starts, "day", "parameter"), "to": figure(period.ends, "day", "parameter")}


def _at(source: CouncilData, point: BitemporalPoint, period: Period) -> CouncilData:
    return CouncilData(source.queries.at(point), source.journal, period, verdicts=False)


def _last(source: CouncilData) -> Any | None:
    """Return the last document of an earlier day that was published to the body of the report, or None."""
    body, on = source.queries.body(), source.on
    rows = source.queries.disclosures().values()
    documents = [row for row in rows if body in (None, row.body) and str(row.as_of_on) < on]
    return max(documents, key=lambda row: (str(row.effective_on), row.entry), default=None)
