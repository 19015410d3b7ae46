"""Every test of the contract runs over every kind of store."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger.stores.log_store import LogStore
from tests.stores.places import PLACES, Place


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Return the place of an empty log, for each kind of store."""
    found = PLACES[request.param](tmp_path)
    found.make(found.url)
    return found


@pytest.fixture
def connect(place: Place) -> Iterator[Callable[[], LogStore]]:
    """Return a function that opens connections to the log; they are closed at the end of the test."""
    opened: list[LogStore] = []

    def one() -> LogStore:
        opened.append(place.open())
        return opened[-1]

    yield one
    for store in opened:
        store.close()


@pytest.fixture
def store(connect: Callable[[], LogStore]) -> LogStore:
    """Return a connection to an empty log."""
    return connect()
