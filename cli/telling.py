"""What is told on stderr: errors and hints, in colour where a terminal shows any."""

import click

from cli.presenting import colours
from ledger.domain.errors import LedgerError


def say(error: LedgerError) -> None:
    """Print an error on stderr: code, sentence, and the hint on a line of its own."""
    tell("error", f"{error.code}: {error.sentence}")
    if error.hint:
        tell("hint", error.hint)


def tell(what: str, text: str) -> None:
    """Print a line on stderr that begins with `error:` or `hint:`, which a terminal shows in colour."""
    label = click.style(f"{what}:", fg="red" if what == "error" else "cyan", bold=True if what == "error" else None)
    click.echo(f"{label} {text}", err=True, color=colours())
