"""A primary with a synchronous standby, killed under load and replaced: no acknowledged entry is lost."""

import json
import os
import random
import shutil
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.replay.procedure import replay_log
from ledger.stores.errors import ConnectionLost, OutcomeUnknown
from ledger.tlog.merkle import EMPTY_ROOT
from ledger.tlog.proof import root_at
from ledger.verify.procedure import verify_log
from tests.faults.processes import new_ledger, request
from tests.postgres.command import ended, started
from tests.postgres.server import HOST, Server, new_folder, run, wait_until
from tests.transcripts.terminal import Terminal

ROUNDS = 20 if os.environ.get("LEDGER_SWEEP") else 2
WRITERS = 3
SEED = int(os.environ.get("LEDGER_SEED", "20261123"))


class Pair:
    """A primary and its synchronous standby, which swap roles."""

    def __init__(self, folder: Path) -> None:
        """Start a primary in a folder."""
        self.folder = folder
        self.primary = Server(folder / "server0")
        self.primary.make()
        self.primary.start()
        self.standby = self.primary
        self.created = 0

    def stand_by(self) -> None:
        """Start a standby from a copy of the primary, and let commits wait for it."""
        self.created += 1
        self.standby = Server(self.folder / f"server{self.created}", password=self.primary.password)
        run(
            "pg_basebackup", f"--dbname={self.primary.url()}", f"--pgdata={self.standby.data}", "--write-recovery-conf",
            "--checkpoint=fast", "--wal-method=stream", "--no-sync",
        )  # fmt: skip
        self.standby.start()
        with psycopg.connect(self.primary.url(), autocommit=True) as db:
            db.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            db.execute("SELECT pg_reload_conf()")
        wait_until(self._is_synchronous, "the standby is synchronous")

    def _is_synchronous(self) -> bool:
        with psycopg.connect(self.primary.url(), autocommit=True) as db:
            return ("sync",) in db.execute("SELECT sync_state FROM pg_stat_replication").fetchall()

    def fail_over(self, between: Callable[[], object] = lambda: None) -> None:
        """Kill the primary and promote the standby, which waits for no other standby yet."""
        self.primary.kill()
        shutil.rmtree(self.primary.data)
        between()
        run("pg_ctl", "promote", "--wait", "--silent", "--pgdata", self.standby.data)
        self.primary = self.standby
        with psycopg.connect(self.primary.url(), autocommit=True) as db:
            db.execute("ALTER SYSTEM RESET synchronous_standby_names")
            db.execute("SELECT pg_reload_conf()")

    def url(self) -> str:
        """Return the URL that names both servers, and selects the one that accepts writes."""
        hosts = f"{HOST}:{self.primary.port},{HOST}:{self.standby.port}"
        return f"postgresql://postgres:{self.primary.password}@{hosts}/postgres?target_session_attrs=read-write"


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Return a primary that runs; all servers are stopped at the end."""
    folder = new_folder()
    servers = Pair(folder)
    yield servers
    for server in (servers.primary, servers.standby):
        if server.data.exists():
            server.stop()
    shutil.rmtree(folder, ignore_errors=True)


class Load:
    """Writers that record until they are stopped, and note what was acknowledged."""

    def __init__(self, url: str, name: str) -> None:
        """Start the writers."""
        self.url = url
        self.acknowledged: dict[str, int] = {}
        self.failures: list[BaseException] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._record, args=(f"{name}:{n}",)) for n in range(WRITERS)]
        for thread in self._threads:
            thread.start()

    def _record(self, name: str) -> None:
        try:
            ledger = open_ledger(self.url)
            number = 0
            while not self._stop.is_set():
                self._once(ledger, f"{name}:{number}")
                number += 1
            ledger.close()
        except BaseException as error:  # noqa: BLE001 - shown by the test
            self.failures.append(error)

    def _once(self, ledger: Ledger, name: str) -> None:
        while name not in self.acknowledged:
            with suppress(ConnectionLost, OutcomeUnknown):
                self.acknowledged[name] = ledger.record(request(name, command="party register", name=name)).first

    def go_on(self, more: int) -> None:
        """Wait until this number of further commands was acknowledged."""
        goal = len(self.acknowledged) + more
        wait_until(lambda: self.failures or len(self.acknowledged) >= goal, f"{more} more were recorded")

    def stop(self) -> None:
        """Stop the writers. Raises the exception that one of them failed with."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
        if self.failures:
            raise self.failures[0]


def _check(url: str, acknowledged: dict[str, int], earlier: tuple[int, bytes]) -> tuple[int, bytes]:
    """Assert that every acknowledged command is recorded once at its position; return size and root."""
    ledger = open_ledger(url)
    placed = [(position, json.loads(data)["command"]) for position, data in ledger.store.entries()]
    assert list(range(1, len(placed) + 1)) == [position for position, _ in placed]
    assert {} == {command: times for command, times in Counter(name for _, name in placed).items() if times > 1}
    at = {command: position for position, command in placed}
    assert acknowledged == {command: at.get(command) for command in acknowledged}
    assert [] == verify_log(ledger.store).findings
    assert [] == replay_log(ledger)
    assert earlier[1] == root_at(earlier[0], ledger.store)
    head = ledger.store.head()
    ledger.close()
    return head.size, head.root


@pytest.mark.slow
def test_a_primary_is_killed_under_load(pair: Pair, tmp_path: Path) -> None:
    """Writers go on at the promoted standby by themselves, and a command that starts meanwhile waits; one log."""
    new_ledger(tmp_path, pair.primary.url())
    chosen = random.Random(SEED)  # noqa: S311 - moments, not secrets
    acknowledged: dict[str, int] = {}
    earlier = _check(pair.primary.url(), {}, (0, EMPTY_ROOT))
    for number in range(ROUNDS):
        pair.stand_by()
        load = Load(pair.url(), str(number))
        try:
            load.go_on(WRITERS)
            time.sleep(chosen.uniform(0, 0.5))
            starting: list[subprocess.Popen[str]] = []
            register = ("party", "register", f"Between {number}")
            pair.fail_over(lambda: starting.append(started(tmp_path, "--url", pair.url(), *register)))  # noqa: B023
            answer, code = ended(starting[0])
            assert 0 == code, answer
            load.go_on(4 * WRITERS)
        finally:
            load.stop()
        acknowledged |= load.acknowledged
        earlier = _check(pair.primary.url(), acknowledged, earlier)


@pytest.mark.slow
def test_reading_from_the_standby(pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading commands use the standby, with projections in a private cache; recording uses the primary."""
    new_ledger(tmp_path, pair.primary.url())
    pair.stand_by()
    reader = open_ledger(pair.standby.url())
    terminal = Terminal(tmp_path, monkeypatch)
    terminal.clock.now = datetime.now(UTC) + timedelta(minutes=1)
    monkeypatch.setenv("LEDGER_URL", pair.primary.url())
    monkeypatch.setenv("LEDGER_READ_URL", pair.standby.url())
    answer, code = terminal.type("ledger party register 'Beta (illustrative)'")
    assert (0, True) == (code, answer.startswith("recorded at 4 as ")), answer
    wait_until(lambda: reader.store.head().size == 4, "the standby has replayed it")
    assert (False, []) == (reader.store.writable, verify_log(reader.store).findings)
    answer, code = terminal.type("ledger party list")
    assert (0, True, True) == (code, "Beta" in answer, "as known at position 4" in answer), answer
    assert 0 == terminal.type("ledger verify")[1]
    answer, code = terminal.type(f"ledger --url {pair.standby.url()} party register 'Gamma (illustrative)'")
    assert (4, True) == (code, answer.startswith("error: read-only: ")), answer
    reader.close()
