"""Projectors of disclosures: the documents, the bodies they went to, what they covered, and their corrections."""

from collections.abc import Iterator

from ledger.domain.disclosure.disclosure import (
    DisclosureCorrected,
    DisclosureCovered,
    DisclosurePrepared,
    DisclosurePublished,
)
from projections.projectors.registry import Assertion, projects
from projections.tables.schema import corrections, coverage, disclosures, preparations


@projects(DisclosurePublished)
def _published(event: DisclosurePublished, document: str) -> Iterator[Assertion]:
    facts = {
        "document": document,
        "body": event.body,
        "title": event.title or "",
        "as_of_on": event.as_of.on,
        "as_of_position": event.as_of.position,
    }
    yield Assertion(disclosures, facts)


@projects(DisclosureCovered, DisclosureCorrected)
def _covered(event: DisclosureCovered | DisclosureCorrected, document: str) -> Iterator[Assertion]:
    correction = event.correction if isinstance(event, DisclosureCorrected) else ""
    for engagement in event.engagements:
        facets = [(facet, "") for facet in engagement.facets]
        orders = [("service-orders", number) for number in engagement.orders]
        for facet, number in facets + orders:
            facts = {"document": document, "correction": correction, "engagement": engagement.engagement}
            yield Assertion(coverage, {**facts, "facet": facet, "number": number})


@projects(DisclosureCorrected)
def _corrected(event: DisclosureCorrected, document: str) -> Iterator[Assertion]:
    facts = {
        "document": document,
        "correction": event.correction,
        "what": event.what,
        "as_of_on": event.as_of.on,
        "as_of_position": event.as_of.position,
    }
    yield Assertion(corrections, facts)


@projects(DisclosurePrepared)
def _prepared(event: DisclosurePrepared, document: str) -> Iterator[Assertion]:
    facts = {"document": document, "body": event.body, "title": event.title or ""}
    yield Assertion(preparations, {**facts, "planned_on": event.planned_on or ""})
