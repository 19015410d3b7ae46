"""Many processes record at once, on each store: no gaps, every acknowledged command once, and the log verifies."""

import json
import os
import time
from collections import Counter
from itertools import count
from pathlib import Path

import pytest

from ledger.application.open import open_ledger
from ledger.replay.procedure import replay_log
from ledger.verify.procedure import verify_log
from tests.faults.processes import drained, forked, new_ledger, request
from tests.stores.places import PLACES

SECONDS = 60.0 if os.environ.get("LEDGER_SWEEP") else 5.0
WRITERS = 16


def _record_until(url: str, name: str, end: float, writing: int) -> None:
    """Record until a time, half of it in one shared engagement; every tenth command is sent twice."""
    ledger = open_ledger(url)
    for number in count():
        if time.monotonic() > end:
            return
        if number % 2:
            members: dict[str, object] = {"command": "party register", "name": f"Party {name} {number}"}
        else:
            amount = {"currency": "USD", "value": "1"}
            members = {"command": "contribution commit", "engagement": "E", "payer": "A", "amount": amount}
        command_request = request(f"{name}:{number}", **members)
        receipts = {ledger.record(command_request).first for _ in range(2 if number % 10 == 0 else 1)}
        os.write(writing, f"{name}:{number} {receipts.pop()} {len(receipts)}\n".encode())


@pytest.mark.parametrize("kind", PLACES)
def test_many_processes_at_once(tmp_path: Path, kind: str) -> None:
    """No command is lost, doubled or skipped, and a repeated command gets its first receipt."""
    url = new_ledger(tmp_path, PLACES[kind](tmp_path).url)
    end = time.monotonic() + SECONDS
    started = [forked(lambda writing, n=n: _record_until(url, f"w{n}", end, writing)) for n in range(WRITERS)]  # type: ignore[misc]
    acknowledged = [line.split() for _, reading in started for line in drained(reading).splitlines()]
    assert [0] * WRITERS == [os.waitpid(child, 0)[1] for child, _ in started]
    assert ["0"] * len(acknowledged) == [repeated for _, _, repeated in acknowledged]
    ledger = open_ledger(url)
    entries = [(position, json.loads(data)) for position, data in ledger.store.entries()]
    assert list(range(1, len(entries) + 1)) == [position for position, _ in entries]
    counts = Counter(entry["command"] for _, entry in entries)
    assert {name: 1 for name, _, _ in acknowledged} == {name: counts[name] for name, _, _ in acknowledged}
    at = {entry["command"]: position for position, entry in entries}
    assert {name: int(first) for name, first, _ in acknowledged} == {name: at[name] for name, _, _ in acknowledged}
    assert all(sum(name.startswith(f"w{n}:") for name, _, _ in acknowledged) > 0 for n in range(WRITERS))
    assert [] == verify_log(ledger.store).findings
    assert [] == replay_log(ledger)
    ledger.close()
