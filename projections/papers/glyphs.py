"""The characters that font files have, read from their `cmap` tables, and the characters of a paper that none has.

A PDF must have a glyph for each character: an empty box in the name of a partner would be a wrong name. The tables are
those of OpenType (ISO/IEC 14496-22): format 4 for the first plane of Unicode, format 12 for all.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from struct import error as not_there
from struct import iter_unpack, unpack_from

from ledger.domain.errors import LedgerError, listed

INVISIBLE = ("Cc", "Cf", "Zl", "Zp", "Zs")
"""The categories of characters that need no glyph: white space and formatting."""


class MissingGlyphs(LedgerError):
    """A paper has characters that no font for PDF has."""

    code = "missing-glyphs"

    def __init__(self, texts: Sequence[str], characters: Iterable[str]) -> None:
        """List the `characters` and the `texts` in which they stand."""
        self.texts = tuple(texts)
        self.characters = tuple(sorted(set(characters)))
        signs = listed([f"{char} (U+{ord(char):04X})" for char in self.characters], "and")
        places = listed([f"'{text}'" for text in texts], "and")
        super().__init__(
            f"No font has {signs}, in {places}.",
            "Put a font file that has them into fonts/ of the house folder, and name its family in house.toml, at the "
            "end of pdf under [fonts].",
        )


def missing(texts: Iterable[str], known: frozenset[int]) -> MissingGlyphs | None:
    """Return the error for texts with characters that are not among the `known` code points, or None."""
    lacking: dict[str, set[str]] = {}
    for text in texts:
        signs = {char for char in text if ord(char) not in known and unicodedata.category(char) not in INVISIBLE}
        if signs:
            lacking.setdefault(text, signs)
    return MissingGlyphs(list(lacking), set().union(*lacking.values())) if lacking else None


def code_points(path: Path, index: int = 0) -> frozenset[int]:
    """Return the code points for which a font has a glyph; `index` is its place in a collection of fonts.

    Raises ValueError if it is no font.
    """
    data = path.read_bytes()
    try:
        start = unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
        directory = data[start + 12 : start + 12 + 16 * _number(data, start + 4)]
        tables = {tag: offset for tag, _, offset, _ in iter_unpack(">4sIII", directory)}
        at = tables[b"cmap"]
        points: set[int] = set()
        for platform, encoding, offset in iter_unpack(">HHI", data[at + 4 : at + 4 + 8 * _number(data, at + 2)]):
            if platform == 0 or (platform, encoding) in ((3, 1), (3, 10)):
                points |= _points(data, at + offset)
    except (KeyError, IndexError, not_there):
        raise ValueError(f"{path.name} is no OpenType font") from None
    return frozenset(points)


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2])


def _points(data: bytes, at: int) -> set[int]:
    form = _number(data, at)
    if form == 12:
        (groups,) = unpack_from(">I", data, at + 12)
        spans = iter_unpack(">III", data[at + 16 : at + 16 + 12 * groups])
        return {point for first, last, _ in spans for point in range(first, last + 1)}
    return _points_of_segments(data, at) if form == 4 else set()


def _points_of_segments(data: bytes, at: int) -> set[int]:
    count = _number(data, at + 6) // 2
    columns = (at + 14, at + 16 + 2 * count, at + 16 + 4 * count, at + 16 + 6 * count)
    ends, starts, deltas, offsets = (unpack_from(f">{count}H", data, column) for column in columns)
    points = set()
    for index in range(count):
        for point in range(starts[index], min(ends[index], 0xFFFE) + 1):
            place = columns[3] + 2 * index + offsets[index] + 2 * (point - starts[index])
            glyph = _number(data, place) if offsets[index] else point
            if glyph and (glyph + deltas[index]) % 65536:
                points.add(point)
    return points
