"""What verification found: findings, and entries recorded late; as lines for people, as plain values for JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from cli.output.tables import Column, table_text

if TYPE_CHECKING:
    from ledger.verify.backdating import Lateness
    from ledger.verify.findings import Finding


def findings_plain(findings: "Sequence[Finding]") -> list[dict[str, Any]]:
    """Return findings as plain values, each with its step and what its code means."""
    return [{**one._asdict(), "step": one.step, "meaning": one.meaning} for one in findings]


def show_findings(findings: "Sequence[Finding]") -> None:
    """Print findings, a line each."""
    for one in findings:
        where = f"position {one.position}: " if one.position is not None else ""
        click.echo(f"finding: {one.code}: {where}{one.what}")


def counted(findings: "Sequence[Finding]") -> str:
    """Return how many there are, in words."""
    return "1 finding" if len(findings) == 1 else f"{len(findings)} findings"


def late_plain(lateness: "Lateness") -> dict[str, Any]:
    """Return how many entries were recorded late as plain values; the entries themselves only if asked for."""
    told: dict[str, Any] = {"days": lateness.days, "recorded": lateness.recorded, "imported": lateness.imported}
    return told | ({"entries": [one._asdict() for one in lateness.found]} if lateness.listed else {})


def show_late(lateness: "Lateness") -> None:
    """Print on stderr how many entries were recorded late, if any; and, if asked for, a table of them."""
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
