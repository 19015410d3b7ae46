"""Connections that are lost during recording: no acknowledged entry is lost, and none is recorded twice."""

import json
import os
import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from ledger.application.open import open_ledger
from ledger.replay.procedure import replay_log
from ledger.stores.errors import ConnectionLost, OutcomeUnknown
from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.note import Note, Signature
from ledger.verify.procedure import verify_log
from tests.faults.processes import new_ledger, request
from tests.postgres import shared
from tests.postgres.proxy import Cut, through_proxy
from tests.postgres.test_passing_faults import with_settings

SEED = int(os.environ.get("LEDGER_SEED", "20261123"))
COMMANDS = 2000 if os.environ.get("LEDGER_SWEEP") else 120


def _record_all(url: str, port: int) -> dict[str, int]:
    """Record through a proxy that cuts connections; return the acknowledged position of each command."""
    receipts: dict[str, int] = {}
    with through_proxy(url, port, SEED) as (proxy, cut_url):
        ledger = open_ledger(cut_url)
        proxy.chance = 0.05
        for number in range(COMMANDS):
            name = f"c:{number}"
            while name not in receipts:
                with suppress(ConnectionLost, OutcomeUnknown):
                    receipts[name] = ledger.record(request(name, command="party register", name=name)).first
        assert COMMANDS // 20 < proxy.cuts
        proxy.chance = 0.0
        ledger.close()
    return receipts


def test_connections_are_cut_during_commits(postgres_url: str, tmp_path: Path) -> None:
    """Every twentieth message is cut off, before or after it arrives; each command is recorded once."""
    new_ledger(tmp_path, postgres_url)
    receipts = _record_all(postgres_url, shared.server().port)
    ledger = open_ledger(postgres_url)
    recorded_commands = [(position, json.loads(data)["command"]) for position, data in ledger.store.entries()]
    assert list(range(1, len(recorded_commands) + 1)) == [position for position, _ in recorded_commands]
    assert {f"c:{number}": 1 for number in range(COMMANDS)} == Counter(
        command for _, command in recorded_commands if command in receipts
    )
    assert receipts == {command: position for position, command in recorded_commands if command in receipts}
    assert [] == verify_log(ledger.store).findings
    assert [] == replay_log(ledger)
    ledger.close()


def test_a_hanging_writer_loses_the_lock(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that hangs loses its lock before others have waited in vain; it reports that nothing was recorded."""
    new_ledger(tmp_path, postgres_url)
    monkeypatch.setattr("ledger.stores.postgres.connection.ASLEEP_SECONDS", 0.5)
    hanging = open_ledger(postgres_url)
    other = open_ledger(postgres_url)
    with pytest.raises(ConnectionLost), hanging.recording() as unit:  # noqa: PT012 - the other records meanwhile
        unit.perform(request("x", command="party register", name="X"))
        receipt = other.record(request("y", command="party register", name="Y"))
    assert (4, 4) == (receipt.first, other.store.head().size)
    assert 5 == hanging.record(request("x", command="party register", name="X")).first
    hanging.close()
    other.close()


def test_nobody_answers_any_more(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If no server can be asked, the outcome is reported as unknown, with the advice to repeat the command."""
    new_ledger(tmp_path, postgres_url)
    monkeypatch.setattr("ledger.stores.postgres.connection.RECONNECT_SECONDS", 0.0)
    with through_proxy(postgres_url, shared.server().port, SEED) as (proxy, url):
        ledger = open_ledger(url)
        with pytest.raises(OutcomeUnknown) as caught, ledger.recording() as unit:  # noqa: PT012 - cut before the commit
            unit.perform(request("x", command="party register", name="X"))
            proxy.chance = 1.0
        assert "--command-id x" in str(caught.value.hint)
        ledger.close()
    again = open_ledger(postgres_url)
    assert again.record(request("x", command="party register", name="X")).first == 4
    again.close()


def test_nobody_can_say_whether_it_was_recorded(postgres_url: str, tmp_path: Path) -> None:
    """If the server cannot say what became of a commit, since others hold the lock, the outcome is unknown."""
    new_ledger(tmp_path, postgres_url)
    with through_proxy(postgres_url, shared.server().port) as (proxy, url):
        ledger = open_ledger(with_settings(url, lock_timeout=300))
        with psycopg.connect(postgres_url) as other:
            other.execute("SELECT * FROM ledger.hold()")
            with pytest.raises(OutcomeUnknown), ledger.recording(optimistic=True) as unit:  # noqa: PT012 - cut at the end
                unit.perform(request("x", command="party register", name="X"))
                proxy.count(Cut("down", 0, "rst"))
        assert 4 == ledger.record(request("x", command="party register", name="X")).first
        ledger.close()


def test_a_checkpoint_whose_commit_is_not_answered(postgres_url: str, tmp_path: Path) -> None:
    """A checkpoint is looked up as well: it is stored if that was acknowledged, and not if it was reported lost."""
    new_ledger(tmp_path, postgres_url)
    stored = []
    with through_proxy(postgres_url, shared.server().port, SEED) as (proxy, url):
        ledger = open_ledger(url)
        for number in range(12):
            line = Signature(ledger.origin, b"line", bytes([number]) * 64)
            note = bytes(Note(str(Checkpoint(ledger.origin, 3, ledger.store.head().root)), (line,)))
            with suppress(ConnectionLost):
                with ledger.store.writing():
                    ledger.store.keep_checkpoint(3, note)
                    proxy.chance = 0.6
                    threading.Timer(0.2, setattr, (proxy, "chance", 0.0)).start()
                stored.append(note)
            proxy.chance = 0.0
        assert 0 < proxy.cuts
        ledger.close()
    ledger = open_ledger(postgres_url)
    assert stored == [note for _, note in ledger.store.checkpoints()]
    ledger.close()
