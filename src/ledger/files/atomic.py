"""Atomic writes: a file is written under a temporary name in the same folder, synced to the disk, then renamed."""

import os
from pathlib import Path


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


def replace_file(path: Path, data: bytes) -> None:
    """Replace the content of a file with `data`; after a crash it is either the old or the new content. Raises OSError.

    If `path` is a link, its target is replaced. The new file gets the permissions of the old one, since several people
    may record under accounts of their own.
    """
    path = path.resolve()
    half = _written(path, data)
    try:
        if path.exists():
            half.chmod(path.stat().st_mode & 0o777)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    fsync_folder(path.parent)


def new_file(path: Path, data: bytes) -> None:
    """Create a file that does not exist yet. Raises FileExistsError, OSError."""
    half = _written(path, data)
    try:
        link_new(half, path)
    finally:
        half.unlink(missing_ok=True)


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
        if path.exists():
            raise FileExistsError(path) from None
        half.replace(path)
    else:
        half.unlink()
    fsync_folder(path.parent)


def _written(path: Path, data: bytes) -> Path:
    half = path.with_name(f".{path.name[:32]}-{os.urandom(8).hex()}")
    try:
        with half.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    return half
