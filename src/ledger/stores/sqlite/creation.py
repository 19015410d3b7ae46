"""Create a ledger in a SQLite file: in a folder next to its place, which it gets when it is whole and on the disk."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ledger.domain.errors import LedgerError
from ledger.files.atomic import fsync_file, fsync_folder, link_new
from ledger.files.lock import lock_file
from ledger.files.unfinished import clear_leftovers, unfinished_folder
from ledger.stores.errors import Busy, DiskFull, LedgerExists, NoFolder
from ledger.stores.sqlite import translation
from ledger.stores.sqlite.connection import connect, open_file
from ledger.stores.sqlite.placement import check_folder, check_no_journal
from ledger.stores.sqlite.schema import APPLICATION_ID, SCHEMA_VERSION, TABLES, TRIGGERS
from ledger.stores.sqlite.translation import translated
from ledger.stores.urls import private_url_of, real_path_of
from ledger.tlog.merkle import EMPTY_ROOT

_NAME = "ledger.db"


def check_free(url: str, *, unused: bool = True) -> None:
    """Raise an error unless a ledger could be made at `url`.

    A file without content is free; with `unused`, so is a ledger without entries. An interrupted `init` of earlier
    versions left both. Raises BadUrl, LedgerExists, NoFolder, JournalLeft, StillOpen, NetworkDisk.
    """
    path = real_path_of(url)
    if _is_taken(path) and not (unused and _is_unused(url)):
        raise LedgerExists(url)
    folder = path.absolute().parent
    if not os.path.isdir(folder):  # noqa: PTH112 - it never raises
        raise NoFolder(url)
    check_folder(folder, url)
    if not _is_taken(path):
        check_no_journal(path, url)


def _is_taken(path: Path) -> bool:
    """Return whether something is at a path, even a file that cannot be read; a file without content is nothing."""
    # These never raise, in contrast to those of pathlib: a folder may be closed to this user.
    return os.path.lexists(path) and not (os.path.isfile(path) and not os.path.getsize(path))  # noqa: PTH113, PTH202


def _is_unused(url: str) -> bool:
    """Return whether a ledger without entries is at `url`."""
    try:
        with closing(connect(url, reads=True).db) as db, translated(url):
            (size,) = db.execute("SELECT size FROM head").fetchone()
            (entries,) = db.execute("SELECT count(*) FROM entries").fetchone()
    except (LedgerError, TypeError, ValueError):
        return False
    return (size, entries) == (0, 0)


@contextmanager
def created(url: str) -> Iterator[str]:
    """Yield the URL of an empty ledger that gets its place at `url` at the end of the `with` block, or never.

    What is recorded in it meanwhile is there from the first moment; every connection to it must be closed by then. A
    ledger without entries that is at `url` already is taken over: its own URL is yielded, and what is recorded in it
    must be one transaction.

    Raises BadUrl, LedgerExists, NoFolder, JournalLeft, StillOpen, NetworkDisk, ReadOnly, DiskFull,
    StoreError.
    """
    path = real_path_of(url)
    clear_leftovers(path)
    check_free(url)
    if _is_taken(path):
        yield url
        return
    try:
        with unfinished_folder(path) as folder:
            made = folder / _NAME
            make_empty(made)
            yield private_url_of(made)
            settle(made, url)
    except DiskFull:
        raise DiskFull(url) from None
    except OSError as error:
        raise translation.of_system(url, error) from error


def create(url: str) -> None:
    """Create an empty ledger at `url`. Raises what `created` raises."""
    with created(url):
        pass


def make_empty(path: Path) -> None:
    """Create an empty ledger in a folder that nobody else uses. Raises DiskFull, ReadOnly, OSError."""
    path.touch(exist_ok=False)
    with translated(private_url_of(path)), closing(open_file(path, "rw")) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("BEGIN IMMEDIATE")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        for statement in (*TABLES.values(), *TRIGGERS.values()):
            db.execute(statement)
        empty = (1, 0, "", b"", EMPTY_ROOT)
        db.execute("INSERT INTO head (id, size, recorded_at, hashes, root) VALUES (?, ?, ?, ?, ?)", empty)
        db.execute("COMMIT")


def settle(made: Path, url: str) -> None:
    """Move the file of a ledger that no process has open to its place at `url`, synced to the disk.

    Raises LedgerExists, JournalLeft, StillOpen, Busy, OSError.
    """
    _empty_journal(made, url)
    fsync_file(made)
    path = real_path_of(url)
    if not _is_taken(path):
        check_no_journal(path, url)
    try:
        link_new(made, path)
    except FileExistsError:
        if not _replaced(path, made):
            raise LedgerExists(url) from None


def _empty_journal(made: Path, url: str) -> None:
    """Move what is in the write-ahead log into the file: the log has another name than the file will have."""
    with translated(url), closing(open_file(made, "rw")) as db:
        (busy, _, _) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise Busy(url, translation.BUSY_SECONDS)


def _replaced(path: Path, made: Path) -> bool:
    """Replace a file without content; return False if it has some, or if another process replaces it."""
    try:
        opened = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        found = os.fstat(opened)
        # The lock is on the file without content: of two processes, the second finds another file at the path.
        if not lock_file(opened, 0) or found.st_size or not os.path.samestat(found, path.lstat()):
            return False
        made.replace(path)
        fsync_folder(path.absolute().parent)
    finally:
        os.close(opened)
    return True
