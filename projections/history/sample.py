"""Random samples of entries that anybody can draw again: the order is that of SHA-256 of the seed and the position."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from ledger.domain.money import Money


class Drawn(NamedTuple):
    """A sample: positions in order, from how many entries, and in how many strata (1 without amounts)."""

    positions: list[int]
    population: int
    strata: int


def rank(seed: str, position: int) -> bytes:
    """Return the SHA-256 of `SEED:POSITION` (UTF-8); the lowest are drawn."""
    return sha256(f"{seed}:{position}".encode()).digest()


def draw(population: Sequence[int], size: int, seed: str, amounts: Mapping[int, Sequence[str]] | None = None) -> Drawn:
    """Draw `size` of the positions, or all if they are fewer.

    With `amounts` (by position, as `USD 80.00`), only entries with an amount are drawn, and each stratum gives one
    entry at least and the others in the ratio of its entries (largest remainder; of equal ones the first). A stratum
    is a currency and a number of digits before the decimals, taken from the largest amount of an entry.
    """
    if amounts is None:
        return Drawn(sorted(_lowest(population, size, seed)), len(population), 1)
    strata: dict[tuple[str, int], list[int]] = {}
    for position in population:
        if amounts[position]:
            strata.setdefault(_stratum(amounts[position]), []).append(position)
    count = sum(map(len, strata.values()))
    if len(strata) > size:
        return Drawn([], count, len(strata))
    shares = _shares({key: len(members) for key, members in sorted(strata.items())}, min(size, count))
    positions = [position for key, share in shares.items() for position in _lowest(strata[key], share, seed)]
    return Drawn(sorted(positions), count, len(strata))


def _lowest(positions: Sequence[int], size: int, seed: str) -> list[int]:
    return sorted(positions, key=lambda position: rank(seed, position))[:size]


def _stratum(amounts: Sequence[str]) -> tuple[str, int]:
    # The largest by digits, then by currency: an entry with several amounts is in one stratum.
    parsed = [Money.parse(text) for text in amounts]
    digits, currency = max((len(amount.value.lstrip("-").partition(".")[0]), amount.currency) for amount in parsed)
    return currency, digits


def _shares(counts: Mapping[tuple[str, int], int], size: int) -> dict[tuple[str, int], int]:
    # One of each stratum; the rest in the ratio of what each has left.
    left = {key: count - 1 for key, count in counts.items()}
    rest, total = size - len(counts), sum(left.values())
    if not total:
        return dict.fromkeys(counts, 1)
    shares = {key: 1 + rest * own // total for key, own in left.items()}
    by_remainder = sorted(left, key=lambda key: (-(rest * left[key] % total), key))
    for key in by_remainder[: size - sum(shares.values())]:
        shares[key] += 1
    return shares
