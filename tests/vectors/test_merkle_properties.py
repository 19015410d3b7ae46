"""The tree and its proofs compared with RFC 6962 §2.1 (rfc6962.py), and how little of the log a proof reads."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.tlog.compact import CompactRange, TileHash
from ledger.tlog.merkle import EMPTY_ROOT, leaf_hash, node_hash
from ledger.tlog.proof import compact_at, consistency_proof, inclusion_proof, root_at
from ledger.tlog.verify_proof import verify_consistency, verify_inclusion
from tests.vectors.rfc6962 import Reference, StoredHashes, entries_of

SMALL = 130
"""The largest size that is tried exhaustively: past the first power of two that one read of hashes covers."""
LARGE = 2000

ENTRIES = entries_of(LARGE)
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
REFERENCE = Reference(ENTRIES)
KEPT = StoredHashes(LEAVES, CompactRange().extend(LEAVES))


def sizes(minimum: int = 0) -> st.SearchStrategy[int]:
    """Return sizes up to 2,000, often near multiples of a tile."""
    near = [size for tile in range(0, LARGE, 256) for size in (tile - 1, tile, tile + 1) if size >= minimum]
    return st.integers(minimum, LARGE) | st.sampled_from(near)


def test_every_small_root() -> None:
    """A tree that grows leaf by leaf has the defined root at each size, and so has the tree at an earlier size."""
    tree = CompactRange()
    for size in range(SMALL + 1):
        assert REFERENCE.mth(0, size) == tree.root()
        assert REFERENCE.mth(0, size) == root_at(size, KEPT)
        tree.append(LEAVES[size])


def test_every_small_inclusion() -> None:
    """The proof of each leaf in each tree is the defined path, and it verifies."""
    for size in range(1, SMALL + 1):
        root = REFERENCE.mth(0, size)
        for index in range(size):
            proof = inclusion_proof(index, size, KEPT)
            assert REFERENCE.path(index, 0, size) == proof
            verify_inclusion(index, size, LEAVES[index], proof, root)


def test_every_small_growth() -> None:
    """The consistency proof between any two sizes is the defined one, and it verifies."""
    for new in range(1, SMALL + 1):
        for old in range(1, new + 1):
            proof = consistency_proof(old, new, KEPT)
            assert REFERENCE.proof(old, new) == proof
            verify_consistency(old, REFERENCE.mth(0, old), new, REFERENCE.mth(0, new), proof)


@given(sizes())
def test_growth_from_nothing(new: int) -> None:
    """Every tree extends the empty one, with an empty proof."""
    proof = consistency_proof(0, new, KEPT)
    assert [] == proof
    verify_consistency(0, EMPTY_ROOT, new, REFERENCE.mth(0, new), proof)


@given(sizes(1), st.data())
def test_inclusion(size: int, data: st.DataObject) -> None:
    """Inclusion proofs of larger trees, which read tile hashes, are the defined paths, too."""
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, KEPT)
    assert REFERENCE.path(index, 0, size) == proof
    verify_inclusion(index, size, LEAVES[index], proof, REFERENCE.mth(0, size))


@given(sizes(1), sizes(1))
def test_growth(first: int, second: int) -> None:
    """Consistency proofs of larger trees are the defined ones, too."""
    old, new = sorted((first, second))
    proof = consistency_proof(old, new, KEPT)
    assert REFERENCE.proof(old, new) == proof
    verify_consistency(old, REFERENCE.mth(0, old), new, REFERENCE.mth(0, new), proof)


@given(st.lists(sizes(), max_size=8))
def test_batches_give_the_same_tree(cuts: list[int]) -> None:
    """Leaves added in batches of any size give the same frontier and completed tile hashes."""
    bulk, single = CompactRange(), CompactRange()
    cuts = sorted((0, *cuts))
    for start, end in pairwise(cuts):
        expected = [tile for leaf in LEAVES[start:end] for tile in single.append(leaf)]
        assert expected == bulk.extend(iter(LEAVES[start:end]))
    assert single.size == bulk.size == cuts[-1]
    assert single.hashes == bulk.hashes
    assert REFERENCE.mth(0, cuts[-1]) == bulk.root()


@given(sizes())
def test_frontier_of_an_earlier_size(size: int) -> None:
    """The frontier at any earlier size has the defined perfect subtrees, and grows to the same tree."""
    then = compact_at(size, KEPT)
    ends = [size >> height << height for height in range(size.bit_length(), -1, -1)]
    assert [REFERENCE.mth(start, end) for start, end in pairwise(ends) if start != end] == then.hashes
    then.extend(LEAVES[size:])
    assert REFERENCE.mth(0, LARGE) == then.root()


@given(sizes())
def test_frontier_as_bytes(size: int) -> None:
    """A frontier is written as its hashes, 32 bytes for each set bit of the size, and read back."""
    then = compact_at(size, KEPT)
    data = then.to_bytes()
    assert 32 * size.bit_count() == len(data)
    again = CompactRange.from_bytes(size, data)
    assert (size, then.hashes) == (again.size, again.hashes)


@pytest.mark.parametrize(
    ("size", "length"),
    [
        (0, 32),
        (0, 1),
        (1, 0),
        (1, 31),
        (1, 33),
        (1, 64),
        (3, 32),
        (3, 63),
        (3, 65),
        (3, 96),
        (4, 64),
        (-1, 0),
        (-1, 32),
    ],
)
def test_frontier_of_another_length(size: int, length: int) -> None:
    """Bytes other than one hash for each set bit of the size are not a frontier."""
    with pytest.raises(ValueError, match=f"do not fit a tree of {size} leaves"):
        CompactRange.from_bytes(size, bytes(length))


def test_tile_hashes() -> None:
    """Every 256 leaves complete a hash of level 1, and every 256 of these one of level 2: the defined roots."""
    size = 65_536 + 256 + 7
    reference = Reference(entries_of(size))
    tiles = CompactRange().extend(leaf_hash(entry) for entry in reference.entries)
    first = [TileHash(1, number, reference.mth(256 * number, 256 * (number + 1))) for number in range(257)]
    second = TileHash(2, 0, reference.mth(0, 65_536))
    assert [*first[:256], second, first[256]] == tiles


class Uniform:
    """A log of any size whose leaves are all equal: the root of a perfect subtree follows from its height."""

    def __init__(self, size: int) -> None:
        """Create a log of `size` leaves."""
        self.size = size
        self.reads = 0
        self.heights = [leaf_hash(b"the same")]
        while len(self.heights) < 64:
            self.heights.append(node_hash(self.heights[-1], self.heights[-1]))

    def read(self, level: int, start: int, count: int) -> list[bytes]:
        """Count the read, which must be of at most a tile, and of completed tile hashes."""
        self.reads += 1
        assert 0 < count <= 256
        assert 0 <= start <= start + count <= self.size >> 8 * level
        return [self.heights[8 * level]] * count

    def root(self, size: int) -> bytes:
        """Return the root of the first leaves, computed from the heights."""
        return CompactRange(size, [self.heights[h] for h in range(size.bit_length(), -1, -1) if size >> h & 1]).root()


TEN_MILLION = 10_000_000


@given(st.integers(1, TEN_MILLION) | st.just(TEN_MILLION), st.data())
def test_reads_of_an_inclusion_proof(size: int, data: st.DataObject) -> None:
    """In a log of ten million, the proof of a leaf in any earlier tree reads at most 64 ranges, of at most a tile."""
    log = Uniform(TEN_MILLION)
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, log)
    assert log.reads <= 64
    verify_inclusion(index, size, log.heights[0], proof, log.root(size))


@given(st.integers(1, TEN_MILLION), st.integers(1, TEN_MILLION) | st.just(TEN_MILLION))
def test_reads_of_a_consistency_proof(first: int, second: int) -> None:
    """A consistency proof between any two sizes has the same bounds."""
    log = Uniform(TEN_MILLION)
    old, new = sorted((first, second))
    proof = consistency_proof(old, new, log)
    assert log.reads <= 64
    verify_consistency(old, log.root(old), new, log.root(new), proof)


@given(st.integers(0, TEN_MILLION))
def test_reads_of_a_root(size: int) -> None:
    """The root of an earlier tree takes one read for each set bit of its size."""
    log = Uniform(TEN_MILLION)
    assert log.root(size) == root_at(size, log)
    assert size.bit_count() == log.reads


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 1), (1, 1), (2, 1), (-1, 0)])
def test_no_inclusion_outside_the_tree(index: int, size: int) -> None:
    """There is no proof of a leaf outside the tree."""
    with pytest.raises(ValueError, match=f"leaf {index} is not in a tree of {size}"):
        inclusion_proof(index, size, KEPT)


@pytest.mark.parametrize(("old", "new"), [(2, 1), (1, 0), (-1, 0), (-1, 1)])
def test_no_growth_backwards(old: int, new: int) -> None:
    """There is no proof that a tree extends a larger one."""
    with pytest.raises(ValueError, match=f"a tree of {new} does not extend one of {old}"):
        consistency_proof(old, new, KEPT)


def test_missing_hashes() -> None:
    """If a store lacks hashes, the error names them, and there is no proof."""
    tiles = CompactRange().extend(LEAVES[:600])
    with pytest.raises(ValueError, match="tile level 0 lacks hashes from 600 to 600"):
        root_at(601, StoredHashes(LEAVES[:600], tiles))
    with pytest.raises(ValueError, match="tile level 1 lacks hashes from 0 to 1"):
        root_at(600, StoredHashes(LEAVES[:600], tiles[:1]))


@given(st.integers(0, LARGE // 256))
def test_whole_tiles_by_their_roots(count: int) -> None:
    """A tree given the roots of whole tiles equals that of their leaves, and completes the same tiles."""
    expected, tree = CompactRange(), CompactRange()
    made = expected.extend(LEAVES[: 256 * count])
    roots = [REFERENCE.mth(256 * number, 256 * (number + 1)) for number in range(count)]
    assert made == tree.extend_tiles(roots)
    assert (expected.size, expected.hashes) == (tree.size, tree.hashes)


def test_a_tile_within_a_tile() -> None:
    """Whole tiles may follow whole tiles only."""
    with pytest.raises(ValueError, match="1 leaves"):
        CompactRange(1, LEAVES[:1]).extend_tiles([LEAVES[0]])
