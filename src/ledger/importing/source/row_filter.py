"""Leave out the records of a file that a profile does not import, and count them by the rule that left them out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ledger.importing.profile.model import Profile, Texts, texts
from ledger.importing.source.header import Header, folded


class _Rule(NamedTuple):
    """A rule of a profile: its key, the index of its column, its values, and whether it keeps rows with one of them."""

    key: str
    place: int
    values: Sequence[Sequence[str]]
    keeps: bool

    def leaves_out(self, cells: list[str]) -> bool:
        cell = folded(cells[self.place]).casefold() if self.place < len(cells) else ""
        return any(_matches(cell, pieces) for pieces in self.values) != self.keeps


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
            pieces = [folded(value).casefold().split("*") for value in texts(values)]
            yield _Rule(f"{section}.{column}", place, pieces, section == "only")


def _matches(cell: str, pieces: Sequence[str]) -> bool:
    """Return whether a cell consists of these pieces with any text between them."""
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return cell == first
    at, end = len(first), len(cell) - len(last)
    if at > end or not (cell.startswith(first) and cell.endswith(last)):
        return False
    for piece in pieces[1:-1]:
        at = cell.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True
