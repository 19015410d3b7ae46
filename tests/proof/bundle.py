"""Build a published log without the product: bytes of entries, tiles by their definition, signatures by `cryptography`.

A `Bundle` is a log in memory. A test replaces some of its parts, and then writes it to a folder.
"""

import base64
import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.vectors.rfc6962 import Reference

ORIGIN = "example.org/ledger"
BEGAN = 1_790_000_000
"""Seconds since 1970 at which the witnesses cosign: 2026-09-21."""
RECORDED = "2026-09-21T00:00:00.000000Z"
LOG, WITNESS = b"\x01", b"\x04"


def canonical(value: Any) -> bytes:
    """Return the canonical form of a value with ASCII member names."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def b64(data: bytes) -> str:
    """Return bytes in Base64."""
    return base64.b64encode(data).decode()


class Signer:
    """A signing key derived from a word."""

    def __init__(self, word: str, name: str, kind: bytes) -> None:
        """Derive the key."""
        self.name, self.kind = name, kind
        self.secret = Ed25519PrivateKey.from_private_bytes(sha256(word.encode()).digest())
        self.public = self.secret.public_key().public_bytes_raw()
        self.id = sha256(name.encode() + b"\n" + kind + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key in the form of a policy."""
        return f"{self.name}+{self.id.hex()}+{b64(self.kind + self.public)}"

    def line(self, text: str, at: int = BEGAN) -> str:
        """Return the signature line for a text; a witness signs the time, too."""
        if self.kind == LOG:
            signature = self.secret.sign(text.encode())
        else:
            signature = at.to_bytes(8, "big") + self.secret.sign(f"cosignature/v1\ntime {at}\n{text}".encode())
        return f"\u2014 {self.name} {b64(self.id + signature)}\n"


THE_LOG = Signer("log", ORIGIN, LOG)
ALPHA = Signer("alpha", "alpha.example/witness", WITNESS)
BETA = Signer("beta", "beta.example/witness", WITNESS)
POLICY = (
    f"log {THE_LOG.vkey}\nwitness alpha {ALPHA.vkey}\nwitness beta {BETA.vkey}\n"
    "group both all alpha beta\nquorum both\n"
)


def entry(stream: str, version: int, event: dict[str, Any], **members: Any) -> dict[str, Any]:
    """Return an entry; it is the only one of its command unless `part` and `command` are given."""
    return {
        "v": 1, "stream": stream, "version": version, "recorded_at": RECORDED, "effective_on": "2026-09-20",
        "actor": "staff/17", "command": f"{stream}:{version}", "part": [1, 1], "event": event, **members,
    }  # fmt: skip


def opening(origin: str = ORIGIN) -> dict[str, Any]:
    """Return the entry that opens a ledger."""
    return entry("ledger", 1, {"type": "ledger.opened", "format": 1, "origin": origin, "reporting_currency": "USD"})


def story(size: int = 8) -> list[dict[str, Any]]:
    """Return `size` valid entries, 4 or more: an opening, a party, risks that were flagged in it, and a void."""
    names = ["Université d’exemple (illustrative)", "大学 (illustrative)", "Line\nfeed"]
    party = entry("party/P00001", 1, {"type": "party.registered", "name": names[1]})
    flags = [
        entry("party/P00001", number, {"type": "party.flag_raised", "flag": f"F{number}", "what": names[number % 3]})
        for number in range(2, size - 1)
    ]
    return [
        opening(),
        party,
        *flags,
        entry("party/P00001", size - 1, {"type": "entry.voided", "version": 2, "reason": "x"}),
    ]


def groups(number: int) -> str:
    """Return the number of a tile as in paths (c2sp.org/tlog-tiles)."""
    digits = f"{number:03}"
    digits = "0" * (-len(digits) % 3) + digits
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])


class Bundle:
    """A log in memory, to be published."""

    def __init__(self, entries: Iterable[dict[str, Any] | bytes] | None = None) -> None:
        """Use these entries, some of which may be given as bytes; the default is `story()`."""
        items = story() if entries is None else entries
        self.entries = [item if isinstance(item, bytes) else canonical(item) for item in items]

    def root(self) -> bytes:
        """Return the root by the definition of RFC 6962."""
        return Reference(self.entries).mth(0, len(self.entries))

    def text(self, **exchanged: str) -> str:
        """Return the text of the checkpoint, with some lines replaced."""
        lines = {"origin": ORIGIN, "size": str(len(self.entries)), "root": b64(self.root()), **exchanged}
        return "".join(f"{line}\n" for line in lines.values())

    def checkpoint(self, text: str | None = None, signers: Sequence[Signer] = (THE_LOG, ALPHA, BETA)) -> str:
        """Return a text, by default the checkpoint's, with the signatures of these signers."""
        text = self.text() if text is None else text
        return f"{text}\n{''.join(signer.line(text) for signer in signers)}"

    def files(self) -> dict[str, bytes]:
        """Return every file of the log by name."""
        made = {"checkpoint": self.checkpoint().encode()}
        reference, size = Reference(self.entries), len(self.entries)
        for level in range(3):
            span = 256**level
            hashes = [reference.mth(at * span, (at + 1) * span) for at in range(size // span)]
            made |= _parts(f"tile/{level}", hashes)
        return made | _parts("tile/entries", [len(data).to_bytes(2, "big") + data for data in self.entries])

    def write(self, folder: Path, **exchanged: bytes) -> Path:
        """Write the log to a folder, with some files replaced, and return the folder."""
        for name, data in {**self.files(), **exchanged}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return folder


def _parts(below: str, pieces: list[bytes]) -> dict[str, bytes]:
    made = {}
    for first in range(0, len(pieces), 256):
        part = pieces[first : first + 256]
        made[f"{below}/{groups(first // 256)}" + (f".p/{len(part)}" if len(part) < 256 else "")] = b"".join(part)
    return made
