"""`ledger prove`: writes files that prove entries or growth to a reader with a policy and no ledger."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options.trust import read_policy, trusted_by, without_quorum
from cli.output.files import CannotWrite, bytes_of, write_whole
from cli.session import Session, pass_session
from cli.terminal import say_line
from ledger.domain.errors import INTEGRITY, LedgerError
from ledger.files.atomic import make_folder
from ledger.importing.errors import CannotRead

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger

ENTRY, GROWTH = ".tlog-proof", ".consistency"
"""How the names of the files end."""


class NotExtended(LedgerError):
    """The log does not extend the given checkpoint, so there is no proof of growth to write."""

    code = "not-extended"
    exit = INTEGRITY

    def __init__(self, path: str, why: str) -> None:
        """Say why the log does not extend the checkpoint at `path`."""
        super().__init__(
            f"The log does not extend {path}: {why}.",
            "If the checkpoint is of this ledger, the log was altered: 'ledger verify --checkpoint' finds where.",
        )


@click.command()
@click.argument("name", metavar="[POSITION|COMMAND-ID|ENGAGEMENT]", required=False)
@click.option("--consistency", "old", metavar="SIZE|FILE", help="Prove that the log extends an earlier checkpoint.")
@click.option("--policy", metavar="FILE", help="Prove only what readers with this policy accept.")
@without_quorum
@click.option("--output", "-o", metavar="DIR|FILE", default=".", help="Where to write; this folder if not given.")
@pass_session
def prove(
    session: Session, name: str | None, old: str | None, policy: str | None, output: str, *, without_quorum: bool
) -> None:
    """Write proofs that entries are in the log of the newest checkpoint: POSITION.tlog-proof, and the entry next to it.

    An engagement has a proof for each of its entries. Anyone can check the files with 'ledger verify-proof', or with
    any software that supports c2sp.org/tlog-proof, without a ledger. With --policy nothing is proved that too few
    witnesses cosigned, unless --without-quorum says so.

    \b
    Examples:
      ledger prove 17
      ledger prove BDT-2024-001 -o proofs
      ledger prove --consistency 2026-10.checkpoint
    """
    from ledger.transparency.checkpoints import latest_sound_checkpoint
    from ledger.transparency.cosignatures import submission
    from ledger.transparency.proofs import positions_of, prove

    if name is None and old is None:
        raise click.UsageError("Name what to prove: a position, a command, an engagement, or --consistency.")
    trusting = None if policy is None else read_policy(policy)
    with session.ledger(reads=True) as ledger:
        if trusting is not None:
            trusted_by(ledger, latest_sound_checkpoint(ledger), trusting, without_quorum=without_quorum)
        positions = [] if name is None else positions_of(ledger, name)
        grown = None if old is None else submission(ledger, _size(ledger, old))
        place = _Place(output, len(positions) + (grown is not None))
        for proof in prove(ledger, positions):
            path = place.of(f"{proof.position}{ENTRY}")
            write_whole(path.with_suffix(".json"), proof.entry)
            write_whole(path, bytes(proof.file))
            say_line(f"wrote {path}, and the entry as {path.with_suffix('.json').name}")
        if grown is not None:
            size = grown.checkpoint.split(b"\n", 2)[1].decode()
            path = place.of(f"{grown.old}-{size}{GROWTH}")
            write_whole(path, bytes(grown))
            say_line(f"wrote {path}")


class _Place:
    """Where proofs are written: into a folder, or a single proof to the given path."""

    def __init__(self, output: str, count: int) -> None:
        self.path = Path(output)
        self.is_file = self.path.suffix in (ENTRY, GROWTH)
        if self.is_file and count > 1:
            raise click.UsageError(f"There are {count} proofs: name a folder with --output.")

    def of(self, name: str) -> Path:
        if self.is_file:
            return self.path
        try:
            make_folder(self.path)
        except OSError as error:
            raise CannotWrite(str(self.path), error.strerror or str(error)) from error
        return self.path / name


def _size(ledger: "Ledger", old: str) -> int:
    """Return a tree size given as a number or as a checkpoint file. Raises CannotRead, NotExtended."""
    from ledger.tlog import checkpoint, note
    from ledger.tlog.checkpoint import BadCheckpoint
    from ledger.tlog.note import BadNote
    from ledger.tlog.proof import root_at

    if old.isascii() and old.isdigit() and len(old) < 19:
        return int(old)
    try:
        stated = checkpoint.parse(note.parse(bytes_of(old, note.MAX_BYTES)).text)
    except (BadNote, BadCheckpoint) as error:
        raise CannotRead(old, f"it is not a checkpoint: {error}") from error
    size = ledger.store.head().size
    if stated.origin != ledger.origin:
        raise NotExtended(old, f"it is of {stated.origin}, and this ledger is {ledger.origin}")
    if stated.size > size:
        raise NotExtended(old, f"it has {stated.size} entries, and the log {size}")
    if root_at(stated.size, ledger.store) != stated.root:
        raise NotExtended(old, f"its first {stated.size} entries have another root")
    return stated.size
