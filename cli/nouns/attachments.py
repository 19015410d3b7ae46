"""Files that a command attaches: hashed when they are named, stored only when the command is recorded."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cli.messages import print_message
from ledger.domain.errors import USAGE, LedgerError
from ledger.files.attachments import Attachments, content_of

if TYPE_CHECKING:
    from cli.session import Session
    from ledger.application.ledger import Ledger
    from ledger.application.receipt import Receipt
    from ledger.application.request import Request
    from ledger.domain.engagement.parts import Content


class _Offered(Attachments):
    """The stored files, together with those that the command would store."""

    def __init__(self, stored: Attachments, files: "Mapping[Content, Path]") -> None:
        super().__init__(stored.folder)
        self.files = files

    def has(self, sha256: str, size: int | None = None) -> bool:
        return any(content.sha256 == sha256 for content in self.files) or super().has(sha256, size)


class NoAttachments(LedgerError):
    """A file is to be attached, but there is no folder to store it in."""

    code = "no-attachments"
    exit = USAGE

    def __init__(self) -> None:
        """Ask for one."""
        super().__init__(
            "No folder for attached files is named, and a ledger on a server has none of its own.",
            "Name a folder that everyone who records shares: LEDGER_ATTACHMENTS, or attachments in ledger.toml.",
        )


def attach(session: "Session", path: str) -> "Content":
    """Return the content of a file, and note its path. Raises CannotKeep, NoAttachments."""
    if session.attachments is None:
        raise NoAttachments
    content = content_of(Path(path))
    session.files[content] = Path(path)
    return content


@contextmanager
def offering(ledger: "Ledger", files: "Mapping[Content, Path]") -> Iterator[None]:
    """Let dry runs see the files that would be stored as if they were."""
    stored = ledger.attachments
    ledger.attachments = _Offered(stored, files) if stored else None
    try:
        yield
    finally:
        ledger.attachments = stored


def keep(ledger: "Ledger", files: "Mapping[Content, Path]") -> None:
    """Store the files next to the ledger, before the entry that names them. Raises CannotKeep."""
    for content, path in files.items():
        if ledger.attachments is not None:
            ledger.attachments.keep(path, content)


def record_with_files(session: "Session", ledger: "Ledger", request: "Request", *, dry_run: bool) -> "Receipt":
    """Store the files of a request, then record it; a refused request stores none. Raises LedgerError."""
    try:
        if dry_run or session.files:
            with offering(ledger, session.files):
                receipt = ledger.record(request, dry_run=True)
        if not dry_run:
            keep(ledger, session.files)
            receipt = ledger.record(request)
        for text in ledger.notes if not receipt.repeated else ():
            print_message("note", text)
    finally:
        session.files.clear()
    return receipt
