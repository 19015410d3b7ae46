"""What is told on stderr: errors, warnings and hints, in colour where a terminal shows any."""

import click

from cli.presenting import colours
from ledger.domain.errors import LedgerError


def say(error: LedgerError) -> None:
    """Print an error on stderr: code, sentence, and the hint on a line of its own."""
    _say("error", error)


def warn(error: LedgerError) -> None:
    """Print on stderr what does not keep the command from going on, as an error is."""
    _say("warning", error)


def _say(what: str, error: LedgerError) -> None:
    tell(what, f"{error.code}: {error.sentence}")
    if error.hint:
        tell("hint", error.hint)


def tell(what: str, text: str) -> None:
    """Print a line on stderr that begins with `error:`, `warning:` or `hint:`, which a terminal shows in colour."""
    colour = {"error": "red", "warning": "yellow"}.get(what, "cyan")
    label = click.style(f"{what}:", fg=colour, bold=None if what == "hint" else True)
    click.echo(f"{label} {text}", err=True, color=colours())
