"""Checkpoints (c2sp.org/tlog-checkpoint): a log's origin, size and root, as the text of a signed note."""

from typing import NamedTuple

from ledger.tlog.encoding import decoded, encoded, is_plain, number
from ledger.tlog.merkle import HASH_BYTES

LINES = 3


class BadCheckpoint(Exception):
    """A text is not the text of a checkpoint."""


class Checkpoint(NamedTuple):
    """The log `origin` had `size` entries with this root; `extensions` are further lines."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the signed text."""
        lines = (self.origin, str(self.size), encoded(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def parse(text: str) -> Checkpoint:
    """Parse the text of a checkpoint. Raises BadCheckpoint."""
    if not text.endswith("\n") or not is_plain(text):
        raise BadCheckpoint("its text does not end in a line feed, or holds a control character")
    lines = text[:-1].split("\n")
    if len(lines) < LINES or not all(lines):
        raise BadCheckpoint("it has fewer than three lines, or an empty one")
    origin, written_size, written_root, *extensions = lines
    size, root = number(written_size), decoded(written_root)
    if size is None:
        raise BadCheckpoint(f"its size is written {written_size!r}")
    if root is None or len(root) != HASH_BYTES:
        raise BadCheckpoint(f"its root is written {written_root!r}")
    return Checkpoint(origin, size, root, tuple(extensions))
