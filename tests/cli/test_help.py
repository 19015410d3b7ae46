"""What `--help` says of a command that writes: which argument is which, and what each can be."""

import re

import click
import pytest

from cli.main import COMMANDS, root
from cli.nouns.parameters import members
from cli.nouns.write import Writing
from ledger.domain.registry import COMMANDS as RECORDED


def _writing() -> dict[str, Writing]:
    context = click.Context(root, info_name="ledger")
    found: dict[str, Writing] = {}
    for name in COMMANDS:
        command = root.get_command(context, name)
        held = {name: command}
        if isinstance(command, click.Group):
            held = {f"{name} {verb}": command.get_command(context, verb) for verb in command.list_commands(context)}
        found |= {called: one for called, one in held.items() if isinstance(one, Writing)}
    return found


WRITING = _writing()


def _help(command: Writing) -> str:
    return command.get_help(click.Context(command, info_name="x", terminal_width=1000, max_content_width=1000))


def test_each_command_that_is_recorded_is_there() -> None:
    """These tests look at all commands of the catalogue but those that other commands make: of keys, and the like."""
    made = {tag for tag in RECORDED if tag.partition(" ")[0] in ("ledger", "key", "definitions")}
    assert set(RECORDED) - made == {command.cls.tag() for command in WRITING.values()}


@pytest.mark.parametrize("name", WRITING)
def test_arguments_are_told_apart(name: str) -> None:
    """No two arguments are called the same, so that a reader knows which party or document is meant."""
    command = WRITING[name]
    told = [one.make_metavar(click.Context(command)) for one in command.params if isinstance(one, click.Argument)]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("name", WRITING)
def test_what_can_be_chosen_is_told(name: str) -> None:
    """Whatever an argument or option can be, where that is fixed, stands in the help."""
    told = _help(WRITING[name])
    for member in members(WRITING[name].cls):
        assert [] == [choice for choice in member.choices if not re.search(rf"\b{choice}\b", told)], member.name


@pytest.mark.parametrize("name", WRITING)
def test_sentences_end_once_and_paragraphs_are_flush(name: str) -> None:
    """A question ends in its mark alone, and no paragraph is set in like an example."""
    told = _help(WRITING[name])
    assert [] == re.findall(r"[?!.]\.(?!\.)", told.replace("...", "…"))
    prose = told.partition("\n\n")[2].partition("Options:")[0].partition("Example:")[0]
    assert [] == [line for line in prose.splitlines() if line.startswith("   ")]
