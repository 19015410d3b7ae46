"""Hashes of leaves and nodes (RFC 6962 §2.1)."""

from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()
"""Root of the tree over no entries."""
HASH_BYTES = 32


def leaf_hash(data: bytes) -> bytes:
    """Return SHA-256 of 0x00 and the entry's bytes."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256 of 0x01 and both hashes."""
    return sha256(b"\x01" + left + right).digest()


def subtree_root(hashes: list[bytes]) -> bytes:
    """Return the root over a power of two of hashes, level by level."""
    while len(hashes) > 1:
        # node_hash written out: the calls would cost as much as the hashes.
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
    return hashes[0]
