"""Leave out the records of a file that a profile does not import, and count them by the rule that left them out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.importing.profile.model import Profile, Texts, texts
from ledger.importing.source.header import Header, folded


class _Rule(NamedTuple):
    """A rule of a profile: its key, the index of its column, and whether a cell has one of its values."""

    key: str
    place: int
    pattern: re.Pattern[str]
    keeps: bool

    def leaves_out(self, cells: list[str]) -> bool:
        cell = folded(cells[self.place]) if self.place < len(cells) else ""
        return (self.pattern.fullmatch(cell) is not None) != self.keeps


class RowFilter:
    """The rules `[only]` and `[skip]` of a profile. `left_out` counts the records that each rule left out."""

    def __init__(self, profile: Profile, header: Header) -> None:
        """Find the columns of the rules in a header that has them."""
        self.left_out: Counter[str] = Counter()
        self._rules = [*_rules("only", profile.only, header), *_rules("skip", profile.skip, header)]

    def keeps(self, cells: list[str]) -> bool:
        """Return whether a record is imported; count it if not."""
        for rule in self._rules:
            if rule.leaves_out(cells):
                self.left_out[rule.key] += 1
                return False
        return True

    def notes(self) -> Iterator[str]:
        """Yield a note for each rule that left out records."""
        for key, count in self.left_out.items():
            yield f"{count} row{'' if count == 1 else 's'} left out by {key}"


def _rules(section: str, given: dict[str, Texts], header: Header) -> Iterator[_Rule]:
    for column, values in given.items():
        place = header.place((column,))
        if place is not None:
            yield _Rule(f"{section}.{column}", place, _pattern(texts(values)), section == "only")


def _pattern(values: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of cells with one of these values; `*` in a value is any text, and case does not matter."""
    options = (".*".join(map(re.escape, folded(value).split("*"))) for value in values)
    return re.compile("|".join(f"(?:{option})" for option in options), re.IGNORECASE)
