"""Files that are whole or not there: written under another name in the same folder, put on the disk, then renamed."""

import os
from pathlib import Path


def settle(folder: Path) -> None:
    """Put the names in a folder on the disk; only POSIX lets a folder be synced. Raises OSError."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def settle_file(path: Path) -> None:
    """Put the content of a file on the disk. Raises OSError."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def replace_file(path: Path, data: bytes) -> None:
    """Let a file hold `data`: before and after a crash it is the old one or the new one, whole. Raises OSError.

    Where `path` is a link, what it points to is replaced. Who might read and write the old file may do so with the new
    one: several people may record under accounts of their own.
    """
    path = path.resolve()
    half = _written(path, data)
    try:
        if path.exists():
            half.chmod(path.stat().st_mode & 0o777)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    settle(path.parent)


def new_file(path: Path, data: bytes) -> None:
    """Make a file that is not there yet. Raises FileExistsError, OSError."""
    half = _written(path, data)
    try:
        name_new(half, path)
    finally:
        half.unlink(missing_ok=True)


def name_new(half: Path, path: Path) -> None:
    """Give a file on the disk its name, which nothing may bear yet. Raises FileExistsError, OSError.

    A plain rename would write over what somebody else put there meanwhile; a second name is refused.
    """
    try:
        path.hardlink_to(half)
    except FileExistsError:
        raise
    except OSError:
        # File systems without second names (FAT, some shares): the moment between the two lines is left open.
        if path.exists():
            raise FileExistsError(path) from None
        half.replace(path)
    else:
        half.unlink()
    settle(path.parent)


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
