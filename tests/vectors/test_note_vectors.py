"""Notes, checkpoints, proof files and keys compared with published vectors; each exception has a reason.

The files are read in ../shared/vectors, whose SOURCES.md gives the source of each.
"""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.tlog import checkpoint, note, proof_file
from ledger.tlog.checkpoint import BadCheckpoint, Checkpoint
from ledger.tlog.cosignature import cosigners
from ledger.tlog.keys import LOG, BadKey, SigningKey, VerifierKey, check_point
from ledger.tlog.merkle import leaf_hash
from ledger.tlog.note import BadNote, Note
from ledger.tlog.policy import Policy, parse
from ledger.tlog.proof_file import BadProofFile, ProofFile
from ledger.tlog.trusted_checkpoint import Untrusted, open_checkpoint
from ledger.tlog.verify_proof import ProofError, verify_inclusion
from ledger.verify.proof_files import check_entry

SHARED = Path(__file__).parents[3] / "shared" / "vectors"

pytestmark = pytest.mark.shared_data


def read(name: str) -> Any:
    """Return a file of vectors; without the folder the test is skipped."""
    return json.loads(data_of(name))


def data_of(name: str) -> bytes:
    """Return the bytes of a file; without the folder the test is skipped."""
    if not SHARED.exists():
        pytest.skip("the folder shared is not beside the project")
    return (SHARED / name).read_bytes()


def verified(written: bytes, keys: list[str]) -> list[str]:
    """Return the names of the known keys that signed a note. Raises BadNote."""
    return [key.name for key in note.signers(note.parse(written), map(VerifierKey.parse, keys))]


def test_valid_notes() -> None:
    """A published note is read, written again unchanged, and has valid signatures of the known keys."""
    valid = read("signed-note.json")["valid"]
    for vector in valid:
        written = vector["note"].encode()
        assert written == bytes(note.parse(written))
        names = vector.get("verified", [vector["vkeys"][0].partition("+")[0]])
        assert names == verified(written, vector["vkeys"])
    assert 6 == len(valid)


def test_malformed_notes() -> None:
    """A malformed note is refused before any signature is verified."""
    vectors = read("signed-note.json")
    malformed = [data.encode() for data in vectors["malformed_must_reject"]]
    malformed += [bytes.fromhex(written) for _, written in vectors["malformed_must_reject_hex"]]
    assert 7 == len(malformed)
    for data in malformed:
        with pytest.raises(BadNote):
            note.parse(data)


def test_invalid_signatures() -> None:
    """A signature of another text is refused; without a known key there is no signer."""
    vectors = read("signed-note.json")
    for vector in vectors["must_reject_invalid_signature"]:
        with pytest.raises(BadNote, match="not of this text"):
            verified(vector["note"].encode(), vector["vkeys"])
    for vector in vectors["must_reject_unverified"]:
        assert [] == verified(vector["note"].encode(), vector["vkeys"])


def test_number_of_signatures() -> None:
    """A note may have 100 signatures; one more is refused, read or written.

    c2sp.org/signed-note asks each reader for a limit and names none; the reader of Go stops at 100, so that anybody on
    the way could make it refuse what a reader with a larger limit accepts.
    """
    vectors = read("signed-note.json")
    assert 100 == vectors["too_many_signatures_go_limit"]
    held = note.parse(vectors["valid"][0]["note"].encode())
    line = held.signatures[0]
    with pytest.raises(BadNote, match="101 signatures"):
        held.with_signatures(line._replace(name=f"n{number}") for number in range(100))
    for count, is_read in ((100, True), (101, False), (129, False)):
        many = bytes(Note(held.text, tuple(line._replace(name=f"n{number}") for number in range(count))))
        if is_read:
            assert count == len(note.parse(many).signatures)
        else:
            with pytest.raises(BadNote, match="signatures"):
                note.parse(many)


def test_verifier_keys() -> None:
    """Well-formed keys are read and written again unchanged; malformed keys and other types are refused."""
    vectors = read("signed-note.json")
    for written in vectors["good_vkeys"]:
        assert written == str(VerifierKey.parse(written))
    for written in vectors["bad_vkeys"]:
        with pytest.raises(BadKey):
            VerifierKey.parse(written)


def test_keys_of_an_unsupported_type() -> None:
    """A key whose id does not match its bytes is refused, and so is the same key with the right id.

    Exception: the second is valid for its authors. It is an ML-DSA-44 key (type 0x06), and only Ed25519 is read here:
    0x01 of logs and 0x04 of witnesses.
    """
    vectors = read("signed-note.json")["inconsistent_vkeys_type06"]
    for vkey in vectors["vkeys"]:
        name, _, key = vkey.split("+", 2)
        for identity in (vkey.split("+")[1], vectors["correct_id_hex"]):
            with pytest.raises(BadKey):
                VerifierKey.parse(f"{name}+{identity}+{key}")


def test_a_note_is_signed_as_published() -> None:
    """The published secret key and text give the published note (Ed25519 is deterministic)."""
    vector = read("signed-note.json")["deterministic_sign"]
    name, _, written = vector["skey"].removeprefix("PRIVATE+KEY+").split("+", 2)
    key = SigningKey(name, Ed25519PrivateKey.from_private_bytes(b64decode(written)[1:]))
    assert vector["signed"] == str(note.signed(vector["text"], key))


SHORT_ROOT = "Log\n123\nYmFuYW5hcw==\n"


def test_checkpoints() -> None:
    """A checkpoint is written as published, and read again if its root is valid.

    Exception: one has the word `bananas` for a root. Its authors take a hash of any length; here a root must be a
    SHA-256 hash of 32 bytes (c2sp.org/tlog-checkpoint).
    """
    for vector in read("checkpoint.json")["marshal"]:
        root = vector["hash_utf8"].encode() if "hash_utf8" in vector else b64decode(vector["hash_b64"])
        stated = Checkpoint(vector["origin"], vector["size"], root)
        assert vector["want"] == str(stated)
        if vector["want"] == SHORT_ROOT:
            with pytest.raises(BadCheckpoint):
                checkpoint.parse(vector["want"])
        else:
            assert stated == checkpoint.parse(vector["want"])


def test_malformed_checkpoints() -> None:
    """Malformed checkpoints are refused, including those that the note with the vectors describes."""
    vectors = read("checkpoint.json")
    root = "TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0="
    more = [f"Log\n{size}\n{root}\n" for size in ("05", "+5", "5 ", "")] + [f"Log\n5\n{root}\n\n"]
    for text in (*vectors["must_reject"], *more):
        with pytest.raises(BadCheckpoint):
            checkpoint.parse(text)
    assert 8 == len(vectors["must_reject"])


def test_proof_files() -> None:
    """A proof file is written as published, and read again."""
    vectors = read("tlog-proof.json")
    for vector in vectors["marshal"]:
        extra = vector["extra_utf8"].encode() if "extra_utf8" in vector else None
        made = ProofFile(vector["index"], tuple(map(b64decode, vector["hashes"])), vector["checkpoint"].encode(), extra)
        assert vector["want"].encode() == bytes(made)
        assert made == proof_file.parse(vector["want"].encode())
    for text in vectors["must_reject"]:
        with pytest.raises(BadProofFile):
            proof_file.parse(text.encode())
    assert (3, 7) == (len(vectors["marshal"]), len(vectors["must_reject"]))


def sigsum() -> tuple[Any, Policy]:
    """Return a published proof of a real log, and the policy with its keys."""
    vector = read("sigsum/sigsum-proof-4.json")
    lines = f"log {vector['log_vkey']}\nwitness one {vector['witness_vkey']}\nquorum one\n"
    return vector, parse(lines.encode())


def test_a_real_cosigned_checkpoint() -> None:
    """A checkpoint signed by another implementation's log and witness is trusted, with the witness's time."""
    vector, policy = sigsum()
    written = data_of("sigsum/sigsum-proof-4.checkpoint")
    trusted = open_checkpoint(written, policy)
    assert Checkpoint(vector["origin"], vector["size"], bytes.fromhex(vector["root_hex"])) == trusted.checkpoint
    assert [vector["cosign_time"]] == [cosignature.time for cosignature in trusted.cosigned]
    assert trusted.is_enough
    assert written == bytes(note.parse(written))


def test_a_real_proof() -> None:
    """The proof of its entry verifies with a policy alone, and not for another entry or index."""
    vector, policy = sigsum()
    written, entry = data_of("sigsum/sigsum-proof-4.tlog-proof"), data_of("sigsum/sigsum-proof-4.entry.bin")
    proved = check_entry(written, entry, policy)
    assert ((), vector["index"] + 1) == (proved.wrong, proved.position)
    assert ["entry-not-proved"] == [finding.code for finding in check_entry(written, entry + b"\0", policy).wrong]
    moved = proof_file.parse(written)._replace(leaf=2)
    assert ["entry-not-proved"] == [finding.code for finding in check_entry(bytes(moved), entry, policy).wrong]


REKOR = "sigstore-conformance/rekor2-checkpoint-{}--{}.json"
VERDICTS = {
    "cosigned": None,
    "multiple-cosigs": None,
    "origin-not-first": None,
    "two-sigs-cosigned": None,
    "two-sigs-from-origin": None,
    "missing-log-signature_fail": "bad-checkpoint",
    "missing-origin_fail": "bad-checkpoint",
    "missing-root-hash_fail": "bad-checkpoint",
    "missing-size_fail": "bad-checkpoint",
    "no-matching-signature_fail": "unknown-signer",
}
"""The result for each checkpoint: trusted, or the code of the finding."""


@pytest.mark.parametrize("name", VERDICTS)
def test_checkpoints_of_a_public_log(name: str) -> None:
    """A checkpoint of Rekor is trusted by its log's key whatever unknown signatures it has, or is refused."""
    log = next(entry for entry in read(REKOR.format(name, "trusted_root"))["tlogs"] if "2025" in entry["baseUrl"])
    # The key is the last 32 bytes of the published structure (RFC 8410 §4).
    key = VerifierKey(log["baseUrl"].removeprefix("https://"), LOG, b64decode(log["publicKey"]["rawBytes"])[-32:])
    assert b64decode(log["logId"]["keyId"])[:4] == key.id
    entry = read(REKOR.format(name, "bundle.sigstore"))["verificationMaterial"]["tlogEntries"][0]
    proof = entry["inclusionProof"]
    written, policy = proof["checkpoint"]["envelope"].encode(), Policy((key,), {}, {}, "none")
    if VERDICTS[name]:
        with pytest.raises(Untrusted) as refused:
            open_checkpoint(written, policy)
        assert VERDICTS[name] == refused.value.code
        return
    trusted = open_checkpoint(written, policy)
    stated = trusted.checkpoint
    assert (int(proof["treeSize"]), b64decode(proof["rootHash"])) == (stated.size, stated.root)
    leaf = leaf_hash(b64decode(entry["canonicalizedBody"]))
    verify_inclusion(int(proof["logIndex"]), stated.size, leaf, list(map(b64decode, proof["hashes"])), stated.root)
    with pytest.raises(ProofError):
        verify_inclusion(0, stated.size, leaf, list(map(b64decode, proof["hashes"])), stated.root)
    assert () == cosigners(note.parse(written), [])


UNSOUND = {"low_order_A", "non_canonical_A"}
"""The flags of keys that are refused at load."""


def test_keys_of_the_edge_cases() -> None:
    """Of C2SP's edge cases, exactly the keys of low order or not in canonical encoding are refused at load."""
    vectors = read("cctv-ed25519/ed25519vectors.json")
    assert 914 == len(vectors)
    for key, is_sound in {(vector["key"], not UNSOUND & set(vector["flags"] or [])) for vector in vectors}:
        public = bytes.fromhex(key)
        made = VerifierKey("example.org/ledger", LOG, public)
        if is_sound:
            check_point(public)
            assert made == VerifierKey.parse(str(made))
        else:
            with pytest.raises(BadKey, match=r"low order|one encoding"):
                VerifierKey.parse(str(made))


def test_signatures_of_the_edge_cases() -> None:
    """Under a loaded key a signature is valid if it is canonical and meets the cofactorless equation."""
    accepted = 0
    never = {"low_order_R", "non_canonical_R", "low_order_residue"}
    for vector in read("cctv-ed25519/ed25519vectors.json"):
        flags = set(vector["flags"] or [])
        if UNSOUND & flags:
            continue
        key = VerifierKey("example.org/ledger", LOG, bytes.fromhex(vector["key"]))
        is_signed = key.verify(vector["msg"].encode(), bytes.fromhex(vector["sig"]))
        assert not (is_signed and never & flags), vector["number"]
        accepted += is_signed
    assert 43 == accepted
