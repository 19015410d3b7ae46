"""`ledger help`: the help of a command or of a group of commands."""

import click

from cli.command_groups import group_of
from cli.terminal import say


@click.command("help")
@click.argument("words", nargs=-1, metavar="[COMMAND...]")
@click.pass_context
def help_(context: click.Context, words: tuple[str, ...]) -> None:
    """Show the help of a command, or of a group of commands.

    The groups are start, record, money, judge, tell, look, put-right, trust and keep.

    \b
    Examples:
      ledger help party register
      ledger help trust
    """
    top = context.find_root()
    if not words:
        say(top.get_help())
        return
    assert isinstance(top.command, click.Group)
    group = group_of(" ".join(words)) if words[0] not in top.command.list_commands(top) else None
    if group is None:
        say(_of_command(top, words))
        return
    formatter = top.make_formatter()
    formatter.write_text(f"{group.name}:")
    with formatter.indentation():
        table = top.command.table  # type: ignore[attr-defined]
        formatter.write_dl([(name, table[name][1]) for name in group.commands])
    say(formatter.getvalue().rstrip("\n"))


def _of_command(context: click.Context, words: tuple[str, ...]) -> str:
    rest = list(words)
    while rest:
        command = context.command
        if not isinstance(command, click.Group):
            raise click.UsageError(f"'{context.command_path}' has no command '{rest[0]}'.", context)
        name, found, _ = command.resolve_command(context, rest[:1])
        assert found is not None
        context, rest = click.Context(found, context, name), rest[1:]
    return context.get_help()
