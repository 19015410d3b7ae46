"""Six lists as offices keep them come in at a terminal, without a file being edited by hand."""

import os
from pathlib import Path

import pytest

from tests.importing.discovery.lists import write_lists
from tests.importing.discovery.recording import play
from tests.transcripts.terminal import Terminal

HERE = Path(__file__).parent
ACCEPT = bool(os.environ.get("LEDGER_ACCEPT"))
RECORDINGS = sorted((HERE / "recordings").glob("*.recording"))


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal in a folder with a new ledger and the six lists."""
    terminal = Terminal(tmp_path, monkeypatch)
    answer, code = terminal.type("ledger init --origin example.org/ledger --currency USD")
    assert 0 == code, answer
    write_lists(tmp_path)
    return terminal


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_recording(path: Path, terminal: Terminal, tmp_path: Path) -> None:
    """The questions, the rows as they would be recorded and the result are those that were recorded and reviewed."""
    expected = path.read_text("utf-8")
    actual = play(expected, tmp_path)
    if ACCEPT:
        path.write_text(actual, "utf-8")
    assert expected == actual
