"""A running total by date. An entry with an earlier date must not make it negative on a later day."""

from itertools import accumulate, groupby
from operator import itemgetter

import msgspec


class RunningTotal(msgspec.Struct):
    """Movements in minor units, each on a day; entries may come in any order of date."""

    total: int = 0
    moves: list[tuple[str, int]] = []

    def add(self, on: str, minor: int) -> None:
        """Add a movement."""
        self.total += minor
        self.moves.append((on, minor))

    def on(self, day: str) -> int:
        """Return the sum at the end of a day."""
        return sum(minor for moved_on, minor in self.moves if moved_on <= day)

    def lowest(self, on: str, minor: int) -> int:
        """Return the lowest total at the end of any day from `on` on, with `minor` added on `on`."""
        if not self.moves:
            return minor
        moves = sorted([*self.moves, (on, minor)], key=itemgetter(0))
        days = [(day, sum(amount for _, amount in group)) for day, group in groupby(moves, key=itemgetter(0))]
        sums = accumulate(amount for _, amount in days)
        return min(total for (day, _), total in zip(days, sums, strict=True) if day >= on)
