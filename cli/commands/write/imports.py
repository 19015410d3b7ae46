"""`ledger imports`, and `ledger import --undo`: what came in from files, what of it stands, and taking it back."""

from functools import partial
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
"""Columns of the table; a file is shown by the first digits of its SHA-256."""
DIGITS = 12
"""How many digits of a SHA-256 a table shows."""


@click.group(invoke_without_command=True, subcommand_metavar="[show N]")
@shown_as
@click.pass_context
def imports(context: click.Context, form: str | None) -> None:
    """List the imports: when, by which profile, the SHA-256 of the file, and how many of its entries still stand.

    An import that was interrupted and continued is one. What was voided or undone does not stand.

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
    shape = form or session.format
    rows = [_plain(each, is_short=shape == "table") for each in found]
    show_rows(rows, COLUMNS, shape, Stamp(session.today, head.size, head.root))


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
    facts = _plain(found, is_short=False) | {"positions": found.places}
    facts |= {tag: f"{entries}, of which {stand} stand" for tag, (entries, stand) in counts.items()}
    rows = [{"what": name, "value": value} for name, value in facts.items()]
    show_rows(rows, (Column("what"), Column("value")), shape, Stamp(session.today, head.size, head.root))


def _plain(each: "FileImport", *, is_short: bool) -> dict[str, Any]:
    file = f"{each.sha256[:DIGITS]}…" if is_short else each.sha256
    return {
        "import": each.number, "on": each.recorded_at[:10], "profile": each.profile, "file": file, "rows": each.rows,
        "entries": each.entries, "standing": each.standing, "by": each.actor,
    }  # fmt: skip


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
        session.outcome.again = partial(repeated_line, session.words)
        if kept:
            say_line(f"stay registered, because other entries refer to them: {_named(ledger, kept)}", err=True)
        take_back(session, ledger, request, f"Undo import {number}?", asks=True, dry_run=dry_run, form=form)


def _named(ledger: "Ledger", refs: list[str]) -> str:
    names = (f"{getattr(ledger.fold(f'party/{ref}')[0], 'name', '')} ({ref})" for ref in refs)
    return listed(list(names), "and")
