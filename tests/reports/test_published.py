"""The register of 366 agreements gives the published figures, and each figure follows from its entries alone."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.main import run
from tests.reports.evaluator import evaluate, ratio

ROOT = Path(__file__).parents[2]
REGISTER = ROOT / "demo" / "data" / "register.csv"
SHARED = ROOT.parent / "shared" / "data" / "tdag25"

STAYS = {
    "distinct": "another agreement of the same partner, or another commitment of the same payer, still counts it",
    "rank": "a smaller commitment can be left out without another partner taking the place",
    "agreements_with_contribution": "an agreement with two commitments still has one",
}
"""Figures, or kinds of figure, that can stay the same without one of their entries, and the reason."""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Return the report on 2024 and the entries of the log, written by documented commands."""
    folder, before = tmp_path_factory.mktemp("published"), Path.cwd()
    os.chdir(folder)
    try:
        assert 0 == run(["init", "--origin", "example.org/ledger", "--currency", "USD"])
        assert 0 == run(["import", "tdag25", str(REGISTER)])
        assert 0 == run(["report", "partnerships", "--year", "2024", "-o", "report.json"])
        assert 0 == run(["log", "--format", "json"])
        yield json.loads(Path("report.json").read_text("utf-8"))
    finally:
        os.chdir(before)


@pytest.fixture(scope="module")
def entries(report: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> dict[int, Any]:
    """Return the raw entries by position."""
    from ledger.application.open import open_ledger  # noqa: PLC0415 - only to read bytes

    ledger = open_ledger()
    entries_by_position = {position: json.loads(data) for position, data in ledger.store.entries()}
    ledger.close()
    return entries_by_position


def _positions(ranges: dict[str, Any]) -> list[int]:
    return [position for first, last in ranges.get("ranges", []) for position in range(first, last + 1)]


def _at(tree: Any, pointer: str) -> Any:
    for word in pointer.split("/")[1:]:
        name = word.replace("~1", "/").replace("~0", "~")
        tree = tree[int(name)] if isinstance(tree, list) else tree[name]
    return tree


@pytest.mark.shared_data
def test_published_figures(report: dict[str, Any]) -> None:
    """The figures equal those of the published document, member by member."""
    if not SHARED.is_dir():
        pytest.skip("the shared data folder is not beside the project")
    assert json.loads((SHARED / "expected.json").read_text("utf-8")) == report["figures"]
    assert (SHARED / "register.csv").read_bytes() == REGISTER.read_bytes()


def test_totals_of_the_register(report: dict[str, Any]) -> None:
    """The totals that TDAG-25 publishes for 2024: 89 agreements, 53 with money, 73 partners, 33 with money."""
    figures = report["figures"]
    assert [89, 53, 73, 33] == [
        figures[name]
        for name in ("agreements", "agreements_with_contribution", "partners", "partners_with_contribution")
    ]
    assert ["33826190.48", "31100000.00", "2726190.48"] == [
        figures[name] for name in ("total_usd", "partner_usd", "organization_usd")
    ]


def test_every_figure_has_provenance(report: dict[str, Any]) -> None:
    """Every figure has a provenance, and every provenance has a figure."""

    def pointers(tree: Any, path: str = "") -> Iterator[str]:
        if isinstance(tree, (dict, list)):
            named = tree.items() if isinstance(tree, dict) else enumerate(tree)
            for name, value in named:
                yield from pointers(value, f"{path}/{str(name).replace('~', '~0').replace('/', '~1')}")
        else:
            yield path

    assert set(pointers(report["figures"])) == set(report["provenance"])


def test_every_figure_follows_from_its_entries(report: dict[str, Any], entries: dict[int, Any]) -> None:
    """Folding only the entries of its provenance gives each figure; a ratio follows from the figures it cites."""
    for pointer, source in report["provenance"].items():
        figure = _at(report["figures"], pointer)
        if source["kind"] == "ratio":
            assert figure == ratio(*(_at(report["figures"], of) for of in source["of"])), pointer
        else:
            chosen = [entries[position] for position in _positions(source)]
            assert figure == evaluate(pointer, chosen, "2024"), pointer


def test_no_entry_is_there_for_nothing(report: dict[str, Any], entries: dict[int, Any]) -> None:
    """Leaving out any one entry changes the figure, unless its kind has a stated reason why not."""
    stayed = set()
    for pointer, source in report["provenance"].items():
        if source["kind"] in ("ratio", "parameter"):
            continue
        positions = _positions(source)
        figure = _at(report["figures"], pointer)
        for left_out in positions:
            rest = [entries[position] for position in positions if position != left_out]
            if figure == evaluate(pointer, rest, "2024"):
                stayed.add(source["kind"] if source["kind"] in STAYS else pointer.strip("/"))
    assert stayed <= set(STAYS), f"no reason is given for {sorted(stayed - set(STAYS))}"
    assert "sum" not in stayed
