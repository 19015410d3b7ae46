"""A folder whose files are read and made without following any link below it."""

from pathlib import Path
from stat import S_ISDIR, S_ISREG

from ledger.files.atomic import settle


class BadPlace(Exception):
    """Something stands in a folder that is no plain file or folder, or is longer than it can be."""

    def __init__(self, path: Path, why: str) -> None:
        """Say what stands at `path`."""
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


class Folder:
    """A folder, named by somebody (it may be a link itself), and what is below it."""

    def __init__(self, root: Path) -> None:
        """Know where it is."""
        self.root = root
        self._folders = {root}

    def is_folder(self, name: str | Path) -> bool:
        """Return whether a folder of this name is below it. Raises BadPlace, OSError."""
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
            raise BadPlace(path, "it is no folder, and links are not followed")
        self._folders.add(path)
        return True

    def read(self, name: str | Path, most: int) -> bytes | None:
        """Return the content of a file, None if there is none. Raises BadPlace where it has more bytes, OSError."""
        path = self.root / name
        if not self.is_folder(path.parent.relative_to(self.root)):
            return None
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            return None
        if not S_ISREG(mode):
            raise BadPlace(path, "it is no plain file, and links are not followed")
        with path.open("rb") as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise BadPlace(path, f"it has more than {most} bytes")
        return data

    def make(self, name: str | Path) -> None:
        """Make a folder below it, with those above, on the disk. Raises BadPlace, OSError."""
        if self.is_folder(name):
            return
        path = self.root / name
        self.make(path.parent.relative_to(self.root))
        path.mkdir()
        settle(path.parent)
        self._folders.add(path)
