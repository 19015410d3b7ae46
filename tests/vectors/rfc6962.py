"""RFC 6962 §2.1, transcribed from its definitions: slow, and independent of the ledger's own tree.

`Reference` implements the definitions over a list of entries; `StoredHashes` holds tile hashes for proofs to read.
"""

from collections.abc import Iterable
from hashlib import sha256

from ledger.tlog.compact import TileHash


def entries_of(size: int) -> list[bytes]:
    """Return `size` entries, each different."""
    return [f"entry {index}".encode() for index in range(size)]


class Reference:
    """The definitions of §2.1; D[a:b] is given by its two bounds, and hashes over the same bounds are cached."""

    def __init__(self, entries: Iterable[bytes]) -> None:
        """Take the entries."""
        self.entries = list(entries)
        self._made: dict[tuple[int, int], bytes] = {}

    def mth(self, start: int, end: int) -> bytes:
        """Return MTH(D[start:end]) of §2.1."""
        if (start, end) not in self._made:
            self._made[start, end] = self._mth(start, end)
        return self._made[start, end]

    def _mth(self, start: int, end: int) -> bytes:
        n = end - start
        if n == 0:
            return sha256(b"").digest()
        if n == 1:
            return sha256(b"\x00" + self.entries[start]).digest()
        k = largest_power_of_two_below(n)
        return sha256(b"\x01" + self.mth(start, start + k) + self.mth(start + k, end)).digest()

    def path(self, m: int, start: int, end: int) -> list[bytes]:
        """Return PATH(m, D[start:end]) of §2.1.1."""
        n = end - start
        if n == 1:
            return []
        k = largest_power_of_two_below(n)
        if m < k:
            return [*self.path(m, start, start + k), self.mth(start + k, end)]
        return [*self.path(m - k, start + k, end), self.mth(start, start + k)]

    def proof(self, m: int, n: int) -> list[bytes]:
        """Return PROOF(m, D[0:n]) of §2.1.2, which is defined for 0 < m <= n."""
        return self.subproof(m, 0, n, b=True)

    def subproof(self, m: int, start: int, end: int, *, b: bool) -> list[bytes]:
        """Return SUBPROOF(m, D[start:end], b) of §2.1.2."""
        n = end - start
        if m == n:
            return [] if b else [self.mth(start, end)]
        k = largest_power_of_two_below(n)
        if m <= k:
            return [*self.subproof(m, start, start + k, b=b), self.mth(start + k, end)]
        return [*self.subproof(m - k, start + k, end, b=False), self.mth(start, start + k)]


def largest_power_of_two_below(n: int) -> int:
    """Return k of §2.1: k < n <= 2k."""
    k = 1
    while 2 * k < n:
        k *= 2
    return k


class StoredHashes:
    """Tile hashes by level, in memory, in the order in which a growing tree completes them."""

    def __init__(self, leaves: Iterable[bytes], tiles: Iterable[TileHash]) -> None:
        """Take the leaf hashes and the tile hashes that their tree completed."""
        self.levels: dict[int, list[bytes]] = {0: list(leaves)}
        for tile in tiles:
            level = self.levels.setdefault(tile.level, [])
            assert len(level) == tile.number, "a tile hash comes out of order"
            level.append(tile.hash)

    def read(self, level: int, start: int, count: int) -> list[bytes]:
        """Return the stored hashes of a range; fewer if there are fewer."""
        return self.levels.get(level, [])[start : start + count]
