"""Processes that are killed just before one of their calls that change files, for each of these calls in turn.

Python reports calls before it makes them (PEP 578): what opens, makes, names and removes files. Syncs and the
statements of SQLite are counted as well. Other tests of this folder kill at any moment, also within a call.
"""

import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.faults.processes import drained, forked

EVERY = bool(os.environ.get("LEDGER_SWEEP"))
"""Whether a process is killed at every call, and not only at some."""
_SEED = int(os.environ.get("LEDGER_SEED", "20261123"))
_CALLS = ("open", "os.mkdir", "os.rmdir", "os.remove", "os.rename", "os.link", "os.chmod", "os.truncate")


def kills(work: Callable[[], object], folder: Path, stride: int = 3) -> Iterator[int]:
    """Yield after each process that was killed in `work`, `stride` calls later each time; the last was not killed.

    Only calls on files in `folder`, by their paths or by names in an open folder, count. The test prepares `folder`
    for the next process before it takes the next number.
    """
    stride = 1 if EVERY else stride
    for number in count(_SEED % stride, stride):
        child, reading = forked(lambda _, number=number: _run(work, folder, number))  # type: ignore[misc]
        output = drained(reading)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, -signal.SIGKILL), output
        yield number
        if code == 0:
            assert number > 2 * stride, "it was never killed"
            return
    pytest.fail("unreachable")


def _run(work: Callable[[], object], folder: Path, last: int) -> None:
    left = last

    def step() -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    def heard(call: str, given: tuple[Any, ...]) -> None:
        if call in _CALLS and isinstance(given[0], str | bytes):
            path = os.fsdecode(given[0])
            if not path.startswith("/") or path.startswith(str(folder)):
                step()

    sync, connect = os.fsync, sqlite3.connect

    def syncing(file: int) -> None:
        step()
        sync(file)

    def connecting(*given: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*given, **options)
        connection.set_trace_callback(lambda _: step())
        return connection

    with patch.object(os, "fsync", syncing), patch.object(sqlite3, "connect", connecting):
        sys.addaudithook(heard)
        work()
