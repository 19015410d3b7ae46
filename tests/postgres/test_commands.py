"""Commands on a ledger in PostgreSQL work as on a file, and each problem with a server is reported in a sentence."""

import os
import re
from pathlib import Path

import psycopg
import pytest

from cli.nouns.attachments import NoAttachments
from ledger.stores.errors import NoDatabase, NotAdmitted
from tests.postgres import shared
from tests.transcripts.terminal import Terminal

INIT = "init --origin example.org/ledger --currency USD"


@pytest.fixture
def terminal(tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal where LEDGER_URL names an empty database."""
    at_server = Terminal(tmp_path, monkeypatch)
    monkeypatch.setenv("LEDGER_URL", postgres_url)
    return at_server


def typed(terminal: Terminal, line: str, code: int = 0) -> str:
    """Type a command that must end with an exit code; return what it answers."""
    answer, actual = terminal.type(f"ledger {line}")
    assert code == actual, answer
    return answer


def test_a_day_with_a_server(terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All commands that write, sign, publish, back up and copy work as on a file."""
    assert typed(terminal, "migrate").startswith("made version 2 of the schema at ")
    assert typed(terminal, INIT).startswith("made postgresql://postgres@127.0.0.1:")
    typed(terminal, "party register 'Alpha (illustrative)' --ref A")
    typed(terminal, "engagement sign E --title T --kind memorandum --party A")
    (tmp_path / "t.pdf").write_bytes(b"%PDF-1.4")
    refused = typed(terminal, "document attach E t.pdf --title T", 2)
    assert refused.startswith(f"error: {NoAttachments.code}: ")
    monkeypatch.setenv("LEDGER_ATTACHMENTS", str(tmp_path / "files"))
    typed(terminal, "document attach E t.pdf --title T")
    typed(terminal, "key new")
    typed(terminal, "checkpoint")
    typed(terminal, "publish out")
    assert "Alpha" in typed(terminal, "engagement show E")
    typed(terminal, "backup b.zip")
    copied = typed(terminal, f"copy {os.environ['LEDGER_URL']} sqlite:///copied.db")
    assert "attached files: 1" in copied
    root = re.search(r"root (\S+);", copied)
    assert root is not None
    assert root[1] in typed(terminal, "restore b.zip --url sqlite:///restored.db")
    assert root[1] in typed(terminal, "--url sqlite:///copied.db verify")
    assert root[1] in typed(terminal, "verify")


def test_errors_of_servers(terminal: Terminal, postgres_url: str) -> None:
    """Each error has its code and a hint, and never shows the password."""
    password = shared.server().password
    wrong = postgres_url.replace(password, "guessed")
    errors = {
        f"error: {NotAdmitted.code}: The server at ": (wrong, 2),
        f"error: {NoDatabase.code}: The server at ": (f"{postgres_url}_not", 5),
        "error: no-ledger: There is no ledger at postgresql://postgres@127.0.0.1:": (postgres_url, 5),
        "error: no-server: No server answers at postgresql://postgres@127.0.0.1:1/": (
            re.sub(r":\d+/", ":1/", postgres_url), 4,
        ),
    }  # fmt: skip
    for words, (url, code) in errors.items():
        answer = typed(terminal, f"--url {url} verify", code)
        assert answer.startswith(words)
        assert (False, False, 2) == ("guessed" in answer, password in answer, len(answer.splitlines()))


def test_a_server_that_another_holds(terminal: Terminal, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger that another process writes is waited for, then reported as busy."""
    typed(terminal, INIT)
    monkeypatch.setattr("ledger.stores.postgres.connection.BUSY_SECONDS", 0.2)
    with psycopg.connect(postgres_url) as connection:
        connection.execute("SELECT * FROM ledger.hold()")
        answer = typed(terminal, "party register 'Alpha (illustrative)'", 4)
    assert re.match(r"error: busy: postgresql://postgres@\S+ was busy for 0.2 seconds", answer)
    assert typed(terminal, "party register 'Alpha (illustrative)'").startswith("recorded at 2 as P00001;")


def test_rights_from_the_command_line(terminal: Terminal) -> None:
    """Existing roles get their rights; a missing role is reported, and then none gets any."""
    assert "would make version 2" in typed(terminal, "migrate --dry-run")
    answer = typed(terminal, "migrate --reader pg_monitor --recorder pg_signal_backend")
    assert answer.splitlines()[1:] == ["pg_signal_backend may record", "pg_monitor may read"]
    assert typed(terminal, "migrate --reader none-such", 2).startswith("error: no-role: ")
