"""Tampered proofs, and proofs of tampered logs: none of them verifies."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.tlog.compact import CompactRange
from ledger.tlog.merkle import EMPTY_ROOT, leaf_hash, node_hash
from ledger.tlog.proof import consistency_proof, inclusion_proof
from ledger.tlog.verify_proof import ProofError, verify_consistency, verify_inclusion
from tests.vectors.rfc6962 import Reference, StoredHashes, entries_of

MOST = 17
"""The largest tree: covers every shape below two powers of two, and the first above the second."""

ENTRIES = entries_of(MOST)
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
HONEST = Reference(ENTRIES)
KEPT = StoredHashes(LEAVES, ())
FOREIGN = leaf_hash(b"from another log")

INCLUSIONS = [(index, size) for size in range(1, MOST + 1) for index in range(size)]
GROWTHS = [(old, new) for new in range(1, MOST + 1) for old in range(1, new + 1)]


def flipped(data: bytes) -> Iterator[bytes]:
    """Yield a hash with its first, its last and a middle bit flipped."""
    for bit in (0, 131, 255):
        yield (int.from_bytes(data) ^ 1 << bit).to_bytes(32)


def tampered(proof: list[bytes], known: list[bytes]) -> Iterator[list[bytes]]:
    """Yield proofs that differ from `proof`: hashes changed, dropped, added, swapped, reversed.

    `known` are hashes that the attacker tries to insert.
    """
    for place, original in enumerate(proof):
        yield [*proof[:place], *proof[place + 1 :]]
        for replacement in (*flipped(original), FOREIGN, *known):
            if replacement != original:
                yield [*proof[:place], replacement, *proof[place + 1 :]]
    for place in range(len(proof) + 1):
        for added in (FOREIGN, *known, *proof):
            yield [*proof[:place], added, *proof[place:]]
    for first, second in combinations(range(len(proof)), 2):
        exchanged = list(proof)
        exchanged[first], exchanged[second] = proof[second], proof[first]
        yield exchanged
    if proof:
        yield []
        yield proof * 2


def test_tampered_inclusion_proofs() -> None:
    """Only a leaf's own inclusion proof verifies."""
    tries = 0
    for index, size in INCLUSIONS:
        root, proof = HONEST.mth(0, size), inclusion_proof(index, size, KEPT)
        for false in tampered(proof, [LEAVES[index], root, EMPTY_ROOT]):
            tries += 1
            with pytest.raises(ProofError):
                verify_inclusion(index, size, LEAVES[index], false, root)
    assert tries > 1000


def test_tampered_consistency_proofs() -> None:
    """Only the one consistency proof between two sizes verifies."""
    tries = 0
    for old, new in GROWTHS:
        roots, proof = (HONEST.mth(0, old), HONEST.mth(0, new)), consistency_proof(old, new, KEPT)
        for false in tampered(proof, [*roots, EMPTY_ROOT]):
            tries += 1
            with pytest.raises(ProofError):
                verify_consistency(old, roots[0], new, roots[1], false)
    assert tries > 1000


def test_another_index() -> None:
    """A proof holds for no other index: an entry cannot be moved."""
    for index, size in INCLUSIONS:
        root, proof = HONEST.mth(0, size), inclusion_proof(index, size, KEPT)
        for place in range(-2, size + 3):
            if place != index:
                with pytest.raises(ProofError):
                    verify_inclusion(place, size, LEAVES[index], proof, root)


def test_another_entry() -> None:
    """A proof holds for no other leaf: an entry cannot be exchanged."""
    for index, size in INCLUSIONS:
        root, proof = HONEST.mth(0, size), inclusion_proof(index, size, KEPT)
        others = [*flipped(LEAVES[index]), FOREIGN, EMPTY_ROOT, *LEAVES[:index], *LEAVES[index + 1 :]]
        for leaf in others:
            with pytest.raises(ProofError, match="the proof leads to another root"):
                verify_inclusion(index, size, leaf, proof, root)


def test_another_root() -> None:
    """A proof holds for no other root: not for an earlier or later root of the log, nor for that of another log."""
    for index, size in INCLUSIONS:
        proof = inclusion_proof(index, size, KEPT)
        for root in (HONEST.mth(0, size - 1), FOREIGN, EMPTY_ROOT):
            with pytest.raises(ProofError, match="the proof leads to another root"):
                verify_inclusion(index, size, LEAVES[index], proof, root)


def test_other_roots_of_growth() -> None:
    """A consistency proof holds only for its two roots, in their order."""
    for old, new in GROWTHS:
        before, after, proof = HONEST.mth(0, old), HONEST.mth(0, new), consistency_proof(old, new, KEPT)
        pairs = [(FOREIGN, after), (before, FOREIGN), (EMPTY_ROOT, after), (before, EMPTY_ROOT)]
        for pair in pairs if old == new else [*pairs, (after, before), (before, before), (after, after)]:
            with pytest.raises(ProofError):
                verify_consistency(old, pair[0], new, pair[1], proof)


def test_backwards() -> None:
    """A log that lost entries does not extend its former self: no proof of that is accepted, in either order."""
    for old, new in GROWTHS:
        if old < new:
            proof = consistency_proof(old, new, KEPT)
            for false in (proof, proof[::-1], []):
                with pytest.raises(ProofError, match=f"a tree of {old} does not extend one of {new}"):
                    verify_consistency(new, HONEST.mth(0, new), old, HONEST.mth(0, old), false)


@pytest.mark.parametrize("place", [0, 3, 7, 11])
def test_rewritten_history(place: int) -> None:
    """After an old entry is changed, removed or back-dated, neither log's proof shows growth from the old root."""
    changed = [*ENTRIES[:place], b"changed", *ENTRIES[place + 1 :]]
    removed = [*ENTRIES[:place], *ENTRIES[place + 1 :], b"one more"]
    inserted = [*ENTRIES[:place], b"back-dated", *ENTRIES[place:]][:MOST]
    exchanged = [*ENTRIES[:place], ENTRIES[place + 1], ENTRIES[place], *ENTRIES[place + 2 :]]
    for entries in (changed, removed, inserted, exchanged):
        forged = Reference(entries)
        for old in range(place + 2, MOST):
            root = forged.mth(0, MOST)
            for proof in (forged.proof(old, MOST), consistency_proof(old, MOST, KEPT)):
                with pytest.raises(ProofError):
                    verify_consistency(old, HONEST.mth(0, old), MOST, root, proof)


def test_node_as_entry() -> None:
    """An inner node is not an entry, even as the bytes it was hashed from: leaves are hashed with another prefix."""
    pair = LEAVES[0] + LEAVES[1]
    assert node_hash(*LEAVES[:2]) != leaf_hash(pair)
    with pytest.raises(ProofError, match="the proof leads to another root"):
        verify_inclusion(0, 2, leaf_hash(pair), inclusion_proof(0, 3, KEPT)[1:], HONEST.mth(0, 4))


def test_node_as_leaf() -> None:
    """With an inner node's hash in place of a leaf's, the proof is too short for the size of the checkpoint."""
    node = node_hash(*LEAVES[:2])
    for size in range(3, MOST + 1):
        with pytest.raises(ProofError, match="the proof is too short"):
            verify_inclusion(0, size, node, inclusion_proof(0, size, KEPT)[1:], HONEST.mth(0, size))


def test_root_above_the_root() -> None:
    """A path that continues above the root is too long, even if it leads to the given roots."""
    for index, size in INCLUSIONS:
        above = node_hash(FOREIGN, HONEST.mth(0, size))
        with pytest.raises(ProofError, match="the proof is too long"):
            verify_inclusion(index, size, LEAVES[index], [*inclusion_proof(index, size, KEPT), FOREIGN], above)
    for old, new in GROWTHS:
        before, after = (node_hash(FOREIGN, HONEST.mth(0, size)) for size in (old, new))
        with pytest.raises(ProofError, match="the proof is too long"):
            verify_consistency(old, before, new, after, [*consistency_proof(old, new, KEPT), FOREIGN])


def test_another_size() -> None:
    """A root does not commit to its size, so a proof may hold for a wrong size: sizes come from signed checkpoints.

    The path of leaf 0 in a tree of 8 has three hashes on the right, as it does in trees of 5, 6 and 7.
    """
    proof, root = inclusion_proof(0, 8, KEPT), HONEST.mth(0, 8)
    for size in range(MOST + 1):
        if size in {5, 6, 7, 8}:
            verify_inclusion(0, size, LEAVES[0], proof, root)
        else:
            with pytest.raises(ProofError):
                verify_inclusion(0, size, LEAVES[0], proof, root)


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_hashes_of_another_length(length: int) -> None:
    """A hash that has not 32 bytes is refused anywhere in a proof."""
    wrong = bytes(length)
    says = f"a hash has {length} bytes instead of 32"
    root, proof = HONEST.mth(0, 8), inclusion_proof(0, 8, KEPT)
    with pytest.raises(ProofError, match=says):
        verify_inclusion(0, 8, wrong, proof, root)
    with pytest.raises(ProofError, match=says):
        verify_inclusion(0, 8, LEAVES[0], proof, wrong)
    with pytest.raises(ProofError, match=says):
        verify_inclusion(0, 8, LEAVES[0], [*proof[:-1], wrong], root)
    with pytest.raises(ProofError, match=says):
        verify_consistency(8, wrong, 8, wrong, [])
    with pytest.raises(ProofError, match=says):
        verify_consistency(6, HONEST.mth(0, 6), 8, root, [wrong, *consistency_proof(6, 8, KEPT)[1:]])


def test_bytes_moved_between_hashes() -> None:
    """The 64 bytes of a pair of hashes cannot be split into 31 and 33, though these hash to the same node."""
    root = HONEST.mth(0, 2)
    assert root == node_hash(LEAVES[0][:31], LEAVES[0][31:] + LEAVES[1])
    with pytest.raises(ProofError, match="a hash has 31 bytes instead of 32"):
        verify_inclusion(0, 2, LEAVES[0][:31], [LEAVES[0][31:] + LEAVES[1]], root)


@pytest.mark.parametrize(
    ("old", "old_root", "new", "new_root", "proof", "says"),
    [
        (0, FOREIGN, 1, LEAVES[0], [], "the root of a tree of 0"),
        (0, FOREIGN, 0, FOREIGN, [], "the root of a tree of 0"),
        (0, FOREIGN, 0, EMPTY_ROOT, [], "the root of a tree of 0"),
        (0, EMPTY_ROOT, 0, FOREIGN, [], "the root of a tree of 0"),
        (0, EMPTY_ROOT, 1, LEAVES[0], [LEAVES[0]], "too long"),
        (0, EMPTY_ROOT, 0, EMPTY_ROOT, [EMPTY_ROOT], "too long"),
        (1, LEAVES[0], 1, LEAVES[0], [LEAVES[0]], "too long"),
        (1, LEAVES[0], 1, FOREIGN, [], "the roots differ"),
        (-1, EMPTY_ROOT, 1, LEAVES[0], [], "does not extend"),
        (-1, EMPTY_ROOT, -1, EMPTY_ROOT, [], "does not extend"),
    ],
)
def test_degenerate_growth(old: int, old_root: bytes, new: int, new_root: bytes, proof: list[bytes], says: str) -> None:
    """The empty tree has one root, no tree has a negative size, and a proof from the empty tree is empty."""
    with pytest.raises(ProofError, match=says):
        verify_consistency(old, old_root, new, new_root, proof)


HASHES = st.binary(min_size=32, max_size=32) | st.sampled_from([EMPTY_ROOT, *LEAVES[:3]])
SIZES = st.integers(-3, 20) | st.integers(-(2**65), 2**65)


@given(SIZES, SIZES, HASHES, st.lists(st.binary(max_size=40) | HASHES, max_size=70), HASHES)
def test_arbitrary_input(index: int, size: int, first: bytes, proof: list[bytes], second: bytes) -> None:
    """Any input is refused as a proof: it neither verifies nor raises another error."""
    with pytest.raises(ProofError):
        verify_inclusion(index, size, first, proof, FOREIGN)
    with pytest.raises(ProofError):
        verify_consistency(index, first, size, FOREIGN, [*proof, second])


def test_frontier_of_another_tree() -> None:
    """A frontier with one hash replaced gives another root, so the change is noticed if the root is known."""
    honest = CompactRange()
    honest.extend(LEAVES)
    for place in range(len(honest.hashes)):
        forged = CompactRange(MOST, [*honest.hashes[:place], FOREIGN, *honest.hashes[place + 1 :]])
        assert HONEST.mth(0, MOST) != forged.root()
