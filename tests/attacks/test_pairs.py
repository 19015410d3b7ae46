"""Pairs of numbers by text, beside a dictionary of all of them."""

from hypothesis import given
from hypothesis import strategies as st

from ledger.verify.pairs import Pairs

TEXTS = st.text("abé\n", max_size=2)
NUMBERS = st.integers(-(2**63), 2**63 - 1)
STEPS = st.lists(st.tuples(st.sampled_from(["put", "get", "pop"]), TEXTS, st.tuples(NUMBERS, NUMBERS)), max_size=60)


@given(steps=STEPS, most=st.integers(0, 9))
def test_as_a_dictionary(steps: list[tuple[str, str, tuple[int, int]]], most: int) -> None:
    """However few stand in memory: what was put last is got, what was taken away is gone, the rest comes in order."""
    pairs, expected = Pairs(most), dict[str, tuple[int, int]]()
    for step, text, pair in steps:
        if step == "put":
            pairs.put(text, pair)
            expected[text] = pair
        elif step == "get":
            assert expected.get(text) == pairs.get(text)
        else:
            assert expected.pop(text, None) == pairs.pop(text)
    assert sorted(expected.values()) == [*pairs.pairs()]
