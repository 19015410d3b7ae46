"""Tasks for tests of the process pool, in a module that workers can import."""

import os
import signal
import time
from pathlib import Path

from ledger.verify.log_source import Checkable


def count(number: int, store: Checkable) -> int:
    """Read the store and return a number."""
    return number * len(store.indexed(1, 1))


def slowly(number: int, store: Checkable) -> int:
    """Return a number after a while."""
    time.sleep(0.05)
    return number


def process(here: int, mark: Path, _: Checkable) -> int:
    """Return the process id; the process `here` waits, up to a minute, until another has touched `mark`."""
    if os.getpid() != here:
        mark.touch()
    end = time.monotonic() + 60
    while not mark.exists() and time.monotonic() < end:
        time.sleep(0.01)
    return os.getpid()


def doubt(_: Checkable) -> None:
    """Return None: not confirmed."""
    return


def fails_elsewhere(here: int, _: Checkable) -> str:
    """Fail in any process but one."""
    if os.getpid() != here:
        raise ValueError("not here")
    return "here"


def dies_elsewhere(here: int, _: Checkable) -> str:
    """Kill any process but one."""
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return "here"
