"""The contract of the event sourcing library's ApplicationRecorder, as its documentation states it."""

import pytest
from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent

from ledger.application import eventsourcing_adapter
from ledger.stores.log_store import LogStore
from tests.stores.rows import row, rows


@pytest.fixture
def filled(store: LogStore) -> LogStore:
    """Return a log of two streams in turn: a at odd positions, b at even ones."""
    for version in range(1, 6):
        store.insert_events([row("a", version), row("b", version)])
    return store


def test_it_is_a_recorder(store: LogStore) -> None:
    """The store is an ApplicationRecorder of the library, of which it has every method."""
    assert isinstance(store, ApplicationRecorder)
    assert isinstance(eventsourcing_adapter.StoreFactory(store).application_recorder(), LogStore)
    assert [] == [name for name in ApplicationRecorder.__abstractmethods__ if not hasattr(store, name)]


@pytest.mark.parametrize(
    ("given", "versions"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"gt": 2}, [3, 4, 5]),
        ({"gt": 0}, [1, 2, 3, 4, 5]),
        ({"lte": 2}, [1, 2]),
        ({"lte": 0}, []),
        ({"gt": 1, "lte": 3}, [2, 3]),
        ({"gt": 3, "lte": 3}, []),
        ({"gt": 9}, []),
        ({"desc": True}, [5, 4, 3, 2, 1]),
        ({"desc": True, "limit": 2}, [5, 4]),
        ({"limit": 2}, [1, 2]),
        ({"limit": 0}, []),
        ({"gt": 1, "lte": 4, "desc": True, "limit": 2}, [4, 3]),
    ],
)
def test_select_events(filled: LogStore, given: dict[str, int], versions: list[int]) -> None:
    """Events of one stream after `gt`, up to `lte`, in or against the order of version, at most `limit`."""
    events = filled.select_events("a", **given)  # type: ignore[arg-type]
    assert versions == [event.originator_version for event in events]
    for event in events:
        stored = row("a", event.originator_version)
        assert (stored.topic, stored.state, "a") == (event.topic, event.state, event.originator_id)


def test_select_events_of_a_missing_stream(filled: LogStore) -> None:
    """A missing stream has no events."""
    assert [] == list(filled.select_events("c"))


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ({"start": 1, "limit": 3}, [1, 2, 3]),
        ({"start": None, "limit": 3}, [1, 2, 3]),
        ({"start": 4, "limit": 3}, [4, 5, 6]),
        ({"start": 4, "limit": 3, "inclusive_of_start": False}, [5, 6, 7]),
        ({"start": None, "limit": 3, "inclusive_of_start": False}, [1, 2, 3]),
        ({"start": 0, "limit": 2, "inclusive_of_start": False}, [1, 2]),
        ({"start": 4, "limit": 9, "stop": 6}, [4, 5, 6]),
        ({"start": 4, "limit": 2, "stop": 6}, [4, 5]),
        ({"start": 9, "limit": 9}, [9, 10]),
        ({"start": 11, "limit": 9}, []),
        ({"start": 1, "limit": 9, "topics": ["party.registered"]}, [1, 2]),
        ({"start": 2, "limit": 3, "topics": ["party.renamed", "party.registered"]}, [2, 3, 4]),
        ({"start": 1, "limit": 3, "topics": ["party.renamed"]}, [3, 4, 5]),
        ({"start": 1, "limit": 9, "topics": ["none"]}, []),
    ],
)
def test_select_notifications(filled: LogStore, given: dict[str, int], ids: list[int]) -> None:
    """Events of the log from `start` (itself or after it) to `stop`, of some topics, at most `limit` that fit."""
    events = filled.select_notifications(**given)  # type: ignore[arg-type]
    assert ids == [event.id for event in events]
    assert all(isinstance(event, Notification) for event in events)
    streams = ["b" if event.id % 2 == 0 else "a" for event in events]
    assert streams == [event.originator_id for event in events]


def test_the_greatest_notification(store: LogStore) -> None:
    """The greatest id is None in an empty log, else the size of the log."""
    assert store.max_notification_id() is None
    store.insert_events(rows("a", 1, 3))
    assert 3 == store.max_notification_id()


def test_there_are_no_subscriptions(store: LogStore) -> None:
    """Followers read by position; a subscription is refused at once."""
    with pytest.raises(NotImplementedError, match="by position"):
        store.subscribe()


def test_only_entries_are_stored(store: LogStore) -> None:
    """A plain stored event of the library lacks the columns of the log, and is refused before anything is written."""
    with pytest.raises(AssertionError):
        store.insert_events([StoredEvent("a", 1, "t", b"x")])
    assert 0 == store.head().size
