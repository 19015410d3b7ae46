"""`ledger imports`, and `ledger import --undo`: what came in from files, what of it stands, and taking it back."""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.outcome import repeated_line
from cli.output.presentation import shown_as
from cli.output.tables import Column, Stamp, show_rows
from cli.session import Session, pass_session
from cli.terminal import say_line
from ledger.domain.errors import listed

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger
    from ledger.importing.changes.imports import FileImport

COLUMNS = (
    Column("import", right=True), Column("on"), Column("profile"), Column("file"), Column("rows", right=True),
    Column("entries", right=True), Column("standing", right=True), Column("by"),
)  # fmt: skip
"""Columns of the table; a file is shown by its name if it lies here, else by the first digits of its SHA-256."""
CSV = (*COLUMNS, Column("name"))
"""Columns of CSV, whose files are shown by their whole SHA-256."""
DIGITS = 12
"""How many digits of a SHA-256 a table shows."""
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx")
"""Ends of the names of files that may have been imported."""
MOST_BYTES = 1 << 26
"""Larger files are not compared with what was imported."""


@click.group(invoke_without_command=True, subcommand_metavar="[show N]")
@shown_as
@click.pass_context
def imports(context: click.Context, form: str | None) -> None:
    """List the imports: when, by which profile, which file, and how many of its entries still stand.

    The log has the SHA-256 of a file, and not its name: that is shown if the file lies in this folder. An import that
    was interrupted and continued is one. What was voided or undone does not stand.

    \b
    Examples:
      ledger imports
      ledger imports show 3
    """
    if context.invoked_subcommand is None:
        _list(context.ensure_object(Session), form)


def _list(session: Session, form: str | None) -> None:
    from ledger.importing.changes import imports as known

    with session.ledger() as ledger, ledger.store.reading():
        head = ledger.store.head()
        found = known.imports(ledger)
    shape, names = form or session.format, _names()
    rows = [_plain(each, names) | (_short(each, names) if shape == "table" else {}) for each in found]
    show_rows(rows, CSV if shape == "csv" else COLUMNS, shape, Stamp(session.today, head.size, head.root))


@imports.command()
@click.argument("number", type=int, metavar="N")
@shown_as
@pass_session
def show(session: Session, number: int, form: str | None) -> None:
    """Show import N: its file, its positions, and its entries by type, with how many of each stand.

    \b
    Example:
      ledger imports show 3
    """
    from ledger.application.void_targets import Standing
    from ledger.importing.changes.imports import find_import

    with session.ledger() as ledger, ledger.store.reading():
        head = ledger.store.head()
        found = find_import(ledger, number)
        standing, counts = Standing(ledger), dict[str, list[int]]()
        for entry in map(ledger.entry, found.positions):
            count = counts.setdefault(entry.event.tag(), [0, 0])
            count[0] += 1
            count[1] += entry in standing
    shape = form or session.format
    facts = _plain(found, _names()) | {"positions": found.places}
    facts |= {} if facts["name"] else {"name": "no file of this folder"}
    facts |= {tag: f"{entries}, of which {stand} stand" for tag, (entries, stand) in counts.items()}
    rows = [{"what": name, "value": value} for name, value in facts.items()]
    show_rows(rows, (Column("what"), Column("value")), shape, Stamp(session.today, head.size, head.root))


def _plain(each: "FileImport", names: dict[str, str]) -> dict[str, Any]:
    return {
        "import": each.number, "on": each.recorded_at[:10], "profile": each.profile, "file": each.sha256,
        "name": names.get(each.sha256), "rows": each.rows, "entries": each.entries, "standing": each.standing,
        "by": each.actor,
    }  # fmt: skip


def _short(each: "FileImport", names: dict[str, str]) -> dict[str, Any]:
    return {"file": names.get(each.sha256, f"{each.sha256[:DIGITS]}…")}


def _names() -> dict[str, str]:
    """Return the names of the files in this folder that may have been imported, by SHA-256."""
    names: dict[str, str] = {}
    for path in sorted(Path().iterdir()):
        if path.suffix.lower() in SUFFIXES:
            # A file may be gone, locked or closed to others; then it has no name here.
            with suppress(OSError):
                if path.is_file() and path.stat().st_size <= MOST_BYTES:
                    names.setdefault(sha256(path.read_bytes()).hexdigest(), path.name)
    return names


def undo_import(
    session: Session,
    number: int,
    *,
    actor: str | None,
    reason: str | None,
    effective: str | None,
    dry_run: bool,
    form: str,
    **_: Any,
) -> None:
    """Take an import back as one act, after it was shown and, at a terminal, confirmed.

    Raises UnknownImport, ImportUndone, and the error of the rule that refuses it.
    """
    from cli.commands.write.void import UNDONE, take_back
    from cli.nouns.write import request_for, tidied
    from ledger.domain.voiding import VoidEntries
    from ledger.importing.changes.imports import find_import, to_undo, undo_id

    session.actor = actor or session.actor
    with session.ledger() as ledger:
        found = find_import(ledger, number)
        positions, kept = to_undo(ledger, found)
        command = tidied(VoidEntries(positions=tuple(positions), reason=reason or UNDONE))
        command_id = undo_id(found.profile, found.sha256)
        request = request_for(session, (command,), effective=effective, command_id=command_id)
        # What is undone cannot be undone again, so that the same line is right whether it was recorded or not.
        session.outcome.again = lambda _: repeated_line(session.words, "")
        if kept:
            say_line(f"stay registered, because other entries refer to them: {_named(ledger, kept)}", err=True)
        take_back(session, ledger, request, f"Undo import {number}?", asks=True, dry_run=dry_run, form=form)


def _named(ledger: "Ledger", refs: list[str]) -> str:
    names = (f"{getattr(ledger.fold(f'party/{ref}')[0], 'name', '')} ({ref})" for ref in refs)
    return listed(list(names), "and")
