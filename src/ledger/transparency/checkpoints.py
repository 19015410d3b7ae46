"""Checkpoints: sign the head of the log, store it, and find what is stored.

A checkpoint that is kept binds: the log must extend it. One that only revoked keys signed may be false; it is passed
over if the caller names its size (docs/keys.md, "A false checkpoint").
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from ledger.application.ledger import Ledger
from ledger.domain.errors import INTEGRITY, REFUSED, USAGE, LedgerError, listed
from ledger.domain.organisation.signing_keys import ACTIVE, REVOKED
from ledger.stores.errors import Damaged
from ledger.tlog import note as notes
from ledger.tlog.checkpoint import BadCheckpoint, Checkpoint, parse
from ledger.tlog.keys import BadKey, SigningKey, VerifierKey
from ledger.tlog.note import BadNote, Note, Signature
from ledger.tlog.proof import root_at
from ledger.transparency.hashed_head import HashedHead, UnsoundLog, hashed_head


class LogRewritten(LedgerError):
    """The log does not extend the last checkpoint that was signed: it must not be signed again."""

    code = "log-rewritten"
    exit = INTEGRITY

    def __init__(self, size: int, held: int) -> None:
        """Say which checkpoint the log of `size` entries does not extend."""
        super().__init__(
            f"The log of {size} entries does not extend its checkpoint of {held} entries: nothing was signed or "
            "published.",
            "Run 'ledger verify'; 'ledger restore' rebuilds the log from a backup and the published entries. If the "
            "log is sound and the checkpoint false, see docs/keys.md.",
        )


class CheckpointStands(LedgerError):
    """A checkpoint is to be passed over, but a key that is not revoked signed it."""

    code = "checkpoint-stands"
    exit = REFUSED

    def __init__(self, size: int, ids: Sequence[str]) -> None:
        """Say which keys, by id, signed the checkpoint of `size` entries."""
        super().__init__(
            f"The checkpoint of {size} entries cannot be passed over: {listed(ids, 'and')}, not revoked, signed it.",
            "Revoke a key that signed a false checkpoint: 'ledger key revoke' (docs/keys.md).",
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
            super().__init__(
                "The ledger has no checkpoint yet.",
                "'ledger checkpoint' signs one, with a key that 'ledger key new' makes.",
            )
        else:
            super().__init__(f"The ledger has no checkpoint of {size} entries.", "See 'ledger checkpoint list'.")


class StoredCheckpoint(NamedTuple):
    """A checkpoint in the store, with its signed note."""

    checkpoint: Checkpoint
    note: Note


def stored_checkpoints(ledger: Ledger) -> list[StoredCheckpoint]:
    """Return the stored checkpoints by size, each with all its signatures. Raises DamagedCheckpoint.

    Of the lines of one witness that different rows have, the one that was stored last counts.
    """
    found: dict[str, dict[Any, Signature]] = {}
    try:
        for _, data in ledger.store.checkpoints():
            held = notes.parse(data)
            origin = parse(held.text).origin
            lines = found.setdefault(held.text, {})
            lines |= {(line if line.name == origin else (line.name, line.id)): line for line in held.signatures}
        return sorted(
            (StoredCheckpoint(parse(text), Note(text, tuple(lines.values()))) for text, lines in found.items()),
            key=lambda stored: stored.checkpoint.size,
        )
    except (BadNote, BadCheckpoint) as error:
        raise DamagedCheckpoint(str(error)) from error


def find_checkpoint(ledger: Ledger, size: int | None = None) -> StoredCheckpoint:
    """Return the checkpoint of the largest size, or that of `size`. Raises NoCheckpoint, DamagedCheckpoint.

    One that only revoked keys signed is returned only if there is no other.
    """
    found = [stored for stored in stored_checkpoints(ledger) if size in (None, stored.checkpoint.size)]
    if not found:
        raise NoCheckpoint(size)
    revoked = {key for key, status in keys_of(ledger).items() if status == REVOKED}
    standing = [stored for stored in found if not _is_only_by(stored, revoked)] if revoked else found
    return (standing or found)[-1]


def _is_only_by(stored: StoredCheckpoint, keys: Collection[VerifierKey]) -> bool:
    own = [line for line in stored.note.signatures if line.name == stored.checkpoint.origin]
    return all(any(line.is_by(key) for key in keys) for line in own)


def latest_sound_checkpoint(ledger: Ledger) -> StoredCheckpoint:
    """Return the checkpoint of the largest size: no signature of a known key is wrong, and the log must extend it.

    Raises NoCheckpoint, DamagedCheckpoint, LogRewritten.
    """
    found = find_checkpoint(ledger)
    verified_signers(found, keys_of(ledger), ledger.origin)
    _check_extends(ledger, found.checkpoint)
    return found


def _check_extends(ledger: Ledger, stated: Checkpoint) -> None:
    size = ledger.store.head().size
    if stated.size > size or _root_at(ledger, stated.size) != stated.root:
        raise LogRewritten(size, stated.size)


def _root_at(ledger: Ledger, size: int) -> bytes | None:
    try:
        return root_at(size, ledger.store)
    except ValueError:  # the store lacks hashes
        return None


def verified_signers(stored: StoredCheckpoint, keys: Iterable[VerifierKey], origin: str) -> tuple[VerifierKey, ...]:
    """Return the keys, of those given, that signed a kept checkpoint of the log `origin`.

    Raises DamagedCheckpoint if it is of another log, or if a signature does not verify.
    """
    size = stored.checkpoint.size
    if stored.checkpoint.origin != origin:
        raise DamagedCheckpoint(f"that of {size} entries is of {stored.checkpoint.origin}")
    try:
        return notes.signers(stored.note, keys)
    except BadNote as error:
        raise DamagedCheckpoint(f"that of {size} entries: {error}") from error


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


def sign_head(
    ledger: Ledger, keys: Sequence[SigningKey], *, dry_run: bool = False, passing_over: int | None = None
) -> Note:
    """Sign the size and root of the log and store the checkpoint. If all of these keys signed it, only return it.

    A log must not sign what does not extend what it signed before (c2sp.org/tlog-checkpoint). The root is that of the
    entries, which are hashed again; the false checkpoint of `passing_over` entries, signed by revoked keys only, is not
    compared.

    Raises UnsoundLog, LogRewritten, DamagedCheckpoint, CheckpointStands, and what the rollback guard raises.
    """
    ledger.check_guard()
    signing = [key.verifier() for key in keys]
    with ledger.store.reading():  # most of the work is done before others have to wait
        known = sound_head(ledger, signing, passing_over)
    with ledger.store.writing():
        head = sound_head(ledger, signing, passing_over, known)
        stated = Checkpoint(ledger.origin, head.tree.size, head.tree.root())
        earlier = [stored.note for stored in stored_checkpoints(ledger) if stored.checkpoint == stated]
        note = earlier[0] if earlier else Note(str(stated), ())
        missing = [key for key in keys if not any(line.is_by(key.verifier()) for line in note.signatures)]
        if not missing:
            return note
        signed = note.with_signatures(notes.sign(note.text, key) for key in missing)
        if not dry_run:
            ledger.store.keep_checkpoint(stated.size, bytes(signed))
        return signed


def sound_head(
    ledger: Ledger, signing: Sequence[VerifierKey], passing_over: int | None = None, known: HashedHead | None = None
) -> HashedHead:
    """Return the head of a log that these keys may sign, its entries hashed again since a checkpoint of one of them.

    `known` is the result of an earlier call, on which this one builds. Call it within `reading` or `writing`.

    Raises UnsoundLog, LogRewritten, DamagedCheckpoint, CheckpointStands.
    """
    origin = ledger.origin
    for key in signing:
        if key.name != origin:
            raise UnsoundLog(f"its first entry opens {origin}, and the key {key.id.hex()} is of {key.name}")
    _check_rows(ledger)
    base, binding = _binding(ledger, signing, passing_over)
    size = ledger.store.head().size
    for stated in binding:
        if stated.size > size:
            raise LogRewritten(size, stated.size)
    found = hashed_head(ledger.store, base, {stated.size for stated in binding}, known)
    for stated in binding:
        if found.roots[stated.size] != stated.root:
            raise LogRewritten(size, stated.size)
    return found


def _binding(
    ledger: Ledger, signing: Sequence[VerifierKey], passing_over: int | None
) -> tuple[Checkpoint | None, list[Checkpoint]]:
    """Return the newest kept checkpoint that a signing key signed, and all from its size on: the log must agree.

    Raises DamagedCheckpoint, CheckpointStands.
    """
    keys = {**dict.fromkeys(signing, ACTIVE), **keys_of(ledger)}
    base: Checkpoint | None = None
    binding: list[Checkpoint] = []
    for stored in reversed(stored_checkpoints(ledger)):
        stated = stored.checkpoint
        if base is not None and stated.size < base.size:
            break
        signers = verified_signers(stored, keys, ledger.origin)
        if not signers:
            raise DamagedCheckpoint(f"that of {stated.size} entries is not signed by a key of the ledger")
        standing = [key.id.hex() for key in signers if keys[key] != REVOKED]
        if stated.size == passing_over:
            if standing:
                raise CheckpointStands(stated.size, standing)
            continue
        binding.append(stated)
        if base is None and any(key in signing for key in signers):
            base = stated
    return base, binding


def _check_rows(ledger: Ledger) -> None:
    """Compare what the rows of kept checkpoints say of themselves. Raises DamagedCheckpoint."""
    for expected, (number, size, data) in enumerate(ledger.store.side_rows("checkpoints"), start=1):
        if number != expected:
            raise DamagedCheckpoint(f"the number {expected} is missing")
        try:
            stated = parse(notes.parse(data).text).size
        except (BadNote, BadCheckpoint, TypeError) as error:
            raise DamagedCheckpoint(f"that of number {number}: {error}") from error
        if stated != size:
            raise DamagedCheckpoint(f"that of {size} entries states {stated}")
