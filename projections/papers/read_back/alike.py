"""Whether two texts or values are the same, and which of two series of texts differ."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import takewhile

from projections.papers.read_back.marks import Said

MOST = 2_000
"""How many texts are compared from the first one that differs, where some were added or left out."""
BEFORE, WIDEST = 20, 60
"""How many characters of two texts are shown: before the place where they part, and in all."""
DIGITS_OF_CELLS = 15
"""How many digits of a number a cell of a workbook keeps."""
_NUMBER = re.compile("-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]{1,3})?")


def differing_pairs(reads: Sequence[Said], should: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    """Yield the texts that stand at the same place in two files, and differ."""
    nothing = Said("", "")
    if len(reads) != len(should):
        yield from _aligned(reads, should, nothing)
        return
    yield from ((is_, made) for is_, made in zip(reads, should, strict=True) if plain(is_.text) != plain(made.text))


def _aligned(reads: Sequence[Said], should: Sequence[Said], nothing: Said) -> Iterator[tuple[Said, Said]]:
    texts, made = ([plain(text.text) for text in of] for of in (reads, should))
    start = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(texts, made, strict=False))))
    most = min(len(texts), len(made)) - start
    back = zip(reversed(texts), reversed(made), strict=False)
    same = min(len(list(takewhile(lambda pair: pair[0] == pair[1], back))), most)
    texts, made = (of[start : len(of) - same][:MOST] for of in (texts, made))
    for tag, first, last, made_first, made_last in SequenceMatcher(None, texts, made, autojunk=False).get_opcodes():
        if tag != "equal":
            for index in range(max(last - first, made_last - made_first)):
                yield (
                    reads[start + first + index] if index < last - first else nothing,
                    should[start + made_first + index] if index < made_last - made_first else nothing,
                )


def is_same(reads: str, should: str) -> bool:
    """Whether two values are the same: editors write numbers in their own way."""
    if plain(reads) == plain(should):
        return True
    if not (_NUMBER.fullmatch(reads) and _NUMBER.fullmatch(should)):
        return False
    # A cell holds a double, which an editor may write with up to 17 digits; more than 15 digits are not in cells.
    is_of_cell = len(re.sub("[^0-9]", "", should)) <= DIGITS_OF_CELLS
    return Decimal(reads) == Decimal(should) or (is_of_cell and float(reads) == float(should))


def plain(text: str) -> str:
    """Return a text with single spaces: editors replace no-break spaces, and mark the direction of names."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ").split())


def apart(reads: str, should: str) -> tuple[str, str]:
    """Return two texts from shortly before the place where they part, and not much longer."""
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(reads, should, strict=False))))
    start = max(0, same - BEFORE)
    return _cut(reads, start), _cut(should, start)


def _cut(text: str, start: int) -> str:
    cut = text[start : start + WIDEST]
    return f"{'…' if start and cut else ''}{cut}{'…' if len(text) > start + WIDEST else ''}"
