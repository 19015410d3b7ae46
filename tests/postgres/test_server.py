"""Tests run on a real PostgreSQL server, and fail without one."""

import os
from pathlib import Path

import psycopg
import pytest

from tests.postgres.server import NoServer, Server


def test_it_answers(postgres_url: str) -> None:
    """The database of a test is empty, on PostgreSQL 15 or newer."""
    with psycopg.connect(postgres_url) as db:
        assert 150000 <= db.info.server_version
        assert (0,) == db.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()


def test_no_server_is_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """If its programs are missing, tests fail with a sentence that states what to do; none is skipped."""
    monkeypatch.setenv("LEDGER_POSTGRES_BIN", os.fspath(tmp_path))
    with pytest.raises(NoServer, match="make environment"):
        Server(tmp_path / "data").make()
    monkeypatch.delenv("LEDGER_POSTGRES_BIN")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(NoServer, match="is not installed"):
        Server(tmp_path / "data").make()
