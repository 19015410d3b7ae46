"""Evaluate and cosign a submission under the witness's lock; the state is on disk before the cosignature is out."""

from datetime import UTC, datetime
from pathlib import Path

from ledger.domain.errors import LedgerError
from ledger.tlog.cosignature import cosign as cosigned
from ledger.tlog.keys import SigningKey
from ledger.tlog.note import Signature
from ledger.witness.errors import Misbehaviour, WitnessClockSetBack
from ledger.witness.evaluate import check_extends, verify_submission
from ledger.witness.state import WitnessState


def cosign(state: WitnessState, data: bytes, key: SigningKey, now: datetime) -> Signature:
    """Return the cosignature of a submission, after storing its checkpoint in the state.

    The lock covers comparing and storing. Without it an older checkpoint could replace a newer one (the race described
    in c2sp.org/tlog-witness). `now` is the witness's clock, truncated to seconds.

    Raises every Refusal, WitnessClockSetBack, BadWitnessState, NoWitness, WitnessBusy, CannotKeepState.
    """
    with state.locked():
        keys = state.keys()
        submission = verify_submission(data, keys.logs)
        last = state.last_cosigned(submission.stated.origin, keys.key)
        try:
            check_extends(submission, last)
        except Misbehaviour as refusal:
            refusal.add_evidence(state.store_evidence(data, submission, last))
            raise
        time = int(now.timestamp())
        if time < (last_time := last.time or 0):
            raise WitnessClockSetBack(written(time), written(last_time))
        line = cosigned(submission.note.text, key, time)
        state.store_cosigned(submission.stated.origin, submission.note.with_signatures([line]))
    return line


def stored_cosignature(state: WitnessState, data: bytes) -> Path | None:
    """Return the file whose last line is the cosignature of a submission's checkpoint; None if it was not cosigned."""
    try:
        keys = state.keys()
        stated = verify_submission(data, keys.logs).stated
        last = state.last_cosigned(stated.origin, keys.key)
    except LedgerError:
        return None
    is_same = (stated.size, stated.root) == (last.checkpoint.size, last.checkpoint.root)
    return last.path if is_same and last.time is not None else None


def written(time: int) -> str:
    """Return seconds since 1970 as a date and time, or as a number beyond the calendar."""
    try:
        return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, OSError, ValueError):
        return f"{time} s"
