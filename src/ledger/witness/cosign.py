"""A submission judged and cosigned under the witness's lock: what is cosigned is on the disk before anybody has it."""

from datetime import UTC, datetime

from ledger.tlog.cosignature import cosign as cosigned
from ledger.tlog.keys import SigningKey
from ledger.tlog.note import Signature
from ledger.witness.errors import Misbehaviour, WitnessClockSetBack
from ledger.witness.evaluate import check_extends, verify_submission
from ledger.witness.state import WitnessState


def cosign(state: WitnessState, data: bytes, key: SigningKey, now: datetime) -> Signature:
    """Return the cosignature of a submission, once the witness remembers its checkpoint.

    From what is compared to what is kept, no other run comes between: else an older checkpoint could take the place of
    a newer one (the race that c2sp.org/tlog-witness tells of). `now` is the witness's clock; seconds count.

    Raises every Refusal, WitnessClockSetBack, BadWitnessState, NoWitness, WitnessBusy, CannotKeepState.
    """
    with state.locked():
        known = state.known()
        given = verify_submission(data, known.logs)
        held = state.remembered(given.stated.origin, known.key)
        try:
            check_extends(given, held)
        except Misbehaviour as refusal:
            refusal.kept(state.keep_refused(data, given, held))
            raise
        time = int(now.timestamp())
        if time < (last := held.time or 0):
            raise WitnessClockSetBack(written(time), written(last))
        line = cosigned(given.note.text, key, time)
        state.remember(given.stated.origin, given.note.with_signatures([line]))
    return line


def written(time: int) -> str:
    """Return seconds since 1970 as people read them; as they are where no calendar has them."""
    try:
        return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, OSError, ValueError):
        return f"{time} s"
