"""Without the extra `documents`, a document is refused with the command that installs it; all else works."""

import sys
from pathlib import Path

import pytest

from cli.options.documents import NotInstalled
from tests.transcripts.terminal import Terminal


@pytest.mark.parametrize(("library", "form"), [("typst", "pdf"), ("lxml", "docx"), ("fluent.runtime", "xlsx")])
def test_a_library_that_is_not_there(library: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a library is not installed, when a document is asked for, then it is named and nothing is written."""
    for name in [name for name in sys.modules if name.startswith(("projections.papers", "projections.reports"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    terminal = Terminal(tmp_path, monkeypatch)
    terminal.type("ledger init --origin example.org/ledger --currency USD")
    answer, code = terminal.type(f"ledger report partnerships --year 2026 -o out.{form}")
    assert 3 == code
    assert answer.startswith(f"error: {NotInstalled.code}: Documents in Word, PDF and Excel need '{library}'")
    assert "pip install 'engagement-ledger[documents]'" in answer
    assert not Path(f"out.{form}").exists()
    assert (0, True) == (
        terminal.type("ledger report partnerships --year 2026 -o out.html")[1],
        Path("out.html").exists(),
    )
