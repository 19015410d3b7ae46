"""PgBouncer between clerks and server, in each of its modes; skipped where it is not installed."""

import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from ledger.application.open import make_ledger, open_ledger
from ledger.domain.errors import LedgerError
from ledger.domain.organisation.settings import OpenLedger
from ledger.stores.postgres.faults import NotPrepared
from ledger.verify.procedure import verify_log
from tests.faults.processes import request
from tests.postgres import shared
from tests.postgres.command import typed
from tests.postgres.server import HOST, account, free_port, new_folder, wait_until

PROGRAM = os.environ.get("LEDGER_PGBOUNCER") or shutil.which("pgbouncer", path=f"{os.environ.get('PATH')}:/usr/sbin")
CLERKS, COMMANDS = 4, 12

needs_pooler = pytest.mark.skipif(
    PROGRAM is None, reason="PgBouncer is not installed here (LEDGER_PGBOUNCER names one)"
)


def version() -> tuple[int, ...]:
    """Return the version of PgBouncer: since 1.21 it keeps prepared statements of a client."""
    assert PROGRAM is not None
    said = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(map(int, re.findall(r"\d+", said)[:2]))


@contextmanager
def pooled(url: str, mode: str, size: int = 3) -> Iterator[str]:
    """Yield a URL that leads through a pooler with a number of connections to the server."""
    assert PROGRAM is not None
    server, port, folder = shared.server(), free_port(), new_folder()
    settings = {
        "listen_addr": HOST, "listen_port": port, "auth_type": "scram-sha-256", "auth_file": folder / "users",
        "pool_mode": mode, "default_pool_size": size, "unix_socket_dir": "", "max_client_conn": 100,
    } | ({"max_prepared_statements": 100} if version() >= (1, 21) else {})  # fmt: skip
    (folder / "users").write_text(f'"postgres" "{server.password}"\n')
    lines = [
        f"* = host={HOST} port={server.port}",
        "[pgbouncer]",
        *(f"{key} = {text}" for key, text in settings.items()),
    ]
    (folder / "pgbouncer.ini").write_text("\n".join(["[databases]", *lines, ""]))
    for file in folder.iterdir():
        file.chmod(0o644)
    process = subprocess.Popen(
        [PROGRAM, "--quiet", folder / "pgbouncer.ini"], user=account(), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    through = url.replace(f":{server.port}/", f":{port}/")
    try:
        wait_until(lambda: process.poll() is not None or _answers(through), "the pooler answers")
        yield through
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def _clerk(url: str, name: str, acknowledged: dict[str, int], refused: list[LedgerError]) -> None:
    for number in range(COMMANDS):
        try:
            ledger = open_ledger(url)
            try:
                for each in range(7):  # more often than until a statement is prepared
                    command = f"{name}:{number}:{each}"
                    given = request(command, command="party register", name=command)
                    acknowledged[command] = ledger.record(given).first
            finally:
                ledger.close()
        except LedgerError as error:
            refused.append(error)


@needs_pooler
@pytest.mark.parametrize("mode", ["session", "transaction"])
def test_clerks_through_a_pooler(postgres_url: str, mode: str) -> None:
    """Given fewer connections than clerks, when all record at once, then each command stands once."""
    acknowledged: dict[str, int] = {}
    refused: list[LedgerError] = []
    with pooled(postgres_url, mode) as url:
        make_ledger(url, OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/1")
        work = [
            threading.Thread(target=_clerk, args=(url, f"clerk {clerk}", acknowledged, refused))
            for clerk in range(CLERKS)
        ]
        for thread in work:
            thread.start()
        for thread in work:
            thread.join()
        ledger = open_ledger(url)
        assert [] == verify_log(ledger.store).findings
        ledger.close()
    if mode == "session" or version() >= (1, 21):
        assert [] == [f"{error.sentence} {error.__cause__}" for error in refused]
    assert {NotPrepared.code} >= {error.code for error in refused}
    ledger = open_ledger(postgres_url)
    recorded = {json.loads(data)["command"]: position for position, data in ledger.store.entries()}
    assert acknowledged == {command: recorded.get(command) for command in acknowledged}
    assert refused or CLERKS * COMMANDS * 7 + 1 == len(recorded)
    ledger.close()


@needs_pooler
@pytest.mark.parametrize("mode", ["session", "transaction", "statement"])
def test_commands_through_a_pooler(postgres_url: str, tmp_path: Path, mode: str) -> None:
    """Given a mode, when commands are typed, then they work, or a sentence says that the mode does not fit."""
    make_ledger(postgres_url, OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/1")
    with pooled(postgres_url, mode) as url:
        for words in ("party register Alpha", "party list", "status", "verify", "backup b.zip"):
            answer, code = typed(tmp_path, "--url", url, *words.split())
            assert "damaged" not in answer
            assert (code == 0) or (mode == "statement" and code == 4), answer
