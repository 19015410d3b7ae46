"""What was verified on this machine: how many entries, with which root, and when; a file next to the projections.

It tells how far figures rest on a log that was checked. It is in the private cache of the user, who can write it: it is
a reminder and no proof.
"""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ledger.files.atomic import replace_file
from ledger.tlog.encoding import encoded
from ledger.tlog.proof import root_at
from projections.runner.cache import NoProjections, cache_path

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger
    from ledger.application.opened_log import OpenedLog

SUFFIX = ".verified.json"


class Verified(msgspec.Struct, frozen=True):
    """A log that was verified without findings: its name, size and root (base64), and the day."""

    origin: str
    size: int
    root: str
    on: str


def _file(url: str) -> Path:
    path = cache_path(url)
    return path.with_name(path.stem.partition("-")[0] + SUFFIX)


def remember(ledger: "Ledger", size: int, root: bytes, on: str) -> None:
    """Keep that the log was verified without findings; where there is no cache, nothing is kept."""
    with suppress(OSError, NoProjections):
        replace_file(_file(ledger.store.url), msgspec.json.encode(Verified(ledger.origin, size, encoded(root), on)))


def remembered(ledger: "Ledger | OpenedLog") -> Verified | None:
    """Return what was verified here of this log; None if nothing was."""
    try:
        kept = msgspec.json.decode(_file(ledger.store.url).read_bytes(), type=Verified)
    except (OSError, ValueError, NoProjections):
        return None
    return kept if kept.origin == ledger.origin else None


def reach(ledger: "Ledger | OpenedLog", position: int) -> str:
    """Return a sentence on how far the entries up to a position were verified here."""
    kept = remembered(ledger)
    if kept is None:
        return "the log was not verified on this machine: 'ledger verify' does it"
    size = ledger.store.head().size
    if kept.size > size or kept.root != encoded(root_at(kept.size, ledger.store)):
        return f"this is not the log of {kept.size} entries that was verified here on {kept.on}: run 'ledger verify'"
    if position <= kept.size:
        return f"the log up to entry {kept.size} was verified here on {kept.on}"
    return f"the log was verified here on {kept.on}, up to entry {kept.size} of {position}"
