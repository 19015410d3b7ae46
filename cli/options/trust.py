"""Reading policies and checkpoints from files, and checking a checkpoint against a policy."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from cli.output.files import bytes_of
from ledger.domain.errors import REFUSED, USAGE, LedgerError, listed

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger
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


class NoQuorum(LedgerError):
    """Fewer witnesses cosigned a checkpoint than the policy asks for: it is not published or proved unasked."""

    code = "no-quorum"
    exit = REFUSED

    def __init__(self, size: int, witnesses: Sequence[str]) -> None:
        """Say which witnesses of the policy cosigned the checkpoint of `size` entries."""
        super().__init__(
            f"The checkpoint of {size} entries is cosigned by {named(witnesses)}, too few for the policy; nothing was "
            "written.",
            "'ledger checkpoint request' asks a witness; --without-quorum goes on without.",
        )


def without_quorum(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option to go on although too few witnesses cosigned."""
    return click.option(
        "--without-quorum", is_flag=True, help="With --policy: go on although too few of its witnesses cosigned."
    )(function)


def named(witnesses: Sequence[str]) -> str:
    """Return the names of witnesses for a sentence."""
    return listed(witnesses, "and") if witnesses else "no witness of the policy"


def cosigned(trusted: "TrustedCheckpoint") -> str:
    """Return a phrase: who cosigned a checkpoint, and whether that is enough. Of none, "enough" is never said."""
    witnesses = named([cosignature.key.name for cosignature in trusted.cosigned])
    if trusted.asks_nobody:
        return f"cosigned by {witnesses}; the policy asks for none"
    return f"cosigned by {witnesses}, {'enough' if trusted.is_enough else 'too few'} for the policy"


def read_policy(path: str) -> "Policy":
    """Return the policy in a file. Raises CannotRead, UnusablePolicy."""
    from ledger.tlog.policy import MAX_BYTES, BadPolicy, parse

    try:
        return parse(bytes_of(path, MAX_BYTES))
    except BadPolicy as error:
        raise UnusablePolicy(path, str(error)) from error


def trusted_by(
    ledger: "Ledger", stored: "StoredCheckpoint", policy: "Policy", *, without_quorum: bool
) -> "TrustedCheckpoint":
    """Return a stored checkpoint, verified by a policy, whose quorum cosigned it, or need not have done.

    Raises UntrustedCheckpoint, OwnWitness, NoQuorum.
    """
    from ledger.tlog.trusted_checkpoint import Untrusted, open_checkpoint
    from ledger.transparency.cosignatures import check_no_own_witness

    check_no_own_witness(ledger, policy)
    try:
        trusted = open_checkpoint(bytes(stored.note), policy)
    except Untrusted as error:
        raise UntrustedCheckpoint(stored.checkpoint.size, str(error)) from error
    if not (trusted.is_enough or without_quorum):
        raise NoQuorum(stored.checkpoint.size, [cosignature.key.name for cosignature in trusted.cosigned])
    return trusted


def given_checkpoint(path: str) -> "UnverifiedCheckpoint":
    """Read a reader's checkpoint from a file; verification checks its contents. Raises CannotRead."""
    from ledger.tlog.note import MAX_BYTES
    from ledger.verify.checkpoints import UnverifiedCheckpoint

    return UnverifiedCheckpoint(path, bytes_of(path, MAX_BYTES), is_given=True)
