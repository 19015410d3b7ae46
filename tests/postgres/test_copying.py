"""A whole ledger is copied from one store to another and back: the same log, byte for byte."""

import os
import signal
import sqlite3
from pathlib import Path

import pytest

from ledger.application.open import open_ledger
from ledger.maintenance.copy import NotCopied, copy_ledger
from ledger.stores.errors import EmptyLog, LedgerExists, NoLedger
from ledger.stores.open import created
from ledger.stores.postgres import migrate
from ledger.verify.procedure import verify_log
from tests.faults.processes import drained, forked, request
from tests.stores.rows import everything
from tests.transcripts.terminal import Terminal


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a ledger in a file with more entries than a tile, and with names, references and a signed checkpoint."""
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    terminal = Terminal(tmp_path, monkeypatch)
    for line in ("init --origin example.org/ledger --currency USD", "key new", "checkpoint"):
        assert 0 == terminal.type(f"ledger {line}")[1], line
    ledger = open_ledger(url, terminal.clock)
    with ledger.recording() as unit:
        for number in range(150):
            unit.perform(request(f"p{number}", command="party register", name=f"Party {number}", ref=f"R{number}"))
            signing = {"title": "T", "kind": "memorandum", "parties": [{"party": f"R{number}"}]}
            unit.perform(request(f"e{number}", command="engagement sign", engagement=f"E{number}", **signing))
    ledger.close()
    return url


def _all_of(url: str) -> dict[str, object]:
    ledger = open_ledger(url)
    contents = everything(ledger.store)
    ids = [str(row[0]) for row in ledger.store.side_rows("commands")]
    contents["digests"] = [ledger.store.recorded(command) for command in ids]
    contents["checkpoints"] = list(ledger.store.checkpoints())
    assert [] == verify_log(ledger.store).findings
    ledger.close()
    return contents


def _copy(source: str, target: str) -> tuple[int, bytes, int]:
    ledger = open_ledger(source)
    try:
        return copy_ledger(ledger, target)
    finally:
        ledger.close()


def test_there_and_back(source: str, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries, columns, tiles, names, references, commands with their digests, checkpoints and root are the same."""
    monkeypatch.setattr("ledger.maintenance.copy.BATCH", 50)
    contents = _all_of(source)
    assert len(contents["checkpoints"]) == 1  # type: ignore[arg-type]  # a list
    size, root, checkpoints = _copy(source, postgres_url)
    assert (contents["head"], 1) == ((size, contents["head"][1], root, contents["head"][3]), checkpoints)  # type: ignore[index]
    assert contents == _all_of(postgres_url)
    back = f"sqlite:///{tmp_path / 'back.db'}"
    _copy(postgres_url, back)
    assert contents == _all_of(back)


def test_a_target_that_is_not_empty(source: str, postgres_url: str) -> None:
    """An existing ledger is not replaced, in either store."""
    _copy(source, postgres_url)
    contents = _all_of(postgres_url)
    with pytest.raises(LedgerExists):
        _copy(source, postgres_url)
    with pytest.raises(LedgerExists):
        _copy(postgres_url, source)
    assert contents == _all_of(postgres_url) == _all_of(source)


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        ("DELETE FROM entries WHERE position = 40", "position 40 is missing"),
        ("UPDATE entries SET data = x'7b7d' WHERE position = 40", "position 40: "),
        ("DELETE FROM commands WHERE first = 1", "what it stores of the command"),
        ("UPDATE head SET root = zeroblob(32)", ""),
    ],
)
def test_a_damaged_ledger(source: str, postgres_url: str, damage: str, why: str) -> None:
    """A damaged ledger is not copied, and the target is empty; a root is computed, not copied."""
    with sqlite3.connect(source.removeprefix("sqlite:///")) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute(damage)
    db.close()
    if not why:
        ledger = open_ledger(source)
        assert ledger.store.head().root == _copy(source, postgres_url)[1]
        ledger.close()
        return
    with pytest.raises(NotCopied, match=why):
        _copy(source, postgres_url)
    with pytest.raises(NoLedger):
        open_ledger(postgres_url)


def _copy_until_killed(source: str, target: str, last: int, _: int) -> None:
    def progress(done: int) -> None:
        if done >= last:
            os.kill(os.getpid(), signal.SIGKILL)

    copy_ledger(open_ledger(source, reads=True), target, progress)


@pytest.mark.parametrize("last", [1, 150, 302])
def test_a_killed_copy(source: str, postgres_url: str, monkeypatch: pytest.MonkeyPatch, last: int) -> None:
    """A copy that is killed leaves no shorter ledger on the server, and the same command again makes the whole one."""
    monkeypatch.setattr("ledger.maintenance.copy.BATCH", 50)
    child, reading = forked(lambda writing: _copy_until_killed(source, postgres_url, last, writing))
    drained(reading)
    assert -signal.SIGKILL == os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    ledger = open_ledger(postgres_url)
    assert 0 == ledger.store.head().size
    with pytest.raises(EmptyLog):
        ledger.record(request("a", command="party register", name="Alpha"))
    ledger.close()
    _copy(source, postgres_url)
    assert _all_of(source) == _all_of(postgres_url)


def test_copies_at_once(source: str, postgres_url: str) -> None:
    """Of several processes that copy to one place, one makes the copy, and the others leave it as it is."""
    migrate.create(postgres_url)

    def work(writing: int) -> None:
        try:
            _copy(source, postgres_url)
        except LedgerExists:
            os.write(writing, b"exists\n")
        else:
            os.write(writing, b"made\n")

    started = [forked(work) for _ in range(3)]
    answers = sorted(drained(reading) for _, reading in started)
    for child, _ in started:
        os.waitpid(child, 0)
    assert ["exists\n", "exists\n", "made\n"] == answers
    assert _all_of(source) == _all_of(postgres_url)


def test_a_failed_copy_leaves_the_ledger_of_another(source: str, postgres_url: str) -> None:
    """A copy that made the schema and fails removes it only where nobody has recorded in it meanwhile."""

    def late() -> None:
        with created(postgres_url) as place:
            _copy(source, place)
            _copy(source, place)

    with pytest.raises(LedgerExists):
        late()
    assert _all_of(source) == _all_of(postgres_url)
