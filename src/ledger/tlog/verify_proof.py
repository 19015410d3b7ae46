"""Verify proofs from hashes alone (RFC 9162 §2.1.3.2, §2.1.4.2).

Take sizes and roots from a signed checkpoint only: a root does not commit to the size of its tree, so that a proof
may well lead from a wrong size to the right root.
"""

from collections.abc import Iterator, Sequence

from ledger.tlog.merkle import EMPTY_ROOT, HASH_BYTES, node_hash


class ProofError(Exception):
    """A proof does not hold."""


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Raise ProofError unless `proof` shows that `leaf` is at `index` in the tree of `size` with `root`."""
    _check_hashes(leaf, root, *proof)
    if not 0 <= index < size:
        raise ProofError(f"leaf {index} is not in a tree of {size}")
    node = leaf
    for sibling, is_left in _climb(index, size - 1, proof):
        node = node_hash(sibling, node) if is_left else node_hash(node, sibling)
    if node != root:
        raise ProofError("the proof leads to another root")


def verify_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raise ProofError unless `proof` shows that the tree of `new` leaves extends that of `old`."""
    _check_hashes(old_root, new_root, *proof)
    if not 0 <= old <= new:
        raise ProofError(f"a tree of {new} does not extend one of {old}")
    for size, root in ((old, old_root), (new, new_root)):
        if size == 0 and root != EMPTY_ROOT:
            raise ProofError("the root of a tree of 0 is not the hash of nothing")
    if old in (0, new):
        if proof:
            raise ProofError("the proof is too long")
        if old and old_root != new_root:
            raise ProofError("the roots differ")
        return
    _check_growth(old, old_root, new, new_root, proof)


def _check_growth(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    # RFC 9162 §2.1.4.2, for 0 < old < new.
    # A perfect old tree is itself the subtree that the path starts from: the proof does not repeat its root.
    path = [old_root, *proof] if old.bit_count() == 1 else list(proof)
    if not path:
        raise ProofError("the proof is too short")
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    first = second = path[0]
    for sibling, is_left in _climb(node, last, path[1:]):
        if is_left:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
        else:
            second = node_hash(second, sibling)
    if first != old_root:
        raise ProofError("the proof leads to another old root")
    if second != new_root:
        raise ProofError("the proof leads to another new root")


def _climb(node: int, last: int, path: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Go from `node` up to the root, where `last` is the last node of its level.

    Yields each hash of the path, and whether it is the left child (RFC 9162 §2.1.3.2, step 4). Raises ProofError if the
    path ends before the root or goes beyond it.
    """
    for sibling in path:
        if last == 0:
            raise ProofError("the proof is too long")
        is_left = bool(node & 1) or node == last
        yield sibling, is_left
        # A last node without a sibling rises unhashed until it is a right child.
        while is_left and node and not node & 1:
            node, last = node >> 1, last >> 1
        node, last = node >> 1, last >> 1
    if last:
        raise ProofError("the proof is too short")


def _check_hashes(*hashes: bytes) -> None:
    for node in hashes:
        if len(node) != HASH_BYTES:
            raise ProofError(f"a hash has {len(node)} bytes instead of {HASH_BYTES}")
