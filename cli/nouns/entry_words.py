"""Entries in words, a line each: what is about to be voided, corrected or taken back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.terminal import say_line
from projections.history.entry_rows import in_words, stated
from projections.history.party_names import PartyNames, mentioned_parties

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger
    from ledger.application.request import Request
    from ledger.domain.kernel import Event

MOST = 12
"""The most entries that are shown one by one."""


def say_entries(ledger: "Ledger", positions: Sequence[int], head: str) -> None:
    """Print entries in words on stderr below a head line, the first of many."""
    say_line(head, err=True)
    for position in positions[:MOST]:
        say_line(f"  {entry_words(ledger, position)}", err=True)
    if len(positions) > MOST:
        say_line(f"  … and {len(positions) - MOST} more, down to position {positions[-1]}", err=True)


def say_rehearsed(ledger: "Ledger", request: "Request") -> None:
    """Print on stderr, in words, the entries that a request would record."""
    with ledger.recording(dry_run=True) as unit:
        receipt = unit.perform(request)
        if receipt.count and not receipt.repeated:
            say_entries(ledger, range(receipt.first, receipt.first + receipt.count), "this would be recorded:")


def entry_words(ledger: "Ledger", position: int) -> str:
    """Return an entry in words: position, date, type, stream and members, with the names of parties."""
    from ledger.application.void_targets import target_of

    entry = ledger.entry(position)
    says = _members(entry.event)
    if target := target_of(ledger, entry):
        voided = ledger.entry(target)
        of = target_of(ledger, voided)
        words = f"of {of}" if of else _members(voided.event)
        says = f"takes back {target}, {voided.event.tag()}: {words}"
    refs = mentioned_parties([entry.event]) | {entry.stream.removeprefix("party/")}
    return _names(ledger).add_to(
        f"{position}  {entry.effective_on}  {entry.event.tag()} of {entry.stream.partition('/')[2] or entry.stream}"
        f"{': ' if says else ''}{says} (by {entry.actor})",
        refs,
    )


def _members(event: "Event") -> str:
    return ", ".join(f"{name.replace('_', ' ')} {in_words(value)}" for name, value in stated(event).items())


def _names(ledger: "Ledger") -> PartyNames:
    def look_up(ref: str) -> str | None:
        state = ledger.fold(f"party/{ref}")[0] if ref else None
        return str(state.name) if state is not None and state.exists else None  # type: ignore[attr-defined]

    return PartyNames(look_up)
