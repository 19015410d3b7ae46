"""The interface of the places of projections, and their errors."""

from abc import ABC, abstractmethod
from collections.abc import Callable

from sqlalchemy import Engine

from ledger.application.ledger import Ledger
from ledger.domain.errors import CONFLICT, LedgerError

Progress = Callable[[int], None]


class NoProjections(LedgerError):
    """The tables behind lists and reports cannot be read or built."""

    code = "no-projections"
    exit = CONFLICT

    def __init__(self, place: str, why: str) -> None:
        """Say that the projections in `place` are not to be had, because `why`."""
        super().__init__(
            f"The projections in {place} cannot be read or built: {why}.",
            "Free some space, or set XDG_CACHE_HOME to a folder that only you may write; recording,"
            " 'show' and 'verify --log-only' work without it.",
        )


class Place(ABC):
    """A place for the projections of one ledger."""

    shown: str
    """The location as text for people."""
    name: str
    """The name of the file."""
    database_errors: type[Exception] | tuple[type[Exception], ...]
    """The exceptions that its database driver raises."""

    def is_database_error(self, error: Exception) -> bool:
        """Return whether the database driver raised the error, directly or through SQLAlchemy."""
        return isinstance(getattr(error, "orig", error), self.database_errors)

    @abstractmethod
    def exists(self) -> bool:
        """Return whether the projections exist."""

    @abstractmethod
    def engine(self) -> Engine:
        """Return the engine for the tables."""

    @abstractmethod
    def open_at_end(self, ledger: Ledger, progress: Progress | None) -> Engine:
        """Bring the tables to the end of the log, rebuild those of another log or version, and return the engine."""

    @abstractmethod
    def clear(self) -> None:
        """Delete the projections: everything in them can be rebuilt from the log."""

    @abstractmethod
    def is_transient(self, error: Exception) -> bool:
        """Return whether an error can pass without a rebuild: a lock, a full disk, a lost connection."""

    @abstractmethod
    def translate(self, error: Exception) -> Exception:
        """Return an error of the database driver as an error of the ledger."""
