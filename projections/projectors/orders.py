"""Projectors of service orders: their facts and acceptances. The amounts are in the money table."""

import json
from collections.abc import Iterator

from ledger.domain.engagement.money.acceptances import DeliverableAccepted
from ledger.domain.engagement.money.orders import (
    ServiceOrderAmended,
    ServiceOrderCancelled,
    ServiceOrderClosed,
    ServiceOrderIssued,
)
from projections.projectors.registry import Assertion, projects
from projections.tables.schema import acceptances, order_facts


def _fact(engagement: str, number: str, fact: str, value: str) -> Assertion:
    return Assertion(order_facts, {"engagement": engagement, "number": number, "fact": fact, "value": value})


@projects(ServiceOrderIssued, ServiceOrderAmended)
def _described(event: ServiceOrderIssued | ServiceOrderAmended, engagement: str) -> Iterator[Assertion]:
    given = {"subject": event.subject, "starts_on": event.starts_on, "ends_on": event.ends_on}
    yield from (_fact(engagement, event.number, fact, value) for fact, value in given.items() if value is not None)
    if event.deliverables:
        yield _fact(engagement, event.number, "deliverables", json.dumps(list(event.deliverables), ensure_ascii=False))


@projects(ServiceOrderIssued)
def _issued(event: ServiceOrderIssued, engagement: str) -> Iterator[Assertion]:
    yield _fact(engagement, event.number, "status", "issued")
    yield _fact(engagement, event.number, "vendor", event.vendor)


@projects(ServiceOrderCancelled, ServiceOrderClosed)
def _ended(event: ServiceOrderCancelled | ServiceOrderClosed, engagement: str) -> Iterator[Assertion]:
    yield _fact(engagement, event.number, "status", event.ended)


@projects(DeliverableAccepted)
def _accepted(event: DeliverableAccepted, engagement: str) -> Iterator[Assertion]:
    facts = {
        "engagement": engagement,
        "acceptance": event.acceptance,
        "order_number": event.order,
        "deliverable": event.deliverable or "",
        "evidence": event.evidence or "",
        "currency": event.amount.currency,
        "minor": event.amount.minor,
    }
    yield Assertion(acceptances, facts)
