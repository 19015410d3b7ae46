"""The interface of a store: it reads, writes and audits a log, and is a recorder of the eventsourcing library."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from eventsourcing.persistence import ApplicationRecorder

from ledger.stores.log_auditor import LogAuditor
from ledger.stores.log_reader import LogReader
from ledger.stores.log_writer import LogWriter


class LogStore(LogAuditor, LogReader, LogWriter, ApplicationRecorder):
    """A store of one log. `tests/stores` checks every store against this interface."""

    @abstractmethod
    def insert_events(self, stored_events: Sequence[Any], **kwargs: Any) -> Sequence[int]:
        """Append entries (StoredEntry) and return their positions. The event sourcing library calls it."""
