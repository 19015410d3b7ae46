"""Faults that the simulation has to find: each stands for a mistake that somebody could make."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec

import ledger.files.atomic as atomic
import ledger.files.attachments as attachments
import ledger.maintenance.backup as backup
import ledger.stores.sqlite.connection as connection
from ledger.application.ledger import Ledger
from ledger.application.receipt import Receipt
from ledger.application.request import Request
from ledger.stores.errors import OutcomeUnknown
from ledger.stores.sqlite.store import SQLiteStore


def _nothing(*_: Any, **__: Any) -> None:
    pass


@contextmanager
def no_sync_of_the_log() -> Iterator[None]:
    """The write-ahead log is not synced at a commit."""
    opened = connection._opened  # noqa: SLF001

    def careless(*args: Any, **kwargs: Any) -> Any:
        made = opened(*args, **kwargs)
        made[0].execute("PRAGMA synchronous = NORMAL")
        return made

    with patch.object(connection, "_opened", careless):
        yield


@contextmanager
def no_sync_of_a_backup() -> Iterator[None]:
    """A backup gets its name without being synced."""
    with patch.object(backup, "fsync_file", _nothing):
        yield


@contextmanager
def no_sync_of_an_attachment() -> Iterator[None]:
    """The names of attached files are not synced."""
    with patch.object(attachments, "fsync_folder", _nothing):
        yield


@contextmanager
def move_before_sync() -> Iterator[None]:
    """A file gets its name first and is synced afterwards."""

    def replace_file(path: Path, data: bytes) -> None:
        half = path.with_name(f".{path.name}-{os.urandom(8).hex()}")
        with half.open("xb") as file:
            file.write(data)
        half.replace(path)
        atomic.fsync_file(path)
        atomic.fsync_folder(path.parent)

    import ledger.application.rollback_guard as rollback_guard
    import ledger.files.safe_folder as safe_folder

    with patch.object(rollback_guard, "replace_file", replace_file), patch.object(safe_folder, "replace_file", replace_file):
        yield


@contextmanager
def acknowledged_before_commit() -> Iterator[None]:
    """A receipt is given as soon as the entries are appended; the commit comes with the next command."""
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
    """Whoever gives a command again whose outcome is unknown gives it a new id."""
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
def no_lock() -> Iterator[None]:
    """A writer reads the end of the log before it has the lock."""
    begin = SQLiteStore._read_head  # noqa: SLF001
    known: dict[int, Any] = {}

    def stale(self: SQLiteStore) -> Any:
        head = begin(self)
        return known.setdefault(id(self), head) if head.size % 5 == 0 else head

    with patch.object(SQLiteStore, "_read_head", stale):
        yield


PLANTED: dict[str, Callable[[], AbstractContextManager[None]]] = {
    plant.__name__: plant
    for plant in (
        no_sync_of_the_log, no_sync_of_a_backup, no_sync_of_an_attachment, move_before_sync, acknowledged_before_commit,
        doubled_retry, no_lock,
    )
}  # fmt: skip
