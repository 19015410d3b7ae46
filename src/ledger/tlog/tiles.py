"""The files of a published log (c2sp.org/tlog-tiles): their paths and contents."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ledger.tlog.compact import TILE_BITS, TILE_WIDTH
from ledger.tlog.merkle import HASH_BYTES

CHECKPOINT = "checkpoint"
ENTRIES = "entries"
MAX_LEVELS = 8
"""Tile levels of a tree of fewer than 2**63 leaves."""
LENGTH_BYTES = 2
MAX_BUNDLE_BYTES = TILE_WIDTH * (LENGTH_BYTES + 0xFFFF)


class BadTile(Exception):
    """A file is not a tile or a bundle of the given width."""


class Tile(NamedTuple):
    """A tile of hashes, or (`level` None) a bundle of entries: its number within its level, and its width."""

    level: int | None
    number: int
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """Path below the folder of the log."""
        level = ENTRIES if self.level is None else str(self.level)
        digits = f"{self.number:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
        number = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
        return f"tile/{level}/{number}" + ("" if self.is_full else f".p/{self.width}")

    @property
    def is_full(self) -> bool:
        """Whether the tile has its full width."""
        return self.width == TILE_WIDTH

    @property
    def first(self) -> int:
        """The number, within its level, of its first hash."""
        return self.number * TILE_WIDTH


def tiles_of(size: int, since: int = 0) -> Iterator[Tile]:
    """Yield the tiles and bundles of a log of `size` entries, except those that were full at size `since`."""
    for level in (None, *range(MAX_LEVELS)):
        shift = TILE_BITS * (level or 0)
        count, before = size >> shift, since >> shift
        for number in range(before // TILE_WIDTH, -(-count // TILE_WIDTH)):
            yield Tile(level, number, min(TILE_WIDTH, count - number * TILE_WIDTH))


def hashes_of(data: bytes, width: int) -> list[bytes]:
    """Parse a tile. Raises BadTile."""
    if len(data) != width * HASH_BYTES:
        raise BadTile(f"it has {len(data)} bytes instead of {width * HASH_BYTES}")
    return [data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES)]


def bundled(entries: Sequence[bytes]) -> bytes:
    """Return a bundle: entries prefixed by their lengths. Raises OverflowError for an entry over 65,535 bytes."""
    return b"".join(len(entry).to_bytes(LENGTH_BYTES, "big") + entry for entry in entries)


def entries_of(data: bytes, width: int) -> list[bytes]:
    """Parse a bundle. Raises BadTile."""
    entries: list[bytes] = []
    at = 0
    while at < len(data) and len(entries) < width:
        start = at + LENGTH_BYTES
        at = start + int.from_bytes(data[at:start], "big")
        entries.append(data[start:at])
    if at != len(data) or len(entries) != width:
        raise BadTile(f"it is not {width} entries, each with its length before it")
    return entries
