"""`--known-at` stands at the end of a command: within one the ledger was never in any state that was known."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli.main import COMMANDS, root
from ledger.domain.disclosure.commands import WithinCommand
from tests.transcripts.terminal import Terminal

HISTORY = """
ledger init --origin example.org/ledger --currency USD
ledger party register "Alpha (illustrative)"
ledger engagement sign E1 --title Research --kind memorandum --party "Alpha (illustrative)" \
 --contribution "Alpha (illustrative)=USD 10.00" --contribution "organization=USD 5.00"
ledger disclosure publish C26/1 --body Council --cover E1 --as-of-on 2026-12-31
"""
FIRST, LAST = 3, 5
"""The positions of the signature and of its two contributions."""
NEEDED = {"totals": "--by party-type --measure signed", "explain": "partnerships signed"}
"""Arguments of commands that do not take any text."""


def commands(command: click.Command, context: click.Context, words: str = "") -> Iterator[str]:
    """Yield every command that takes --known-at, with arguments."""
    if isinstance(command, click.Group):
        for name in COMMANDS if not words else command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, click.Context(below, context, name), f"{words} {name}".strip())
        if not command.invoke_without_command:
            return
    if any("--known-at" in parameter.opts for parameter in command.params):
        required = [parameter for parameter in command.params if parameter.required]
        given = ["1" if isinstance(each, click.Argument) else f"{each.opts[0]} 1" for each in required]
        yield f"{words} {NEEDED.get(words) or ' '.join(given)}"


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal on a ledger with a command of three entries."""
    terminal = Terminal(tmp_path, monkeypatch)
    for line in HISTORY.replace("\\\n", "").strip().splitlines():
        answer, code = terminal.type(line)
        assert 0 == code, answer
    return terminal


def test_every_command_refuses_a_position_within_a_command(terminal: Terminal) -> None:
    """The refusal names the ends around it; both are accepted."""
    found = list(commands(root, click.Context(root)))
    assert len(found) > 20
    for words in found:
        line = f"ledger {words} {NEEDED.get(words, '')}"
        for position in range(FIRST, LAST):
            answer, code = terminal.type(f"{line} --known-at {position}")
            sentence = f"error: {WithinCommand.code}: Position {position} is within a command, recorded at 3 to 5"
            assert (2, True) == (code, answer.startswith(sentence)), (words, answer)
            assert "hint: Give 2, the end before it, or 5, its own.\n" in answer
        for position in (FIRST - 1, LAST):
            assert WithinCommand.code not in terminal.type(f"{line} --known-at {position}")[0]


def test_changes_since_a_position_within_a_command(terminal: Terminal) -> None:
    """Half a command is no change either."""
    assert 2 == terminal.type("ledger changes --since 4")[1]
    assert 0 == terminal.type("ledger changes --since 5")[1]
    assert 0 == terminal.type("ledger changes --since 0")[1]


def test_a_document_does_not_show_half_a_command(terminal: Terminal) -> None:
    """The position that a document is said to show stands at the end of a command, too."""
    line = "ledger disclosure publish C26/2 --body Council --cover E1 --as-of-on 2026-12-31 --as-of-position"
    answer, code = terminal.type(f"{line} 4")
    assert (2, True) == (code, answer.startswith(f"error: {WithinCommand.code}: "))
    assert 0 == terminal.type(f"{line} 5")[1]


def test_a_moment_never_lies_within_a_command(terminal: Terminal) -> None:
    """All entries of a command have one time."""
    for second in range(60):
        answer, _ = terminal.type(f"ledger status --known-at 2026-11-23T09:00:{second:02}Z")
        assert WithinCommand.code not in answer


def test_the_first_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the end of the first command there is no other end to name."""
    assert "Give 2, its end." == WithinCommand(1, 1, 2).hint
