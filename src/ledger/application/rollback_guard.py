"""The rollback guard: a file in a second place that holds the last size and root, which the log must extend.

A log that was set back to an older state looks sound in itself: every hash fits. It shows only against something that
is kept elsewhere. The guard is the text of a checkpoint (c2sp.org/tlog-checkpoint): origin, size and root on a line
each. It is unsigned, because what it is worth is where it stands. A signed checkpoint, as a witness holds it, may stand
in its place: the log must extend that too, and it is never written over.

A guard of a log of 13 entries:

    example.org/ledger
    13
    rIJU6cnv5ZjVRUyFIh7y3Pi2ZGaFLMjsnSJYYrnhj70=
"""

from pathlib import Path
from typing import Any, NamedTuple, Protocol

from ledger.domain.errors import INTEGRITY, USAGE, LedgerError
from ledger.files.atomic import new_file, replace_file
from ledger.tlog.checkpoint import BadCheckpoint, Checkpoint, parse
from ledger.tlog.encoding import encoded
from ledger.tlog.proof import root_at

MAX_BYTES = 1 << 16
"""How long a guard may be: a checkpoint with many signatures takes less."""
_FOUND = "'ledger verify' checks the log; 'ledger restore' makes it whole from a backup and the published entries."


class GuardMissing(LedgerError):
    """The rollback guard that is named does not exist."""

    code = "guard-missing"
    exit = INTEGRITY

    def __init__(self, path: Path) -> None:
        """Say that nothing is at `path`."""
        super().__init__(
            f"There is no rollback guard at {path}.",
            "Find out where it went: an attacker who rolls a log back removes its guard first. "
            "'ledger guard start' makes one for a log that is known to be intact.",
        )


class BadGuard(LedgerError):
    """The file at the path of the rollback guard is not a rollback guard."""

    code = "bad-guard"
    exit = INTEGRITY

    def __init__(self, path: Path, why: str) -> None:
        """Say why what is at `path` is no guard."""
        super().__init__(
            f"{path} is not a rollback guard: {why}.",
            "Restore the guard file; if it is lost, compare the log with a receipt, then move the file away and "
            "run 'ledger guard start'.",
        )


class RolledBack(LedgerError):
    """The log does not extend what the rollback guard holds: it was rolled back, truncated, or is another log."""

    code = "rolled-back"
    exit = INTEGRITY

    def __init__(self, path: Path, held: str, found: str) -> None:
        """Say what the guard at `path` holds, and what the log has instead."""
        super().__init__(f"The rollback guard {path} holds {held}; {found}.", f"Record nothing here. {_FOUND}")


class GuardExists(LedgerError):
    """The path of a new rollback guard exists already."""

    code = "guard-exists"

    def __init__(self, path: Path) -> None:
        """Refuse to write over what is at `path`."""
        super().__init__(
            f"There is something at {path} already.",
            "'ledger guard show' shows what it holds; move the guard of a ledger that is gone away by hand.",
        )


class CannotGuard(LedgerError):
    """The rollback guard cannot be written."""

    code = "cannot-guard"
    exit = USAGE

    def __init__(self, path: Path, why: str) -> None:
        """Say why there can be none at `path`."""
        super().__init__(
            f"The rollback guard {path} cannot be written: {why}.",
            "Check the folder, its permissions and the free space.",
        )


class GuardLags(LedgerError):
    """A warning: the entries are recorded, but the rollback guard could not be updated."""

    code = "guard-lags"
    exit = 0

    def __init__(self, path: Path, why: str) -> None:
        """Say why the guard at `path` was not moved on."""
        super().__init__(
            f"The entries are recorded, but the rollback guard {path} could not be updated: {why}.",
            "Until it is, it does not protect the last entries; the next recording updates it.",
        )


class Log(Protocol):
    """What the guard reads of a store."""

    def head(self) -> Any:
        """Return the end of the log: `size` and `root`."""

    def read(self, level: int, start: int, count: int) -> list[bytes]:
        """Return hashes of a tile level."""


class Held(NamedTuple):
    """What a guard holds; one that is signed is only read."""

    checkpoint: Checkpoint
    is_signed: bool

    def __str__(self) -> str:
        """Return it in words."""
        size = self.checkpoint.size
        return f"{size} entr{'y' if size == 1 else 'ies'} with root {encoded(self.checkpoint.root)}"


class Guard:
    """The file in the second place."""

    def __init__(self, path: Path) -> None:
        """Guard by the file at `path`, which need not be there yet."""
        self.path = path
        self.is_checked = False
        """Whether the log was compared with it, whatever came of it."""
        self.lag: GuardLags | None = None
        """Why it could not be moved on with what was recorded last."""

    def held(self) -> Held:
        """Return what it holds. Raises GuardMissing, BadGuard."""
        self.is_checked = True
        try:
            if self.path.exists() and not self.path.is_file():
                raise BadGuard(self.path, "it is no file")
            with self.path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError):
            raise GuardMissing(self.path) from None
        except (OSError, ValueError) as error:
            raise BadGuard(self.path, getattr(error, "strerror", None) or str(error)) from error
        return self._parsed(data)

    def _parsed(self, data: bytes) -> Held:
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
        return Held(stated, is_signed)

    def compare(self, held: Held, origin: str, log: Log) -> None:
        """Raise RolledBack unless the log `origin` extends what is held: O(log n) reads of stored hashes.

        `held` is read before the snapshot of the log is taken: another process may record between the two.
        """
        stated, size = held.checkpoint, log.head().size
        if stated.origin != origin:
            raise RolledBack(self.path, f"the ledger {stated.origin}", f"this one is {origin}")
        if stated.size > size:
            raise RolledBack(self.path, str(held), f"this log has {size}")
        try:
            root = root_at(stated.size, log)
        except ValueError as error:
            raise RolledBack(self.path, str(held), f"in this log, {error}") from error
        if root != stated.root:
            raise RolledBack(self.path, str(held), f"over as many entries this log has the root {encoded(root)}")

    def follow(self, origin: str, log: Log) -> None:
        """Let it hold the end of the log; what goes wrong is noted as `lag`, since the entries are recorded already.

        The caller holds the append lock and the guard is read again, so it never goes back with several writers.
        """
        self.lag = None
        try:
            held = self.held()
            self.compare(held, origin, log)
            if not held.is_signed and held.checkpoint.size < log.head().size:
                replace_file(self.path, _text(origin, log))
        except LedgerError as error:
            self.lag = GuardLags(self.path, error.sentence.removesuffix("."))
        except OSError as error:
            self.lag = GuardLags(self.path, error.strerror or str(error))

    def start(self, origin: str, log: Log) -> None:
        """Make it, holding the end of the log. Raises GuardExists, CannotGuard."""
        self.is_checked = True
        try:
            new_file(self.path, _text(origin, log))
        except FileExistsError:
            raise GuardExists(self.path) from None
        except (OSError, ValueError) as error:
            raise CannotGuard(self.path, getattr(error, "strerror", None) or str(error)) from error

    def check_free(self) -> None:
        """Raise GuardExists or CannotGuard where it could not be made."""
        if self.path.exists() or self.path.is_symlink():
            raise GuardExists(self.path)
        if not self.path.absolute().parent.is_dir():
            raise CannotGuard(self.path, "there is no such folder")


def _text(origin: str, log: Log) -> bytes:
    head = log.head()
    return str(Checkpoint(origin, head.size, head.root)).encode()
