"""New party names that resemble known ones: told to a person, never merged.

Names are compared as they are read and with their words in sorted order, without punctuation. Names with different
numbers in them are different names: "Region 7 Office" is not a slip for "Region 8 Office".
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
    """The names known so far, as they are read and in sorted order, by the numbers in them."""

    def __init__(self, known: Iterable[str]) -> None:
        """Start with names or keys of names that are known."""
        self._known: dict[Numbers, tuple[dict[str, str], dict[str, str]]] = {}
        for name in known:
            self.add(name)

    def add(self, name: str) -> None:
        """Know another name."""
        words = _words(name)
        for names, text in zip(self._alike(words), _orders(words), strict=True):
            names.setdefault(text, name)

    def like(self, name: str) -> Iterator[str]:
        """Yield up to three known names that resemble `name` and are not it, most alike first."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only new names pay for it

        words = _words(name)
        best: dict[str, float] = {}
        for names, text in zip(self._alike(words), _orders(words), strict=True):
            for key, score, _ in process.extract(text, names.keys(), scorer=fuzz.ratio, score_cutoff=LEAST, limit=4):
                best[names[key]] = max(score, best.get(names[key], 0.0))
        others = [known for known in best if name_key(known) != name_key(name)]
        yield from sorted(others, key=lambda known: -best[known])[:3]

    def _alike(self, words: list[str]) -> tuple[dict[str, str], dict[str, str]]:
        return self._known.setdefault(tuple(_NUMBER.findall(" ".join(words))), ({}, {}))


def _words(name: str) -> list[str]:
    return _WORD.findall(name_key(name))


def _orders(words: list[str]) -> tuple[str, str]:
    return " ".join(words), " ".join(sorted(words))
