"""Two processes on one log: the second waits and then succeeds, or reports that it waited in vain."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.application.request import CommandReused, Request
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.party import RegisterParty
from ledger.stores.errors import Busy
from ledger.stores.log_store import LogStore
from tests.stores.places import Place
from tests.stores.rows import rows

RECORDER = """
import json, sys
from ledger.domain.party.party import RegisterParty
from ledger.application.open import open_ledger
from ledger.application.request import CommandReused, Request
ledger = open_ledger(sys.argv[1])
print("asking", flush=True)
for name in sys.argv[2:]:
    receipt = ledger.record(Request(commands=(RegisterParty(name=name),), actor="staff/2"))
    print(json.dumps([receipt.first, receipt.size, receipt.root.hex()]), flush=True)
"""
"""Another process: records parties by their names, and prints each receipt."""

HOLDER = """
import sys
from ledger.application.open import open_ledger
from ledger.domain.party.party import RegisterParty
from ledger.application.request import CommandReused, Request
ledger = open_ledger(sys.argv[1])
with ledger.recording() as unit:
    for name in sys.argv[2:]:
        unit.perform(Request(commands=(RegisterParty(name=name),), actor="staff/2"))
    print("holding", flush=True)
    sys.stdin.read()
"""
"""Another process: holds the append lock, with parties recorded, until its input is closed."""


@contextmanager
def process(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run code in another Python process with the same imports; it ends with the test."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    running = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


def _line(running: subprocess.Popen[str]) -> str:
    assert running.stdout is not None
    return running.stdout.readline().strip()


@pytest.fixture
def ledger(place: Place) -> Iterator[Ledger]:
    """Return a ledger with its first entry."""
    opened = Ledger(place.open())
    opened.open(OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/1")
    yield opened
    opened.close()


def party(name: str) -> Request:
    """Return the registration of a party."""
    return Request(commands=(RegisterParty(name=name),), actor="staff/1")


def test_the_second_waits_and_then_succeeds(ledger: Ledger, place: Place) -> None:
    """A process that records while another holds the lock waits, and then decides on the new state."""
    with process(RECORDER, place.url, "Beta") as child:
        with ledger.recording() as unit:
            assert "asking" == _line(child)
            unit.perform(party("Alpha"))
        first, size, root = json.loads(_line(child))
        assert 0 == child.wait()
    assert (3, 3) == (first, size)
    assert root == ledger.store.head().root.hex()
    assert ["party/P00001", "party/P00002"] == list(ledger.store.streams("party"))


def test_processes_take_turns(ledger: Ledger, place: Place) -> None:
    """Entries of two processes form one log without gaps, in which each party has a reference of its own."""
    names = [[f"{who} {number}" for number in range(20)] for who in ("Left", "Right")]
    with process(RECORDER, place.url, *names[0]) as left, process(RECORDER, place.url, *names[1]) as right:
        receipts = [json.loads(line) for child in (left, right) for line in child.communicate()[0].splitlines()[1:]]
    assert list(range(2, 42)) == sorted(first for first, _, _ in receipts)
    assert 41 == ledger.store.head().size
    assert [f"party/P{number:05}" for number in range(1, 41)] == list(ledger.store.streams("party"))
    roots = {size: root for _, size, root in receipts}
    assert roots[41] == ledger.store.head().root.hex()


def test_waiting_in_vain(ledger: Ledger, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that is held longer than the limit raises Busy with the seconds; afterwards recording works."""
    place.wait_for(monkeypatch, 0.05)
    impatient = Ledger(place.open())
    with process(HOLDER, place.url) as holder:
        assert "holding" == _line(holder)
        with pytest.raises(Busy) as caught:
            impatient.record(party("Alpha"))
        waited = re.search(r"was busy for ([0-9.]+) seconds?:", caught.value.sentence)
        assert waited is not None
        assert 0.05 <= float(waited[1])  # a server says how long it was, which a busy machine makes longer
        assert 1 == impatient.store.head().size
        holder.communicate("")
    assert 2 == impatient.record(party("Alpha")).size
    impatient.close()


def test_a_killed_writer_leaves_nothing(ledger: Ledger, place: Place) -> None:
    """Uncommitted entries of a killed process are gone, and so is its lock."""
    with process(HOLDER, place.url, *(f"Party {number}" for number in range(300))) as holder:
        assert "holding" == _line(holder)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert 2 == ledger.record(party("Alpha")).size
    assert [] == list(ledger.store.faults())


def test_two_connections_of_one_process(store: LogStore, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock belongs to the log, not to the process."""
    place.wait_for(monkeypatch, 0.2)
    second = place.open()
    with store.writing(), pytest.raises(Busy), second.writing():
        pass
    second.insert_events(rows("a", 1, 2))
    assert 2 == store.head().size
    second.close()


def test_a_receipt_is_given_again_elsewhere(ledger: Ledger, place: Place, tmp_path: Path) -> None:
    """Another process that repeats a request under its id gets the first receipt, with its size and root."""
    first = ledger.record(Request(commands=(RegisterParty(name="Alpha"),), actor="staff/2", id="c-1"))
    ledger.record(party("Beta"))
    again = Ledger(place.open())
    repeated = again.record(Request(commands=(RegisterParty(name="Alpha"),), actor="staff/2", id="c-1"))
    again.close()
    assert (first.first, first.count, first.size, first.root) == (
        repeated.first, repeated.count, repeated.size, repeated.root,
    )  # fmt: skip
    assert repeated.repeated
    with pytest.raises(CommandReused, match="c-1 was used for something else, recorded at position 2"):
        ledger.record(Request(commands=(RegisterParty(name="Gamma"),), actor="staff/2", id="c-1"))
    assert 3 == ledger.store.head().size
