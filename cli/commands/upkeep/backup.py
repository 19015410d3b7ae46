"""`ledger backup FILE`: writes a verified backup to one file, while others record."""

from pathlib import Path

import click

from cli.output.progress import bar
from cli.session import Session, pass_session
from cli.terminal import say_line
from ledger.tlog.encoding import encoded


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Show what it would contain, and write nothing.")
@pass_session
def backup(session: Session, file: str, *, dry_run: bool) -> None:
    """Write a backup: the ledger as it is now and its attached files, in one ZIP file.

    Others may record meanwhile. The copy is verified before the file gets its name; no file is overwritten. 'ledger
    restore' makes a ledger from the backup, and so does 'unzip'.

    \b
    Example:
      ledger backup ledger-2026-11-23.zip
    """
    from ledger.files.attachments import kept_files
    from ledger.maintenance.backup import back_up, check_free

    target = Path(file)
    with session.ledger(reads=True, audits=True) as ledger:
        head = ledger.store.head()
        if dry_run:
            check_free(target)
            size, root, files = head.size, head.root, sum(1 for _ in kept_files(ledger.attachments))
        else:
            shown = bar("verifying the copy", head.size)
            with session.outcome.making(f"the backup {target}", target.exists):
                size, root, files = back_up(ledger, target, shown)
            shown.end()
    summary = f"log size {size}, root {encoded(root)}; attached files: {files}"
    say_line(f"{'would write' if dry_run else 'wrote'} {target}: {summary}")
