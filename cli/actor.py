"""Who records: taken from an option, the environment or `ledger.toml`; at a terminal it is asked for once, and kept."""

from collections.abc import Callable
from typing import NamedTuple

import click

from cli.messages import print_error
from cli.settings import keep, shown
from cli.terminal import say, say_line
from ledger.domain.errors import USAGE, LedgerError

KEPT = {"u": "for you, in every folder", "f": "for this folder", "n": "not at all"}
"""Where an actor can be kept, by the letter that is answered."""


class NoActor(LedgerError):
    """Nobody was named who records, and nobody can be asked."""

    code = "no-actor"
    exit = USAGE

    def __init__(self) -> None:
        """Ask for the staff id."""
        super().__init__(
            "Nothing says who records this, so nothing is recorded.",
            "Keep your staff id with 'ledger whoami staff/17', or give it as --actor or LEDGER_ACTOR.",
        )


class Actor(NamedTuple):
    """An actor, and where it was found."""

    name: str
    source: str


def ask_actor(check: Callable[[str], str]) -> str:
    """Ask for the staff id until `check` returns it, and keep it where the user says. Raises Abort, BadSettingsFile."""
    while True:
        try:
            actor = check(_asked("Who records? Your staff id, like staff/17 (not a name)"))
            break
        except LedgerError as error:
            print_error(error)
    where = ", ".join(f"{letter} {place}" for letter, place in KEPT.items())
    while (letter := _asked(f"Keep {actor}? ({where})", "u").casefold()) not in KEPT:
        say_line(f"Answer {', '.join(KEPT)}, or Enter for u.", err=True)
    if letter != "n":
        say_line(f"kept in {shown(keep('actor', actor, in_folder=letter == 'f'))}", err=True)
    return actor


def _asked(question: str, default: str = "") -> str:
    try:
        return str(click.prompt(question, default=default, show_default=False, err=True)).strip()
    except click.Abort:
        say(err=True)  # on Ctrl-C the line of the question is not ended yet
        raise
