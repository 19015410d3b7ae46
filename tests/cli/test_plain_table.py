"""Plain tables are equal to those of tabulate."""

import tabulate
from hypothesis import given
from hypothesis import strategies as st

from cli.output.tables import plain_table

TEXT = st.text("ab |-.,1\u00e9\n", max_size=6)


@given(st.data(), st.integers(1, 4), st.lists(st.just(None), max_size=4))
def test_plain_tables_are_those_of_tabulate(data: st.DataObject, width: int, rows: list[None]) -> None:
    """A table that is formatted without tabulate has the same characters."""
    heads = data.draw(st.lists(TEXT, min_size=width, max_size=width))
    cells = [data.draw(st.lists(TEXT, min_size=width, max_size=width)) for _ in rows]
    rights = data.draw(st.lists(st.booleans(), min_size=width, max_size=width))
    table = plain_table(cells, heads, rights, 80)
    if table is not None:
        tabulate.MIN_PADDING = 0
        align = ["right" if right else "left" for right in rights]
        assert tabulate.tabulate(cells, heads, tablefmt="simple", disable_numparse=True, colalign=align) == table


def test_what_is_not_plain_is_left_to_tabulate() -> None:
    """Text outside ASCII, line feeds, tables that are too wide and tables without rows are left to tabulate."""
    assert [plain_table([[cell]], ["head"], [False], 5) for cell in ("\u00e9", "a\nb", " a", "abcdef")] == [None] * 4
    assert plain_table([], ["head"], [False], 80) is None
    assert plain_table([["a"]], ["head"], [True], 80) == "head\n----\n   a"
