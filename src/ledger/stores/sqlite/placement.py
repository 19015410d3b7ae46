"""Where the file of a ledger may be written: under one name, on a disk of this machine, apart from other journals.

SQLite keeps the newest entries in a write-ahead log next to the file, named after it, and its index in memory that all
processes share. Through a second name (a hard link, a file mounted by itself) or from a second machine, a process has
another write-ahead log of the same file: each acknowledges entries, and one of them overwrites what the other recorded.
A write-ahead log that lies where a new file is made would be written into that file.
"""

import os
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ledger.domain.errors import CONFLICT, LedgerError
from ledger.files.unfinished import clear_leftovers
from ledger.stores.urls import has_one_host

_NETWORK = frozenset((
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2",
    "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs",
))  # fmt: skip
"""Types of file systems that several machines, or a machine and its guests, may open at once."""
_LOCAL_FUSE = frozenset(("fuseblk", "fuse.fuse-overlayfs"))
"""File systems of user space (FUSE) that are disks of this machine; of others the kernel does not know."""
_MOUNTS = Path("/proc/self/mountinfo")
_NAMING_SECONDS = 1.0
"""How long the file of a new ledger may have two names, while it is moved to its own."""
_OPEN_LOCK = 128
"""The byte of the index that every connection locks while it is open (UNIX_SHM_DMS in SQLite's os_unix.c)."""


class JournalLeft(LedgerError):
    """The write-ahead log of a ledger that was moved away lies where a ledger is to be made."""

    code = "journal-left"
    exit = CONFLICT

    def __init__(self, url: str, journal: str, name: str, suffix: str) -> None:
        """Say that `journal` lies at `url`, of a file `name` that is gone."""
        super().__init__(
            f"Nothing is made at {url}: {journal} lies there, of a ledger whose file {name} was moved away or "
            "removed. It may hold the last entries of that ledger, and would be written into a new one.",
            f"Move it to where that file is now, under the file's name followed by {suffix}: they belong together. "
            "If that file is gone for good, move it to another folder.",
        )


class StillOpen(LedgerError):
    """A process still has the ledger open whose file was moved away from where a ledger is to be made."""

    code = "still-open"
    exit = CONFLICT

    def __init__(self, url: str, name: str) -> None:
        """Say that a process has the former file `name` at `url` open."""
        super().__init__(
            f"Nothing is made at {url}: a process still has the ledger open whose file {name} was moved away or "
            "removed, and what it records would be written into a new one.",
            f"End that process ('fuser {name}-shm' names it), and try again.",
        )


class SecondName(LedgerError):
    """The ledger's file can be written through another name: two names have two write-ahead logs."""

    code = "second-name"
    exit = CONFLICT

    def __init__(self, url: str, why: str) -> None:
        """Say `why` the file at `url` has another name."""
        super().__init__(
            f"{url} is not opened for recording: {why}. What is recorded through one name would overwrite what is "
            "recorded through another.",
            "Keep one name and remove the others ('find FOLDER -samefile FILE' lists them); mount the folder, not the "
            "file; 'ledger copy' makes a ledger of its own. Commands that only read still work.",
        )


class NetworkDisk(LedgerError):
    """The ledger's file is on a network file system, where another machine could write it as well."""

    code = "network-disk"
    exit = CONFLICT

    def __init__(self, url: str, kind: str) -> None:
        """Say that the file system at `url` is of this `kind`."""
        super().__init__(
            f"{url} is not opened for recording: it is on a network file system ({kind}), where two machines would "
            "overwrite each other's entries.",
            "Keep the ledger on a disk of this machine, or on a PostgreSQL server. If no other machine ever opens it, "
            "say so in its URL: sqlite:///FILE?hosts=one. Commands that only read still work.",
        )


class Mount(NamedTuple):
    """One mounted file system: its device, where it is mounted, and its type."""

    device: str
    place: str
    kind: str


def check_placement(path: Path, url: str) -> None:
    """Refuse a file that may be written through another name or by another machine.

    Raises SecondName, NetworkDisk, OSError.
    """
    end = time.monotonic() + _NAMING_SECONDS
    while (names := path.stat().st_nlink) > 1:
        # The process that made the file may have been killed, or may be about to remove the first of its names.
        clear_leftovers(path)
        if path.stat().st_nlink > 1 and time.monotonic() > end:
            raise SecondName(url, f"the file has {names} names (hard links)")
        time.sleep(0.02)
    mounts = read_mounts()
    if any(mount.place == os.path.realpath(path) for mount in mounts):
        raise SecondName(url, "the file is mounted by itself, without the folder that holds its write-ahead log")
    _check_network(path.absolute().parent, url, mounts)


def check_folder(folder: Path, url: str) -> None:
    """Refuse a folder on a network file system. Raises NetworkDisk, OSError."""
    _check_network(folder, url, read_mounts())


def _check_network(folder: Path, url: str, mounts: list[Mount]) -> None:
    if has_one_host(url):
        return
    kind = _kind_of(folder, mounts)
    if kind in _NETWORK or (kind.startswith("fuse") and kind not in _LOCAL_FUSE):
        raise NetworkDisk(url, kind)


def _kind_of(folder: Path, mounts: list[Mount]) -> str:
    """Return the type of the file system of a folder; empty if it is not known."""
    device = folder.stat().st_dev
    name = f"{os.major(device)}:{os.minor(device)}"
    return next((mount.kind for mount in reversed(mounts) if mount.device == name), "")


def read_mounts() -> list[Mount]:
    """Return what is mounted, as Linux says it; nothing on other systems."""
    try:
        return [_mount(line) for line in _MOUNTS.read_bytes().splitlines()]
    except OSError:
        return []


def _mount(line: bytes) -> Mount:
    # "36 35 98:0 /root /place options [optional fields] - type source options", a blank as \040: proc_pid_mountinfo(5)
    before, _, after = line.partition(b" - ")
    fields = before.split(b" ")
    place = re.sub(rb"\\([0-7]{3})", lambda found: bytes((int(found[1], 8),)), fields[4])
    return Mount(os.fsdecode(fields[2]), os.fsdecode(place), os.fsdecode(after.partition(b" ")[0]))


def check_no_journal(path: Path, url: str) -> None:
    """Refuse a place where the journal of a former file lies: SQLite would write it into a new one.

    A journal without content, and the index of a write-ahead log (-shm), hold nothing: SQLite makes them again, unless
    a process uses them. Raises JournalLeft, StillOpen.
    """
    for suffix in ("-wal", "-journal"):
        journal = path.with_name(path.name + suffix)
        with suppress(OSError):  # there is none, or none can be there
            if journal.stat().st_size:
                raise JournalLeft(url, journal.name, path.name, suffix)
    if _is_in_use(path.with_name(f"{path.name}-shm")):
        raise StillOpen(url, path.name)


def _is_in_use(index: Path) -> bool:
    """Return whether another process has locked the index of a write-ahead log, as it does while the file is open."""
    if os.name != "posix":
        return False
    import fcntl  # noqa: PLC0415 - POSIX only

    try:
        file = index.open("r+b")
    except OSError:  # there is none, or it is nobody's that could record here
        return False
    with file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _OPEN_LOCK)
        except (BlockingIOError, PermissionError):
            return True
        except OSError:
            return False
    return False
