"""Money by measure, as differences in minor units. Measures are never mixed in one total."""

from collections.abc import Iterator

from ledger.domain.engagement.contributions import ContributionCommitted, ContributionReceived, ContributionRefunded
from ledger.domain.engagement.orders import ServiceOrderAmended, ServiceOrderCancelled, ServiceOrderIssued
from ledger.domain.engagement.payments import PaymentMade, PaymentReversed
from ledger.domain.money import Money
from projections.rows import Row, projects
from projections.schema import money, payments

MEASURES = ("signed", "received", "refunded", "ordered", "paid")


def _money(engagement: str, measure: str, party: str, order: str, amount: Money, sign: int = 1) -> Row:
    facts = {
        "engagement": engagement,
        "measure": measure,
        "party": party,
        "order_number": order,
        "currency": amount.currency,
        "minor": sign * amount.minor,
    }
    return Row(money, facts)


@projects(ContributionCommitted)
def _committed(event: ContributionCommitted, engagement: str) -> Iterator[Row]:
    yield _money(engagement, "signed", event.by, "", event.amount)


@projects(ContributionReceived)
def _received(event: ContributionReceived, engagement: str) -> Iterator[Row]:
    yield _money(engagement, "received", event.by, "", event.amount)


@projects(ContributionRefunded)
def _refunded(event: ContributionRefunded, engagement: str) -> Iterator[Row]:
    yield _money(engagement, "refunded", event.by, "", event.amount)


@projects(ServiceOrderIssued)
def _issued(event: ServiceOrderIssued, engagement: str) -> Iterator[Row]:
    yield _money(engagement, "ordered", "", event.number, event.amount)


@projects(ServiceOrderAmended)
def _amended(event: ServiceOrderAmended, engagement: str) -> Iterator[Row]:
    if event.difference is not None:
        yield _money(engagement, "ordered", "", event.number, event.difference)


@projects(ServiceOrderCancelled)
def _cancelled(event: ServiceOrderCancelled, engagement: str) -> Iterator[Row]:
    yield _money(engagement, "ordered", "", event.number, event.released, -1)


@projects(PaymentMade)
def _paid(event: PaymentMade, engagement: str) -> Iterator[Row]:
    yield _money(engagement, "paid", "", event.order, event.amount)


@projects(PaymentReversed)
def _reversed(event: PaymentReversed, engagement: str) -> Iterator[Row]:
    yield _money(engagement, "paid", "", event.order, event.amount, -1)


@projects(PaymentMade, PaymentReversed)
def _payment(event: PaymentMade | PaymentReversed, engagement: str) -> Iterator[Row]:
    facts = {
        "engagement": engagement,
        "payment": event.payment,
        "order_number": event.order,
        "status": "made" if isinstance(event, PaymentMade) else "reversed",
        "currency": event.amount.currency,
        "minor": event.amount.minor,
    }
    yield Row(payments, facts)
