"""Projectors of money by measure, of exchange rates, and of settings, which include the reporting currency.

Amounts are movements in minor units. Measures are never mixed in one total.
"""

import json
from collections.abc import Iterator

from ledger.domain.engagement.money.acceptances import DeliverableAccepted
from ledger.domain.engagement.money.contributions import (
    ContributionCommitted,
    ContributionReceived,
    ContributionRefunded,
)
from ledger.domain.engagement.money.in_kind import ContributionValued
from ledger.domain.engagement.money.orders import (
    ServiceOrderAmended,
    ServiceOrderCancelled,
    ServiceOrderClosed,
    ServiceOrderIssued,
)
from ledger.domain.engagement.money.payments import PaymentMade, PaymentReversed
from ledger.domain.money import Money
from ledger.domain.organisation.exchange_rate import RateRecorded
from ledger.domain.organisation.settings import LedgerOpened, SettingChanged, setting_fault
from projections.projectors.registry import Assertion, projects
from projections.tables import words
from projections.tables.schema import gifts, money, payments, rates, settings

MEASURES = words.MEASURES


def _money(engagement: str, measure: str, party: str, order: str, amount: Money, sign: int = 1) -> Assertion:
    facts = {
        "engagement": engagement,
        "measure": measure,
        "party": party,
        "order_number": order,
        "currency": amount.currency,
        "minor": sign * amount.minor,
    }
    return Assertion(money, facts)


@projects(ContributionCommitted)
def _committed(event: ContributionCommitted, engagement: str) -> Iterator[Assertion]:
    yield _money(engagement, "signed", event.by, "", event.amount)


@projects(ContributionReceived)
def _received(event: ContributionReceived, engagement: str) -> Iterator[Assertion]:
    yield _money(engagement, "received", event.by, "", event.amount)


@projects(ContributionRefunded)
def _refunded(event: ContributionRefunded, engagement: str) -> Iterator[Assertion]:
    yield _money(engagement, "refunded", event.by, "", event.amount)


@projects(ServiceOrderIssued)
def _issued(event: ServiceOrderIssued, engagement: str) -> Iterator[Assertion]:
    yield _money(engagement, "ordered", "", event.number, event.amount)


@projects(ServiceOrderAmended)
def _amended(event: ServiceOrderAmended, engagement: str) -> Iterator[Assertion]:
    if event.difference is not None:
        yield _money(engagement, "ordered", "", event.number, event.difference)


@projects(ContributionValued)
def _valued(event: ContributionValued, engagement: str) -> Iterator[Assertion]:
    yield _money(engagement, "in-kind", event.by, "", event.amount)
    facts = {"engagement": engagement, "item": event.item, "party": event.by, "what": event.what}
    yield Assertion(gifts, {**facts, "basis": event.basis or ""})


@projects(DeliverableAccepted)
def _accepted(event: DeliverableAccepted, engagement: str) -> Iterator[Assertion]:
    yield _money(engagement, "accepted", "", event.order, event.amount)


@projects(ServiceOrderCancelled, ServiceOrderClosed)
def _released(event: ServiceOrderCancelled | ServiceOrderClosed, engagement: str) -> Iterator[Assertion]:
    yield _money(engagement, "ordered", "", event.number, event.released, -1)


@projects(PaymentMade)
def _paid(event: PaymentMade, engagement: str) -> Iterator[Assertion]:
    yield _money(engagement, "paid", "", event.order, event.amount)


@projects(PaymentReversed)
def _reversed(event: PaymentReversed, engagement: str) -> Iterator[Assertion]:
    yield _money(engagement, "paid", "", event.order, event.amount, -1)


@projects(PaymentMade, PaymentReversed)
def _payment(event: PaymentMade | PaymentReversed, engagement: str) -> Iterator[Assertion]:
    facts = {
        "engagement": engagement,
        "payment": event.payment,
        "order_number": event.order,
        "status": "made" if isinstance(event, PaymentMade) else "reversed",
        "currency": event.amount.currency,
        "minor": event.amount.minor,
    }
    yield Assertion(payments, facts)


@projects(LedgerOpened)
def _opened(event: LedgerOpened, _: str) -> Iterator[Assertion]:
    given = {
        "origin": event.origin,
        "organization": event.organization or event.origin,
        "reporting-currency": event.reporting_currency,
    }
    for name, value in given.items():
        yield Assertion(settings, {"name": name, "value": value})


@projects(SettingChanged)
def _changed(event: SettingChanged, _: str) -> Iterator[Assertion]:
    if setting_fault(event.name, event.value) is None:
        value = event.value if isinstance(event.value, str) else json.dumps(list(event.value), ensure_ascii=False)
        yield Assertion(settings, {"name": event.name, "value": value})


@projects(RateRecorded)
def _rate(event: RateRecorded, _: str) -> Iterator[Assertion]:
    yield Assertion(rates, {"base": event.base, "quote": event.quote, "rate": event.rate, "source": event.source})
