"""`ledger checkpoint`: sign the size and root of the log, store checkpoints, and collect cosignatures."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from cli.lazy import LazyGroup
from cli.messages import print_message
from cli.options.keyring import key_options, keyring
from cli.options.trust import read_policy
from cli.output.files import bytes_of, put
from cli.output.presentation import shown_as
from cli.output.tables import Column, Stamp, show_rows
from cli.session import Session, pass_session
from cli.terminal import say_line
from ledger.domain.errors import listed
from ledger.tlog.encoding import encoded

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger
    from ledger.keys.keyring import Keyring
    from ledger.tlog.keys import SigningKey
    from ledger.transparency.checkpoints import StoredCheckpoint

TABLE = {
    "list": ("cli.commands.trust.checkpoint:list_", "List the stored checkpoints."),
    "show": ("cli.commands.trust.checkpoint:show", "Print a stored checkpoint, with its cosignatures."),
    "request": ("cli.commands.trust.checkpoint:request", "Write a request for a witness to cosign."),
    "add": ("cli.commands.trust.checkpoint:add", "Add the cosignature that a witness sent back."),
}
MAX_LINES = 1 << 16


@click.group(cls=LazyGroup, table=TABLE, invoke_without_command=True)
@click.option("--output", "-o", metavar="FILE", help="Where to write it; standard output if not given.")
@click.option("--dry-run", is_flag=True, help="Show what would be signed, and store nothing.")
@click.option(
    "--pass-over",
    "passing_over",
    metavar="SIZE",
    type=click.IntRange(0),
    help="Do not compare with the false checkpoint of this size, whose keys are revoked (docs/keys.md).",
)
@key_options
@pass_session
@click.pass_context
def checkpoint(
    context: click.Context,
    session: Session,
    /,
    output: str | None,
    dry_run: bool,
    passing_over: int | None,
    keys: str | None,
    passphrase_file: str | None,
) -> None:
    """Sign the size and root of the log with the ledger's keys: store and print a checkpoint.

    Give it to others, who can check later with it that the log only grew. The entries since the last checkpoint are
    hashed again; a log that is not what they give, or does not extend its last checkpoint, is not signed.

    \b
    Examples:
      ledger checkpoint -o 2026-11.checkpoint
      ledger checkpoint request --witness witness.example/one -o to-one.txt
      ledger checkpoint add from-one.txt --policy policy.txt
    """
    if context.invoked_subcommand is not None:
        return
    from ledger.transparency.checkpoints import sign_head

    with session.ledger() as ledger:
        signers = _signers(ledger, keyring(session, keys, passphrase_file))
        note = sign_head(ledger, signers, dry_run=dry_run, passing_over=passing_over)
    if dry_run:
        print_message("note", "nothing was stored; this would be signed:")
    put(output, note.text.encode() if dry_run else bytes(note))


def _signers(ledger: "Ledger", ring: "Keyring") -> "list[SigningKey]":
    from ledger.transparency.checkpoints import NoSigningKey, active_keys

    active = active_keys(ledger)
    signers = [ring.load(key) for key in active if ring.has(key)]
    if not signers:
        raise NoSigningKey([key.id.hex() for key in active])
    return signers


COLUMNS = (Column("size", right=True), Column("root"), Column("signed_by"), Column("cosigned_by"))


@click.command("list")
@shown_as
@pass_session
def list_(session: Session, form: str | None) -> None:
    """List the stored checkpoints: size, root, who signed, who cosigned and when.

    \b
    Example:
      ledger checkpoint list
    """
    from ledger.transparency.checkpoints import stored_checkpoints

    with session.ledger() as ledger:
        rows = [_row(stored) for stored in stored_checkpoints(ledger)]
        head = ledger.store.head()
    show_rows(rows, COLUMNS, form or session.format, Stamp(session.today, head.size, head.root))


def _row(stored: "StoredCheckpoint") -> dict[str, Any]:
    # A cosignature is eight bytes longer than a signature: its timestamp (c2sp.org/tlog-cosignature).
    lines = stored.note.signatures
    return {
        "size": stored.checkpoint.size,
        "root": encoded(stored.checkpoint.root),
        "signed_by": [line.id.hex() for line in lines if line.name == stored.checkpoint.origin],
        "cosigned_by": [
            f"{line.name} {_when(line.data)}"
            for line in lines
            if line.name != stored.checkpoint.origin and len(line.data) > 64
        ],
    }


def _when(data: bytes) -> str:
    seconds = int.from_bytes(data[:8], "big")
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC") if seconds < 1 << 36 else "at no time"


@click.command()
@click.argument("size", type=click.IntRange(0), required=False)
@click.option("--output", "-o", metavar="FILE", help="Where to write it; standard output if not given.")
@pass_session
def show(session: Session, size: int | None, output: str | None) -> None:
    """Print a stored checkpoint with all its signatures: that of SIZE entries, or the last one.

    This signs nothing and needs no key. Use it to hand out a checkpoint that was cosigned after the log had grown.

    \b
    Example:
      ledger checkpoint show 1200 -o 1200.checkpoint
    """
    from ledger.transparency.checkpoints import find_checkpoint

    with session.ledger() as ledger:
        stored = find_checkpoint(ledger, size)
    put(output, bytes(stored.note))


@click.command()
@click.option("--witness", metavar="NAME", help="Name of the witness: the proof starts where it last cosigned.")
@click.option("--old", metavar="SIZE", type=click.IntRange(0), help="The size that the witness cosigned last.")
@click.option("--output", "-o", metavar="FILE", help="Where to write it; standard output if not given.")
@pass_session
def request(session: Session, witness: str | None, old: int | None, output: str | None) -> None:
    """Write a request for a witness: the last checkpoint, and the proof that it extends the one cosigned before.

    The request is the body of `add-checkpoint` (c2sp.org/tlog-witness): send it by mail, or post it to a witness that
    is a server. Without --witness and --old, it is for a witness that has not seen the log before.

    \b
    Example:
      ledger checkpoint request --witness witness.example/one -o to-one.txt
    """
    from ledger.transparency.cosignatures import cosigned_by, submission

    with session.ledger() as ledger:
        known = old if old is not None else cosigned_by(ledger, witness) if witness else 0
        body = bytes(submission(ledger, known))
    put(output, body)


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--policy", metavar="FILE", required=True, help="The policy that has the key of the witness.")
@pass_session
def add(session: Session, file: str, policy: str) -> None:
    """Add a cosignature from a witness to its checkpoint; FILE may be - for standard input.

    \b
    Example:
      ledger checkpoint add from-one.txt --policy policy.txt
    """
    from ledger.tlog.checkpoint import parse
    from ledger.transparency.cosignatures import add_cosignatures, shown_time

    trusted = read_policy(policy)
    with session.ledger() as ledger:
        added = add_cosignatures(ledger, bytes_of(file, MAX_LINES), trusted)
    size = parse(added.note.text).size
    if added.added:
        names = [cosignature.key.name for cosignature in added.added]
        say_line(f"the checkpoint of {size} entries is cosigned by {listed(names, 'and')}")
    for cosignature in added.replaced:
        what = f"the cosignature of {cosignature.key.name} on the checkpoint of {size} entries was replaced"
        say_line(f"{what}: its time was wrong, and is now {shown_time(cosignature.time)}")
    for cosignature in added.kept:
        what = f"the checkpoint of {size} entries was cosigned by {cosignature.key.name} already"
        say_line(f"{what}, at {shown_time(cosignature.time)}; nothing was changed")
    if added.unknown:
        print_message("note", f"{added.unknown} lines of witnesses that are not in the policy were ignored.")
