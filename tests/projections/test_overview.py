"""The screen of where things stand counts what the longer lists list."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from ledger.application.open import open_ledger
from projections.queries.disclosure import undisclosed, waiting_facets
from projections.queries.overview import summary
from projections.queries.queries import BitemporalPoint, Queries
from stories import record


def test_what_waits_to_be_disclosed_is_what_the_list_has(tmp_path: Path, projected: Callable[..., Engine]) -> None:
    """At any day and position, the keys that are counted are those of the list, orders and all."""
    record(f"sqlite:///{tmp_path}/story.db", 5, 40, range(2023, 2026))
    ledger = open_ledger(f"sqlite:///{tmp_path}/story.db")
    seen = set()
    with projected(ledger).connect() as db:
        size = ledger.store.head().size
        for known_at in (size // 3, size * 2 // 3, size):
            for on in ("2023-06-01", "2024-06-30", "2030-01-01"):
                queries = Queries(db, BitemporalPoint(on, known_at))
                listed = {(one.engagement, one.facet, one.number) for one in undisclosed(queries)}
                assert listed == waiting_facets(queries, queries.statuses())
                told = summary(Queries(db, queries.as_of))
                assert sum(1 for _, _, number in listed if number) == told["service orders not disclosed"]
                assert (len(queries.parties()), len(queries.orders())) == (told["parties"], told["service orders"])
                seen |= {facet for _, facet, _ in listed}
    ledger.close()
    assert seen == {"parties", "financials", "duration", "service-orders", "outcomes"}
