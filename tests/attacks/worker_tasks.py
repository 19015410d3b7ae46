"""Tasks for several processes, in a module that each of them can load."""

import os
import signal
import time
from pathlib import Path

from ledger.verify.log_source import Checkable


def count(number: int, store: Checkable) -> int:
    """Return a number, once the store was read."""
    return number * len(store.indexed(1, 1))


def slowly(number: int, store: Checkable) -> int:
    """Return a number after a while."""
    time.sleep(0.05)
    return number


def process(here: int, mark: Path, _: Checkable) -> int:
    """Return which process it is; the one that is `here` waits until another has left its mark, a minute at most."""
    if os.getpid() != here:
        mark.touch()
    end = time.monotonic() + 60
    while not mark.exists() and time.monotonic() < end:
        time.sleep(0.01)
    return os.getpid()


def doubt(_: Checkable) -> None:
    """Be unsure."""
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
