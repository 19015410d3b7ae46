"""How entries that were recorded late are told: how many, and which if that is asked for."""

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ledger.verify.backdated import Lateness


def late_plain(lateness: "Lateness") -> dict[str, Any]:
    """Return it as plain values; the entries themselves only where they are asked for."""
    told: dict[str, Any] = {"days": lateness.days, "recorded": lateness.recorded, "imported": lateness.imported}
    return told | ({"entries": [one._asdict() for one in lateness.found]} if lateness.listed else {})


def show_late(lateness: "Lateness") -> None:
    """Print a line on stderr if there are any; and, if asked for, a table of them."""
    from cli.output import Column, table_text  # noqa: PLC0415 - tables are loaded where there is one

    if lateness.found:
        columns = [Column("position", right=True), Column("stream"), Column("effective_on", "effective")]
        columns += [Column("recorded_on", "recorded"), Column("days", right=True), Column("imported")]
        rows = [one._asdict() | {"imported": "yes" if one.imported else "no"} for one in lateness.found]
        click.echo(table_text(rows, columns))
    if lateness.recorded or lateness.imported or lateness.listed:
        how = "" if lateness.listed else f"; --back-dated {lateness.days} lists them"
        click.echo(
            f"note: recorded more than {lateness.days} days after their effective date: {lateness.recorded} entries by "
            f"hand, {lateness.imported} imported{how}.",
            err=True,
        )
