"""Ed25519 keys of signed notes: verifier keys as text (c2sp.org/signed-note#verifier-keys), and signing keys."""

import re
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, Self

from ledger.tlog.encoding import decoded, encoded

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LOG = 0x01
"""Signature type of a log's signature on a note."""
COSIGNER = 0x04
"""Signature type of a witness's timestamped cosignature (c2sp.org/tlog-cosignature)."""
KEY_BYTES = 32
SIGNATURE_BYTES = 64
ID_BYTES = 4

_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P
"""Field and constant of the curve (RFC 8032 §5.1)."""


class BadKey(Exception):
    """A key is malformed, or so weak that its signatures prove nothing."""


class VerifierKey(NamedTuple):
    """A public key under a name: the signer, the signature type, and 32 bytes (RFC 8032 §5.1.5)."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that identify this key in signature lines."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:ID_BYTES]

    def __str__(self) -> str:
        """Return the key as written in policies and settings: `NAME+ID+KEY`."""
        return f"{self.name}+{self.id.hex()}+{encoded(bytes([self.kind]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `NAME+ID+KEY`. Raises BadKey."""
        parts = text.split("+", 2)
        if len(parts) != 3:
            raise BadKey("a key is written NAME+ID+KEY")
        name, identity, written = parts
        data = decoded(written)
        if not is_name(name):
            raise BadKey("the name of a key is empty or holds a space")
        if data is None or len(data) != 1 + KEY_BYTES or data[0] not in (LOG, COSIGNER):
            raise BadKey(f"the key of {name} is not an Ed25519 key of a log or of a witness")
        check_point(data[1:])
        key = cls(name, data[0], data[1:])
        if identity != key.id.hex():
            raise BadKey(f"the id of the key of {name} reads {identity!r}, and its key gives {key.id.hex()}")
        return key

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Return whether these 64 bytes are this key's signature of the message."""
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - loaded where something is verified
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

        if len(signature) != SIGNATURE_BYTES:
            return False
        try:
            check_point(signature[:KEY_BYTES])  # verifiers differ in whether they accept points of low order
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (BadKey, InvalidSignature, ValueError):
            return False
        return True


def is_name(text: str) -> bool:
    """Return whether a text may name a key: UTF-8, not empty, no Unicode space, no plus, no control character."""
    return bool(text) and not re.search(r"[\s+\x00-\x1f\ud800-\udfff]", text)


def check_point(public: bytes) -> None:
    """Raise BadKey unless 32 bytes are the one encoding of a point of the curve that is not of low order.

    Under a key of low order one signature fits any message; of a key with two encodings there would be two names
    (RFC 8032 §5.1.3; the edge cases of C2SP's collection).
    """
    written = int.from_bytes(public, "little")
    sign, y = written >> 255, written & (2**255 - 1)
    if len(public) != KEY_BYTES or y >= _P:
        raise BadKey("the key is not in its one encoding")
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    if square and pow(square, (_P - 1) // 2, _P) != 1:
        raise BadKey("the key is not a point of the curve")
    if not square and sign:
        raise BadKey("the key is not in its one encoding")
    if _is_of_low_order(square, y):
        raise BadKey("the key is of low order: one signature would fit any message")


def _is_of_low_order(square: int, y: int) -> bool:
    # Three doublings take a point of order 1, 2, 4 or 8 to (0, 1). Only x² and y are needed: both are functions of
    # the old ones (RFC 8032 §5.1.4 with both points equal), and on this curve nothing is divided by 0.
    for _ in range(3):
        product = _D * square * y * y % _P
        doubled = 4 * square * y * y * pow(1 + product, -2, _P) % _P
        y = (y * y + square) * pow(1 - product, -1, _P) % _P
        square = doubled
    return square == 0 and y == 1


class SigningKey:
    """A secret key, and the name that it signs under."""

    def __init__(self, name: str, secret: "Ed25519PrivateKey") -> None:
        """Combine a name and a secret. Raises BadKey for a name that no key can have."""
        if not is_name(name):
            raise BadKey("the name of a key is empty, or holds a space or a plus")
        self.name = name
        self.secret = secret

    def verifier(self, kind: int = LOG) -> VerifierKey:
        """Return the public half."""
        return VerifierKey(self.name, kind, self.secret.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of a signature (RFC 8032 §5.1.6)."""
        return self.secret.sign(message)
