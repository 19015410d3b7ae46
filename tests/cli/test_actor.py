"""Who records: without an actor nothing is recorded; at a terminal it is asked for once, and kept."""

import os
from pathlib import Path

import pytest

from cli.main import run
from cli.session import Session
from cli.settings import BadSettingsFile, keep
from ledger.application.open import open_ledger
from ledger.application.request import Request, command_from
from ledger.domain.organisation.actors import BadActor, check_actor
from tests.cli.person import LEDGER, Person
from tests.cli.program import program
from tests.transcripts.terminal import Terminal

CONFIG = Path(".config") / "engagement-ledger" / "ledger.toml"
INIT = ("init", "--origin", "example.org/ledger", "--currency", "USD")


def _size(folder: Path) -> int:
    ledger = open_ledger(f"sqlite:///{folder / 'ledger.db'}")
    size = ledger.store.head().size
    ledger.close()
    return size


@pytest.mark.parametrize("actor", ["staff/17", "ids-0042", "1234567", "s/1", "os-account/1000"])
def test_staff_ids_are_taken(actor: str) -> None:
    """A word with a digit is a staff id."""
    check_actor(actor, None)


@pytest.mark.parametrize(
    "actor", ["Maria Rossi", "maria.rossi", "maria.rossi@itu.int", "m2@itu.int", "李 小龙", "大学", "J 2"]
)
def test_names_and_addresses_are_refused(actor: str) -> None:
    """A name, in any script, and a mail address are none."""
    with pytest.raises(BadActor):
        check_actor(actor, None)


def test_the_setting_says_what_a_staff_id_is() -> None:
    """With patterns, only they count."""
    check_actor("system/nightly", ("staff/[0-9]*", "system/*"))
    with pytest.raises(BadActor, match="not a staff id of this organisation"):
        check_actor("ids/17", ("staff/[0-9]*", "system/*"))


@pytest.mark.parametrize("line", [
    INIT, ("party", "register", "EY"), ("engagement", "extend", "E-1", "2027-01-01"),
    ("import", "tdag25", "register.csv"), ("void", "2", "--reason", "Mistake"),
])  # fmt: skip
def test_a_script_without_an_actor_records_nothing(folder: Path, tmp_path: Path, line: tuple[str, ...]) -> None:
    """Every command that records is refused, whatever the account of the system is."""
    before = _size(folder)
    (tmp_path / "register.csv").write_text("x\n", "utf-8")
    ended = program(folder, *line, before="import os; del os.environ['LEDGER_ACTOR']")
    assert (2, before) == (ended.code, _size(folder))
    assert "error: no-actor: " in ended.err
    assert "'ledger whoami staff/17'" in ended.err


def test_a_name_is_refused_by_every_way_of_recording(folder: Path) -> None:
    """Options, the environment, a file of settings, lines, and a program that uses the library."""
    before = _size(folder)
    (folder / "lines.jsonl").write_text('{"command": "party register", "name": "X", "actor": "Maria Rossi"}\n', "utf-8")
    name = "import os; os.environ['LEDGER_ACTOR'] = 'maria.rossi@itu.int'"
    for words, start in (
        (("party", "register", "X", "--actor", "Maria Rossi"), ""),
        (("party", "register", "X"), name),
        (("record", "lines.jsonl"), ""),
    ):
        ended = program(folder, *words, before=start)
        assert (2, True) == (ended.code, "error: bad-actor" in ended.err), ended.err
    ledger = open_ledger(f"sqlite:///{folder / 'ledger.db'}")
    command = command_from({"command": "party register", "name": "X"})
    with pytest.raises(BadActor):
        ledger.record(Request(commands=(command,), actor="Maria Rossi"))
    ledger.close()
    assert before == _size(folder)


def test_a_person_is_asked_once(folder: Path) -> None:
    """At a terminal the staff id is asked for, checked, and kept for the next command."""
    person = Person(folder, str(LEDGER), "party", "register", "Example University", LEDGER_ACTOR="")
    person.answers("not a name): ", "Maria Rossi")
    person.answers("not a name): ", "staff/7")
    person.answers("Keep staff/7?", "")
    rest, code = person.ends()
    assert (0, True) == (code, "kept in ~/.config/engagement-ledger/ledger.toml" in rest), rest
    assert 'actor = "staff/7"\n' == (folder / CONFIG).read_text("utf-8")
    rest, code = Person(folder, str(LEDGER), "party", "register", "Example College", LEDGER_ACTOR="").ends()
    assert (0, False) == (code, "Who records?" in rest), rest


def test_a_person_who_leaves_records_nothing(folder: Path) -> None:
    """Ctrl-C at the question ends the command, with nothing recorded and nothing kept."""
    before = _size(folder)
    person = Person(folder, str(LEDGER), "party", "register", "Example University", LEDGER_ACTOR="")
    person.leaves("not a name): ", "c")
    _, code = person.ends()
    assert (130, before, False) == (code, _size(folder), (folder / CONFIG).exists())


def test_keeping_leaves_the_rest_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comments and other settings stay, and the actor that stood there is replaced."""
    monkeypatch.chdir(tmp_path)
    Path("ledger.toml").write_text("# ours\nurl = 'sqlite:///a.db'\n  actor = 'staff/1' # me\n", "utf-8")
    keep("actor", "staff/2", in_folder=True)
    assert "# ours\nurl = 'sqlite:///a.db'\nactor = \"staff/2\"\n" == Path("ledger.toml").read_text("utf-8")
    Path("ledger.toml").write_text("actor = '''\nstaff/1'''\n", "utf-8")
    with pytest.raises(BadSettingsFile):
        keep("actor", "staff/2", in_folder=True)
    assert "actor = '''\nstaff/1'''\n" == Path("ledger.toml").read_text("utf-8")


def test_whoami_says_where(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Options override the environment, which overrides the folder, which overrides the user's own file."""
    assert ("staff/1, from LEDGER_ACTOR\n", 0) == terminal.type("ledger whoami")
    monkeypatch.delenv("LEDGER_ACTOR")
    terminal.type("ledger whoami staff/8")
    terminal.type("ledger whoami staff/9 --folder")
    assert ("staff/9, from ledger.toml\n", 0) == terminal.type("ledger whoami")
    Path("ledger.toml").unlink()
    assert ("staff/8, from ~/.config/engagement-ledger/ledger.toml\n", 0) == terminal.type("ledger whoami")


def test_no_account_of_the_system_is_recorded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A session without an actor has none."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr("os.environ", {**os.environ, "LEDGER_ACTOR": ""})
    assert Session().named_actor is None
    assert 2 == run(["whoami"])
