"""Three ways to the same tables: entry by entry, rebuilt at once, replayed as it was known; and a fold beside them."""

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import Connection, Engine, Row, select

from projections import lists, watched
from projections.follow import catch_up
from projections.interests import interests
from projections.overview import by_status, summary
from projections.place import engine_at
from projections.queries import AsOf, Queries
from projections.schema import ASSERTIONS
from projections.undisclosed import told, undisclosed
from tests.projections.folding import check_fold
from tests.projections.histories import DATES, Step, histories, play, tell

EXAMPLES = 400 if os.environ.get("LEDGER_SWEEP") else 10
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


def _bare(rows: list[Row[Any]]) -> list[tuple[Any, ...]]:
    # What is said, without since and until when it was known.
    return [tuple(row)[:2] + tuple(row)[4:] for row in rows]


def _shown(db: Connection, on: str, known_at: int) -> dict[str, Any]:
    queries = Queries(db, AsOf(on, known_at))
    return {
        "parties": lists.parties(queries),
        "names": sorted(queries.other_names()),
        "engagements": lists.engagements(queries),
        "contributions": lists.contributions(queries),
        "orders": lists.orders(queries),
        "payments": list(lists.payments(queries)),
        "outcomes": _bare(queries.outcomes()),
        "planned": _bare(queries.outcomes("planned")),
        "risks": watched.risks(queries),
        "conflicts": watched.conflicts(queries),
        "reviews": watched.reviews(queries),
        "actions": watched.actions(queries),
        "checks": watched.checks(queries),
        "flags": watched.flags(queries),
        "gifts": _bare(watched.gifts(queries)),
        "acceptances": _bare(watched.acceptances(queries)),
        "attached": _bare(watched.documents(queries)),
        "corrections": _bare(watched.corrections(queries)),
        "preparations": _bare(watched.preparations(queries)),
        "interests": interests(queries),
        "documents": lists.documents(queries),
        "rates": lists.rates(queries),
        "settings": lists.settings(queries),
        "status": by_status(queries),
        "summary": summary(queries),
        "undisclosed": undisclosed(queries),
        "told": told(queries),
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
            for position in range(1, size + 1, max(1, size // 4)):
                with projected(ledger, position).connect() as then:
                    for on in DATES[::2]:
                        assert _shown(then, on, position) == _shown(whole, on, position)
                        check_fold(ledger, Queries(whole, AsOf(on, position)))
        ledger.close()
