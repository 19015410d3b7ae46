"""Commands on a server keep projections in a private cache: answers, verification, and traps in the database."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from cli.main import run
from cli.session import Session
from stories import record
from tests.postgres.shared import drop_database, new_database

Answer = Callable[..., tuple[str, str, int]]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the URL of a ledger with a small story."""
    url = new_database("small")
    attachments = tmp_path_factory.mktemp("files") / "attachments"
    record(url, 3, 4, range(2023, 2025), attachments)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LEDGER_ATTACHMENTS", str(attachments))
        yield url
    drop_database(url)


@pytest.fixture
def url(template: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """Return the URL of that ledger ; the private cache is in the folder of the test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LEDGER_ACTOR", "staff/1")
    _run(template, "DROP SCHEMA IF EXISTS projections, projections_beside CASCADE")
    yield template
    _run(template, "DROP SCHEMA IF EXISTS projections, projections_beside CASCADE")


@pytest.fixture
def answer(capsys: pytest.CaptureFixture[str]) -> Answer:
    """Return a function that runs a command at a URL and returns stdout, stderr and the exit code."""

    def run_command(url: str, words: str) -> tuple[str, str, int]:
        capsys.readouterr()
        code = run(words.split(), Session(url=url, clock=lambda: datetime(2026, 1, 2, 9, tzinfo=UTC)))
        out, err = capsys.readouterr()
        return out, err, code

    return run_command


def _run(url: str, *texts: str) -> None:
    with psycopg.connect(url, autocommit=True) as db:
        for text in texts:
            db.execute(text)


@pytest.fixture
def reader(url: str) -> Iterator[str]:
    """Return the URL for a role that may only read the ledger."""
    role = f"reader_{url[-12:]}"
    _run(url, f"CREATE ROLE {role}")
    assert 0 == run(["migrate", "--reader", role], Session(url=url))
    yield f"{url}?options=-crole%3D{role}"
    _run(url, f"DROP OWNED BY {role}", f"DROP ROLE {role}")


def test_projections_are_kept_apart_by_reader(url: str, reader: str, answer: Answer, tmp_path: Path) -> None:
    """Owner and reader get the same answers, each from a private cache; the database holds no projections."""
    for words in ("status --format json", "report partnerships --year 2024 --format json"):
        own, note, code = answer(reader, words)
        assert ("", 0) == (note, code)
        assert (own, "", 0) == answer(url, words)
    assert 2 == len(list((tmp_path / "cache").rglob("*.db")))
    with psycopg.connect(url) as db:
        assert (None,) == db.execute("SELECT to_regnamespace('projections')").fetchone()
    out, _, code = answer(reader, "verify")
    assert (0, True) == (code, out.startswith("verified the log and its projections: ")), out


def test_a_changed_row_is_found(url: str, answer: Answer, tmp_path: Path) -> None:
    """Verification rebuilds the projections and reports the first row of the cache that differs."""
    assert 0 == answer(url, "status")[2]
    (cache,) = (tmp_path / "cache").rglob("*.db")
    with closing(sqlite3.connect(cache)) as db, db:
        db.execute("UPDATE money SET minor = minor + 1 WHERE entry = (SELECT max(entry) FROM money)")
    out, _, code = answer(url, "verify")
    assert (1, True) == (code, "projection-differs" in out)


TRAP = """
CREATE SCHEMA projections;
CREATE TABLE projections.tracking (id integer, version integer, position bigint, leaf bytea);
INSERT INTO projections.tracking VALUES (1, 3, 1, '');
CREATE TABLE projections.sprung (by text);
CREATE FUNCTION projections.spring() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO projections.sprung VALUES (session_user);
  RETURN NEW;
END $$;
CREATE TRIGGER spring BEFORE INSERT OR UPDATE OR DELETE ON projections.tracking
  FOR EACH ROW EXECUTE FUNCTION projections.spring();
COMMENT ON SCHEMA projections IS 'Made by engagement-ledger from the log of the ledger; it may be dropped at any time.';
"""
"""What a member of the role that older software shared projections by could leave behind (finding D7)."""


def test_a_trap_in_shared_tables_is_not_touched(url: str, answer: Answer) -> None:
    """Given triggers on tables that older software would have followed into, no command of the owner fires them."""
    _run(url, TRAP)
    for words in ("status", "party register Zenith-Example --dry-run", "party list", "verify"):
        assert 0 == answer(url, words)[2]
    with psycopg.connect(url) as db:
        assert [] == db.execute("SELECT * FROM projections.sprung").fetchall()
