"""The overview counts the same items that the lists show."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from ledger.application.open import open_ledger
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.queries.disclosure.state import undisclosed, waiting_facets
from projections.queries.overview import summary
from stories import record


def test_what_waits_to_be_disclosed_is_what_the_list_has(tmp_path: Path, projected: Callable[..., Engine]) -> None:
    """At any date and position, the counted keys are those of the list, including service orders."""
    record(f"sqlite:///{tmp_path}/story.db", 5, 40, range(2023, 2026))
    ledger = open_ledger(f"sqlite:///{tmp_path}/story.db")
    facets = set()
    with projected(ledger).connect() as db:
        size = ledger.store.head().size
        for known_at in (size // 3, size * 2 // 3, size):
            for on in ("2023-06-01", "2024-06-30", "2030-01-01"):
                queries = Queries(db, BitemporalPoint(on, known_at))
                listed = {(facet.engagement, facet.facet, facet.number) for facet in undisclosed(queries)}
                assert listed == waiting_facets(queries, queries.statuses())
                counts = summary(Queries(db, queries.as_of))
                assert sum(1 for _, _, number in listed if number) == counts["service orders not disclosed"]
                assert (len(queries.parties()), len(queries.orders())) == (counts["parties"], counts["service orders"])
                facets |= {facet for _, facet, _ in listed}
    ledger.close()
    assert facets == {"parties", "financials", "duration", "service-orders", "outcomes"}
