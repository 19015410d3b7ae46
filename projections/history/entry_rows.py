"""Entries of the log as rows: what each says in words, whether it stands, how late it was recorded, and its amounts."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from ledger.application.ledger import Ledger
from ledger.domain.dates import days_between
from ledger.domain.money import Money
from ledger.domain.voiding import EntryVoided
from ledger.format.entry import Entry, read
from ledger.stores.log_reader import LogReader
from ledger.stores.selection import Wanted
from projections.history.checked import selected
from projections.history.party_names import PartyNames, mentioned_parties

Row = dict[str, Any]
IMPORTED = {True: "yes", False: "no"}
FEW_STREAMS = 64
"""In how many streams voids are looked for one by one: in more, reading all voids of the log costs less."""


class _Voids:
    """Which entries are taken back by a void in force, read as they are asked for.

    A void is in the stream of what it takes back, and later. So for few entries the rest of their streams is read,
    which is short; for many all voids of the log, which are few.
    """

    def __init__(self, store: LogReader, known_at: int) -> None:
        self._store, self._known_at = store, known_at
        self._by_stream: dict[str, tuple[int, dict[int, int]]] = {}
        """Of a stream the position after which voids were read, and by version the position of the void in force."""
        self._asked = 0
        self._is_whole = False

    def position(self, stream: str, version: int, position: int) -> int | None:
        """Return the position of the void in force of an entry, or None."""
        after, voided = self._by_stream.get(stream, (0 if self._is_whole else position + 1, {}))
        if after > position:
            after, voided = self._read(stream, position)
        return voided.get(version)

    def _read(self, stream: str, position: int) -> tuple[int, dict[int, int]]:
        self._asked += 1
        if self._asked > FEW_STREAMS:
            self._is_whole = True
            self._by_stream = {name: (0, of) for name, of in self._read_voids(Wanted()).items()}
            return self._by_stream.get(stream, (0, {}))
        # What is before the entry does not take it back, nor what does so.
        own = position, self._read_voids(Wanted(first=position + 1, stream=stream)).get(stream, {})
        self._by_stream[stream] = own
        return own

    def _read_voids(self, wanted: Wanted) -> dict[str, dict[int, int]]:
        voids: list[tuple[str, int, int, int]] = []
        for row in selected(self._store, wanted._replace(last=self._known_at, types=(EntryVoided.tag(),))):
            entry = read(row.data)
            if isinstance(entry.event, EntryVoided) and entry.event.version < entry.version:
                voids.append((entry.stream, entry.event.version, entry.version, row.position))
        voided: dict[str, dict[int, int]] = {}
        # A void is in force unless a later one took it back.
        for stream, target, version, position in reversed(voids):
            own = voided.setdefault(stream, {})
            if version not in own:
                own[target] = position
        return voided


class EntryRows:
    """The entries of a log up to a position, as rows; `names` gives the names of parties."""

    def __init__(self, ledger: Ledger, known_at: int, names: PartyNames) -> None:
        """Read from `ledger`."""
        self._ledger = ledger
        self._names = names
        self._voids = _Voids(ledger.store, known_at)

    def voided_by(self, position: int, entry: Entry) -> int | None:
        """Return the position of the void in force that took an entry back, or None if it stands."""
        return self._voids.position(entry.stream, entry.version, position)

    def row(self, position: int, data: bytes, entry: Entry, members: Iterable[str]) -> Row:
        """Return the row of an entry, which `data` states: its envelope, and of what follows from it some members.

        They are keys of FOLLOWING, and stand in the order given. Raises what reading other entries raises.
        """
        row = {"position": position, "type": entry.event.tag(), **msgspec.json.decode(data)}
        for name in members:
            row[name] = FOLLOWING[name](self, position, entry)
        return row

    def party_refs(self, entry: Entry) -> list[str]:
        """Return the references of the parties that an entry is about or mentions."""
        return sorted(mentioned_parties([entry.event]) | _own(entry.stream, "party"))

    def parties(self, entry: Entry) -> list[str]:
        """Return the names of the parties that an entry is about or mentions."""
        return [self._names(ref) for ref in self.party_refs(entry)]

    def says(self, entry: Entry) -> str:
        """Return what an entry says in one line: the members of its event, with the names of parties."""
        if isinstance(entry.event, EntryVoided):
            position = self._ledger.position(entry.stream, entry.event.version)
            return f"takes back entry {position}: {entry.event.reason}"
        text = "; ".join(_members(stated(entry.event)))
        refs = mentioned_parties([entry.event])
        return self._names.add_to(text, refs)


FOLLOWING: dict[str, Callable[[EntryRows, int, Entry], Any]] = {
    "says": lambda rows, _, entry: rows.says(entry),
    "stands": lambda rows, position, entry: "yes" if rows.voided_by(position, entry) is None else "no",
    "voided_by": EntryRows.voided_by,
    "days_late": lambda _, __, entry: days_between(entry.effective_on, entry.recorded_at[:10]),
    "recorded_on": lambda _, __, entry: entry.recorded_at[:10],
    "amount": lambda _, __, entry: [str(amount) for amount in amounts(entry.event)],
    "engagement": lambda _, __, entry: next(iter(_own(entry.stream, "engagement")), None),
    "parties": lambda rows, _, entry: rows.parties(entry),
    "party_refs": lambda rows, _, entry: rows.party_refs(entry),
    "imported": lambda _, __, entry: IMPORTED[entry.source is not None],
    "imported_from": lambda _, __, entry: entry.source and entry.source.sha256,
}
"""What follows from an entry, and is not in its envelope: members of rows, each made where somebody asks for it."""


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


def stated(value: msgspec.Struct) -> Row:
    """Return the members that an event, or a part of it, states."""
    return {name: getattr(value, name) for name in msgspec.to_builtins(value) if name != "type"}


def in_words(value: Any) -> str:
    """Return a value of an event as text: amounts as `USD 80.00`, roles as `P00001 (donor)`, lists with semicolons."""
    if isinstance(value, msgspec.Struct):
        return str(value) if type(value).__str__ is not object.__str__ else ", ".join(_members(stated(value)))
    if isinstance(value, dict):
        return ", ".join(f"{name} {in_words(member)}" for name, member in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(map(in_words, value))
    return str(value)


def _members(members: Row) -> Iterable[str]:
    for name, value in members.items():
        if value not in (None, "", [], ()):
            yield (
                in_words(value)
                if name in ("amount", "name", "title")
                else f"{name.replace('_', ' ')} {in_words(value)}"
            )


def _own(stream: str, kind: str) -> set[str]:
    of, _, ref = stream.partition("/")
    return {ref} if of == kind else set()
