"""The tree and its proofs compared with published vectors: Certificate Transparency's constants, transparency-dev.

The constants (and their source) are copied to data/rfc6962-tree-constants.json; the proofs are read in ../shared. If
our result differs from a vector's, the reason is next to its name.
"""

import json
from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ledger.tlog.compact import CompactRange
from ledger.tlog.merkle import EMPTY_ROOT, leaf_hash, node_hash
from ledger.tlog.proof import consistency_proof, inclusion_proof, perfect, root_at
from ledger.tlog.verify_proof import ProofError, verify_consistency, verify_inclusion
from tests.vectors.rfc6962 import StoredHashes

CONSTANTS = Path(__file__).parent / "data" / "rfc6962-tree-constants.json"
SHARED = Path(__file__).parents[3] / "shared" / "vectors"
PROOFS = SHARED / "transparency-dev-merkle" / "testdata"

EXCEPTIONS = {
    "consistency/additional/sizes-are-equal-one-and-proof-is-empty.json": (
        "Its roots are the 12 bytes of `don't care 2`. Its authors compare them and find them equal; here what has not"
        " 32 bytes is no SHA-256 root, so that no later comparison ever meets one."
    ),
}
"""Vectors that are accepted by their authors and refused here, with the reason."""

WIDENED_EXCEPTIONS = {
    "consistency/additional/size1-is-zero-and-size2-is-not-zero.json": (
        "Its authors refuse every proof from size 0, as it proves nothing. RFC 6962 §2.1.2 defines none, and"
        " c2sp.org/tlog-witness starts from size 0 with an empty proof: every log extends the empty one. What is"
        " refused here is an empty tree with another root than the empty tree's, and a proof that is not empty."
    ),
    "inclusion/single-entry/empty-root-and-leaf.json": (
        "It is refused for its missing root and leaf hash, which are the same nothing. Replaced by the same 32 bytes"
        " they are a tree of one leaf, whose root is that leaf's hash."
    ),
}
"""Vectors that are refused by their authors, and accepted here once their missing hashes are replaced."""


def constants() -> Any:
    """Return the published constants."""
    return json.loads(CONSTANTS.read_text())


def proofs() -> Path:
    """Return the folder of the published proofs; without it the test is skipped."""
    if not PROOFS.exists():
        pytest.skip("the folder shared is not beside the project")
    return PROOFS


def vectors(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name and the content of each vector, with its hashes decoded."""
    for path in sorted((proofs() / kind).rglob("*.json")):
        vector = json.loads(path.read_text())
        for name in vector.keys() & {"root", "leafHash", "root1", "root2"}:
            vector[name] = b64decode(vector[name])
        vector["proof"] = [b64decode(hashed) for hashed in vector["proof"] or []]
        yield path.relative_to(PROOFS).as_posix(), vector


def refused(vector: dict[str, Any]) -> bool:
    """Return whether the proof of a vector is refused."""
    v = vector
    try:
        if "leafIdx" in v:
            verify_inclusion(v["leafIdx"], v["treeSize"], v["leafHash"], v["proof"], v["root"])
        else:
            verify_consistency(v["size1"], v["root1"], v["size2"], v["root2"], v["proof"])
    except ProofError:
        return True
    return False


def widened(vector: dict[str, Any]) -> dict[str, Any]:
    """Return a vector whose hashes all have 32 bytes: equal hashes stay equal, and none is in the tree."""

    def wide(value: Any) -> Any:
        if isinstance(value, bytes) and len(value) != 32:
            return sha256(b"in place of " + value).digest()
        return [wide(item) for item in value] if isinstance(value, list) else value

    return {name: wide(value) for name, value in vector.items()}


def test_hashes() -> None:
    """Leaves, nodes and the empty tree have the hashes of RFC 6962."""
    hasher = constants()["hasher"]
    assert hasher["leaf_L123456"] == leaf_hash(b"L123456").hex()
    assert hasher["node_N123_N456"] == node_hash(b"N123", b"N456").hex()
    assert hasher["empty_leaf"] == leaf_hash(b"").hex()
    assert hasher["empty_tree"] == EMPTY_ROOT.hex()


def test_roots_of_the_eight_leaf_tree() -> None:
    """The tree has the published root at each size from 0 to 8, while it grows and when read later."""
    published = constants()
    leaves = [leaf_hash(bytes.fromhex(leaf)) for leaf in published["leaf_inputs_hex"]]
    tree, hashes = CompactRange(), StoredHashes(leaves, ())
    for size, root in enumerate(published["root_hash_by_size_hex"]):
        assert root == tree.root().hex()
        assert root == root_at(size, hashes).hex()
        tree.extend(leaves[size : size + 1])


def test_nodes_of_the_eight_leaf_tree() -> None:
    """Each perfect subtree has the published root."""
    published = constants()
    hashes = StoredHashes([leaf_hash(bytes.fromhex(leaf)) for leaf in published["leaf_inputs_hex"]], ())
    for height, row in enumerate(published["node_hashes_hex"]):
        assert row == [perfect(height, number, hashes).hex() for number in range(len(row))]


@pytest.mark.shared_data
def test_constants_are_those_of_the_source() -> None:
    """The copy is identical to the file of the source."""
    proofs()
    assert (SHARED / "rfc6962-tree-constants.json").read_bytes() == CONSTANTS.read_bytes()


@pytest.mark.shared_data
@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_verdicts(kind: str) -> None:
    """Each published proof is accepted or refused as its authors state; the exceptions are listed."""
    count = 0
    for name, vector in vectors(kind):
        count += 1
        assert (vector["wantErr"] or name in EXCEPTIONS) == refused(vector), name
    assert count == 98


@pytest.mark.shared_data
@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_verdicts_with_whole_hashes(kind: str) -> None:
    """A vector with a hash of another length is refused for that only; with 32 bytes the proof itself decides."""
    count = 0
    for name, vector in vectors(kind):
        whole = widened(vector)
        count += whole != vector
        assert (vector["wantErr"] and name not in WIDENED_EXCEPTIONS) == refused(whole), name
    assert count == {"inclusion": 26, "consistency": 27}[kind]


@pytest.mark.shared_data
def test_proofs_are_made_as_published() -> None:
    """The proofs of the vectors named happy path are those that the ledger makes of the same leaves."""
    hashes = StoredHashes([leaf_hash(bytes.fromhex(leaf)) for leaf in constants()["leaf_inputs_hex"]], ())
    for name, vector in vectors("inclusion"):
        if name.endswith("happy-path.json"):
            assert vector["proof"] == inclusion_proof(vector["leafIdx"], vector["treeSize"], hashes), name
    for name, vector in vectors("consistency"):
        if name.endswith("happy-path.json"):
            assert vector["proof"] == consistency_proof(vector["size1"], vector["size2"], hashes), name
