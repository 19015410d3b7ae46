"""Hints of errors that only a server gives: pasted, or done where they name an action, they do what they promise."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from ledger.stores.postgres.schema import MIGRATIONS
from tests.postgres import shared
from tests.transcripts.terminal import Terminal

INIT = "init --origin example.org/ledger --currency USD"
QUOTED = re.compile(r"'(ledger [^']*)'")


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal in an empty folder; its clock is that of the server."""
    terminal = Terminal(tmp_path, monkeypatch)
    terminal.clock.now = datetime.now(UTC)
    return terminal


@pytest.fixture
def role(postgres_url: str) -> Iterator[tuple[str, str]]:
    """Return a role without rights, whose password is its name, and the URL with which it logs in."""
    name = f"hinted_{postgres_url.rpartition('_')[2]}"
    with psycopg.connect(postgres_url, autocommit=True) as db:
        db.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(name), sql.Literal(name)))
    yield name, f"postgresql://{name}:{name}@{postgres_url.partition('@')[2]}"
    shared.drop_database(postgres_url)
    with psycopg.connect(shared.server().url(), autocommit=True) as db:
        db.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def refused(terminal: Terminal, code: str, line: str) -> list[str]:
    """Type a line that is refused with a code; return the commands that its hint quotes."""
    answer, _ = terminal.type(line)
    assert f"error: {code}: " in answer, answer
    return QUOTED.findall(answer.rpartition("hint: ")[2])


def accepted(terminal: Terminal, line: str) -> str:
    """Type a line that must be accepted; return its answer."""
    answer, ended = terminal.type(line)
    assert 0 == ended, answer
    return answer


def test_no_database(terminal: Terminal, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is made, and then the ledger in it."""
    monkeypatch.setenv("LEDGER_URL", f"{postgres_url}_not")
    name = sql.Identifier(f"{postgres_url.rpartition('/')[2]}_not")
    assert ["ledger init"] == refused(terminal, "no-database", "ledger verify")
    try:
        with psycopg.connect(postgres_url, autocommit=True) as db:
            db.execute(sql.SQL("CREATE DATABASE {}").format(name))
        accepted(terminal, f"ledger {INIT}")
        accepted(terminal, "ledger verify")
    finally:
        shared.drop_database(f"{postgres_url}_not")


def test_not_migrated(terminal: Terminal, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The owner pastes the command, and the software works."""
    monkeypatch.setenv("LEDGER_URL", postgres_url)
    accepted(terminal, f"ledger {INIT}")
    for module in ("postgres.migrate", "postgres.connection"):
        monkeypatch.setattr(f"ledger.stores.{module}.MIGRATIONS", (*MIGRATIONS, "CREATE TABLE ledger.more (n integer)"))
    (command,) = refused(terminal, "not-migrated", "ledger party list")
    accepted(terminal, command)
    accepted(terminal, "ledger party list")


def test_not_allowed(
    terminal: Terminal, postgres_url: str, role: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The owner grants what the hint says, and the role reads; and records, with the other option."""
    name, url = role
    monkeypatch.setenv("LEDGER_URL", postgres_url)
    accepted(terminal, f"ledger {INIT}")
    monkeypatch.setenv("LEDGER_URL", url)
    (command,) = refused(terminal, "not-allowed", "ledger log")
    for grant, line in (
        (command.replace("ROLE", name), "ledger log"),
        (command.replace("--reader ROLE", f"--recorder {name}"), "ledger party register Alpha"),
    ):
        monkeypatch.setenv("LEDGER_URL", postgres_url)
        assert f"{name} may " in accepted(terminal, grant)
        monkeypatch.setenv("LEDGER_URL", url)
        accepted(terminal, line)


def test_needs_file(terminal: Terminal, postgres_url: str) -> None:
    """A backup is restored to a file, and copied to the server from there."""
    for line in (f"ledger {INIT}", "ledger party register Alpha", "ledger backup b.zip"):
        accepted(terminal, line)
    (command,) = refused(terminal, "needs-file", f"ledger restore b.zip --url {postgres_url}")
    accepted(terminal, "ledger restore b.zip --url sqlite:///restored.db")
    accepted(terminal, f"{command} {postgres_url}")
    assert "2 entries" in accepted(terminal, f"ledger --url {postgres_url} verify")
