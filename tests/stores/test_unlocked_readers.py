"""Readers who may not write beside the file, while others record: right answers, and no damage where there is none."""

import contextlib
import io
import json
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.main import run
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.party import RegisterParty
from ledger.stores.errors import ChangedUnderReader
from ledger.stores.open import open_store
from ledger.stores.selection import Wanted
from ledger.verify.procedure import verify_log
from tests.faults.processes import drained, forked
from tests.stores.nobody import NOBODY, as_nobody, needs_root

SECONDS = 60.0 if os.environ.get("LEDGER_SWEEP") else 6.0
BEFORE = 3_000
COMMANDS = (
    ["verify", "--log-only"], ["party", "list", "--format", "json"], ["log", "--format", "json"], ["verify"],
    ["status"], ["show", "2"],
)  # fmt: skip
pytestmark = needs_root


@pytest.fixture
def office() -> Iterator[Path]:
    """Return a folder that others may enter and not write, with a folder `home` of another user in it."""
    folder = Path(tempfile.mkdtemp(prefix="ledger-"))
    folder.chmod(0o755)
    (folder / "home").mkdir()
    os.chown(folder / "home", NOBODY, NOBODY)
    make_ledger(_url(folder), OpenLedger(origin="example.org/x", reporting_currency="USD"), "staff/1")
    yield folder
    shutil.rmtree(folder)


def _url(folder: Path) -> str:
    return f"sqlite:///{folder}/ledger.db"


def _record(folder: Path, count: int) -> None:
    """Record parties as a command of its own does: at its end, the write-ahead log is moved into the file."""
    ledger = open_ledger(_url(folder))
    start = ledger.store.head().size
    parties = tuple(RegisterParty(name=f"Party {start + n} {'x' * 200}") for n in range(count))
    ledger.record(Request(commands=parties, actor="staff/1"))
    ledger.close()


def _answer(words: list[str]) -> tuple[int, str]:
    """Run a command; return its exit code and what it printed."""
    text = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
        code = run(words)
        text.flush()
    return code, text.buffer.getvalue().decode()[-500:]


@pytest.mark.slow
def test_commands_beside_a_writer(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists, reports and verification of another user end with 0, whenever the writer moves its log into the file."""
    _record(office, BEFORE)
    monkeypatch.setenv("LEDGER_URL", _url(office))
    monkeypatch.setenv("HOME", str(office / "home"))
    with monkeypatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(office / "cache"))
        assert [0] * len(COMMANDS) == [_answer(words)[0] for words in COMMANDS]  # and everything is imported
    monkeypatch.setenv("XDG_CACHE_HOME", str(office / "home" / "cache"))
    end = time.monotonic() + SECONDS

    def write(writing: int) -> None:
        while time.monotonic() < end:
            _record(office, 400)
            time.sleep(0.3)

    def read(writing: int) -> None:
        os.chdir(office / "home")
        while time.monotonic() < end:
            for words in COMMANDS:
                os.write(writing, json.dumps([words, *_answer(words)]).encode() + b"\n")

    writer, silent = forked(write)
    reader, reading = as_nobody(read)
    answers = [json.loads(line) for line in drained(reading).splitlines()]
    os.close(silent)
    assert [0, 0] == [os.waitpid(child, 0)[1] for child in (writer, reader)]
    assert [] == [answer for answer in answers if answer[1] != 0]
    assert len(answers) >= len(COMMANDS)


def _read_while_it_changes(office: Path, read: Callable[[Callable[[], None]], list[Any]]) -> list[Any]:
    """Return what somebody without rights read: `read` calls its argument where entries are recorded meanwhile."""
    _record(office, BEFORE)
    store = open_store(_url(office))
    verify_log(store)  # and everything is imported
    store.close()
    opened, go = os.pipe(), os.pipe()

    def wait() -> None:
        os.write(opened[1], b".")
        os.read(go[0], 1)

    def answer_to(writing: int) -> None:
        os.write(writing, json.dumps(read(wait)).encode())

    reader, reading = as_nobody(answer_to)
    os.read(opened[0], 1)
    _record(office, 500)
    os.write(go[1], b".")
    answer: list[Any] = json.loads(drained(reading))
    assert 0 == os.waitpid(reader, 0)[1]
    return answer


def test_a_file_that_changes_under_the_reader(office: Path) -> None:
    """A query is answered from a private copy; a snapshot that was begun is given up, and the next one is right."""

    def read(wait: Callable[[], None]) -> list[Any]:
        store, other = open_store(_url(office), reads=True), open_store(_url(office), reads=True)
        sizes: list[Any] = [store.head().size]
        try:
            with other.reading():
                sizes.append(other.head().size)
                wait()
                sizes.append(len(list(other.rows())))
        except ChangedUnderReader as error:
            sizes.append(error.code)
        sizes += [len(list(store.rows())), store.head().size]
        store = open_store(_url(office))
        sizes += [store.head().size, len(verify_log(store).findings)]
        store.close()
        return sizes

    before, after = BEFORE + 1, BEFORE + 501
    expected = [before, before, "changed-under-reader", after, after, after, 0]
    assert expected == _read_while_it_changes(office, read)


def test_a_selection_goes_on_when_the_file_changes(office: Path) -> None:
    """Entries that are selected page by page are complete: after a change the next page is that of a private copy."""

    def read(wait: Callable[[], None]) -> list[Any]:
        store = open_store(_url(office), reads=True)
        entries = store.select(Wanted(1, BEFORE + 1))
        positions = [next(entries).position]
        wait()
        positions += [entry.position for entry in entries]
        return [positions[0], positions[-1], len(set(positions)), len(positions)]

    assert [1, BEFORE + 1, BEFORE + 1, BEFORE + 1] == _read_while_it_changes(office, read)


@pytest.fixture
def left(office: Path) -> Path:
    """Return a folder with what a killed writer left: a file and its log, which only a private copy can be read of."""
    ledger = open_ledger(_url(office))
    ledger.record(Request(commands=(RegisterParty(name="Alpha"),), actor="staff/1"))
    folder = office / "left"
    folder.mkdir()
    for name in ("ledger.db", "ledger.db-wal"):
        shutil.copyfile(office / name, folder / name)
    ledger.close()
    assert (folder / "ledger.db-wal").stat().st_size > 0
    return folder


@pytest.fixture
def own(office: Path) -> Path:
    """Return a folder for temporary files."""
    folder = office / "temporary"
    folder.mkdir()
    folder.chmod(0o777)
    return folder


def _read_in(own: Path, left: Path, *, dies: bool) -> Callable[[int], None]:
    """Return what reads the ledger with its copy in `own`, writes what it saw, and perhaps is killed then."""

    def read(writing: int) -> None:
        tempfile.tempdir = str(own)
        store = open_store(_url(left))
        os.write(writing, json.dumps([store.head().size, store.writable, len([*own.iterdir()])]).encode())
        if dies:
            os.kill(os.getpid(), signal.SIGKILL)
        store.close()

    return read


def test_a_write_ahead_log_in_a_folder_that_cannot_be_written(left: Path, own: Path) -> None:
    """What a killed writer left in its log is read, although the reader may not make the file of shared memory."""
    reader, reading = as_nobody(_read_in(own, left, dies=False))
    assert [2, False, 1] == json.loads(drained(reading))
    assert 0 == os.waitpid(reader, 0)[1]
    assert ["ledger.db", "ledger.db-wal"] == sorted(path.name for path in left.iterdir())
    assert [] == [*own.iterdir()]


def test_the_copy_of_a_killed_reader_is_removed(left: Path, own: Path) -> None:
    """The next reader of the same user removes what a killed one left, and nothing of one that reads."""
    for _ in range(2):
        reader, reading = as_nobody(_read_in(own, left, dies=True))
        assert [2, False, 1] == json.loads(drained(reading))
        assert signal.SIGKILL == os.waitpid(reader, 0)[1]
    assert 1 == len([*own.iterdir()])
    reader, reading = as_nobody(_read_in(own, left, dies=False))
    assert [2, False, 1] == json.loads(drained(reading))
    assert 0 == os.waitpid(reader, 0)[1]
    assert [] == [*own.iterdir()]
