"""Signing keys for tests, derived from a number. Their secrets are public."""

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.keys.rotation import sign_rotation
from ledger.tlog.keys import SigningKey

ORIGIN = "example.org/ledger"
"""The name of the ledger in most tests."""


def signing_key(number: int, name: str = ORIGIN) -> SigningKey:
    """Return the signing key derived from a number."""
    return SigningKey(name, Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"test key %d" % number).digest()))


def vkey(number: int, name: str = ORIGIN) -> str:
    """Return the verifier key derived from a number, as the key of a log."""
    return str(signing_key(number, name).verifier())


def rotation(old: int, new: int) -> str:
    """Return a rotation statement that both keys signed, as an entry contains it."""
    return str(sign_rotation(signing_key(old), signing_key(new))).removesuffix("\n")


FIRST, SECOND, THIRD = vkey(1), vkey(2), vkey(3)
