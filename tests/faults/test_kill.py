"""`kill -9` at any moment: the ledger verifies, has all acknowledged commands, and no partial command."""

import json
import os
import random
import select
import time
from contextlib import redirect_stdout
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from cli.main import run as run_command
from cli.session import Session
from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.domain.errors import LedgerError
from ledger.importing import record, run
from ledger.importing.profile.load import load_profile
from ledger.importing.requests import Options
from ledger.replay.procedure import replay_log
from ledger.verify.procedure import verify_log
from tests.faults.processes import drained, forked, killed, new_ledger, request
from tests.projections.histories import BEGINNING, EPISODES, members, record_step, steps

ROUNDS = 30 if os.environ.get("LEDGER_SWEEP") else 10
KILLS = 22
"""Kills per round: more than 200 in all rounds."""
REGISTER = Path(__file__).parents[2] / "demo" / "data" / "register.csv"
ENTRIES = 703
"""The number of entries of the register: 366 agreements, 73 parties, 264 commitments."""
LINES = 400
"""The number of engagements that are signed by lines of a file, with a commitment each."""
SEED = int(os.environ.get("LEDGER_SEED", "20261123"))


def _record_for_ever(url: str, name: str, writing: int) -> None:
    """Record commands of three entries, mixed with random others; print each id after its receipt."""
    chance = random.Random(name)  # noqa: S311 - a seed that can be given again
    ledger = open_ledger(url)
    for number in count():
        pledges = [{"by": by, "amount": {"currency": "USD", "value": "1"}} for by in ("A", "organization")]
        amending = {"engagement": "E", "title": f"{name}-{number}", "contributions": []}
        signing = {"engagement": f"{name}-{number}", "title": "T", "kind": "memorandum", "parties": [{"party": "A"}]}
        ledger.record(request(f"{name}:{number}", command="engagement sign", **signing, contributions=pledges))
        os.write(writing, f"{name}:{number} 3\n".encode())
        ledger.record(request(f"{name}:{number}+", command="engagement amend", **amending))
        os.write(writing, f"{name}:{number}+ 1\n".encode())
        for place, step in enumerate(steps(chance.choice(EPISODES), *(chance.randrange(12) for _ in range(4)))):
            if step[0] != "import":
                id_ = f"{name}:{number}/{place}"
                os.write(writing, f"{id_} {_count(ledger, id_, members(step, ledger.store.head().size))}\n".encode())


def _count(ledger: Ledger, id_: str, fields: dict[str, Any]) -> int:
    try:
        return ledger.record(request(id_, **fields)).count
    except LedgerError:
        return 0


def _check(url: str, acknowledged: dict[str, int]) -> None:
    ledger = open_ledger(url)
    assert [] == verify_log(ledger.store).findings
    parts: dict[str, list[list[int]]] = {}
    for _, data in ledger.store.entries():
        entry = json.loads(data)
        parts.setdefault(entry["command"], []).append(entry["part"])
    for command, numbers in parts.items():
        assert [[number, len(numbers)] for number in range(1, len(numbers) + 1)] == numbers, command
    assert {} == {name: size for name, size in acknowledged.items() if len(parts.get(name, ())) != size}
    ledger.close()


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_kill_while_recording(tmp_path: Path, round_: int) -> None:
    """Processes are killed at random, one after the other, and each leaves a whole ledger to the next."""
    chance = random.Random(f"{SEED}/{round_}")  # noqa: S311 - a seed that can be given again
    url = new_ledger(tmp_path)
    ledger = open_ledger(url)
    assert all(record_step(ledger, step) for step in BEGINNING[1:])
    ledger.close()
    acknowledged: dict[str, int] = {}
    for kill in range(KILLS):
        child, reading = forked(lambda writing, kill=kill: _record_for_ever(url, f"k{kill}", writing))  # type: ignore[misc]
        time.sleep(chance.uniform(0, 0.06))
        if kill == KILLS - 1 and not acknowledged:  # on a slow machine none may have lived long enough
            select.select([reading], [], [], 60)
        killed(child)
        for line in drained(reading).splitlines():
            name, _, size = line.partition(" ")
            acknowledged[name] = int(size)
        _check(url, acknowledged)
    assert acknowledged, f"no process lived long enough to record (seed {SEED}/{round_})"
    ledger = open_ledger(url)
    assert [] == replay_log(ledger)
    ledger.close()


def _import(url: str) -> None:
    """Import the register in transactions of 20 rows, so that many kills fall between them."""
    record.PART = 20
    ledger = open_ledger(url)
    options = Options(actor="staff/1")

    def dawdle(done: int, whole: int) -> None:
        """Take some time for each recorded row, so that most kills fall there."""
        if 2 * done > whole:
            time.sleep(0.0005)

    run.run_import(ledger, load_profile("tdag25"), REGISTER, options, tick=dawdle)
    ledger.close()


@pytest.mark.parametrize("round_", range(ROUNDS // 5))
def test_kill_while_importing(tmp_path: Path, round_: int) -> None:
    """An import that is killed repeatedly continues where it stopped, and ends like one that was not."""
    chance = random.Random(f"{SEED}/import/{round_}")  # noqa: S311 - a seed that can be given again
    url = new_ledger(tmp_path)
    before = _size(url)
    sizes = [before]
    for kill in range(100):
        child, reading = forked(lambda _: _import(url))
        time.sleep(chance.uniform(0, 0.04 + 0.01 * kill))
        killed(child)
        drained(reading)
        _check(url, {})
        sizes.append(_size(url))
        if sizes[-1] == before + ENTRIES:
            break
    assert before + ENTRIES == sizes[-1]
    assert sorted(sizes) == sizes
    assert 2 < len(set(sizes)), f"no import was killed half way (seed {SEED}/import/{round_}): {sizes}"
    _import(url)
    assert sizes[-1] == _size(url)


def _size(url: str) -> int:
    ledger = open_ledger(url)
    size = ledger.store.head().size
    ledger.close()
    return size


def _record_each(url: str, file: Path, writing: int) -> None:
    with open(writing, "w", encoding="utf-8") as out, redirect_stdout(out):
        run_command(["record", "--each", str(file)], Session(url=url, actor="staff/1"))


@pytest.mark.parametrize("round_", range(ROUNDS // 5))
def test_kill_while_recording_lines(tmp_path: Path, round_: int) -> None:
    """Lines that are recorded together are there whole, each one that has a receipt, and in the end each once."""
    chance = random.Random(f"{SEED}/each/{round_}")  # noqa: S311 - a seed that can be given again
    url = new_ledger(tmp_path)
    lines = [{"command": "engagement sign", "engagement": f"L{number}", "title": "T", "kind": "memorandum",
              "parties": [{"party": "A"}], "contributions": [{"by": "A", "amount": {"currency": "USD", "value": "1"}}]}
             for number in range(LINES)]  # fmt: skip
    file = tmp_path / "lines.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    before, sizes = _size(url), []
    for kill in range(30):
        child, reading = forked(lambda writing: _record_each(url, file, writing))
        if kill % 3:
            select.select([reading], [], [], 60)  # until it has begun to record
        time.sleep(chance.uniform(0, 0.02 * kill))
        killed(child)
        receipts = [line for line in drained(reading).splitlines() if line.startswith("line ") and " root " in line]
        _check(url, {})
        sizes.append(_size(url))
        assert sizes[-1] >= before + 2 * len(receipts), (receipts[-1:], sizes[-1])
        if sizes[-1] == before + 2 * LINES:
            break
    _record_each(url, file, os.open(os.devnull, os.O_WRONLY))
    assert before + 2 * LINES == _size(url)
    assert sorted(sizes) == sizes
    assert 2 < len(set(sizes)), f"no file was killed half way (seed {SEED}/each/{round_}): {sizes}"
