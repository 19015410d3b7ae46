"""`ledger void` and `ledger undo`: entries are taken back, after they were shown in words."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.nouns.attachments import record_with_files
from cli.nouns.interview import ask_line, confirm
from cli.nouns.write import envelope_options, request_for, tidied
from cli.outcome import repeated_line
from cli.output.presentation import with_options
from cli.output.receipts import show_receipt
from cli.session import Session, pass_session
from cli.terminal import say_line
from ledger.domain.refusals import MissingField
from ledger.domain.voiding import VoidBreaks, VoidEntries, VoidReferred

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger
    from ledger.application.receipt import Receipt

RECENT = 9
"""How many entries are shown before positions are asked for."""
UNDONE = "Undone"
"""The reason of an undo for which none was given."""
ON_IMPORT = (
    "Void only these first, with 'ledger void' and their positions; then undo the import, import the right file, and "
    "record them again."
)
_NUMBERS = re.compile(r"[0-9]+")

_yes = click.option("--yes", is_flag=True, help="Do not ask; a script is never asked.")


def _envelope(*without: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    options = [option for option in envelope_options(reason=False) if option.name not in without]
    return lambda function: with_options(function, *options)


@click.command()
@click.argument("positions", nargs=-1, metavar="POSITION|FIRST-LAST...")
@click.option("--command", "commands", multiple=True, metavar="ID", help="All entries of the command with this id.")
@click.option(
    "--import", "imports", multiple=True, metavar="FILE|SHA256",
    help="All entries that were imported from this file, or from the file with this SHA-256.",
)  # fmt: skip
@click.option("--reason", help="Why, for the record.")
@_yes
@_envelope()
@pass_session
def void(
    session: Session,
    /,
    positions: tuple[str, ...],
    commands: tuple[str, ...],
    imports: tuple[str, ...],
    reason: str | None,
    *,
    yes: bool,
    actor: str | None,
    effective: str | None,
    command_id: str | None,
    dry_run: bool,
    form: str | None,
) -> None:
    """Void entries: they stay in the log but no longer count. Several are checked together.

    What is about to be voided is shown first, and at a terminal confirmed. Of a range, a command or an import, what is
    voided already is left out.

    \b
    Examples:
      ledger void 17 --reason 'Recorded under the wrong engagement'
      ledger void 17-21 40 --reason 'Entered twice'
      ledger void --import register.csv --reason 'The wrong file'
    """
    session.actor = actor or session.actor
    with session.ledger() as ledger:
        if not positions and not commands and not imports:
            positions = _asked_positions(session, ledger)
        targets = _targets(ledger, positions, commands, imports, command_id)
        if not reason:
            if not session.asks:
                raise MissingField("reason", "why the entries are voided")
            reason = ask_line("Reason (why)")
        command = tidied(VoidEntries(positions=targets, reason=reason))
        request = request_for(session, (command,), effective=effective, command_id=command_id)
        session.outcome.again = partial(repeated_line, session.words)
        take_back(session, ledger, request, "Void {}?", asks=not yes, dry_run=dry_run, form=form)


@click.command()
@click.option("--reason", default=UNDONE, show_default=True, help="Why, for the record.")
@_yes
@_envelope("command_id")
@pass_session
def undo(
    session: Session,
    /,
    reason: str,
    *,
    yes: bool,
    actor: str | None,
    effective: str | None,
    dry_run: bool,
    form: str | None,
) -> None:
    """Take back your last command: void its entries, after they were shown and, at a terminal, confirmed.

    An import or a file of commands is taken back as a whole; the rows of an import may then be imported again. Once
    more, and the command before it is taken back. What others recorded is left alone.

    \b
    Example:
      ledger undo
    """
    from ledger.application.request import new_id
    from ledger.application.void_targets import UNDO, of_last_act
    from ledger.importing.changes.imports import undo_id_of

    session.actor = actor or session.actor
    with session.ledger() as ledger:
        positions = tuple(of_last_act(ledger, session.acting))
        command_id = undo_id_of(ledger, positions) or f"{UNDO}{new_id()}"
        request = request_for(
            session,
            (tidied(VoidEntries(positions=positions, reason=reason)),),
            effective=effective,
            command_id=command_id,
        )
        receipt = take_back(session, ledger, request, "Take {} back?", asks=not yes, dry_run=dry_run, form=form)
        if receipt.count and not dry_run:
            say_line(f"to bring it back: ledger void {receipt.positions} --reason 'Undone by mistake'", err=True)


def take_back(
    session: Session, ledger: "Ledger", request: Any, question: str, *, asks: bool, dry_run: bool, form: str | None
) -> "Receipt":
    """Show what a request voids, ask, and record it. Raises Exit, and the error of the rule that refuses it."""
    with _import_first_freed(request.id):
        return _taken_back(session, ledger, request, question, asks=asks, dry_run=dry_run, form=form)


@contextmanager
def _import_first_freed(command_id: str | None) -> Iterator[None]:
    # Voided together with what stands on it, an import would not be undone: its rows would stay taken back.
    from ledger.application.void_targets import UNDO_IMPORT

    try:
        yield
    except (VoidBreaks, VoidReferred) as error:
        if command_id is not None and command_id.startswith(UNDO_IMPORT):
            error.hint = ON_IMPORT
        raise


def _taken_back(
    session: Session, ledger: "Ledger", request: Any, question: str, *, asks: bool, dry_run: bool, form: str | None
) -> "Receipt":
    from cli.nouns.entry_words import say_entries

    positions = request.commands[0].positions
    asks &= session.asks and not dry_run
    if asks:
        ledger.record(request, dry_run=True)  # what a rule forbids is not asked about
    what = "this entry" if len(positions) == 1 else f"these {len(positions)} entries"
    say_entries(ledger, positions, f"{'would void' if dry_run else 'voiding'} {what}:")
    if asks:
        confirm(question.format("it" if len(positions) == 1 else "them"))
    receipt = record_with_files(session, ledger, request, dry_run=dry_run)
    show_receipt(receipt, form or session.format, dry_run=dry_run)
    return receipt


def _asked_positions(session: Session, ledger: "Ledger") -> tuple[str, ...]:
    from cli.messages import print_error
    from cli.nouns.entry_words import say_entries
    from ledger.application.void_targets import positions_of
    from ledger.domain.errors import LedgerError

    if not session.asks:
        raise click.UsageError("Missing argument 'POSITION'.")
    size = ledger.store.head().size
    say_line("Ctrl-C cancels; nothing is recorded until you confirm.", err=True)
    say_entries(ledger, range(max(1, size - RECENT + 1), size + 1), "The last entries:")
    while True:
        texts = ask_line("Positions (like 17, or 17-21)").split()
        try:
            for text in texts:
                positions_of(text, size)
        except LedgerError as error:
            print_error(error)
        else:
            if texts:
                return tuple(texts)


def _targets(
    ledger: "Ledger",
    texts: tuple[str, ...],
    commands: tuple[str, ...],
    imports: tuple[str, ...],
    command_id: str | None,
) -> tuple[int, ...]:
    """Return the positions to void, as they were typed if all are single. Raises BadPosition, NothingStands."""
    from ledger.application.void_targets import NothingStands, Standing, of_command, of_import, positions_of

    size = ledger.store.head().size
    if all(map(_NUMBERS.fullmatch, texts)) and not commands and not imports:
        return tuple(positions_of(text, size)[0] for text in texts)
    chosen = {position for text in texts for position in positions_of(text, size)}
    chosen.update(position for command in commands for position in of_command(ledger, command))
    chosen.update(position for file in imports for position in of_import(ledger, _sha256(file)))
    targets = Standing(ledger).of(chosen)
    if not targets and command_id and (done := ledger.store.recorded(command_id)) is not None:
        voids = map(ledger.entry, range(done.first, done.first + done.count))
        targets = sorted(ledger.position(entry.stream, getattr(entry.event, "version", 0)) for entry in voids)
    if not targets:
        raise NothingStands("of what you named")
    return tuple(targets)


def _sha256(file: str) -> str:
    path = Path(file)
    if not path.is_file():
        return file.casefold()
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
