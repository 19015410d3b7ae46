"""A log for tests of witnesses: its tree is that of the definitions of RFC 6962, not the ledger's."""

from datetime import UTC, datetime
from pathlib import Path

from ledger.tlog.add_checkpoint import Submission
from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.keys import COSIGNER, SigningKey, VerifierKey
from ledger.tlog.note import Note, signed
from ledger.witness.cosign import cosign
from ledger.witness.state import WitnessState
from tests.spec.signing import ORIGIN, signing_key
from tests.vectors.rfc6962 import Reference

NAME = "witness.example/one"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Log:
    """Entries, and the key that signs them."""

    def __init__(self, key: int = 1, origin: str = ORIGIN, entries: tuple[bytes, ...] = ()) -> None:
        """Start with these entries, and a signing key derived from a number."""
        self.key = signing_key(key, origin)
        self.tree = Reference(entries)

    @property
    def vkey(self) -> str:
        """Its public key, as witnesses get it."""
        return str(self.key.verifier())

    @property
    def size(self) -> int:
        """The number of entries."""
        return len(self.tree.entries)

    def grow(self, *entries: bytes) -> "Log":
        """Append entries."""
        self.tree.entries.extend(entries)
        return self

    def fork(self, size: int, *entries: bytes) -> "Log":
        """Return a log with the same key that has other entries from `size` on."""
        other = Log(origin=self.key.name, entries=(*self.tree.entries[:size], *entries))
        other.key = self.key
        return other

    def checkpoint(self, size: int | None = None) -> Checkpoint:
        """Return the checkpoint of its first entries."""
        size = self.size if size is None else size
        return Checkpoint(self.key.name, size, self.tree.mth(0, size))

    def note(self, size: int | None = None) -> Note:
        """Return the signed checkpoint."""
        return signed(str(self.checkpoint(size)), self.key)

    def body(self, old: int, size: int | None = None) -> bytes:
        """Return the request to a witness that remembers `old` entries."""
        size = self.size if size is None else size
        proof = self.tree.proof(old, size) if 0 < old < size else []
        return bytes(Submission(old, tuple(proof), bytes(self.note(size))))


class Witness:
    """A witness in a folder, with a key derived from a number, and a clock fixed at noon."""

    def __init__(self, folder: Path, *logs: Log, key: int = 11) -> None:
        """Create it, and trust these logs."""
        self.key: SigningKey = signing_key(key, NAME)
        self.state = WitnessState(folder)
        self.state.make(self.vkey)
        for log in logs:
            self.state.trust(log.vkey)
        self.now = NOON

    @property
    def vkey(self) -> VerifierKey:
        """Its public key."""
        return self.key.verifier(COSIGNER)

    def cosign(self, body: bytes) -> str:
        """Return the cosignature line of its answer."""
        return str(cosign(self.state, body, self.key, self.now))

    def size(self, origin: str = ORIGIN) -> int:
        """Return the number of entries that it remembers."""
        return self.state.last_cosigned(origin, self.vkey).checkpoint.size


def numbered(start: int, end: int, kind: str = "entry") -> list[bytes]:
    """Return entries that differ from each other."""
    return [f"{kind} {number}".encode() for number in range(start, end)]
