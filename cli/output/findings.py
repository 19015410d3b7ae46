"""Output of verification: findings and back-dated entries, as lines for people and as plain values for JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cli.output.tables import Column, table_text
from cli.terminal import say, say_line

if TYPE_CHECKING:
    from ledger.verify.backdating import BackdatingReport
    from ledger.verify.findings import Finding


def entries(count: int) -> str:
    """Return a number of entries, in words."""
    return "1 entry" if count == 1 else f"{count} entries"


def findings_plain(findings: "Sequence[Finding]") -> list[dict[str, Any]]:
    """Return findings as plain values, each with its step and what its code means."""
    return [{**finding._asdict(), "step": finding.step, "meaning": finding.meaning} for finding in findings]


def show_findings(findings: "Sequence[Finding]") -> None:
    """Print findings, a line each."""
    for finding in findings:
        where = f"position {finding.position}: " if finding.position is not None else ""
        say_line(f"finding: {finding.code}: {where}{finding.what}")


def counted(findings: "Sequence[Finding]") -> str:
    """Return the number of findings, in words."""
    return "1 finding" if len(findings) == 1 else f"{len(findings)} findings"


def late_plain(backdating: "BackdatingReport") -> dict[str, Any]:
    """Return how many entries were recorded late as plain values; the entries themselves only if asked for."""
    counts: dict[str, Any] = {"days": backdating.days, "recorded": backdating.recorded, "imported": backdating.imported}
    return counts | ({"entries": [entry._asdict() for entry in backdating.entries]} if backdating.listed else {})


def show_late(backdating: "BackdatingReport") -> None:
    """Print on stderr how many entries were recorded late, if any; and, if asked for, a table of them."""
    if backdating.entries:
        columns = [Column("position", right=True), Column("stream"), Column("effective_on", "effective")]
        columns += [Column("recorded_on", "recorded"), Column("days", right=True), Column("imported")]
        rows = [entry._asdict() | {"imported": "yes" if entry.imported else "no"} for entry in backdating.entries]
        say(table_text(rows, columns))
    if backdating.recorded or backdating.imported or backdating.listed:
        how = "" if backdating.listed else f"; --back-dated {backdating.days} lists them"
        say_line(
            f"note: recorded more than {backdating.days} days after their effective date: "
            f"{entries(backdating.recorded)} by hand, {backdating.imported} imported{how}.",
            err=True,
        )
