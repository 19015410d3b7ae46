"""The program as a process of its own: its exit code, what it prints, and signals that come at one certain moment."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any, NamedTuple

ROOT = Path(__file__).parents[2]
START = "from cli.start import main; main()"
AT = """
import os, signal
from {module} import {cls}
original = {cls}.{method}
def stopped(*args, **kwargs):
    {before}
    result = original(*args, **kwargs)
    {after}
    return result
{cls}.{method} = stopped
"""


class Ended(NamedTuple):
    """How a process ended."""

    code: int
    out: str
    err: str

    @property
    def recorded(self) -> str:
        """The line that says what was recorded; empty if there is none."""
        return next((line for line in self.err.splitlines() if line.startswith("recorded: ")), "")


def program(folder: Path, *words: str, before: str = "", stdin: bytes = b"", out: int | IO[Any] | None = None) -> Ended:
    """Run `ledger` with these words in a folder; `before` is Python that runs first in the process."""
    done = subprocess.run(
        [sys.executable, "-c", f"{before}\n{START}", *words],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"], "HOME": str(folder), "LEDGER_ACTOR": "staff/1",
            "LEDGER_KEYS": str(folder.parent / "keys"), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        },
        input=stdin,
        stdout=subprocess.PIPE if out is None else out,
        stderr=subprocess.PIPE,
        check=False,
    )  # fmt: skip
    return Ended(done.returncode, (done.stdout or b"").decode(), done.stderr.decode())


def signal_at(call: str, name: str = "SIGINT", *, late: bool = False, times: int = 1) -> str:
    """Return Python that sends the process a signal when `module:Class.method` is called, or has returned (`late`)."""
    module, _, path = call.partition(":")
    cls, method = path.split(".")
    kill = "; ".join([f"os.kill(os.getpid(), signal.{name})"] * times)
    before, after = ("pass", kill) if late else (kill, "pass")
    return AT.format(module=module, cls=cls, method=method, before=before, after=after)
