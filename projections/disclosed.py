"""Disclosures: which document told which body what, of which engagements."""

from collections.abc import Iterator

from ledger.domain.disclosure import DisclosureCovered, DisclosurePublished
from projections.rows import Row, projects
from projections.schema import coverage, disclosures


@projects(DisclosurePublished)
def _published(event: DisclosurePublished, document: str) -> Iterator[Row]:
    facts = {
        "document": document,
        "body": event.body,
        "title": event.title or "",
        "as_of_on": event.as_of.on,
        "as_of_position": event.as_of.position,
    }
    yield Row(disclosures, facts)


@projects(DisclosureCovered)
def _covered(event: DisclosureCovered, document: str) -> Iterator[Row]:
    for one in event.engagements:
        told = [(facet, "") for facet in one.facets] + [("service-orders", number) for number in one.orders]
        for facet, number in told:
            yield Row(coverage, {"document": document, "engagement": one.engagement, "facet": facet, "number": number})
