"""Controls look by the parameters of the version in force on the day of the as-of, as known then."""

from pathlib import Path
from typing import Any

import pytest

from ledger.domain.controls.reading import PARAMETERS, Names, read_controls
from ledger.domain.guidelines.vocabulary import SEVERITIES as WORDS
from projections.findings.controls import SEVERITIES, control, controls
from projections.findings.examination import Examination
from projections.findings.in_force import in_force, with_parameters
from projections.tables.named import engagement_facts
from tests.findings import stories
from tests.findings.stories import STORIES, Course
from tests.findings.world import History, history

HEAD = """language = 1
[controls]
symbol = "{symbol}"
title = "Parameters for a test"
adopted_by = "Audit Committee"
adopted_on = {adopted}
in_force_on = {binds}
"""


def parameters(settings: str, symbol: str = "CTL/1", adopted: str = "2024-01-01", binds: str = "") -> str:
    """Return the text of a version."""
    return f"{HEAD.format(symbol=symbol, adopted=adopted, binds=binds or adopted)}{settings}".rstrip("\n")


def of(name: str, setting: str) -> str:
    """Return what a text says of a control."""
    return f'[[control]]\nid = "{name}"\n{setting}\n'


def adopt(own: History, text: str) -> int:
    """Adopt parameters."""
    return own.do("controls adopt", text=text)


def test_the_vocabulary_is_that_of_the_controls() -> None:
    """The parameters that a text may set are those that the controls have, and those that ship have their forms."""
    assert {name: set(item.parameters) for name, item in controls().items()} == {
        name: set(known) for name, known in PARAMETERS.items()
    }
    assert {*SEVERITIES} == {*WORDS}
    settings = []
    for name, known in PARAMETERS.items():
        values = controls()[name].parameters
        lines = [
            f"{member} = {list(values[member]) if isinstance(form, Names) else values[member]}".replace("'", '"')
            for member, form in known.items()
        ]
        settings.append(of(name, "\n".join([f'severity = "{controls()[name].severity}"', *lines])))
    version = read_controls(parameters("".join(settings)))
    assert {name: _plain(item) for name, item in controls().items()} == {
        name: _plain(item) for name, item in with_parameters(version).items()
    }


def _plain(item: Any) -> tuple[Any, ...]:
    values = {name: sorted(value) if isinstance(value, list | tuple) else value
              for name, value in item.parameters.items()}  # fmt: skip
    return item.severity, values, item.looks_for


WIDER: dict[str, tuple[str, Course]] = {
    "split-orders": ("days = 91", stories.split("50.00", "2024-07-01")),
    "just-below": ("percent = 6", stories.just_below("94.99")),
    "sharp-increase": ("percent = 19", STORIES["sharp-increase"].misses),
    "many-increases": ("times = 2", STORIES["many-increases"].misses),
    "no-competition": ('competitive = ["invitation to bid"]', stories.competed),
    "voided-late": ("days = 29", STORIES["voided-late"].misses),
    "recorded-late": ("days = 29", STORIES["recorded-late"].misses),
    "same-amount": ("days = 8", STORIES["same-amount"].misses),
    "receipts": ("days = 179", STORIES["receipts"].misses),
    "expired": ("days = 179", STORIES["expired"].misses),
    "concentration": ("percent = 49", STORIES["concentration"].misses),
}
"""A parameter with which a control finds what lies just outside it as it ships."""


@pytest.mark.parametrize("name", WIDER)
def test_a_parameter_counts(name: str) -> None:
    """What is just not found is found with the parameter that the organisation adopted."""
    setting, course = WIDER[name]
    with history() as own:
        course(own)
        assert [] == own.findings(name)
        adopt(own, parameters(of(name, setting)))
        assert {name} == {finding.control.id for finding in own.findings(name)}


def test_a_competitive_basis_in_any_case() -> None:
    """A basis of selection that the text names counts in whatever case it was recorded."""
    with history() as own:
        STORIES["no-competition"].finds(own)
        assert own.findings("no-competition")
        with own.queries() as queries:
            (basis,) = {row.value for row in queries.rows(engagement_facts, engagement_facts.c.fact == "basis")}
        adopt(own, parameters(of("no-competition", f'competitive = ["{basis.upper()}"]')))
        assert [] == own.findings("no-competition")


def test_the_version_of_the_day() -> None:
    """Not before it is in force; of several, the one that binds last; as known then, the one of that time."""
    with history() as own:
        STORIES["expired"].misses(own)
        known = own.ledger.store.head().size
        adopt(own, parameters(of("expired", "days = 170"), "CTL/1", "2025-01-01", "2025-12-15"))
        adopt(own, parameters(of("expired", "days = 400"), "CTL/2", "2025-01-01", "2025-12-20"))

        def seen(on: str, known_at: int | None = None) -> tuple[str, int]:
            with own.queries(on, known_at) as queries:
                found = in_force(queries)
                return found.symbol, found.controls["expired"].number("days")

        assert ("shipped", 180) == seen("2025-12-14")
        assert ("CTL/1", 170) == seen("2025-12-15") == seen("2025-12-19")
        assert ("CTL/2", 400) == seen("2025-12-20")
        assert ("shipped", 180) == seen("2025-12-20", known)
        assert ("CTL/1", 170) == seen("2025-12-20", known + 1)


def test_two_versions_of_one_day() -> None:
    """The one that was recorded last counts."""
    with history() as own:
        adopt(own, parameters(of("expired", "days = 10"), "CTL/1"))
        adopt(own, parameters(of("expired", "days = 20"), "CTL/2"))
        with own.queries() as queries:
            assert "CTL/2" == in_force(queries).symbol


def test_voiding_moves_it() -> None:
    """A voided adoption counts no more, and counts again when the void is voided; then as known then not at all."""
    with history() as own:
        STORIES["expired"].misses(own)
        position = adopt(own, parameters(of("expired", "days = 179")))
        assert ["expired/E1"] == [finding.key for finding in own.findings("expired")]
        void = own.void(position)
        assert [] == own.findings("expired")
        own.void(void)
        assert ["expired/E1"] == [finding.key for finding in own.findings("expired")]
        assert ["expired/E1"] == [finding.key for finding in own.findings("expired", known_at=position)]
        assert [] == own.findings("expired", known_at=void)


def test_the_page_has_a_file_without_faults() -> None:
    """The example of docs/findings.md sets what the page says that it sets."""
    page = (Path(__file__).parents[2] / "docs" / "findings.md").read_text("utf-8")
    version = read_controls(page.partition("```toml\n")[2].partition("```")[0].rstrip("\n"))
    assert ("AC/2026/3", "2026-02-01") == (version.symbol, version.binds_from)
    assert {"split-orders", "recorded-late", "no-competition"} == version.settings.keys()


def test_severity_is_a_parameter() -> None:
    """The gravest come first, by the severities in force; an assessment of a finding still counts."""
    with history() as own:
        STORIES["expired"].finds(own)
        own.sign("E9", ends_on="2024-12-31")
        own.order("S1", "10.00", "2025-01-02", "E9")
        (finding,) = own.findings("expired")[:1]
        own.assess(finding)
        adopt(own, parameters(of("expired", 'severity = "high"') + of("after-end", 'severity = "low"')))
        with own.queries() as queries:
            order = [item.control.id for item in Examination(queries, own.ledger).findings()]
        assert order.index("expired") < order.index("after-end")
        assert ["dismissed"] == [item.status for item in own.assessed("expired") if item.finding.key == finding.key]


def test_what_a_control_looks_for_has_its_parameters() -> None:
    """In words, as `ledger controls` prints them."""
    version = read_controls(parameters(of("split-orders", "days = 60")))
    assert "within 60 days" in with_parameters(version)["split-orders"].looks_for
    assert "within 90 days" in control("split-orders").looks_for
