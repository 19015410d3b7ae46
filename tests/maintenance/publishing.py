"""A published folder (c2sp.org/tlog-tiles), written by the tests themselves with hashlib and paths by the standard."""

import hashlib
import json
from pathlib import Path

from ledger.application.open import open_ledger
from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.note import signed
from tests.spec.signing import signing_key
from tests.vectors.rfc6962 import Reference

WIDTH = 256


def publish(url: str, folder: Path, size: int | None = None) -> Path:
    """Publish the first `size` entries of a ledger; return the folder."""
    ledger = open_ledger(url)
    entries = [data for _, data in ledger.store.entries(last=size)]
    ledger.close()
    return publish_entries(entries, folder)


def publish_entries(entries: list[bytes], folder: Path) -> Path:
    """Publish any entries under the origin that the first one states; return the folder."""
    leaves = [hashlib.sha256(b"\x00" + entry).digest() for entry in entries]
    for start in range(0, len(entries), WIDTH):
        part = entries[start : start + WIDTH]
        write(folder, "entries", start // WIDTH, len(part), [len(entry).to_bytes(2, "big") + entry for entry in part])
        write(folder, "0", start // WIDTH, len(part), leaves[start : start + WIDTH])
    tree = Reference(entries)
    above = [tree.mth(start, start + WIDTH) for start in range(0, len(entries) - WIDTH + 1, WIDTH)]
    if above:
        write(folder, "1", 0, len(above), above)
    origin = json.loads(entries[0])["event"]["origin"]
    stated = str(Checkpoint(origin, len(entries), tree.mth(0, len(entries))))
    (folder / "checkpoint").write_bytes(bytes(signed(stated, signing_key(1, origin))))
    return folder


def write(folder: Path, level: str, number: int, width: int, parts: list[bytes]) -> None:
    """Write a tile or bundle with a number below 1,000."""
    name = f"{number:03}" if width == WIDTH else f"{number:03}.p/{width}"
    path = folder / "tile" / level / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(parts))
