"""Checkpoints: sign the head of the log, store it, make submissions to witnesses, and add their cosignatures."""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.application.ledger import Ledger
from ledger.domain.errors import INTEGRITY, REFUSED, USAGE, LedgerError, listed
from ledger.domain.organisation.signing_keys import ACTIVE
from ledger.stores.errors import Damaged
from ledger.tlog import note as notes
from ledger.tlog.add_checkpoint import Submission
from ledger.tlog.checkpoint import BadCheckpoint, Checkpoint, parse
from ledger.tlog.cosignature import cosigners
from ledger.tlog.keys import BadKey, SigningKey, VerifierKey
from ledger.tlog.note import BadNote, Note, Signature
from ledger.tlog.policy import Policy
from ledger.tlog.proof import consistency_proof, root_at


class LogRewritten(LedgerError):
    """The log does not extend the last checkpoint that was signed: it must not be signed again."""

    code = "log-rewritten"
    exit = INTEGRITY

    def __init__(self, size: int, held: int) -> None:
        """Say which checkpoint the log of `size` entries does not extend."""
        super().__init__(
            f"The log of {size} entries does not extend its checkpoint of {held} entries: nothing was signed or "
            "published.",
            "Run 'ledger verify'; 'ledger restore' rebuilds the log from a backup and the published entries.",
        )


class DamagedCheckpoint(LedgerError):
    """A stored checkpoint is not valid."""

    code = "damaged-checkpoint"
    exit = INTEGRITY

    def __init__(self, why: str) -> None:
        """Say why it is none."""
        super().__init__(f"A stored checkpoint is not valid: {why}.", "Run 'ledger verify'.")


class NoSigningKey(LedgerError):
    """The folder of keys has no key that can sign for the ledger."""

    code = "no-signing-key"
    exit = USAGE

    def __init__(self, known: Sequence[str]) -> None:
        """Say which keys sign for the ledger."""
        told = (
            f"its keys are {listed(known, 'and')}, and the folder of keys has none of them" if known else "it has none"
        )
        hint = "Name the folder of the keys with --keys or LEDGER_KEYS." if known else "'ledger key new' makes one."
        super().__init__(f"No key can sign for the ledger: {told}.", hint)


class NoCheckpoint(LedgerError):
    """The ledger has no checkpoint yet, or none of the given size."""

    code = "no-checkpoint"

    def __init__(self, size: int | None = None) -> None:
        """Say so; `size` is the one that was asked for."""
        if size is None:
            super().__init__("The ledger has no checkpoint yet.", "'ledger checkpoint' signs one.")
        else:
            super().__init__(f"The ledger has no checkpoint of {size} entries.", "See 'ledger checkpoint list'.")


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


class StoredCheckpoint(NamedTuple):
    """A checkpoint in the store, with its signed note."""

    checkpoint: Checkpoint
    note: Note


def stored_checkpoints(ledger: Ledger) -> list[StoredCheckpoint]:
    """Return the stored checkpoints by size, each with all its signatures. Raises DamagedCheckpoint."""
    found: dict[str, Note] = {}
    for _, data in ledger.store.checkpoints():
        try:
            held = notes.parse(data)
            found[held.text] = found.get(held.text, Note(held.text, ())).with_signatures(held.signatures)
        except BadNote as error:
            raise DamagedCheckpoint(str(error)) from error
    try:
        return sorted(
            (StoredCheckpoint(parse(text), note) for text, note in found.items()),
            key=lambda stored: stored.checkpoint.size,
        )
    except BadCheckpoint as error:
        raise DamagedCheckpoint(str(error)) from error


def find_checkpoint(ledger: Ledger, size: int | None = None) -> StoredCheckpoint:
    """Return the checkpoint of the largest size, or that of `size`. Raises NoCheckpoint, DamagedCheckpoint."""
    found = [stored for stored in stored_checkpoints(ledger) if size in (None, stored.checkpoint.size)]
    if not found:
        raise NoCheckpoint(size)
    return found[-1]


def latest_sound_checkpoint(ledger: Ledger) -> StoredCheckpoint:
    """Return the checkpoint of the largest size, which the log must extend.

    Raises NoCheckpoint, DamagedCheckpoint, LogRewritten.
    """
    found = find_checkpoint(ledger)
    _check_extends(ledger, found.checkpoint)
    return found


def _check_extends(ledger: Ledger, stated: Checkpoint) -> None:
    size = ledger.store.head().size
    if stated.size > size or root_at(stated.size, ledger.store) != stated.root:
        raise LogRewritten(size, stated.size)


def keys_of(ledger: Ledger) -> dict[VerifierKey, str]:
    """Return the keys of the log with their statuses, in the order in which they were added.

    Raises Damaged if an altered entry does not name a key.
    """
    state = ledger.fold("ledger")[0]
    known: dict[str, str] = getattr(state, "keys", {})
    try:
        return {VerifierKey.parse(text): status for text, status in known.items()}
    except BadKey as error:
        raise Damaged(ledger.store.url, str(error)) from error


def active_keys(ledger: Ledger) -> list[VerifierKey]:
    """Return the keys that may sign. Raises Damaged."""
    return [key for key, status in keys_of(ledger).items() if status == ACTIVE]


def sign_head(ledger: Ledger, keys: Sequence[SigningKey], *, dry_run: bool = False) -> Note:
    """Sign the size and root of the log and store the checkpoint. If all of these keys signed it, only return it.

    A log must not sign what does not extend what it signed before (c2sp.org/tlog-checkpoint).

    Raises LogRewritten, DamagedCheckpoint, and what the rollback guard raises.
    """
    ledger.check_guard()
    with ledger.store.writing():
        head = ledger.store.head()
        before = stored_checkpoints(ledger)
        if before:
            _check_extends(ledger, before[-1].checkpoint)
        stated = Checkpoint(ledger.origin, head.size, head.root)
        known = before[-1].note if before and before[-1].checkpoint == stated else Note(str(stated), ())
        missing = [key for key in keys if not any(line.is_by(key.verifier()) for line in known.signatures)]
        if not missing:
            return known
        signed = known.with_signatures(notes.sign(known.text, key) for key in missing)
        if not dry_run:
            ledger.store.keep_checkpoint(head.size, bytes(signed))
        return signed


def cosigned_by(ledger: Ledger, witness: str) -> int:
    """Return the size of the newest checkpoint that a witness of this name cosigned; 0 if there is none."""
    sizes = [
        stored.checkpoint.size
        for stored in stored_checkpoints(ledger)
        if any(line.name == witness for line in stored.note.signatures)
    ]
    return max(sizes, default=0)


def submission(ledger: Ledger, old: int) -> Submission:
    """Return the submission to a witness that last saw `old` entries. Raises NoCheckpoint, BadOldSize."""
    with ledger.store.reading():
        last = find_checkpoint(ledger)
        if old > last.checkpoint.size:
            raise BadOldSize(old, last.checkpoint.size)
        hashes = consistency_proof(old, last.checkpoint.size, ledger.store)
    return Submission(old, tuple(hashes), bytes(last.note))


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
