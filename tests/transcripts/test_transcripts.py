"""Every transcript in this folder gives the recorded answers."""

import os
import re
from pathlib import Path

import click
import pytest

from cli.main import COMMANDS as TOP
from cli.main import root
from cli.reference import import_all, known_errors
from tests.transcripts.terminal import Terminal, play
from tests.transcripts.test_machine import ELSEWHERE

HERE = Path(__file__).parent
ACCEPT = bool(os.environ.get("LEDGER_ACCEPT"))
TRANSCRIPTS = sorted(HERE.glob("*/*.transcript"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_transcript(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answers are those that were recorded and reviewed."""
    expected = path.read_text("utf-8")
    actual = play(expected, Terminal(tmp_path, monkeypatch))
    if ACCEPT:
        path.write_text(actual, "utf-8")
    assert expected == actual


def _typed() -> str:
    return "\n".join(path.read_text("utf-8") for path in TRANSCRIPTS)


def test_every_command_has_a_transcript() -> None:
    """Every command is typed in a transcript."""
    typed = _typed()
    context = root.make_context("ledger", [], resilient_parsing=True)
    called = []
    for name in TOP:
        command = root.get_command(context, name)
        verbs = command.list_commands(context) if isinstance(command, click.Group) else [""]
        called += [f"{name} {verb}".strip() for verb in verbs]
    assert [] == [
        words for words in called if not re.search(rf"^\$ ledger (--url \S+ )?{words}\b", typed, re.MULTILINE)
    ]


def test_every_error_has_a_transcript() -> None:
    """Every error of the catalogue is shown in a transcript or in the test that `ELSEWHERE` names."""
    import_all()
    shown = _typed() + (HERE / "test_machine.py").read_text("utf-8")
    missing = [cls.code for cls in known_errors() if f": {cls.code}: " not in shown and cls.code not in ELSEWHERE]
    assert [] == missing
