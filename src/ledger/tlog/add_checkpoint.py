"""What a log sends to a witness (c2sp.org/tlog-witness, the body of `add-checkpoint`)."""

from typing import NamedTuple

from ledger.tlog.encoding import decoded, encoded, number
from ledger.tlog.merkle import HASH_BYTES
from ledger.tlog.note import MAX_BYTES as MAX_NOTE_BYTES

MAX_HASHES = 63
MAX_BYTES = MAX_NOTE_BYTES + MAX_HASHES * 64


class BadSubmission(Exception):
    """Bytes are not what a log sends to a witness."""


class Submission(NamedTuple):
    """That the log of this checkpoint extends the one of `old` entries; the checkpoint is kept byte for byte."""

    old: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes

    def __bytes__(self) -> bytes:
        """Return the body."""
        lines = (f"old {self.old}", *map(encoded, self.hashes), "")
        return "".join(f"{line}\n" for line in lines).encode() + self.checkpoint


def parse(data: bytes) -> Submission:
    """Return what a body states. Raises BadSubmission."""
    if len(data) > MAX_BYTES:
        raise BadSubmission(f"it has {len(data)} bytes, and {MAX_BYTES} is the most")
    head, found, checkpoint = data.partition(b"\n\n")
    first, *rest = head.decode("ascii", "replace").split("\n")
    old = number(first.removeprefix("old ")) if first.startswith("old ") else None
    if not found or old is None:
        raise BadSubmission("it does not begin with 'old SIZE', or has no checkpoint")
    hashes = [decoded(line) for line in rest]
    if len(hashes) > MAX_HASHES or any(one is None or len(one) != HASH_BYTES for one in hashes):
        raise BadSubmission(f"its proof is not up to {MAX_HASHES} hashes of {HASH_BYTES} bytes, in Base64")
    return Submission(old, tuple(one for one in hashes if one is not None), checkpoint)
