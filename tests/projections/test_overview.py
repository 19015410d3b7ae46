"""The overview counts the same items that the lists show."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from ledger.application.open import open_ledger
from ledger.application.request import Request, command_from
from ledger.domain.voiding import VoidEntries
from ledger.format.entry import read
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.queries.disclosure.content import DisclosableContent
from projections.queries.disclosure.state import undisclosed, waiting_facets
from projections.queries.overview import summary
from stories import record
from tests.faults.processes import new_ledger


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


def test_what_was_withheld_by_mistake_is_disclosed(tmp_path: Path, projected: Callable[..., Engine]) -> None:
    """A document disclosed that the amounts are withheld; that was voided, and amounts recorded: they do not wait."""
    ledger = open_ledger(new_ledger(tmp_path))

    def do(day: str, **members: Any) -> None:
        ledger.record(Request(commands=(command_from(members),), actor="staff/1", effective_on=f"2026-06-{day}"))

    alpha = ledger.store.head().size + 1
    do("01", command="party register", name="Alpha (illustrative)")
    party = ledger.entry(alpha).stream.partition("/")[2]
    sign: Any = {"title": "T", "kind": "memorandum", "parties": [{"party": party}]}
    do("01", command="engagement sign", engagement="E-9", **sign)
    do("01", command="engagement amend", engagement="E-9", withheld=["financials"])
    cover = [{"engagement": "E-9", "facets": ["parties", "financials"]}]
    do("30", command="disclosure publish", document="D", body="Council", as_of_on="2026-06-30", cover=cover)
    withheld = next(at for at, data in ledger.store.entries() if read(data).event.tag() == "engagement.amended")
    ledger.record(Request(commands=(VoidEntries(positions=(withheld,), reason="x"),), actor="staff/1"))
    amount = {"currency": "USD", "value": "5.00"}
    do("20", command="contribution commit", engagement="E-9", payer=party, amount=amount)
    with projected(ledger).connect() as db:
        queries = Queries(db, BitemporalPoint("2026-07-31", ledger.store.head().size))
        content = DisclosableContent(queries)
        assert {"parties", "financials"} == {facet.facet for facet in content.facets("E-9")}
        waiting = {(facet.engagement, facet.facet, facet.number) for facet in undisclosed(queries, content)}
        assert waiting == waiting_facets(queries, queries.statuses())
        assert not {key for key in waiting if key[0] == "E-9"}
    ledger.close()
