"""Names of parties put into texts: whole references only, the longest first, in one reading of the text."""

import re
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.history.changes import StateDifference
from projections.history.party_names import KnownReferences, PartyNames

NAMES = {
    "P1": "Alpha", "P1-2": "Alpha Two", "P10": "Ten", "EX": "Example", "EX Group": "Example Group", "Ä": "Umlaut",
    "Association/Example (2)": "Second", "(2)": "Two", "same": "same", "P1 has P10": "Whole sentence",
}  # fmt: skip
PIECES = (
    *NAMES, "none", "P1.0", "EX Group Ltd", "Example", "by", "_", "-", " ", "; ", "(", ")", "/", ".", "2", "\n", "é",
)  # fmt: skip


def defined(name: Callable[[str], str], text: str, refs: Iterable[str], *, keep_refs: bool = True) -> str:
    """Return the text as it is defined: each reference is tried, the longest first."""
    names = {ref: named for ref in refs if ref in text and (named := name(ref)) != ref}
    if not names:
        return text
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    whole = re.compile(rf"(?<![\w-])(?:{longest_first})(?![\w-])")
    return whole.sub(lambda match: f"{match[0]} {names[match[0]]}" if keep_refs else names[match[0]], text)


pieces = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
few_characters = st.text("P12 -_/(.a", max_size=12)
references = st.sampled_from(PIECES) | few_characters | pieces


@given(
    pieces | few_characters | st.text(max_size=20),
    st.sets(references.filter(bool), max_size=20),
    st.dictionaries(references, pieces, max_size=10),
    st.booleans(),
)
def test_the_same_as_trying_each_reference(text: str, refs: set[str], more: dict[str, str], keep_refs: bool) -> None:
    """Any text with any references, some of them without a name, is the same as when each reference is tried."""
    names = PartyNames({**NAMES, **more}.get)
    every = refs | set(more) - {""}
    assert defined(names, text, every, keep_refs=keep_refs) == names.add_to(text, every, keep_refs=keep_refs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("signed by P1", "signed by P1 Alpha"),
        ("P10, P1-2 and P1-3", "P10 Ten, P1-2 Alpha Two and P1-3"),
        ("EX Group Ltd, EX", "EX Group Example Group Ltd, EX Example"),
        ("to Association/Example (2)", "to Association/Example (2) Second"),
        ("Association/Example (2)b", "Association/Example (2)b"),
        ("_P1 xP1 P1x", "_P1 xP1 P1x"),
        ("P1 has P10", "P1 has P10 Whole sentence"),
        ("P1 has P10x", "P1 Alpha has P10x"),
    ],
)
def test_whole_references(text: str, expected: str) -> None:
    """A reference counts as whole words, also with spaces and signs in it; part of another word does not."""
    assert expected == PartyNames(NAMES.get).add_to(text, NAMES)


def test_only_what_stands_in_the_text_is_looked_up() -> None:
    """Of 10,000 parties only those in the text are asked for their names, each once."""
    asked = []

    def look_up(ref: str) -> str:
        asked.append(ref)
        return f"Party {ref}"

    names, refs = PartyNames(look_up), KnownReferences(f"P{number:05}" for number in range(10_000))
    difference = StateDifference("signed by P00007", "P00008", "", label_has_parties=True)
    assert "signed by P00007 Party P00007" == names.add_to_difference(difference, refs).what
    assert "P00009 Party P00009; P00007 Party P00007" == names.add_to("P00009; P00007", refs)
    assert ["P00007", "P00009"] == asked
