"""What a transaction has not sent to PostgreSQL yet, and the function call that sends all of it."""

from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, LiteralString

from ledger.stores.log_reader import LogHead
from ledger.stores.log_writer import Recorded, StoredEntry
from ledger.stores.postgres.arrays import ArrayColumn, Bigints, Bytes, Integers, Texts
from ledger.tlog.compact import CompactRange

_ONE: LiteralString = "SELECT * FROM ledger.append_one(" + ", ".join(["%s"] * 20) + ")"  # noqa: S608 - place-holders
_MANY: LiteralString = "SELECT ledger.append(" + ", ".join(["%s"] * 21) + ")"


@dataclass
class PendingBatch:
    """What a transaction appends, sent or not, and what it has read."""

    head: LogHead
    held: bool
    sent: int = 0
    """The size of the log after the entries that were sent."""
    sent_root: bytes = b""
    """The root of the log of that size."""
    rows: list[StoredEntry] = field(default_factory=list)
    commands: list[tuple[str, bytes, int, int]] = field(default_factory=list)
    all_commands: list[Recorded] = field(default_factory=list)
    """Every command of the transaction, sent or not. Other writers may move the positions of an optimistic one."""
    touched: set[str] = field(default_factory=set)
    """Streams, commands and names of the entries that were not sent."""
    read: dict[str, int] = field(default_factory=dict)
    """Streams that an optimistic transaction read, with their last versions; the server checks them."""
    looked_up: set[str] = field(default_factory=set)
    """Keys of names that an optimistic transaction looked up; the server checks them."""
    on_all: bool = False
    """Whether the transaction depends on the whole log."""
    numbers: tuple[str, int] | None = None
    """The name prefix and the number of digits of numbered streams, if the last of them was looked up."""
    note: bytes | None = None
    """The last checkpoint that the transaction stored."""
    checkpoint: int | None = None
    """Its size."""
    failure: BaseException | None = None
    under_way: ExitStack | None = None
    """Closing it waits for the answers to what was sent."""
    changed_streams: Collection[str] | None = ()
    """Streams that other writers changed before the commit; None if they are too many or not known."""

    def __post_init__(self) -> None:
        """Start from the end of the log."""
        self.sent, self.sent_root = self.head.size, self.head.stored_root or self.head.root

    def note_read(self, stream: str | None, version: int) -> None:
        """Add a stream at a version, or the whole log (None), to what the transaction has read."""
        if stream is None:
            self.on_all = True
        elif self.read.setdefault(stream, version) != version:
            self.on_all = True  # it read two versions of the stream, so not one state of the log

    def call(self) -> tuple[LiteralString, tuple[Any, ...]]:
        """Return the statement that sends everything not sent yet, and its values."""
        if len(self.rows) == 1 and _is_plain(self):
            return _ONE, _one(self)
        return _MANY, _many(self)

    def clear(self) -> None:
        """Mark everything as sent."""
        self.sent, self.sent_root = self.head.size, self.head.root
        for unsent in (self.rows, self.commands, self.touched):
            unsent.clear()

    def take(self, answer: Sequence[tuple[Any, ...]]) -> None:
        """Take the head from the server's answer, which has one if the server chose other positions."""
        ((size, *rest),) = answer
        if rest and size != self.head.size:
            recorded_at, hashes, root, self.changed_streams = rest
            self.move(size - self.head.size)
            self.head = LogHead(size, recorded_at, CompactRange.from_bytes(size, hashes), root)

    def check(self) -> None:
        """Raise the error of an append that failed: the transaction cannot be committed."""
        if self.failure is not None:
            raise self.failure

    def move(self, by: int) -> None:
        """Move the positions of all commands: other writers recorded before."""
        self.all_commands[:] = [row._replace(first=row.first + by) for row in self.all_commands]


def _is_plain(batch: PendingBatch) -> bool:
    (row,) = batch.rows
    commands = [(command, first, count) for command, _, first, count in batch.commands]
    return not commands or commands == [(row.command, batch.sent + 1, 1)]


def _one(batch: PendingBatch) -> tuple[Any, ...]:
    (row,) = batch.rows
    return (
        batch.sent, batch.sent_root, batch.held or batch.on_all,
        Texts(list(batch.read)), Integers(list(batch.read.values())), Texts(list(batch.looked_up)),
        *_columns_of(row), batch.commands[0][1] if batch.commands else None,
        Texts(list(dict.fromkeys(row.names))) if row.names else None,
        Texts(list(dict.fromkeys(row.mentions))) if row.mentions else None, _digits(batch, row),
    )  # fmt: skip


def _columns_of(row: StoredEntry) -> tuple[Any, ...]:
    """Return what the server writes an entry from: its columns, its event, and the members before and after the time.

    Quotes within texts are escaped, so that none of these names of members occurs in a text.
    """
    state = row.state
    event, part = state.index(b',"event":') + 9, state.rindex(b',"part":')
    time = state.rindex(b',"recorded_at":"')
    source = time + 16 + len(row.recorded_at.encode()) + 1
    return (
        row.originator_id, row.originator_version, row.topic, row.recorded_at, row.effective_on, row.actor, row.command,
        state[event:part].decode(), state[part + 8 : time].decode(),
        state[source : state.rindex(b',"stream":')].decode(),
    )  # fmt: skip


def _digits(batch: PendingBatch, row: StoredEntry) -> int | None:
    """Return the number of digits of the stream's number, if the server may choose the number."""
    stream = str(row.originator_id)
    if batch.numbers is None or row.originator_version != 1 or stream in row.mentions:
        return None
    beginning, digits = batch.numbers
    ref = stream.partition("/")[2].encode()
    is_numbered = stream.startswith(beginning) and len(stream) == len(beginning) + digits
    return digits if is_numbered and row.state.count(ref) == 1 else None


def _many(batch: PendingBatch) -> tuple[Any, ...]:
    rows = list(enumerate(batch.rows, batch.sent + 1))
    names = [(key, position) for position, row in rows for key in dict.fromkeys(row.names)]
    mentions = [(target, position) for position, row in rows for target in dict.fromkeys(row.mentions)]
    return (
        batch.sent, batch.sent_root, batch.head.root, *_columns(list(map(_columns_of, batch.rows)), _ENTRIES),
        *_columns(batch.commands, (Texts, Bytes, Bigints, Integers)), *_columns(names, (Texts, Bigints)),
        *_columns(mentions, (Texts, Bigints)),
    )  # fmt: skip


_ENTRIES = (Texts, Integers, Texts, Texts, Texts, Texts, Texts, Texts, Texts, Texts)


def _columns(rows: Sequence[Sequence[Any]], kinds: Sequence[type[ArrayColumn]]) -> list[ArrayColumn]:
    """Return the columns of rows."""
    return [kind([row[number] for row in rows]) for number, kind in enumerate(kinds)]
