"""New party names that resemble known ones: told to a person, never merged.

Names are compared word by word in sorted order, without punctuation. Names with different numbers in them are different
names: "Region 7 Office" is not a slip for "Region 8 Office".
"""

import re
from collections.abc import Iterable, Iterator

from ledger.names import name_key

LEAST = 90.0
"""How alike two names must be, in per cent, to be told."""
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")

Numbers = tuple[str, ...]


class NearNames:
    """The names known so far, by the numbers in them."""

    def __init__(self, known: Iterable[str]) -> None:
        """Start with names or keys of names that are known."""
        self._known: dict[Numbers, dict[str, str]] = {}
        for name in known:
            self.add(name)

    def add(self, name: str) -> None:
        """Know another name."""
        words = _words(name)
        self._known.setdefault(tuple(_NUMBER.findall(words)), {}).setdefault(words, name)

    def like(self, name: str) -> Iterator[str]:
        """Yield up to three known names that resemble `name` and are not it, most alike first."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only new names pay for it

        words = _words(name)
        known = self._known.get(tuple(_NUMBER.findall(words)), {})
        found = process.extract(words, known.keys(), scorer=fuzz.ratio, score_cutoff=LEAST, limit=4)
        yield from [known[one] for one, _, _ in found if name_key(known[one]) != name_key(name)][:3]


def _words(name: str) -> str:
    return " ".join(sorted(_WORD.findall(name_key(name))))
