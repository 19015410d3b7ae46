"""Which process holds the write lock of a file, where the system tells: Linux lists all locks in /proc/locks."""

import os
from collections.abc import Iterator
from pathlib import Path

LOCKS = Path("/proc/locks")
_IN_SHM = range(120, 121)
"""The byte of the shared-memory file that the writer locks in write-ahead mode (WAL_WRITE_LOCK of SQLite's wal.c)."""
_IN_FILE = range(0x40000000, 0x40000200)
"""The bytes of the file itself that a writer locks in other modes (PENDING_BYTE and those after it)."""


def lock_holder(path: Path) -> int | None:
    """Return the id of another process of this machine that may write to the file; None if it is not known."""
    wanted = {}
    for suffix, locked in (("-shm", _IN_SHM), ("", _IN_FILE)):
        try:
            found = path.with_name(path.name + suffix).stat()
        except OSError:
            continue
        wanted[f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"] = locked
    for process, file, first in _write_locks():
        if first in wanted.get(file, ()) and process != os.getpid():
            return process
    return None


def _write_locks() -> Iterator[tuple[int, str, int]]:
    """Yield the process, the file as device and inode, and the first byte of every lock for writing."""
    try:
        lines = LOCKS.read_text("ascii").splitlines()
    except (OSError, ValueError):
        return
    for line in lines:
        # 1: POSIX  ADVISORY  WRITE 4242 fe:01:131 120 120; one that waits has an arrow in front of its kind, and one
        # of a process that is not visible here (of another container) has no id.
        fields = line.split()
        if len(fields) == 8 and fields[3] == "WRITE" and fields[4].isdecimal() and fields[6].isdecimal():
            process = int(fields[4])
            if process:
                yield process, fields[5], int(fields[6])
