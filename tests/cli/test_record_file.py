"""`ledger record`: the same file is recorded once, and nobody waits for its input."""

import fcntl
import hashlib
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Any

import pytest

from ledger.stores.sqlite import store
from ledger.stores.sqlite.store import SQLiteStore
from tests.cli.program import ROOT, START, program
from tests.transcripts.terminal import Terminal

GIFT = (
    '{"command": "contribution receive", "engagement": "E", "payer": "A", '
    '"amount": {"currency": "USD", "value": "10"}}\n'
)


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal in a folder with a ledger, an engagement and a file of five receipts of USD 10."""
    terminal = Terminal(tmp_path, monkeypatch)
    for line in (
        "init --origin example.org/ledger --currency USD",
        "party register A --ref A",
        "engagement sign E --title T --kind memorandum --party A",
        "contribution commit E A 'USD 1000.00'",
    ):
        answer, code = terminal.type(f"ledger {line}")
        assert 0 == code, answer
    (tmp_path / "five.jsonl").write_text(GIFT * 5)
    return terminal


def received(terminal: Terminal) -> str:
    """Return the money received, of all engagements."""
    answer, code = terminal.type("ledger log --type contribution.received --format csv")
    assert 0 == code, answer
    return f"{len(answer.splitlines()) - 2}0"  # but for the head, and the as-of on stderr


@pytest.mark.parametrize("each", ["", " --each"])
def test_the_same_file_is_recorded_once(terminal: Terminal, tmp_path: Path, each: str) -> None:
    """Given again, a file answers `recorded before`; five equal lines in it are five receipts."""
    for _ in range(3):
        assert 0 == terminal.type(f"ledger record five.jsonl{each}")[1]
        assert "50" == received(terminal)
    ids = terminal.type("ledger log --type contribution.received --format csv")[0]
    digest = hashlib.sha256((tmp_path / "five.jsonl").read_bytes()).hexdigest()
    assert all(f",record:{digest[:32]}:{number}," in ids for number in range(1, 6))
    assert 0 == terminal.type("ledger record five.jsonl --command-id on-purpose")[1]
    assert "100" == received(terminal)


def test_options_belong_to_the_command(terminal: Terminal) -> None:
    """With another effective date, the same file is refused: it is neither recorded twice nor silently not."""
    assert 0 == terminal.type("ledger record five.jsonl")[1]
    answer, code = terminal.type("ledger record five.jsonl --effective 2026-01-01")
    assert (4, True) == (code, "command-reused" in answer)
    assert "50" == received(terminal)


def test_refused_lines_are_corrected_where_they_stand(terminal: Terminal, tmp_path: Path) -> None:
    """The hint after refused lines of --each records them alone, once they are corrected."""
    path = tmp_path / "five.jsonl"
    path.write_text(GIFT * 2 + GIFT.replace('"E"', '"X"') + GIFT * 2)
    answer, code = terminal.type("ledger record five.jsonl --each")
    assert (3, "40") == (code, received(terminal))
    hint = answer.rpartition("then this records them alone: ")[2].strip()
    path.write_text(GIFT * 5)
    assert 0 == terminal.type(hint)[1]
    assert "50" == received(terminal)
    assert 0 == terminal.type(hint)[1]
    assert "50" == received(terminal)


def test_standard_input_is_new_each_time(terminal: Terminal) -> None:
    """The same lines from standard input are meant anew, unless an id says that they are the same."""
    for expected in ("10", "20"):
        assert 0 == terminal.type("ledger record -", GIFT)[1]
        assert expected == received(terminal)
    for _ in range(2):
        assert 0 == terminal.type("ledger record --command-id mine -", GIFT)[1]
        assert "30" == received(terminal)


def _unread(pipe: int) -> int:
    """Return how many bytes of a pipe nobody has read yet."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


@pytest.mark.parametrize("each", [[], ["--each"]])
def test_nobody_waits_for_the_input(tmp_path: Path, each: list[str]) -> None:
    """While `record -` waits for its input, others record."""
    assert 0 == program(tmp_path, "init", "--origin", "example.org/ledger", "--currency", "USD").code
    command = [sys.executable, "-c", START, "record", *each, "-"]
    environ = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "LEDGER_ACTOR": "staff/1", "PATH": ""}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as waiting:
        assert waiting.stdin is not None
        waiting.stdin.write('{"command": "party register", "name": "Slow"}\n')
        waiting.stdin.flush()
        while _unread(waiting.stdin.fileno()):
            time.sleep(0.01)
        quick = "import ledger.stores.sqlite.translation as translation\ntranslation.BUSY_SECONDS = 0.1\n"
        ended = program(tmp_path, "party", "register", "Quick", before=quick)
        assert 0 == ended.code, ended.err
        out, _ = waiting.communicate("")
    assert (0, True) == (waiting.returncode, "recorded at " in out)
    written = SQLiteStore(f"sqlite:///{tmp_path / 'ledger.db'}")
    assert 3 == written.head().size
    written.close()


def test_lines_are_committed_together(terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand lines by themselves take at most one commit for 20; a refused one takes none of the others with it."""
    lines = [GIFT.replace('"10"', f'"{number}"') for number in range(1, 1001)]
    lines[499] = lines[499].replace('"E"', '"X"')
    lines[700:700] = ["\n", "not JSON\n"]
    (tmp_path / "many.jsonl").write_text("".join(lines))
    commits = 0
    commit = vars(store)["commit"]

    def counted(*args: Any) -> Any:
        nonlocal commits
        commits += 1
        return commit(*args)

    monkeypatch.setattr(store, "commit", counted)
    answer, code = terminal.type("ledger record --each many.jsonl")
    assert 3 == code
    said = [line.split(":")[0] for line in answer.splitlines() if line.startswith("line ") and "hint" not in line]
    assert [f"line {number}" for number in range(1, 1003) if number != 701] == said
    assert commits <= 1000 / 20
    assert 999 == len(terminal.type("ledger log --type contribution.received --format csv")[0].splitlines()) - 2


def test_a_line_builds_on_those_before_it(terminal: Terminal, tmp_path: Path) -> None:
    """Lines that are committed together read what those before them recorded, and nothing of those refused."""
    (tmp_path / "some.jsonl").write_text(
        '{"command": "party register", "name": "Beta"}\n'
        '{"command": "engagement sign", "engagement": "F", "title": "F", "kind": "memorandum", '
        '"parties": [{"party": "Beta"}, {"party": "Nobody"}]}\n'
        '{"command": "engagement sign", "engagement": "F", "title": "F", "kind": "memorandum", '
        '"parties": [{"party": "Beta"}]}\n'
        '{"command": "party register", "name": "Beta"}\n'
        '{"command": "engagement amend", "engagement": "F", "title": "G"}\n'
    )
    answer, code = terminal.type("ledger record --each some.jsonl")
    told = [line for line in answer.splitlines() if "hint" not in line]
    assert 3 == code
    assert ["line 1: recorded", "line 2: error", "line 3: recorded", "line 4: error", "line 5: recorded"] == [
        " ".join(line.split(" ")[:3]).removesuffix(":") for line in told
    ]
    assert ("verified", 0) == (terminal.type("ledger verify")[0].split(" ")[0], terminal.type("ledger verify")[1])


def test_a_person_gets_the_receipt_of_each_line(tmp_path: Path) -> None:
    """Who gives one line, and waits, gets its receipt before the next."""
    assert 0 == program(tmp_path, "init", "--origin", "example.org/ledger", "--currency", "USD").code
    command = [sys.executable, "-c", START, "record", "--each", "-"]
    environ = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "LEDGER_ACTOR": "staff/1", "PATH": ""}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environ | {"PYTHONUNBUFFERED": "1"}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    ) as waiting:  # fmt: skip
        assert waiting.stdin is not None
        assert waiting.stdout is not None
        for number in range(1, 4):
            waiting.stdin.write(f'{{"command": "party register", "name": "Party {number}"}}\n')
            waiting.stdin.flush()
            assert waiting.stdout.readline().startswith(f"line {number}: recorded at {number + 1}")
        waiting.communicate("")
