"""The nouns that staff type, with their verbs: writing verbs come from the domain, reading verbs are added here."""

from typing import Any

import click

from cli.lazy import LazyGroup
from cli.noun_registry import NOUNS
from cli.nouns.write import command_for
from ledger.domain.registry import COMMANDS


class NounGroup(LazyGroup):
    """A noun: its writing verbs are made from the domain's commands, its reading verbs imported when called."""

    def __init__(self, noun: str) -> None:
        """Collect the verbs of the noun."""
        record = NOUNS[noun]
        self.writing = {tag.partition(" ")[2]: cls for tag, cls in COMMANDS.items() if tag.partition(" ")[0] == noun}
        table = {verb: ("", (cls.__doc__ or "").partition("\n")[0]) for verb, cls in self.writing.items()}
        table["list"] = (f"cli.nouns.list:{noun}", record.list_help)
        table["show"] = (f"cli.nouns.show:{noun}", record.show_help)
        table |= record.reads
        super().__init__(noun, table=table, help=record.help)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the writing verb, or import the reading one."""
        if cmd_name in self.writing:
            return command_for(self.writing[cmd_name], cmd_name)
        return super().get_command(ctx, cmd_name)


def __getattr__(name: str) -> Any:
    if name in NOUNS:
        return NounGroup(name)
    raise AttributeError(name)
