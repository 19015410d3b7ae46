"""Lists and reads the files of a published folder (c2sp.org/tlog-tiles), without following links, up to a length."""

import re
from collections.abc import Callable
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from ledger.tlog.tiles import ENTRIES, BadTile, Tile, entries_of

Report = Callable[[str, int | None, str], None]

PARTIAL = re.compile(r"tile/(entries|[0-9])/((?:x[0-9]{3}/)*[0-9]{3})\.p/([1-9][0-9]{0,2})")


class Files:
    """The files of a folder at the time it was listed."""

    def __init__(self, root: Path, report: Report) -> None:
        """List the folder. Raises OSError if `root` cannot be listed; a folder in it that cannot is a finding."""
        self.root, self.report = root, report
        self.modes: dict[str, int] = {}
        waiting = [root]
        while waiting:
            folder = waiting.pop()
            try:
                paths = list(folder.iterdir())
            except OSError as error:
                if folder == root:
                    raise
                report("unreadable", None, f"{self._name(folder)}: {error.strerror}")
                continue
            for path in paths:
                self.modes[self._name(path)] = mode = _mode(path)
                if S_ISDIR(mode):
                    waiting.append(path)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def __len__(self) -> int:
        """Return the number of files and folders."""
        return len(self.modes)

    def read(self, name: str, limit: int) -> bytes | None:
        """Return the bytes of a file, or None after a finding (step 18)."""
        if not S_ISREG(self.modes.get(name, 0)):
            is_present = name in self.modes
            why = "it is not a regular file, and links are not followed" if is_present else "there is no such file"
            self.report("missing-file", None, f"{name}: {why}")
            return None
        try:
            with (self.root / name).open("rb") as file:
                data = file.read(limit + 1)
        except OSError as error:
            self.report("missing-file", None, f"{name}: {error.strerror}")
            return None
        if len(data) > limit:
            self.report("too-large", None, f"{name}: it has more than {limit} bytes")
            return None
        return data

    def entries(self, bundle: Tile, limit: int) -> list[bytes] | None:
        """Return the entries of a bundle, or None after a finding (step 18)."""
        data = self.read(bundle.path, limit)
        if data is None:
            return None
        try:
            return entries_of(data, bundle.width)
        except BadTile as error:
            self.report("bad-bundle", None, f"{bundle.path}: {error}")
            return None

    def former(self, expected: dict[tuple[int | None, int], int]) -> dict[tuple[int | None, int], list[Tile]]:
        """Return the partial tiles of former sizes, by level and number.

        `expected` has the present widths. c2sp.org/tlog-tiles keeps partial tiles until the full tile exists.
        """
        partial: dict[tuple[int | None, int], list[Tile]] = {}
        for name in sorted(self.modes):
            match = PARTIAL.fullmatch(name)
            if match is None:
                continue
            level = None if match[1] == ENTRIES else int(match[1])
            tile = Tile(level, int(re.sub("[x/]", "", match[2])), int(match[3]))
            if tile.path == name and tile.width < expected.get((level, tile.number), 0):
                partial.setdefault((level, tile.number), []).append(tile)
        return partial


def _mode(path: Path) -> int:
    try:
        return path.lstat().st_mode
    except OSError:  # removed meanwhile
        return 0
