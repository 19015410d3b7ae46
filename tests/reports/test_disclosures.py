"""The disclosures report: days to disclosure, documents, and every figure computed from its entries alone."""

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from projections.history.journal import Journal
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.queries.figures import walk
from projections.reports.disclosures import report as disclosures
from projections.reports.model import Report
from projections.runner.follow import catch_up
from projections.runner.place import engine_at
from tests.projections.histories import Step, histories, play
from tests.reports.council_ledger import ReportDocument, Secretariat
from tests.reports.disclosures_evaluator import Evaluator

SWEEP = bool(os.environ.get("LEDGER_SWEEP"))
slowly = settings(
    max_examples=300 if SWEEP else 12,
    deadline=None,
    phases=tuple(Phase) if SWEEP else (Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
STAYS = {
    "distinct": "another entry about the same engagement still counts it",
    "rank": "the least, middle or most days may be those of another",
    "by_days": "disclosures of other facets of an engagement are named too: they say that those are not among these",
}
"""Figures that can stay the same without one of their entries, and the reason."""
BY_DAYS = ("/undisclosed", "/ahead", "/within_30", "/within_90", "/within_365")
ORDER = "order issue CWG-2023-003 SO-2024-001 --subject Assessment --amount 'USD 60000.00' --effective 2024-02-01"
LATER = "order issue CWG-2023-003 SO-2024-002 --subject Roadmap --amount 'USD 90000.00' --effective 2024-09-30"
PUBLISH = "disclosure publish C24/50 --body Council --title 'Engagements' --effective 2024-06-04 --as-of-on 2024-06-04"
COVER = "--cover CWG-2023-003=parties,service-orders"


@pytest.fixture
def disclosed(contribution: Secretariat) -> Secretariat:
    """Return staff who disclosed one of the three engagements and its first order to the Council."""
    for line in (ORDER, f"{PUBLISH} {COVER}", LATER, "disclosure prepare C27/50 --body Council --cover CWG-2023-001"):
        contribution.do(line)
    return contribution


def _report(staff: Secretariat, *options: str) -> ReportDocument:
    staff.do(f"report disclosures -o disclosures.json {' '.join(options)}")
    return ReportDocument((staff.folder / "disclosures.json").read_text("utf-8"))


def _evaluator(staff: Secretariat, report: ReportDocument, entries: dict[int, Any]) -> Evaluator:
    as_of = report.document["as_of"]
    return Evaluator(entries, as_of["on"], as_of["known_at"])


def test_an_order_has_its_days_from_happening_and_from_recording(disclosed: Secretariat) -> None:
    """Each order has the days of its issue, recording and first disclosure, the document, and the days between."""
    first, second = _report(disclosed).table("every_order")
    assert ["2024-02-01", "2026-11-23", "2024-06-04", "C24/50 (Council)", 124, -902] == list(first.values())[3:]
    assert ["2024-09-30", "2026-11-23", "not yet disclosed", "no document", 784, 0] == list(second.values())[3:]


def test_undated_days_are_not_recorded(disclosed: Secretariat) -> None:
    """If the day of signature is not recorded, neither are the days: never 0, never blank."""
    report = _report(disclosed)
    rows = report.table("every_facet")
    assert {"2023-12-01 or before"} == {row["Happened on"] for row in rows}
    assert {"not recorded"} == {row["Days"] for row in rows}
    assert all(cell not in ("", None) for table in report.document["tables"] for row in table["rows"] for cell in row)
    assert report.figures["facets"]["not_dated"] == report.figures["facets"]["all"]


def test_documents_published_and_in_preparation(disclosed: Secretariat) -> None:
    """Each body has its documents and the numbers that they cover; those in preparation are listed separately."""
    report = _report(disclosed)
    assert {"Council": {"documents": 1, "engagements": 1, "facets": 1, "orders": 1}} == report.figures["bodies"]
    assert ["C27/50"] == [row["Document"] for row in report.table("prepared")]
    assert ["C24/50: Engagements"] == [row["Document"] for row in report.table("documents")]


def test_distributions_by_year(disclosed: Secretariat) -> None:
    """There are numbers, days and shares by year of happening and by year of publication."""
    orders = _report(disclosed).figures["orders"]
    spread = {"minimum": 124, "median": 124, "maximum": 124, "within_30": 0, "within_90": 0, "within_365": 1}
    assert {"2024": {"number": 1, "counted": 1, **spread}} == orders["by_year_of_publication"]
    assert {"2024": {"number": 2, "undisclosed": 1, "ahead": 0, **spread}} == orders["by_year_of_happening"]


def test_a_correction_is_named_with_its_document(disclosed: Secretariat) -> None:
    """A corrected document is listed with its correction and what was wrong."""
    disclosed.do(
        "disclosure correct C24/50 'C24/50(Cor.1)' --what 'The amount' --cover CWG-2023-003=parties "
        "--effective 2024-07-01 --as-of-on 2024-07-01"
    )
    row = _report(disclosed).table("corrected")[0]
    assert ["2024-07-01", "C24/50", "C24/50(Cor.1)", "The amount"] == list(row.values())[:4]


def test_nothing_is_printed_from_after_the_as_of(disclosed: Secretariat) -> None:
    """As known before the document was recorded, and as of a day before it, nothing is disclosed."""
    before = disclosed.last("disclosure.published") - 1
    for option in (f"--known-at {before} --on 2024-12-31", "--on 2024-06-03"):
        disclosed.do(f"report disclosures -o early.md {option}")
        text = (disclosed.folder / "early.md").read_text("utf-8")
        assert "C24/50" not in text
        assert "SO-2024-002" not in text
        assert "No document is recorded that told any body" in text


def test_every_figure_follows_and_no_entry_is_there_for_nothing(disclosed: Secretariat) -> None:
    """Each figure equals the fold of its entries, and changes without any one of them."""
    report, entries = _report(disclosed), disclosed.entries()
    stayed = set()
    for pointer, source in report.document["provenance"].items():
        if source["kind"] == "ratio":
            continue
        figure = _at(report.figures, pointer)
        chosen = {position: entries[position] for position in report.positions(pointer)}
        assert figure == _evaluator(disclosed, report, chosen).figure(pointer), pointer
        for left_out in chosen:
            rest = {position: entry for position, entry in chosen.items() if position != left_out}
            if figure == _evaluator(disclosed, report, rest).figure(pointer):
                by_days = "/by_year_" in pointer or pointer.endswith(BY_DAYS)
                stayed.add("by_days" if by_days else source["kind"] if source["kind"] in STAYS else pointer)
    assert set() == stayed - set(STAYS)


def _at(tree: Any, pointer: str) -> Any:
    for word in pointer.split("/")[1:]:
        tree = tree[word.replace("~1", "/").replace("~0", "~")]
    return tree


@slowly
@given(story=histories)
def test_random_histories(story: list[Step]) -> None:
    """On random histories, each figure follows from its entries, and from the whole log."""
    with TemporaryDirectory() as folder:
        ledger = play(story, Path(folder))
        engine = engine_at(Path(folder) / "read.db")
        catch_up(ledger, engine)
        size = ledger.store.head().size
        entries: dict[int, Any] = {position: json.loads(data) for position, data in ledger.store.entries()}
        for position, on in ((size, "2025-12-31"), (size * 2 // 3, "2025-03-31")):
            with engine.connect() as db:
                report: Report = disclosures.build(
                    Queries(db, BitemporalPoint(on, position)), Journal(ledger, position), "root"
                )
            known = {at: entry for at, entry in entries.items() if at <= position}
            whole = Evaluator(known, on, position)
            for pointer, figure in walk(report.figures):
                assert whole.figure(pointer) == figure.plain, f"{pointer} of the log"
                named = {at: known[at] for at in figure.entries}
                assert Evaluator(named, on, position).figure(pointer) == figure.plain, f"{pointer} of its entries"
        engine.dispose()
        ledger.close()
