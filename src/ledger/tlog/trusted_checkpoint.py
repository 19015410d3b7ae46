"""A checkpoint as a reader may trust it: signed by a log of the reader's policy, and by which witnesses."""

from typing import NamedTuple

from ledger.tlog import checkpoint, note
from ledger.tlog.checkpoint import BadCheckpoint, Checkpoint
from ledger.tlog.cosignature import Cosignature, cosigners
from ledger.tlog.keys import VerifierKey
from ledger.tlog.note import BadNote
from ledger.tlog.policy import Policy


class Untrusted(Exception):
    """No log of the policy signed this, or it is not a checkpoint. `code` says which."""

    def __init__(self, code: str, why: str) -> None:
        """Say why it is not trusted."""
        super().__init__(why)
        self.code = code


class TrustedCheckpoint(NamedTuple):
    """What the log signed, by which of its keys, who cosigned it, and whether these are enough for the policy."""

    checkpoint: Checkpoint
    signers: tuple[VerifierKey, ...]
    cosigned: tuple[Cosignature, ...]
    is_enough: bool


def open_checkpoint(data: bytes, policy: Policy) -> TrustedCheckpoint:
    """Return the checkpoint of these bytes. Raises Untrusted: `bad-checkpoint`, `bad-signature`, `unknown-signer`.

    A key signs for the log of its own name only: a key of another log of the same policy says nothing about this one.
    """
    try:
        held = note.parse(data)
        stated = checkpoint.parse(held.text)
    except (BadNote, BadCheckpoint) as error:
        raise Untrusted("bad-checkpoint", str(error)) from error
    keys = [key for key in policy.logs if key.name == stated.origin]
    try:
        signers = note.signers(held, keys)
        cosigned = cosigners(held, policy.witnesses.values())
    except BadNote as error:
        raise Untrusted("bad-signature", str(error)) from error
    if not signers:
        raise Untrusted("unknown-signer", f"no key that the policy has for {stated.origin!r} signed it")
    if stated.extensions:
        raise Untrusted("bad-checkpoint", "it has extension lines, which no auditor could check")
    return TrustedCheckpoint(stated, signers, cosigned, policy.is_enough(one.key for one in cosigned))
