"""Commands that read a damaged file end with a sentence: never as a defect of the software, never with a traceback."""

import contextlib
import io
import os
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from cli.ending import DEFECT
from cli.main import run
from tests.projections.small_ledger import small_ledger

SEED = int(os.environ.get("LEDGER_SEED", "20261123"))
ROUNDS = 400 if os.environ.get("LEDGER_SWEEP") else 12
COMMANDS = (
    "log", "log --format json", "status", "show 3", "show 3 --raw", "party list", "engagement list", "next",
    "changes --since 0", "totals --measure signed --by party", "report disclosures", "verify --log-only", "verify",
    "checkpoint list", "prove 2 --output proof", "publish published", "backup b.zip", "party register Omega",
    "history P00001", "key show", "definitions list", "copy sqlite:///ledger.db sqlite:///copied.db",
)  # fmt: skip
DAMAGE = {
    "bytes that are no text": "UPDATE entries SET data = x'ff00fe' WHERE position = 3",
    "bytes that are no JSON": "UPDATE entries SET data = x'7b' WHERE position = 3",
    "bytes that are another JSON": "UPDATE entries SET data = x'5b5d' WHERE position = 3",
    "a text in place of bytes": "UPDATE entries SET data = CAST(data AS TEXT) WHERE position = 3",
    "an entry in another stream": "UPDATE entries SET stream = 'party/B', version = 99 WHERE type LIKE 'engagement.%'",
    "a stream of no kind": "UPDATE entries SET stream = 'x' WHERE position = 3",
    "missing entries": "DELETE FROM entries WHERE position BETWEEN 2 AND 4",
    "a leaf that is a text": "UPDATE entries SET leaf = 'leaf' WHERE position = 2",
    "a head of another size": "UPDATE head SET size = 9223372036854775807",
    "a checkpoint that is a number": "UPDATE checkpoints SET note = 7",
    "a checkpoint that is a text": "UPDATE checkpoints SET note = 'note', size = 'size'",
    "names that are bytes": "UPDATE names SET key = x'ff', stream = x'ff'",
    "commands that are texts": "UPDATE commands SET first = 'first', count = 'count'",
}
"""What somebody, or a disk, may do to the rows."""


@pytest.fixture
def sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of a sound ledger with a checkpoint, in the current folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LEDGER_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("LEDGER_URL", "sqlite:///ledger.db")
    (tmp_path / "office").mkdir()
    monkeypatch.chdir(tmp_path / "office")
    small_ledger(Path()).close()
    assert [0, 0] == [run(["key", "new"]), run(["checkpoint"])]
    return Path("ledger.db")


def change(path: Path, statement: str) -> None:
    """Change rows as a stranger would: strict types and triggers are taken away for as long as it takes."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        schema = db.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema").fetchall()
        db.execute("PRAGMA writable_schema = ON")
        db.execute("DELETE FROM sqlite_schema WHERE type = 'trigger'")
        db.execute("UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE type = 'table'")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        assert db.execute(statement).rowcount > 0
        db.execute("PRAGMA writable_schema = ON")
        db.execute("DELETE FROM sqlite_schema")
        db.executemany("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", schema)


def _internal() -> list[str]:
    """Return the commands that end as a defect, with what they print."""
    failed = []
    for line in COMMANDS:
        Path("copied.db").unlink(missing_ok=True)
        printed, errors = io.TextIOWrapper(io.BytesIO()), io.StringIO()  # some commands print exact bytes
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(errors):
            code = run(line.split())
        if code == DEFECT or "internal" in errors.getvalue():
            failed.append(f"{line}: {errors.getvalue()}")
    return failed


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_rows(sound: Path, damage: str) -> None:
    """Every command reports what is wrong, or does not meet it."""
    change(sound, DAMAGE[damage])
    assert [] == _internal()


@pytest.mark.slow
def test_damaged_bytes(sound: Path) -> None:
    """Bits are turned, and stretches overwritten, anywhere in the file."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    whole = sound.read_bytes()
    for _ in range(ROUNDS):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 20))):
            at, length = chance.randrange(len(data)), chance.choice((1, 1, 8, 64, 4096))
            data[at : at + length] = chance.randbytes(min(length, len(data) - at))
        for suffix in ("-wal", "-shm"):
            Path(f"{sound}{suffix}").unlink(missing_ok=True)
        sound.write_bytes(data)
        shutil.rmtree("../cache", ignore_errors=True)
        assert [] == _internal()
