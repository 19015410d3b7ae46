"""Entries with their leaf hashes as they are stored: what was altered is not read as the entry that it replaced."""

from collections.abc import Iterable
from typing import Any

from ledger.stores.errors import Damaged
from ledger.tlog.merkle import leaf_hash


def with_their_leaves(url: str, rows: Iterable[tuple[int, Any, Any]]) -> list[tuple[int, bytes]]:
    """Return positions and bytes of rows of position, leaf hash and bytes. Raises Damaged if a hash is another.

    Whether the leaf hashes give the root is what `ledger verify` finds out.
    """
    entries = []
    for position, leaf, data in rows:
        if leaf_hash(as_bytes(url, position, data)) != leaf:
            raise altered(url, position)
        entries.append((position, data))
    return entries


def as_bytes(url: str, position: int, data: Any) -> bytes:
    """Return the bytes of an entry as they are stored. Raises Damaged for another value."""
    if type(data) is not bytes:  # damage, or a table that was created again, may give any value
        raise Damaged(url, f"the entry at position {position} is not bytes")
    return data


def altered(url: str, position: int) -> Damaged:
    """Return the error of an entry whose hash is not the one that is stored."""
    return Damaged(url, f"the entry at position {position} is not the one whose hash is in the tree")
