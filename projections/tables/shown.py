"""What documents disclosed: of what a document lists, only that which stood at its as-of.

A document shows the ledger on a day, as known at a position. A facet or service order that it lists is disclosed by it
if it stood then, in an engagement that was signed then: never what happened or was recorded later. The log only grows,
so what stood at an as-of does not change.
"""

from collections.abc import Callable, Sequence
from typing import Any

from projections.tables.named import corrections, coverage, disclosures, engagement_facts, facets
from projections.tables.noted import ColumnElement, Select, and_, exists, func, literal, or_, select, true, union

_OPEN = 2**62
"""A number above every position."""

Columns = Callable[[Any, Any], list[ColumnElement[Any]]]
"""Makes the columns of a query from the tables of coverage and of documents."""
Limits = Callable[[Any, Any], ColumnElement[bool]]
"""Makes the condition on rows of these two tables."""


def shown(columns: Columns, limits: Limits) -> list[Select[Any]]:
    """Return the queries, for a union, of the recorded facets and orders that documents disclosed: one row each.

    Each row ends with `stood` and `signed`, the entries that show that it stood and was signed.
    """
    parts = []
    for document, columns_meet in _documents():
        stood, signed = facets.alias(), facets.alias()
        same = [stood.c[name] == coverage.c[name] for name in ("engagement", "facet", "number")]
        parties = [signed.c.engagement == coverage.c.engagement, signed.c.facet == "parties"]
        joined = coverage.join(document, columns_meet)
        joined = joined.join(stood, and_(*same, stands(stood, document)))
        joined = joined.join(signed, and_(*parties, stands(signed, document)))
        query = select(*columns(coverage, document), *_grounds(stood, signed)).select_from(joined)
        parts.append(query.where(limits(coverage, document)).group_by(*columns(coverage, document)))
    return parts


def shown_withheld(columns: Columns, limits: Limits) -> list[Select[Any]]:
    """Return the queries, for a union, of amounts and orders that documents disclosed as withheld by the source."""
    parts = []
    for document, columns_meet in _documents():
        signed, order, source = facets.alias(), facets.alias(), engagement_facts.alias()
        is_listed = source.c.value.like(literal('%"').concat(coverage.c.facet).concat('"%'))
        is_current = or_(
            source.c.superseded_on > document.c.as_of_on, source.c.superseded_at > document.c.as_of_position
        )
        withheld = [source.c.engagement == coverage.c.engagement, source.c.fact == "withheld", is_listed, is_current]
        parties = [signed.c.engagement == coverage.c.engagement, signed.c.facet == "parties"]
        orders = [order.c.engagement == coverage.c.engagement, order.c.facet == "service-orders"]
        joined = coverage.join(document, columns_meet)
        joined = joined.join(source, and_(*withheld, stands(source, document)))
        joined = joined.join(signed, and_(*parties, stands(signed, document)))
        has_orders = and_(coverage.c.facet == "service-orders", exists().where(*orders, stands(order, document)))
        is_withheld = [coverage.c.facet.in_(("financials", "service-orders")), coverage.c.number == "", ~has_orders]
        query = select(*columns(coverage, document), *_grounds(source, signed)).select_from(joined)
        query = query.where(*is_withheld, limits(coverage, document))
        parts.append(query.group_by(*columns(coverage, document)))
    return parts


def _grounds(stood: Any, signed: Any) -> list[ColumnElement[int]]:
    """Return columns with an entry by which it stood, and one by which the engagement was signed."""
    return [func.min(stood.c.entry).label("stood"), func.min(signed.c.entry).label("signed")]


def stands(table: Any, document: Any) -> ColumnElement[bool]:
    """Return the condition that a row of a table stood at the as-of of a document."""
    return and_(
        table.c.effective_on <= document.c.as_of_on,
        table.c.known_from <= document.c.as_of_position,
        func.coalesce(table.c.known_to, _OPEN) > document.c.as_of_position,
    )


def _documents() -> list[tuple[Any, ColumnElement[bool]]]:
    """Return the tables of documents and of corrections, each with the condition that coverage is theirs."""
    return [
        (disclosures, and_(coverage.c.document == disclosures.c.document, coverage.c.correction == "")),
        (corrections, and_(coverage.c.entry == corrections.c.entry, coverage.c.correction != "")),
    ]


def disclosed_intervals(engagements: Sequence[str] | None) -> Any:
    """Return the subquery for what documents disclosed, with the positions between which it is known.

    It is limited to these engagements, or to none. Coverage is known with its document: rows of both, known together.
    """

    def columns(covering: Any, document: Any) -> list[ColumnElement[Any]]:
        first, last = _known_together(covering, document)
        keys = [covering.c[name] for name in ("engagement", "facet", "number", "entry", "line")]
        until = func.nullif(last, _OPEN)
        return [*keys, first.label("known_from"), until.label("known_to"), covering.c.effective_on]

    def limits(covering: Any, document: Any) -> ColumnElement[bool]:
        first, last = _known_together(covering, document)
        return and_(first < last, true() if engagements is None else covering.c.engagement.in_(engagements))

    return union(*shown(columns, limits)).subquery()


def _known_together(one: Any, other: Any) -> tuple[ColumnElement[int], ColumnElement[int]]:
    first = func.max(one.c.known_from, other.c.known_from)
    return first, func.min(func.coalesce(one.c.known_to, _OPEN), func.coalesce(other.c.known_to, _OPEN))
