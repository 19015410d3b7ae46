"""Attached files, stored by digest in `attachments/SHA256` next to the ledger; the log has digest, size and type."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from ledger.domain.engagement.parts import Content
from ledger.domain.errors import USAGE, LedgerError
from ledger.files.atomic import fsync_file, fsync_folder, make_folder
from ledger.files.unfinished import clear_leftovers, unfinished_file

CHUNK = 1 << 20
"""Number of bytes read at a time: files may be larger than memory."""
UNKNOWN_TYPE = "application/octet-stream"
HALF = "half"
"""What the hidden names of files begin with that are being stored, whatever their content."""


class CannotKeep(LedgerError):
    """A file cannot be read, or cannot be stored with the ledger."""

    code = "cannot-keep"
    exit = USAGE

    def __init__(self, path: str, why: str, hint: str = "") -> None:
        """Say that the file at `path` cannot be kept because `why`."""
        super().__init__(
            f"{path} cannot be stored: {why}.",
            hint or "Check the file, and the free space and permissions in the folder of the ledger.",
        )


def content_of(path: Path) -> Content:
    """Return digest, size and type of a file; the type follows from its name. Raises CannotKeep."""
    digest, size = hashlib.sha256(), 0
    try:
        if path.exists() and not path.is_file():
            # A pipe or a device can be read once, or without end.
            raise CannotKeep(str(path), "it is not a regular file")
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        hint = "Check the name and the folder of the file, and that you may read it."
        raise CannotKeep(str(path), why, hint) from error
    import mimetypes  # noqa: PLC0415 - only files have types

    return Content(digest.hexdigest(), size, mimetypes.guess_type(path.name)[0] or UNKNOWN_TYPE)


def is_digest(name: str) -> bool:
    """Return whether a file name is a SHA-256 in lower-case hexadecimal digits."""
    return re.fullmatch("[0-9a-f]{64}", name) is not None


class Attachments:
    """The folder of a ledger's attached files; it is created with the first file, in a folder that exists."""

    def __init__(self, folder: Path) -> None:
        """Keep files in `folder`."""
        self.folder = folder

    def place(self, sha256: str) -> Path:
        """Return the path of the file with this digest, whether it exists or not."""
        return self.folder / sha256

    def has(self, sha256: str, size: int | None = None) -> bool:
        """Return whether a file with this digest (and size) is stored; its content is not checked."""
        if not is_digest(sha256):  # an entry may contain any text, even a path out of the folder
            return False
        place = self.place(sha256)
        return place.is_file() and size in (None, place.stat().st_size)

    def keep(self, path: Path, content: Content) -> None:
        """Store a copy of the file at `path`, or nothing; file and folder are then on the disk. Raises CannotKeep.

        A file that is stored already is read again, and replaced if it is damaged.
        """
        place = self.place(content.sha256)
        try:
            make_folder(self.folder)
            clear_leftovers(self.folder / HALF)
            if self.fault(content) is None:
                # Who stored it may have been killed before it was synced, and a person may have copied it there.
                fsync_file(place)
                fsync_folder(self.folder)
                return
            with unfinished_file(self.folder / HALF) as half:
                if _copied(path, half) != content.sha256:
                    raise CannotKeep(str(path), "it changed while it was read")
                half.replace(place)
                fsync_folder(self.folder)
        except OSError as error:
            raise CannotKeep(str(path), error.strerror or str(error)) from error

    def fault(self, content: Content) -> str | None:
        """Return why the stored file is not this content: `missing`, or how it differs; None if it is."""
        if not self.has(content.sha256):
            return "missing"
        try:
            stored = content_of(self.place(content.sha256))
        except CannotKeep as error:
            return error.sentence
        if stored.sha256 != content.sha256:
            return f"its SHA-256 is {stored.sha256}"
        return None if stored.size == content.size else f"it has {stored.size} bytes, not {content.size}"


def kept_files(attachments: Attachments | None) -> Iterator[Path]:
    """Yield the files that are kept, in order of name; what is half written is none."""
    if attachments is not None and attachments.folder.is_dir():
        yield from sorted(path for path in attachments.folder.iterdir() if is_digest(path.name))


def _copied(path: Path, half: Path) -> str:
    """Copy a file, synced to the disk, and return its SHA-256."""
    digest = hashlib.sha256()
    with half.open("wb") as made, path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            made.write(chunk)
        made.flush()
        os.fsync(made.fileno())
    return digest.hexdigest()
