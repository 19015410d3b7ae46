"""Faults of names, folders, files and the clock are sentences, not defects of the software."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.ending import DEFECT, SystemFault
from cli.main import run
from cli.session import Session
from tests.cli.program import program

LONG = "x" * 300


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a ledger of one entry."""
    folder = tmp_path / "office"
    folder.mkdir()
    assert 0 == program(folder, "init", "--origin", "example.org/ledger", "--currency", "USD").code
    (folder / "policy.txt").write_text("log x\n")
    return folder


NAMES = [
    ["--url", f"sqlite:///{LONG}", "party", "list"],
    ["--url", f"sqlite:///{LONG}", "init", "--origin", "a", "--currency", "USD"],
    ["--url", "sqlite:///a%00b", "party", "list"],
    ["--url", "postgresql://a%00b@localhost/x", "party", "list"],
    ["--url", "postgresql://localhost:1/x%00", "party", "list"],
    ["--guard", LONG, "party", "register", "A"],
    ["--guard", LONG, "guard", "start"],
    ["backup", LONG],
    ["backup", f"{LONG}/x"],
    ["restore", LONG, "--url", "sqlite:///r.db"],
    ["restore", "--published", LONG, "--url", "sqlite:///r.db"],
    ["restore", "--published", "p", "--url", f"sqlite:///{LONG}"],
    ["copy", "sqlite:///ledger.db", f"sqlite:///{LONG}"],
    ["record", LONG],
    ["record", "--each", LONG],
    ["import", "tdag25", LONG],
    ["import", LONG, "x.csv"],
    ["publish", LONG],
    ["publish", "site", "--policy", LONG],
    ["verify", "--bundle", LONG],
    ["verify", "--checkpoint", LONG],
    ["verify-proof", LONG, "--policy", "policy.txt"],
    ["verify-report", LONG, "--policy", "policy.txt"],
    ["witness", "show", "--state", LONG],
    ["witness", "init", "--name", "w.example/1", "--state", LONG],
    ["key", "new", "--keys", LONG],
    ["key", "new", "--passphrase-file", LONG],
    ["checkpoint", "show", "-o", LONG],
    ["prove", "1", "-o", LONG],
    ["report", "partnerships", "-o", LONG],
    ["show", "1", "--raw", "-o", LONG],
    ["document", "attach", "E", LONG, "--title", "T"],
    ["definitions", "show", "council", "-o", LONG],
]
"""Commands with a name of more than 255 bytes, or with a zero byte."""


def test_names_that_no_file_can_have(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that no file can have is refused with a sentence."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("LEDGER_ACTOR", "staff/1")
    monkeypatch.setenv("LEDGER_KEYS", str(folder.parent / "keys"))
    monkeypatch.setenv("LEDGER_NO_INPUT", "1")
    for words in NAMES:
        code, err = run(words), capsys.readouterr().err
        assert code in {2, 3, 4, 5}, (words, err)
        assert "error: " in err, words


@pytest.mark.parametrize("words", [["party", "list"], ["party", "register", "A"], ["verify"], ["--help"]])
def test_folder_that_is_gone(tmp_path: Path, words: list[str]) -> None:
    """A current folder that was removed is no defect."""
    here = tmp_path / "gone"
    here.mkdir()
    gone = f"import os; os.chdir({str(here)!r}); os.rmdir({str(here)!r})"
    ended = program(tmp_path, *words, before=gone)
    assert ended.code == (0 if words == ["--help"] else ended.code)
    assert 70 != ended.code, ended.err
    assert "internal" not in ended.err


def test_a_failing_disk(folder: Path) -> None:
    """EIO of a file is a fault of the system, which names the file; nothing was recorded."""
    (folder / "a.pdf").write_bytes(b"%PDF")
    failing = (
        "import errno, os\nimport ledger.files.attachments as attachments\n"
        "def failing(*args, **kwargs):\n    raise OSError(errno.EIO, os.strerror(errno.EIO), 'attachments/.half-1')\n"
        "attachments.Attachments.keep = failing\n"
    )
    assert 0 == program(folder, "party", "register", "A", "--ref", "A").code
    sign = "engagement sign E --title T --kind memorandum --party A"
    assert 0 == program(folder, *sign.split()).code
    ended = program(folder, "document", "attach", "E", "a.pdf", "--title", "T", before=failing)
    assert SystemFault.exit == ended.code
    assert ended.err.startswith("error: system-fault: The operating system reports a fault with attachments/.half-1: ")
    assert ended.err.endswith("note: nothing was recorded.\n")


@pytest.mark.parametrize("year", ["9999-12-31T23:59:59", "0001-01-01T00:00:00"])
def test_clock_at_the_end_of_time(folder: Path, monkeypatch: pytest.MonkeyPatch, year: str) -> None:
    """A clock at the first or last day that there is is no defect."""
    monkeypatch.chdir(folder)
    moment = datetime.fromisoformat(year).replace(tzinfo=UTC)
    for line in ("party register A", "party list", "next", "status", "totals", "changes", "verify"):
        assert run(line.split(), Session(clock=lambda: moment, actor="staff/1")) != DEFECT, line


def test_restore_of_a_device(folder: Path) -> None:
    """What is no file is no backup; it is not read to its end, which /dev/zero does not have."""
    ended = program(folder, "restore", "/dev/zero", "--url", "sqlite:///r.db")
    assert (5, True) == (ended.code, "bad-backup: /dev/zero cannot be restored: it is not a file" in ended.err), (
        ended.err
    )
    ended = program(folder, "restore", os.devnull, "--url", "sqlite:///r.db")
    assert 5 == ended.code, ended.err


def test_what_has_no_end_is_not_read_to_it(folder: Path) -> None:
    """A line of commands and a profile have a length that is read; a link may lead to a device."""
    (folder / "p.toml").symlink_to("/dev/zero")
    (folder / "list.csv").write_text("a,b\n1,2\n")
    for line, why in (
        (("record", "/dev/zero"), "/dev/zero cannot be read: line 1 has more than 16,777,216 bytes."),
        (("import", "p.toml", "list.csv"), "p.toml cannot be read: a profile has at most 1,048,576 bytes."),
        (("import", "--check-profile", "p.toml"), "p.toml cannot be read: a profile has at most 1,048,576 bytes."),
    ):
        ended = program(folder, *line)
        assert (2, True) == (ended.code, why in ended.err), ended
