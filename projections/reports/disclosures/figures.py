"""The figures of the disclosures report, in the shape in which they are published."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from statistics import median

from projections.queries.disclosure_timeline import FACETS, ORDERS, DisclosureTimeline, Document, TimelineItem
from projections.queries.figures import Figure, FigureTree, Kind, figure
from projections.reports.model import NOT_RECORDED

DETAILS = "details"
"""The member that holds the days of each facet and service order."""
WITHIN = (30, 90, 365)
"""Within how many days is counted."""
SPREAD = ("minimum", "median", "maximum")


def figures(
    source: DisclosureTimeline, documents: Sequence[Document], prepared: Sequence[int]
) -> dict[str, FigureTree]:
    """Return every figure of the report; `prepared` are the entries of documents in preparation."""
    return {
        "documents": _count(documents, "count"),
        "prepared": figure(len(prepared), "count", "count", prepared),
        "engagements": _engagements(source.all),
        "bodies": {
            body: _covered([one for one in documents if one.row.body == body])
            for body in dict.fromkeys(one.row.body for one in documents)
        },
        "covered": {one.symbol: _covered([one]) for one in documents},
        **{kind: _kind(source.of(kind)) for kind in (ORDERS, FACETS)},
        DETAILS: _details(source.all),
    }


def _count(documents: Sequence[Document], kind: Kind) -> Figure:
    return figure(len(documents), "count", kind, [one.row.entry for one in documents])


def _covered(documents: Sequence[Document]) -> dict[str, FigureTree]:
    entries = [entry for one in documents for entry in one.entries]

    def distinct(found: Iterable[object]) -> Figure:
        return figure(len(set(found)), "count", "distinct", entries)

    return {
        "documents": _count(documents, "count"),
        "engagements": distinct(ref for one in documents for ref in one.engagements),
        FACETS: distinct(key for one in documents for key in one.facets),
        ORDERS: distinct(key for one in documents for key in one.orders),
    }


def _engagements(tellings: Sequence[TimelineItem]) -> Figure:
    signed = {one.engagement: one.facet.entries[0] for one in tellings}
    return figure(len(signed), "count", "count", signed.values())


def _kind(tellings: Sequence[TimelineItem]) -> dict[str, FigureTree]:
    told = [one for one in tellings if one.disclosure]
    return {
        "all": _there(tellings),
        "disclosed": figure(len(told), "count", "count", [entry for one in told for entry in (*one.seen, *one.own)]),
        "ahead": number([one for one in told if one.is_ahead]),
        "undisclosed": number([one for one in tellings if not one.disclosure]),
        "not_dated": _there([one for one in tellings if not one.facet.dated]),
        **spread(told),
        "by_year_of_publication": {
            year: {
                "number": number(of),
                "counted": number([one for one in of if one.waited is not None]),
                **spread(of),
            }
            for year in sorted({one.year_disclosed or "" for one in told})
            if (of := [one for one in told if one.year_disclosed == year])
        },
        "by_year_of_happening": {
            year or NOT_RECORDED: {
                "number": _there(of),
                "undisclosed": number([one for one in of if not one.disclosure]),
                "ahead": number([one for one in of if one.is_ahead]),
                **spread([one for one in of if one.disclosure]),
            }
            for year in sorted({one.year_happened for one in tellings}, key=lambda year: year or "9999")
            if (of := [one for one in tellings if one.year_happened == year])
        },
    }


def _there(tellings: Sequence[TimelineItem]) -> Figure:
    """Return how many there are, disclosed or not."""
    return figure(len(tellings), "count", "count", [entry for one in tellings for entry in one.seen])


def number(tellings: Sequence[TimelineItem]) -> Figure:
    """Return how many there are, judged by when and whether they were disclosed."""
    return figure(len(tellings), "count", "count", [entry for one in tellings for entry in one.entries])


def spread(tellings: Sequence[TimelineItem]) -> dict[str, FigureTree]:
    """Return the least, middle and most days of what was disclosed, and how many took how long.

    Without anything whose days are known there is no least, middle and most.
    """
    known = [one for one in tellings if one.waited is not None]
    held: dict[str, FigureTree] = {}
    if known:
        days = [one.waited or 0 for one in known]
        entries = [entry for one in known for entry in one.entries]
        made = {"minimum": min(days), "median": whole(median(days)), "maximum": max(days)}
        held |= {name: figure(value, "days", "rank", entries) for name, value in made.items()}
    for most in WITHIN:
        held[f"within_{most}"] = number([one for one in known if (one.waited or 0) <= most])
    return held


def whole(value: float) -> int | Decimal:
    """Return a median as an integer, or with the half that lies between two."""
    return int(value) if value == int(value) else Decimal(str(value))


def _details(tellings: Iterable[TimelineItem]) -> dict[str, FigureTree]:
    held: dict[str, dict[str, FigureTree]] = {}
    for one in tellings:
        days: dict[str, FigureTree] = {"since_recorded": figure(one.lag, "days", "count", one.own)}
        if one.days is not None:
            days = {"since_happened": figure(one.days, "days", "count", one.own), **days}
        held.setdefault(one.engagement, {})[one.key] = days
    return {**held}
