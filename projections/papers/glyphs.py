"""The characters that font files have, and the characters of a paper that none has.

A PDF must have a glyph for each character: an empty box in the name of a partner would be a wrong name.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

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
    try:
        with TTFont(path, lazy=True, fontNumber=index) as font:
            return frozenset(font.getBestCmap() or ())
    except TTLibError as error:
        raise ValueError(f"{path.name} is no OpenType font: {error}") from None
