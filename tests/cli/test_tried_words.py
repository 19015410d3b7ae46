"""Help by what people do, and words that people try in place of a command."""

from pathlib import Path

import pytest

from cli.command_groups import GROUPS, Group
from cli.main import COMMANDS as TABLE
from cli.tried_words import COMMANDS, VERBS
from tests.transcripts.terminal import Terminal

SCREENS = 2 * 24
"""The lines of two screens."""


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal of 80 columns in an empty folder."""
    monkeypatch.setenv("COLUMNS", "80")
    return Terminal(tmp_path, monkeypatch)


def test_each_command_is_in_one_group() -> None:
    """Help lists each command once."""
    assert sorted(TABLE) == sorted(name for group in GROUPS for name in group.commands)


def test_help_fits_two_screens(terminal: Terminal) -> None:
    """The help of `ledger` takes two screens of 80 columns and 24 lines; `ledger help` prints the same."""
    text, code = terminal.type("ledger --help")
    assert (0, text) == (code, terminal.type("ledger help")[0])
    lines = text.splitlines()
    assert len(lines) <= SCREENS
    assert [] == [line for line in lines if len(line) > 80]
    assert all(name in text for name in TABLE)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_help_of_a_group(group: Group, terminal: Terminal) -> None:
    """`ledger help GROUP` lists the commands of a group, each with what it does; a command of that name comes first."""
    name = group.name.lower().replace(" ", "-")
    text, code = terminal.type(f"ledger help {name}")
    assert 0 == code
    if name not in TABLE:
        assert all(TABLE[command][1] in text for command in group.commands)


def test_a_group_of_two_words(terminal: Terminal) -> None:
    """A group whose name has two words is found with a space, too."""
    assert terminal.type("ledger help put-right") == terminal.type("ledger help put right")


def test_help_of_a_command(terminal: Terminal) -> None:
    """`ledger help party register` is `ledger party register --help`."""
    assert terminal.type("ledger party register --help") == terminal.type("ledger help party register")
    assert terminal.type("ledger verify --help") == terminal.type("ledger help verify")


@pytest.mark.parametrize("word", [word for words in COMMANDS for word in words.split()])
def test_words_tried_as_a_command(word: str, terminal: Terminal) -> None:
    """A word that people try is answered with commands that there are."""
    if word in TABLE:
        pytest.fail(f"'{word}' is a command")
    text, code = terminal.type(f"ledger {word}")
    hint = text.partition("hint: ")[2]
    assert 2 == code
    named = [part.split() for part in hint.split("'") if part.startswith("ledger ")]
    assert [] == [words for words in named if words[1] not in TABLE]
    for words in named:
        assert 0 == terminal.type(f"ledger help {' '.join(word for word in words[1:3] if word.islower())}")[1]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("party add", "party register"), ("engagement new", "engagement sign"), ("order create", "order issue"),
        ("payment add", "payment make"), ("engagement edit", "engagement amend"), ("order delete", "order cancel"),
        ("payment remove", "payment reverse"), ("party ls", "party list"), ("order view", "order show"),
        ("setting set", "setting change"), ("disclosure new", "disclosure publish"), ("risk add", "risk assess"),
    ],
)  # fmt: skip
def test_words_tried_after_a_noun(typed: str, meant: str, terminal: Terminal) -> None:
    """A verb that people try is answered with the verb that the noun has."""
    text, code = terminal.type(f"ledger {typed}")
    assert (2, True) == (code, f"'ledger {meant}'" in text)


def test_verbs_are_tried_once() -> None:
    """No list of verbs names a word twice."""
    for words in VERBS:
        assert len(words.split()) == len(set(words.split()))
