"""Inclusion and consistency proofs against the newest stored checkpoint (c2sp.org/tlog-proof)."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.application.ledger import Ledger
from ledger.domain.errors import LedgerError
from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.encoding import number
from ledger.tlog.merkle import leaf_hash
from ledger.tlog.proof import inclusion_proof
from ledger.tlog.proof_file import ProofFile
from ledger.tlog.verify_proof import ProofError, verify_inclusion
from ledger.transparency.checkpoints import latest_sound_checkpoint
from ledger.transparency.hashed_head import UnsoundLog


class NotYetCheckpointed(LedgerError):
    """An entry is newer than every checkpoint: no signed checkpoint covers it."""

    code = "not-yet-checkpointed"

    def __init__(self, position: int, size: int) -> None:
        """Say that `position` is beyond the newest checkpoint, of `size` entries."""
        super().__init__(
            f"The entry at position {position} is newer than the last checkpoint, which has {size} entries.",
            "'ledger checkpoint' signs a newer one.",
        )


class NothingToProve(LedgerError):
    """The name to be proved is not a position, a command or an engagement."""

    code = "nothing-to-prove"

    def __init__(self, name: str) -> None:
        """Say that nothing is called `name`."""
        super().__init__(
            f"There is no entry, command or engagement '{name}'.",
            "Give a position, a command's id, or an engagement's reference; 'ledger log' shows the first two.",
        )


class Proof(NamedTuple):
    """An inclusion proof: the entry's position, its bytes, and the proof file."""

    position: int
    entry: bytes
    file: ProofFile


def positions_of(ledger: Ledger, name: str) -> list[int]:
    """Return the positions that a name means: itself, those of a command's id, or those of an engagement.

    Raises NothingToProve.
    """
    position = number(name)
    if position is not None and 0 < position <= ledger.store.head().size:
        return [position]
    command = ledger.store.recorded(name)
    if command is not None:
        return list(range(command.first, command.first + command.count))
    positions = [position for position, _ in ledger.store.stream(f"engagement/{name}")]
    if not positions:
        raise NothingToProve(name)
    return positions


def prove(ledger: Ledger, positions: Iterable[int]) -> Iterator[Proof]:
    """Yield a proof for each entry.

    Raises NotYetCheckpointed, NoCheckpoint, DamagedCheckpoint, LogRewritten, before it yields any; UnsoundLog for an
    entry that the stored hashes do not prove.
    """
    wanted = sorted(positions)
    with ledger.store.reading():
        last = latest_sound_checkpoint(ledger)
        if wanted and wanted[-1] > last.checkpoint.size:
            raise NotYetCheckpointed(wanted[-1], last.checkpoint.size)
        for position in wanted:
            entry = ledger.store.entry(position) or b""
            hashes = _path(ledger, position, entry, last.checkpoint)
            yield Proof(position, entry, ProofFile(position - 1, tuple(hashes), bytes(last.note)))


def _path(ledger: Ledger, position: int, entry: bytes, stated: Checkpoint) -> list[bytes]:
    try:
        hashes = inclusion_proof(position - 1, stated.size, ledger.store)
        verify_inclusion(position - 1, stated.size, leaf_hash(entry), hashes, stated.root)
    except (ProofError, ValueError) as error:
        raise UnsoundLog(f"its stored hashes do not prove the entry at position {position}: {error}") from error
    return hashes
