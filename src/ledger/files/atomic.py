"""Atomic writes: a file is written under a temporary name in the same folder, synced to the disk, then renamed."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ledger.files.unfinished import unfinished_file


def fsync_folder(folder: Path) -> None:
    """Sync the names in a folder to the disk; only POSIX can sync a folder. Raises OSError."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def fsync_file(path: Path) -> None:
    """Sync the content of a file to the disk. Raises OSError."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def make_folder(folder: Path, mode: int = 0o777, *, parents: bool = False) -> None:
    """Create a folder, with `parents` those above it too, unless it exists; its name is then on the disk.

    The name of a folder that is there already is synced as well: who made it may have been killed before that. Raises
    OSError.
    """
    folder = Path(os.path.realpath(folder))
    if parents and not folder.parent.exists():
        make_folder(folder.parent, parents=True)
    is_new = not folder.exists()
    folder.mkdir(mode=mode, exist_ok=True)
    try:
        fsync_folder(folder.parent)
    except PermissionError:
        if is_new:
            raise
        # Those above may be closed to this user, who did not make it.


def replace_file(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Replace the content of a file with `data`, which may come in pieces. Raises OSError.

    After a crash it is either the old or the new content.

    If `path` is a link, its target is replaced. The new file gets the permissions of the old one, since several people
    may record under accounts of their own.
    """
    path = path.resolve()
    with unfinished_file(path) as half:
        _write(half, data)
        with suppress(FileNotFoundError):
            half.chmod(path.stat().st_mode & 0o777)
        half.replace(path)
        fsync_folder(path.parent)


def new_file(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Create a file that does not exist yet. Raises FileExistsError, OSError."""
    with prepared_file(path, data, mode) as name:
        name()


@contextmanager
def prepared_file(path: Path, data: bytes, mode: int = 0o666) -> Iterator[Callable[[], None]]:
    """Write a file that does not exist yet under a hidden name, and yield the function that gives it its own.

    What can go wrong (no room, no permission) has gone wrong before that function is called; it raises
    FileExistsError. Raises OSError.
    """
    with unfinished_file(path, mode) as half:
        _write(half, data)
        yield lambda: link_new(half, path)


def link_new(half: Path, path: Path) -> None:
    """Move a file to a name that is not in use yet. Raises FileExistsError, OSError.

    A hard link is used because a plain rename would overwrite a file that another process created meanwhile.
    """
    try:
        path.hardlink_to(half)
    except FileExistsError:
        raise
    except OSError:
        # File systems without hard links (FAT, some shares): a file created between these two lines is overwritten.
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        half.replace(path)
    else:
        # The file has its name: that its other one cannot be removed is no failure. The next call clears it.
        with suppress(OSError):
            half.unlink()
    fsync_folder(path.parent)


def _write(half: Path, data: bytes | Iterable[bytes]) -> None:
    with half.open("wb") as file:
        file.writelines((data,) if isinstance(data, bytes) else data)
        file.flush()
        os.fsync(file.fileno())
