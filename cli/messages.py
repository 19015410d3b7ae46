"""Messages on stderr: errors, warnings and hints, in colour on a terminal."""

import click

from cli.terminal import colours, visible_line
from ledger.domain.errors import LedgerError


def print_error(error: LedgerError) -> None:
    """Print an error on stderr: code, sentence, and the hint on a line of its own."""
    _print_error_as("error", error)


def print_warning(error: LedgerError) -> None:
    """Print a warning on stderr in the form of an error; the command continues."""
    _print_error_as("warning", error)


def _print_error_as(what: str, error: LedgerError) -> None:
    print_message(what, f"{error.code}: {error.sentence}")
    if error.hint:
        print_message("hint", error.hint)


def print_message(what: str, text: str) -> None:
    """Print a line on stderr that begins with `error:`, `warning:` or `hint:`, which a terminal shows in colour."""
    colour = {"error": "red", "warning": "yellow"}.get(what, "cyan")
    label = click.style(f"{what}:", fg=colour, bold=None if what == "hint" else True)
    click.echo(f"{label} {visible_line(text)}", err=True, color=colours())
