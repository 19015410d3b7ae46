"""Declared conflicts by party, and groups of affiliated parties, agree with their plain definitions."""

from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from projections.queries.bitemporal import Queries
from projections.queries.implied_conflicts import DeclaredConflicts
from projections.queries.oversight import AffiliationGroups, ConflictRecord

refs = st.sampled_from("ABCDE")
engagements = st.sampled_from(("E1", "E2", "E3"))
declarations = st.lists(st.tuples(engagements, st.lists(refs, max_size=4)), max_size=15)


def conflict_of(number: int, engagement: str, between: list[str]) -> ConflictRecord:
    """Return a declared conflict of interest."""
    return ConflictRecord(engagement, f"C{number}", between, "N", "2024-01-01", entries=[number])


@given(declarations, engagements, refs, refs, st.lists(engagements, max_size=3))
def test_the_last_declaration_between_both(
    made: list[tuple[str, list[str]]], engagement: str, paid: str, giver: str, gives: list[str]
) -> None:
    """It is the last of all that are declared under one of the engagements and name both parties."""
    declared = [conflict_of(number, *members) for number, members in enumerate(made)]
    matching = [
        conflict
        for conflict in declared
        if conflict.engagement in {engagement, *gives} and {paid, giver} <= set(conflict.between)
    ]
    expected = matching[-1] if matching else None
    assert expected is DeclaredConflicts(declared).last(engagement, paid, giver, gives)


def test_no_conflict_of_others_is_looked_at() -> None:
    """Of the declared conflicts only those of the engagement that name the party are compared."""

    class Watched(dict[int, ConflictRecord]):
        looked_at = 0

        def __contains__(self, key: object) -> bool:
            Watched.looked_at += 1
            return super().__contains__(key)

    every = [conflict_of(number, f"E{number}", [f"P{number}", "Q"]) for number in range(1_000)]
    declared = DeclaredConflicts(every)
    declared._of = {key: Watched(of) for key, of in declared._of.items()}  # noqa: SLF001 - counts comparisons
    assert [every[number] for number in range(1_000)] == [
        declared.last(f"E{number}", f"P{number}", "Q", [f"E{number - 1}"]) for number in range(1_000)
    ]
    assert 1_000 == Watched.looked_at


@given(st.lists(st.tuples(refs, refs), max_size=12), refs)
def test_a_group_is_reached_breadth_first(pairs: list[tuple[str, str]], party: str) -> None:
    """Members come round by round, each with the entries of the first way that leads to it."""
    rows = [
        SimpleNamespace(party=one, other=other, status="affiliated", entry=entry)
        for entry, (one, other) in enumerate(pairs, 1)
    ]
    groups = AffiliationGroups(cast("Queries", SimpleNamespace(assertions=lambda _: rows)))
    expected: dict[str, list[int]] = {party: []}
    before: dict[str, Any] = {}
    while len(before) < len(expected):
        reached = [member for member in expected if member not in before]
        before = dict(expected)
        for member in reached:
            for affiliate, row in groups.links.get(member, {}).items():
                expected.setdefault(affiliate, [*expected[member], row.entry])
    assert list(expected.items()) == list(groups.of(party).items())
