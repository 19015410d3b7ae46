"""What can go wrong with a store."""

from eventsourcing.persistence import IntegrityError

from ledger.domain.errors import CONFLICT, INTEGRITY, USAGE, LedgerError


class NoLedger(LedgerError):
    """There is no ledger at this place."""

    code = "no-ledger"
    exit = INTEGRITY

    def __init__(self, url: str) -> None:
        """Say that nothing is at `url`."""
        super().__init__(
            f"There is no ledger at {url}.", "Make one with 'ledger init', or set LEDGER_URL to where it is."
        )


class NotALedger(LedgerError):
    """The file is there, but it is not a ledger."""

    code = "not-a-ledger"
    exit = INTEGRITY

    def __init__(self, url: str, why: str) -> None:
        """Say why what is at `url` is none."""
        super().__init__(f"What is at {url} is not a ledger: {why}.", "Check LEDGER_URL; nothing was changed.")


class LedgerExists(LedgerError):
    """There is something already where a ledger would be made."""

    code = "ledger-exists"

    def __init__(self, url: str) -> None:
        """Refuse to make a ledger at `url`."""
        super().__init__(
            f"There is something at {url} already.", "Choose another place with LEDGER_URL; nothing was changed."
        )


class NoFolder(LedgerError):
    """The folder in which a ledger would be made is not there."""

    code = "no-folder"
    exit = USAGE

    def __init__(self, url: str) -> None:
        """Refuse to make a ledger at `url`."""
        super().__init__(f"There is no folder for {url}.", "Make the folder first, or choose another with LEDGER_URL.")


class NewerFormat(LedgerError):
    """The ledger was written by newer software."""

    code = "newer-format"
    exit = INTEGRITY

    def __init__(self, url: str, found: int, known: int) -> None:
        """Say that `url` has format `found`, newer than `known`."""
        super().__init__(
            f"{url} has store format {found}; this software knows up to {known}.",
            "Install a newer version of the software.",
        )


class OlderFormat(LedgerError):
    """The ledger was written by software from before the first release."""

    code = "older-format"
    exit = INTEGRITY

    def __init__(self, url: str, found: int, known: int) -> None:
        """Say that `url` has format `found`, older than `known`."""
        super().__init__(
            f"{url} has store format {found}, from before the first release; this software knows {known}.",
            "Read it with the software that wrote it, and record it again.",
        )


class Busy(LedgerError):
    """Another process held the ledger for too long."""

    code = "busy"
    exit = CONFLICT

    def __init__(self, url: str, seconds: float) -> None:
        """Say that `url` was held for `seconds`."""
        super().__init__(f"{url} was busy for {seconds:g} seconds: another process is writing.", "Try again.")


class Conflict(LedgerError, IntegrityError):
    """Another writer recorded in the same stream first."""

    code = "conflict"
    exit = CONFLICT

    def __init__(self, stream: str, version: int, expected: int) -> None:
        """Say that version `version` of `stream` cannot follow, since `expected` comes next."""
        super().__init__(f"Version {version} of {stream} cannot be recorded: {expected} comes next.", "Try again.")


class ReadOnly(LedgerError):
    """The ledger can be read but not written."""

    code = "read-only"
    exit = CONFLICT

    def __init__(self, url: str) -> None:
        """Say that `url` cannot be written."""
        super().__init__(
            f"{url} cannot be written.", "Check who may write the file and its folder; reading commands work without."
        )


class DiskFull(LedgerError):
    """There is no room for the entry; nothing of it was recorded."""

    code = "disk-full"
    exit = CONFLICT

    def __init__(self, url: str) -> None:
        """Say that there is no room at `url`."""
        super().__init__(
            f"There is no room left to write {url}; nothing of this command was recorded.", "Make room and try again."
        )


class Damaged(LedgerError):
    """The store is damaged."""

    code = "damaged"
    exit = INTEGRITY

    def __init__(self, url: str, why: str) -> None:
        """Say that `url` is damaged, and `why` one knows."""
        super().__init__(f"{url} is damaged: {why}.", "Run 'ledger verify'; restore it from a backup.")


class BadUrl(LedgerError):
    """The URL of the store is of no known kind."""

    code = "bad-url"
    exit = USAGE

    def __init__(self, url: str) -> None:
        """Refuse `url`."""
        super().__init__(
            f"'{url}' does not say where a ledger is.", "Use sqlite:///ledger.db, or sqlite:////folder/ledger.db."
        )
