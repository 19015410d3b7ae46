"""Exclusive locks on files and folders: one process holds a lock at a time, and it ends with the process."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PAUSE_SECONDS = 0.02


def lock_file(file: int, seconds: float) -> bool:
    """Lock an open file until it is closed; return False if another process holds the lock for all of `seconds`."""
    end = time.monotonic() + seconds
    while not _try_lock(file):
        if time.monotonic() > end:
            return False
        time.sleep(PAUSE_SECONDS)
    return True


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    @contextmanager
    def folder_locked(folder: Path) -> Iterator[None]:  # noqa: ARG001 - the signature is the same on both systems
        """Do nothing: Windows cannot open a folder to lock it."""
        yield

else:
    import fcntl

    def _try_lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    @contextmanager
    def folder_locked(folder: Path) -> Iterator[None]:
        """Hold an exclusive lock on a folder; wait without limit while another process holds it. Raises OSError.

        On a share that does not support locks, no lock is held.
        """
        opened = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):
                fcntl.flock(opened, fcntl.LOCK_EX)
            yield
        finally:
            os.close(opened)
