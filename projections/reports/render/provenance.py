"""Where a figure comes from, in words for documents and as plain values for programs."""

from typing import Any

from projections.queries.figures import Figure, FigureTree, ranges, walk
from projections.reports.cells import printed

MAX_RANGES = 100
"""How many ranges of positions a document prints of one figure; JSON, CSV and `ledger explain` have all."""
HINTED = 3
"""How many of them are told to who points at a figure; the annex has more."""

UNITS = ("count", "percent", "text", "year")
"""The units that are no currency."""


def told(held: Figure) -> str:
    """Return in short where a figure comes from: `sum of 23 entries`, `ratio of /partner_usd and /total_usd`."""
    if held.of:
        return f"{held.kind} of {' and '.join(held.of)}"
    if held.kind == "parameter" and not held.entries:
        return "parameter, as asked for"
    number = len(held.entries)
    return f"{held.kind} of {number:,} {'entry' if number == 1 else 'entries'}"


def hint(held: Figure) -> str:
    """Return what is told to who points at a figure: `sum of 23 entries: 3 to 5, 9 …`, with a dash."""
    found = ranges(held.entries)
    first = ", ".join(_range(*ends) for ends in found[:HINTED])
    return f"{told(held)}: {first}{' …' if len(found) > HINTED else ''}" if found else told(held)


def worth(held: Figure) -> str:
    """Return a figure as a document prints it, with its currency or days: `USD 33,826,190.48`, `64 days`."""
    if held.unit == "days":
        return f"{printed(held)} {'day' if held.value == 1 else 'days'}"
    return printed(held) if held.unit in UNITS else f"{held.unit} {printed(held)}"


def positions(held: Figure) -> str:
    """Return the positions of the entries behind a figure as a document prints them: `3 to 5, 9`, with a dash."""
    found = ranges(held.entries)
    printed = ", ".join(_range(first, last) for first, last in found[:MAX_RANGES])
    left = len(found) - MAX_RANGES
    return f"{printed} and {left:,} more ranges" if left > 0 else printed


def _range(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}\N{EN DASH}{last}"


def plain(tree: FigureTree) -> dict[str, dict[str, Any]]:
    """Return the provenance of every figure by its JSON Pointer: kind, unit, and ranges of positions or `of`."""
    return {pointer: _plain(held) for pointer, held in walk(tree)}


def _plain(held: Figure) -> dict[str, Any]:
    made: dict[str, Any] = {"of": list(held.of)} if held.of else {"ranges": ranges(held.entries)}
    return {"kind": held.kind, "unit": held.unit} | made
