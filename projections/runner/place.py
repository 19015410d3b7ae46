"""What every place for projections can do, and what it raises."""

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
        """Say that the projections at `place` are not to be had, because `why`."""
        super().__init__(
            f"The projections at {place} cannot be read or built: {why}.",
            "Free some space, move away the file in its place, or set XDG_CACHE_HOME to your own folder; recording,"
            " 'show' and 'verify --log-only' work without it.",
        )


class NoRight(Exception):  # no error of a person's: who may not write has a cache of their own
    """The projections beside the ledger may not be written by us."""


class Place(ABC):
    """A place for the projections of one ledger."""

    shown: str
    """Where that is, to be printed."""
    name: str
    """The last part of that."""
    is_private: bool = False
    """Whether it is in the reader's own cache."""
    reported: type[Exception] | tuple[type[Exception], ...]
    """What its database reports errors as."""

    def reports(self, error: Exception) -> bool:
        """Return whether its database reported the error, by itself or through SQLAlchemy."""
        return isinstance(getattr(error, "orig", error), self.reported)

    @abstractmethod
    def exists(self) -> bool:
        """Return whether there are projections."""

    @abstractmethod
    def engine(self) -> Engine:
        """Return the engine for the tables."""

    @abstractmethod
    def caught_up(self, ledger: Ledger, progress: Progress | None) -> Engine:
        """Return the engine for the tables, at the end of the log; made anew if they are of another log or version."""

    @abstractmethod
    def clear(self) -> None:
        """Throw the projections away: nothing is lost."""

    @abstractmethod
    def is_passing(self, error: Exception) -> bool:
        """Return whether an error is no sign that the projections are broken: a lock, a full disk, no connection."""

    @abstractmethod
    def told(self, error: Exception) -> Exception:
        """Return an error in the ledger's words."""
