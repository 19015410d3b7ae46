"""Many requests in one transaction: decided before the lock, with the same result as under it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request, command_from
from ledger.application.transaction import LoadedStream, UnitOfWork
from ledger.domain.organisation.settings import OpenLedger
from ledger.importing.batch import TRIES, Batch, Refusals
from ledger.importing.rehearsal import Rehearsal
from ledger.replay.procedure import replay_log
from ledger.stores.log_store import LogStore
from ledger.verify.procedure import verify_log


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return a new ledger."""
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    make_ledger(url, OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/1")
    return open_ledger(url)


def request(name: str, /, **members: object) -> Request:
    """Return a request with an id."""
    return Request(commands=(command_from(members),), actor="staff/1", id=name)


def parties(count: int, mark: str = "p") -> list[Request]:
    """Return requests that register parties, and amend each."""
    return [
        request(f"{mark}{number}{part}", **members)
        for number in range(count)
        for part, members in (
            ("a", {"command": "party register", "name": f"{mark} {number}", "ref": f"{mark.upper()}{number}"}),
            ("b", {"command": "party alias", "party": f"{mark} {number}", "alias": f"alias {mark}{number}"}),
        )
    ]


def sound(ledger: Ledger) -> None:
    """Check the whole log."""
    assert [] == verify_log(ledger.store).findings
    assert [] == replay_log(ledger)


def test_receipts_are_those_of_the_log(ledger: Ledger) -> None:
    """Each receipt has the positions, the size and the root after its own entries; a repetition gives the same."""
    receipts = Batch(ledger, parties(600)).record()
    assert [(number + 2, 1, number + 2) for number in range(1200)] == [
        (receipt.first, receipt.count, receipt.size) for receipt in receipts
    ]
    again = Batch(ledger, parties(600)).record()
    assert all(receipt.repeated for receipt in again)
    assert [(one.first, one.size, one.root) for one in receipts] == [(one.first, one.size, one.root) for one in again]
    assert 1201 == ledger.store.head().size
    sound(ledger)


def test_nothing_is_decided_under_the_lock(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it decides, others record; while it holds the lock, it only appends."""
    requests = parties(3)
    batch = Batch(ledger, requests)
    ledger.record(request("other", command="party register", name="Another"))
    again = Batch(ledger, requests)
    with monkeypatch.context() as patched:
        patched.setattr(UnitOfWork, "perform", None)
        again.record()
    assert all(receipt.repeated for receipt in batch.record())
    sound(ledger)


def test_what_others_recorded_elsewhere_changes_nothing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries of other streams that name no party leave the decisions as they are."""
    Batch(ledger, parties(2)).record()
    sign = {"command": "engagement sign", "title": "T", "kind": "memorandum"}
    Batch(ledger, [request("e1", engagement="E-1", parties=[{"party": "P0"}], **sign)]).record()
    batch = Batch(ledger, [request("e2", engagement="E-2", parties=[{"party": "P1"}], **sign)])
    ledger.record(request("o", command="outcome record", engagement="E-1", summary="S"))
    with monkeypatch.context() as patched:
        patched.setattr(UnitOfWork, "perform", None)
        (receipt,) = batch.record()
    assert (8, 1, 8) == (receipt.first, receipt.count, receipt.size)
    sound(ledger)


def test_what_others_recorded_there_is_seen(ledger: Ledger) -> None:
    """If others registered the name meanwhile, everything is decided again: the batch is refused as a whole."""
    batch = Batch(ledger, parties(3))
    ledger.record(request("other", command="party register", name="p 1"))
    with pytest.raises(Refusals) as caught:
        batch.record()
    assert [2] == [number for number, _ in caught.value.refused]
    assert 2 == ledger.store.head().size
    sound(ledger)


def test_a_batch_is_rehearsed_again(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a colleague registers meanwhile is seen without the lock; it is decided under it if they go on and on."""
    batch = Batch(ledger, parties(3))
    ledger.record(request("other", command="party register", name="Another"))
    with monkeypatch.context() as patched:
        patched.setattr(Batch, "_under_lock", None)
        assert [*range(3, 9)] == [receipt.first for receipt in batch.record()]
    sound(ledger)
    batch, number, holds = Batch(ledger, parties(5)[6:]), 0, Batch._still_holds  # noqa: SLF001

    def registers(self: Batch, unit: UnitOfWork) -> bool:
        nonlocal number
        number += 1
        unit.perform(request(f"m{number}", command="party register", name=f"Yet another {number}"))
        return holds(self, unit)

    with monkeypatch.context() as patched:
        patched.setattr(Batch, "_still_holds", registers)
        assert [False] * 4 == [receipt.repeated for receipt in batch.record()]
    assert TRIES == number
    sound(ledger)


def test_names_are_read_once_under_the_lock(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many parties a batch registers that is decided under the lock, all names are read a few times only."""
    reads, names = 0, type(ledger.store).names

    def counted(self: LogStore) -> Iterator[str]:
        nonlocal reads
        reads += 1
        return names(self)

    monkeypatch.setattr(type(ledger.store), "names", counted)
    void = request("v", command="void", positions=[3], reason="only tried")
    Batch(ledger, parties(2)).record()
    assert 83 == len(Batch(ledger, [*parties(42)[4:], void, *parties(1)]).record())
    assert reads <= 8
    sound(ledger)


def test_refusals_take_no_lock(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused is found before the lock is taken."""
    monkeypatch.setattr(type(ledger.store), "writing", None)
    with pytest.raises(Refusals) as caught:
        Batch(ledger, [*parties(1), request("x", command="party alias", party="nobody", alias="N")])
    assert [2] == [number for number, _ in caught.value.refused]


def test_requests_that_depend_on_positions(ledger: Ledger) -> None:
    """A void of an entry of the same batch, or one id twice, is decided under the lock, with the same result."""
    requests = [*parties(2), request("v", command="void", positions=[5], reason="only tried"), *parties(1)]
    receipts = Batch(ledger, requests).record()
    assert [2, 3, 4, 5, 6, 2, 3] == [receipt.first for receipt in receipts]
    assert [False] * 5 + [True] * 2 == [receipt.repeated for receipt in receipts]
    sound(ledger)


def test_a_dry_run(ledger: Ledger) -> None:
    """A dry run says the positions, and records nothing."""
    receipts = Batch(ledger, parties(2)).record(dry_run=True)
    assert [2, 3, 4, 5] == [receipt.first for receipt in receipts]
    assert 1 == ledger.store.head().size
    assert [] == Batch(ledger, []).record()


def test_numbered_parties_take_the_same_time_each(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A party that is given the next number does not make the batch look at all parties before it."""
    loads = 0
    load = Rehearsal.load

    def counted(self: Rehearsal, stream: str) -> LoadedStream:
        nonlocal loads
        loads += 1
        return load(self, stream)

    monkeypatch.setattr(Rehearsal, "load", counted)
    requests = [request(f"n{number}", command="party register", name=f"Party {number}") for number in range(200)]
    Batch(ledger, requests).record()
    assert loads < 200 * 10
    assert "party/P00200" in set(ledger.store.streams("party"))
