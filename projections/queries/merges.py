"""Which merges a figure depends on: the entries that it was computed from name a party that was merged."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from projections.queries.asserted import batches
from projections.queries.bitemporal import Queries
from projections.queries.figures import Figure, FigureTree
from projections.tables.named import merges, of_merged


def needed_merges(queries: Queries, entries: Iterable[int]) -> dict[int, set[int]]:
    """Return those of the entries that name a merged party, each with the merges by which it counts for another one."""
    if not queries.has_any(merges):
        return {}
    from ledger.domain.party.merging import survivor  # noqa: PLC0415 - it loads types of events

    named = [
        row for batch in batches(sorted(set(entries))) for row in queries.rows(of_merged, of_merged.c.entry.in_(batch))
    ]
    merged = _chains(queries, {row.party for row in named})
    needed: dict[int, set[int]] = {}
    for row in named:
        chain = needed.setdefault(row.entry, set())

        def step(party: str, chain: set[int] = chain) -> str | None:
            if party not in merged:
                return None
            chain.add(merged[party].entry)
            return str(merged[party].into)

        survivor(row.party, step)
    return needed


def _chains(queries: Queries, parties: set[str]) -> dict[str, Any]:
    """Return the merges of these parties, and those of the parties that they were merged into."""
    merged: dict[str, Any] = {}
    while parties:
        rows = [row for batch in batches(sorted(parties)) for row in queries.rows(merges, merges.c.party.in_(batch))]
        merged |= {row.party: row for row in rows}
        parties = {row.into for row in rows} - merged.keys()
    return merged


def with_merges(queries: Queries, tree: dict[str, FigureTree]) -> dict[str, FigureTree]:
    """Return the figures with the merges on which they depend among their entries.

    Without a merge, its entries would give a figure of another party.
    """
    needed = needed_merges(queries, _entries(list(tree.values())))
    return {name: _extended(branch, needed) for name, branch in tree.items()} if needed else tree


def _entries(tree: FigureTree) -> Iterator[int]:
    if isinstance(tree, (dict, list)):
        for branch in tree.values() if isinstance(tree, dict) else tree:
            yield from _entries(branch)
    else:
        yield from tree.entries


def _extended(tree: FigureTree, needed: dict[int, set[int]]) -> FigureTree:
    if isinstance(tree, dict):
        return {name: _extended(branch, needed) for name, branch in tree.items()}
    if isinstance(tree, list):
        return [_extended(branch, needed) for branch in tree]
    more = set[int]().union(*(needed[entry] for entry in tree.entries if entry in needed))
    return _with(tree, more) if more else tree


def _with(figure: Figure, more: set[int]) -> Figure:
    return replace(figure, entries=tuple(sorted(more.union(figure.entries))))
