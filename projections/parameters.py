"""What figures depend on besides engagements: what the ledger is, its settings, rates of exchange."""

import json
from collections.abc import Iterator

from ledger.domain.book import LedgerOpened, SettingChanged
from ledger.domain.rate import RateRecorded
from projections.rows import Row, projects
from projections.schema import rates, settings


@projects(LedgerOpened)
def _opened(event: LedgerOpened, _: str) -> Iterator[Row]:
    given = {
        "origin": event.origin,
        "organization": event.organization or event.origin,
        "reporting-currency": event.reporting_currency,
    }
    for name, value in given.items():
        yield Row(settings, {"name": name, "value": value})


@projects(SettingChanged)
def _changed(event: SettingChanged, _: str) -> Iterator[Row]:
    value = event.value if isinstance(event.value, str) else json.dumps(list(event.value), ensure_ascii=False)
    yield Row(settings, {"name": event.name, "value": value})


@projects(RateRecorded)
def _rate(event: RateRecorded, _: str) -> Iterator[Row]:
    yield Row(rates, {"base": event.base, "quote": event.quote, "rate": event.rate, "source": event.source})
