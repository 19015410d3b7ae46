"""Keys that sign checkpoints in a story, made of its seed: everybody has their secret, so they are good for nothing."""

import hashlib
from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.keys.rotation import sign_rotation
from ledger.tlog.keys import SigningKey
from stories.timed_command import TimedCommand, working

OFFICER = "staff/reg-1"
ORIGIN = "example.org/ledger"
"""The name of the ledger of every story."""


def keys(seed: int, first: int) -> Iterator[TimedCommand]:
    """Yield the commands about keys: one from the first day, rotated after a year; a second one, lost in the next."""
    old, new, spare = (_key(seed, number) for number in range(3))
    vkeys = [str(key.verifier()) for key in (old, new, spare)]
    statement = str(sign_rotation(old, new)).removesuffix("\n")
    yield _line(first, {"command": "key add", "vkey": vkeys[0]})
    yield _line(first, {"command": "definitions adopt", "report": "council", "sha256": _digest(seed)})
    yield _line(first + 40, {"command": "key add", "vkey": vkeys[2]}, "A second key for the deputy registrar.")
    yield _line(first + 365, {"command": "key rotate", "old": vkeys[0], "new": vkeys[1], "statement": statement})
    yield _line(first + 500, {"command": "key retire", "vkey": vkeys[2]}, "The deputy registrar has no need of it.")
    yield _line(first + 520, {"command": "key revoke", "vkey": vkeys[2]}, "The computer that held it was stolen.")


def _key(seed: int, number: int) -> SigningKey:
    secret = hashlib.sha256(f"story {seed}, key {number}".encode()).digest()
    return SigningKey(ORIGIN, Ed25519PrivateKey.from_private_bytes(secret))


def _digest(seed: int) -> str:
    return hashlib.sha256(f"story {seed}, definitions".encode()).hexdigest()


def _line(day: int, command: dict[str, Any], reason: str | None = None) -> TimedCommand:
    day = working(day)
    return TimedCommand(command, day, day, day, OFFICER, reason)
