"""What `ledger init` asks at a terminal, each question until its answer is valid, and the lists that it offers."""

from collections.abc import Callable

import click

from cli.messages import print_error
from cli.nouns.interview import ask_line
from cli.terminal import say_line
from ledger.domain.errors import LedgerError
from ledger.domain.fields import checked_reference
from ledger.domain.money import decimals
from ledger.domain.organisation.settings import checked_origin

LISTS = {
    "list.kinds": (
        "partnership agreement", "consultancy", "service contract", "grant agreement", "memorandum of understanding",
        "in-kind contribution",
    ),
    "list.party-types": (
        "Governments", "UN organizations", "International organizations", "Private sector", "Academia", "Civil society",
    ),
    "list.roles": ("partner", "donor", "consultant", "vendor", "implementing partner"),
}  # fmt: skip
"""The usual lists: what most organisations tell apart. `ledger setting change` changes them."""


def valid_origin(text: str) -> str:
    """Return the name of a ledger. Raises BadReference, BadOrigin."""
    checked_origin(checked_reference(text))
    return text


def valid_currency(text: str) -> str:
    """Return the code of a currency in capitals. Raises UnknownCurrency."""
    decimals(text.upper())
    return text.upper()


def asked(question: str, valid: Callable[[str], str]) -> str:
    """Ask until the answer is valid. Raises Abort."""
    while True:
        try:
            return valid(ask_line(question))
        except LedgerError as error:
            print_error(error)


def asked_lists() -> bool:
    """Ask whether to begin with the usual lists. Raises Abort."""
    for name, items in LISTS.items():
        say_line(f"  {name}: {', '.join(items)}", err=True)
    return click.confirm("Accept only these kinds, types and roles? They can be changed", default=False, err=True)
