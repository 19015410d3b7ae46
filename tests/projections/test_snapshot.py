"""What is shown is read from complete tables, in one snapshot; only damage makes that the tables are thrown away."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from cli.main import run
from ledger.application.ledger import Ledger
from projections.runner import cache, location
from projections.runner.cache import NoProjections, cache_path
from projections.runner.follow import catch_up, create_tables
from projections.runner.location import explain_read_error, open_projections
from projections.runner.place import delete_file
from projections.tables.version import VERSION
from tests.projections.small_ledger import small_ledger


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """Return a small ledger, closed, whose projections were built in a cache of their own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    ledger = small_ledger(tmp_path)
    monkeypatch.setenv("LEDGER_URL", ledger.store.url)
    open_projections(ledger).dispose()
    return ledger


def _emptied(ledger: Ledger, engine: Engine) -> None:
    with engine.execution_options(write=True).begin() as db:
        create_tables(db)


def _half(ledger: Ledger, engine: Engine) -> None:
    _emptied(ledger, engine)
    catch_up(ledger, engine, None, 3)


def _of_another_version(ledger: Ledger, engine: Engine) -> None:
    with engine.execution_options(write=True).begin() as db:
        db.exec_driver_sql("UPDATE tracking SET version = version + 1")


@pytest.mark.parametrize("rebuild", [_emptied, _half, _of_another_version])
def test_a_rebuild_between_following_and_reading(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], rebuild: Callable[..., None]
) -> None:
    """A reader that another process overtakes with a rebuild follows the log again: it shows no part of the tables."""
    assert 0 == run(["party", "list", "--format", "json"])
    expected = capsys.readouterr().out
    followed, times = location.open_projections, [1]
    delete_file(cache_path(ledger.store.url))

    def overtaken(*arguments: Any) -> Engine:
        engine = followed(*arguments)
        if times:
            times.pop()
            rebuild(ledger, engine)
        return engine

    monkeypatch.setattr(location, "open_projections", overtaken)
    assert 0 == run(["party", "list", "--format", "json"])
    assert expected == capsys.readouterr().out
    assert [] == times


def test_rebuilds_without_end(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that is always overtaken says so in the end, and shows nothing."""
    followed = location.open_projections

    def overtaken(*arguments: Any) -> Engine:
        engine = followed(*arguments)
        _emptied(ledger, engine)
        return engine

    monkeypatch.setattr(location, "open_projections", overtaken)
    with pytest.raises(NoProjections, match="other processes rebuild them"), location.snapshot(ledger, 1):
        pass


def test_two_versions_of_the_software(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has a file of its own: neither rebuilds the tables of the other."""
    own = cache_path(ledger.store.url)
    monkeypatch.setattr(cache, "VERSION", VERSION + 1)
    assert own != cache_path(ledger.store.url)


def _error(statement: str, path: Path) -> Exception:
    with closing(sqlite3.connect(path)) as db:
        try:
            db.execute(statement).fetchall()
        except sqlite3.Error as error:
            return error
    pytest.fail("no error")


def _sound(path: Path) -> None:
    pass


def _without_a_column(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DROP INDEX money_measure")
        db.execute("ALTER TABLE money DROP COLUMN measure")


def _overwritten(path: Path) -> None:
    path.write_bytes(b"\xff" * path.stat().st_size)


@pytest.mark.parametrize(("damage", "is_kept"), [(_sound, True), (_without_a_column, False), (_overwritten, False)])
def test_only_damage_throws_the_tables_away(ledger: Ledger, damage: Callable[[Path], None], is_kept: bool) -> None:
    """An error of a query is none of the file: others use it, and a rebuild would not help."""
    path = cache_path(ledger.store.url)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    damage(path)
    error = _error(
        "SELECT sum(value) FROM (SELECT 9223372036854775807 AS value UNION ALL SELECT 1)"
        if is_kept
        else "SELECT measure FROM money",
        path,
    )
    assert isinstance(explain_read_error(ledger.store.url, error), NoProjections)
    assert is_kept == path.exists()
