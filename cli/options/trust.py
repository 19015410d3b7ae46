"""Reading policies and checkpoints from files, and checking a checkpoint against a policy."""

from typing import TYPE_CHECKING

from cli.output.files import bytes_of
from ledger.domain.errors import REFUSED, USAGE, LedgerError

if TYPE_CHECKING:
    from ledger.tlog.policy import Policy
    from ledger.tlog.trusted_checkpoint import TrustedCheckpoint
    from ledger.transparency.checkpoints import StoredCheckpoint
    from ledger.verify.checkpoints import UnverifiedCheckpoint


MAX_SHOWN = 400
"""Longest part of an error text shown, in characters: an invalid line may have any length."""


class UnusablePolicy(LedgerError):
    """A policy file cannot be parsed or used."""

    code = "bad-policy"
    exit = USAGE

    def __init__(self, path: str, why: str) -> None:
        """Say why the policy at `path` cannot be used."""
        super().__init__(
            f"The policy {path} cannot be used: {why if len(why) < MAX_SHOWN else why[:MAX_SHOWN] + '…'}.",
            "A policy has lines 'log KEY', 'witness NAME KEY' and 'quorum NAME'; docs/auditor.md shows one.",
        )


class UntrustedCheckpoint(LedgerError):
    """Readers with the given policy would refuse the checkpoint to be published."""

    code = "untrusted-checkpoint"
    exit = REFUSED

    def __init__(self, size: int, why: str) -> None:
        """Say why the checkpoint of `size` entries is not accepted."""
        super().__init__(
            f"Readers with this policy would refuse the checkpoint of {size} entries: {why}; nothing was written.",
            "Sign it with a key that the policy has, or publish without --policy.",
        )


def read_policy(path: str) -> "Policy":
    """Return the policy in a file. Raises CannotRead, UnusablePolicy."""
    from ledger.tlog.policy import MAX_BYTES, BadPolicy, parse

    try:
        return parse(bytes_of(path, MAX_BYTES))
    except BadPolicy as error:
        raise UnusablePolicy(path, str(error)) from error


def trusted_by(stored: "StoredCheckpoint", policy: "Policy") -> "TrustedCheckpoint":
    """Return a stored checkpoint, verified by a policy. Raises UntrustedCheckpoint."""
    from ledger.tlog.trusted_checkpoint import Untrusted, open_checkpoint

    try:
        return open_checkpoint(bytes(stored.note), policy)
    except Untrusted as error:
        raise UntrustedCheckpoint(stored.checkpoint.size, str(error)) from error


def given_checkpoint(path: str) -> "UnverifiedCheckpoint":
    """Read a reader's checkpoint from a file; verification checks its contents. Raises CannotRead."""
    from ledger.tlog.note import MAX_BYTES
    from ledger.verify.checkpoints import UnverifiedCheckpoint

    return UnverifiedCheckpoint(path, bytes_of(path, MAX_BYTES), is_given=True)
