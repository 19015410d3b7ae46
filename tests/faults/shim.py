"""Real processes of the command `ledger`, in one of whose system calls a fault happens (shim.c says which)."""

import importlib
import os
import pkgutil
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

import cli
import ledger
import projections
from cli.main import run
from tests.faults.processes import drained

ROOT = Path(__file__).parents[2]
PROGRAM = "from cli.start import main; main()"  # what the entry point of the wheel runs
PATIENCE = 120
"""How many seconds a process may take."""
APPLIES = {
    "kill": "create open write truncate sync mkdir unlink rmdir rename link",
    "kill-half": "write",
    "kill-after": "create open write truncate sync mkdir unlink rmdir rename link",
    "term": "create open write truncate sync mkdir unlink rmdir rename link",
    "term-after": "create open write truncate sync mkdir unlink rmdir rename link",
    "int": "create open write truncate sync mkdir unlink rmdir rename link",
    "int-after": "create open write truncate sync mkdir unlink rmdir rename link",
    "full": "create write truncate mkdir rename link",
    "EIO": "create open write truncate sync mkdir unlink rmdir rename link",
    "EINTR": "create open write truncate sync",
    "EMFILE": "create open",
    "EACCES": "create open mkdir unlink rmdir rename link",
    "short": "write",
}
"""The faults, and the calls at which each can happen."""


@dataclass(frozen=True)
class Run:
    """How a process ended."""

    code: int
    """The exit code; below 0, the number of the signal that ended it."""
    out: str
    err: str


class Shim:
    """The compiled shim."""

    def __init__(self, folder: Path) -> None:
        """Compile it into a folder; skip the test where that is not possible."""
        compiler = shutil.which("cc")
        if sys.platform != "linux" or compiler is None:
            pytest.skip("needs Linux and a C compiler (cc)")
        self._library = folder / "shim.so"
        source = Path(__file__).with_name("shim.c")
        command = [compiler, "-shared", "-fPIC", "-O2", "-o", str(self._library), str(source)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"cc cannot compile the shim: {done.stderr}")

    def calls(self, words: list[str], root: Path) -> list[str]:
        """Run a command without a fault; return the names of its calls on files below `root`, in order."""
        listed = root.with_name(f"{root.name}-calls")
        done = self._run(words, root, SHIM_CALLS=str(listed))
        assert 0 == done.code, (words, done)
        return listed.read_text().split()

    def run(self, words: list[str], root: Path, fault: str, at: int) -> Run:
        """Run a command with a fault at its call of number `at`, from 1."""
        return self._run(words, root, SHIM_FAULT=fault, SHIM_AT=str(at))

    def journal(self, words: list[str], root: Path, journal: Path) -> Run:
        """Run a command without a fault, and write what it does to files below `root` to the end of a journal."""
        return self._run(words, root, SHIM_JOURNAL=str(journal))

    def _run(self, words: list[str], root: Path, **settings: str) -> Run:
        return _started(words, root, {"LD_PRELOAD": str(self._library), "SHIM_FOLDER": str(root)} | settings)


def _started(words: list[str], root: Path, more: dict[str, str]) -> Run:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words], cwd=root / "desk", env=environment(root) | more,
        stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False, preexec_fn=_unblocked,
    )  # fmt: skip
    return Run(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def _unblocked() -> None:
    # A shell that starts the tests in the background lets them, and all that they start, ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def environment(root: Path) -> dict[str, str]:
    """Return the environment of a command whose files are all below `root`, without the settings of this machine."""
    inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "TMPDIR")}
    own = {
        "LEDGER_ACTOR": "staff/1", "LEDGER_KEYS": f"{root}/keys", "LEDGER_CLOCK": "last", "HOME": str(root / "home"),
        "XDG_CACHE_HOME": f"{root}/cache", "TERM": "dumb", "LC_ALL": "C.UTF-8",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }  # fmt: skip
    return inherited | own


def load_everything() -> None:
    """Import all modules of the product, so that `typed` need not do it in each process."""
    for package in (cli, ledger, projections):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith(("__main__", "worker_main")):
                importlib.import_module(module.name)


def typed(words: list[str], root: Path) -> Run:
    """Run a command without a fault, in a copy of this process: the modules are loaded already.

    A copy has none of the threads by which typst lays out pages, and would wait for them without end.
    """
    own = sys._current_frames()  # noqa: SLF001 - `threading` does not count those that started without it
    if len([*Path("/proc/self/task").iterdir()]) > len(own):
        return _started(words, root, {})
    with tempfile.TemporaryFile() as errors:
        return _forked(words, root, errors)


def _forked(words: list[str], root: Path, errors: IO[bytes]) -> Run:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            os.close(reading)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(writing, 1)
            os.dup2(errors.fileno(), 2)
            code = _typed(words, root)
        finally:
            os._exit(code)
    os.close(writing)
    out = drained(reading)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    errors.seek(0)
    return Run(code, out, errors.read().decode(errors="replace"))


def _typed(words: list[str], root: Path) -> int:
    os.environ.clear()
    os.environ.update(environment(root))
    os.chdir(root / "desk")
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - descriptors
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115
    try:
        return run(words)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
