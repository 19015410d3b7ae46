"""What is not finished yet: a file or a folder next to its target, under a hidden name, locked while its maker lives.

A process that is killed cannot remove what it was making. The next one that makes something at the same path does: the
lock ended with the process that held it, and what a running process makes stays. Where the system or the share has no
locks, nothing is removed, since nobody can tell whose it is.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from ledger.files.lock import lock_file

PREFIX = 32
"""How many characters of a target's name its hidden name begins with: file systems take 255 bytes."""
_CLEAR_SECONDS = 5.0
"""How long to wait for a process that looks whether the new file is one that nobody holds."""


def hidden_name(path: Path) -> Path:
    """Return a new hidden name next to `path`, which no other process chooses."""
    return path.with_name(f".{path.name[:PREFIX]}-{os.urandom(8).hex()}")


@contextmanager
def unfinished_file(path: Path, mode: int = 0o666) -> Iterator[Path]:
    """Yield an empty file next to `path`, to be written and moved; what is left of it at the end is removed.

    What killed processes left of earlier ones is removed first. Raises OSError.
    """

    def make(half: Path) -> None:
        os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))

    with _unfinished(path, make) as half:
        yield half


@contextmanager
def unfinished_folder(path: Path) -> Iterator[Path]:
    """Yield an empty folder next to `path`, which only this user may open; it is removed at the end with its content.

    What killed processes left of earlier ones is removed first. Raises OSError.
    """
    with _unfinished(path, lambda half: half.mkdir(mode=0o700)) as half:
        yield half


def clear_leftovers(path: Path) -> None:
    """Remove what killed processes were making at `path`. What cannot be removed stays: it does no harm."""
    names = re.compile(rf"\.{re.escape(path.name[:PREFIX])}-[0-9a-f]{{16}}")
    clear_matching(path.absolute().parent, names)


def clear_matching(folder: Path, names: re.Pattern[str]) -> None:
    """Remove what killed processes were making in a folder under names that match wholly."""
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208 - names
            if names.fullmatch(name):
                with suppress(OSError):
                    _clear(folder / name)


@contextmanager
def _unfinished(path: Path, make: Callable[[Path], None]) -> Iterator[Path]:
    clear_leftovers(path)
    half, held = hidden_name(path), None
    try:
        make(half)
        while (held := _hold(half)) is None:
            half = hidden_name(path)
            make(half)
        yield half
    finally:
        try:
            # What cannot be removed is a leftover like any other; what was made of it may have its name already.
            with suppress(OSError):
                _remove(half)
        finally:
            if held is not None and held >= 0:
                os.close(held)


def _hold(half: Path) -> int | None:
    """Lock a new file or folder; return its descriptor, -1 without locks, None if it was taken for a leftover."""
    if os.name != "posix":
        return -1
    try:
        held = _opened(half)
    except FileNotFoundError:
        return None
    try:
        # Without a lock (some shares) it is used nevertheless: nobody can lock it to remove it.
        with suppress(OSError):
            lock_file(held, _CLEAR_SECONDS)
        if _is_at(held, half):
            return held
    except BaseException:
        os.close(held)
        raise
    os.close(held)
    return None


def _clear(half: Path) -> None:
    if os.name != "posix":
        return
    mode = half.lstat().st_mode
    if not S_ISREG(mode) and not S_ISDIR(mode):
        return
    held = _opened(half)
    try:
        if lock_file(held, 0) and _is_at(held, half):
            _remove(half)
    finally:
        os.close(held)


def _opened(half: Path) -> int:
    # To lock a file on a share, it must be open for writing; a folder cannot be.
    flags = os.O_NOFOLLOW | os.O_NONBLOCK
    return os.open(half, flags | (os.O_RDONLY if half.is_dir() else os.O_RDWR))


def _is_at(held: int, path: Path) -> bool:
    """Return whether an open file or folder is still the one at `path`."""
    try:
        return os.path.samestat(os.fstat(held), path.lstat())
    except FileNotFoundError:
        return False


def _remove(half: Path) -> None:
    if half.is_dir() and not half.is_symlink():
        import shutil  # noqa: PLC0415 - only folders need it

        for _ in range(2):  # again, where a call failed that needs not fail again: no descriptor was left to open it
            shutil.rmtree(half, ignore_errors=True)
    else:
        half.unlink(missing_ok=True)
