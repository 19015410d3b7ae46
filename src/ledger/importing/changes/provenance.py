"""Which entries of a stream are those of registers: what rows stated, and the undoing of imports.

What staff record or void is theirs, and a row that states the same as before changes nothing of it. An import that is
undone was never stated: its rows are free to be imported again.
"""

from collections.abc import Sequence

from ledger.application.void_targets import UNDO_IMPORT
from ledger.domain.voiding import EntryVoided, unvoided
from ledger.format.entry import Entry


class Provenance:
    """Follows the entries of one stream and says which of them are those of registers."""

    def __init__(self) -> None:
        """Start before the first entry."""
        self._undone: set[int] = set()

    def is_from_register(self, entry: Entry) -> bool:
        """Return whether the entry that follows came from a row, or takes back an import or the taking back of one."""
        event = entry.event
        if isinstance(event, EntryVoided) and (entry.command.startswith(UNDO_IMPORT) or event.version in self._undone):
            self._undone.add(entry.version)
            return True
        return entry.source is not None


def from_register(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of a whole stream that are those of registers."""
    provenance = Provenance()
    return [entry for entry in entries if provenance.is_from_register(entry)]


def is_undone(entries: Sequence[Entry]) -> bool:
    """Return whether registers state nothing of a stream any more, because all that they stated was undone."""
    stated = from_register(entries)
    return bool(stated) and not unvoided([entry.fact for entry in stated])
