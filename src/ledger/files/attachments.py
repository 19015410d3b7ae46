"""Files kept by their content: `attachments/SHA256` beside the ledger. The log has digest, size and type only."""

import hashlib
import os
import re
from pathlib import Path

from ledger.domain.engagement.parts import Content
from ledger.domain.errors import USAGE, LedgerError
from ledger.files.atomic import settle

CHUNK = 1 << 20
"""How many bytes are read at a time: files may be larger than memory."""
UNKNOWN_TYPE = "application/octet-stream"


class CannotKeep(LedgerError):
    """A file cannot be read, or cannot be stored with the ledger."""

    code = "cannot-keep"
    exit = USAGE

    def __init__(self, path: str, why: str) -> None:
        """Say that the file at `path` cannot be kept because `why`."""
        super().__init__(
            f"{path} cannot be stored: {why}.",
            "Check the file, and the free space and permissions in the folder of the ledger.",
        )


def content_of(path: Path) -> Content:
    """Return digest, size and type of a file; the type is that of its name. Raises CannotKeep."""
    digest, size = hashlib.sha256(), 0
    try:
        if path.exists() and not path.is_file():
            # A pipe or a device can be read once, or without end.
            raise CannotKeep(str(path), "it is no regular file")
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except (OSError, ValueError) as error:
        raise CannotKeep(str(path), getattr(error, "strerror", None) or str(error)) from error
    import mimetypes  # noqa: PLC0415 - only files have types

    return Content(digest.hexdigest(), size, mimetypes.guess_type(path.name)[0] or UNKNOWN_TYPE)


def is_digest(name: str) -> bool:
    """Return whether a name is a SHA-256 as attached files bear it."""
    return re.fullmatch("[0-9a-f]{64}", name) is not None


class Attachments:
    """The folder of the files that a ledger keeps; it is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        """Keep files in `folder`."""
        self.folder = folder

    def place(self, sha256: str) -> Path:
        """Return where the file with this digest is, or would be."""
        return self.folder / sha256

    def has(self, sha256: str, size: int | None = None) -> bool:
        """Return whether a file with this digest (and size) is kept; whether it is what it was, verification tells."""
        if not is_digest(sha256):  # what an entry says may be anything, a path that leads out among it
            return False
        place = self.place(sha256)
        return place.is_file() and size in (None, place.stat().st_size)

    def keep(self, path: Path, content: Content) -> None:
        """Keep the file at `path`: whole and on the disk before this returns, or not at all. Raises CannotKeep.

        What is kept already is read again: if it is not what it was, it is replaced.
        """
        if self.fault(content) is None:
            return
        import tempfile  # noqa: PLC0415 - it loads all ways of packing

        half = None
        try:
            self.folder.mkdir(exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".half-", delete=False) as made:
                half = Path(made.name)
                digest = hashlib.sha256()
                with path.open("rb") as file:
                    while chunk := file.read(CHUNK):
                        digest.update(chunk)
                        made.write(chunk)
                made.flush()
                os.fsync(made.fileno())
            if digest.hexdigest() != content.sha256:
                raise CannotKeep(str(path), "it changed while it was read")
            half.replace(self.place(content.sha256))
            settle(self.folder)
        except OSError as error:
            raise CannotKeep(str(path), error.strerror or str(error)) from error
        finally:
            if half is not None:
                half.unlink(missing_ok=True)

    def fault(self, content: Content) -> str | None:
        """Return why what is kept is not this content: `missing`, or how it differs; None when it is."""
        if not self.has(content.sha256):
            return "missing"
        try:
            held = content_of(self.place(content.sha256))
        except CannotKeep as error:
            return error.sentence
        if held.sha256 != content.sha256:
            return f"its SHA-256 is {held.sha256}"
        return None if held.size == content.size else f"it has {held.size} bytes, not {content.size}"
