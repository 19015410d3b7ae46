"""No message shows a password that a URL holds, whatever the URL looks like."""

from pathlib import Path

import pytest

from ledger.stores.urls import shown
from tests.transcripts.terminal import Terminal

URLS = (
    "postgresql://user:hidden@host:5432/db?sslmode=require",
    "postgres://user:hidden@host/db?password=hidden&sslpassword=hidden",
    "postgresql://user@host/db?PASSWORD=hidden",
    "postgresql://user:hid@hidden@host/db",
    "postgresql://user:hidden/hidden@host/db",
    "postgresql://user:1/hidden@host/db",
    "postgresql://user:hidden?hidden@host/db",
    "postgresql://user:hidden#hidden@host/db",
    "postgresql://[::1/db:hidden@host",
    "postgresql:/user:hidden@host/db",
    "POSTGRESQL://user:hidden@host/db",
    "Postgres://user:hidden@host/db",
    "postgresql+psycopg://user:hidden@host/db",
    "postgresql+asyncpg://user@host/db?password=hidden",
    "mysql://user:hidden@host/db",
    "mysql://host/db?user=user&pwd=hidden",
    "sqlite://user:hidden@host/db",
    "user:hidden@host/db",
    "host=host user=user password=hidden",
    "host=host user=user password = 'hidden and \\' hidden'",
)


@pytest.mark.parametrize("url", URLS)
def test_passwords_are_never_shown(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a URL with a password, when any command is typed with it, then its message has no part of the password."""
    assert "hidden" not in shown(url)
    terminal = Terminal(tmp_path, monkeypatch)
    for line in ("status", "verify", "migrate", "init --origin example.org/ledger --currency USD", "party list"):
        answer, code = terminal.type(f'ledger --url "{url}" {line}')
        assert 0 != code
        assert "hidden" not in answer


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///folder/a@b:c/ledger.db",
        "postgresql://user@a:5432,b:5433/db?target_session_attrs=read-write&sslrootcert=/a/b.pem",
        "postgresql://[::1]:5432/db",
    ],
)
def test_urls_without_a_password_are_shown_as_they_are(url: str) -> None:
    """Nothing else is taken out of a URL."""
    assert url == shown(url)
