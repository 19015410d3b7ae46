"""The rollback guard: a file in a second place that holds the last size and root, which the log must extend.

A log that was set back to an older state is valid in itself: all hashes fit. Only a comparison with a value stored
elsewhere shows it. The guard is the text of a checkpoint (c2sp.org/tlog-checkpoint): origin, size and root on a line
each. It is unsigned, because its value comes from the place where it is stored. It may be replaced by a signed
checkpoint, such as a witness has: the log must extend that too, and it is never overwritten.

A guard of a log of 13 entries:

    example.org/ledger
    13
    rIJU6cnv5ZjVRUyFIh7y3Pi2ZGaFLMjsnSJYYrnhj70=
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from ledger.domain.errors import CONFLICT, INTEGRITY, USAGE, LedgerError
from ledger.files.atomic import prepared_file, replace_file
from ledger.files.unfinished import clear_leftovers
from ledger.tlog.checkpoint import BadCheckpoint, Checkpoint, parse
from ledger.tlog.encoding import encoded
from ledger.tlog.proof import root_at

MAX_BYTES = 1 << 16
"""Maximum size of a guard in bytes: a checkpoint with many signatures takes less."""
_FOUND = "'ledger verify' checks the log; 'ledger restore' rebuilds it from a backup and the published entries."


class GuardMissing(LedgerError):
    """The rollback guard that is named does not exist."""

    code = "guard-missing"
    exit = INTEGRITY

    def __init__(self, path: Path) -> None:
        """Report that no file exists at `path`."""
        super().__init__(
            f"There is no rollback guard at {path}.",
            "Find out why it is missing: an attacker who rolls a log back removes its guard first. "
            "'ledger guard start' makes one for a log that is known to be intact.",
        )


class BadGuard(LedgerError):
    """The file at the path of the rollback guard is not a rollback guard."""

    code = "bad-guard"
    exit = INTEGRITY

    def __init__(self, path: Path, why: str) -> None:
        """Reject the file at `path` as a guard, because `why`."""
        super().__init__(
            f"{path} is not a rollback guard: {why}.",
            "Restore the guard file; if it is lost, compare the log with a receipt, then move the file away and "
            "run 'ledger guard start'.",
        )


class GuardUnreadable(LedgerError):
    """The rollback guard cannot be read at present: a fault of its disk, its folder or its permissions."""

    code = "guard-unreadable"
    exit = CONFLICT

    def __init__(self, path: Path, why: str) -> None:
        """Report that the file at `path` cannot be read, because `why`."""
        super().__init__(
            f"The rollback guard {path} cannot be read: {why}.",
            "Leave the file where it is: this says nothing about what it holds. Check its permissions, its folder and "
            "its disk, and give the command again.",
        )


class RolledBack(LedgerError):
    """The log does not extend what the rollback guard holds: it was rolled back, truncated, or is another log."""

    code = "rolled-back"
    exit = INTEGRITY

    def __init__(self, path: Path, stored: str, in_log: str) -> None:
        """Report what the guard at `path` holds, and what the log has instead."""
        super().__init__(f"The rollback guard {path} holds {stored}; {in_log}.", f"Record nothing here. {_FOUND}")


class GuardExists(LedgerError):
    """The path of a new rollback guard exists already."""

    code = "guard-exists"

    def __init__(self, path: Path) -> None:
        """Refuse to write over what is at `path`."""
        super().__init__(
            f"{path} exists already.",
            "'ledger guard show' shows what it holds; move the guard of a ledger that is gone away by hand.",
        )


class CannotGuard(LedgerError):
    """The rollback guard cannot be written."""

    code = "cannot-guard"
    exit = USAGE

    def __init__(self, path: Path, why: str) -> None:
        """Reject `path` as the place of a guard, because `why`."""
        super().__init__(
            f"The rollback guard {path} cannot be written: {why}.",
            "Check the folder, its permissions and the free space.",
        )


class GuardLags(LedgerError):
    """A warning: the entries are recorded, but the rollback guard could not be updated."""

    code = "guard-lags"
    exit = 0

    def __init__(self, path: Path, why: str) -> None:
        """Report that the guard at `path` was not updated, because `why`."""
        super().__init__(
            f"The entries are recorded, but the rollback guard {path} could not be updated: {why}.",
            "Until it is, it does not protect the last entries; the next recording updates it.",
        )


class Log(Protocol):
    """The part of a store that the guard reads."""

    def head(self) -> Any:
        """Return the end of the log: `size` and `root`."""

    def read(self, level: int, start: int, count: int) -> list[bytes]:
        """Return hashes of a tile level."""


class GuardedCheckpoint(NamedTuple):
    """The checkpoint in a guard; a signed one is never overwritten."""

    checkpoint: Checkpoint
    is_signed: bool

    def __str__(self) -> str:
        """Return size and root for a sentence."""
        size = self.checkpoint.size
        return f"{size} entr{'y' if size == 1 else 'ies'} with root {encoded(self.checkpoint.root)}"


class Guard:
    """The guard file."""

    def __init__(self, path: Path) -> None:
        """Create a guard on the file at `path`, which need not exist yet."""
        self.path = path
        self.is_checked = False
        """Whether the file was read to compare the log with it."""
        self.lag: GuardLags | None = None
        """Why the guard does not have the newest entries, if writing it failed."""

    def stored(self) -> GuardedCheckpoint:
        """Return the checkpoint in the file. Raises GuardMissing, BadGuard, GuardUnreadable."""
        self.is_checked = True
        try:
            if self.path.exists() and not self.path.is_file():
                raise BadGuard(self.path, "it is not a file")
            with self.path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError):
            raise GuardMissing(self.path) from None
        except (OSError, ValueError) as error:
            raise GuardUnreadable(self.path, getattr(error, "strerror", None) or str(error)) from error
        return self._parsed(data)

    def _parsed(self, data: bytes) -> GuardedCheckpoint:
        from ledger.tlog.note import BadNote  # noqa: PLC0415 - only a signed one needs it
        from ledger.tlog.note import parse as parse_note  # noqa: PLC0415

        is_signed = b"\n\n" in data
        try:
            text = parse_note(data).text if is_signed else data.decode()
            stated = parse(text)
        except (BadCheckpoint, BadNote, UnicodeDecodeError) as error:
            why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
            raise BadGuard(self.path, why) from error
        if len(data) > MAX_BYTES or stated.extensions:
            raise BadGuard(self.path, "it has more than three lines")
        return GuardedCheckpoint(stated, is_signed)

    def compare(self, stored: GuardedCheckpoint, origin: str, log: Log) -> None:
        """Raise RolledBack unless the log `origin` extends `stored`. Reads O(log n) stored hashes.

        `stored` must be read before the snapshot of the log is taken: another process may record between the two.
        """
        stated, size = stored.checkpoint, log.head().size
        if stated.origin != origin:
            raise RolledBack(self.path, f"the ledger {stated.origin}", f"this one is {origin}")
        if stated.size > size:
            raise RolledBack(self.path, str(stored), f"this log has {size}")
        try:
            root = root_at(stated.size, log)
        except ValueError as error:
            raise RolledBack(self.path, str(stored), f"in this log, {error}") from error
        if root != stated.root:
            raise RolledBack(self.path, str(stored), f"over the same entries this log has the root {encoded(root)}")

    def follow(self, origin: str, log: Log) -> None:
        """Write the head of the log to the file. The entries are already recorded, so an error only sets `lag`.

        The caller holds the append lock and the guard is read again, so it never goes back with several writers.
        """
        self.lag = None
        try:
            stored = self.stored()
            self.compare(stored, origin, log)
            if not stored.is_signed and stored.checkpoint.size < log.head().size:
                replace_file(self.path, _text(origin, log))
        except LedgerError as error:
            self.lag = GuardLags(self.path, error.sentence.removesuffix("."))
        except OSError as error:
            self.lag = GuardLags(self.path, error.strerror or str(error))

    def start(self, origin: str, log: Log) -> None:
        """Create the file with the head of the log. Raises GuardExists, CannotGuard."""
        with self.prepared(origin, log) as name:
            name()

    @contextmanager
    def prepared(self, origin: str, log: Log) -> Iterator[Callable[[], None]]:
        """Write the head of the log next to the place of the guard, and yield the function that puts it there.

        Both raise GuardExists, CannotGuard.
        """
        self.is_checked = True
        with ExitStack() as half:
            with self._creating():
                name = half.enter_context(prepared_file(self.path, _text(origin, log)))

            def put() -> None:
                with self._creating():
                    name()

            yield put

    @contextmanager
    def _creating(self) -> Iterator[None]:
        try:
            yield
        except FileExistsError:
            raise GuardExists(self.path) from None
        except (OSError, ValueError) as error:
            raise CannotGuard(self.path, getattr(error, "strerror", None) or str(error)) from error

    def check_free(self) -> None:
        """Check that the file can be created. Raises GuardExists, CannotGuard."""
        clear_leftovers(self.path)
        if self.path.exists() or self.path.is_symlink():
            raise GuardExists(self.path)
        if not self.path.absolute().parent.is_dir():
            raise CannotGuard(self.path, "there is no such folder")


def _text(origin: str, log: Log) -> bytes:
    head = log.head()
    return str(Checkpoint(origin, head.size, head.root)).encode()
