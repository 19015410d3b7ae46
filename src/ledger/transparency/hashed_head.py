"""The head of a log, hashed again from the bytes of its entries: no stored hash is believed before it is signed.

The entries since a base are hashed again: a checkpoint that one of the signing keys signed, or the beginning. Up to the
base the stored tile hashes must give the base's root, so a checkpoint costs what was recorded since the last one, and
one hash for each 256 entries before. Apart from the tree it compares what belongs to the new entries: their bytes,
columns and leaf hashes, the versions of their streams, their commands, their times, names and mentions; then frontier,
root, size and time of the head, and every tile hash.
"""

from collections.abc import Collection
from typing import NamedTuple

from ledger.domain.errors import INTEGRITY, LedgerError
from ledger.format.entry import decode
from ledger.format.name_keys import name_key
from ledger.stores.log_store import LogStore
from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.compact import TILE_WIDTH, CompactRange
from ledger.tlog.merkle import EMPTY_ROOT
from ledger.verify.backdating import BackdatingReport
from ledger.verify.fast_path.segment import BATCH, Batch, NotProvablySound, SegmentCheck, SegmentRequest

FIRST = -(2**63)
"""The lowest position that a store could hold."""


class UnsoundLog(LedgerError):
    """What is stored is not what the entries give: it must not be signed."""

    code = "unsound-log"
    exit = INTEGRITY

    def __init__(self, why: str) -> None:
        """Say what was found."""
        super().__init__(
            f"The log is not sound: {why}; nothing was signed or published.",
            "'ledger verify' lists all that is wrong; 'ledger restore' rebuilds the log from a backup and what was "
            "published.",
        )


class HashedHead(NamedTuple):
    """The tree over all entries and the time of the last one; the root at each size that was asked for and reached."""

    tree: CompactRange
    recorded_at: str
    roots: dict[int, bytes]


def hashed_head(
    store: LogStore, base: Checkpoint | None, sizes: Collection[int] = (), known: HashedHead | None = None
) -> HashedHead:
    """Hash the entries since `base` again and compare with them all that is stored; call it within `reading`.

    `sizes` are those at which the root is wanted, from the base's on. `known` is the result of an earlier call, on
    which this one builds. Raises UnsoundLog, Damaged.
    """
    if known is not None:
        tree = known.tree.copy()
        return _Hashing(store, tree, sizes, dict(known.roots)).run(known.recorded_at)
    size = 0 if base is None else max(base.size - 1, 0) // TILE_WIDTH * TILE_WIDTH
    tree = CompactRange()
    roots = store.read(1, 0, size // TILE_WIDTH)
    if len(roots) * TILE_WIDTH != size:
        raise UnsoundLog(f"it lacks tile hashes of its first {size} entries")
    tree.extend_tiles(roots)
    return _Hashing(store, tree, sizes, {0: EMPTY_ROOT, size: tree.root()}).run("")


class _Hashing:
    """One pass over the entries behind a tree that is already known."""

    def __init__(self, store: LogStore, tree: CompactRange, sizes: Collection[int], roots: dict[int, bytes]) -> None:
        self.store, self.tree, self.roots = store, tree, roots
        self.first = tree.size + 1
        self.sizes = sorted(size for size in sizes if size >= self.first)
        self.streams: dict[str, int] = {}
        self.names = self.mentions = 0

    def run(self, recorded_at: str) -> HashedHead:
        """Hash the entries, and compare what is stored. Raises UnsoundLog, Damaged."""
        size = self.store.head().size
        if size < max(self.tree.size, 1):
            raise UnsoundLog(f"its head states {size} entries, and there were {self.tree.size}")
        self._check_nothing_outside(size)
        check = SegmentCheck(SegmentRequest(self.first, size, (), (), BackdatingReport()))
        if self.first > 1:
            self._begin(check)
        for first in range(self.first, size + 1, BATCH):
            self._add(check, first, min(first + BATCH - 1, size))
        end = check.previous
        if size >= self.first:
            recorded_at = end.recorded_at
            if end.number != end.count:
                raise UnsoundLog(f"the last command, {end.command}, is not complete")
        self._check_head(size, recorded_at)
        self._check_sides(check)
        return HashedHead(self.tree, recorded_at, self.roots)

    def _check_head(self, size: int, recorded_at: str) -> None:
        expected = size, recorded_at, self.tree.to_bytes(), self.tree.root()
        heads = [*self.store.side_rows("head")]
        for name, stored, given in zip(("size", "time", "frontier", "root"), heads[0], expected, strict=True):
            if stored != given:
                raise UnsoundLog(f"the {name} that its head states is not what its {size} entries give")
        if len(heads) > 1:
            raise UnsoundLog("it has more than one head")

    def _check_nothing_outside(self, size: int) -> None:
        for first, last in ((FIRST, 0), (size + 1, None)):
            for position, _ in self.store.entries(first, last):
                raise UnsoundLog(f"it has an entry at position {position}, and its head states {size} entries")

    def _begin(self, check: SegmentCheck) -> None:
        try:
            check.begin(Batch.of(self.store, self.first - 1, self.first - 1))
        except NotProvablySound:
            raise UnsoundLog(f"the entry at position {self.first - 1} is missing or malformed") from None

    def _add(self, check: SegmentCheck, first: int, last: int) -> None:
        try:
            batch = Batch.of(self.store, first, last)
            check.add(batch)
        except NotProvablySound:
            what = "an entry is missing, or its bytes, hash, columns or command do not fit"
            raise UnsoundLog(f"from position {first} to {last}, {what}") from None
        leaves, check.leaves = check.leaves, []
        while self.sizes and self.sizes[0] <= last:
            size = self.sizes.pop(0)
            before = self.tree.size
            self.tree.extend(leaves[: size - before])
            leaves = leaves[size - before :]
            self.roots[size] = self.tree.root()
        self.tree.extend(leaves)
        self._check_versions(batch)
        self._check_index(batch)

    def _check_versions(self, batch: Batch) -> None:
        for position, stream, version in zip(batch.position, batch.stream, batch.version, strict=True):
            last = self.streams.get(stream)
            if last is None:
                before = self.store.place(stream, version - 1) if version > 1 else 0
                is_next = before is not None and before < self.first and self.store.place(stream, version) == position
            else:
                is_next = version == last + 1
            if not is_next:
                raise UnsoundLog(f"version {version} of {stream}, at position {position}, does not follow the others")
            self.streams[stream] = version

    def _check_index(self, batch: Batch) -> None:
        names: set[tuple[str, str, int]] = set()
        mentions: set[tuple[str, int]] = set()
        for position, stream, data in zip(batch.position, batch.stream, batch.data, strict=True):
            try:
                event = decode(data).event
            except (LedgerError, KeyError) as error:
                raise UnsoundLog(f"the entry at position {position} cannot be read: {error}") from error
            names.update((name_key(name), stream, position) for name in event.names())
            mentions.update((target, position) for target in event.mentions())
        found = self.store.names_found([*names]), self.store.mentions_found([*mentions])
        if found != (len(names), len(mentions)):
            what = "the index of names or of mentions lacks some"
            raise UnsoundLog(f"from position {batch.position[0]} to {batch.position[-1]}, {what}")
        self.names += len(names)
        self.mentions += len(mentions)

    def _check_sides(self, check: SegmentCheck) -> None:
        expected = check.commands, self.names, self.mentions
        kinds = ("commands", "names", "mentions")
        for kind, count, rows in zip(kinds, expected, self.store.side_counts_since(self.first - 1), strict=True):
            if count != rows:
                raise UnsoundLog(f"since position {self.first}, the entries give {count} {kind}, the table has {rows}")
        self._check_tiles()

    def _check_tiles(self) -> None:
        """Compare all tile hashes: the lowest must give the tree, and the others follow from them."""
        stored = [*self.store.side_rows("tiles")]
        tree = CompactRange()
        lowest = [data for level, _, data in stored if level == 1]
        expected = tree.extend_tiles(lowest) if {*map(type, lowest)} <= {bytes} else []
        is_whole = tree.size == self.tree.size // TILE_WIDTH * TILE_WIDTH
        if not is_whole or tree.hashes != self.tree.hashes[: len(tree.hashes)] or stored != sorted(expected):
            raise UnsoundLog("its tile hashes are not what its entries give")
