"""The error of a stream that another writer recorded in first; the event sourcing library knows it as its own.

It has a module of its own, so that a store is opened without that library.
"""

from eventsourcing.persistence import IntegrityError

from ledger.domain.errors import CONFLICT, LedgerError


class Conflict(LedgerError, IntegrityError):
    """Another writer recorded in the same stream first."""

    code = "conflict"
    exit = CONFLICT

    def __init__(self, stream: str, version: int, expected: int) -> None:
        """Say that version `version` of `stream` cannot follow, since `expected` comes next."""
        super().__init__(f"Version {version} of {stream} cannot be recorded: {expected} comes next.", "Try again.")
