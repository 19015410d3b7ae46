"""Restoring: a ledger from a backup, from the entries of a published folder, or from a backup and what came after it.

The ledger is made under another name, verified, and only then renamed. Entries of a published folder are appended byte
for byte, once the log of the backup proves to be the beginning of the published log. A folder of entries holds neither
the files of attached documents nor the digests that tell a repeated command from a reused id (docs/decisions/0002).
"""

import shutil
import zipfile
import zlib
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple

from ledger.application.eventsourcing_adapter import EntryMapper
from ledger.application.ledger import Ledger
from ledger.domain.errors import INTEGRITY, USAGE, LedgerError
from ledger.domain.organisation.settings import STREAM
from ledger.files.attachments import CHUNK, Attachments, content_of, is_digest, kept_files
from ledger.files.unfinished import clear_leftovers, unfinished_folder
from ledger.format.entry import Entry, decode
from ledger.maintenance.backup import DATABASE, FILES, NotSound, Progress, check_copy
from ledger.stores.errors import DiskFull, NeedsFile
from ledger.stores.sqlite.connection import copy
from ledger.stores.sqlite.creation import check_free, make_empty, settle
from ledger.stores.sqlite.store import SQLiteStore
from ledger.stores.sqlite.translation import of_system
from ledger.stores.urls import is_on_server, private_url_of, real_path_of, shown, url_of
from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.compact import CompactRange
from ledger.tlog.encoding import encoded
from ledger.tlog.merkle import leaf_hash
from ledger.tlog.policy import Policy
from ledger.tlog.proof import root_at
from ledger.tlog.tiles import CHECKPOINT
from ledger.transparency.published_log import BadPublished, PublishedLog

MISSING = "attachment-missing"
MAX_RATIO = 100
"""How many times its size a member of a backup may unpack to; a ledger packs to about a fifth."""
_ENCRYPTED = 1


class NothingToRestore(LedgerError):
    """The source to restore a ledger from is missing."""

    code = "nothing-to-restore"
    exit = USAGE

    def __init__(self) -> None:
        """Ask for a backup or a published folder."""
        super().__init__(
            "There is nothing to restore the ledger from.",
            "Name a backup, a published folder with --published, or both.",
        )


class BadBackup(LedgerError):
    """A file is not a backup of a ledger, or is damaged."""

    code = "bad-backup"
    exit = INTEGRITY

    def __init__(self, path: Path, why: str) -> None:
        """Say why what is at `path` cannot be restored."""
        super().__init__(f"{path} cannot be restored: {why}.", "Try an older backup; nothing was restored.")


class OtherLog(LedgerError):
    """The backup and the published log hold different logs."""

    code = "other-log"
    exit = INTEGRITY

    def __init__(self, size: int, held: bytes, published: bytes) -> None:
        """Say that over `size` entries the two have different roots."""
        super().__init__(
            f"The published log does not extend the backup: over {size} entries their roots are {encoded(published)} "
            f"and {encoded(held)}.",
            "One of them was altered, or they are of two ledgers: compare both with a receipt, a checkpoint or a "
            "witness. Nothing was made.",
        )


class FilesMissing(LedgerError):
    """A warning: the ledger was restored, but files of attached documents are missing."""

    code = "files-missing"
    exit = 0

    def __init__(self, count: int, folder: Path) -> None:
        """Say how many files are missing in `folder`."""
        super().__init__(
            f"The ledger is restored, but files of attached documents are missing: {count}.",
            f"Put them into {folder}, each named by its SHA-256; 'ledger verify' lists them.",
        )


class Restored(NamedTuple):
    """What a ledger was restored to: its size and root, how many entries the backup had, how many files are missing."""

    size: int
    root: bytes
    from_backup: int
    missing: int
    trusted: bool


def restore(
    url: str,
    backup: Path | None = None,
    published: Path | None = None,
    policy: Policy | None = None,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    attachments: Attachments | None = None,
) -> Restored:
    """Make a ledger at `url`, where there is none; nothing is left of it if that fails, or in a dry run.

    Its files are stored next to it, or in `attachments`.

    Raises NothingToRestore, NeedsFile, LedgerExists, NoFolder, JournalLeft, NetworkDisk, BadBackup, BadPublished,
    OtherLog, NotSound, DiskFull, ReadOnly, StoreError.
    """
    if backup is None and published is None:
        raise NothingToRestore
    if is_on_server(url):
        raise NeedsFile(shown(url))
    target = real_path_of(url).absolute()
    clear_leftovers(target)
    check_free(url, unused=False)
    # Before anything is unpacked, so that a bad published folder is reported at once.
    source = PublishedLog(published, policy) if published is not None else None
    try:
        with unfinished_folder(target) as folder:
            made = folder / DATABASE
            _begin(made, backup)
            before = _append(made, backup, source)
            kept = _Both(made.with_name("attachments"), attachments or Attachments(target.with_name("attachments")))
            found = check_copy(made, kept, progress)
            missing = [finding for finding in found.findings if finding.code == MISSING]
            if len(missing) < len(found.findings):
                raise NotSound(url, [finding for finding in found.findings if finding.code != MISSING])
            if not dry_run:
                for path in kept_files(kept):
                    kept.beside.keep(path, content_of(path))
                settle(made, url)
    except DiskFull:
        raise DiskFull(url) from None
    except OSError as error:
        raise of_system(url, error) from error
    return Restored(found.size, found.root, before, len(missing), source is not None and bool(source.signers))


class _Both(Attachments):
    """Attachments of a backup, and those that are already in the folder of the restored ledger."""

    def __init__(self, folder: Path, beside: Attachments) -> None:
        super().__init__(folder)
        self.beside = beside

    def place(self, sha256: str) -> Path:
        brought = super().place(sha256)
        return brought if brought.is_file() else self.beside.place(sha256)


def _begin(made: Path, backup: Path | None) -> None:
    if backup is None:
        make_empty(made)
    elif not backup.is_file():  # a device has no end
        raise BadBackup(backup, "it is not a file" if backup.exists() else "there is no such file")
    elif zipfile.is_zipfile(backup):
        _unpack(backup, made)
    else:
        # The file of a ledger itself, as an image of a disk or `cp` of a stopped machine leaves it.
        try:
            copy(url_of(backup), made)
        except (DiskFull, FileExistsError):
            raise
        except LedgerError as error:
            raise BadBackup(backup, f"it is not a ZIP file, and cannot be read as a ledger ({error.code})") from error
        for path in kept_files(Attachments(backup.with_name("attachments"))):
            if not S_ISREG(path.lstat().st_mode):  # a link may lead anywhere, and a device has no end
                raise BadBackup(backup, f"attachments/{path.name} is not a regular file")
            made.with_name("attachments").mkdir(exist_ok=True)
            shutil.copyfile(path, made.with_name("attachments") / path.name)


def _unpack(backup: Path, made: Path) -> None:
    """Unpack the members that a backup defines, and no others."""
    try:
        with zipfile.ZipFile(backup) as archive:
            names = archive.namelist()
            files = [name for name in names if name.startswith(FILES) and is_digest(name.removeprefix(FILES))]
            if sorted(names) != sorted({DATABASE, *files}):
                raise BadBackup(backup, f"it has other members than {DATABASE} and attachments/, or one twice")
            _check_sizes(backup, archive)
            if files:
                made.with_name("attachments").mkdir()
            for name in names:
                with archive.open(name) as member, (made.parent / name).open("xb") as file:
                    shutil.copyfileobj(member, file, CHUNK)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise BadBackup(backup, str(error)) from error


def _check_sizes(backup: Path, archive: zipfile.ZipFile) -> None:
    """Refuse members that are packed as no backup is, or would unpack to far more than the file. Raises BadBackup.

    No more than the stated size of a member is unpacked: `zipfile` stops there.
    """
    packed = 0
    for member in archive.infolist():
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadBackup(backup, f"{member.filename} is packed by a method that backups do not use")
        if member.flag_bits & _ENCRYPTED:
            raise BadBackup(backup, f"{member.filename} is encrypted")
        if member.file_size > MAX_RATIO * member.compress_size + CHUNK:
            raise BadBackup(backup, f"{member.filename} would unpack to more than {MAX_RATIO} times its size")
        packed += member.compress_size
    if packed > backup.stat().st_size:
        raise BadBackup(backup, "its members overlap")


def _append(made: Path, backup: Path | None, source: PublishedLog | None) -> int:
    """Append the entries that only the published log has; return the number of entries before."""
    try:
        store = SQLiteStore(private_url_of(made))
    except DiskFull:
        raise
    except LedgerError as error:
        # It names a place that will be gone: what was unpacked.
        raise BadBackup(backup or made, "the ledger in it cannot be opened") from error
    ledger = Ledger(store)
    try:
        before: int = store.head().size
        if source is not None:
            with store.writing():
                _Appending(ledger, source).run()
        return before
    finally:
        ledger.close()


class _Appending:
    """Compares the entries that the restored log has with the published ones, and appends the rest."""

    def __init__(self, ledger: Ledger, source: PublishedLog) -> None:
        self.ledger, self.store, self.source = ledger, ledger.store, source
        self.mapper = EntryMapper()
        self.head = self.store.head()
        self.last = self.head.recorded_at

    def run(self) -> None:
        stated, tree = self.source.checkpoint, CompactRange()
        if self.head.size:
            self._compare_ends(stated)
        size, root = self.head.size, self.head.root
        entries: list[Entry] = []
        for position, data in enumerate(self.source.entries(), 1):
            if position <= size:
                tree.append(leaf_hash(data))
                if position == size and tree.root() != root:
                    raise OtherLog(size, root, tree.root())
            else:
                entries.append(self._entry(position, data))
                if entries[-1].part[0] == entries[-1].part[1]:
                    self._take(entries, position)
                    entries.clear()
        if entries:
            raise self._bad(stated.size, "the last command is not complete")
        if self.ledger.origin != stated.origin:
            why = f"it is of {stated.origin}, and the entries next to it are of {self.ledger.origin}"
            raise BadPublished(self.source.folder / CHECKPOINT, why)
        self._keep()

    def _keep(self) -> None:
        # Every checkpoint is kept that a key signed which both the reader's policy and the log name; without these it
        # may be anything.
        stated = (self.source.checkpoint.size, self.source.note)
        book: Any = self.ledger.fold(STREAM)[0]
        if {*map(str, self.source.signers)} & {*book.keys} and stated not in self.store.checkpoints():
            self.store.keep_checkpoint(*stated)

    def _compare_ends(self, stated: Checkpoint) -> None:
        # Where the backup has as much or more, what was published must be how it began.
        if stated.size <= self.head.size and (held := root_at(stated.size, self.store)) != stated.root:
            raise OtherLog(stated.size, held, stated.root)

    def _entry(self, position: int, data: bytes) -> Entry:
        try:
            entry = decode(data)
        except LedgerError as error:
            raise self._bad(position, error.sentence.removesuffix(".")) from error
        if entry.recorded_at < self.last:
            raise self._bad(position, "it was recorded before the one that precedes it")
        self.last = entry.recorded_at
        return entry

    def _take(self, entries: list[Entry], last: int) -> None:
        """Append a command; its digest is not known, which an empty one says (ledger.application.transaction)."""
        command, first = entries[0].command, last - len(entries) + 1
        if self.store.recorded(command) is not None:
            raise self._bad(first, f"the id of its command, {command}, is used before it already")
        try:
            self.store.append([self.mapper.to_stored_event(entry) for entry in entries])
        except LedgerError as error:
            raise self._bad(first, error.sentence.removesuffix(".")) from error
        self.store.remember(command, b"", first, len(entries))

    def _bad(self, position: int, why: str) -> BadPublished:
        return BadPublished(self.source.folder, f"position {position}: {why}")
