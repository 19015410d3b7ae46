"""A terminal that plays transcripts: typed commands and their answers, on a clock that only the terminal advances.

A transcript is a text file. A line that begins with `$ ` is typed; the lines below it that begin with `|` are the
answer, stdout and stderr in order; `? 3` is the exit code if it is not 0. A command that ends in `<<END` gets the
lines down to END on its standard input. All other lines are for the reader. The shell runs commands that do not begin
with `ledger`. `LEDGER_ACCEPT=1 pytest tests/transcripts` records the present answers: review the difference.
"""

import io
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from cli.main import run
from cli.session import Session
from tests.spec.signing import signing_key

PROOF = Path(__file__).parents[2] / "projections" / "proof"
PROGRAMS = ("verify_ledger.py", "verify_guidelines.py", "verify_documents.py")
PROMPT, ANSWER, EXIT = "$ ", "| ", "? "


class Clock:
    """A clock that starts at nine o'clock and advances by a second at each reading."""

    def __init__(self) -> None:
        """Begin on the day that transcripts show."""
        self.now = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time."""
        self.now += timedelta(seconds=1)
        return self.now


class Terminal:
    """Runs commands in one folder, one after the other."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Start in an empty folder, with an actor, 80 columns and no settings of the machine."""
        self.clock = Clock()
        for name in [name for name in os.environ if name.startswith("LEDGER_")]:
            monkeypatch.delenv(name)
        for name, value in {"LEDGER_ACTOR": "staff/1", "COLUMNS": "80", "LINES": "24", "NO_COLOR": "1"}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("XDG_CACHE_HOME", str(folder / ".cache"))
        monkeypatch.setenv("XDG_DATA_HOME", str(folder / ".local"))
        home = folder.with_name(f"{folder.name}-home")  # keys are never kept next to the data
        home.mkdir()
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
        monkeypatch.chdir(folder)
        numbers, keys = count(1), count(1)
        monkeypatch.setattr("ledger.keys.keyring.new_secret", lambda: signing_key(next(keys)).secret)
        for module in ("request", "transaction", "correction"):
            monkeypatch.setattr(
                f"ledger.application.{module}.new_id", lambda: f"00000000-0000-7000-8000-{next(numbers):012}"
            )

    def type(self, line: str, given: str = "") -> tuple[str, int]:
        """Type one line; return its output and exit code."""
        for name in PROGRAMS if any(f"{name} " in f"{line} " for name in PROGRAMS) else ():
            if not Path(name).exists():
                shutil.copy(PROOF / name, name)  # as a reader has both, who got them from elsewhere
        line = line.replace("python3 ", f"{shlex.quote(sys.executable)} ", 1) if line.startswith("python3 ") else line
        words = shlex.split(line)
        if words[:1] == ["unset"]:
            os.environ.pop(words[1], None)
        if words[:1] != ["ledger"]:
            done = subprocess.run(line, shell=True, capture_output=True, text=True, input=given, check=False)  # noqa: S602
            return done.stdout + done.stderr, done.returncode
        return self.words(words[1:], given)

    def words(self, words: list[str], given: str = "") -> tuple[str, int]:
        """Run the command with these arguments; return its output and exit code."""
        with _screen(given) as screen:
            code = run(words, Session(clock=self.clock))
        return screen.getvalue().decode("utf-8", "replace"), code


@contextmanager
def _screen(given: str) -> Iterator[io.BytesIO]:
    previous = sys.stdout, sys.stderr, sys.stdin
    screen = io.BytesIO()
    both = io.TextIOWrapper(screen, "utf-8", errors="backslashreplace", write_through=True)
    sys.stdout = sys.stderr = both
    sys.stdin = io.TextIOWrapper(io.BytesIO(given.encode()), "utf-8")
    try:
        yield screen
    finally:
        both.flush()
        sys.stdout, sys.stderr, sys.stdin = previous
        both.detach()


def play(text: str, terminal: Terminal) -> str:
    """Type every command of a transcript; return the transcript with the present answers."""
    transcript: list[str] = []
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith(PROMPT):
            transcript.append(line)
            command, given = line.removeprefix(PROMPT), ""
            if command.endswith("<<END"):  # the lines down to END go to standard input
                given_lines = []
                for row in lines:
                    transcript.append(row)
                    if row == "END":
                        break
                    given_lines.append(row + "\n")
                command, given = command.removesuffix("<<END"), "".join(given_lines)
            answer, code = terminal.type(command, given)
            transcript += [(ANSWER + text).rstrip() for text in answer.splitlines()]
            transcript += [f"{EXIT}{code}"] if code else []
        elif not line.startswith((ANSWER.rstrip(), EXIT)):
            transcript.append(line)
    return "\n".join([*transcript, ""])
