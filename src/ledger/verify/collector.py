"""Pausing Python's search for reference cycles while much is read and nothing of it is garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the cyclic garbage collector within `with`; afterwards it is on or off as it was before.

    Entries and rows hold no cycles, and what is read is kept until the end. Searching it again and again would take as
    long as the work itself.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
