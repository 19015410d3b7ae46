"""What is said of the outcome is so, however a command ends: full or closed output, signals, faults in a later step."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.ending import NotShown
from ledger.stores.sqlite.store import SQLiteStore
from tests.cli.program import Ended, program, signal_at

AT_COMMIT = "cli.outcome:Outcome.begins"
COMMITTED = "cli.outcome:Outcome.stands"
PARTY = ("party", "register", "Alpha (illustrative)")
LINES = b"".join(b'{"command": "party register", "name": "Party %d"}\n' % number for number in range(5))
REGISTER = Path(__file__).parents[2] / "demo" / "data" / "register.csv"


@pytest.fixture(autouse=True)
def _heeds_interrupts() -> Iterator[None]:
    """Let started programs heed Ctrl-C, also where the tests themselves run in the background and do not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a ledger of one entry, and a file of five commands."""
    folder = tmp_path / "office"
    folder.mkdir()
    assert 0 == program(folder, "init", "--origin", "example.org/ledger", "--currency", "USD").code
    (folder / "five.jsonl").write_bytes(LINES)
    return folder


def size(folder: Path) -> int:
    """Return the number of entries."""
    store = SQLiteStore(f"sqlite:///{folder / 'ledger.db'}")
    try:
        return store.head().size
    finally:
        store.close()


def to_full_disk(folder: Path, *words: str) -> Ended:
    """Run a command whose standard output is a full disk."""
    with Path("/dev/full").open("wb") as full:
        return program(folder, *words, out=full)


RECORDING = [
    ([*PARTY], 1, r"the command \S+, at position 2"),
    (["record", "five.jsonl"], 5, r"5 commands, at positions 2-6, the last record:[0-9a-f]{32}:5"),
    (["record", "--each", "five.jsonl"], 5, r"5 commands, at positions 2-6, the last record:[0-9a-f]{32}:5"),
    (["key", "new"], 1, r"the command \S+, at position 2"),
    (["definitions", "adopt", "council"], 1, r"the command \S+, at position 2"),
]


@pytest.mark.parametrize(("words", "entries", "expected"), RECORDING, ids=lambda value: str(value)[:24])
def test_output_on_a_full_disk(folder: Path, words: list[str], entries: int, expected: str) -> None:
    """What was recorded is said on stderr when the receipt cannot be printed; the exit code is that of the output."""
    ended = to_full_disk(folder, *words)
    assert NotShown.exit == ended.code, ended.err
    assert "error: not-shown: The output could not be written: No space left on device." in ended.err
    assert re.fullmatch(f"recorded: {expected}.", ended.recorded), ended.err
    assert 1 + entries == size(folder)


def test_files_made_and_output_on_a_full_disk(folder: Path) -> None:
    """The same holds for what is made: a ledger, a backup, a copy, a guard, a checkpoint, a published folder."""
    assert 0 == program(folder, "key", "new").code
    for words, expected in (
        (["--url", "sqlite:///b.db", "init", "--origin", "b", "--currency", "USD"], "the ledger sqlite:///b.db"),
        (["backup", "b.zip"], "the backup b.zip"),
        (["restore", "b.zip", "--url", "sqlite:///r.db"], "the ledger sqlite:///r.db"),
        (["copy", "sqlite:///ledger.db", "sqlite:///c.db"], "the ledger sqlite:///c.db"),
        (["checkpoint"], "the checkpoint of 2 entries ('ledger checkpoint show 2' prints it)"),
        (["publish", "site"], "2 entries are published in site"),
        (["--guard", "guard", "guard", "start"], "the rollback guard guard"),
        (["witness", "init", "--name", "w.example/1"], "the witness in witness"),
    ):
        ended = to_full_disk(folder, *words)
        assert (74, f"recorded: {expected}.") == (ended.code, ended.recorded), ended.err
    assert {"b.db", "b.zip", "r.db", "c.db", "site", "guard", "witness"} < {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("words", [["--help"], ["party", "list"], ["verify"]])
def test_reading_with_output_on_a_full_disk(folder: Path, words: list[str]) -> None:
    """A command that only reads says that its output is not whole, and of no recording."""
    ended = to_full_disk(folder, *words)
    assert (74, "") == (ended.code, ended.recorded)
    assert "not-shown" in ended.err


@pytest.mark.parametrize("words", [[*PARTY], ["record", "five.jsonl"], ["verify"], ["party", "list"], ["--help"]])
def test_closed_pipe(folder: Path, words: list[str]) -> None:
    """A reader that went away is no finding: exit code 141, and a line that says what was recorded."""
    reading, writing = os.pipe()
    os.close(reading)
    before = size(folder)
    ended = program(folder, *words, out=writing)
    os.close(writing)
    assert 141 == ended.code, ended.err
    assert (size(folder) > before) == bool(ended.recorded)
    assert "error" not in ended.err


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize(("at", "late"), [(AT_COMMIT, True), (COMMITTED, False), (COMMITTED, True)])
def test_signal_from_the_commit_to_the_receipt(folder: Path, name: str, at: str, late: bool) -> None:
    """A signal after the commit has begun changes nothing: the entry is recorded, and its receipt printed."""
    ended = program(folder, *PARTY, before=signal_at(at, name, late=late))
    assert (0, "") == (ended.code, ended.err)
    assert ended.out.startswith("recorded at 2 as P00001; ")
    assert 2 == size(folder)


@pytest.mark.parametrize(("name", "code", "word"), [("SIGINT", 130, "interrupted"), ("SIGTERM", 143, "terminated")])
def test_signal_before_the_commit(folder: Path, name: str, code: int, word: str) -> None:
    """Before the commit a signal ends the command, and nothing is recorded."""
    ended = program(folder, *PARTY, before=signal_at("ledger.application.transaction:UnitOfWork.perform", name))
    assert Ended(code, "", f"{word}: nothing was recorded.\n") == ended
    assert 1 == size(folder)


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_signal_during_a_backup_leaves_nothing(folder: Path, name: str, code: int) -> None:
    """SIGTERM ends a command as Ctrl-C does: temporary files are removed."""
    ended = program(folder, "backup", "b.zip", before=signal_at("ledger.verify.checkpoints:Checkpoints.__init__", name))
    assert code == ended.code, ended.err
    assert {"ledger.db", "five.jsonl"} == {path.name for path in folder.iterdir() if not path.name.startswith(".c")}


def test_signal_after_a_backup(folder: Path) -> None:
    """A backup that has its name when the signal comes is said to be made."""
    stop = (
        "import os, signal\nimport ledger.maintenance.backup as made\noriginal = made.back_up\n"
        "def stopped(*args):\n    original(*args)\n    os.kill(os.getpid(), signal.SIGTERM)\n"
        "made.back_up = stopped\n"
    )
    ended = program(folder, "backup", "b.zip", before=stop)
    assert (143, "recorded: the backup b.zip.") == (ended.code, ended.recorded)
    assert (folder / "b.zip").exists()


@pytest.mark.parametrize("each", [[], ["--each"]])
def test_interrupted_file(folder: Path, each: list[str]) -> None:
    """Of lines recorded by themselves those with a receipt are recorded, and the number is said."""
    together = "import cli.commands.write.command_lines as lines\nlines.TOGETHER = 2\n"
    ended = program(folder, "record", *each, "five.jsonl", before=together + signal_at(COMMITTED))
    if each:
        assert (130, 2) == (ended.code, len(ended.out.splitlines()))
        assert ended.recorded.startswith("recorded: 2 commands, at positions 2-3, the last record:")
        assert 3 == size(folder)
    else:
        assert (0, "") == (ended.code, ended.err)
        assert 6 == size(folder)
    assert 0 == program(folder, "record", *each, "five.jsonl").code
    assert 6 == size(folder)


def test_interrupted_import(folder: Path) -> None:
    """An import that is interrupted says how many rows it recorded, and what to type to go on."""
    part = "import ledger.importing.record as record\nrecord.PART = 10\n"
    words = ("import", "tdag25", str(REGISTER))
    ended = program(folder, *words, before=part + signal_at(COMMITTED, "SIGTERM"))
    assert 143 == ended.code
    assert re.match(r"recorded: 10 rows, at positions 2-\d+", ended.recorded), ended.err
    line = ended.err.split("give the same command: ")[1].strip()
    assert ["ledger", *words] == shlex.split(line)
    assert 0 == program(folder, *shlex.split(line)[1:]).code
    again = program(folder, *words, "--format", "json")
    assert (0, 0) == (again.code, json.loads(again.out)["entries"])


def _commit_that_hangs(*, late: bool) -> str:
    """Return code that sends two signals in a commit: after it reached the disk, or before."""
    return (
        "import os, signal\nimport ledger.stores.sqlite.store as store\noriginal = store.commit\n"
        "def stopped(*args):\n"
        + ("    original(*args)\n" if late else "")
        + "    os.kill(os.getpid(), signal.SIGINT); os.kill(os.getpid(), signal.SIGINT)\n    original(*args)\n"
        "store.commit = stopped\n"
    )


@pytest.mark.parametrize("late", [False, True])
def test_undo_of_an_import_signalled_twice(folder: Path, late: bool) -> None:
    """The hint undoes the import, or says that it is undone already: never twice."""
    (folder / "p.toml").write_text('kind = "parties"\n[columns]\nname = "Name"\n')
    (folder / "p.csv").write_text("Name\nExample Institute\n")
    assert 0 == program(folder, "import", "p.toml", "p.csv").code
    ended = program(folder, "import", "--undo", "1", before=_commit_that_hangs(late=late))
    assert 130 == ended.code, ended.err
    line = ended.err.split("it is recorded once: ")[1].strip()
    assert "ledger import --undo 1" == line
    again = program(folder, *shlex.split(line)[1:])
    assert (3 if late else 0, late) == (again.code, "import-undone" in again.err), again.err
    assert 3 == size(folder)


@pytest.mark.parametrize("words", [[*PARTY], ["record", "five.jsonl"], ["record", "-"], ["record", "--each", "-"]])
@pytest.mark.parametrize("late", [False, True])
def test_signalled_twice_in_a_commit(folder: Path, words: list[str], late: bool) -> None:
    """A second signal ends even a commit. Then the outcome is said to be unknown, and the hint is right either way."""
    ended = program(folder, *words, before=_commit_that_hangs(late=late), stdin=LINES)
    assert 130 == ended.code, ended.err
    assert "it is not known whether the command " in ended.err
    assert (size(folder) > 1) == late
    line = ended.err.split("it is recorded once: ")[1].splitlines()[0].removesuffix(" (with the same input)")
    again = program(folder, *shlex.split(line)[1:], stdin=LINES)
    assert 0 == again.code, again.err
    assert (2 if words == [*PARTY] else 6) == size(folder)


def test_impatient(folder: Path) -> None:
    """Signals that come while the end is reported do not cut it off."""
    stop = signal_at("ledger.application.transaction:UnitOfWork.perform")
    more = "import cli.ending as ending\noriginal_end = ending._say_interrupted\ndef again(*args):\n"
    more += (
        "    os.kill(os.getpid(), signal.SIGINT); os.kill(os.getpid(), signal.SIGINT)\n    return original_end(*args)\n"
    )
    ended = program(folder, *PARTY, before=f"{stop}{more}ending._say_interrupted = again\n")
    assert Ended(130, "", "interrupted: nothing was recorded.\n") == ended


def test_interrupted_while_it_starts() -> None:
    """Ctrl-C while Python imports the program ends it as any other, without a traceback."""
    code = "import os, signal\nimport cli.start\nos.kill(os.getpid(), signal.SIGINT)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (-2, b"") == (done.returncode, done.stderr)


def test_fault_in_a_later_step(folder: Path) -> None:
    """If a later step fails, its error is followed by what stands."""
    assert 0 == program(folder, "key", "new").code
    ended = program(folder, "checkpoint", "-o", "no-such-folder/x")
    assert 2 == ended.code
    assert "recorded: the checkpoint of 2 entries" in ended.err


def test_defect_after_the_commit(folder: Path) -> None:
    """A defect of the software after the commit says what was recorded, too."""
    stop = "import cli.output.receipts as receipts\nreceipts.in_words = None\n"
    ended = program(folder, *PARTY, before=stop)
    assert 70 == ended.code
    assert re.fullmatch(r"recorded: the command \S+, at position 2\.", ended.recorded)
