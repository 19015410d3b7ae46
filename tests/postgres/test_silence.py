"""Servers that answer nothing, networks that swallow what is sent, servers that come later: nobody waits for ever."""

import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.application.open import open_ledger
from ledger.domain.errors import LedgerError
from ledger.stores.errors import BadUrl, ConnectionLost, NoServer, OutcomeUnknown
from ledger.stores.postgres.connection import opened, reopened
from ledger.stores.postgres.driver import RawConnection, connect
from ledger.stores.urls import shown
from tests.faults.processes import new_ledger, request
from tests.postgres import shared
from tests.postgres.command import ended, started, typed
from tests.postgres.proxy import through_proxy
from tests.postgres.server import HOST, UNSAFE, Server, free_port, new_folder
from tests.postgres.test_passing_faults import register, with_settings


@pytest.fixture
def silent() -> Iterator[int]:
    """Return the port of a server that lets everybody in, and never says a word."""
    with socket.create_server((HOST, 0)) as listening:
        yield listening.getsockname()[1]


def test_a_server_that_says_nothing(silent: int, tmp_path: Path) -> None:
    """Given a port that accepts and never answers, when a command is typed, then it ends, and says so."""
    begun = time.monotonic()
    answer, code = typed(tmp_path, "--url", f"postgresql://clerk@{HOST}:{silent}/ledger?connect_timeout=2", "status")
    assert (4, True) == (code, answer.startswith("error: no-server: ")), answer
    assert "timeout expired" in answer
    assert 30 > time.monotonic() - begun


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for long."""
    monkeypatch.setattr("ledger.stores.postgres.connection.ANSWER_SECONDS", 0.2)
    monkeypatch.setattr("ledger.stores.postgres.connection.RECONNECT_SECONDS", 1.0)
    monkeypatch.setattr("ledger.stores.postgres.driver.RawConnection.answer_seconds", 1.0)


@pytest.mark.usefixtures("fast")
def test_a_network_that_goes_silent(postgres_url: str, tmp_path: Path) -> None:
    """Given a network that swallows all after the login, then a reader has lost its connection, and a writer knows."""
    new_ledger(tmp_path, postgres_url)
    with through_proxy(postgres_url, shared.server().port) as (proxy, url):
        ledger = open_ledger(f"{with_settings(url, statement_timeout=500)}&connect_timeout=2")
        with pytest.raises(ConnectionLost), ledger.store.reading():  # noqa: PT012 - it goes silent within
            proxy.is_silent = True
            ledger.store.head()
        proxy.is_silent = False
        assert 4 == register(ledger, "A")
        begun = time.monotonic()
        with pytest.raises(OutcomeUnknown) as caught, ledger.recording(optimistic=True) as unit:  # noqa: PT012
            unit.perform(request("b", command="party register", name="B"))
            proxy.is_silent = True
        assert "--command-id b" in str(caught.value.hint)
        assert 20 > time.monotonic() - begun
        proxy.is_silent = False
        assert 5 == register(ledger, "b")
        ledger.close()


@pytest.mark.usefixtures("fast")
def test_silence_after_the_login(postgres_url: str) -> None:
    """Given a network that is silent from the first question on, when a command starts, then it gives up."""
    with through_proxy(postgres_url, shared.server().port) as (proxy, through):
        url = f"{through}?connect_timeout=2"
        db = connect(url)
        proxy.is_silent = True
        with pytest.raises(Exception, match="does not answer any more"):
            db.execute("SELECT 1")
        assert db.closed
        uses: list[Callable[[], object]] = [lambda: opened(url), lambda: reopened(url, writing=True)]
        for use in uses:
            with pytest.raises((NoServer, ConnectionLost)):
                use()


def _settings(db: RawConnection) -> dict[bytes, bytes | None]:
    options: list[Any] = db.pgconn.info
    return {option.keyword: option.val for option in options}


def test_settings_of_the_network(postgres_url: str) -> None:
    """A connection notices a network that is gone; the URL has the last word."""
    defaults = connect(postgres_url)
    given = _settings(defaults)
    names = (b"tcp_user_timeout", b"keepalives_idle", b"keepalives_interval", b"keepalives_count", b"connect_timeout")
    assert [b"30000", b"30", b"10", b"3", b"10"] == [given[name] for name in names]
    defaults.close()
    own = connect(f"{postgres_url}?tcp_user_timeout=5000&connect_timeout=3&ledger_wait=7&keepalives_idle=9")
    given = _settings(own)
    assert [b"5000", b"9", b"3"] == [
        given[name] for name in (b"tcp_user_timeout", b"keepalives_idle", b"connect_timeout")
    ]
    own.close()


@pytest.mark.parametrize("wait", ["", "x", "-1", "1e3", "99999999", "٣"])
def test_a_wait_that_is_no_number(postgres_url: str, wait: str) -> None:
    """A wait that is no number of seconds is refused before anything is connected."""
    with pytest.raises(BadUrl):
        opened(f"{postgres_url}?ledger_wait={wait}")


@pytest.fixture
def late() -> Iterator[Server]:
    """Return a server that is not started yet."""
    server = Server(new_folder() / "data", UNSAFE)
    server.make()
    yield server
    server.remove()


def _after(seconds: float, server: Server) -> threading.Thread:
    def start() -> None:
        time.sleep(seconds)
        server.start()

    thread = threading.Thread(target=start)
    thread.start()
    return thread


@pytest.mark.slow
def test_commands_that_start_while_no_server_runs(late: Server, tmp_path: Path) -> None:
    """Given several hosts, or a wait, when a command starts before its server, then it waits; else it ends."""
    late.start()
    new_ledger(tmp_path, late.url())
    late.stop()
    two = late.url().replace(f"{HOST}:{late.port}", f"{HOST}:{free_port()},{HOST}:{late.port}")
    begun = time.monotonic()
    answer, code = typed(tmp_path, "--url", late.url(), "status")
    assert (4, True) == (code, answer.startswith("error: no-server: ")), answer
    assert 20 > time.monotonic() - begun
    work: list[subprocess.Popen[str]] = [
        started(tmp_path, "--url", url, "party", "register", f"Party {number}")
        for number, url in enumerate((f"{late.url()}?ledger_wait=60", two, f"{two}?target_session_attrs=read-write"))
    ]
    thread = _after(3, late)
    for answer, code in map(ended, work):
        assert (0, True) == (code, "recorded at" in answer), answer
    thread.join()
    ledger = open_ledger(late.url())
    assert 6 == ledger.store.head().size
    ledger.close()


@pytest.mark.parametrize("words", ["the database system is starting up", "the database system is shutting down"])
def test_a_server_that_starts(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a server that says that it starts, when a command starts, then it is asked again, and again."""
    monkeypatch.setattr("ledger.stores.postgres.connection.RECONNECT_SECONDS", 0.5)
    fields = b"SFATAL\0VFATAL\0C57P03\0M" + words.encode() + b"\0\0"
    asked = 0
    with socket.create_server((HOST, 0)) as listening:

        def refuse() -> None:
            nonlocal asked
            while True:
                try:
                    client, _ = listening.accept()
                except OSError:
                    return
                with client:
                    client.recv(1024)
                    asked += 1
                    client.sendall(b"E" + (len(fields) + 4).to_bytes(4) + fields)

        threading.Thread(target=refuse, daemon=True).start()
        url = f"postgresql://clerk@{HOST}:{listening.getsockname()[1]}/ledger?sslmode=disable&gssencmode=disable"
        with pytest.raises(LedgerError, match=words):
            opened(url)
        assert 2 < asked
        asked = 0
        with pytest.raises(LedgerError, match=words):
            opened(f"{url}&ledger_wait=0")
        assert 1 == asked
    assert "ledger_wait=9" in shown(f"{url}&ledger_wait=9")


@pytest.mark.parametrize("words", ["party register B", "status", "party list", "verify", "next", "log"])
def test_a_command_takes_one_connection(postgres_url: str, tmp_path: Path, words: str) -> None:
    """A command, recording or reading, takes one connection to the server: so many clerks, so many connections."""
    new_ledger(tmp_path, postgres_url)
    with through_proxy(postgres_url, shared.server().port) as (proxy, url):
        answer, code = typed(tmp_path, "--url", url, *words.split())
    assert (0, 1) == (code, proxy.at_once), answer
