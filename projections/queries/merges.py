"""Which merges a figure depends on: the entries that it was computed from name a party that was merged."""

from dataclasses import replace

from ledger.domain.party.merging import survivor
from projections.queries.bitemporal import Queries
from projections.queries.figures import Figure, FigureTree
from projections.tables.schema import merges, of_merged


def needed_merges(queries: Queries) -> dict[int, set[int]]:
    """Return the entries that name a merged party, each with the merges by which it counts for another one."""
    merged = {row.party: row for row in queries.assertions(merges)}
    needed: dict[int, set[int]] = {}
    for row in queries.assertions(of_merged) if merged else ():
        chain = needed.setdefault(row.entry, set())

        def step(party: str, chain: set[int] = chain) -> str | None:
            if party not in merged:
                return None
            chain.add(merged[party].entry)
            return str(merged[party].into)

        survivor(row.party, step)
    return needed


def with_merges(queries: Queries, tree: dict[str, FigureTree]) -> dict[str, FigureTree]:
    """Return the figures with the merges on which they depend among their entries.

    Without a merge, its entries would give a figure of another party.
    """
    needed = needed_merges(queries)
    return {name: _extended(branch, needed) for name, branch in tree.items()} if needed else tree


def _extended(tree: FigureTree, needed: dict[int, set[int]]) -> FigureTree:
    if isinstance(tree, dict):
        return {name: _extended(branch, needed) for name, branch in tree.items()}
    if isinstance(tree, list):
        return [_extended(branch, needed) for branch in tree]
    more = set[int]().union(*(needed[entry] for entry in tree.entries if entry in needed))
    return _with(tree, more) if more else tree


def _with(figure: Figure, more: set[int]) -> Figure:
    return replace(figure, entries=tuple(sorted(more.union(figure.entries))))
