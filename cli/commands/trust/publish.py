"""`ledger publish DIR`: writes the log up to a checkpoint as files that any static host can serve."""

import json
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.messages import print_message
from cli.options.trust import cosigned, read_policy, trusted_by, without_quorum
from cli.output.progress import bar
from cli.session import Session, pass_session
from cli.terminal import say, say_line
from ledger.tlog.encoding import encoded

if TYPE_CHECKING:
    from ledger.tlog.trusted_checkpoint import TrustedCheckpoint
    from ledger.transparency.checkpoints import StoredCheckpoint
    from ledger.transparency.publish import Publication

NEWEST = "latest"


class _Size(click.ParamType[int | None]):
    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | None:
        if value == NEWEST or value is None or isinstance(value, int):
            return None if value == NEWEST else value
        if not (value.isascii() and value.isdigit() and len(value) < 19):
            self.fail(f"'{value}' is neither a number of entries nor '{NEWEST}'.", param, ctx)
        return int(value)


@click.command()
@click.argument("folder", metavar="DIR")
@click.option("--policy", metavar="FILE", help="Publish only what readers with this policy accept.")
@without_quorum
@click.option(
    "--checkpoint", "size", metavar="latest|SIZE", type=_Size(), default=NEWEST, help="Which checkpoint to publish."
)
@click.option("--dry-run", is_flag=True, help="Compare everything, show what would be written, and write nothing.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), help="How the result is shown.")
@pass_session
def publish(
    session: Session,
    folder: str,
    policy: str | None,
    size: int | None,
    *,
    without_quorum: bool,
    dry_run: bool,
    form: str | None,
) -> None:
    """Publish the log up to the newest checkpoint, as files that any static host can serve.

    DIR gets the checkpoint, the tiles of the tree and the entries (c2sp.org/tlog-tiles). Existing files are compared
    and never overwritten; only new files are written, the checkpoint last. All entries become public; attached files do
    not. With --policy nothing is published that too few witnesses cosigned, unless --without-quorum says so.

    \b
    Example:
      ledger publish /srv/www/ledger --policy policy.txt
    """
    from ledger.transparency.publish import checkpoint_to_publish, publish
    from ledger.verify.bundle import PROGRAM_DIGEST
    from projections.proof.shipped_definitions import digest_file

    trusting = None if policy is None else read_policy(policy)
    with session.ledger() as ledger:
        stored = checkpoint_to_publish(ledger, size)
        trusted = None if trusting is None else trusted_by(ledger, stored, trusting, without_quorum=without_quorum)
        shown = bar("comparing", stored.checkpoint.size)
        made = session.outcome.making(
            f"{stored.checkpoint.size} entries are published in {folder}", lambda: _is_published(folder, stored)
        )
        with nullcontext() if dry_run else made:
            done = publish(
                ledger,
                Path(folder),
                stored.checkpoint.size,
                also={PROGRAM_DIGEST: digest_file()},
                dry_run=dry_run,
                progress=shown,
            )
        shown.end()
    if (form or session.format) == "json":
        say(json.dumps(_document(folder, done, trusted, dry_run=dry_run), ensure_ascii=False, indent=2))
    else:
        _print_result(folder, done, trusted, dry_run=dry_run)
    if trusted is not None and not trusted.is_enough:
        print_message("warning", "no-quorum: fewer witnesses cosigned this checkpoint than the policy asks for.")
        print_message("hint", "'ledger checkpoint request' asks a witness; publish again once it has answered.")


def _is_published(folder: str, stored: "StoredCheckpoint") -> bool:
    # The checkpoint is written last.
    from ledger.transparency.published_log import BadPublished, PublishedLog

    try:
        return PublishedLog(Path(folder)).checkpoint == stored.checkpoint
    except BadPublished:
        return False


def _print_result(folder: str, done: "Publication", trusted: "TrustedCheckpoint | None", *, dry_run: bool) -> None:
    stated = done.stored.checkpoint
    did, files = ("would publish", "to be written") if dry_run else ("published", "written")
    root = encoded(stated.root)
    say_line(f"{did} {stated.size} entries of {stated.origin} in {folder}; root {root}")
    away = f"; earlier partial tiles removed: {done.removed}" if done.removed else ""
    say_line(f"files {files}: {len(done.written)}{away}")
    if trusted is not None:
        say(cosigned(trusted))


def _document(
    folder: str, done: "Publication", trusted: "TrustedCheckpoint | None", *, dry_run: bool
) -> dict[str, Any]:
    stated = done.stored.checkpoint
    return {
        "folder": folder,
        "origin": stated.origin,
        "size": stated.size,
        "root": encoded(stated.root),
        "written": list(done.written),
        "removed": done.removed,
        "cosigned_by": None if trusted is None else [cosignature.key.name for cosignature in trusted.cosigned],
        "quorum": None if trusted is None else trusted.quorum,
        "dry_run": dry_run,
    }
