"""Verify a checkpoint by a reader's policy: signed by a log of the policy, and cosigned by its witnesses."""

from typing import NamedTuple

from ledger.tlog import checkpoint, note
from ledger.tlog.checkpoint import BadCheckpoint, Checkpoint
from ledger.tlog.cosignature import Cosignature, cosigners
from ledger.tlog.keys import VerifierKey
from ledger.tlog.note import BadNote
from ledger.tlog.policy import Policy


class Untrusted(Exception):
    """The bytes are no checkpoint, or no log of the policy signed it; `code` says which."""

    def __init__(self, code: str, why: str) -> None:
        """Set the code and the reason."""
        super().__init__(why)
        self.code = code


class TrustedCheckpoint(NamedTuple):
    """A verified checkpoint: its signers, its cosignatures, and whether these meet the policy's quorum."""

    checkpoint: Checkpoint
    signers: tuple[VerifierKey, ...]
    cosigned: tuple[Cosignature, ...]
    is_enough: bool


def open_checkpoint(data: bytes, policy: Policy) -> TrustedCheckpoint:
    """Parse and verify a checkpoint. Raises Untrusted: `bad-checkpoint`, `bad-signature`, `unknown-signer`.

    A key signs only for the log of its own name, not for another log of the same policy.
    """
    try:
        signed = note.parse(data)
        stated = checkpoint.parse(signed.text)
    except (BadNote, BadCheckpoint) as error:
        raise Untrusted("bad-checkpoint", str(error)) from error
    keys = [key for key in policy.logs if key.name == stated.origin]
    try:
        signers = note.signers(signed, keys)
        cosigned = cosigners(signed, policy.witnesses.values())
    except BadNote as error:
        raise Untrusted("bad-signature", str(error)) from error
    if not signers:
        raise Untrusted("unknown-signer", f"no key that the policy has for {stated.origin!r} signed it")
    if stated.extensions:
        raise Untrusted("bad-checkpoint", "it has extension lines, which no auditor could check")
    return TrustedCheckpoint(stated, signers, cosigned, policy.is_enough(cosignature.key for cosignature in cosigned))
