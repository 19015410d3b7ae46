"""Every tree of 0 to 2,000 entries compared with RFC 6962 §2.1: each root, and proofs where trees split.

With `make sweep` every proof of each tree of up to 700 entries is checked, half a million in all: beyond two full tiles
of 256 hashes nothing is new in a tree but its size.
"""

import pytest

from ledger.tlog.compact import CompactRange
from ledger.tlog.merkle import leaf_hash
from ledger.tlog.proof import consistency_proof, inclusion_proof, root_at
from ledger.tlog.verify_proof import verify_consistency, verify_inclusion
from tests.vectors.rfc6962 import Reference, StoredHashes, entries_of, largest_power_of_two_below

LARGE = 2_000
EXHAUSTIVE = 700
BLOCK = 70
ENTRIES = entries_of(LARGE)
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
REFERENCE = Reference(ENTRIES)
KEPT = StoredHashes(LEAVES, CompactRange().extend(LEAVES))


def check_leaf(index: int, size: int) -> None:
    """Assert that the proof of a leaf is the defined path, and verifies."""
    proof = inclusion_proof(index, size, KEPT)
    assert REFERENCE.path(index, 0, size) == proof
    verify_inclusion(index, size, LEAVES[index], proof, REFERENCE.mth(0, size))


def check_growth(old: int, new: int) -> None:
    """Assert that the proof between two sizes is the defined one, and verifies."""
    proof = consistency_proof(old, new, KEPT)
    assert REFERENCE.proof(old, new) == proof
    verify_consistency(old, REFERENCE.mth(0, old), new, REFERENCE.mth(0, new), proof)


def test_every_root() -> None:
    """A tree that grows leaf by leaf has the defined root at each size, and so has the tree at an earlier size."""
    tree = CompactRange()
    for size in range(LARGE + 1):
        assert REFERENCE.mth(0, size) == tree.root() == root_at(size, KEPT)
        if size < LARGE:
            tree.append(LEAVES[size])


def test_proofs_where_trees_split() -> None:
    """In each tree the proofs of the first and last leaf, of both sides of its split, and of growth from there."""
    for size in range(2, LARGE + 1):
        split = largest_power_of_two_below(size)
        for index in {0, split - 1, split, size - 1}:
            check_leaf(index, size)
        for old in {1, split - 1 or 1, split, split + 1, size - 1, size}:
            check_growth(old, size)


@pytest.mark.sweep
@pytest.mark.parametrize("first", range(1, EXHAUSTIVE + 1, BLOCK))
def test_every_proof(first: int) -> None:
    """Each leaf of each tree is proved, and growth from each smaller tree."""
    for size in range(first, first + BLOCK):
        for index in range(size):
            check_leaf(index, size)
            check_growth(index + 1, size)
