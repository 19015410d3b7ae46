"""Faults that the simulation has to find: each stands for a mistake that somebody could make."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec

from ledger.application import rollback_guard
from ledger.application.ledger import Ledger
from ledger.application.receipt import Receipt
from ledger.application.request import Request
from ledger.files import atomic, attachments, safe_folder
from ledger.maintenance import backup
from ledger.stores.errors import OutcomeUnknown
from ledger.stores.sqlite import connection, creation, placement
from ledger.stores.sqlite.store import SQLiteStore


def _nothing(*_: Any, **__: Any) -> None:
    pass


@contextmanager
def no_sync_of_the_log() -> Iterator[None]:
    """Leave the write-ahead log unsynced at a commit."""
    opened = connection._opened  # noqa: SLF001

    def careless(*args: Any, **kwargs: Any) -> Any:
        made = opened(*args, **kwargs)
        made[0].execute("PRAGMA synchronous = NORMAL")
        return made

    with patch.object(connection, "_opened", careless):
        yield


@contextmanager
def no_sync_of_a_backup() -> Iterator[None]:
    """Give a backup its name without syncing it."""
    with patch.object(backup, "fsync_file", _nothing):
        yield


@contextmanager
def no_sync_of_an_attachment() -> Iterator[None]:
    """Leave the names of attached files unsynced."""
    with patch.object(attachments, "fsync_folder", _nothing):
        yield


@contextmanager
def move_before_sync() -> Iterator[None]:
    """Give a file its name first, and sync it afterwards."""

    def replace_file(path: Path, data: bytes) -> None:
        half = path.with_name(f".{path.name}-{os.urandom(8).hex()}")
        with half.open("xb") as file:
            file.write(data)
        half.replace(path)
        atomic.fsync_file(path)
        atomic.fsync_folder(path.parent)

    with (
        patch.object(rollback_guard, "replace_file", replace_file),
        patch.object(safe_folder, "replace_file", replace_file),
    ):
        yield


@contextmanager
def acknowledged_before_commit() -> Iterator[None]:
    """Give a receipt as soon as the entries are appended; the commit comes with the next command."""
    record = Ledger.record
    late: dict[int, Request] = {}

    def early(self: Ledger, request: Request, *, dry_run: bool = False) -> Receipt:
        before = late.pop(id(self), None)
        if before is not None:
            record(self, before)
        receipt = record(self, request, dry_run=True)
        late[id(self)] = request
        return receipt

    with patch.object(Ledger, "record", early):
        yield


@contextmanager
def doubled_retry() -> Iterator[None]:
    """Give a command whose outcome is unknown a new id when it is given again."""
    once = Ledger._record_once  # noqa: SLF001
    unknown: set[str | None] = set()

    def anew(self: Ledger, request: Request, **how: Any) -> Receipt:
        again = msgspec.structs.replace(request, id=f"{request.id}-again") if request.id in unknown else request
        try:
            return once(self, again, **how)
        except OutcomeUnknown:
            unknown.add(request.id)
            raise

    with patch.object(Ledger, "_record_once", anew):
        yield


@contextmanager
def stale_write_ahead_log() -> Iterator[None]:
    """Make a ledger where the write-ahead log of another is left."""
    with patch.object(creation, "check_no_journal", _nothing):
        yield


@contextmanager
def restored_while_open() -> Iterator[None]:
    """Restore a ledger in place of one that was moved away, and that a process still has open and records in."""
    with patch.object(placement, "_is_in_use", lambda _: False), patch.object(SQLiteStore, "_check_place", _nothing):
        yield


@contextmanager
def no_lock() -> Iterator[None]:
    """Read the end of the log before there is a lock."""
    begin = SQLiteStore._read_head  # noqa: SLF001

    def stale(self: SQLiteStore) -> Any:
        head = begin(self)
        if head.size % 5:
            return head
        return self.__dict__.setdefault("stale_head", head)

    with patch.object(SQLiteStore, "_read_head", stale):
        yield


PLANTED: dict[str, Callable[[], AbstractContextManager[None]]] = {
    plant.__name__: plant
    for plant in (
        no_sync_of_the_log, no_sync_of_a_backup, no_sync_of_an_attachment, move_before_sync, acknowledged_before_commit,
        doubled_retry, stale_write_ahead_log, restored_while_open, no_lock,
    )
}  # fmt: skip
