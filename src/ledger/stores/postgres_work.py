"""What a writer adds to a log in PostgreSQL, on its way to the server: one call of a function for all of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString

from ledger.stores.contract import Head, StoredEntry
from ledger.stores.postgres_arrays import Bigints, Bytes, Column, Integers, Texts
from ledger.tlog.compact import TileHash

_ONE: LiteralString = "SELECT ledger.append_one(" + ", ".join(["%s"] * 17) + ")"
_MANY: LiteralString = "SELECT ledger.append(" + ", ".join(["%s"] * 23) + ")"


@dataclass
class Work:
    """What a transaction adds and has not sent yet."""

    head: Head
    sent: int
    """The size of the log with what was sent."""
    held: bool
    rows: list[StoredEntry] = field(default_factory=list)
    tiles: list[TileHash] = field(default_factory=list)
    commands: list[tuple[str, bytes, int, int]] = field(default_factory=list)
    told: list[tuple[str, int, int]] = field(default_factory=list)
    """Every command of the transaction, sent or not: id, first position, number of entries."""
    touched: set[str] = field(default_factory=set)
    """Streams, commands and names that what is not sent is about."""
    note: bytes | None = None
    """The last checkpoint that was kept."""
    failure: BaseException | None = None

    def call(self) -> tuple[LiteralString, tuple[Any, ...]]:
        """Return the statement that sends all that was not sent, and its values."""
        if len(self.rows) == 1 and _is_plain(self):
            return _ONE, _one(self)
        return _MANY, _many(self)

    def clear(self) -> None:
        """Note that all was sent."""
        self.sent = self.head.size
        for kept in (self.rows, self.tiles, self.commands, self.touched):
            kept.clear()


def _is_plain(work: Work) -> bool:
    (row,) = work.rows
    return not work.commands or [(one[0], *one[2:]) for one in work.commands] == [(row.command, work.sent + 1, 1)]


def _one(work: Work) -> tuple[Any, ...]:
    (row,) = work.rows
    return (
        work.sent, work.head.tree.to_bytes(), work.head.root, row.originator_id, row.originator_version, row.topic,
        row.recorded_at, row.effective_on, row.actor, row.command, row.state,
        work.commands[0][1] if work.commands else None,
        Texts(list(dict.fromkeys(row.names))) if row.names else None,
        Texts(list(dict.fromkeys(row.mentions))) if row.mentions else None,
        *(_columns(work.tiles, _TILES) if work.tiles else (None, None, None)),
    )  # fmt: skip


def _many(work: Work) -> tuple[Any, ...]:
    rows = list(enumerate(work.rows, work.sent + 1))
    names = [(key, one.originator_id, at) for at, one in rows for key in dict.fromkeys(one.names)]
    mentions = [(target, at) for at, one in rows for target in dict.fromkeys(one.mentions)]
    entries = [
        (one.originator_id, one.originator_version, one.topic, one.recorded_at, one.effective_on, one.actor,
         one.command, one.state) for one in work.rows
    ]  # fmt: skip
    return (
        work.sent, work.head.tree.to_bytes(), work.head.root, *_columns(entries, _ENTRIES),
        *_columns(work.commands, _COMMANDS), *_columns(names, _NAMES), *_columns(mentions, _MENTIONS),
        *_columns(work.tiles, _TILES),
    )  # fmt: skip


_ENTRIES = (Texts, Integers, Texts, Texts, Texts, Texts, Texts, Bytes)
_COMMANDS = (Texts, Bytes, Bigints, Integers)
_NAMES = (Texts, Texts, Bigints)
_MENTIONS = (Texts, Bigints)
_TILES = (Integers, Bigints, Bytes)


def _columns(rows: Sequence[Sequence[Any]], kinds: Sequence[type[Column]]) -> list[Column]:
    """Return the columns of rows."""
    return [kind([row[number] for row in rows]) for number, kind in enumerate(kinds)]
