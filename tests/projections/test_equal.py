"""Following, a rebuild and a replay up to a position give the same tables, and they agree with a plain fold."""

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import Connection, Engine, Row, select

from ledger.application.ledger import Ledger
from projections.compliance.verdicts import Court
from projections.compliance.versions import Versions
from projections.findings.assessed import AssessedFinding, assessed
from projections.findings.examination import Examination
from projections.queries import guideline_lists, lists, oversight
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.queries.disclosure.state import first_disclosures, undisclosed
from projections.queries.implied_conflicts import implied_conflicts
from projections.queries.overview import by_status, summary
from projections.runner.follow import catch_up
from projections.runner.place import engine_at
from projections.tables.schema import ASSERTIONS
from tests.projections.folding import check_fold
from tests.projections.histories import DATES, Step, histories, play, record_step
from tests.projections.places import MakePlace

SWEEP = bool(os.environ.get("LEDGER_SWEEP"))


def examples(many: int, few: int) -> settings:
    """Return settings with `many` examples in a sweep and `few` otherwise."""
    return settings(
        max_examples=many if SWEEP else few,
        deadline=None,
        phases=tuple(Phase) if SWEEP else (Phase.explicit, Phase.reuse, Phase.generate),
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
    # The rows without `known_from` and `known_to`.
    return [tuple(row)[:2] + tuple(row)[4:] for row in rows]


def _shown(db: Connection, on: str, known_at: int) -> dict[str, Any]:
    queries = Queries(db, BitemporalPoint(on, known_at))
    return {
        "parties": list(lists.parties(queries)),
        "names": sorted(queries.other_names()),
        "engagements": list(lists.engagements(queries)),
        "contributions": list(lists.contributions(queries)),
        "orders": list(lists.orders(queries)),
        "payments": list(lists.payments(queries)),
        "outcomes": _bare(queries.outcomes()),
        "planned": _bare(queries.outcomes("planned")),
        "approvals": _bare(oversight.approvals(queries)),
        "risks": oversight.risks(queries),
        "conflicts": oversight.conflicts(queries),
        "reviews": oversight.reviews(queries),
        "actions": oversight.actions(queries),
        "information": oversight.information_requests(queries),
        "checks": oversight.checks(queries),
        "flags": oversight.flags(queries),
        "gifts": _bare(oversight.gifts(queries)),
        "acceptances": _bare(oversight.acceptances(queries)),
        "attached": _bare(oversight.documents(queries)),
        "corrections": _bare(oversight.corrections(queries)),
        "preparations": _bare(oversight.preparations(queries)),
        "implied conflicts": implied_conflicts(queries),
        "documents": lists.documents(queries),
        "rates": lists.rates(queries),
        "settings": lists.settings(queries),
        "status": by_status(queries),
        "summary": summary(queries),
        "undisclosed": undisclosed(queries),
        "first disclosures": first_disclosures(queries),
        "guidelines": guideline_lists.guidelines(queries),
        "waivers": guideline_lists.waivers(queries),
        "controls": guideline_lists.controls(queries),
        "assessments": guideline_lists.assessments(queries),
        "verdicts": verdicts(queries),
    }


def verdicts(queries: Queries) -> list[tuple[Any, ...]]:
    """Return what tells the verdicts on all engagements at an as-of."""
    found = Court(queries, Versions.recorded(queries)).verdicts(sorted(queries.statuses()))
    return [
        (verdict.engagement, verdict.version.symbol, verdict.key, verdict.status, verdict.due_on, verdict.said,
         verdict.entries)
        for verdict in found
    ]  # fmt: skip


def findings(ledger: Ledger, db: Connection, on: str, known_at: int) -> list[AssessedFinding]:
    """Return all findings at an as-of, with what became of them; no two have the same key."""
    queries = Queries(db, BitemporalPoint(on, known_at))
    found = list(assessed(queries, Examination(queries, ledger).findings()))
    assert len(found) == len({item.finding.key for item in found})
    assert all(0 < entry <= known_at for item in found for entry in item.finding.entries)
    return found


def _check_rebuilt(story: list[Step], make: MakePlace) -> None:
    with TemporaryDirectory() as folder, make(Path(folder)) as place:
        ledger = play([], Path(folder))
        for number, step in enumerate(story):
            record_step(ledger, step)
            if number % 3 == 0:
                place.open_at_end(ledger, None).dispose()
        followed = place.open_at_end(ledger, None)
        # The rebuild is in a file, whatever the place is.
        rebuilt = engine_at(Path(folder) / "rebuilt.db")
        catch_up(ledger, rebuilt)
        assert _tables(rebuilt) == _tables(followed)
        followed.dispose()
        place.clear()
        again = place.open_at_end(ledger, None)
        assert _tables(rebuilt) == _tables(again)
        again.dispose()
        rebuilt.dispose()
        ledger.close()


@examples(400, 10)
@given(story=histories)
def test_a_rebuild_gives_what_following_gave(story: list[Step], file_place: MakePlace) -> None:
    """Tables that followed the log in steps have the same rows as rebuilt tables."""
    _check_rebuilt(story, file_place)


def _check_then(story: list[Step], whole_of: MakePlace, projected: Projected) -> None:
    with TemporaryDirectory() as folder, whole_of(Path(folder)) as place:
        ledger = play(story, Path(folder))
        size = ledger.store.head().size
        engine = place.open_at_end(ledger, None)
        with engine.connect() as whole:
            for position in range(1, size + 1, max(1, size // 4)):
                with projected(ledger, position).connect() as then:
                    for on in DATES[::2]:
                        assert _shown(then, on, position) == _shown(whole, on, position)
                        assert findings(ledger, then, on, position) == findings(ledger, whole, on, position)
                        check_fold(ledger, Queries(whole, BitemporalPoint(on, position)))
        engine.dispose()
        ledger.close()


@examples(400, 10)
@given(story=histories)
def test_as_known_then_is_what_was_shown_then(story: list[Step], file_place: MakePlace, projected: Projected) -> None:
    """The whole log, read as known at a position, equals the log up to that position, and a plain fold."""
    _check_then(story, file_place, projected)
