"""Taking back: what is voided is shown in words and confirmed; an act is taken back as a whole."""

import json
from pathlib import Path

import pytest

from tests.cli.person import LEDGER, Person
from tests.transcripts.terminal import Terminal


def _standing(terminal: Terminal) -> list[str]:
    """Return the references of parties that are registered."""
    answer, code = terminal.type("ledger party list --format json")
    assert 0 == code, answer
    return [row["party"] for row in json.loads(answer)["rows"]]


def test_a_person_sees_and_confirms(folder: Path) -> None:
    """At a terminal the entry is shown with the names of parties; whoever says no has recorded nothing."""
    person = Person(folder, str(LEDGER), "undo")
    shown = person.answers("Take it back? [Y/n]", "n")
    assert "8  2026-03-01  order.issued of E-1: number SO-2, subject Final report" in shown.replace("\n    ", " ")
    assert (130, True) == ((ended := person.ends())[1], "nothing recorded." in ended[0])
    person = Person(folder, str(LEDGER), "undo")
    person.answers("Take it back? [Y/n]", "")
    rest, code = person.ends()
    assert (0, True) == (code, "recorded at 9;" in rest), rest
    rest, code = Person(folder, str(LEDGER), "undo", "--yes").ends()
    assert (0, True) == (code, "recorded at 10;" in rest), rest


def test_void_shows_the_last_entries_and_asks(folder: Path) -> None:
    """Without positions the last entries are shown; a wrong one is asked for again, and so is nothing."""
    person = Person(folder, str(LEDGER), "void")
    assert "7  2026-02-01  order.issued of E-1" in person.answers("Positions (", "").replace("\n", " ")
    person.answers("Positions (", "99")
    assert "beyond-head" in person.answers("Positions (", "7-8")
    person.answers("Reason (", "Of another engagement")
    assert "voiding these 2 entries:" in person.answers("Void them? [Y/n]", "y")
    rest, code = person.ends()
    assert (0, True) == (code, "recorded at 9-10;" in rest), rest


def test_a_refusal_comes_before_the_question(folder: Path) -> None:
    """What a rule forbids is not asked about."""
    rest, code = Person(folder, str(LEDGER), "void", "6", "--reason", "Wrong").ends()
    assert (3, True, False) == (code, "void-breaks" in rest, "[Y/n]" in rest)


def test_a_file_of_commands_is_one_act(terminal: Terminal) -> None:
    """What `ledger record` recorded from one file is taken back as a whole, and nothing else."""
    lines = [f'{{"command": "party register", "name": "Alpha {number}"}}\n' for number in "one two three".split()]
    Path("lines.jsonl").write_text("".join(lines), "utf-8")
    before = _standing(terminal)
    assert 0 == terminal.type("ledger record lines.jsonl")[1]
    assert len(before) + 3 == len(_standing(terminal))
    assert "these 3 entries" in terminal.type("ledger undo")[0]
    assert before == _standing(terminal)


def test_others_and_what_is_undone_are_passed_over(terminal: Terminal) -> None:
    """An undo takes back what this actor recorded last, whatever others recorded since."""
    before = _standing(terminal)
    terminal.type("ledger party register One --actor staff/2")
    terminal.type("ledger party register Two")
    terminal.type("ledger party register Three --actor staff/2")
    assert 0 == terminal.type("ledger undo --actor staff/2")[1]
    assert 0 == terminal.type("ledger undo --actor staff/2")[1]
    assert [*before, "P00005"] == _standing(terminal)


def test_what_others_built_on_stays(terminal: Terminal) -> None:
    """A command on which somebody else's entry stands is not taken back."""
    terminal.type("ledger party register One --ref ONE")
    terminal.type("ledger party alias ONE Uno --actor staff/2")
    answer, code = terminal.type("ledger undo")
    assert (3, True) == (code, "void-breaks" in answer)
    assert "ONE" in _standing(terminal)


@pytest.mark.parametrize("rows", [3, 700])
def test_an_import_is_one_act(terminal: Terminal, rows: int) -> None:
    """An import is taken back as a whole, also where it is longer than what is read at a time."""
    Path("own.toml").write_text('kind = "parties"\n[columns]\nname = "Name"\n', "utf-8")
    Path("own.csv").write_text("Name\n" + "".join(f"Alpha {n} {'x' * (n % 7)}\n" for n in range(rows)), "utf-8")
    before = _standing(terminal)
    answer, code = terminal.type("ledger import own.toml own.csv")
    assert 0 == code, answer
    answer, code = terminal.type("ledger undo --format json")
    assert (0, f"voiding these {rows} entries") == (code, answer[: len(f"voiding these {rows} entries")])
    assert before == _standing(terminal)
    assert "verified" in terminal.type("ledger verify")[0]


def test_all_of_a_range_that_stands(terminal: Terminal) -> None:
    """Of a range, what is voided and what voids it are left out; a void of something else is taken back."""
    terminal.type("ledger void 8 --reason Wrong")  # 9
    terminal.type("ledger party register One")  # 10
    terminal.type("ledger party register Two")  # 11
    terminal.type("ledger void 10 --reason Wrong")  # 12
    answer, code = terminal.type("ledger void 9-12 --reason Wrong --format json")
    assert 0 == code, answer
    assert [13, 14] == json.loads(answer.splitlines()[-1])["positions"]
    assert 2 == len(json.loads(terminal.type("ledger order list --format json")[0])["rows"])
    assert ["P00001", "P00002", "P00003"] == _standing(terminal)
