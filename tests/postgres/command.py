"""Real processes of the command line, one command each."""

import subprocess
import sys
from pathlib import Path

from tests.cli.person import environment

SECONDS = 150


def started(folder: Path, *words: str, clock: str | None = None, **environ: str) -> subprocess.Popen[str]:
    """Start a command in a folder; with `clock`, on a machine whose clock is off (see `skewed`)."""
    own = environment(folder, **environ)
    if "LEDGER_CLOCK" not in environ:
        del own["LEDGER_CLOCK"]
    program = ["-c", "from cli.main import main; main()"] if clock is None else ["-m", "tests.postgres.skewed", clock]
    return subprocess.Popen(
        [sys.executable, *program, *words], cwd=folder, env=own, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def ended(process: subprocess.Popen[str]) -> tuple[str, int]:
    """Wait for the end of a process; return what it answered, and its exit code."""
    answer, _ = process.communicate(timeout=SECONDS)
    return answer, process.returncode


def typed(folder: Path, *words: str, clock: str | None = None, **environ: str) -> tuple[str, int]:
    """Run a command to its end; return what it answers, and its exit code."""
    return ended(started(folder, *words, clock=clock, **environ))
