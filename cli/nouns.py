"""The nouns that staff type, with their verbs: those that write come from the domain, those that read stand beside."""

from typing import Any

import click

from cli.lazy import LazyGroup
from cli.writing import command_for
from ledger.domain.catalogue import COMMANDS
from ledger.domain.voiding import VoidEntries

LISTS = {
    "party": "List third parties.",
    "engagement": "List engagements.",
    "contribution": "List contributions by payer.",
    "order": "List service orders.",
    "payment": "List payments.",
    "outcome": "List outcomes.",
    "disclosure": "List documents that disclosed.",
    "rate": "List rates of exchange.",
    "setting": "List settings in force.",
}
SHOWS = {
    "party": "Show a third party.",
    "engagement": "Show an engagement.",
    "contribution": "Show what was committed, paid in and refunded to an engagement.",
    "order": "Show a service order.",
    "payment": "Show a payment.",
    "outcome": "Show an outcome.",
    "disclosure": "Show what a document disclosed.",
    "rate": "Show the rate that counts for a pair of currencies.",
    "setting": "Show a setting.",
}
HELP = {
    "party": "Third parties: the outside organisations.",
    "engagement": "Engagements with third parties.",
    "contribution": "Contributions: what payers commit, pay in and get back.",
    "order": "Service orders under engagements.",
    "payment": "Payments under service orders.",
    "outcome": "Outcomes of engagements.",
    "disclosure": "Documents that told a body about engagements.",
    "rate": "Rates of exchange.",
    "setting": "Settings that change figures, or what is accepted.",
}


class Noun(LazyGroup):
    """A noun: its writing verbs are made from the domain's commands, its reading verbs imported when called."""

    def __init__(self, noun: str) -> None:
        """Know the verbs of the noun."""
        self.writing = {tag.partition(" ")[2]: cls for tag, cls in COMMANDS.items() if tag.partition(" ")[0] == noun}
        table = {verb: ("", (cls.__doc__ or "").partition("\n")[0]) for verb, cls in self.writing.items()}
        table["list"] = (f"cli.reading.lists:{noun}", LISTS[noun])
        table["show"] = (f"cli.reading.shows:{noun}", SHOWS[noun])
        super().__init__(noun, table=table, help=HELP[noun])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the writing verb, or import the reading one."""
        if cmd_name in self.writing:
            return command_for(self.writing[cmd_name], cmd_name)
        return super().get_command(ctx, cmd_name)


def __getattr__(name: str) -> Any:
    if name == "void":
        return command_for(VoidEntries, "void")
    if name in HELP:
        return Noun(name)
    raise AttributeError(name)
