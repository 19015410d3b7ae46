"""What a query costs, in steps of the database: of one engagement what it has, of a rebuild what the log has."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Engine, event

from benchmarks.histories import grow
from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from projections.history.journal import Journal
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.queries.disclosure.state import changed_since, first_disclosures, undisclosed
from projections.reports.registry import REPORTS
from projections.runner.follow import catch_up
from projections.runner.place import engine_at

pytestmark = pytest.mark.slow

SIZES = (2_000, 20_000)
EVERY = 10
"""The database is asked after so many of its steps."""
OF_ONE: dict[str, Callable[[Queries, Ledger, str], Any]] = {
    "dossier": lambda queries, ledger, ref: REPORTS["engagement"].build(
        queries, Journal(ledger, queries.as_of.known_at), "root", {"engagement": ref}
    ),
    "disclosures": lambda queries, _, ref: first_disclosures(queries.within([ref])),
    "undisclosed": lambda queries, _, ref: undisclosed(queries.within([ref])),
    "changed": lambda queries, _, ref: changed_since(queries.within([ref])),
}
"""What is asked of one engagement."""


class Grown(NamedTuple):
    """A ledger of a size, its tables, and the steps that their rebuild took."""

    ledger: Ledger
    engine: Engine
    rebuild: int


class _Steps:
    def __init__(self) -> None:
        self.taken = 0

    def watch(self, engine: Engine) -> None:
        @event.listens_for(engine, "connect")
        def _(connection: Any, _: Any) -> None:
            connection.set_progress_handler(self._count, EVERY)

    def _count(self) -> int:
        self.taken += EVERY
        return 0


_STEPS = _Steps()


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Grown]]:
    """Yield the same history at two sizes, one ten times the other."""
    folder = tmp_path_factory.mktemp("cost")
    made = []
    for size in SIZES:
        ledger = open_ledger(grow(folder, size, engagements=40))
        engine = engine_at(folder / f"{size}.tables")
        _STEPS.watch(engine)
        before = _STEPS.taken
        catch_up(ledger, engine)
        made.append(Grown(ledger, engine, _STEPS.taken - before))
    yield made
    for one in made:
        one.engine.dispose()
        one.ledger.close()


def test_a_rebuild_grows_with_the_log(grown: list[Grown]) -> None:
    """Ten times the entries and documents take at most thirteen times the steps."""
    small, large = grown
    assert large.rebuild <= 13 * small.rebuild


@pytest.mark.parametrize("asked", OF_ONE)
def test_one_engagement_costs_what_it_has(grown: list[Grown], asked: str) -> None:
    """In a register ten times as large it takes at most half as many steps again."""
    taken = []
    for ledger, engine, _ in grown:
        with engine.connect() as db:
            queries = Queries(db, BitemporalPoint("2026-06-30", ledger.store.head().size))
            ref = next(row.engagement for row in first_disclosures(queries))
            before = _STEPS.taken
            assert OF_ONE[asked](queries, ledger, ref) is not None
            taken.append(_STEPS.taken - before)
    small, large = taken
    assert large <= 1.5 * small, taken
