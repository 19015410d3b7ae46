"""Groups that import a command only when it is called, which keeps help and completion fast."""

import importlib
from functools import cached_property
from typing import Any

import click

FEW = 10
"""The answer to an unknown name lists all commands of a group that has no more than this."""


class UnknownCommand(click.UsageError):
    """There is no such command; the hint names those that may be meant."""

    def __init__(self, ctx: click.Context, name: str, meant: str) -> None:
        """Take the name that was typed, and a sentence with what may be meant, if anything is known."""
        super().__init__(f"There is no command '{name}'.", ctx)
        self.hint = meant


class NamedGroup(click.Group):
    """A group that answers an unknown name with those that may be meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Resolve a command. Raises UnknownCommand, with those that may be meant."""
        name = args[0]
        if not self.knows(ctx, name) and not name.startswith("-"):
            raise UnknownCommand(ctx, name, self.meant(ctx, name))
        return super().resolve_command(ctx, args)

    def knows(self, ctx: click.Context, name: str) -> bool:
        """Return whether there is a command with this name."""
        return name in self.list_commands(ctx)

    def meant(self, ctx: click.Context, name: str) -> str:
        """Return a sentence with the commands that somebody may mean by this name; empty if none is like it."""
        import difflib

        from cli.tried_words import verbs_meant

        names = self.list_commands(ctx)
        near = verbs_meant(name, tuple(names)) or difflib.get_close_matches(name, names, n=3)
        quoted = [f"'{ctx.command_path} {verb}'" for verb in near]
        if near:
            return f"Did you mean {' or '.join(quoted)}?"
        return f"There are {', '.join(names)}." if len(names) <= FEW else ""


class LazyGroup(NamedGroup):
    """A group with the name, import path and short help of each command, known without importing it."""

    def __init__(self, *args: Any, table: dict[str, tuple[str, str]], **kwargs: Any) -> None:
        """Take the table of commands: name to `module:attribute` and help."""
        super().__init__(*args, **kwargs)
        self._given = table

    @cached_property
    def table(self) -> dict[str, tuple[str, str]]:
        """The commands: name to `module:attribute` and help."""
        return self._given

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table, which follows the work."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        return imported(self.table[cmd_name][0]) if cmd_name in self.table else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in self.table.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Complete names without importing commands."""
        from click.shell_completion import CompletionItem

        own = [CompletionItem(name, help=text) for name, (_, text) in self.table.items() if name.startswith(incomplete)]
        return own + click.Command.shell_complete(self, ctx, incomplete)


def imported(place: str) -> click.Command:
    """Return the command at `module:attribute`."""
    module, _, name = place.partition(":")
    command: click.Command = getattr(importlib.import_module(module), name)
    return command
