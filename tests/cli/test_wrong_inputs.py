"""Wrong inputs, as people type them: none is accepted, nothing is recorded, and each answer says the next step."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.transcripts.terminal import Terminal

LEAST = 100
INPUTS = [
    tuple(line.split(" | "))
    for line in (Path(__file__).parent / "data" / "wrong_inputs.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
OFFICE = (
    "init --origin example.org/ledger --currency USD",
    "party register 'Ernst & Young (illustrative)' --ref EY",
    "party alias EY EYGS",
    "party register 'Université de Genève' --ref UNIGE",
    "party register 'Deloitte (illustrative)' --ref DEL",
    "engagement sign E-1 --title Pilot --kind consultancy --party EY --effective 2026-03-01 --ceiling 'USD 100000'",
    "engagement sign E-2 --title Fund --kind grant --party UNIGE --contribution 'UNIGE=USD 5000'",
    "order issue E-1 SO-1 --subject Report --amount 'USD 40000' --effective 2026-03-10",
    "order accept E-1 SO-1 'USD 20000' --effective 2026-04-10",
    "disclosure publish C26/1 --body Council --effective 2026-05-01 --as-of-on 2026-04-30 --cover all",
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """Yield a terminal in a folder with a ledger; the inputs change nothing in it."""
    with pytest.MonkeyPatch.context() as patch:
        terminal = Terminal(tmp_path_factory.mktemp("office"), patch)
        for line in OFFICE:
            assert 0 == terminal.type(f"ledger {line}")[1], line
        yield terminal


def test_there_are_many() -> None:
    """The table has at least a hundred inputs, each once."""
    assert len(INPUTS) >= LEAST
    assert len(INPUTS) == len({typed for typed, _, _ in INPUTS})


@pytest.mark.parametrize(("typed", "code", "step"), INPUTS, ids=[typed for typed, _, _ in INPUTS])
def test_a_wrong_input(office: Terminal, typed: str, code: str, step: str) -> None:
    """It is refused with its code and the next step, and nothing is recorded."""
    before = office.type("ledger log --format json")
    text, exit_code = office.type(f"ledger {typed}")
    assert (True, True) == (exit_code != 0, f"error: {code}: " in text), text
    assert f"hint: {step}" in text
    assert before == office.type("ledger log --format json")
