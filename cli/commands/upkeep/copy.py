"""`ledger copy FROM TO`: copies the whole ledger to another store, with the same root."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.output.progress import bar
from cli.session import Session, pass_session
from cli.terminal import say_line
from ledger.tlog.encoding import encoded

if TYPE_CHECKING:
    from ledger.files.attachments import Attachments


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("--dry-run", is_flag=True, help="Check both places, and copy nothing.")
@pass_session
def copy(session: Session, source: str, target: str, *, dry_run: bool) -> None:
    """Copy a whole ledger, FROM one URL TO another: a file, or a PostgreSQL server.

    There must be no ledger at TO. Entries, commands, checkpoints and the root are the same there; attached files are
    copied too if TO has a folder for them (LEDGER_ATTACHMENTS names that of a server). FROM is not changed.

    \b
    Example:
      ledger copy sqlite:///ledger.db postgresql://ledger_owner@db.example.org/ledger
    """
    from ledger.application.open import open_ledger
    from ledger.maintenance.copy import copy_ledger
    from ledger.stores.open import check_free
    from ledger.stores.urls import shown

    files, place = _files(source), _files(target)
    ledger = open_ledger(source, session.clock, None, files.folder if files else None)
    try:
        head = ledger.store.head()
        if dry_run:
            check_free(target)
            size, root, checkpoints = head.size, head.root, sum(1 for _ in ledger.store.checkpoints())
        else:
            shown_bar = bar("copying", head.size)
            with session.outcome.making_ledger(target):
                size, root, checkpoints = copy_ledger(ledger, target, shown_bar, place)
            shown_bar.end()
        summary = f"log size {size}, root {encoded(root)}; checkpoints: {checkpoints}"
        say_line(f"{'would copy' if dry_run else 'copied'} {shown(source)} to {shown(target)}: {summary}")
        _say_files(files, place)
    finally:
        ledger.close()


def _files(url: str) -> "Attachments | None":
    from ledger.application.open import attachments_of
    from ledger.stores.urls import is_on_server

    named = os.environ.get("LEDGER_ATTACHMENTS") if is_on_server(url) else None
    return attachments_of(url, Path(named) if named else None)


def _say_files(files: "Attachments | None", place: "Attachments | None") -> None:
    from ledger.files.attachments import kept_files

    paths = list(kept_files(files))
    if not paths or files is None:
        return
    if place is None:
        note = f"note: {len(paths)} attached files stay in {files.folder}; users of TO name it with LEDGER_ATTACHMENTS."
        say_line(note, err=True)
        return
    say_line(f"attached files: {len(paths)}, in {place.folder}")
