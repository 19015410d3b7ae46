"""Every test of the contract runs over every kind of store."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger.stores.log_store import LogStore
from tests.stores.places import PLACES, Place


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Return the place of an empty log, for each kind of store."""
    empty_place = PLACES[request.param](tmp_path)
    empty_place.make(empty_place.url)
    return empty_place


@pytest.fixture
def connect(place: Place) -> Iterator[Callable[[], LogStore]]:
    """Return a function that opens connections to the log; they are closed at the end of the test."""
    opened: list[LogStore] = []

    def connection() -> LogStore:
        opened.append(place.open())
        return opened[-1]

    yield connection
    for store in opened:
        store.close()


@pytest.fixture
def store(connect: Callable[[], LogStore]) -> LogStore:
    """Return a connection to an empty log."""
    return connect()
