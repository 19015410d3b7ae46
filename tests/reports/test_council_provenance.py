"""The provenance of the council report: enough to compute each figure, no voided entries, and little more.

A figure follows from its cited entries: `Evaluator` folds them, independently of the product. No entry shows what did
not happen (not disclosed, not assessed, not held). Figures about that cite what would have to be disclosed, assessed
or held. Only the whole log shows that nothing did so, which is why every figure is also evaluated from all entries
that count.
"""

import json
import random
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from projections.history.journal import Journal
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.queries.figures import Figure, walk
from projections.reports.council import report as council
from projections.reports.council.report import UNPROVED
from projections.runner.follow import catch_up
from projections.runner.place import engine_at
from tests.projections.histories import VERBS, Step, play
from tests.reports.council_evaluator import Evaluator, ReportScope
from tests.reports.council_fold import MONEY, standing

STEPS = 400
STORIES = ("council/35", "council/10")
"""Seeds of stories in which nearly every figure is above zero."""

STATES = tuple(
    f"engagement.{verb}"
    for verb in ("proposed", "activated", "suspended", "resumed", "terminated", "completed", "closed", "reopened",
                 "extended", "amended")
)  # fmt: skip
ANY = ("",)
STAYS = (
    ("/", STATES, "without its last state or its end, an engagement is still one that was signed, and counts"),
    ("/", ("setting.changed",), "a setting that narrows what counts does not narrow what counts with it"),
    ("/parties", ("engagement.signed",), "another engagement is with the same party"),
    ("/(undisclosed_orders|orders/)", ("order.amended", "order.cancelled", "order.closed", "deliverable", "payment"),
     "an order is one order, however it went on"),
    ("/undisclosed_engagements", ANY, "something else of the engagement is not disclosed either"),
    ("/undisclosed_facets/(financials|outcomes)", ("contribution", "outcome"),
     "each contribution makes that there are financials, each outcome that there are outcomes"),
    ("/conflicts/", ("contribution",), "who gives something else still gives"),
    ("/conflicts/", ("order.issued",), "who is paid by another order, or by its role, is still paid"),
    ("/conflicts/", ("conflict.declared", "conflict.assessed"),
     "what is not declared is open as well; others that were declared show which of them were assessed"),
    ("/conflicts/", ("party.affiliated",), "they belong together through another party too"),
    ("/changed_since_disclosed", ANY, "what a facet says changes by more than one entry, or in one part only"),
    ("/money/", ("rate.recorded",), "the rate of an earlier day is the same"),
    ("/", ("party.merged",), "an entry that names a merged party brings the merge, whatever is read of it"),
    ("/overdue/action", ("action.closed",), "it was closed late, or shows that another action was closed"),
)  # fmt: skip
"""Figures, by prefix of their pointer, that can stay the same without an entry of a type, and the reason."""
PAST = ("/changed_since_disclosed", "/corrections")
"""Figures about a past state or about the log itself: only these cite voided entries."""


class BuiltReport(NamedTuple):
    """The figures of a report, its scope, and the raw entries of its log."""

    scope: ReportScope
    figures: dict[str, Figure]
    entries: dict[int, Any]

    def without(self, pointer: str, position: int) -> Any:
        """Return the value of a figure without one of its entries."""
        named = {at: self.entries[at] for at in self.figures[pointer].entries if at != position}
        return Evaluator(named, self.scope).figure(pointer)


def _story(seed: str) -> list[Step]:
    chance = random.Random(seed)  # noqa: S311 - the same story each time
    verbs = [verb for verb in VERBS if not verb.startswith(("import", "key", "definitions"))]
    return [(chance.choice(verbs), *(chance.randrange(12) for _ in range(4))) for _ in range(STEPS)]  # type: ignore[misc]


@pytest.fixture(scope="module", params=STORIES)
def reports(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[BuiltReport]]:
    """Return two reports on a long story: as of a day in the middle, and as of its end."""
    folder = tmp_path_factory.mktemp("story")
    ledger = play(_story(request.param), folder)
    engine = engine_at(folder / "read.db")
    catch_up(ledger, engine)
    entries = {position: json.loads(data) for position, data in ledger.store.entries()}
    built = []
    for on in ("2025-03-31", "2026-01-01"):
        scope = ReportScope("2024-05-01", "2099-12-31", on, len(entries))
        with engine.connect() as db:
            queries = Queries(db, BitemporalPoint(scope.on, scope.known_at))
            report = council.build(queries, Journal(ledger, scope.known_at), "root", (scope.starts, scope.ends))
        # Figures by guidelines are folded in test_council_guidelines.py.
        figures = {pointer: figure for pointer, figure in walk(report.figures) if pointer.split("/")[1] not in UNPROVED}
        built.append(BuiltReport(scope, figures, entries))
    yield built
    engine.dispose()
    ledger.close()


def test_every_figure_follows_from_its_entries(reports: list[BuiltReport]) -> None:
    """Folding only the entries that a figure cites gives the figure, and so does folding all entries."""
    for report in reports:
        whole = Evaluator(report.entries, report.scope)
        for pointer, figure in report.figures.items():
            named = {at: report.entries[at] for at in figure.entries}
            assert (pointer, figure.plain) == (pointer, Evaluator(named, report.scope).figure(pointer))
            assert (pointer, figure.plain) == (pointer, whole.figure(pointer))


def test_what_is_voided_is_named_by_no_figure(reports: list[BuiltReport]) -> None:
    """No figure cites an entry that does not count, except the figures about changes and corrections."""
    for report in reports:
        counts = standing(report.entries, report.scope.known_at)
        for pointer, figure in report.figures.items():
            if pointer not in PAST:
                assert (pointer, []) == (pointer, [at for at in figure.entries if at not in counts])


def test_no_entry_is_there_for_nothing(reports: list[BuiltReport]) -> None:
    """Leaving out any one entry changes the figure, unless `STAYS` gives a reason why not."""
    for report in reports:
        stayed = {
            (pointer, report.entries[at]["event"]["type"])
            for pointer, figure in report.figures.items()
            for at in figure.entries
            if figure.plain == report.without(pointer, at) and not _moves_nothing(report, pointer, at)
        }
        unexplained = {
            (pointer, tag)
            for pointer, tag in stayed
            if not any(re.match(begins, pointer) and tag.startswith(tags) for begins, tags, _ in STAYS)
        }
        assert set() == unexplained


def _moves_nothing(report: BuiltReport, pointer: str, position: int) -> bool:
    """Return whether a sum does not change without a signature because the engagement adds 0 to it."""
    entry, figure = report.entries[position], report.figures[pointer]
    if figure.kind != "sum" or entry["event"]["type"] != "engagement.signed":
        return False
    own = {
        at: report.entries[at] for at in figure.entries if report.entries[at]["stream"] in (entry["stream"], "ledger")
    }
    return float(Evaluator(own, report.scope).figure(pointer)) == 0


def test_each_movement_changes_its_sum(reports: list[BuiltReport]) -> None:
    """Without any one movement of money or signature that it cites, a sum changes."""
    for report in reports:
        for pointer, figure in report.figures.items():
            for at in figure.entries if figure.kind == "sum" else ():
                tag = report.entries[at]["event"]["type"]
                if (tag in MONEY or tag == "engagement.signed") and not _moves_nothing(report, pointer, at):
                    assert (pointer, at, True) == (pointer, at, figure.plain != report.without(pointer, at))


def test_the_stories_have_something_to_count(reports: list[BuiltReport]) -> None:
    """More than three in four of the figures outside `/details` are not 0."""
    figures = [
        figure for report in reports for pointer, figure in report.figures.items() if not pointer.startswith("/details")
    ]
    assert 3 * len(figures) < 4 * sum(1 for figure in figures if str(figure.value) not in ("0", "0.00"))
