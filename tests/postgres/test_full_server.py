"""The disk of the server fills up: what was acknowledged stands, the rest is refused, and with room it goes on."""

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ledger.application.open import open_ledger
from ledger.domain.errors import LedgerError
from ledger.stores.postgres.connection import reopened
from ledger.verify.procedure import verify_log
from tests.faults.disk import small_disk
from tests.faults.processes import new_ledger, request
from tests.postgres.server import UNSAFE, Server, account, new_folder

SETTINGS = (*UNSAFE, "min_wal_size=32MB", "max_wal_size=32MB", "wal_keep_size=0", "autovacuum=off")
WHILE_FULL = {"disk-full", "store-error", "connection-lost", "outcome-unknown", "no-server"}


@pytest.fixture
def small_server() -> Iterator[Server]:
    """Return a server with its data on a file system of 120 megabytes."""
    folder = new_folder()
    try:
        with small_disk(folder / "disk", "120m") as disk:
            name = account()
            if name is not None:
                shutil.chown(disk, name)
            server = Server(disk / "data", SETTINGS)
            server.make()
            server.start()
            yield server
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(disk: Path) -> Path:
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    return ballast


@pytest.mark.slow
def test_the_disk_of_the_server_fills_up(small_server: Server, tmp_path: Path) -> None:
    """Given a full disk, when clerks record, then they are told that there is no room, and nothing is lost."""
    url = new_ledger(tmp_path, small_server.url())
    acknowledged: dict[str, int] = {}
    refused: set[str] = set()
    for round_ in range(2):
        ballast = _fill(small_server.data.parent)
        ledger = open_ledger(f"{url}?ledger_wait=2")
        for number in range(3_000):
            name = f"{round_}:{number}"
            try:
                receipt = ledger.record(request(name, command="party register", name=f"{name} {'x' * 2_000}"))
            except LedgerError as error:
                refused.add(error.code)
                if len(refused) > 1 or number > 2_000 or error.code == "disk-full":
                    break
            else:
                acknowledged[name] = receipt.first
        ledger.close()
        ballast.unlink()
        reopened(f"{url}?ledger_wait=60", writing=True)[0].close()
    assert refused, "the disk did not fill up"
    assert set() == refused - WHILE_FULL
    ledger = open_ledger(url)
    recorded = {json.loads(data)["command"]: position for position, data in ledger.store.entries()}
    assert acknowledged == {name: recorded.get(name) for name in acknowledged}
    assert [] == verify_log(ledger.store).findings
    last = ledger.record(request("after", command="party register", name="After")).first
    assert len(recorded) + 1 == last
    ledger.close()
