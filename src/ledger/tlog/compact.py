"""The frontier of a growing tree: at most 64 hashes from which its root follows and to which leaves are appended."""

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple, Self

from ledger.tlog.merkle import EMPTY_ROOT, HASH_BYTES, node_hash, subtree_root

TILE_BITS = 8
"""A tile level covers 2**8 hashes of the level below (c2sp.org/tlog-tiles)."""
TILE_WIDTH = 1 << TILE_BITS


class TileHash(NamedTuple):
    """Root of the perfect subtree of 256**level leaves that starts at leaf number * 256**level."""

    level: int
    number: int
    hash: bytes


class CompactRange:
    """The roots of the perfect subtrees that make up a tree of `size` leaves, largest first.

    Example: a tree of 6 leaves is held as the roots over leaves 0-3 and 4-5.
    """

    __slots__ = ("_root", "hashes", "size")

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        """Create a frontier. Raises ValueError unless there is one 32-byte hash for each one bit of `size`."""
        self.size = size
        self.hashes = list(hashes)
        self._root: bytes | None = None
        if size < 0 or len(self.hashes) != size.bit_count() or any(len(node) != HASH_BYTES for node in self.hashes):
            raise ValueError(f"{len(self.hashes)} hashes do not fit a tree of {size} leaves")

    def append(self, leaf: bytes) -> list[TileHash]:
        """Append one leaf hash; return the tile hashes that it completes, lowest level first."""
        return self._push(leaf, 0)

    def extend(self, leaves: Iterable[bytes]) -> list[TileHash]:
        """Append leaf hashes; return the tile hashes that they complete, in order.

        Leaves are hashed tile by tile and level by level, which is faster than one at a time.
        """
        tiles: list[TileHash] = []
        pending = list(leaves)
        at = 0
        while at < len(pending):
            # The largest perfect subtree that can start here, at most a tile and at most the remaining leaves.
            aligned = self.size | TILE_WIDTH
            width = aligned & -aligned
            while width > len(pending) - at:
                width >>= 1
            tiles += self._push(subtree_root(pending[at : at + width]), width.bit_length() - 1)
            at += width
        return tiles

    def extend_tiles(self, roots: Iterable[bytes]) -> list[TileHash]:
        """Append whole tiles of 256 leaves by their roots; return the tile hashes that they complete, in order.

        Raises ValueError unless the tree consists of whole tiles so far.
        """
        if self.size % TILE_WIDTH:
            raise ValueError(f"a tree of {self.size} leaves does not end with a whole tile")
        return [tile for root in roots for tile in self._push(root, TILE_BITS)]

    def _push(self, node: bytes, height: int) -> list[TileHash]:
        """Append a perfect subtree of 2**height leaves, to which `size` is aligned."""
        tiles: list[TileHash] = []
        hashes = self.hashes
        self._root = None
        self.size += 1 << height
        rest = self.size >> height
        if height == TILE_BITS:
            tiles.append(TileHash(1, rest - 1, node))
        # Every trailing zero bit of the new size merges the last two subtrees of equal size.
        while not rest & 1:
            node = sha256(b"\x01" + hashes.pop() + node).digest()
            rest >>= 1
            height += 1
            if not height % TILE_BITS:
                tiles.append(TileHash(height // TILE_BITS, rest - 1, node))
        hashes.append(node)
        return tiles

    def root(self) -> bytes:
        """Return the root of the tree."""
        if self._root is None:
            *left, root = self.hashes or [EMPTY_ROOT]
            for node in reversed(left):
                root = node_hash(node, root)
            self._root = root
        return self._root

    def copy(self) -> "CompactRange":
        """Return an independent copy."""
        copied = CompactRange(self.size, self.hashes)
        copied._root = self._root
        return copied

    def to_bytes(self) -> bytes:
        """Return the concatenated hashes."""
        return b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, size: int, data: bytes) -> Self:
        """Return the frontier of a tree of `size` leaves. Raises ValueError if the bytes do not fit that size."""
        return cls(size, [data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES)])
