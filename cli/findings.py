"""How findings are told: a line each, with code, position and what was found; or as plain values for JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
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
