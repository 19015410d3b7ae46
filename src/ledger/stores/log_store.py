"""The interface of a store: it reads, writes and audits a log.

It is a recorder of the event sourcing library too, which `application.eventsourcing_adapter` registers: who only reads
projections opens a store without that library.
"""

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ledger.stores.log_auditor import LogAuditor
from ledger.stores.log_reader import LogReader
from ledger.stores.log_writer import LogWriter

if TYPE_CHECKING:
    from eventsourcing.persistence import ApplicationRecorder
else:
    ApplicationRecorder = object


class LogStore(LogAuditor, LogReader, LogWriter, ApplicationRecorder):
    """A store of one log. `tests/stores` checks every store against this interface."""

    @abstractmethod
    def insert_events(self, stored_events: Sequence[Any], **kwargs: Any) -> Sequence[int]:
        """Append entries (StoredEntry) and return their positions. The event sourcing library calls it."""
