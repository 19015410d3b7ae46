"""What can go wrong with a store."""

from ledger.domain.errors import CONFLICT, INTEGRITY, USAGE, LedgerError


def in_seconds(seconds: float) -> str:
    """Return a number of seconds as a person reads it."""
    number = f"{seconds:.1f}".removesuffix(".0") if seconds >= 1 else f"{seconds:.1g}"
    return "1 second" if number == "1" else f"{number} seconds"


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
    """The file exists, but it is not a ledger."""

    code = "not-a-ledger"
    exit = INTEGRITY

    def __init__(self, url: str, why: str) -> None:
        """Say why what is at `url` is none."""
        super().__init__(f"{url} is not a ledger: {why}.", "Check LEDGER_URL; nothing was changed.")


class LedgerExists(LedgerError):
    """The place of a new ledger exists already."""

    code = "ledger-exists"

    def __init__(self, url: str) -> None:
        """Refuse to make a ledger at `url`."""
        super().__init__(f"{url} exists already.", "Choose another place with LEDGER_URL; nothing was changed.")


class NoFolder(LedgerError):
    """The folder of a new ledger does not exist."""

    code = "no-folder"
    exit = USAGE

    def __init__(self, url: str) -> None:
        """Refuse to make a ledger at `url`."""
        super().__init__(
            f"The folder of {url} does not exist.", "Create the folder first, or choose another with LEDGER_URL."
        )


class EmptyLog(LedgerError):
    """The ledger has no first entry, and nothing but its opening can be recorded."""

    code = "empty-log"
    exit = CONFLICT

    def __init__(self) -> None:
        """Ask for the first entry."""
        super().__init__(
            "The log is empty: its first entry must be the opening of the ledger, and nothing was recorded.",
            "Run 'ledger init' with the same LEDGER_URL: it makes the ledger there.",
        )


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
    """Another process locked the ledger for too long."""

    code = "busy"
    exit = CONFLICT

    def __init__(self, url: str, seconds: float, holder: int | None = None) -> None:
        """Say that `url` was held for `seconds`, and by which process of this machine, if that is known."""
        who = "another process" if holder is None else f"process {holder}"
        super().__init__(
            f"{url} was busy for {in_seconds(seconds)}: {who} is writing.",
            "Try again." if holder is None else f"Try again; 'ps -fp {holder}' shows what it is, and whose.",
        )


class ChangedUnderReader(LedgerError):
    """The file was written while it was read by a user who may not lock it."""

    code = "changed-under-reader"
    exit = CONFLICT

    def __init__(self, url: str) -> None:
        """Say that what was read from `url` may be of two moments."""
        super().__init__(
            f"{url} was written while it was read, and you may not write next to it: what was read is not used.",
            "Try again; who may write in its folder reads it while others record.",
        )


class ReadOnly(LedgerError):
    """The ledger can be read but not written."""

    code = "read-only"
    exit = CONFLICT

    def __init__(self, url: str) -> None:
        """Say that `url` cannot be written."""
        super().__init__(
            f"{url} cannot be written.",
            "Check the permissions of the file and its folder; commands that only read still work.",
        )


class DiskFull(LedgerError):
    """The disk is full; the command, or the part of an import, that found no room was not recorded."""

    code = "disk-full"
    exit = CONFLICT

    def __init__(self, url: str) -> None:
        """Say that there is no room at `url`."""
        super().__init__(f"The disk is too full to write {url}.", "Free some space and give the command again.")


class Damaged(LedgerError):
    """The store is damaged."""

    code = "damaged"
    exit = INTEGRITY

    def __init__(self, url: str, why: str) -> None:
        """Say that `url` is damaged, and `why` one knows."""
        super().__init__(f"{url} is damaged: {why}.", "Run 'ledger verify'; restore it from a backup.")


class StoreError(LedgerError):
    """The store failed at something that is no damage: a time-out, a limit, a disk, a pooler."""

    code = "store-error"
    exit = CONFLICT

    def __init__(
        self, url: str, why: str, hint: str = "Try again; if it fails again, its cause is with the store."
    ) -> None:
        """Say what the store at `url` said; nothing of the step under way is recorded."""
        super().__init__(f"{url} failed: {why}; nothing of the current step was recorded.", hint)


class ForeignSchema(LedgerError):
    """The ledger's file has something that no ledger has, and that might run when it is read."""

    code = "foreign-schema"
    exit = INTEGRITY

    def __init__(self, url: str, why: str) -> None:
        """Say why the file at `url` is not read."""
        super().__init__(
            f"{url} is not used: {why}.",
            "Somebody changed the file: keep it as evidence, and restore the ledger from a backup.",
        )


class ForeignJournal(LedgerError):
    """A rollback journal lies next to the ledger's file: to open the file would change it."""

    code = "foreign-journal"
    exit = INTEGRITY

    def __init__(self, url: str, name: str) -> None:
        """Say that the journal `name` lies next to the file at `url`."""
        super().__init__(
            f"{url} is not opened: {name} lies next to it, and SQLite would write what that holds into the ledger.",
            "A ledger has no such journal. Keep both files as evidence; copy the ledger's file alone to another "
            "folder, and run 'ledger verify' there.",
        )


class BadUrl(LedgerError):
    """The URL of the store is of an unknown kind."""

    code = "bad-url"
    exit = USAGE

    def __init__(self, url: str) -> None:
        """Refuse `url`."""
        super().__init__(
            f"'{url}' is not the URL of a ledger.",
            "Use sqlite:///ledger.db, sqlite:////folder/ledger.db, or postgresql://user@host/database.",
        )


class NoServer(LedgerError):
    """No PostgreSQL server answers."""

    code = "no-server"
    exit = CONFLICT
    is_starting = False
    """Whether a server answers that starts or stops just now."""

    def __init__(self, url: str, why: str) -> None:
        """Say that nothing answers at `url`, and `why`."""
        super().__init__(f"No server answers at {url}: {why}.", "Check LEDGER_URL, and whether the server runs.")


class NotAdmitted(LedgerError):
    """The PostgreSQL server refuses this user."""

    code = "not-admitted"
    exit = USAGE

    def __init__(self, url: str, why: str) -> None:
        """Say that the server at `url` refuses the connection, and `why`."""
        super().__init__(
            f"The server at {url} refuses the connection: {why}.",
            "Check the user in LEDGER_URL and the password, in ~/.pgpass or PGPASSWORD.",
        )


class NoDatabase(LedgerError):
    """The PostgreSQL server has no such database."""

    code = "no-database"
    exit = INTEGRITY

    def __init__(self, url: str, name: str) -> None:
        """Say that the server at `url` has no database `name`."""
        super().__init__(
            f"The server at {url} has no database '{name}'.",
            "Check LEDGER_URL; PostgreSQL's createdb makes a database, and 'ledger init' the ledger in it.",
        )


class NotAllowed(LedgerError):
    """The PostgreSQL role lacks a privilege."""

    code = "not-allowed"
    exit = CONFLICT

    def __init__(self, url: str, why: str) -> None:
        """Say which right is lacking at `url`."""
        super().__init__(
            f"Your role lacks a privilege at {url}: {why}.",
            "The owner of the ledger grants privileges with 'ledger migrate --reader ROLE', '--recorder ROLE' (to"
            " record), or '--signer ROLE' (to store checkpoints as well).",
        )


class Superuser(LedgerError):
    """The PostgreSQL login is a superuser, and the owner of the ledger is not."""

    code = "superuser"
    exit = USAGE

    def __init__(self, url: str, owner: str) -> None:
        """Name the `owner` of the ledger at `url`."""
        super().__init__(
            f"The login at {url} is a superuser, and what the ledger's owner made there would run with its rights.",
            f"Log in as {owner}, the owner, or as a role that it lets read or record.",
        )


class ClockDiffers(LedgerError):
    """The clock of this machine and that of the PostgreSQL server differ."""

    code = "clock-differs"
    exit = CONFLICT

    def __init__(self, url: str, stated: str, now: str) -> None:
        """Report the time `stated` by an entry and the time `now` of the server at `url`."""
        super().__init__(
            f"The entry was to be recorded at {stated}, and the clock of the server at {url} reads {now}.",
            "Set the clock of this machine right: the server records at its own time, give or take five minutes.",
        )


class EntryRefused(LedgerError):
    """The PostgreSQL server refuses what was to be recorded."""

    code = "entry-refused"
    exit = INTEGRITY

    def __init__(self, url: str, why: str) -> None:
        """Say `why` the server at `url` refuses it."""
        super().__init__(
            f"The server at {url} refuses it: {why}.",
            "Run 'ledger verify'; for a copy, on the ledger that is copied. Nothing was recorded.",
        )


class NoRole(LedgerError):
    """The PostgreSQL server has no such role."""

    code = "no-role"
    exit = USAGE

    def __init__(self, url: str, role: str) -> None:
        """Say that the server at `url` has no `role`."""
        super().__init__(
            f"The server at {url} has no role '{role}'; no privileges were granted.",
            "PostgreSQL's createuser makes a role.",
        )


class NotMigrated(LedgerError):
    """The schema of the ledger is older than this software."""

    code = "not-migrated"
    exit = INTEGRITY

    def __init__(self, url: str, found: int, known: int) -> None:
        """Say that the schema at `url` has version `found`, and this software needs `known`."""
        super().__init__(
            f"{url} has version {found} of the schema; this software needs version {known}.",
            "Its owner runs 'ledger migrate'.",
        )


class ConnectionLost(LedgerError):
    """The connection to the server was lost; the command, or the part of an import, was not recorded."""

    code = "connection-lost"
    exit = CONFLICT

    def __init__(self, url: str) -> None:
        """Say that the connection to `url` was lost."""
        super().__init__(f"The connection to {url} was lost.", "Give the command again.")


class OutcomeUnknown(LedgerError):
    """A commit got no answer: the server was lost during it, or the disk failed. It may or may not be recorded."""

    code = "outcome-unknown"
    exit = CONFLICT

    def __init__(self, url: str, command: str | None, why: str) -> None:
        """Say that it is not known whether the command with this id is recorded at `url`, and `why`."""
        what = f"the command {command}" if command else "it"
        super().__init__(
            f"It is not known whether {what} is recorded at {url}: {why}.",
            f"Give the command again with --command-id {command}: it is recorded once."
            if command
            else "'ledger log' shows the last entries, and 'ledger checkpoint list' the checkpoints.",
        )


class NeedsFile(LedgerError):
    """A ledger can only be restored to a file, but the URL names a server."""

    code = "needs-file"
    exit = USAGE

    def __init__(self, url: str) -> None:
        """Say that nothing is restored to `url` directly."""
        super().__init__(
            f"A ledger can only be restored to a file, but {url} is on a server.",
            "Restore it with --url sqlite:///restored.db, then 'ledger copy sqlite:///restored.db' to the server.",
        )
