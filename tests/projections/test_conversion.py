"""Conversion by a rate, its inverse, or across a third currency; the product and verify_ledger.py agree."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine

from ledger.format.entry import read
from projections.proof.shipped_definitions import definition_bytes
from projections.proof.verify_ledger import Fold
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.queries.conversion import Converted, Converter
from tests.importing.workspace import Workspace

Project = Callable[..., Engine]
Rate = tuple[str, str, str, str]
"""Day, base, quote and rate."""
CENT = {"USD": 2, "CHF": 2, "EUR": 2, "GBP": 2, "JPY": 0}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Return a ledger that reports in USD."""
    workspace = Workspace(tmp_path)
    yield workspace
    workspace.ledger.close()


def record(workspace: Workspace, *rates: Rate) -> None:
    """Record rates; the first is at position 2."""
    for day, base, quote, rate in rates:
        workspace.record("rate record", day, base=base, quote=quote, rate=rate, source="ECB")


def converted(project: Project, workspace: Workspace, *asked: tuple[str, int, str]) -> list[Converted | None]:
    """Return what amounts in minor units are worth on a day, as both programs compute it."""
    with project(workspace.ledger).connect() as db:
        converter = Converter(Queries(db, BitemporalPoint("2030-01-01", workspace.size)))
        found = [converter.convert(*each) for each in asked]
    reads = msgspec.json.decode(definition_bytes("partnerships"))["reads"]
    log = [(position, msgspec.json.decode(data)) for position, data in workspace.ledger.store.entries()]
    fold = Fold(log, reads, "2030-01-01", workspace.size)
    rows = [{"currency": currency, "minor": minor, "on": day} for currency, minor, day in asked]
    assert [each and each.minor for each in found] == [fold._worth(row) for row in rows]  # noqa: SLF001 - what its figures are made of
    return found


def test_across_a_common_base(workspace: Workspace, projected: Project) -> None:
    """Rates against the euro serve a ledger in dollars; both rates are of one day, and both are named."""
    record(workspace, ("2024-02-29", "EUR", "USD", "1.0826"), ("2024-03-01", "EUR", "USD", "1.0813"),
           ("2024-03-01", "EUR", "CHF", "0.9582"))  # fmt: skip
    record(workspace, ("2024-03-04", "EUR", "CHF", "0.9600"))
    asked = [("CHF", 100_000, "2024-03-01"), ("CHF", 100_000, "2024-03-05"), ("CHF", 100_000, "2024-02-29")]
    expected = round(100_000 / Fraction("0.9582") * Fraction("1.0813"))
    assert [Converted(expected, (4, 3)), Converted(expected, (4, 3)), None] == converted(projected, workspace, *asked)
    assert 112_847 == expected


def test_a_direct_rate_comes_first(workspace: Workspace, projected: Project) -> None:
    """A rate between the two currencies counts, or its inverse, also if a day later both have rates to a third."""
    record(workspace, ("2024-03-01", "USD", "CHF", "0.8000"), ("2024-03-02", "EUR", "USD", "1.1000"),
           ("2024-03-02", "EUR", "CHF", "1.0000"))  # fmt: skip
    assert [Converted(12_500, (2,))] == converted(projected, workspace, ("CHF", 10_000, "2024-03-03"))
    workspace.record("setting change", "2024-01-01", name="rates.max-age-days", value=["1"])
    assert [Converted(11_000, (4, 3, 5)), None] == converted(
        projected, workspace, ("CHF", 10_000, "2024-03-03"), ("CHF", 10_000, "2024-03-04")
    )


def test_of_several_bases_the_latest_and_then_the_first(workspace: Workspace, projected: Project) -> None:
    """The third currency is the one with the latest common day; of several the one that sorts first."""
    record(workspace, ("2024-03-01", "GBP", "USD", "2"), ("2024-03-01", "GBP", "CHF", "1"),
           ("2024-03-01", "EUR", "USD", "3"), ("2024-03-01", "EUR", "CHF", "1"))  # fmt: skip
    asked = ("CHF", 100, "2024-03-05")
    assert [Converted(300, (5, 4))] == converted(projected, workspace, asked)
    record(workspace, ("2024-03-02", "GBP", "USD", "4"), ("2024-03-02", "CHF", "GBP", "1"))
    assert [Converted(400, (7, 6))] == converted(projected, workspace, asked)


@pytest.mark.parametrize("seed", range(6))
def test_random_rates(workspace: Workspace, projected: Project, seed: int) -> None:
    """Whatever rates there are, both programs convert as the rule says, written down once more here."""
    rng = random.Random(seed)  # noqa: S311 - for made cases
    days = [(date(2024, 1, 1) + timedelta(number)).isoformat() for number in range(8)]
    rates: dict[Rate, None] = {}
    for _ in range(20):
        base, quote = rng.sample(sorted(CENT), 2)
        rates[rng.choice(days), base, quote, f"{rng.randint(1, 99)}.{rng.randint(0, 9)}"] = None
    record(workspace, *rates)
    if seed % 2:
        workspace.record("setting change", "2024-01-01", name="rates.max-age-days", value=["3"])
    asked = [(currency, rng.randint(1, 99_999), day) for currency in CENT for day in days]
    in_order = [read(data) for _, data in workspace.ledger.store.entries()]
    expected = [_expected(in_order, *each, most=3 if seed % 2 else 9999) for each in asked]
    assert expected == [each and each.minor for each in converted(projected, workspace, *asked)]


def _expected(entries: list[Any], currency: str, minor: int, day: str, *, most: int) -> int | None:
    if currency == "USD":
        return minor
    known: dict[tuple[str, str, str], Fraction] = {}
    oldest = (date.fromisoformat(day) - timedelta(most)).isoformat()
    for entry in entries:
        event = entry.event
        if entry.stream.startswith("rate/") and oldest <= entry.effective_on <= day:
            known[entry.effective_on, event.base, event.quote] = Fraction(event.rate)
            known[entry.effective_on, event.quote, event.base] = 1 / Fraction(event.rate)
    ways = [(True, on, "", rate) for (on, of, into), rate in known.items() if (of, into) == (currency, "USD")]
    ways += [
        (False, on, base, rate * known[on, base, "USD"])
        for (on, of, base), rate in known.items()
        if of == currency and (on, base, "USD") in known
    ]
    if not ways:
        return None
    best = max(way[:2] for way in ways)
    rate = min(way for way in ways if way[:2] == best)[3]
    return round(minor * rate * Fraction(10) ** (2 - CENT[currency]))
