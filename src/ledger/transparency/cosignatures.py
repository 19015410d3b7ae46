"""Witnesses, from the side of the log: submissions of its checkpoints, and the cosignatures that come back."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from ledger.application.ledger import Ledger
from ledger.domain.errors import REFUSED, USAGE, LedgerError
from ledger.tlog.add_checkpoint import Submission
from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.cosignature import Cosignature, cosigners, time_of
from ledger.tlog.keys import VerifierKey
from ledger.tlog.note import BadNote, Note, Signature
from ledger.tlog.policy import Policy
from ledger.tlog.proof import consistency_proof, root_at
from ledger.tlog.verify_proof import ProofError, verify_consistency
from ledger.transparency.checkpoints import StoredCheckpoint, keys_of, latest_sound_checkpoint, stored_checkpoints
from ledger.transparency.hashed_head import UnsoundLog

DAY, CLOCKS = 86_400, 300
"""Tolerances in seconds: for the beginning of the log and the present time, and for clocks that differ."""


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


class ImpossibleTime(LedgerError):
    """A cosignature states a time at which the witness cannot have made it."""

    code = "impossible-time"
    exit = REFUSED

    def __init__(self, witness: str, time: str, why: str) -> None:
        """Say which witness states which time, and why it is not possible."""
        super().__init__(
            f"No cosignature was added: {witness} states the time {time}, {why}.",
            "Have the witness set its clock right and cosign again.",
        )


class OwnWitness(LedgerError):
    """A policy names a key of the log as a witness."""

    code = "own-witness"
    exit = USAGE

    def __init__(self, name: str) -> None:
        """Refuse the witness `name`."""
        super().__init__(
            f"The witness {name} of the policy has a key of this ledger: no log is its own witness.",
            "Take its line out of the policy; a witness is another organisation's.",
        )


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


def shown_time(seconds: int) -> str:
    """Return seconds since 1970 for a sentence: as a date and time, or as a number beyond the calendar."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC") if seconds < 1 << 36 else f"{seconds} s"


class Added(NamedTuple):
    """What became of the lines that a witness returned: the checkpoint, and the cosignatures by what was done.

    Of `replaced` cosignatures the earlier one had a time that cannot be right; `kept` were there before, and stay.
    """

    note: Note
    added: tuple[Cosignature, ...]
    replaced: tuple[Cosignature, ...]
    kept: tuple[Cosignature, ...]
    unknown: int
    """The number of lines of witnesses that the policy does not have."""


def add_cosignatures(ledger: Ledger, data: bytes, policy: Policy) -> Added:
    """Add the signature lines that a witness returned to the checkpoint that they sign.

    Of each witness the first line with a possible time is stored. Otherwise a witness that is asked repeatedly about an
    unchanged log would fill the checkpoint.

    Raises BadCosignature, OwnWitness, ImpossibleTime, NoCheckpoint, DamagedCheckpoint.
    """
    lines = _lines(data)
    keys = policy.witnesses.values()
    check_no_own_witness(ledger, policy)
    known = [line for line in lines if any(line.is_by(key) for key in keys)]
    if not known:
        raise BadCosignature("it has no line of a witness of the policy")
    with ledger.store.writing():
        for stored in reversed(stored_checkpoints(ledger)):
            try:
                found = cosigners(Note(stored.note.text, tuple(known)), keys)
            except BadNote:
                continue
            added = _Adding(ledger, stored).add(known, found)
            if added.note != stored.note:
                ledger.store.keep_checkpoint(stored.checkpoint.size, bytes(added.note))
            return added._replace(unknown=len(lines) - len(known))
    raise BadCosignature("it does not match a checkpoint that the ledger keeps")


def check_no_own_witness(ledger: Ledger, policy: Policy) -> None:
    """Raise OwnWitness if a witness of the policy has a key of this log."""
    own = {key.public for key in keys_of(ledger)}
    for name, key in policy.witnesses.items():
        if key.public in own:
            raise OwnWitness(name)


class _Adding:
    """Adding cosignatures to one checkpoint; knows which times are possible."""

    def __init__(self, ledger: Ledger, stored: StoredCheckpoint) -> None:
        """Take the times of the log: its first entry, the last one that the checkpoint covers, and now."""
        self.note = stored.note
        first, last = (_seconds(ledger.store.recorded_at(at)) for at in (1, stored.checkpoint.size))
        self.earliest, self.covered = first - DAY, last - CLOCKS
        self.latest = ledger.clock().timestamp() + DAY

    def add(self, lines: Sequence[Signature], cosignatures: Iterable[Cosignature]) -> Added:
        """Return what becomes of these lines. Raises ImpossibleTime, BadCosignature."""
        result: dict[str, list[Cosignature]] = {"added": [], "replaced": [], "kept": []}
        signatures = {(line.name, line.id): line for line in self.note.signatures}
        for cosignature in cosignatures:
            self._check(cosignature)
            line = next(line for line in lines if line.is_by(cosignature.key) and time_of(line) == cosignature.time)
            earlier = signatures.get((line.name, line.id))
            if earlier is None:
                result["added"].append(cosignature)
            elif self._is_wrong(cosignature.key, earlier) and not self._is_before(cosignature.time):
                result["replaced"].append(cosignature)
            else:
                result["kept"].append(cosignature._replace(time=time_of(earlier)))
                continue
            signatures[line.name, line.id] = line
        try:
            note = Note(self.note.text, ()).with_signatures(signatures.values())
        except BadNote as error:
            raise BadCosignature(f"with it, the checkpoint would be refused: {error}") from error
        added, replaced, kept = map(tuple, result.values())
        return Added(note, added, replaced, kept, 0)

    def _check(self, cosignature: Cosignature) -> None:
        if not self.earliest <= cosignature.time <= self.latest:
            why = "before the log began" if cosignature.time < self.earliest else "in the future"
            raise ImpossibleTime(cosignature.key.name, shown_time(cosignature.time), why)

    def _is_before(self, time: int) -> bool:
        # It would say that the witness saw entries before they were recorded.
        return time < self.covered

    def _is_wrong(self, key: VerifierKey, line: Signature) -> bool:
        try:
            cosigners(Note(self.note.text, (line,)), [key])
        except BadNote:
            return True
        return not self.earliest <= time_of(line) <= self.latest or self._is_before(time_of(line))


def _seconds(moment: str | None) -> float:
    return datetime.fromisoformat(moment).timestamp() if moment else 0.0


def _lines(data: bytes) -> list[Signature]:
    try:
        text = data.decode()
        return [Signature.parse(line) for line in text.removesuffix("\n").split("\n")]
    except (UnicodeDecodeError, BadNote) as error:
        raise BadCosignature("it has lines that are not signatures, each '\u2014 NAME SIGNATURE'") from error
