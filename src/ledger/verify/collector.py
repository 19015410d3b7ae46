"""Pause Python's cyclic garbage collector while many objects are created and all of them are kept."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the cyclic garbage collector within `with`, then restore its previous state.

    Entries and rows hold no cycles and are kept until the end. Searching them again and again would take as long as
    the work itself.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
