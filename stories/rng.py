"""A deterministic random number generator: digests of a key and a counter, with integer arithmetic only."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
BITS = 64


class Rng:
    """A small random number generator; the same key gives the same numbers on every machine."""

    __slots__ = ("_count", "_key")

    def __init__(self, *key: object) -> None:
        """Start with the digest of the key."""
        self._key = hashlib.sha256("/".join(map(str, key)).encode()).digest()
        self._count = 0

    def below(self, number: int) -> int:
        """Return a whole number from 0 to `number` - 1."""
        self._count += 1
        fall = hashlib.sha256(self._key + self._count.to_bytes(8, "big")).digest()
        return int.from_bytes(fall[: BITS // 8], "big") * number >> BITS

    def chance(self, percent: int) -> bool:
        """Return True with a probability in per cent."""
        return self.below(100) < percent

    def between(self, least: int, most: int) -> int:
        """Return a whole number from `least` to `most`, both possible."""
        return least + self.below(most - least + 1)

    def pick(self, among: Sequence[T]) -> T:
        """Return an item of a sequence."""
        return among[self.below(len(among))]

    def some(self, among: Sequence[T], number: int) -> list[T]:
        """Return `number` different items of a sequence, in its order; all if it has no more."""
        places = list(range(len(among)))
        while len(places) > number:
            places.pop(self.below(len(places)))
        return [among[place] for place in places]

    def weighted(self, among: Sequence[tuple[T, int]]) -> T:
        """Return an item from pairs of an item and its weight."""
        left = self.below(sum(weight for _, weight in among))
        for item, weight in among:
            left -= weight
            if left < 0:
                return item
        raise AssertionError("the weights add up")
