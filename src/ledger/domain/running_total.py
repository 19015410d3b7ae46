"""A running total by date. An entry with an earlier date must not make it negative on a later day."""

from bisect import insort

import msgspec


class RunningTotal(msgspec.Struct):
    """Movements in minor units, each on a day; entries may come in any order of date."""

    total: int = 0
    moves: list[tuple[str, int]] = []
    days: list[str] = []
    """The days with movements, in order."""
    sums: dict[str, int] = {}
    """The sum of the movements of each day."""

    def add(self, on: str, minor: int) -> None:
        """Add a movement."""
        self.total += minor
        self.moves.append((on, minor))
        if on in self.sums:
            self.sums[on] += minor
        else:
            self.sums[on] = minor
            insort(self.days, on)

    def on(self, day: str) -> int:
        """Return the sum at the end of a day."""
        total = self.total
        for later in reversed(self.days):
            if later <= day:
                break
            total -= self.sums[later]
        return total

    def lowest(self, on: str, minor: int) -> int:
        """Return the lowest total at the end of any day from `on` on, with `minor` added on `on`."""
        # Backwards from the end: what is added in order of date costs the same, however much came before.
        lowest = total = self.total + minor
        for later in reversed(self.days):
            if later <= on:
                break
            total -= self.sums[later]
            lowest = min(lowest, total)
        return lowest
