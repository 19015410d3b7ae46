"""Streams that a writer caches between transactions are used only while nobody else has recorded."""

from collections.abc import Iterator

import pytest

from ledger.application import ledger as ledger_module
from ledger.application.ledger import Ledger
from ledger.application.request import Request, command_from
from ledger.domain.errors import LedgerError
from ledger.domain.organisation.settings import OpenLedger
from tests.stores.places import Place

Two = tuple[Ledger, Ledger]


@pytest.fixture
def two(place: Place) -> Iterator[Two]:
    """Return two writers of one ledger."""
    pair = Ledger(place.open()), Ledger(place.open())
    pair[0].open(OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/1")
    yield pair
    for ledger in pair:
        ledger.close()


def request(*commands: dict[str, object]) -> Request:
    """Return a request for commands."""
    return Request(commands=tuple(command_from(command) for command in commands), actor="staff/1")


def party(ref: str, name: str) -> dict[str, object]:
    """Return the registration of a party."""
    return {"command": "party register", "ref": ref, "name": name}


def screened(ref: str, result: str = "clear") -> dict[str, object]:
    """Return the screening of a party."""
    return {"command": "party screen", "party": ref, "list": "consolidated", "result": result}


def test_a_stream_is_read_once(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that is alone does not read again what it recorded itself."""
    read: list[str] = []
    stream = two[0].store.stream

    def counted(name: str, last: int | None = None) -> list[tuple[int, bytes]]:
        read.append(name)
        return stream(name, last)

    monkeypatch.setattr(two[0].store, "stream", counted)
    for count in range(4):
        two[0].record(request(party("A", "Alpha") if count == 0 else screened("A")))
    assert 1 == read.count("party/A")


def test_two_writers_in_turn(two: Two) -> None:
    """Two writers that take turns each see what the other recorded."""
    two[0].record(request(party("A", "Alpha")))
    for count in range(6):
        two[count % 2].record(request(screened("A")))
    assert list(range(1, 8)) == [fact.version for fact in two[0].facts("party/A")]


def test_a_refused_request_is_not_cached(two: Two) -> None:
    """A request that is refused halfway leaves nothing in the cache."""
    two[0].record(request(party("A", "Alpha")))
    with pytest.raises(LedgerError):
        two[0].record(request(screened("A"), party("B", "Beta"), party("A", "Alpha")))
    assert 3 == two[0].record(request(party("B", "Beta"))).first
    two[0].record(request(screened("A")))
    assert [1, 2] == [fact.version for fact in two[0].facts("party/A")]


def test_a_dry_run_is_not_cached(two: Two) -> None:
    """A dry run leaves nothing in the cache."""
    two[0].record(request(party("A", "Alpha")))
    two[0].record(request(screened("A"), party("B", "Beta")), dry_run=True)
    two[0].record(request(screened("A")))
    assert 4 == two[0].record(request(party("B", "Beta"))).first


def test_the_cache_is_limited(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of cached streams is limited; the number of recorded streams is not."""
    monkeypatch.setattr(ledger_module, "MAX_CACHED_STREAMS", 2)
    two[0].record(request(*(party(f"A{number}", f"Alpha {number}") for number in range(5))))
    with pytest.raises(LedgerError):
        two[0].record(request(party("A1", "Alpha")))
    assert 7 == two[0].record(request(screened("A1"))).first
