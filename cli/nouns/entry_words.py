"""Entries in words, a line each: what is about to be voided, corrected or taken back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from cli.terminal import say_line
from projections.history.party_names import PartyNames, mentioned_parties

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger

MOST = 12
"""The most entries that are shown one by one."""


def say_entries(ledger: "Ledger", positions: Sequence[int], head: str) -> None:
    """Print entries in words on stderr below a head line, the first of many."""
    say_line(head, err=True)
    for position in positions[:MOST]:
        say_line(f"  {entry_words(ledger, position)}", err=True)
    if len(positions) > MOST:
        say_line(f"  … and {len(positions) - MOST} more, down to position {positions[-1]}", err=True)


def entry_words(ledger: "Ledger", position: int) -> str:
    """Return an entry in words: position, date, type, stream and members, with the names of parties."""
    from ledger.application.void_targets import target_of

    entry = ledger.entry(position)
    says = _members(msgspec.to_builtins(entry.event))
    if target := target_of(ledger, entry):
        voided = ledger.entry(target)
        of = target_of(ledger, voided)
        words = f"of {of}" if of else _members(msgspec.to_builtins(voided.event))
        says = f"takes back {target}, {voided.event.tag()}: {words}"
    refs = mentioned_parties([entry.event]) | {entry.stream.removeprefix("party/")}
    return _names(ledger).add_to(
        f"{position}  {entry.effective_on}  {entry.event.tag()} of {entry.stream.partition('/')[2] or entry.stream}"
        f"{': ' if says else ''}{says} (by {entry.actor})",
        refs,
    )


def _members(members: dict[str, Any]) -> str:
    named = ((name.replace("_", " "), value) for name, value in members.items() if name != "type")
    return ", ".join(f"{name} {flat(value)}" for name, value in named)


def flat(value: Any) -> str:
    """Return a value of an event as text on one line."""
    if isinstance(value, dict):
        return f"{value['currency']} {value['value']}" if set(value) == {"currency", "value"} else _members(value)
    if isinstance(value, (list, tuple)):
        return "; ".join(map(flat, value))
    return str(value)


def _names(ledger: "Ledger") -> PartyNames:
    def look_up(ref: str) -> str | None:
        state = ledger.fold(f"party/{ref}")[0] if ref else None
        return str(state.name) if state is not None and state.exists else None  # type: ignore[attr-defined]

    return PartyNames(look_up)
