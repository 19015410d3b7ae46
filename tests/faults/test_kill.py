"""`kill -9` at any moment of recording: the ledger verifies, holds all that was acknowledged, and no half command."""

import json
import os
import random
import time
from itertools import count
from pathlib import Path

import pytest

from ledger.opening import open_ledger
from ledger.replay import replay_log
from ledger.verify import verify_log
from tests.faults.processes import drained, forked, killed, new_ledger, request

ROUNDS = 30 if os.environ.get("LEDGER_SWEEP") else 10
KILLS = 22
"""Kills in a round: more than 200 in all rounds."""
SEED = int(os.environ.get("LEDGER_SEED", "20261123"))


def _record_for_ever(url: str, name: str, writing: int) -> None:
    """Record commands of three entries each; tell each command's id once its receipt is there."""
    ledger = open_ledger(url)
    for number in count():
        pledges = [{"by": by, "amount": {"currency": "USD", "value": "1"}} for by in ("A", "organization")]
        members = {"engagement": "E", "title": f"{name}-{number}", "contributions": []}
        signing = {"engagement": f"{name}-{number}", "title": "T", "kind": "memorandum", "parties": [{"party": "A"}]}
        ledger.record(request(f"{name}:{number}", command="engagement sign", **signing, contributions=pledges))
        os.write(writing, f"{name}:{number} 3\n".encode())
        ledger.record(request(f"{name}:{number}+", command="engagement amend", **members))
        os.write(writing, f"{name}:{number}+ 1\n".encode())


def _check(url: str, acknowledged: dict[str, int]) -> None:
    ledger = open_ledger(url)
    assert [] == verify_log(ledger.store).findings
    parts: dict[str, list[list[int]]] = {}
    for _, data in ledger.store.entries():
        entry = json.loads(data)
        parts.setdefault(entry["command"], []).append(entry["part"])
    for command, held in parts.items():
        assert [[number, len(held)] for number in range(1, len(held) + 1)] == held, command
    assert {} == {name: size for name, size in acknowledged.items() if len(parts.get(name, ())) != size}
    ledger.close()


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_kill_while_recording(tmp_path: Path, round_: int) -> None:
    """Processes are killed at random moments, one after the other, and each leaves a whole ledger to the next."""
    chance = random.Random(f"{SEED}/{round_}")  # noqa: S311 - a seed that can be given again
    url = new_ledger(tmp_path)
    acknowledged: dict[str, int] = {}
    for kill in range(KILLS):
        child, reading = forked(lambda writing, kill=kill: _record_for_ever(url, f"k{kill}", writing))  # type: ignore[misc]
        time.sleep(chance.uniform(0, 0.06))
        killed(child)
        for line in drained(reading).splitlines():
            name, _, size = line.partition(" ")
            acknowledged[name] = int(size)
        _check(url, acknowledged)
    assert acknowledged, f"no process lived long enough to record (seed {SEED}/{round_})"
    ledger = open_ledger(url)
    assert [] == replay_log(ledger)
    ledger.close()
