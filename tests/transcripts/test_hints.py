"""Every hint with a command: in a state made for its error the command is pasted, and what the hint promises holds.

The state is that of the transcript in which the error occurs, up to there, or one of `hints.STATES`. `hints.FOLLOW` has
what is typed next; each command that a hint quotes is typed.
"""

import inspect
import json
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterable, Iterator
from itertools import count, pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from cli.reference import import_all, known_errors
from tests.spec.signing import signing_key
from tests.transcripts.hints import ACTIONS, AGAIN, ELSEWHERE, FOLLOW, PASTE, STATES
from tests.transcripts.terminal import PROMPT, Terminal

TRANSCRIPTS = sorted(Path(__file__).parent.glob("*/*.transcript"))
QUOTED = re.compile(r"'(ledger [^']*)'")


SQLITE = """
import pathlib, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.create_function("readfile", 1, lambda name: pathlib.Path(name).read_bytes())
db.execute(sys.argv[2])
db.commit()
"""
"""Changes a ledger behind its back."""


class Typed(NamedTuple):
    """A line of a transcript, with what it gets on standard input."""

    line: str
    given: str


def with_commands() -> set[str]:
    """Return the codes of all errors whose hint may quote a command."""
    import_all()
    codes = set()
    for cls in known_errors():
        source = inspect.getsource(cls)
        module = inspect.getmodule(cls)
        constants = [str(getattr(module, name, "")) for name in re.findall(r"\b_?[A-Z][A-Z_]+\b", source)]
        if "'ledger " in source + " ".join(constants):
            codes.add(cls.code)
    return codes


def hints_in(answer: str) -> Iterator[tuple[str, str]]:
    """Yield the code and the hint of every error in an answer or transcript whose hint quotes a command."""
    lines = answer.splitlines()
    for line, following in pairwise(lines):
        code = re.search(r"(?:error|warning): ([a-z-]+): ", line) or re.search(r"row \d+, .*?: ([a-z-]+): ", line)
        if code and "hint: " in following and QUOTED.search(following):
            yield code[1], following.partition("hint: ")[2]


def _places() -> dict[str, Path]:
    """Return the first transcript that shows each code with a command in its hint."""
    places: dict[str, Path] = {}
    for path in TRANSCRIPTS:
        for code, _ in hints_in(path.read_text("utf-8")):
            if code not in STATES:
                places.setdefault(code, path)
    return places


PLACES = _places()


def test_every_hint_is_followed() -> None:
    """A new error whose hint quotes a command needs a line in `FOLLOW`, or a reason in `ELSEWHERE`."""
    codes = with_commands()
    assert set() == codes - set(FOLLOW) - set(ELSEWHERE)
    assert set() == (set(FOLLOW) | set(ELSEWHERE)) - {cls.code for cls in known_errors()}
    assert set() == set(FOLLOW) - set(PLACES) - set(STATES)
    assert set() == set(FOLLOW) & set(ELSEWHERE)


def _steps(path: Path) -> Iterator[Typed]:
    lines = iter(path.read_text("utf-8").splitlines())
    for line in lines:
        if line.startswith(PROMPT):
            command, given = line.removeprefix(PROMPT), []
            if command.endswith("<<END"):
                for row in lines:
                    if row == "END":
                        break
                    given.append(row + "\n")
            yield Typed(command.removesuffix("<<END"), "".join(given))


def _filled(terminal: Terminal, line: str) -> str:
    """Fill in the position of the last entry of a type, `{order.accepted}`, or the key of the log, `{key}`."""

    def value(match: re.Match[str]) -> str:
        if match[1] == "key":
            *_, key = re.finditer(r"^log (\S+)$", terminal.type("ledger key show")[0], re.MULTILINE)
            return key[1]
        if match[1] == "id":
            return value(re.fullmatch("{(key)}", "{key}") or match).split("+")[1]
        if match[1] == "sqlite":
            return f"{shlex.quote(sys.executable)} -c {shlex.quote(SQLITE)}"
        entries = json.loads(terminal.type(f"ledger log --type {match[1]} --format json")[0])
        return str(entries[-1]["position"])

    return re.sub(r"\{([a-z.]+)\}", value, line)


def _words(line: str) -> list[str]:
    """Return the words of a line without the options that name the ledger."""
    return shlex.split(re.sub(r"^ledger( --(url|guard|read-url) \S+)+", "ledger", line))


def _is_typed(quoted: str, lines: list[str]) -> bool:
    """Return whether one of the lines has the words of a quoted command, in order; words in capitals stand for any."""
    for line in lines:
        words = iter(_words(line))
        if all(word.isupper() or word == "…" or word in words for word in _words(quoted)):
            return True
    return False


def _follow(terminal: Terminal, code: str, steps: list[str], hint: str, refused: Typed) -> str:
    """Type the steps that follow the hint; return what does not hold, or nothing."""
    quoted: list[str] = QUOTED.findall(hint)
    typed: list[str] = []
    answer = ""
    for step in steps:
        if step.startswith("says: "):
            if step.removeprefix("says: ") not in answer:
                return f"{code}: {typed[-1]} does not say {step[6:]!r}: {answer}"
            continue
        expected, line = (int(step[0]), step[3:]) if step[1:3] == ": " else (0, step)
        lines = {PASTE: quoted, AGAIN: [refused.line]}.get(line, [line])
        for command in lines:
            filled = _filled(terminal, command.removeprefix("$ "))
            answer, ended = terminal.type(filled, refused.given if line == AGAIN else "")
            typed.append(filled)
            if ended != expected:
                return f"{code}: {filled}: {ended} and not {expected}: {answer}"
    missing = [command for command in quoted if not _is_typed(command, typed)]
    return f"{code}: not typed: {missing} of the hint: {hint}" if missing else ""


def _pipes(folder: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if Path(folder, name).is_fifo()]


def _in_a_copy(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, hint: str, refused: Typed
) -> str:
    # What follows the hint must not change the state for the rest of the transcript.
    copy, home = tmp_path / f"copy-{code}", tmp_path / f"copy-{code}-home"
    shutil.copytree(tmp_path / "office", copy, ignore=_pipes)
    shutil.copytree(os.environ["HOME"], home)
    for path in home.rglob("ledger.toml"):  # it lists folders that are the user's own
        path.write_text(path.read_text("utf-8").replace(str(tmp_path / "office"), str(copy)), "utf-8")
    numbers, now = count(100), terminal.clock.now
    with monkeypatch.context() as patched:
        patched.setattr("ledger.keys.keyring.new_secret", lambda: signing_key(next(numbers)).secret)
        for module in ("request", "transaction"):
            patched.setattr(f"ledger.application.{module}.new_id", lambda: f"after-the-hint-{next(numbers)}")
        patched.chdir(copy)
        patched.setenv("HOME", str(home))
        for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME"):
            patched.setenv(name, str(copy / f".{name}"))
        wrong = _follow(terminal, code, FOLLOW[code], hint, refused)
    terminal.clock.now = now
    return wrong


@pytest.mark.parametrize(
    "path",
    sorted({PLACES[code] for code in FOLLOW if code in PLACES}),
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_hints_of_a_transcript(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever follows the hint gets what it promises."""
    wanted = {code for code in FOLLOW if PLACES.get(code) == path}
    folder = tmp_path / "office"
    folder.mkdir()
    terminal = Terminal(folder, monkeypatch)
    wrong = []
    for step in _steps(path):
        answer, _ = terminal.type(step.line, step.given)
        for code, hint in hints_in(answer):
            if code in wanted:
                wanted.remove(code)
                wrong.append(_in_a_copy(terminal, tmp_path, monkeypatch, code, hint, step))
        if not wanted:
            break
    assert (set(), []) == (wanted, [fault for fault in wrong if fault])


MADE = {code: (state, FOLLOW[code]) for code, state in STATES.items()} | ACTIONS


@pytest.mark.parametrize("code", MADE)
def test_hints_of_a_state(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, in a state that no transcript shows with its hint."""
    folder = tmp_path / "office"
    folder.mkdir()
    terminal = Terminal(folder, monkeypatch)
    (*state, refused), steps = MADE[code]
    for line in state:
        answer, ended = terminal.type(_filled(terminal, line.removeprefix("$ ")))
        assert 0 == ended, (line, answer)
    answer, _ = terminal.type(refused)
    assert f"error: {code}: " in answer
    assert "" == _follow(terminal, code, steps, answer.rpartition("hint: ")[2], Typed(refused, ""))
