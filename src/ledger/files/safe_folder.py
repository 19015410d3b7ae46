"""A folder in which files are read and folders are created without following links."""

from pathlib import Path
from stat import S_ISDIR, S_ISREG

from ledger.files.atomic import fsync_folder


class UnsafePath(Exception):
    """A path in a folder is a link or a special file, or the file is too large."""

    def __init__(self, path: Path, why: str) -> None:
        """Refuse `path` because `why`."""
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


class Folder:
    """A folder and its content. The folder itself may be a link, since the user names it."""

    def __init__(self, root: Path) -> None:
        """Use the folder at `root`, which need not exist."""
        self.root = root
        self._folders = {root}

    def is_folder(self, name: str | Path) -> bool:
        """Return whether this folder contains a folder `name`. Raises UnsafePath, OSError."""
        path = self.root / name
        if path in self._folders:
            return True
        if not self.is_folder(path.parent.relative_to(self.root)):
            return False
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            return False
        if not S_ISDIR(mode):
            raise UnsafePath(path, "it is not a folder, and links are not followed")
        self._folders.add(path)
        return True

    def read(self, name: str | Path, limit: int) -> bytes | None:
        """Return a file's content, or None if there is none. Raises UnsafePath above `limit` bytes, OSError."""
        path = self.root / name
        if not self.is_folder(path.parent.relative_to(self.root)):
            return None
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            return None
        if not S_ISREG(mode):
            raise UnsafePath(path, "it is not a regular file, and links are not followed")
        with path.open("rb") as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise UnsafePath(path, f"it has more than {limit} bytes")
        return data

    def make(self, name: str | Path) -> None:
        """Create a folder and its parents, synced to the disk. Raises UnsafePath, OSError."""
        if self.is_folder(name):
            return
        path = self.root / name
        self.make(path.parent.relative_to(self.root))
        path.mkdir()
        fsync_folder(path.parent)
        self._folders.add(path)
