"""When something of an engagement last changed that a document can disclose: the latest position and the latest day."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from projections.queries.asserted import BitemporalPoint, batches
from projections.queries.bitemporal import Queries
from projections.tables.named import engagement_facts, money, order_facts, outcomes, party_facts
from projections.tables.noted import Column, ColumnElement, case, func, select

_DISCLOSABLE = (engagement_facts, order_facts, money, outcomes)
"""The tables that the facets of engagements are read from."""


class LatestChange(NamedTuple):
    """The latest position at which something was recorded or voided, and the latest effective date up to `on`."""

    position: int
    day: str
    on: str

    def is_after(self, shown: BitemporalPoint) -> bool:
        """Return whether something may read otherwise now than at an as-of that a document showed."""
        return self.position > shown.known_at or self.day > shown.on or shown.on > self.on

    def with_other(self, other: "LatestChange") -> "LatestChange":
        """Return the later position and the later day of two."""
        return LatestChange(max(self.position, other.position), max(self.day, other.day), self.on)


def latest_changes(queries: Queries) -> dict[str, LatestChange]:
    """Return for each engagement when it, or the name of one of its parties, last changed.

    `queries` are limited to some engagements. Rows that are not known yet at their as-of count, too: they make a
    comparison needless at worst.
    """
    refs = list(queries.engagements())
    latest: dict[str, LatestChange] = {}
    for table in _DISCLOSABLE:
        for ref, change in _latest(queries, table.c.engagement, refs).items():
            latest[ref] = change.with_other(latest.get(ref, change))
    parties = {ref: [party for party, _ in entity.pairs("parties")] for ref, entity in queries.engagements().items()}
    every = sorted({party for own in parties.values() for party in own})
    renamed = _latest(queries, party_facts.c.party, every, queries.is_fact(party_facts, "name"))
    for ref, own in parties.items():
        for party in own:
            if party in renamed:
                latest[ref] = latest[ref].with_other(renamed[party])
    return latest


def _latest(
    queries: Queries, of: Column[Any], refs: Iterable[str], *where: ColumnElement[bool]
) -> dict[str, LatestChange]:
    table, on = of.table, queries.as_of.on
    position = func.max(table.c.known_from), func.max(func.coalesce(table.c.known_to, 0))
    day = func.max(case((table.c.effective_on <= on, table.c.effective_on), else_=""))
    query = select(of, *position, day).group_by(of)
    return {
        ref: LatestChange(max(recorded, voided), latest, on)
        for batch in batches(refs)
        for ref, recorded, voided, latest in queries.run(query.where(of.in_(batch), *where))
    }
