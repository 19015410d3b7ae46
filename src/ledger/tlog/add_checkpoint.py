"""Submissions of a log to a witness: the body of `add-checkpoint` (c2sp.org/tlog-witness)."""

from typing import NamedTuple

from ledger.tlog.encoding import decoded, encoded, number
from ledger.tlog.merkle import HASH_BYTES
from ledger.tlog.note import MAX_BYTES as MAX_NOTE_BYTES

MAX_HASHES = 63
MAX_BYTES = MAX_NOTE_BYTES + MAX_HASHES * 64


class BadSubmission(Exception):
    """Bytes are not a valid submission."""


class Submission(NamedTuple):
    """A checkpoint, preserved byte for byte, and the proof that its log extends the one of `old` entries."""

    old: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes

    def __bytes__(self) -> bytes:
        """Return the body."""
        lines = (f"old {self.old}", *map(encoded, self.hashes), "")
        return "".join(f"{line}\n" for line in lines).encode() + self.checkpoint


def parse(data: bytes) -> Submission:
    """Parse a body. Raises BadSubmission."""
    if len(data) > MAX_BYTES:
        raise BadSubmission(f"it has {len(data)} bytes; the limit is {MAX_BYTES}")
    head, separator, checkpoint = data.partition(b"\n\n")
    first, *rest = head.decode("ascii", "replace").split("\n")
    old = number(first.removeprefix("old ")) if first.startswith("old ") else None
    if not separator or old is None:
        raise BadSubmission("it does not begin with 'old SIZE', or has no checkpoint")
    hashes = [decoded(line) for line in rest]
    if len(hashes) > MAX_HASHES or any(node is None or len(node) != HASH_BYTES for node in hashes):
        raise BadSubmission(f"its proof is not at most {MAX_HASHES} hashes of {HASH_BYTES} bytes, in Base64")
    return Submission(old, tuple(node for node in hashes if node is not None), checkpoint)
