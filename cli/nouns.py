"""The nouns that staff type, with their verbs: those that write come from the domain, those that read stand beside."""

from typing import Any

import click

from cli.lazy import LazyGroup
from cli.writing import command_for
from ledger.domain.catalogue import COMMANDS
from ledger.domain.voiding import VoidEntries

READING: dict[str, dict[str, tuple[str, str]]] = {
    "party": {
        "list": ("cli.reading.parties:list_", "List third parties."),
        "show": ("cli.reading.parties:show", "Show a third party."),
    },
    "engagement": {
        "list": ("cli.reading.engagements:list_", "List engagements."),
        "show": ("cli.reading.engagements:show", "Show an engagement."),
    },
    "contribution": {
        "list": ("cli.reading.money:contributions", "List contributions by payer."),
        "show": ("cli.reading.money:contribution", "Show every movement of an engagement's contributions."),
    },
    "order": {
        "list": ("cli.reading.orders:list_", "List service orders."),
        "show": ("cli.reading.orders:show", "Show a service order."),
    },
    "payment": {
        "list": ("cli.reading.money:payments", "List payments."),
        "show": ("cli.reading.money:payment", "Show a payment."),
    },
    "outcome": {
        "list": ("cli.reading.outcomes:list_", "List outcomes."),
        "show": ("cli.reading.outcomes:show", "Show an outcome."),
    },
    "disclosure": {
        "list": ("cli.reading.documents:list_", "List documents that disclosed."),
        "show": ("cli.reading.documents:show", "Show what a document disclosed."),
    },
    "rate": {
        "list": ("cli.reading.rates:list_", "List rates of exchange."),
        "show": ("cli.reading.rates:show", "Show the rate that counts for a pair of currencies."),
    },
    "setting": {
        "list": ("cli.reading.settings:list_", "List settings in force."),
        "show": ("cli.reading.settings:show", "Show a setting."),
    },
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
        super().__init__(noun, table=table | READING[noun], help=HELP[noun])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the writing verb, or import the reading one."""
        if cmd_name in self.writing:
            return command_for(self.writing[cmd_name], cmd_name)
        return super().get_command(ctx, cmd_name)


def __getattr__(name: str) -> Any:
    if name == "void":
        return command_for(VoidEntries, "void")
    if name in READING:
        return Noun(name)
    raise AttributeError(name)
