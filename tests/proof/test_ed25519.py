"""Ed25519 in verify_ledger.py, compared with `cryptography` (OpenSSL) and C2SP's edge cases."""

import json
from hashlib import sha512
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from projections.proof.verify_ledger import BASE, ORDER, PRIME, is_signed, multiply, sound_point

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "cctv-ed25519" / "ed25519vectors.json"

REFUSED_HERE = {
    "low_order_A": "a signature under a key of low order fits many messages: such a key is nobody's",
    "low_order_R": "no honest signer draws it (1 in 2**252), and whoever holds the key could sign many texts alike",
    "non_canonical_A": "a key with two encodings has two names, and policies count witnesses by key",
    "non_canonical_R": "a signature in another encoding is another note of the same text",
}
"""Flags of cases that are refused even if the equation holds, with the reason. All other cases match OpenSSL."""


def _openssl(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@pytest.mark.shared_data
@pytest.mark.skipif(not VECTORS.exists(), reason="the edge cases of Ed25519 in ../shared are absent")
def test_edge_cases() -> None:
    """All 914 edge cases give the result of OpenSSL, except those refused for a stated reason."""
    vectors: list[dict[str, Any]] = json.loads(VECTORS.read_text("utf-8"))
    assert 914 == len(vectors)
    accepted, excepted = 0, 0
    for vector in vectors:
        public, signature = bytes.fromhex(vector["key"]), bytes.fromhex(vector["sig"])
        ours, theirs = (judge(public, vector["msg"].encode(), signature) for judge in (is_signed, _openssl))
        if REFUSED_HERE.keys() & set(vector["flags"] or []):
            assert not ours, vector["number"]
            excepted += theirs
        else:
            assert theirs == ours, vector["number"]
            accepted += ours
    # OpenSSL accepts these, and they are refused here: 122 under keys of low order, 43 more with an R of low order.
    assert (43, 165) == (accepted, excepted)


@pytest.mark.shared_data
@pytest.mark.skipif(not VECTORS.exists(), reason="the edge cases of Ed25519 in ../shared are absent")
def test_keys_of_the_edge_cases() -> None:
    """A key is refused if and only if it is of low order or not in its canonical encoding."""
    vectors: list[dict[str, Any]] = json.loads(VECTORS.read_text("utf-8"))
    bad = {"low_order_A", "non_canonical_A"}
    for key, is_sound in {(vector["key"], not bad & set(vector["flags"] or [])) for vector in vectors}:
        if is_sound:
            sound_point(bytes.fromhex(key))
        else:
            with pytest.raises(ValueError, match=r"low order|one encoding"):
                sound_point(bytes.fromhex(key))


@pytest.mark.parametrize("word", range(12))
def test_signatures_are_accepted_and_any_change_is_found(word: int) -> None:
    """A signature is accepted for its text and key; with a changed bit in any byte, both refuse it."""
    secret = Ed25519PrivateKey.from_private_bytes(sha512(bytes([word])).digest()[:32])
    public, message = secret.public_key().public_bytes_raw(), b"text " * word
    signature = secret.sign(message)
    assert is_signed(public, message, signature)
    assert not is_signed(public, message + b"x", signature)
    for at in range(word, 64, 12):
        changed = signature[:at] + bytes([signature[at] ^ 1 << word % 8]) + signature[at + 1 :]
        assert not is_signed(public, message, changed)
        assert not _openssl(public, message, changed)


def test_test_vectors_of_the_rfc() -> None:
    """The first two test vectors of RFC 8032 §7.1 are accepted."""
    for public, message, signature in (
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
    ):  # fmt: skip
        assert is_signed(*map(bytes.fromhex, (public, message, signature)))


def test_a_signature_has_one_form() -> None:
    """S and S + L are the same number to the curve; only the smaller is a signature (RFC 8032 §8.4)."""
    secret = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public, signature = secret.public_key().public_bytes_raw(), secret.sign(b"text")
    larger = int.from_bytes(signature[32:], "little") + ORDER
    assert not is_signed(public, b"text", signature[:32] + larger.to_bytes(32, "little"))
    assert not is_signed(public, b"text", signature + b"\0")
    assert not is_signed(public, b"text", signature[:-1])
    assert not is_signed(public, b"text", b"")


def test_the_point_of_the_rfc() -> None:
    """The base point is that of RFC 8032 §5.1, is on the curve, and L times it is the identity."""
    x, y, z = BASE
    assert (15112221349535400772501151409588531511454012693041857206046113283949847762202, 1) == (x, z)
    assert 46316835694926478169428394003475163141307993866256225615783033603165251855960 == y
    assert 0 == (-x * x + y * y - 1 - -121665 * pow(121666, -1, PRIME) * x * x * y * y) % PRIME
    x, y, z = multiply(ORDER, BASE)
    assert (0, z) == (x, y)
