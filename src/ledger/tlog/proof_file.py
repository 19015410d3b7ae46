"""Proof files (c2sp.org/tlog-proof): a leaf's index, its path to the root, and the checkpoint of that root."""

from typing import NamedTuple

from ledger.tlog.encoding import decoded, encoded, number
from ledger.tlog.merkle import HASH_BYTES

HEADER = "c2sp.org/tlog-proof@v1"
MAX_BYTES = 1 << 20
MAX_HASHES = 63


class BadProofFile(Exception):
    """Bytes are not a proof file."""


class ProofFile(NamedTuple):
    """A proof that leaf `leaf` (from 0) is in the checkpoint's tree; the checkpoint is preserved byte for byte."""

    leaf: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None
    """Data added by an application; no signature covers it."""

    def __bytes__(self) -> bytes:
        """Return the file."""
        lines = [HEADER, *([f"extra {encoded(self.extra)}"] if self.extra is not None else []), f"index {self.leaf}"]
        lines += map(encoded, self.hashes)
        return "".join(f"{line}\n" for line in (*lines, "")).encode() + self.checkpoint


def parse(data: bytes) -> ProofFile:
    """Parse a proof file. Raises BadProofFile."""
    if len(data) > MAX_BYTES:
        raise BadProofFile(f"it has {len(data)} bytes; the limit is {MAX_BYTES}")
    head, separator, checkpoint = data.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise BadProofFile("it has characters other than ASCII above its checkpoint") from error
    if not separator or lines.pop(0) != HEADER:
        raise BadProofFile(f"it does not begin with '{HEADER}', or has no checkpoint")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = decoded(lines.pop(0).removeprefix("extra "))
        if extra is None:
            raise BadProofFile("its extra data are not Base64")
    index = number(lines.pop(0).removeprefix("index ")) if lines and lines[0].startswith("index ") else None
    if index is None:
        raise BadProofFile("it states no index")
    hashes = [decoded(line) for line in lines]
    if len(hashes) > MAX_HASHES or any(node is None or len(node) != HASH_BYTES for node in hashes):
        raise BadProofFile(f"its path is not at most {MAX_HASHES} hashes of {HASH_BYTES} bytes, in Base64")
    return ProofFile(index, tuple(node for node in hashes if node is not None), checkpoint, extra)
