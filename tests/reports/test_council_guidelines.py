"""The council report where guidelines are adopted: led by materiality, with counts that their entries give alone."""

import random
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.application.request import Request, command_from
from projections.compliance.records import Record
from projections.queries.figures import Figure
from projections.reports.council.guideline_figures import MEMBERS
from projections.reports.model import Report, Section, Table
from projections.reports.registry import FORMS, render
from projections.reports.render import outline
from projections.runner.follow import catch_up
from projections.runner.place import engine_at
from tests.compliance.drawn import every_word
from tests.compliance.registers import Judged
from tests.projections.histories import EPISODES, Step, play, steps
from tests.reports.alone import Tables

YEAR = {"from": "2024-01-01", "to": "2024-12-31"}
LAST = "2024-12-31"
ADOPTED = ("guidelines", "materiality", "others", "verdicts", "compliance")
"""Members of the figures that need guidelines; waivers and requests are counted by themselves."""


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    """Return the demo's registers, with the model guidelines."""
    made = Judged(tmp_path_factory.mktemp("register"))
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def tables(register: Judged) -> Iterator[Tables]:
    """Return the tables of the registers, for the report of 2024."""
    with open_ledger(register.url) as ledger:
        yield Tables(ledger, register.engine, LAST, "council", YEAR)


def table_of(report: Report, key: str) -> Table:
    """Return a table of a report."""
    return next(table for table in outline.tables(report) if table.key == key)


def in_full(report: Report) -> list[str]:
    """Return the engagements that have a section of their own."""
    each = next(section for section in report.annexes if section.key == "each")
    return [section.title.partition(":")[0] for section in each.below]


def sums(figures: dict[str, Figure], place: str, end: str = "") -> Counter[tuple[str, str]]:
    """Return the amounts below a pointer, by measure and currency."""
    amounts: Counter[tuple[str, str]] = Counter()
    for pointer, figure in figures.items():
        if pointer.startswith(f"{place}/") and pointer.endswith(end):
            measure, currency = pointer.removeprefix(f"{place}/").split("/")[:2]
            amounts[measure, currency] += Decimal(figure.value)  # type: ignore[assignment]
    return amounts


def test_what_is_material_is_in_full_and_the_rest_in_one_table(tables: Tables) -> None:
    """Of 249 engagements 110 are in full: 109 material, and one of which that is not known; 139 are in a table."""
    report, figures = tables.report(), tables.figures()
    shown = in_full(report)
    assert (249, 110, 110) == (figures["/engagements"].value, len(shown), len(table_of(report, "engagements").rows))
    counts = [figures[f"/materiality/{name}"].value for name in ("material", "not_known", "others")]
    assert [109, 1, 139] == counts
    kinds = [pointer for pointer in figures if pointer.startswith("/others") and pointer.endswith("/engagements")]
    by_kind = [figures[pointer].value for pointer in kinds]
    assert 139 == sum(map(int, by_kind))
    both = sums(figures, "/others/money")
    for ref in shown:
        both += sums(figures, f"/details/{ref}/money")
    assert both == sums(figures, "/money", "/to_date")
    assert [str(both["signed", "USD"]), "USD"] == [str(figures["/money/signed/USD/to_date"].plain), "USD"]


def test_the_table_prints_the_totals(tables: Tables) -> None:
    """Each row has a kind, a measure and a currency; the last ones are of all kinds, and have the number of all."""
    rows = [[str(cell.text) for cell in row] for row in table_of(tables.report(), "others").rows]
    assert [
        ["partnership agreement", "139", "Signed by payers", "USD", "4,345,146.30"],
        ["All kinds", "139", "Signed by payers", "USD", "4,345,146.30"],
    ] == rows


def test_all_shows_every_engagement_and_verdict(tables: Tables, register: Judged) -> None:
    """With `--all` every engagement is in full and every verdict listed; the figures stay the same."""
    short = tables.report()
    with open_ledger(register.url) as ledger:
        whole = Tables(ledger, register.engine, LAST, "council", {**YEAR, "all": True}).report()
    assert 249 == len(in_full(whole))
    assert short.figures == whole.figures
    assert (20, 799) == tuple(len(table_of(report, "breaches").rows) for report in (short, whole))
    assert ("779 more are not listed: the gravest come first, and --all lists all.",) == _section(short).prose[1:]
    assert () == _section(whole).prose[1:]


def _section(report: Report) -> Section:
    return next(section for section in report.sections if section.key == "breaches")


def test_what_is_only_added_up_is_not_disclosed(tables: Tables) -> None:
    """Readers of the report learn of the engagements in full what stands; of the others nothing."""
    report = tables.report()
    assert sorted(in_full(report)) == sorted(coverage.engagement for coverage in report.discloses)


def test_the_gravest_come_first(tables: Tables) -> None:
    """Two analyses of high severity lead the list, although diligences have been missing for longer."""
    rows = table_of(tables.report(), "breaches").rows
    assert ["high", "high", "medium"] == [row[3].text for row in rows[:3]]
    assert ["CWG-2023-001", "CWG-2023-002", "BDT-2020-025"] == [row[0].text for row in rows[:3]]


def test_what_cannot_be_judged_names_the_missing_facts(tables: Tables) -> None:
    """Of EY it is not known whether it is strategic, and the source withholds the amounts."""
    rows = [[cell.text for cell in row] for row in table_of(tables.report(), "unjudged").rows]
    due = ["analysis", "review", "risks", "told"]
    own = next(row for row in rows if row[0] == "CWG-2023-003" and "analysis" in row[2])
    assert (due, "EY") == (sorted(text.partition(" ")[0] for text in own[2].split("; ")), own[1])
    assert "an assessment of the strategic weight; the amounts, which the source withholds" == own[3]
    assert "the type of EY; the amounts, which the source withholds" in [row[3] for row in rows]


def test_the_counts_are_those_of_the_verdicts(tables: Tables, register: Judged) -> None:
    """Each count of the table is the number of the verdicts of a rule on all engagements."""
    counts = Counter(
        f"/compliance/{verdict.version.symbol.replace('/', '~1')}/{verdict.rule.id}/{verdict.status.replace(' ', '_')}"
        for verdict in register.verdicts(LAST)
        if verdict.status != "does not apply"
    )
    figures = {pointer: figure.value for pointer, figure in tables.figures().items() if figure.value != 0}
    assert counts == {pointer: value for pointer, value in figures.items() if pointer.startswith("/compliance/")}


def test_every_engagement_is_read_twice(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building the report makes two records of each engagement: one is judged, one is examined by the controls."""
    made: Counter[str] = Counter()
    original = Record.__init__

    def counting(self: Record, batch: Any, ref: str) -> None:
        made[ref] += 1
        original(self, batch, ref)

    monkeypatch.setattr(Record, "__init__", counting)
    tables.report()
    assert (369, {2}) == (len(made), set(made.values()))


def story(seed: int) -> list[Step]:
    """Return a long story, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - the same story each time
    taken: list[Step] = []
    while len(taken) < 230:
        verbs = chance.choice(EPISODES)
        numbers = [chance.randrange(12) for _ in range(4)]
        if not any(verb.startswith(("import", "key", "definitions")) for verb in verbs):
            taken += steps(verbs, *numbers)
    return taken


@pytest.fixture
def played(tmp_path: Path) -> Iterator[tuple[Ledger, Engine]]:
    """Return a ledger with a long story and guidelines of every word, and its tables."""
    ledger = play(story(2), tmp_path)
    for text in (every_word("ALL/1", "2024-01-01", 0), every_word("ALL/2", "2025-01-01", 3)):
        given = command_from({"command": "guidelines adopt", "text": text})
        ledger.record(Request(commands=(given,), actor="staff/1"))
    engine = engine_at(tmp_path / "tables.db")
    catch_up(ledger, engine)
    yield ledger, engine
    engine.dispose()
    ledger.close()


def test_entries_give_every_count_of_the_registers(tables: Tables) -> None:
    """Folding only the entries of a count gives the count: of what is material, of verdicts, of the others' money."""
    assert [] == tables.unfounded(*ADOPTED)


@pytest.mark.slow
def test_entries_give_every_count_of_a_story(played: tuple[Ledger, Engine]) -> None:
    """So they do in a history with voids, merges, waivers and changes of everything, by every word of the language."""
    ledger, engine = played
    own = Tables(ledger, engine, "2026-01-01", "council", {"from": "2024-05-01", "to": "2099-12-31"})
    figures = own.figures()
    assert all(figures[f"/verdicts/{status}"].value for status in ("not_met", "late", "cannot_be_judged", "met", "due"))
    assert [] == own.unfounded(*ADOPTED)
    adopted = figures["/guidelines/in_force"].entries
    assert [] == own.unfounded(*(set(MEMBERS) - set(ADOPTED)), also=adopted)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_the_sections(tables: Tables, form: str) -> None:
    """Markdown, HTML, CSV and JSON have the counts and the lists."""
    text = render(tables.report(), form)
    for part in ("MODEL-GL/2", "no strategic analysis", "an assessment of the strategic weight"):
        assert part in text.replace("<wbr>", "")
