"""Find what a row recorded by the reference of the row, for entries that have no reference of their own.

The reference is hashed into the id of the row's command, after the number of the row: a refund and a receipt are known
by it in later files.
"""

import hashlib
import re
from collections.abc import Sequence

from ledger.application.transaction import UnitOfWork
from ledger.domain.kernel import Fact
from ledger.domain.voiding import unvoided
from ledger.format.entry import read

REFUND = "refund-"
"""What stands before the digest in the marks of refunds of payments."""
_MARK = re.compile(r"/((?:refund-)?[0-9a-f]{12})(?::[0-9]+)?")


def row_mark(reference: str, of: str = "") -> str:
    """Return the mark of a row in the id of its command; `of` is REFUND for a refund of a payment."""
    return f"/{of}{hashlib.sha256(reference.encode()).hexdigest()[:12]}"


def is_refund(command: str) -> bool:
    """Return whether a row recorded a refund of a payment by the command with this id."""
    return f"/{REFUND}" in command


class MarkedFacts:
    """What rows with a mark recorded, by stream. A stream is read once: rows of one file have different marks."""

    def __init__(self) -> None:
        """Start with no streams."""
        self._streams: dict[str, dict[str, list[tuple[Fact, bool]]]] = {}

    def of(self, unit: UnitOfWork, stream: str, mark: str) -> tuple[Sequence[Fact], bool]:
        """Return the facts under a mark that are not void, and whether there ever were any."""
        if stream not in self._streams:
            self._streams[stream] = self._read(unit, stream)
        marked = self._streams[stream].get(mark.removeprefix("/"), [])
        return [fact for fact, stands in marked if stands], bool(marked)

    @staticmethod
    def _read(unit: UnitOfWork, stream: str) -> dict[str, list[tuple[Fact, bool]]]:
        entries = [read(data) for _, data in unit.store.stream(stream)]
        standing = {fact.version for fact in unvoided([entry.fact for entry in entries])}
        marked: dict[str, list[tuple[Fact, bool]]] = {}
        for entry in entries:
            match = _MARK.search(entry.command) if entry.source else None
            if match:
                marked.setdefault(match[1], []).append((entry.fact, entry.version in standing))
        return marked
