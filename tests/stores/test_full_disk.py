"""A full disk or a quota is an error, and the ledger stays whole: every acknowledged entry, no partial command."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.party import RegisterParty
from ledger.stores.errors import DiskFull
from tests.faults.disk import small_disk
from tests.stores.children import run
from tests.stores.integrity import check_whole

OPEN = OpenLedger(origin="example.org/ledger", reporting_currency="USD")


def party(number: int) -> RegisterParty:
    """Return a party with a long name."""
    return RegisterParty(name=f"Party {number} {'x' * 1_000}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a small file system of the test's own."""
    with small_disk(tmp_path / "disk", "400k") as folder:
        yield folder


def _fill(folder: Path) -> Path:
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 512)
    return ballast


def _record(ledger: Ledger, acknowledged: list[int]) -> None:
    for number in range(1_000):
        commands = (party(number), party(number + 10_000))
        acknowledged.append(ledger.record(Request(commands=commands, actor="staff/1")).size)


def test_recording_on_a_disk_that_fills_up(disk: Path) -> None:
    """The command without room is not recorded, all before it are; with room, recording continues."""
    place = f"sqlite:///{disk / 'ledger.db'}"
    make_ledger(place, OPEN, "staff/1")
    ledger = open_ledger(place)
    ballast = disk / "ballast"
    ballast.write_bytes(b"x" * 50_000)
    acknowledged: list[int] = []
    with pytest.raises(DiskFull, match="too full"):
        _record(ledger, acknowledged)
    recorded = ledger.store.head().size
    assert recorded == acknowledged[-1]
    ballast.unlink()
    assert recorded + 2 == ledger.record(Request(commands=(party(5001), party(5002)), actor="staff/1")).size
    ledger.close()
    assert recorded + 2 == check_whole(place)


def _record_stubbornly(ledger: Ledger) -> None:
    with ledger.recording() as unit:
        for number in range(2_000):
            with suppress(DiskFull):
                unit.perform(Request(commands=(party(number),), actor="staff/1"))


def test_a_transaction_that_finds_no_room(disk: Path) -> None:
    """If one request of a transaction finds no room, none is recorded, even if later requests are performed."""
    place = f"sqlite:///{disk / 'ledger.db'}"
    make_ledger(place, OPEN, "staff/1")
    ledger = open_ledger(place)
    with pytest.raises(DiskFull):
        _record_stubbornly(ledger)
    assert 1 == ledger.store.head().size
    ledger.close()
    assert 1 == check_whole(place)


def test_making_a_ledger_on_a_full_disk(disk: Path) -> None:
    """The ledger is refused, and no file is left."""
    ballast = _fill(disk)
    for room in (0, 1, 3):
        os.truncate(ballast, ballast.stat().st_size - room * 4_096)
        with pytest.raises(DiskFull):
            make_ledger(f"sqlite:///{disk / 'ledger.db'}", OPEN, "staff/1")
        assert [ballast] == list(disk.iterdir())


LIMITED = """
import json, resource, sys
from ledger.domain.party.party import RegisterParty
from ledger.domain.errors import LedgerError
from ledger.application.open import open_ledger
from ledger.application.request import Request
ledger = open_ledger(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
recorded = ledger.store.head().size
try:
    for number in range(1000):
        commands = tuple(RegisterParty(name=f"Party {number} {half} " + "x" * 1000) for half in (1, 2))
        recorded = ledger.record(Request(commands=commands, actor="staff/1")).size
except LedgerError as error:
    print(json.dumps([error.code, recorded, ledger.store.head().size]))
"""
"""Records until the limit on file sizes is reached."""


@pytest.mark.parametrize("most", [45_000, 70_001, 200_000])
def test_recording_under_a_limit(tmp_path: Path, most: int) -> None:
    """If a limit stops files from growing, the error is the same, and acknowledged entries are stored."""
    place = f"sqlite:///{tmp_path / 'ledger.db'}"
    make_ledger(place, OPEN, "staff/1")
    code, recorded, size = json.loads(run(LIMITED, place, str(most)))
    assert ("disk-full", recorded) == (code, size)
    assert recorded == check_whole(place)
    ledger = open_ledger(place)
    assert recorded + 1 == ledger.record(Request(commands=(party(-1),), actor="staff/1")).size
    ledger.close()
