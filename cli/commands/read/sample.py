"""`ledger sample`: draws entries of the log at random, in a way that anybody can repeat."""

from array import array
from collections.abc import Sequence
from typing import Any

import click

from cli.commands.read.log import show_entries
from cli.commands.read.log_rows import COLUMNS, Entries, LogRows, Named
from cli.nouns.party_names import LedgerNames
from cli.options.as_of import reading, viewing
from cli.options.listing import Asked, Selection, list_options
from cli.session import Session, pass_session
from ledger.domain.errors import USAGE, LedgerError


class TooFewDrawn(LedgerError):
    """A sample by amount is smaller than the number of its strata."""

    code = "sample-too-small"
    exit = USAGE

    def __init__(self, size: int, strata: int) -> None:
        """Refuse `size`, since there are `strata`."""
        super().__init__(
            f"A sample of {size} has no entry of each of the {strata} strata.",
            f"Give --size {strata} or more, or select fewer entries with --where.",
        )


@click.command()
@click.option("--size", type=click.IntRange(min=1), required=True, metavar="NUMBER", help="How many entries to draw.")
@click.option("--seed", required=True, metavar="SEED", help="Any text: the same seed draws the same entries.")
@click.option("--by-amount", is_flag=True, help="Draw from each order of magnitude of the amounts, in each currency.")
@list_options(COLUMNS, limit="")
@reading()
@pass_session
def sample(
    session: Session,
    /,
    size: int,
    seed: str,
    by_amount: bool,
    on: str | None,
    known_at: str | None,
    form: str | None,
    **given: Any,
) -> None:
    """Draw entries of the log at random: the same seed draws the same entries, on any machine.

    The entries drawn are those with the lowest SHA-256 of SEED:POSITION (docs/auditor.md). With --where, they are drawn
    from those that the filter lets through; with --by-amount, from entries with an amount.

    \b
    Examples:
      ledger sample --size 20 --seed "audit 2026"
      ledger sample --size 20 --seed "audit 2026" --by-amount --where type=payment.made --where stands=yes
    """
    from projections.history.sample import Drawn, draw

    asked = Asked(**given)
    asked.check_output(form)
    with viewing(session, on, known_at, form) as view:
        selection = Selection(asked, COLUMNS, view.on, LedgerNames(view))
        entries, rows = Entries(view, on, Named()), LogRows(view, selection, {"amount"} if by_amount else ())
        population: Sequence[int] = range(1, view.known_at + 1)
        amounts: dict[int, list[str]] | None = None
        if by_amount:
            amounts = {entry.position: rows.whole(entry)["amount"] for entry in rows.passing(entries.__iter__)}
            population = [*amounts]
        elif selection.filters:
            population = array("q", (entry.position for entry in rows.passing(entries.__iter__)))
        elif on is not None:
            population = array("q", (entry.position for entry in entries))
        drawn: Drawn = draw(population, size, seed, amounts)
        if drawn.strata > size:
            raise TooFewDrawn(size, drawn.strata)
        selection.filters = []
        positions: Sequence[int] = drawn.positions
        if selection.sort:
            positions = rows.in_order(entries.at(positions))
        words = f"{len(positions)} of {drawn.population} entries, seed {seed}"
        words += f", {drawn.strata} strata by amount" if by_amount else ""
        show_entries(view, entries, positions, rows, selection, words)
