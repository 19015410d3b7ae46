"""`ledger correct`: an entry is recorded again with the right values, and so is what stood on it."""

from functools import partial
from typing import TYPE_CHECKING

import click

from cli.nouns.interview import confirm
from cli.nouns.write import envelope_options
from cli.output.presentation import with_options
from cli.output.receipts import show_receipt
from cli.session import Session, pass_session
from cli.terminal import say_line
from ledger.domain.errors import USAGE, LedgerError
from ledger.domain.refusals import MissingField

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ledger.application.correction import Correction
    from ledger.application.ledger import Ledger


class BadAssignment(LedgerError):
    """The text of --set names no member and value."""

    code = "bad-assignment"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse `text`."""
        super().__init__(
            f"'{text}' does not say what to set.",
            "Write --set amount='USD 100.00'; ledger show POSITION has the members.",
        )


def _envelope(function: "Callable[..., Any]") -> "Callable[..., Any]":
    options = envelope_options(reason=False)
    return with_options(function, *[option for option in options if option.name not in ("command_id", "effective")])


@click.command()
@click.argument("position")
@click.option("--set", "assignments", multiple=True, metavar="MEMBER=VALUE", help="A value of the entry; repeatable.")
@click.option("--effective", metavar="DATE", help="When it really happened.")
@click.option("--reason", help="Why, for the record.")
@click.option("--yes", is_flag=True, help="Do not ask; a script is never asked.")
@_envelope
@pass_session
def correct(
    session: Session,
    /,
    position: str,
    assignments: tuple[str, ...],
    effective: str | None,
    reason: str | None,
    *,
    yes: bool,
    actor: str | None,
    dry_run: bool,
    form: str | None,
) -> None:
    """Correct an entry: void it, record it again with the right values, and so whatever stood on it.

    What is recorded again is shown first, and at a terminal confirmed. Either all of it is recorded or, if a rule
    forbids any of it, nothing. Amounts that follow from others are computed again: what an ended order releases, the
    difference by which an order or a commitment was changed to a new total. A new date of the first entry of a command
    is also that of what the same command recorded. Where one party of an engagement takes the place of another one, its
    orders and money are those of the new one. `ledger show POSITION` has the names of the members.

    \b
    Examples:
      ledger correct 17 --set amount='USD 20000.00' --reason 'Twenty thousand, not two'
      ledger correct 12 --effective 2026-03-01 --reason 'The wrong month'
    """
    from ledger.application.correction import correct as record_correction
    from ledger.application.request import tidy_text
    from ledger.application.void_targets import one_position
    from ledger.domain.fields import checked_reference

    session.actor = actor or session.actor
    values = _values(assignments)
    if not values and not effective:
        raise MissingField("set", "what is to be corrected, or --effective")
    if not reason:
        raise MissingField("reason", "why the entry is corrected")
    recorded = partial(
        record_correction,
        values=values,
        on=effective,
        actor=checked_reference(session.acting),
        reason=tidy_text(reason, "reason", long=True),
    )
    with session.ledger() as ledger:
        asks = session.asks and not yes and not dry_run
        at = one_position(position, ledger.store.head().size)
        correction, receipt = recorded(ledger, at, dry_run=True)
        _show(ledger, correction, dry_run=dry_run)
        if correction.replayed and asks:
            confirm("Record this?")
        if not dry_run:
            correction, receipt = recorded(ledger, at)
        show_receipt(receipt, form or session.format, dry_run=dry_run)


def _values(assignments: tuple[str, ...]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for text in assignments:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise BadAssignment(text)
        values.setdefault(name.strip(), []).append(value.strip())
    return values


def _show(ledger: "Ledger", correction: "Correction", *, dry_run: bool) -> None:
    """Print the corrected entry with its old and new values, then what is recorded again, on stderr."""
    from cli.nouns.entry_words import MOST, entry_words
    from projections.history.entry_rows import in_words, stated

    if not correction.replayed:
        return
    first, *rest = correction.replayed
    say_line(f"{'would correct' if dry_run else 'correcting'} this entry:", err=True)
    say_line(f"  {entry_words(ledger, first.position)}", err=True)
    for replay in (first, *(replay for replay in rest if replay.is_changed)):
        before, after = stated(replay.entry.event), stated(replay.event) if replay.event else {}
        changes = [(name, before.get(name), after.get(name)) for name in before | after]
        changes = [("effective", replay.entry.effective_on, replay.on), *changes]
        if replay is not first:
            say_line(f"  {entry_words(ledger, replay.position)}", err=True)
        words = "; ".join(
            f"{name.replace('_', ' ')}: from {_said(was, in_words)} to {_said(now, in_words)}"
            for name, was, now in changes
            if was != now
        )
        moved = replay is not first and replay.on != replay.entry.effective_on
        with_it = f" (with entry {first.position}: one command recorded both)" if moved else ""
        say_line(f"    {f'{words}{with_it}' if replay.event else 'not recorded again: it changes nothing'}", err=True)
    same = [replay for replay in rest if not replay.is_changed]
    if same:
        say_line(f"recording {len(same)} later entr{'y' if len(same) == 1 else 'ies'} again, unchanged:", err=True)
    for replay in same[:MOST]:
        say_line(f"  {entry_words(ledger, replay.position)}", err=True)
    if len(same) > MOST:
        say_line(f"  … and {len(same) - MOST} more, down to position {same[-1].position}", err=True)


def _said(value: object, words: "Callable[[Any], str]") -> str:
    return "nothing" if value is None else words(value)
