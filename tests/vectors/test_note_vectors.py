"""Notes, checkpoints, proof files and keys against what others published; each exception stands with its reason.

The files are read in ../shared/vectors, whose SOURCES.md says where each comes from.
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
    """Return the names under which a note is signed by known keys. Raises BadNote."""
    return [key.name for key in note.signers(note.parse(written), map(VerifierKey.parse, keys))]


def test_notes_that_hold() -> None:
    """A published note is read, written again as it was, and found to be signed by those who are known."""
    valid = read("signed-note.json")["valid"]
    for one in valid:
        written = one["note"].encode()
        assert written == bytes(note.parse(written))
        names = one.get("verified", [one["vkeys"][0].partition("+")[0]])
        assert names == verified(written, one["vkeys"])
    assert 6 == len(valid)


def test_notes_that_are_malformed() -> None:
    """What is no note is refused before any signature is looked at."""
    vectors = read("signed-note.json")
    malformed = [one.encode() for one in vectors["malformed_must_reject"]]
    malformed += [bytes.fromhex(written) for _, written in vectors["malformed_must_reject_hex"]]
    assert 7 == len(malformed)
    for one in malformed:
        with pytest.raises(BadNote):
            note.parse(one)


def test_notes_that_are_not_signed() -> None:
    """A signature that is not of the text is refused; where no key is known, nobody signed."""
    vectors = read("signed-note.json")
    for one in vectors["must_reject_invalid_signature"]:
        with pytest.raises(BadNote, match="not of this text"):
            verified(one["note"].encode(), one["vkeys"])
    for one in vectors["must_reject_unverified"]:
        assert [] == verified(one["note"].encode(), one["vkeys"])


def test_how_many_signatures() -> None:
    """A note may have 128 signatures; one more is refused.

    Exception: its authors stop at 100. The number is each reader's own: c2sp.org/signed-note asks for a limit and names
    none. 128 leaves room for as many witnesses as a policy may name, and still bounds the work.
    """
    vectors = read("signed-note.json")
    assert 100 == vectors["too_many_signatures_go_limit"]
    held = note.parse(vectors["valid"][0]["note"].encode())
    line = held.signatures[0]
    for count, is_read in ((100, True), (101, True), (128, True), (129, False)):
        many = bytes(Note(held.text, tuple(line._replace(name=f"n{number}") for number in range(count))))
        if is_read:
            assert count == len(note.parse(many).signatures)
        else:
            with pytest.raises(BadNote, match="signatures"):
                note.parse(many)


def test_verifier_keys() -> None:
    """Keys in their form are read and written again as they were; those of another form or type are refused."""
    vectors = read("signed-note.json")
    for one in vectors["good_vkeys"]:
        assert one == str(VerifierKey.parse(one))
    for one in vectors["bad_vkeys"]:
        with pytest.raises(BadKey):
            VerifierKey.parse(one)


def test_keys_of_a_type_that_is_not_read() -> None:
    """A key whose id is not that of its bytes is refused, and so is the same key with the right id.

    Exception: the second would be sound. It is an ML-DSA-44 key (type 0x06), and only Ed25519 is read here: 0x01 of
    logs and 0x04 of witnesses.
    """
    vectors = read("signed-note.json")["inconsistent_vkeys_type06"]
    for one in vectors["vkeys"]:
        name, _, key = one.split("+", 2)
        for identity in (one.split("+")[1], vectors["correct_id_hex"]):
            with pytest.raises(BadKey):
                VerifierKey.parse(f"{name}+{identity}+{key}")


def test_a_note_is_signed_as_published() -> None:
    """The published secret signs the published text to the published note (Ed25519 is deterministic)."""
    vector = read("signed-note.json")["deterministic_sign"]
    name, _, written = vector["skey"].removeprefix("PRIVATE+KEY+").split("+", 2)
    key = SigningKey(name, Ed25519PrivateKey.from_private_bytes(b64decode(written)[1:]))
    assert vector["signed"] == str(note.signed(vector["text"], key))


SHORT_ROOT = "Log\n123\nYmFuYW5hcw==\n"


def test_checkpoints() -> None:
    """A checkpoint is written as published, and read again where its root is one.

    Exception: one has the word `bananas` for a root. Its authors take a hash of any length; here what has not 32 bytes
    is no SHA-256 root (c2sp.org/tlog-checkpoint).
    """
    for one in read("checkpoint.json")["marshal"]:
        root = one["hash_utf8"].encode() if "hash_utf8" in one else b64decode(one["hash_b64"])
        stated = Checkpoint(one["origin"], one["size"], root)
        assert one["want"] == str(stated)
        if one["want"] == SHORT_ROOT:
            with pytest.raises(BadCheckpoint):
                checkpoint.parse(one["want"])
        else:
            assert stated == checkpoint.parse(one["want"])


def test_checkpoints_that_are_none() -> None:
    """What is no checkpoint is refused; so is what the note beside the vectors wants refused besides."""
    vectors = read("checkpoint.json")
    root = "TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0="
    besides = [f"Log\n{size}\n{root}\n" for size in ("05", "+5", "5 ", "")] + [f"Log\n5\n{root}\n\n"]
    for one in (*vectors["must_reject"], *besides):
        with pytest.raises(BadCheckpoint):
            checkpoint.parse(one)
    assert 8 == len(vectors["must_reject"])


def test_proof_files() -> None:
    """A proof file is written as published, and read again."""
    vectors = read("tlog-proof.json")
    for one in vectors["marshal"]:
        extra = one["extra_utf8"].encode() if "extra_utf8" in one else None
        made = ProofFile(one["index"], tuple(map(b64decode, one["hashes"])), one["checkpoint"].encode(), extra)
        assert one["want"].encode() == bytes(made)
        assert made == proof_file.parse(one["want"].encode())
    for one in vectors["must_reject"]:
        with pytest.raises(BadProofFile):
            proof_file.parse(one.encode())
    assert (3, 7) == (len(vectors["marshal"]), len(vectors["must_reject"]))


def sigsum() -> tuple[Any, Policy]:
    """Return what is published of a real proof, and the policy that its keys make."""
    vector = read("sigsum/sigsum-proof-4.json")
    lines = f"log {vector['log_vkey']}\nwitness one {vector['witness_vkey']}\nquorum one\n"
    return vector, parse(lines.encode())


def test_a_real_cosigned_checkpoint() -> None:
    """A checkpoint that a log and a witness of another software signed is trusted, with the time of the witness."""
    vector, policy = sigsum()
    written = data_of("sigsum/sigsum-proof-4.checkpoint")
    trusted = open_checkpoint(written, policy)
    assert Checkpoint(vector["origin"], vector["size"], bytes.fromhex(vector["root_hex"])) == trusted.checkpoint
    assert [vector["cosign_time"]] == [one.time for one in trusted.cosigned]
    assert trusted.is_enough
    assert written == bytes(note.parse(written))


def test_a_real_proof() -> None:
    """The proof of its entry holds from a policy alone, and not for another entry or place."""
    vector, policy = sigsum()
    written, entry = data_of("sigsum/sigsum-proof-4.tlog-proof"), data_of("sigsum/sigsum-proof-4.entry.bin")
    proved = check_entry(written, entry, policy)
    assert ((), vector["index"] + 1) == (proved.wrong, proved.position)
    assert ["entry-not-proved"] == [one.code for one in check_entry(written, entry + b"\0", policy).wrong]
    moved = proof_file.parse(written)._replace(leaf=2)
    assert ["entry-not-proved"] == [one.code for one in check_entry(bytes(moved), entry, policy).wrong]


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
"""What becomes of each checkpoint: trusted, or the code of why not."""


@pytest.mark.parametrize("name", VERDICTS)
def test_checkpoints_of_a_public_log(name: str) -> None:
    """A checkpoint of Rekor is trusted by its log's key, whatever unknown signatures it has besides; or refused."""
    log = next(one for one in read(REKOR.format(name, "trusted_root"))["tlogs"] if "2025" in one["baseUrl"])
    # The last 32 bytes of the structure that the key is published in are the key (RFC 8410 §4).
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
"""What is wrong with a key that is refused wherever it is loaded."""


def test_keys_of_the_edge_cases() -> None:
    """Of C2SP's edge cases, a key of low order or not in its one encoding is refused at load, and no other is."""
    vectors = read("cctv-ed25519/ed25519vectors.json")
    assert 914 == len(vectors)
    for key, is_sound in {(one["key"], not UNSOUND & set(one["flags"] or [])) for one in vectors}:
        public = bytes.fromhex(key)
        made = VerifierKey("example.org/ledger", LOG, public)
        if is_sound:
            check_point(public)
            assert made == VerifierKey.parse(str(made))
        else:
            with pytest.raises(BadKey, match=r"low order|one encoding"):
                VerifierKey.parse(str(made))


def test_signatures_of_the_edge_cases() -> None:
    """Under a key that is loaded, a signature holds that meets the equation without the cofactor, in its one form."""
    accepted = 0
    never = {"low_order_R", "non_canonical_R", "low_order_residue"}
    for one in read("cctv-ed25519/ed25519vectors.json"):
        flags = set(one["flags"] or [])
        if UNSOUND & flags:
            continue
        key = VerifierKey("example.org/ledger", LOG, bytes.fromhex(one["key"]))
        is_signed = key.verify(one["msg"].encode(), bytes.fromhex(one["sig"]))
        assert not (is_signed and never & flags), one["number"]
        accepted += is_signed
    assert 43 == accepted
