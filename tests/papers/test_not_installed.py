"""Without the extra `documents`, a document is refused with the command that installs it; all else works."""

import subprocess
import sys
from pathlib import Path

import pytest

from cli.options.documents import NotInstalled

PROGRAM = """
import sys
sys.modules[sys.argv[1]] = None  # as if it were not there
from cli.main import run
sys.exit(run(sys.argv[2:]))
"""


def _without(library: str, folder: Path, *words: str) -> tuple[str, int]:
    command = [sys.executable, "-c", PROGRAM, library, *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stderr, done.returncode


@pytest.mark.parametrize(
    ("library", "form"), [("typst", "pdf"), ("fontTools", "pdf"), ("lxml", "docx"), ("fluent.runtime", "xlsx")]
)
def test_a_library_that_is_not_there(library: str, form: str, tmp_path: Path) -> None:
    """Given a library is not installed, when a document is asked for, then it is named and nothing is written."""
    assert 0 == _without(library, tmp_path, "init", "--origin", "example.org/ledger", "--currency", "USD")[1]
    report = ("report", "partnerships", "--year", "2026", "-o")
    answer, code = _without(library, tmp_path, *report, f"out.{form}")
    assert 3 == code
    start = f"error: {NotInstalled.code}: Documents in Word, PDF and Excel need '{library}"
    assert answer.startswith(start), answer
    assert "pip install 'engagement-ledger[documents]'" in answer
    assert not (tmp_path / f"out.{form}").exists()
    assert 0 == _without(library, tmp_path, *report, "out.html")[1]
    assert (tmp_path / "out.html").exists()
