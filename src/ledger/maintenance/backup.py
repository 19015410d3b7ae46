"""Backups: one ZIP file with the ledger as it was at one moment, `ledger.db`, and its files, `attachments/SHA256`.

One file, because a folder can be copied by half and nobody sees it; ZIP, because every system opens it and it carries
a checksum for each member, so that it can be checked (`unzip -t`) and restored (`unzip`) with nothing of ours.
"""

import re
import shutil
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple

from ledger.application.ledger import Ledger
from ledger.domain.errors import INTEGRITY, USAGE, LedgerError
from ledger.files.atomic import fsync_file, link_new
from ledger.files.attachments import CHUNK, Attachments, kept_files
from ledger.files.unfinished import clear_leftovers, clear_matching, unfinished_folder
from ledger.maintenance.copy import copy_ledger
from ledger.replay.procedure import replay_log
from ledger.stores.errors import DiskFull
from ledger.stores.log_reader import check_begun
from ledger.stores.sqlite.connection import copy
from ledger.stores.sqlite.store import SQLiteStore
from ledger.stores.urls import is_on_server, private_url_of
from ledger.verify.findings import Finding
from ledger.verify.procedure import verify_log

DATABASE = "ledger.db"
FILES = "attachments/"
ARCHIVE = "backup.zip"
_LEFT = re.compile(r"\..{1,32}-[0-9a-f]{16}")
"""The names of folders in which backups are made."""
_MADE = {ARCHIVE, *(DATABASE + suffix for suffix in ("", "-wal", "-shm", "-journal"))}
"""What is made in such a folder."""

Progress = Callable[[int], None]


class BackupExists(LedgerError):
    """The path of a new backup exists already."""

    code = "backup-exists"

    def __init__(self, path: Path) -> None:
        """Refuse to write over what is at `path`."""
        super().__init__(f"{path} exists already.", "Give another name, with the date in it.")


class CannotBackUp(LedgerError):
    """A backup cannot be written, or differs from the ledger when read back."""

    code = "cannot-back-up"
    exit = USAGE

    def __init__(self, path: Path, why: str) -> None:
        """Say why there is no backup at `path`."""
        super().__init__(
            f"The backup {path} was not written: {why}.", "Check the folder, its permissions and the free space there."
        )


class NotSound(LedgerError):
    """A copy of a ledger does not verify, and was discarded."""

    code = "not-sound"
    exit = INTEGRITY

    def __init__(self, what: str, findings: list[Finding]) -> None:
        """Say that `what` was not made, and the first of the `findings` on the copy."""
        first = findings[0]
        where = f" at position {first.position}" if first.position is not None else ""
        more = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
        super().__init__(
            f"{what} was not made, since it would not verify: {first.code}{where}: {first.what}{more}.",
            "'ledger verify' lists all that is wrong with a ledger; an older backup may be sound.",
        )


class Checked(NamedTuple):
    """A copy that was verified: its size and root, and what was found."""

    size: int
    root: bytes
    findings: list[Finding]


class Backup(NamedTuple):
    """What a backup holds: size and root of the log, and how many attached files."""

    size: int
    root: bytes
    files: int


def _clear_beside(target: Path) -> None:
    """Remove what killed processes left of this backup, and of others in the folder: each name has another date.

    A hidden folder of another program may have such a name by chance, so that it is known by its content too.
    """
    clear_leftovers(target)
    with suppress(OSError):
        hidden = [path for path in target.absolute().parent.iterdir() if _LEFT.fullmatch(path.name) and path.is_dir()]
        left = [re.escape(path.name) for path in hidden if {file.name for file in path.iterdir()} <= _MADE]
        clear_matching(target.absolute().parent, re.compile("|".join(left) or "(?!)"))


def back_up(ledger: Ledger, target: Path, progress: Progress | None = None) -> Backup:
    """Write a backup of a ledger to `target`; it has its name once it is whole, on the disk and verified.

    Raises EmptyLog, BackupExists, CannotBackUp, NotSound, and what reading the ledger raises.
    """
    check_begun(ledger.store)
    _clear_beside(target)
    check_free(target)
    try:
        with unfinished_folder(target) as folder:
            database, half = folder / DATABASE, folder / ARCHIVE
            if is_on_server(ledger.store.url):
                copy_ledger(ledger, private_url_of(database))
            else:
                copy(ledger.store.url, database)
            # After the log: what an entry tells of was kept before the entry was recorded.
            files = list(kept_files(ledger.attachments))
            found = check_copy(database, ledger.attachments, progress)
            if found.findings:
                raise NotSound(f"The backup {target}", found.findings)
            _write(half, database, files)
            _compare(half, database, files)
            fsync_file(half)
            link_new(half, target)
    except FileExistsError:
        raise BackupExists(target) from None
    except DiskFull:
        raise CannotBackUp(target, "there is no room left") from None
    except (OSError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise CannotBackUp(target, getattr(error, "strerror", None) or str(error)) from error
    return Backup(found.size, found.root, len(files))


def check_free(target: Path) -> None:
    """Raise BackupExists or CannotBackUp where no backup could be written."""
    if target.exists() or target.is_symlink():
        raise BackupExists(target)
    if not target.absolute().parent.is_dir():
        raise CannotBackUp(target, "there is no such folder")


def check_copy(database: Path, attachments: Attachments | None, progress: Progress | None = None) -> Checked:
    """Verify a copy that nobody else uses by steps 1 to 15 of the auditor's procedure."""
    store = SQLiteStore(private_url_of(database))
    ledger = Ledger(store, attachments=attachments)
    try:
        result = verify_log(store, progress)
        return Checked(result.size, result.root, [*result.findings, *replay_log(ledger)])
    finally:
        ledger.close()


def _write(half: Path, database: Path, files: list[Path]) -> None:
    with zipfile.ZipFile(half, "x") as archive:
        _add(archive, database, DATABASE, zipfile.ZIP_DEFLATED)
        for path in files:
            # Documents are mostly packed as they come.
            _add(archive, path, FILES + path.name, zipfile.ZIP_STORED)


def _add(archive: zipfile.ZipFile, path: Path, name: str, how: int) -> None:
    member = zipfile.ZipInfo(name)
    member.compress_type = how
    member.external_attr = 0o644 << 16
    with path.open("rb") as source, archive.open(member, "w", force_zip64=True) as made:
        shutil.copyfileobj(source, made, CHUNK)


def _compare(half: Path, database: Path, files: list[Path]) -> None:
    """Read the archive again: it must hold the copy that was verified, and files that are what their names say."""
    with zipfile.ZipFile(half) as archive:
        with database.open("rb") as source, archive.open(DATABASE) as made:
            if digest_of(source) != digest_of(made):
                raise ValueError("what was written does not match what was read")
        for path in files:
            with archive.open(FILES + path.name) as made:
                if digest_of(made) != path.name:
                    raise ValueError(f"attachments/{path.name} does not match the SHA-256 in its name")


def digest_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of what is left to read, in hexadecimal."""
    digest = sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
