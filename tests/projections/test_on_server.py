"""Commands with projections on a server: verification, readers without the right to write, and recording."""

from collections.abc import Callable, Iterator
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
    """Return the URL of that ledger without projections; the private cache is in the folder of the test."""
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


def test_a_changed_row_is_found(url: str, answer: Answer) -> None:
    """Verification rebuilds the projections and reports the first row that differs."""
    assert 0 == answer(url, "status")[2]
    assert answer(url, "verify")[0].startswith("verified the log and its projections: ")
    _run(url, "UPDATE projections.money SET minor = minor + 1 WHERE entry = (SELECT max(entry) FROM projections.money)")
    out, _, code = answer(url, "verify")
    assert 1 == code
    assert "projection-differs" in out
    assert "the projection money has " in out


def test_broken_tables_are_a_finding_or_rebuilt(url: str, answer: Answer) -> None:
    """Tables that cannot be read are a finding; the next command that needs them rebuilds them."""
    before = answer(url, "status")
    _run(url, "ALTER TABLE projections.money RENAME COLUMN minor TO major")
    out, _, code = answer(url, "verify")
    assert (1, True) == (code, "projection-broken" in out)
    _, err, code = answer(url, "status")
    assert (4, True) == (code, err.startswith("error: no-projections: "))
    assert before == answer(url, "status")
    assert 0 == answer(url, "verify")[2]


def test_a_role_that_only_reads(url: str, reader: str, answer: Answer, tmp_path: Path) -> None:
    """A role that may not write the projections gets the same answers from a private cache, with a note."""
    for words in ("status --format json", "report partnerships --year 2024 --format json"):
        own, note, code = answer(reader, words)
        assert (0, "note: the projections are stored in your own cache") == (code, note[:50])
        assert (own, "", 0) == answer(url, words)
    assert 1 == len(list((tmp_path / "cache").rglob("*.db")))
    out, _, code = answer(reader, "verify")
    assert (0, True) == (code, out.startswith("verified the log and its projections: "))


def test_recording_needs_none(url: str, answer: Answer) -> None:
    """A foreign schema of the same name is not touched; recording and reading work without it."""
    _run(url, "CREATE SCHEMA projections CREATE TABLE budget (amount bigint)")
    out, _, code = answer(url, "party register Zenith-Example --dry-run")
    assert (0, True) == (code, bool(out))
    _, note, code = answer(url, "status")
    assert (0, "note: ") == (code, note[:6])
    with psycopg.connect(url) as db:
        assert (0,) == db.execute("SELECT count(*) FROM projections.budget").fetchone()
