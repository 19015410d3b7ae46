"""The nouns that staff type, with their verbs: writing verbs come from the domain, reading verbs are added here."""

from typing import Any

import click

from cli.lazy import LazyGroup
from cli.nouns.write import command_for
from ledger.domain.registry import COMMANDS
from ledger.domain.voiding import VoidEntries

LISTS = {
    "party": "List third parties.",
    "engagement": "List engagements.",
    "analysis": "List strategic analyses.",
    "materiality": "List assessments of materiality.",
    "risk": "List risks of engagements, each as last assessed.",
    "conflict": "List conflicts of interest: those declared, and those that the records imply.",
    "contribution": "List contributions by payer.",
    "order": "List service orders.",
    "payment": "List payments.",
    "outcome": "List outcomes, planned and reached.",
    "review": "List reviews, due and held.",
    "action": "List what reviews asked for.",
    "document": "List documents attached to engagements.",
    "disclosure": "List disclosures, published and in preparation.",
    "rate": "List rates of exchange.",
    "setting": "List settings in force.",
}
SHOWS = {
    "party": "Show a third party.",
    "engagement": "Show an engagement.",
    "analysis": "Show the strategic analysis of an engagement.",
    "materiality": "Show the materiality of an engagement, and why.",
    "risk": "Show a risk of an engagement as last assessed.",
    "conflict": "Show a conflict of interest.",
    "contribution": "Show what was committed, paid in, refunded and given in kind to an engagement.",
    "order": "Show a service order.",
    "payment": "Show a payment.",
    "outcome": "Show an outcome, planned and reached.",
    "review": "Show a review and what it asked for.",
    "action": "Show what a review asked for, and how it was done.",
    "document": "Show an attached document.",
    "disclosure": "Show what a document discloses, or is planned to, and what corrected it.",
    "rate": "Show the rate in force for a pair of currencies.",
    "setting": "Show a setting.",
}
HELP = {
    "party": "Third parties: the outside organisations.",
    "engagement": "Engagements with third parties.",
    "analysis": "Strategic analysis: why an engagement, and not something else.",
    "materiality": "Materiality: whether an engagement matters for its money or its strategic weight.",
    "risk": "Risks of engagements.",
    "conflict": "Conflicts of interest.",
    "contribution": "Contributions: what payers commit, pay in, get back, and give in kind.",
    "order": "Service orders under engagements.",
    "payment": "Payments under service orders.",
    "outcome": "Outcomes of engagements: what is planned, what was reached.",
    "review": "Periodic reviews of engagements.",
    "action": "Actions that reviews asked for.",
    "document": "Documents attached to engagements, stored by their SHA-256.",
    "disclosure": "Documents that disclose engagements to a body, published or in preparation.",
    "rate": "Rates of exchange.",
    "setting": "Settings that change figures or accepted values.",
}
READS = {
    "document": {"save": ("cli.nouns.save_document:save", "Write the file of a document, checked against its SHA-256.")}
}
"""Verbs that read, in addition to `list` and `show`."""


class Noun(LazyGroup):
    """A noun: its writing verbs are made from the domain's commands, its reading verbs imported when called."""

    def __init__(self, noun: str) -> None:
        """Collect the verbs of the noun."""
        self.writing = {tag.partition(" ")[2]: cls for tag, cls in COMMANDS.items() if tag.partition(" ")[0] == noun}
        table = {verb: ("", (cls.__doc__ or "").partition("\n")[0]) for verb, cls in self.writing.items()}
        table["list"] = (f"cli.nouns.list:{noun}", LISTS[noun])
        table["show"] = (f"cli.nouns.show:{noun}", SHOWS[noun])
        table |= READS.get(noun, {})
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
