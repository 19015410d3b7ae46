"""The light way: projections at the end of the log are read without SQLAlchemy, by statements that are kept as text."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from projections.runner import at_end
from projections.runner.cache import cache_path
from projections.runner.location import open_projections
from projections.tables import kept, schema
from tests.compliance.drawn import every_word
from tests.house.tree import ROOT
from tests.projections.small_ledger import record, small_ledger
from tests.projections.statements import LISTS, SCREENS, answer, asked, ledgers, make

FORBIDDEN = ("sqlalchemy", "eventsourcing", "ledger.domain.registry", "ledger.format.entry", "projections.projectors")
"""Modules that screens and lists do not load where projections are at the end of the log."""
DISCLOSURES = ("disclosures", "disclosures --undisclosed", "disclosures --changed-since")
COMPLIANCE = ("compliance", "compliance E1", "compliance --status met")
SHOWN = ("status", "totals --by party-type --measure signed", *LISTS, "next", *DISCLOSURES, *COMPLIANCE)
RUN = """
import json, sys
from cli.main import run
code = run(json.loads(sys.argv[1]))
print("\\n" + json.dumps([code, [name for name in json.loads(sys.argv[2]) if name in sys.modules]]))
"""


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """Return a small ledger whose projections are at the end of its log, in a cache of their own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    ledger = small_ledger(tmp_path)
    record(ledger, "guidelines adopt", "2024-01-01", text=every_word("ALL/1", "2023-01-01", 0))
    open_projections(ledger).dispose()
    return ledger


def _loaded(url: str, words: str) -> list[str]:
    """Return which forbidden modules a fresh process loads for a command."""
    line = json.dumps(["--url", url, *words.split()])
    done = subprocess.run(
        [sys.executable, "-c", RUN, line, json.dumps(FORBIDDEN)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    code, loaded = json.loads(done.stdout.splitlines()[-1])
    assert code == 0, done.stderr
    return list(loaded)


@pytest.mark.slow
def test_statements_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file has the statements that SQLAlchemy makes: `python -m tests.projections.statements` writes it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    expected = kept.FILE.read_text("utf-8")
    try:
        assert expected == make(tmp_path)
    finally:
        kept.kept.cache_clear()


def test_columns_are_kept() -> None:
    """The file has the columns of all tables."""
    for table in schema.metadata.tables.values():
        assert list(table.columns.keys()) == kept.kept().columns(table.name)


@pytest.mark.slow
@pytest.mark.parametrize("words", SHOWN)
@pytest.mark.parametrize("form", ["table", "json"])
def test_modules_that_are_not_loaded(ledger: Ledger, words: str, form: str) -> None:
    """Screens and lists load no SQLAlchemy, no event sourcing library and no catalogue of events."""
    assert [] == _loaded(ledger.store.url, f"{words} --format {form}")


def test_a_log_that_is_ahead(ledger: Ledger) -> None:
    """Where the log is ahead, it is followed with all that this needs, and read the light way from then on."""
    url = ledger.store.url
    assert [] == _loaded(url, "status")
    record(ledger, "party register", "2024-01-01", name="Party E", ref="E")
    assert list(FORBIDDEN) == _loaded(url, "party list")
    assert [] == _loaded(url, "party list")
    assert ["A", "B", "C", "D", "E"] == [
        row["party"] for row in json.loads(answer(url, "party list --format json"))["rows"]
    ]


@pytest.mark.slow
def test_both_ways_show_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every screen and list is the same to the byte, whether or not its statements are kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for url in ledgers(tmp_path):
        answer(url, "status")
        lines = [*asked(url), *(f"{screen} --format {form}" for screen in SCREENS for form in ("table", "csv"))]
        light = [answer(url, words) for words in lines]
        with monkeypatch.context() as patched:
            patched.setattr(at_end, "_is_at_end", lambda _db, _store: False)
            patched.setattr(kept.kept(), "statements", {})
            assert light == [answer(url, words) for words in lines]
            assert kept.kept().statements


def _with_a_trigger(db: sqlite3.Connection) -> None:
    db.execute("CREATE TRIGGER foreign_one AFTER INSERT ON money BEGIN SELECT 1; END")


def _without_a_table(db: sqlite3.Connection) -> None:
    db.execute("DROP TABLE merges")


def _without_a_place(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM tracking")


def _behind(db: sqlite3.Connection) -> None:
    db.execute("UPDATE tracking SET position = position - 1")


def _of_another_log(db: sqlite3.Connection) -> None:
    (hashes,) = db.execute("SELECT hashes FROM tracking").fetchone()
    db.execute("UPDATE tracking SET hashes = ?", (bytes(len(hashes)),))


def _of_another_version(db: sqlite3.Connection) -> None:
    db.execute("UPDATE tracking SET version = version + 1")


@pytest.mark.parametrize(
    "change", [_with_a_trigger, _without_a_table, _without_a_place, _behind, _of_another_log, _of_another_version]
)
def test_what_is_left_to_the_usual_way(ledger: Ledger, change: Callable[[sqlite3.Connection], None]) -> None:
    """Tables that are not at the end of this log, or not as they are made, are not read the light way."""
    with at_end.at_end(ledger.store) as found:
        assert found is not None
    expected = answer(ledger.store.url, "party list --format json")
    with closing(sqlite3.connect(cache_path(ledger.store.url))) as db, db:
        change(db)
    with at_end.at_end(ledger.store) as found:
        assert found is None
    assert expected == answer(ledger.store.url, "party list --format json")


def test_no_projections_yet(ledger: Ledger) -> None:
    """Without a file, and with one that is none, nothing is read the light way."""
    path = cache_path(ledger.store.url)
    path.write_bytes(b"no database" * 100)
    with at_end.at_end(ledger.store) as found:
        assert found is None
    path.unlink()
    with at_end.at_end(ledger.store) as found:
        assert found is None
    assert not path.exists()
