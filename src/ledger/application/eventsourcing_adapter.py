"""Adapter to the `eventsourcing` library: a mapper, an event store and a factory that leave entries unchanged."""

from collections.abc import Iterator, Sequence
from typing import Any

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import (
    ApplicationRecorder,
    EventStore,
    InfrastructureFactory,
    Mapper,
    Recording,
    StoredEvent,
)
from eventsourcing.utils import Environment

from ledger.format.entry import Entry, encode, read
from ledger.format.name_keys import name_key
from ledger.stores.log_store import LogStore
from ledger.stores.log_writer import StoredEntry

ApplicationRecorder.register(LogStore)  # type: ignore[type-abstract]  # stores are made of it


class EntryMapper(Mapper[str]):
    """Maps entries to stored events. It stores the canonical bytes and uses no transcoder of the library."""

    def __init__(self) -> None:
        """Create the mapper without transcoder, compressor and cipher: the hashes cover the canonical bytes."""

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEntry:  # type: ignore[override]
        """Return the entry's bytes with the columns that index them. Raises BadText, EntryTooLarge."""
        assert isinstance(domain_event, Entry)
        entry, event = domain_event, domain_event.event
        names, mentions = event.names(), event.mentions()
        return StoredEntry(
            entry.stream,
            entry.version,
            event.tag(),
            encode(entry),
            entry.recorded_at,
            entry.effective_on,
            entry.actor,
            entry.command,
            tuple(dict.fromkeys(map(name_key, names))) if names else (),
            tuple(dict.fromkeys(mentions)) if mentions else (),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Entry:
        """Decode stored bytes. Raises BadEntry."""
        return read(stored_event.state)


class EntryStore(EventStore[str]):
    """Entries by stream, decoded without the library's mapper, which takes six times as long."""

    recorder: LogStore

    def get(
        self,
        originator_id: str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Iterator[Entry]:
        """Yield the entries of a stream."""
        if gt is None and lte is None and not desc and limit is None:
            return (read(data) for _, data in self.recorder.stream(originator_id))
        events = self.recorder.select_events(originator_id, gt=gt, lte=lte, desc=desc, limit=limit)
        return (read(stored.state) for stored in events)

    def put(self, domain_events: Sequence[DomainEventProtocol[str]], **kwargs: Any) -> list[Recording[str]]:
        """Append entries. Returns no recordings: followers read by position."""
        stored = self.mapper.to_stored_event
        batch_size = self.recorder.batch_size or len(domain_events) or 1
        for start in range(0, len(domain_events), batch_size):
            self.recorder.insert_events(
                [stored(entry) for entry in domain_events[start : start + batch_size]], **kwargs
            )
        return []


class StoreFactory(InfrastructureFactory[Any]):
    """A factory that always returns the store with which the ledger was opened."""

    def __init__(self, store: LogStore) -> None:
        """Create a factory that returns `store`."""
        super().__init__(Environment("Ledger", {}))
        self._store = store

    def aggregate_recorder(self, purpose: str = "events") -> LogStore:
        """Return the store."""
        return self._store

    def application_recorder(self) -> ApplicationRecorder:
        """Return the store."""
        return self._store

    def tracking_recorder(self, tracking_recorder_class: Any = None) -> Any:
        """Raise NotImplementedError."""
        raise NotImplementedError("projections keep their own place")

    def process_recorder(self) -> Any:
        """Raise NotImplementedError."""
        raise NotImplementedError("projections keep their own place")

    def close(self) -> None:
        """Close the store."""
        self._store.close()
