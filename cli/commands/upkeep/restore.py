"""`ledger restore`: restores a ledger from a backup, from published entries, or from both."""

from contextlib import nullcontext
from pathlib import Path

import click

from cli.options.trust import read_policy
from cli.output.progress import bar
from cli.session import Session, pass_session
from cli.terminal import say_line
from ledger.tlog.encoding import encoded


@click.command()
@click.argument("backup", metavar="[BACKUP]", required=False)
@click.option("--published", metavar="DIR", help="A published folder: its entries come after those of the backup.")
@click.option("--policy", metavar="FILE", help="The keys you trust: they must have signed the published checkpoint.")
@click.option("--url", metavar="URL", help="Where to restore it; the usual place of the ledger if not given.")
@click.option("--dry-run", is_flag=True, help="Restore and verify, then remove the result.")
@pass_session
def restore(
    session: Session, backup: str | None, published: str | None, policy: str | None, url: str | None, *, dry_run: bool
) -> None:
    """Restore a ledger from a backup, from a published folder, or from a backup and what was published after it.

    There must be no ledger at its place. The restored ledger is verified before it gets its name; if anything is wrong,
    nothing is restored. A published log must extend the log of the backup.

    \b
    Example:
      ledger restore ledger-2026-11-23.zip --published /srv/log --url sqlite:///restored.db
    """
    from ledger.maintenance.restore import FilesMissing, restore

    session.url = url or session.url
    shown = bar("verifying", 0)
    with nullcontext() if dry_run else session.outcome.making_ledger(session.ledger_url):
        restored = restore(
            session.ledger_url,
            Path(backup) if backup else None,
            Path(published) if published else None,
            read_policy(policy) if policy else None,
            dry_run=dry_run,
            progress=shown,
            attachments=session.attachments,
        )
    shown.end()
    root = encoded(restored.root)
    done = "would restore" if dry_run else "restored"
    say_line(f"{done} {session.ledger_url}; log size {restored.size}, root {root}")
    later = restored.size - restored.from_backup
    say_line(f"entries from the backup: {restored.from_backup}; from the published folder: {later}")
    if published and not restored.trusted:
        say_line("note: no signature was checked; --policy names the keys that must have signed.", err=True)
    if restored.missing:
        attachments = session.attachments
        assert attachments is not None
        session.warn(FilesMissing(restored.missing, attachments.folder))
    if not dry_run:
        with session.ledger():
            pass  # opening it prints the warnings of the rollback guard
