"""Three ways to the same tables: entry by entry, rebuilt at once, replayed as it was known; and a fold beside them."""

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import Connection, Engine, select

from ledger.application import Ledger
from ledger.domain.catalogue import new_state
from ledger.domain.engagement.state import Engagement
from ledger.domain.party import Party
from ledger.domain.voiding import standing
from projections import lists
from projections.engagements import written
from projections.follow import catch_up
from projections.overview import by_status, summary
from projections.place import engine_at
from projections.queries import AsOf, Queries
from projections.schema import ASSERTIONS
from projections.undisclosed import told, undisclosed
from tests.projections.histories import DATES, Step, histories, play, tell

EXAMPLES = 400 if os.environ.get("LEDGER_SWEEP") else 12
slowly = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=tuple(Phase) if os.environ.get("LEDGER_SWEEP") else (Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    print_blob=True,
)
Projected = Callable[..., Engine]


def _tables(engine: Engine) -> dict[str, list[Any]]:
    with engine.connect() as db:
        return {
            table.name: [tuple(row) for row in db.execute(select(table).order_by(*table.primary_key))]
            for table in ASSERTIONS
        }


def _shown(db: Connection, on: str, known_at: int) -> dict[str, Any]:
    queries = Queries(db, AsOf(on, known_at))
    return {
        "parties": lists.parties(queries),
        "names": sorted(queries.other_names()),
        "engagements": lists.engagements(queries),
        "contributions": lists.contributions(queries),
        "orders": lists.orders(queries),
        "payments": list(lists.payments(queries)),
        "outcomes": list(lists.outcomes(queries)),
        "documents": lists.documents(queries),
        "rates": lists.rates(queries),
        "settings": lists.settings(queries),
        "status": by_status(queries),
        "summary": summary(queries),
        "undisclosed": undisclosed(queries),
        "told": told(queries),
    }


def _check_fold(ledger: Ledger, queries: Queries) -> None:
    """Compare status, particulars, classes and money with a fold of the entries, which knows no tables."""
    as_of = queries.as_of
    engagements, parties = queries.engagements(), queries.parties()
    for stream in [*ledger.store.streams("engagement"), *ledger.store.streams("party")]:
        state: Any = new_state(stream)
        for fact in standing(ledger.facts(stream, as_of.known_at)):
            if fact.event.timeless or fact.effective_on <= as_of.on:
                fact.event.evolve(state, fact)
        ref = stream.partition("/")[2]
        if isinstance(state, Engagement):
            thing = engagements.get(ref)
            status = {"expired": "signed"}.get(thing.get("status") or "", thing.get("status")) if thing else ""
            assert state.status == status
            if thing:
                assert {name: written(held.value) for name, held in state.facts.items()} == {
                    name: held.value for name, held in thing.facts.items() if name not in ("status", "signed_on")
                }
            _check_money(state, ref, queries)
        elif isinstance(state, Party) and state.exists:
            assert {name: held.value for name, held in state.facts.items()} == {
                name: held.value for name, held in parties[ref].facts.items()
            }


def _check_money(state: Engagement, ref: str, queries: Queries) -> None:
    sums: dict[tuple[str, ...], int] = {}
    for row in queries.money(("signed", "received", "refunded", "ordered", "paid")):
        if row.engagement != ref:
            continue
        key = (row.measure, row.party, row.order_number, row.currency)
        sums[key] = sums.get(key, 0) + row.minor
    expected: dict[tuple[str, ...], int] = {}
    for (payer, currency), pot in state.accounts.pots.items():
        expected |= {("signed", payer, "", currency): pot.committed}
        expected |= {("received", payer, "", currency): pot.received, ("refunded", payer, "", currency): pot.refunded}
    for number, order in state.accounts.orders.items():
        expected |= {
            ("ordered", "", number, order.currency): order.ordered,
            ("paid", "", number, order.currency): order.paid,
        }
    assert {key: minor for key, minor in expected.items() if minor} == {
        key: minor for key, minor in sums.items() if minor
    }


@slowly
@given(story=histories)
def test_a_rebuild_gives_what_following_gave(story: list[Step]) -> None:
    """Tables that followed entry by entry hold the very rows of tables that are made at once."""
    with TemporaryDirectory() as folder:
        ledger = play([], Path(folder))
        followed = engine_at(Path(folder) / "followed.db")
        for number, step in enumerate(story):
            tell(ledger, step)
            if number % 3 == 0:
                catch_up(ledger, followed)
        catch_up(ledger, followed)
        rebuilt = engine_at(Path(folder) / "rebuilt.db")
        catch_up(ledger, rebuilt)
        assert _tables(rebuilt) == _tables(followed)
        followed.dispose()
        rebuilt.dispose()
        ledger.close()


@slowly
@given(story=histories)
def test_as_known_then_is_what_was_shown_then(story: list[Step], projected: Projected) -> None:
    """At every position and date, the whole log read as known then equals the log as it was then, and a plain fold."""
    with TemporaryDirectory() as folder:
        ledger = play(story, Path(folder))
        size = ledger.store.head().size
        with projected(ledger).connect() as whole:
            for position in range(1, size + 1, max(1, size // 6)):
                with projected(ledger, position).connect() as then:
                    for on in DATES[::2]:
                        assert _shown(then, on, position) == _shown(whole, on, position)
                        _check_fold(ledger, Queries(whole, AsOf(on, position)))
        ledger.close()
