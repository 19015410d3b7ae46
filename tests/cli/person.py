"""A person at a pseudo-terminal who runs the real program."""

import os
import re
import signal
import sys
import time
from pathlib import Path

import pexpect

from tests.house.tree import ROOT

LEDGER = Path(sys.executable).with_name("ledger")
PLAIN = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|\][^\x07]*\x07|[=>])")
PATIENCE = 30
"""Seconds to wait for output before the test fails. No test measures time."""


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment for a program in a folder, without the settings of this machine.

    LEDGER_CLOCK=last, since the clock of the tests may be ahead of the clock of the machine.
    """
    inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "TMPDIR")}
    inherited["PATH"] = f"{LEDGER.parent}{os.pathsep}{inherited.get('PATH', '')}"
    own = {
        "LEDGER_ACTOR": "staff/1", "HOME": str(folder), "XDG_CACHE_HOME": str(folder / ".cache"), "TERM": "xterm",
        "LC_ALL": "C.UTF-8", "LEDGER_CLOCK": "last", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }  # fmt: skip
    return inherited | own | more


def _heeds_interrupts() -> None:
    # A shell that starts the tests in the background lets them, and all that they start, ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Person:
    """Types commands and answers at a terminal of 100 columns and 24 lines."""

    def __init__(self, folder: Path, program: str, *words: str, **environ: str) -> None:
        """Start a program in a folder."""
        self.at = pexpect.spawn(
            program, list(words), cwd=str(folder), env=environment(folder, **environ),
            encoding="utf-8", timeout=PATIENCE, dimensions=(24, 100), echo=False, preexec_fn=_heeds_interrupts,
        )  # fmt: skip
        self.at.delaybeforesend = None

    def reads(self, text: str) -> str:
        """Wait for a text; return the output before it, without colours."""
        self.at.expect_exact(text)
        return PLAIN.sub("", str(self.at.before)).replace("\r\n", "\n")

    def answers(self, question: str, text: str) -> str:
        """Wait for a question and answer it; return the output before it."""
        before = self.reads(question)
        self.at.sendline(text)
        return before

    def presses(self, question: str, key: str) -> None:
        """Wait for a question and press a key with Ctrl."""
        self.reads(question)
        self.at.sendcontrol(key)

    def leaves(self, question: str, key: str) -> None:
        """Wait for a question and leave with a key; press it again where nothing happens, as people do.

        Python may lose a Ctrl-C that arrives between the question and the wait for its answer.
        """
        self.presses(question, key)
        for _ in range(50):
            if not self.at.isalive():
                return
            time.sleep(0.1)
        self.at.sendcontrol(key)

    def ends(self) -> tuple[str, int]:
        """Wait for the end; return the last output and the exit code."""
        self.at.expect(pexpect.EOF)
        return PLAIN.sub("", str(self.at.before)).replace("\r\n", "\n"), self.code()

    def code(self) -> int:
        """Return the exit code of a program that has ended."""
        self.at.close()
        return int(self.at.exitstatus or 0)
