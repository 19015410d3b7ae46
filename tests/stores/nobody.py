"""Work done as another user, who has no rights in the folders of the one that runs the tests."""

import os
from collections.abc import Callable

import pytest

from tests.faults.processes import forked

NOBODY = 65534
needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can do something as another user"
)


def as_nobody(work: Callable[[int], None]) -> tuple[int, int]:
    """Do `work` in a process of another user; return its id and the reading end of the pipe that `work` is given.

    What `work` imports must have been imported before: the other user may have no rights where Python is.
    """

    def drop_rights(writing: int) -> None:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        work(writing)

    return forked(drop_rights)
