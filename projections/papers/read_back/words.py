"""The words of a document and the order of its figures, compared with those of the document made again."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from projections.papers.read_back.alike import apart, differing_pairs, is_same, plain
from projections.papers.read_back.marks import ReadBack, Said

LONGEST = 2_000
"""The length up to which two texts are compared in their words."""
SAME_LANGUAGE = 0.5
"""The share of its words from which a text is one that was edited, and not translated."""
_FIGURE = re.compile(r"\{f[0-9]+\}")


class Differing(NamedTuple):
    """A text that differs: its place, what it says and should say, and whether each of its digits is the ledger's."""

    place: str
    reads: str
    should: str
    is_listed: bool


def differing(read: ReadBack, made: ReadBack, named: Collection[str]) -> list[Differing]:
    """Return the texts outside of figures that differ; those at places in `named` are known to differ."""
    found = []
    for is_listed in (True, False):
        pairs = differing_pairs(
            *([_unnumbered(text) for text in back.said if text.is_listed is is_listed] for back in (read, made))
        )
        for reads, should in pairs:
            place = reads.place or should.place
            if place not in named and not _is_equal(reads.text, should.text, is_listed=is_listed):
                found.append(Differing(place, *apart(reads.text, should.text), is_listed))
    return found


def _unnumbered(said: Said) -> Said:
    # A figure that was added or left out is one finding; the numbers of all that follow are no difference of words.
    return said._replace(text=_FIGURE.sub("{…}", said.text))


def _is_equal(reads: str, should: str, *, is_listed: bool) -> bool:
    # A translator writes numbers and days in another way, with the same digits.
    if is_listed and reads and should:
        return is_same(reads, should) or (
            any(map(str.isdigit, should)) and re.sub("[^0-9-]", "", reads) == re.sub("[^0-9-]", "", should)
        )
    return plain(reads) == plain(should)


def out_of_order(read: ReadBack, made: ReadBack) -> set[str]:
    """Return the figures that stand at another place among the others than in the document made again.

    Within a text that was translated, figures may stand in another order.
    """
    if not made.order:
        places = {mark.ident: mark.place for mark in made.marks}
        return {mark.ident for mark in read.marks if mark.place != places.get(mark.ident, mark.place)}
    within = dict(_figures_within(made))
    ranks = {place: rank for rank, place in enumerate(dict.fromkeys(within.values()))}
    order = [ident for ident in read.order if ident in within]
    moved = {order[index] for index in _not_rising([ranks[within[ident]] for ident in order])}
    made_texts = {plain(text.text) for text in made.said}
    for text in read.said:
        idents = _FIGURE.findall(text.text)
        if len(idents) > 1 and plain(text.text) not in made_texts:
            numbers = [int(ident[2:-1]) for ident in idents]
            if numbers != sorted(numbers) and _is_edited(text, made):
                moved |= {f"f{number}" for number in numbers}
    return moved


def _figures_within(made: ReadBack) -> Iterator[tuple[str, int]]:
    """Yield each figure with the number of the text in which it stands."""
    for number, text in enumerate(made.said):
        yield from ((ident[1:-1], number) for ident in _FIGURE.findall(text.text))


def _not_rising(ranks: Sequence[int]) -> set[int]:
    """Return the places of the fewest numbers without which the others never fall."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, rank in enumerate(ranks):
        length = bisect_right(ends, rank)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [rank]
        at[length : length + 1] = [index]
    kept = set()
    index = at[-1] if at else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return set(range(len(ranks))) - kept


def _is_edited(said: Said, made: ReadBack) -> bool:
    """Whether a text has mostly the words of that with the same figures in the document made again."""
    figures = sorted(_FIGURE.findall(said.text))
    words = _FIGURE.sub("", said.text[:LONGEST]).split()
    return any(
        SequenceMatcher(None, words, _FIGURE.sub("", text.text[:LONGEST]).split()).ratio() >= SAME_LANGUAGE
        for text in made.said
        if sorted(_FIGURE.findall(text.text)) == figures
    )
