"""Messages on stderr: errors, warnings and hints, in colour on a terminal."""

import re

import click

from cli.terminal import colours
from ledger.domain.errors import LedgerError

_UNSEEN = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
"""Controls, what turns the direction of writing, and what is no text at all: sentences repeat what stands in files."""


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
    text = re.sub(_UNSEEN, lambda match: ascii(match[0])[1:-1], text)
    click.echo(f"{label} {text}", err=True, color=colours())
