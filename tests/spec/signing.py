"""Keys of the tests, made of a number: everybody has their secret, so they are good for nothing else."""

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.keys.rotation import sign_rotation
from ledger.tlog.keys import SigningKey

ORIGIN = "example.org/ledger"
"""The name of the ledger in most tests."""


def signing_key(number: int, name: str = ORIGIN) -> SigningKey:
    """Return the key that a number makes."""
    return SigningKey(name, Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"test key %d" % number).digest()))


def vkey(number: int, name: str = ORIGIN) -> str:
    """Return its public half, as a log's key."""
    return str(signing_key(number, name).verifier())


def rotation(old: int, new: int) -> str:
    """Return the statement that both keys signed, as an entry has it."""
    return str(sign_rotation(signing_key(old), signing_key(new))).removesuffix("\n")


FIRST, SECOND, THIRD = vkey(1), vkey(2), vkey(3)
