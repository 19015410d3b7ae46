"""A log that is open: its store at once, and the ledger, which decodes its entries, when it is asked for.

Who reads projections that are at the end of the log needs no entry. The types of events and the event sourcing library
take longer to load than such an answer takes.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger
    from ledger.stores.log_store import LogStore


class OpenedLog:
    """The log of one ledger, open on its store."""

    def __init__(self, store: "LogStore", make: "Callable[[], Ledger]") -> None:
        """Take an open store, and what makes the ledger on it."""
        self.store = store
        self._make = make
        self._ledger: Ledger | None = None

    @classmethod
    def of(cls, ledger: "Ledger") -> "OpenedLog":
        """Return the log of a ledger that is open."""
        return cls(ledger.store, lambda: ledger)

    @property
    def ledger(self) -> "Ledger":
        """The ledger on this log."""
        if self._ledger is None:
            self._ledger = self._make()
        return self._ledger

    @property
    def origin(self) -> str:
        """The permanent name of the ledger, from its first entry; empty before it. Raises BadEntry."""
        return self.ledger.origin

    def close(self) -> None:
        """Close the ledger if there is one, and the store."""
        if self._ledger is None:
            self.store.close()
        else:
            self._ledger.close()
