"""A whole log from one store into another: the same entries, root, commands and checkpoints.

Entries are appended as they were recorded, so that the target checks them as it checks every entry and builds the tree
over them again. All of it is one transaction: whatever stops it, there is a whole copy or none. A copy whose root
differs from the root of the source is not made.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import NamedTuple

from ledger.application.eventsourcing_adapter import EntryMapper
from ledger.application.ledger import Ledger
from ledger.domain.errors import INTEGRITY, LedgerError
from ledger.files.attachments import Attachments, content_of, kept_files
from ledger.format.entry import Entry, read
from ledger.stores.errors import LedgerExists
from ledger.stores.log_reader import check_begun
from ledger.stores.log_store import LogStore
from ledger.stores.open import created, open_store
from ledger.stores.urls import shown

BATCH = 5000
"""Entries read at a time; more where the last command has more entries."""

Progress = Callable[[int], None]


class NotCopied(LedgerError):
    """A ledger cannot be copied as it is."""

    code = "not-copied"
    exit = INTEGRITY

    def __init__(self, url: str, why: str) -> None:
        """Say why the ledger at `url` was not copied."""
        super().__init__(
            f"{shown(url)} was not copied: {why}.",
            "'ledger verify' lists all that is wrong; no partial copy is left.",
        )


class Copied(NamedTuple):
    """What a copy holds: its size, its root, and how many checkpoints."""

    size: int
    root: bytes
    checkpoints: int


def copy_ledger(
    ledger: Ledger, url: str, progress: Progress | None = None, attachments: Attachments | None = None
) -> Copied:
    """Create a ledger at `url` with the contents of `ledger`, and copy its files into `attachments`, or nothing.

    Files that were copied stay if the copy fails: each is what its name says.

    Raises EmptyLog, LedgerExists, NoFolder, NotCopied, CannotKeep, and what opening either of them raises.
    """
    check_begun(ledger.store)
    with created(url) as place, closing(open_store(place)) as target:
        # Most files go first, since a server does not wait long within a transaction; what is attached meanwhile is
        # kept before its entry is recorded, and so it is there once the entries are read.
        _copy_files(ledger.attachments, attachments)
        with ledger.store.reading(), target.writing():
            if target.head().size:
                raise LedgerExists(shown(url))  # another process made one meanwhile
            copied = _copy(ledger.store, target, progress)
            _copy_files(ledger.attachments, attachments, only_missing=True)
        return copied


def _copy_files(source: Attachments | None, target: Attachments | None, *, only_missing: bool = False) -> None:
    if source is None or target is None or source.folder.resolve() == target.folder.resolve():
        return
    for path in kept_files(source):
        if not (only_missing and target.has(path.name)):
            target.keep(path, content_of(path))


def _copy(source: LogStore, target: LogStore, progress: Progress | None) -> Copied:
    head, mapper, done = source.head(), EntryMapper(), 0
    for batch in _batches(source, head.size):
        for command in batch:
            first = target.head().size + 1
            target.append([mapper.to_stored_event(entry) for entry in command])
            _remember(source, target, command[0].command, first, len(command))
        done += sum(map(len, batch))
        if progress is not None:
            progress(done)
    notes = list(source.checkpoints())
    for size, note in notes:
        target.keep_checkpoint(size, note)
    made = target.head()
    if (made.size, made.root) != (head.size, head.root):
        raise NotCopied(source.url, "the entries do not give the root that is stored with them")
    return Copied(made.size, made.root, len(notes))


def _remember(source: LogStore, target: LogStore, command: str, first: int, count: int) -> None:
    known = source.recorded(command)
    if known is None or (known.first, known.count) != (first, count):
        raise NotCopied(source.url, f"what it stores of the command {command} does not match position {first}")
    target.remember(command, known.digest, first, count)


def _batches(source: LogStore, size: int) -> Iterator[list[list[Entry]]]:
    """Yield the entries up to `size`, command by command, many commands at a time."""
    batch: list[list[Entry]] = []
    command: list[Entry] = []
    held, position = 0, 0
    for expected, (position, data) in enumerate(source.entries(1, size), 1):
        if position != expected:
            raise NotCopied(source.url, f"position {expected} is missing")
        try:
            command.append(read(data))
        except LedgerError as error:
            raise NotCopied(source.url, f"position {position}: {error.sentence.removesuffix('.')}") from error
        if command[-1].part[0] == command[-1].part[1]:
            batch.append(command)
            held, command = held + len(command), []
        if held >= BATCH:
            yield batch
            batch, held = [], 0
    if command or position != size:
        raise NotCopied(source.url, "its last command is not complete")
    if batch:
        yield batch
