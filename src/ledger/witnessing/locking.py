"""A lock that one process holds at a time, and that is let go whatever becomes of the process."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.witnessing.refusals import CannotKeepState, WitnessBusy

WAIT_SECONDS = 10.0
PAUSE_SECONDS = 0.02


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of the file at `path`, which is made if need be. Raises WitnessBusy, CannotKeepState."""
    try:
        file = path.open("ab")
    except OSError as error:
        raise CannotKeepState(path.parent, error.strerror or str(error)) from error
    with file:  # closing it lets go
        end = time.monotonic() + WAIT_SECONDS
        while not _taken(file.fileno()):
            if time.monotonic() > end:
                raise WitnessBusy(path.parent, WAIT_SECONDS)
            time.sleep(PAUSE_SECONDS)
        yield


if sys.platform == "win32":
    import msvcrt

    def _taken(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
