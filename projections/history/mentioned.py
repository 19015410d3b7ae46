"""References of parties in texts of changes: those that the group mentions, and those that any change mentions."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from ledger.stores.log_reader import LogReader
from projections.history.party_names import KnownReferences

KEPT = 20_000
"""How many answers of the log are kept."""
_TOKEN = re.compile(r"[\w-]+|[^\w-]")
_WITHIN = re.compile(r"[\w-]")


class MentionedParties:
    """The parties that any change mentions, without a list of them: each is looked up where a text may have it."""

    def __init__(self, store: LogReader, is_mentioned: Callable[[str], bool]) -> None:
        """Look references up in `store`; `is_mentioned` says whether a change mentions one of them."""
        lookup = store.lookup()
        self.begins = lru_cache(KEPT)(lambda text: bool(lookup.streams(f"party/{text}", 1)))
        """Return whether the reference of a party begins with a text."""
        self.has = lru_cache(KEPT)(is_mentioned)

    def beside(self, own: Iterable[str]) -> "GroupReferences":
        """Return them together with those that are known to be mentioned, which need not be looked up."""
        return GroupReferences(own, self)


class GroupReferences:
    """The references to look for in the texts of one group of changes."""

    def __init__(self, own: Iterable[str], others: MentionedParties) -> None:
        """Take those of the group itself, and what finds others."""
        self._own = KnownReferences(own)
        self._others = others

    def at(self, text: str, start: int, head: str) -> Iterator[str]:
        """Yield those that stand in `text` at `start`, the longest first."""
        mine = [*self._own.at(text, start, head)]
        first = start + len(head)
        if mine:
            end = start + len(mine[0])
            yield from reversed(self._walk(text, start, _next(text, end), len(text)))
            yield mine[0]
            others = self._walk(text, start, first, end - 1)
            yield from sorted({*mine[1:], *others}, key=len, reverse=True)
        else:
            yield from reversed(self._walk(text, start, first, len(text)))

    def _walk(self, text: str, start: int, end: int, last: int) -> list[str]:
        """Return the references from `start` that end from `end` to `last`, as far as a party's begins like that."""
        refs = []
        while end <= last and self._others.begins(text[start:end]):
            if not _WITHIN.match(text, end) and self._others.has(text[start:end]):
                refs.append(text[start:end])
            end = _next(text, end)
        return refs


def _next(text: str, end: int) -> int:
    """Return where the word or sign after `end` ends; beyond the text if there is none."""
    token = _TOKEN.match(text, end)
    return token.end() if token else len(text) + 1
