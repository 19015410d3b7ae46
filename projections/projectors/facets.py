"""Projectors of facets: which facets of an engagement an entry adds to, whether they are disclosed or not."""

from collections.abc import Iterator

from ledger.domain.engagement.lifecycle import EngagementExtended, EngagementProposed, EngagementSigned
from ledger.domain.engagement.money.contributions import (
    ContributionCommitted,
    ContributionReceived,
    ContributionRefunded,
)
from ledger.domain.engagement.money.in_kind import ContributionValued
from ledger.domain.engagement.money.orders import ServiceOrderIssued
from ledger.domain.engagement.oversight.outcomes import OutcomePlanned, OutcomeRecorded
from ledger.domain.engagement.particulars import EngagementAmended, Particulars
from ledger.domain.kernel import Event
from projections.projectors.registry import Assertion, projects
from projections.tables.schema import facets


def _facet(engagement: str, facet: str, number: str = "") -> Assertion:
    return Assertion(facets, {"engagement": engagement, "facet": facet, "number": number})


@projects(EngagementSigned)
def _parties(_: EngagementSigned, engagement: str) -> Iterator[Assertion]:
    yield _facet(engagement, "parties")


@projects(ContributionCommitted, ContributionReceived, ContributionRefunded, ContributionValued)
def _financials(_: Event, engagement: str) -> Iterator[Assertion]:
    yield _facet(engagement, "financials")


@projects(EngagementProposed, EngagementSigned, EngagementAmended)
def _duration(event: Particulars, engagement: str) -> Iterator[Assertion]:
    if event.starts_on or event.ends_on:
        yield _facet(engagement, "duration")


@projects(EngagementExtended)
def _extended(_: EngagementExtended, engagement: str) -> Iterator[Assertion]:
    yield _facet(engagement, "duration")


@projects(ServiceOrderIssued)
def _order(event: ServiceOrderIssued, engagement: str) -> Iterator[Assertion]:
    yield _facet(engagement, "service-orders", event.number)


@projects(OutcomePlanned, OutcomeRecorded)
def _outcomes(_: OutcomePlanned | OutcomeRecorded, engagement: str) -> Iterator[Assertion]:
    yield _facet(engagement, "outcomes")
