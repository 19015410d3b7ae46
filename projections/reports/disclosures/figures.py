"""The figures of the disclosures report, in their published shape."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from statistics import median

from projections.queries.disclosure.timeline import FACETS, ORDERS, DisclosureTimeline, Document, TimelineItem
from projections.queries.figures import Figure, FigureTree, Kind, figure
from projections.reports.model import NOT_RECORDED

DETAILS = "details"
"""The member with the days of each facet and service order."""
WITHIN = (30, 90, 365)
"""Limits in days: the report counts what was disclosed within each."""
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
            body: _covered([document for document in documents if document.row.body == body])
            for body in dict.fromkeys(document.row.body for document in documents)
        },
        "covered": {document.symbol: _covered([document]) for document in documents},
        **{kind: _kind(source.of(kind)) for kind in (ORDERS, FACETS)},
        DETAILS: _details(source.all),
    }


def _count(documents: Sequence[Document], kind: Kind) -> Figure:
    return figure(len(documents), "count", kind, [document.row.entry for document in documents])


def _covered(documents: Sequence[Document]) -> dict[str, FigureTree]:
    entries = [entry for document in documents for entry in document.entries]

    def distinct(keys: Iterable[object]) -> Figure:
        return figure(len(set(keys)), "count", "distinct", entries)

    return {
        "documents": _count(documents, "count"),
        "engagements": distinct(ref for document in documents for ref in document.engagements),
        FACETS: distinct(key for document in documents for key in document.facets),
        ORDERS: distinct(key for document in documents for key in document.orders),
    }


def _engagements(items: Sequence[TimelineItem]) -> Figure:
    signed = {item.engagement: item.facet.entries[0] for item in items}
    return figure(len(signed), "count", "count", signed.values())


def _kind(items: Sequence[TimelineItem]) -> dict[str, FigureTree]:
    disclosed = [item for item in items if item.disclosure]
    return {
        "all": _recorded(items),
        "disclosed": figure(
            len(disclosed), "count", "count", [entry for item in disclosed for entry in (*item.existence, *item.own)]
        ),
        "ahead": number([item for item in disclosed if item.is_ahead]),
        "undisclosed": number([item for item in items if not item.disclosure]),
        "not_dated": _recorded([item for item in items if not item.facet.dated]),
        **spread(disclosed),
        "by_year_of_publication": {
            year: {
                "number": number(of),
                "counted": number([item for item in of if item.waited is not None]),
                **spread(of),
            }
            for year in sorted({item.year_disclosed or "" for item in disclosed})
            if (of := [item for item in disclosed if item.year_disclosed == year])
        },
        "by_year_of_happening": {
            year or NOT_RECORDED: {
                "number": _recorded(of),
                "undisclosed": number([item for item in of if not item.disclosure]),
                "ahead": number([item for item in of if item.is_ahead]),
                **spread([item for item in of if item.disclosure]),
            }
            for year in sorted({item.year_happened for item in items}, key=lambda year: year or "9999")
            if (of := [item for item in items if item.year_happened == year])
        },
    }


def _recorded(items: Sequence[TimelineItem]) -> Figure:
    """Return the number of items, whether disclosed or not."""
    return figure(len(items), "count", "count", [entry for item in items for entry in item.existence])


def number(items: Sequence[TimelineItem]) -> Figure:
    """Return the number of items that were selected by their disclosure; the entries of disclosures are cited, too."""
    return figure(len(items), "count", "count", [entry for item in items for entry in item.entries])


def spread(items: Sequence[TimelineItem]) -> dict[str, FigureTree]:
    """Return the minimum, median and maximum days to disclosure, and the number within each limit of `WITHIN`.

    If no item has known days, there is no minimum, median or maximum.
    """
    known = [item for item in items if item.waited is not None]
    members: dict[str, FigureTree] = {}
    if known:
        days = [item.waited or 0 for item in known]
        entries = [entry for item in known for entry in item.entries]
        values = {"minimum": min(days), "median": whole(median(days)), "maximum": max(days)}
        members |= {name: figure(value, "days", "rank", entries) for name, value in values.items()}
    for limit in WITHIN:
        members[f"within_{limit}"] = number([item for item in known if (item.waited or 0) <= limit])
    return members


def whole(value: float) -> int | Decimal:
    """Return a median as an integer if it is one; otherwise it ends in .5."""
    return int(value) if value == int(value) else Decimal(str(value))


def _details(items: Iterable[TimelineItem]) -> dict[str, FigureTree]:
    by_engagement: dict[str, dict[str, FigureTree]] = {}
    for item in items:
        days: dict[str, FigureTree] = {"since_recorded": figure(item.lag, "days", "count", item.own)}
        if item.days is not None:
            days = {"since_happened": figure(item.days, "days", "count", item.own), **days}
        by_engagement.setdefault(item.engagement, {})[item.key] = days
    return {**by_engagement}
