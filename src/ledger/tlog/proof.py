"""Build inclusion and consistency proofs from stored tile hashes (RFC 6962 §2.1.1, §2.1.2)."""

from typing import Protocol

from ledger.tlog.compact import TILE_BITS, CompactRange
from ledger.tlog.merkle import subtree_root


class HashReader(Protocol):
    """A store of hashes by tile level."""

    def read(self, level: int, start: int, count: int) -> list[bytes]:
        """Return `count` hashes of a tile level from number `start` on; level 0 are leaf hashes."""


def perfect(height: int, number: int, nodes: HashReader) -> bytes:
    """Return the root over the 2**height leaves from number * 2**height on: one read of at most 128 hashes.

    Raises ValueError if the store lacks them.
    """
    level, above = divmod(height, TILE_BITS)
    count = 1 << above
    hashes = nodes.read(level, number * count, count)
    if len(hashes) != count:
        raise ValueError(f"tile level {level} lacks hashes from {number * count} to {(number + 1) * count - 1}")
    return subtree_root(hashes)


def _frontier(start: int, end: int, nodes: HashReader) -> list[bytes]:
    # Roots of the perfect subtrees of [start, end); `start` is aligned to the largest of them.
    hashes = []
    while start < end:
        height = (end - start).bit_length() - 1
        hashes.append(perfect(height, start >> height, nodes))
        start += 1 << height
    return hashes


def range_root(start: int, end: int, nodes: HashReader) -> bytes:
    """Return the root over leaves [start, end), as a node of a tree that splits there."""
    return CompactRange(end - start, _frontier(start, end, nodes)).root()


def compact_at(size: int, nodes: HashReader) -> CompactRange:
    """Return the frontier of the tree when it had `size` leaves."""
    return CompactRange(size, _frontier(0, size, nodes))


def root_at(size: int, nodes: HashReader) -> bytes:
    """Return the root of the tree when it had `size` leaves."""
    return compact_at(size, nodes).root()


def inclusion_proof(index: int, size: int, nodes: HashReader) -> list[bytes]:
    """Return the audit path of leaf `index` in the tree of `size` leaves (RFC 6962 §2.1.1). Raises ValueError."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path = []
    start, end = 0, size
    while end - start > 1:
        split = start + (1 << ((end - start - 1).bit_length() - 1))
        if index < split:
            path.append(range_root(split, end, nodes))
            end = split
        else:
            path.append(range_root(start, split, nodes))
            start = split
    return path[::-1]


def consistency_proof(old: int, new: int, nodes: HashReader) -> list[bytes]:
    """Return the proof that the tree of `new` leaves extends that of `old` (RFC 6962 §2.1.2). Raises ValueError."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not extend one of {old}")
    if old in (0, new):
        return []
    path = []
    start, end = 0, new
    while old != end:
        split = start + (1 << ((end - start - 1).bit_length() - 1))
        if old <= split:
            path.append(range_root(split, end, nodes))
            end = split
        else:
            path.append(range_root(start, split, nodes))
            start = split
    if start:
        path.append(range_root(start, end, nodes))
    return path[::-1]
