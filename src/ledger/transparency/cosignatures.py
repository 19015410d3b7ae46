"""Witnesses, from the side of the log: submissions of its checkpoints, and the cosignatures that come back."""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.application.ledger import Ledger
from ledger.domain.errors import REFUSED, USAGE, LedgerError
from ledger.tlog.add_checkpoint import Submission
from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.cosignature import cosigners
from ledger.tlog.note import BadNote, Note, Signature
from ledger.tlog.policy import Policy
from ledger.tlog.proof import consistency_proof, root_at
from ledger.tlog.verify_proof import ProofError, verify_consistency
from ledger.transparency.checkpoints import latest_sound_checkpoint, stored_checkpoints
from ledger.transparency.hashed_head import UnsoundLog


class BadOldSize(LedgerError):
    """The old size is larger than the checkpoint."""

    code = "bad-old-size"
    exit = USAGE

    def __init__(self, old: int, size: int) -> None:
        """Refuse `old` for a checkpoint of `size` entries."""
        super().__init__(
            f"The checkpoint has {size} entries, and {old} is more.", "Give the size that the witness reported."
        )


class BadCosignature(LedgerError):
    """The answer of a witness is not a cosignature of a checkpoint of the ledger."""

    code = "bad-cosignature"
    exit = REFUSED

    def __init__(self, why: str) -> None:
        """Say why."""
        super().__init__(
            f"No cosignature was added: {why}.", "Check the file, and that the policy has the witness's key."
        )


def cosigned_by(ledger: Ledger, witness: str) -> int:
    """Return the size of the newest checkpoint that a witness of this name cosigned; 0 if there is none."""
    sizes = [
        stored.checkpoint.size
        for stored in stored_checkpoints(ledger)
        if any(line.name == witness for line in stored.note.signatures)
    ]
    return max(sizes, default=0)


def submission(ledger: Ledger, old: int) -> Submission:
    """Return the submission to a witness that last saw `old` entries.

    Raises NoCheckpoint, BadOldSize, DamagedCheckpoint, LogRewritten, UnsoundLog.
    """
    with ledger.store.reading():
        last = latest_sound_checkpoint(ledger)
        if old > last.checkpoint.size:
            raise BadOldSize(old, last.checkpoint.size)
        return Submission(old, proof_of_growth(ledger, old, last.checkpoint), bytes(last.note))


def proof_of_growth(ledger: Ledger, old: int, stated: Checkpoint) -> tuple[bytes, ...]:
    """Return the proof that the log of a checkpoint extends the log of `old` entries, checked. Raises UnsoundLog."""
    try:
        hashes = consistency_proof(old, stated.size, ledger.store)
        verify_consistency(old, root_at(old, ledger.store), stated.size, stated.root, hashes)
    except (ProofError, ValueError) as error:
        raise UnsoundLog(f"its stored hashes do not prove that {stated.size} entries extend {old}: {error}") from error
    return tuple(hashes)


class Added(NamedTuple):
    """The cosigned checkpoint, the witnesses whose cosignatures were added, and the number of unknown lines."""

    note: Note
    witnesses: tuple[str, ...]
    unknown: int


def add_cosignatures(ledger: Ledger, data: bytes, policy: Policy) -> Added:
    """Add the signature lines that a witness returned to the checkpoint that they sign.

    Only the first line of each witness is stored. Otherwise a witness that is asked repeatedly about an unchanged log
    would fill the checkpoint.

    Raises BadCosignature, NoCheckpoint, DamagedCheckpoint.
    """
    lines = _lines(data)
    keys = policy.witnesses.values()
    known = [line for line in lines if any(line.is_by(key) for key in keys)]
    if not known:
        raise BadCosignature("it has no line of a witness of the policy")
    with ledger.store.writing():
        for stored in reversed(stored_checkpoints(ledger)):
            bare = Note(stored.note.text, tuple(known))
            try:
                found = cosigners(bare, keys)
            except BadNote:
                continue
            whole = _with_new(stored.note, known)
            if whole != stored.note:
                ledger.store.keep_checkpoint(stored.checkpoint.size, bytes(whole))
            return Added(whole, tuple(cosignature.key.name for cosignature in found), len(lines) - len(known))
    raise BadCosignature("it does not match a checkpoint that the ledger keeps")


def _with_new(note: Note, lines: Sequence[Signature]) -> Note:
    found = {(line.name, line.id): line for line in note.signatures}
    for line in lines:
        found.setdefault((line.name, line.id), line)
    return note.with_signatures(found.values())


def _lines(data: bytes) -> list[Signature]:
    try:
        text = data.decode()
        return [Signature.parse(line) for line in text.removesuffix("\n").split("\n")]
    except (UnicodeDecodeError, BadNote) as error:
        raise BadCosignature("it has lines that are not signatures, each '\u2014 NAME SIGNATURE'") from error
