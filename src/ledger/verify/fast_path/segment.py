"""A range of positions looked at quickly and by itself: steps 2 to 7, and 9 to 11 as far as a range can tell.

What cannot be confirmed has no result here; the pass over the whole log explains it (ledger.verify.sequential). A piece
begins where a subtree of its length may begin, so that its hashes stand in the tree as they are. Of the entry before it
the columns are read: that they are right is told by the piece before.
"""

from collections.abc import Sequence
from hashlib import sha256
from operator import le
from typing import NamedTuple

from ledger.tlog.compact import TILE_WIDTH, CompactRange
from ledger.verify.backdating import BackdatingReport
from ledger.verify.fast_path.batch_decode import Envelope, sound
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
"""So many entries are looked at together: more of them take more memory and no less time."""


class SegmentRequest(NamedTuple):
    """Positions from `first` to `last`, and what is to be told of them besides."""

    first: int
    last: int
    sizes: tuple[int, ...]
    """Sizes of the log, within this piece and in order, at which the tree is asked for."""
    watched: tuple[int, ...]
    """Positions in this piece whose time is asked for."""
    backdating: BackdatingReport
    """Counts those that were recorded late."""


class Segment(NamedTuple):
    """What is told of a piece that is sound."""

    roots: list[bytes]
    """Of its whole tiles."""
    leaves: list[bytes]
    """After its last whole tile."""
    cuts: dict[int, list[bytes]]
    """The tree (see CompactRange) over its beginning up to the sizes that were asked for, but for the whole piece."""
    moments: dict[int, str]
    """When the entries were recorded whose time was asked for."""
    commands: int
    """How many begin in it."""
    end: "CommandPart"
    """Its last entry."""
    origin: str | None
    keys: list[KeyStatement]
    backdating: BackdatingReport


class CommandPart(NamedTuple):
    """Which part of its command an entry is, with what all of these have in common."""

    number: int
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks of a part
    recorded_at: str
    effective_on: str
    actor: str
    command: str

    def may_precede(self, other: "CommandPart") -> bool:
        """Return whether the other may follow at once: as the next part, or as the first after a whole command."""
        return self.number == self.count if other.number == 1 else other == self._replace(number=self.number + 1)


NOTHING = CommandPart(1, 1, "", "", "", "")
"""Stands before the first entry."""


class NotProvablySound(Exception):  # never leaves this module
    """Something is not surely sound."""


def verify_segment(asked: SegmentRequest, store: Checkable) -> Segment | None:
    """Return what is told of a piece, or None unless all of it is surely sound. Raises what reading raises."""
    looking = _SegmentCheck(asked)
    try:
        if asked.first > 1:
            looking.begin(_Batch.of(store, asked.first - 1, asked.first - 1))
        for first in range(asked.first, asked.last + 1, BATCH):
            looking.take(_Batch.of(store, first, min(first + BATCH - 1, asked.last)))
    except NotProvablySound:
        return None
    return looking.piece()


class _Batch(NamedTuple):
    """Rows, as `Store.indexed` gives them, column by column."""

    position: list[int]
    stream: list[str]
    version: list[int]
    type: list[str]
    recorded_at: list[str]
    effective_on: list[str]
    actor: list[str]
    command: list[str]
    number: list[int]
    count: list[int]  # type: ignore[assignment]  # hides tuple.count, which nobody asks of a batch
    leaf: list[bytes]
    data: list[bytes]

    @classmethod
    def of(cls, store: Checkable, first: int, last: int) -> "_Batch":
        """Read what stands at these positions. Raises Unsure unless there is one entry at each, with bytes."""
        columns = [*map(list, zip(*store.indexed(first, last), strict=True))]
        if not columns or columns[0] != [*range(first, last + 1)] or {*map(type, columns[-1])} != {bytes}:  # 2
            raise NotProvablySound
        return cls._make(columns)

    def part(self, at: int) -> CommandPart:
        return CommandPart(
            self.number[at], self.count[at], self.recorded_at[at], self.effective_on[at], self.actor[at],
            self.command[at],
        )  # fmt: skip

    def says(self, entries: Sequence[Envelope]) -> bool:
        """Return whether the columns say what the entries say (7), and so does the table of commands (9)."""
        return (
            self.stream == [one.stream for one in entries]
            and self.version == [one.version for one in entries]
            and self.type == [one.event["type"] for one in entries]
            and self.recorded_at == [one.recorded_at for one in entries]
            and self.effective_on == [one.effective_on for one in entries]
            and self.actor == [one.actor for one in entries]
            and self.command == [one.command for one in entries]
            and self.number == [one.part[0] for one in entries]
            and self.count == [one.part[1] for one in entries]
        )


class _SegmentCheck:
    """A piece as it is read."""

    def __init__(self, asked: SegmentRequest) -> None:
        self.asked = asked
        self.before = NOTHING
        self.leaves: list[bytes] = []
        self.moments: dict[int, str] = {}
        self.commands = 0
        self.origin: str | None = None
        self.keys: list[KeyStatement] = []

    def begin(self, batch: _Batch) -> None:
        """Take the entry before. Raises Unsure."""
        self.before = batch.part(0)
        if type(self.before.recorded_at) is not str:
            raise NotProvablySound

    def take(self, batch: _Batch) -> None:
        """Take the entries that follow. Raises Unsure."""
        first, last = batch.position[0], batch.position[-1]
        entries = _sound(batch.data)
        hashes = [sha256(b"\0" + data).digest() for data in batch.data]
        if hashes != batch.leaf or not batch.says(entries):  # 5
            raise NotProvablySound
        self.leaves += hashes
        self._follow(batch)
        for at in [at for at, kind in enumerate(batch.type) if kind in OBSERVED_TYPES]:
            self._listen(batch.position[at], entries[at])
        if first == 1 and batch.type[0] != OPENING:  # 4
            raise NotProvablySound
        self.asked.backdating.add(first, entries)
        for position in self.asked.watched:
            if first <= position <= last:
                self.moments[position] = batch.recorded_at[position - first]

    def _follow(self, batch: _Batch) -> None:
        if not all(map(le, [self.before.recorded_at, *batch.recorded_at], batch.recorded_at)):  # 10
            raise NotProvablySound
        # Most commands have one part: before and after one that has more, it has to be looked.
        longer = [at for at, count in enumerate(batch.count) if count > 1]
        for at in {0, *longer, *(at + 1 for at in longer)} - {len(batch.count)}:
            before = batch.part(at - 1) if at else self.before
            if not before.may_precede(batch.part(at)):  # 9
                raise NotProvablySound
        self.commands += batch.number.count(1)
        self.before = batch.part(-1)

    def _listen(self, position: int, entry: Envelope) -> None:
        event, kind = entry.event, entry.event["type"]
        if (kind == OPENING and position != 1) or (kind == VOID and not is_void_of_earlier(event, entry.version)):
            raise NotProvablySound  # 4, 11
        if kind == OPENING:
            self.origin = origin_of(event)
        self.keys += key_statements(position, event)

    def piece(self) -> Segment:
        """Return what is told."""
        tree, roots, cuts = CompactRange(), [], {}
        for size in (*self.asked.sizes, self.asked.last):
            end = size - self.asked.first + 1
            roots += [made.hash for made in tree.extend(self.leaves[tree.size : end]) if made.level == 1]
            if size < self.asked.last:
                cuts[size] = [*tree.hashes]
        leaves = self.leaves[len(roots) * TILE_WIDTH :]
        return Segment(
            roots, leaves, cuts, self.moments, self.commands, self.before, self.origin, self.keys, self.asked.backdating
        )


def _sound(datas: Sequence[bytes]) -> list[Envelope]:
    found = [one for one in sound(datas) if one is not None]
    if len(found) < len(datas):  # 3, 4
        raise NotProvablySound
    return found
