"""Verify one segment of positions by itself: steps 2 to 7, and 9 to 11 as far as a segment can decide them.

The result is None unless the whole segment is provably sound; the sequential pass (ledger.verify.sequential) explains
what is wrong. A segment begins where a subtree of its length may begin, so that its hashes fit into the tree as they
are. Of the entry before it only the columns are read: the segment before verifies them.
"""

from collections.abc import Sequence
from hashlib import sha256
from operator import le
from typing import NamedTuple

from ledger.tlog.compact import TILE_WIDTH, CompactRange
from ledger.verify.backdating import BackdatingReport
from ledger.verify.fast_path.batch_decode import Envelope, decode_batch
from ledger.verify.log_source import Checkable
from ledger.verify.observations import (
    OBSERVED_TYPES,
    OPENING,
    VOID,
    KeyStatement,
    is_void_of_earlier,
    key_statements,
    origin_of,
)

BATCH = 4 * TILE_WIDTH
"""Number of entries read at a time: a larger batch takes more memory and no less time."""


class SegmentRequest(NamedTuple):
    """A task: verify positions `first` to `last`, and return the tree and times at certain sizes."""

    first: int
    last: int
    sizes: tuple[int, ...]
    """Sizes of the log within this segment, ascending, at which the tree is wanted."""
    watched: tuple[int, ...]
    """Positions in this segment whose recording time is wanted."""
    backdating: BackdatingReport
    """Counts back-dated entries of this segment."""


class Segment(NamedTuple):
    """The result for a sound segment."""

    roots: list[bytes]
    """Root of each whole tile."""
    leaves: list[bytes]
    """Leaf hashes after the last whole tile."""
    cuts: dict[int, list[bytes]]
    """CompactRange hashes of the segment up to each requested size, except its last position."""
    moments: dict[int, str]
    """Recording times at the watched positions."""
    commands: int
    """Number of commands that begin in it."""
    end: "CommandPart"
    """The last entry."""
    origin: str | None
    keys: list[KeyStatement]
    backdating: BackdatingReport


class CommandPart(NamedTuple):
    """An entry as part of its command: (number, count), and the members that all parts share."""

    number: int
    count: int  # type: ignore[assignment]  # hides tuple.count, which no part needs
    recorded_at: str
    effective_on: str
    actor: str
    command: str

    def may_precede(self, following: "CommandPart") -> bool:
        """Return whether `following` may come next: as the next part, or as the first after a whole command."""
        if following.number == 1:
            return self.number == self.count
        return following == self._replace(number=self.number + 1)


BEGINNING = CommandPart(1, 1, "", "", "", "")
"""Sentinel predecessor of entry 1."""


class NotProvablySound(Exception):
    """The segment cannot be confirmed as sound."""


def verify_segment(request: SegmentRequest, store: Checkable) -> Segment | None:
    """Return the result of a segment, or None unless all of it is provably sound. Raises read errors of the store."""
    check = SegmentCheck(request)
    try:
        if request.first > 1:
            check.begin(Batch.of(store, request.first - 1, request.first - 1))
        for first in range(request.first, request.last + 1, BATCH):
            check.add(Batch.of(store, first, min(first + BATCH - 1, request.last)))
    except NotProvablySound:
        return None
    return check.result()


class Batch(NamedTuple):
    """Rows of `Checkable.indexed`, transposed into columns."""

    position: list[int]
    stream: list[str]
    version: list[int]
    type: list[str]
    recorded_at: list[str]
    effective_on: list[str]
    actor: list[str]
    command: list[str]
    number: list[int]
    count: list[int]  # type: ignore[assignment]  # hides tuple.count, which no batch needs
    leaf: list[bytes]
    data: list[bytes]

    @classmethod
    def of(cls, store: Checkable, first: int, last: int) -> "Batch":
        """Read these positions. Raises NotProvablySound unless each has exactly one entry, with bytes."""
        columns = [*map(list, zip(*store.indexed(first, last), strict=True))]
        if not columns or columns[0] != [*range(first, last + 1)] or {*map(type, columns[-1])} != {bytes}:  # 2
            raise NotProvablySound
        return cls._make(columns)

    def part(self, at: int) -> CommandPart:
        """Return an entry of the batch as part of its command."""
        return CommandPart(
            self.number[at], self.count[at], self.recorded_at[at], self.effective_on[at], self.actor[at],
            self.command[at],
        )  # fmt: skip

    def matches(self, entries: Sequence[Envelope]) -> bool:
        """Return whether the columns (7) and the table of commands (9) agree with the entries."""
        return (
            self.stream == [entry.stream for entry in entries]
            and self.version == [entry.version for entry in entries]
            and self.type == [entry.event["type"] for entry in entries]
            and self.recorded_at == [entry.recorded_at for entry in entries]
            and self.effective_on == [entry.effective_on for entry in entries]
            and self.actor == [entry.actor for entry in entries]
            and self.command == [entry.command for entry in entries]
            and self.number == [entry.part[0] for entry in entries]
            and self.count == [entry.part[1] for entry in entries]
        )


class SegmentCheck:
    """The state of verifying one segment, batch by batch."""

    def __init__(self, request: SegmentRequest) -> None:
        """Start before the first position of a segment; if that is not position 1, `begin` comes first."""
        self.request = request
        self.previous = BEGINNING
        self.leaves: list[bytes] = []
        self.moments: dict[int, str] = {}
        self.commands = 0
        self.origin: str | None = None
        self.keys: list[KeyStatement] = []

    def begin(self, batch: Batch) -> None:
        """Set the entry before the segment. Raises NotProvablySound."""
        self.previous = batch.part(0)
        if type(self.previous.recorded_at) is not str:
            raise NotProvablySound

    def add(self, batch: Batch) -> None:
        """Verify the next entries. Raises NotProvablySound."""
        first, last = batch.position[0], batch.position[-1]
        entries = _decoded(batch.data)
        hashes = [sha256(b"\0" + data).digest() for data in batch.data]
        if hashes != batch.leaf or not batch.matches(entries):  # 5
            raise NotProvablySound
        self.leaves += hashes
        self._check_order(batch)
        for at in [at for at, kind in enumerate(batch.type) if kind in OBSERVED_TYPES]:
            self._interpret(batch.position[at], entries[at])
        if first == 1 and batch.type[0] != OPENING:  # 4
            raise NotProvablySound
        self.request.backdating.add(first, entries)
        for position in self.request.watched:
            if first <= position <= last:
                self.moments[position] = batch.recorded_at[position - first]

    def _check_order(self, batch: Batch) -> None:
        if not all(map(le, [self.previous.recorded_at, *batch.recorded_at], batch.recorded_at)):  # 10
            raise NotProvablySound
        # Most commands have one part: only commands of several parts and their neighbours need a check.
        longer = [at for at, count in enumerate(batch.count) if count > 1]
        for at in {0, *longer, *(at + 1 for at in longer)} - {len(batch.count)}:
            previous = batch.part(at - 1) if at else self.previous
            if not previous.may_precede(batch.part(at)):  # 9
                raise NotProvablySound
        self.commands += batch.number.count(1)
        self.previous = batch.part(-1)

    def _interpret(self, position: int, entry: Envelope) -> None:
        event, kind = entry.event, entry.event["type"]
        if (kind == OPENING and position != 1) or (kind == VOID and not is_void_of_earlier(event, entry.version)):
            raise NotProvablySound  # 4, 11
        if kind == OPENING:
            self.origin = origin_of(event)
        self.keys += key_statements(position, event)

    def result(self) -> Segment:
        """Return the result for the whole segment."""
        tree, roots, cuts = CompactRange(), [], {}
        for size in (*self.request.sizes, self.request.last):
            end = size - self.request.first + 1
            roots += [tile.hash for tile in tree.extend(self.leaves[tree.size : end]) if tile.level == 1]
            if size < self.request.last:
                cuts[size] = [*tree.hashes]
        leaves = self.leaves[len(roots) * TILE_WIDTH :]
        return Segment(
            roots,
            leaves,
            cuts,
            self.moments,
            self.commands,
            self.previous,
            self.origin,
            self.keys,
            self.request.backdating,
        )


def _decoded(datas: Sequence[bytes]) -> list[Envelope]:
    entries = [entry for entry in decode_batch(datas) if entry is not None]
    if len(entries) < len(datas):  # 3, 4
        raise NotProvablySound
    return entries
