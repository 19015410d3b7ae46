"""Verify a checkpoint by a reader's policy: signed by a log of the policy, and cosigned by its witnesses."""

from collections.abc import Sequence
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
    asks_nobody: bool = False
    """Whether the policy asks for no witness: `is_enough` then says nothing."""
    times: "QuorumTimes | None" = None
    """When a quorum cosigned it; None where none did."""

    @property
    def quorum(self) -> bool | None:
        """Whether enough witnesses cosigned it; None if the policy asks for none."""
        return None if self.asks_nobody else self.is_enough


class QuorumTimes(NamedTuple):
    """Times of a quorum of cosignatures, in seconds since 1970; a minority of witnesses cannot move them beyond others.

    By the first, enough witnesses had cosigned: one witness that dates it in 1970 does not make it earlier. Since the
    last, enough cosigned: one that dates it in 2099 does not make it later. Where the policy asks for nobody, all who
    cosigned are the quorum.
    """

    by: int
    since: int

    @classmethod
    def of(cls, cosigned: Sequence[Cosignature], policy: Policy) -> "QuorumTimes | None":
        """Return the times of the quorum among these cosignatures, or None if there is none."""

        def is_reached(some: Sequence[Cosignature]) -> bool:
            if policy.asks_nobody:
                return len(some) == len(cosigned)
            return policy.is_enough(cosignature.key for cosignature in some)

        if not cosigned or not is_reached(cosigned):
            return None
        rising = sorted(cosigned, key=lambda cosignature: cosignature.time)
        counts = range(1, len(rising) + 1)
        by = next(rising[count - 1].time for count in counts if is_reached(rising[:count]))
        since = next(rising[-count].time for count in counts if is_reached(rising[-count:]))
        return cls(by, since)


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
    return TrustedCheckpoint(stated, signers, *judged(cosigned, policy))


def judged(
    cosigned: Sequence[Cosignature], policy: Policy
) -> tuple[tuple[Cosignature, ...], bool, bool, QuorumTimes | None]:
    """Return cosignatures with what a policy says of them: the last four members of a TrustedCheckpoint."""
    is_enough = policy.is_enough(cosignature.key for cosignature in cosigned)
    return tuple(cosigned), is_enough, policy.asks_nobody, QuorumTimes.of(cosigned, policy)
