"""The help of commands that write names each argument and the values that it accepts."""

import re
from collections.abc import Iterator

import click
import pytest

from cli.main import COMMANDS, root
from cli.nouns.parameters import members
from cli.nouns.write import Writing
from ledger.domain.registry import COMMANDS as RECORDED


def _writing() -> dict[str, Writing]:
    context = click.Context(root, info_name="ledger")
    commands: dict[str, Writing] = {}
    for name in COMMANDS:
        command = root.get_command(context, name)
        verbs = {name: command}
        if isinstance(command, click.Group):
            verbs = {f"{name} {verb}": command.get_command(context, verb) for verb in command.list_commands(context)}
        commands |= {path: verb for path, verb in verbs.items() if isinstance(verb, Writing)}
    return commands


WRITING = _writing()


def _help(command: Writing) -> str:
    return command.get_help(click.Context(command, info_name="x", terminal_width=1000, max_content_width=1000))


def test_every_recorded_command_is_covered() -> None:
    """These tests read all commands of the catalogue, except those that have programs of their own, such as keys."""
    separate = {tag for tag in RECORDED if tag.partition(" ")[0] in ("ledger", "key", "definitions", "void")}
    assert set(RECORDED) - separate == {command.cls.tag() for command in WRITING.values()}


def _every_help(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _every_help(below, click.Context(below, info_name=name, parent=context))


def test_examples_stand_in_lines_of_their_own() -> None:
    """The mark that keeps the lines of an example is not printed, in the help of any command."""
    helps = dict(_every_help(root, click.Context(root, info_name="ledger")))
    assert len(helps) > len(COMMANDS)
    assert [] == [path for path, text in helps.items() if r"\b" in text or re.search(r"\S +Examples?:", text)]


@pytest.mark.parametrize("name", WRITING)
def test_arguments_have_distinct_metavars(name: str) -> None:
    """No two arguments of a command have the same metavar."""
    command = WRITING[name]
    metavars = [
        item.make_metavar(click.Context(command)) for item in command.params if isinstance(item, click.Argument)
    ]
    assert len(metavars) == len(set(metavars))


@pytest.mark.parametrize("name", WRITING)
def test_help_lists_the_choices(name: str) -> None:
    """The help lists the values of every argument or option that has a fixed list of them."""
    text = _help(WRITING[name])
    for member in members(WRITING[name].cls):
        assert [] == [choice for choice in member.choices if not re.search(rf"\b{choice}\b", text)], member.name


@pytest.mark.parametrize("name", WRITING)
def test_sentences_end_once_and_paragraphs_are_flush(name: str) -> None:
    """A question ends with its question mark alone, and no paragraph is formatted as an example."""
    text = _help(WRITING[name])
    assert [] == re.findall(r"[?!.]\.(?!\.)", text.replace("...", "…"))
    prose = text.partition("\n\n")[2].partition("Options:")[0].partition("Example:")[0]
    assert [] == [line for line in prose.splitlines() if line.startswith("   ")]
