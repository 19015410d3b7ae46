"""Evaluate a submission from its bytes and the last cosigned checkpoint, without any input or output.

The steps, each with its error and the status that c2sp.org/tlog-witness names for it:

 1. The body is in its form, and so is the checkpoint in it.                                           400
 2. The log is known, by its origin.                                                                    404
 3. A key that is trusted for this log signed the checkpoint; unknown signatures are ignored.           403
 4. The old size is not beyond the checkpoint's.                                                        400
 5. A checkpoint of the size cosigned last has the root cosigned last.                                  409
 6. The old size is that of the checkpoint cosigned last.                                               409
 7. The proof shows that the checkpoint extends the one cosigned last.                                  422

The specification describes step 5 after step 7, for submissions that passed step 6. Here it comes before both: a second
root for the same size is evidence against the log, whatever old size and proof come with it. In step 3, a wrong
signature of a trusted key is refused even if a good one is present (c2sp.org/signed-note). Extension lines are cosigned
with the rest of the text, without being interpreted.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ledger.tlog import add_checkpoint, checkpoint, note
from ledger.tlog.add_checkpoint import BadSubmission, Submission
from ledger.tlog.checkpoint import BadCheckpoint, Checkpoint
from ledger.tlog.keys import VerifierKey
from ledger.tlog.note import BadNote, Note
from ledger.tlog.verify_proof import ProofError, verify_consistency
from ledger.witness.errors import (
    BadSubmissionFile,
    NeedlessProof,
    NotExtending,
    NotSigned,
    OtherRoot,
    OtherSize,
    UnknownLog,
)


class LastCosigned(NamedTuple):
    """The last cosigned checkpoint of a log (of size 0 at first), its cosigning time, and the file that stores it."""

    checkpoint: Checkpoint
    time: int | None
    path: Path


class VerifiedSubmission(NamedTuple):
    """A submission, its checkpoint, and the checkpoint's note with only the signatures of trusted keys."""

    sent: Submission
    stated: Checkpoint
    note: Note


def verify_submission(data: bytes, trusted: Iterable[VerifierKey]) -> VerifiedSubmission:
    """Parse a body and verify its signatures. Raises BadSubmissionFile, UnknownLog, NotSigned."""
    try:  # 1
        sent = add_checkpoint.parse(data)
        whole = note.parse(sent.checkpoint)
        stated = checkpoint.parse(whole.text)
    except (BadSubmission, BadNote, BadCheckpoint) as error:
        raise BadSubmissionFile(str(error)) from error
    keys = [key for key in trusted if key.name == stated.origin]
    if not keys:  # 2
        raise UnknownLog(stated.origin)
    try:  # 3
        signers = note.signers(whole, keys)
    except BadNote as error:
        raise NotSigned(stated.origin, str(error)) from error
    if not signers:
        raise NotSigned(stated.origin, "its signatures are by other keys")
    # Store one line per trusted key: anybody may add other lines to a note.
    lines = [next(line for line in whole.signatures if line.is_by(key)) for key in signers][: note.MAX_SIGNATURES - 1]
    return VerifiedSubmission(sent, stated, Note(whole.text, tuple(lines)))


def check_extends(submission: VerifiedSubmission, last: LastCosigned) -> None:
    """Check that a submission extends the last cosigned checkpoint.

    Raises BadSubmissionFile, OtherRoot, OtherSize, NeedlessProof, NotExtending.
    """
    sent, stated, known = submission.sent, submission.stated, last.checkpoint
    is_same = (stated.size, stated.root) == (known.size, known.root)
    if sent.old > stated.size:  # 4
        raise BadSubmissionFile(f"its old size is {sent.old}, but its checkpoint has {stated.size} entries")
    if stated.size == known.size and not is_same:  # 5
        raise OtherRoot(stated.origin, stated.size, known.root, stated.root)
    if sent.old != known.size:  # 6
        raise OtherSize(stated.origin, sent.old, known.size, last.path if is_same and last.time is not None else None)
    if sent.hashes and (known.size == 0 or is_same):  # 7, and no evidence against the log
        raise NeedlessProof(stated.origin, known.size)
    try:  # 7
        verify_consistency(known.size, known.root, stated.size, stated.root, sent.hashes)
    except ProofError as error:
        raise NotExtending(stated.origin, known.size, stated.size, str(error)) from error
