"""A folder in which files are read, written and removed without following links.

On POSIX every folder below the root is opened by its name in the folder above it, and not followed if it is a link.
What is done in it is done through the open folder, so that a folder that is replaced by a link meanwhile leads nowhere.
Where the system has no such calls, links are looked for before each step.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from stat import S_ISDIR, S_ISREG
from typing import Self

from ledger.files.atomic import fsync_folder, new_file, replace_file
from ledger.files.unfinished import hidden_name

BY_FOLDER = os.name == "posix"
"""Whether files can be opened by their name in an open folder."""
_FOLDER = (os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW) if BY_FOLDER else 0
_NO_FOLDER = "it is not a folder, and links are not followed"
_NO_FILE = "it is not a regular file, and links are not followed"


class UnsafePath(Exception):
    """A path in a folder is a link or a special file, or the file is too large."""

    def __init__(self, path: Path, why: str) -> None:
        """Refuse `path` because `why`."""
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


class Folder:
    """A folder and its content. The folder itself may be a link, since the user names it.

    Within a `with` block it stays the folder that it was at the beginning, whatever is done to its name.
    """

    def __init__(self, root: Path) -> None:
        """Use the folder at `root`, which need not exist."""
        self.root = root
        self._held: int | None = None

    def __enter__(self) -> Self:
        if BY_FOLDER:
            with suppress(FileNotFoundError):
                self._held = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        return self

    def __exit__(self, *_: object) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None

    @contextmanager
    def _opened(self, name: str | PurePath) -> Iterator[int]:
        """Open a folder below the root. Raises UnsafePath, FileNotFoundError, OSError."""
        place, path = os.dup(self._held) if self._held is not None else os.open(self.root, os.O_RDONLY), self.root
        try:
            for part in PurePath(name).parts:
                path /= part
                try:
                    below = os.open(part, _FOLDER, dir_fd=place)
                except OSError as error:
                    if error.errno in (errno.ELOOP, errno.ENOTDIR):
                        raise UnsafePath(path, _NO_FOLDER) from error
                    raise
                os.close(place)
                place = below
            yield place
        finally:
            os.close(place)

    def is_folder(self, name: str | PurePath) -> bool:
        """Return whether this folder contains a folder `name`. Raises UnsafePath, OSError."""
        if BY_FOLDER:
            try:
                with self._opened(name):
                    return True
            except FileNotFoundError:
                return False
        return self._is_folder_by_path(self.root / name)

    def _is_folder_by_path(self, path: Path) -> bool:
        if path == self.root:
            return True
        if not self._is_folder_by_path(path.parent):
            return False
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            return False
        if not S_ISDIR(mode):
            raise UnsafePath(path, _NO_FOLDER)
        return True

    def read(self, name: str | PurePath, limit: int) -> bytes | None:
        """Return a file's content, or None if there is none. Raises UnsafePath above `limit` bytes, OSError."""
        path = self.root / name
        try:
            data = self._read_in_folder(path, limit) if BY_FOLDER else self._read_by_path(path, limit)
        except FileNotFoundError:
            return None
        if data is not None and len(data) > limit:
            raise UnsafePath(path, f"it has more than {limit} bytes")
        return data

    def _read_in_folder(self, path: Path, limit: int) -> bytes:
        with self._opened(path.parent.relative_to(self.root)) as place:
            try:
                file = os.open(path.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=place)
            except OSError as error:
                if error.errno in (errno.ELOOP, errno.ENXIO):
                    raise UnsafePath(path, _NO_FILE) from error
                raise
            with open(file, "rb") as opened:  # noqa: PTH123 - it has no path
                if not S_ISREG(os.fstat(file).st_mode):
                    raise UnsafePath(path, _NO_FILE)
                return opened.read(limit + 1)

    def _read_by_path(self, path: Path, limit: int) -> bytes | None:
        if not self._is_folder_by_path(path.parent):
            return None
        if not S_ISREG(path.lstat().st_mode):
            raise UnsafePath(path, _NO_FILE)
        with path.open("rb") as file:
            return file.read(limit + 1)

    def names(self, name: str | PurePath = "") -> list[str]:
        """Return the names in a folder, in order. Raises UnsafePath, OSError."""
        if not BY_FOLDER:
            self.is_folder(name)
            return sorted(os.listdir(self.root / name))  # noqa: PTH208 - names
        with self._opened(name) as place:
            return sorted(os.listdir(place))  # noqa: PTH208 - a folder that is open

    def make(self, name: str | PurePath) -> None:
        """Create a folder and its parents unless they exist; their names are then on the disk.

        Those of existing ones are synced as well: who made them may have been killed before that. Raises UnsafePath,
        OSError.
        """
        path = self.root / name
        if path == self.root:
            return
        above = path.parent.relative_to(self.root)
        self.make(above)
        if not self.is_folder(name):
            if BY_FOLDER:
                with self._opened(above) as place:
                    os.mkdir(path.name, dir_fd=place)
            else:
                path.mkdir()
        self.sync(above)

    def sync(self, name: str | PurePath) -> None:
        """Sync the names in a folder to the disk. Raises UnsafePath, OSError."""
        if BY_FOLDER:
            with self._opened(name) as place:
                os.fsync(place)
        else:
            fsync_folder(self.root / name)

    def write_new(self, name: str | PurePath, data: bytes) -> None:
        """Create a file that does not exist yet, whole or not at all. Raises UnsafePath, FileExistsError, OSError."""
        path = self.root / name
        if not BY_FOLDER:
            new_file(path, data)
            return
        with self._opened(path.parent.relative_to(self.root)) as place, _half(place, path.name, data) as half:
            os.link(half, path.name, src_dir_fd=place, dst_dir_fd=place, follow_symlinks=False)
            os.unlink(half, dir_fd=place)
            os.fsync(place)

    def replace(self, name: str | PurePath, data: bytes) -> None:
        """Create a file or replace it, whole or not at all; a link is replaced, not followed. Raises OSError."""
        path = self.root / name
        if not BY_FOLDER:
            replace_file(path, data)
            return
        with self._opened(path.parent.relative_to(self.root)) as place, _half(place, path.name, data) as half:
            with suppress(FileNotFoundError):
                mode = os.stat(path.name, dir_fd=place, follow_symlinks=False).st_mode
                if S_ISREG(mode):
                    os.chmod(half, mode & 0o777, dir_fd=place)
            os.replace(half, path.name, src_dir_fd=place, dst_dir_fd=place)
            os.fsync(place)

    def remove(self, name: str | PurePath) -> None:
        """Remove a file. Raises UnsafePath, OSError."""
        path = self.root / name
        if not BY_FOLDER:
            path.unlink()
            return
        with self._opened(path.parent.relative_to(self.root)) as place:
            os.unlink(path.name, dir_fd=place)

    def remove_folder(self, name: str | PurePath) -> None:
        """Remove an empty folder. Raises UnsafePath, OSError."""
        path = self.root / name
        if not BY_FOLDER:
            path.rmdir()
            return
        with self._opened(path.parent.relative_to(self.root)) as place:
            os.rmdir(path.name, dir_fd=place)


@contextmanager
def _half(place: int, name: str, data: bytes) -> Iterator[str]:
    """Write data under another name in an open folder, synced to the disk; the name is gone afterwards."""
    half = hidden_name(Path(name)).name
    file = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666, dir_fd=place)
    try:
        with open(file, "wb") as opened:  # noqa: PTH123 - it has no path
            opened.write(data)
            opened.flush()
            os.fsync(file)
        yield half
    finally:
        with suppress(FileNotFoundError):
            os.unlink(half, dir_fd=place)
