"""The provenance of figures: as text for documents, and as plain values for programs."""

from typing import Any

from projections.queries.figures import Figure, FigureTree, ranges, walk
from projections.reports.cells import printed

MAX_RANGES = 100
"""The most ranges of positions that a document prints for a figure; JSON, CSV and `ledger explain` have all."""
MAX_HINT_RANGES = 3
"""The most ranges in the hint of a figure; the annex has more."""

UNITS = ("count", "percent", "text", "year")
"""The units that are not currencies."""


def source(figure: Figure) -> str:
    """Return a summary of the provenance: `sum of 23 entries`, `ratio of /partner_usd and /total_usd`."""
    if figure.of:
        return f"{figure.kind} of {' and '.join(figure.of)}"
    if figure.kind == "parameter" and not figure.entries:
        return "parameter, as asked for"
    number = len(figure.entries)
    return f"{figure.kind} of {number:,} {'entry' if number == 1 else 'entries'}"


def hint(figure: Figure) -> str:
    """Return the hint shown when a reader points at a figure: `sum of 23 entries: 3 to 5, 9 …`, with a dash."""
    found_ranges = ranges(figure.entries)
    first = ", ".join(_range(*ends) for ends in found_ranges[:MAX_HINT_RANGES])
    return (
        f"{source(figure)}: {first}{' …' if len(found_ranges) > MAX_HINT_RANGES else ''}"
        if found_ranges
        else source(figure)
    )


def with_unit(figure: Figure) -> str:
    """Return a figure as documents print it, with its currency or unit: `USD 33,826,190.48`, `64 days`."""
    if figure.unit == "days":
        return f"{printed(figure)} {'day' if figure.value == 1 else 'days'}"
    return printed(figure) if figure.unit in UNITS else f"{figure.unit} {printed(figure)}"


def positions(figure: Figure) -> str:
    """Return the positions of the entries behind a figure as documents print them: `3 to 5, 9`, with a dash."""
    found_ranges = ranges(figure.entries)
    text = ", ".join(_range(first, last) for first, last in found_ranges[:MAX_RANGES])
    left = len(found_ranges) - MAX_RANGES
    return f"{text} and {left:,} more ranges" if left > 0 else text


def _range(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}\N{EN DASH}{last}"


def by_pointer(tree: FigureTree) -> dict[str, dict[str, Any]]:
    """Return the provenance of every figure by its JSON Pointer: kind, unit, and ranges of positions or `of`."""
    return {pointer: _members(figure) for pointer, figure in walk(tree)}


def _members(figure: Figure) -> dict[str, Any]:
    origin: dict[str, Any] = {"of": list(figure.of)} if figure.of else {"ranges": ranges(figure.entries)}
    return {"kind": figure.kind, "unit": figure.unit} | origin
