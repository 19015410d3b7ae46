"""Entries of the log as rows: what each says in words, whether it stands, how late it was recorded, and its amounts."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from ledger.application.ledger import Ledger
from ledger.domain.dates import days_between
from ledger.domain.money import Money
from ledger.domain.voiding import EntryVoided
from ledger.format.entry import Entry, read
from projections.history.journal import Journal
from projections.history.party_names import PartyNames, mentioned_parties

Row = dict[str, Any]
IMPORTED = {True: "yes", False: "no"}


class EntryRows:
    """The entries of a log up to a position, as rows; `names` gives the names of parties."""

    def __init__(self, ledger: Ledger, known_at: int, names: PartyNames) -> None:
        """Read from `ledger`."""
        self._ledger = ledger
        self._known_at = known_at
        self._names = names
        self._voided_by: dict[int, int] | None = None

    def voided_by(self, position: int) -> int | None:
        """Return the position of the void in force that took an entry back, or None if it stands."""
        if self._voided_by is None:
            self._voided_by = {}
            # A void is in force unless a later one took it back.
            for void in reversed([*Journal(self._ledger, self._known_at).voids()]):
                if void.position not in self._voided_by:
                    self._voided_by[void.target] = void.position
        return self._voided_by.get(position)

    def row(self, position: int, data: bytes) -> Row:
        """Return the row of an entry: its envelope, and what follows from it. Raises what reading it raises."""
        entry = read(data)
        envelope = json.loads(data)
        refs = sorted(mentioned_parties([entry.event]) | _own(entry.stream, "party"))
        voided_by, source = self.voided_by(position), envelope.get("source")
        return {
            "position": position,
            "type": entry.event.tag(),
            **envelope,
            "says": self.says(entry),
            "stands": "yes" if voided_by is None else "no",
            "voided_by": voided_by,
            "days_late": days_between(entry.effective_on, entry.recorded_at[:10]),
            "recorded_on": entry.recorded_at[:10],
            "amount": [str(amount) for amount in amounts(entry.event)],
            "engagement": next(iter(_own(entry.stream, "engagement")), None),
            "parties": [self._names(ref) for ref in refs],
            "party_refs": refs,
            "imported": IMPORTED[source is not None],
            "imported_from": source and source["sha256"],
        }

    def says(self, entry: Entry) -> str:
        """Return what an entry says in one line: the members of its event, with the names of parties."""
        if isinstance(entry.event, EntryVoided):
            position = self._ledger.position(entry.stream, entry.event.version)
            return f"takes back entry {position}: {entry.event.reason}"
        members = msgspec.to_builtins(entry.event)
        text = "; ".join(_members(members))
        refs = mentioned_parties([entry.event])
        return self._names.add_to(text, refs)


def amounts(event: Any) -> Iterator[Money]:
    """Yield the amounts of money that an event states."""
    for name in event.__struct_fields__:
        yield from _amounts(getattr(event, name))


def _amounts(value: Any) -> Iterator[Money]:
    if isinstance(value, Money):
        yield value
    elif isinstance(value, (tuple, list)):
        for member in value:
            yield from _amounts(member)
    elif isinstance(value, msgspec.Struct):
        yield from amounts(value)


def in_words(value: Any) -> str:
    """Return a value of an event as text: amounts as `USD 80.00`, lists separated by semicolons."""
    if isinstance(value, dict):
        if set(value) == {"currency", "value"}:
            return f"{value['currency']} {value['value']}"
        return ", ".join(f"{name} {in_words(member)}" for name, member in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(map(in_words, value))
    return str(value)


def _members(members: Row) -> Iterable[str]:
    for name, value in members.items():
        if name != "type" and value not in (None, "", [], ()):
            yield (
                in_words(value)
                if name in ("amount", "name", "title")
                else f"{name.replace('_', ' ')} {in_words(value)}"
            )


def _own(stream: str, kind: str) -> set[str]:
    of, _, ref = stream.partition("/")
    return {ref} if of == kind else set()
