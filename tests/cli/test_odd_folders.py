"""A folder may have any name: every command works in it, and no file outside it is touched."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cli.main import run
from ledger.application.open import open_ledger
from ledger.stores.errors import BadUrl
from ledger.stores.urls import path_of

FOLDERS = [
    b"accounts?2026", b"x?mode=ro", b"a%20b", b"50%", b"a#b", b"t\tab", b"l\nf", b"b\xffx", b":memory:", b"file:x",
]  # fmt: skip
COMMANDS = (
    "init --origin example.org/x --currency USD", "party register Alpha", "party list", "status", "verify", "log",
    "backup b.zip", "--url sqlite:///restored.db restore b.zip", "copy sqlite:///ledger.db sqlite:///copied.db",
    "key new", "checkpoint", "publish published", "prove 2", "report disclosures -o report.html",
)  # fmt: skip


def _foreign(path: Path) -> None:
    """Make a SQLite file of somebody else, with tables named as those of the projections."""
    with closing(sqlite3.connect(path)) as db, db:
        for table in ("payments", "documents", "settings", "tracking", "entries", "head"):
            db.execute(f"CREATE TABLE {table} (mine)")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "where"),
    [*((name, "sqlite:///ledger.db") for name in FOLDERS), *((name, "sqlite:///{}/ledger.db") for name in FOLDERS[:2])],
)
def test_every_command_in_a_folder_of_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: bytes, where: str
) -> None:
    """The paths that a URL parser would take the name for are files of others, which stay as they are."""
    folder = tmp_path / os.fsdecode(name)
    folder.mkdir()
    others = [tmp_path / other for other in ("accounts", "ledger.db", "x", "a", "a b", "tab", "lf", "ledger")]
    for path in others:
        _foreign(path)
    before = [path.read_bytes() for path in others]
    monkeypatch.chdir(folder)
    monkeypatch.setenv("LEDGER_URL", where.format(folder))
    monkeypatch.setenv("LEDGER_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    assert [0] * len(COMMANDS) == [run(line.split()) for line in COMMANDS]
    assert before == [path.read_bytes() for path in others]
    assert {"keys", folder.name, *(path.name for path in others)} == {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize("name", ["a\tb.db", "a\nb.db", "a\x7fb.db", "a\x85b.db", "\x1b[2J.db"])
def test_a_ledger_has_no_controls_in_its_name(tmp_path: Path, name: str) -> None:
    """A URL with a control in the name of the file is refused: no other file is meant, and none is made."""
    for function in (path_of, open_ledger):
        with pytest.raises(BadUrl):
            function(f"sqlite:///{tmp_path}/{name}")
    assert [] == list(tmp_path.iterdir())
