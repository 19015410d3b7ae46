"""The nouns that staff type, with their verbs: writing verbs come from the domain, reading verbs are added here."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from cli.lazy import LazyGroup, imported
from cli.noun_registry import NOUNS

if TYPE_CHECKING:
    from ledger.domain.kernel import Command


class NounGroup(LazyGroup):
    """A noun: its writing verbs are made from the domain's commands, its reading verbs imported when called.

    The domain is loaded only where its verbs are asked for.
    """

    def __init__(self, noun: str) -> None:
        """Take the reading verbs of the noun."""
        record = NOUNS[noun]
        reading = {
            "list": (f"cli.nouns.list:{noun}", record.list_help), "show": (f"cli.nouns.show:{noun}", record.show_help),
        }  # fmt: skip
        self.reading = {**reading, **record.reads}
        self.alone = record.alone
        super().__init__(noun, table=self.reading, help=record.help)

    @cached_property
    def writing(self) -> "dict[str, type[Command]]":
        """The writing verbs."""
        from ledger.domain.registry import COMMANDS

        return {tag.partition(" ")[2]: cls for tag, cls in COMMANDS.items() if tag.partition(" ")[0] == self.name}

    @cached_property
    def table(self) -> dict[str, tuple[str, str]]:
        """All verbs, the writing ones first."""
        help_of = {verb: (cls.__doc__ or "").partition("\n")[0] for verb, cls in self.writing.items()}
        return {**{verb: ("", text) for verb, text in help_of.items()}, **self.reading}

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words; without a verb, the one is meant that the noun alone stands for."""
        has_verb = bool(args) and (args[0] in ctx.help_option_names or not args[0].startswith("-"))
        return super().parse_args(ctx, args if has_verb or not self.alone else [self.alone, *args])

    def knows(self, ctx: click.Context, name: str) -> bool:
        """Return whether there is a verb with this name; the reading ones are known without the domain."""
        return name in self.reading or super().knows(ctx, name)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the writing verb, or import the reading one."""
        if cmd_name in self.reading:
            return imported(self.reading[cmd_name][0])
        if cmd_name in self.writing:
            from cli.nouns.write import command_for

            return command_for(self.writing[cmd_name], cmd_name)
        return None


def __getattr__(name: str) -> Any:
    if name in NOUNS:
        return NounGroup(name)
    raise AttributeError(name)
