"""The rows of `ledger log` and `ledger sample`: entries of the log, selected by typed filters."""

import json
from array import array
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from cli.filters.columns import Kind, ListColumn
from cli.filters.errors import near_words
from cli.nouns.party_names import find_party, party_names
from cli.options.as_of import View, just_before, moment
from cli.options.listing import Selection
from ledger.domain.errors import USAGE, LedgerError, did_you_mean, listed
from ledger.domain.registry import EVENTS
from ledger.format.entry import Entry, read
from ledger.stores.errors import Damaged
from ledger.stores.selection import SelectedEntry, Wanted

AT_ONCE = 256
"""How many entries that are chosen by their positions are read together."""
Row = dict[str, Any]

TYPES = tuple(sorted(EVENTS))
"""The types of entries."""
ON_REQUEST = (
    ListColumn("recorded_on", Kind.DAY, is_on_request=True),
    ListColumn("amount", Kind.AMOUNT, is_on_request=True),
    ListColumn("engagement", Kind.ENGAGEMENT, is_on_request=True),
    ListColumn("parties", Kind.PARTY, of="party_refs", is_on_request=True),
    ListColumn("party_refs", Kind.PARTY, of="party_refs", is_on_request=True),
    ListColumn("imported", Kind.CHOICE, values=("yes", "no"), is_on_request=True),
    ListColumn("imported_from", is_on_request=True),
)
COLUMNS = (
    ListColumn("position", Kind.NUMBER), ListColumn("recorded_at"), ListColumn("effective_on", Kind.DAY),
    ListColumn("type", Kind.CHOICE, values=TYPES), ListColumn("stream"), ListColumn("actor"), ListColumn("reason"),
    ListColumn("version", Kind.NUMBER), ListColumn("command"), ListColumn("event"), ListColumn("says"),
    ListColumn("stands", Kind.CHOICE, values=("yes", "no")), ListColumn("voided_by", Kind.NUMBER),
    ListColumn("days_late", Kind.NUMBER), *ON_REQUEST,
)  # fmt: skip
"""Of entries: what is stored, what it says, whether it stands, and how long after it happened it was recorded."""
UNASKED = frozenset(column.key for column in ON_REQUEST)
"""What rows for JSON do not have, although filters may look at it."""


class UnknownEventType(LedgerError):
    """There is no type of event with this name."""

    code = "unknown-event-type"
    exit = USAGE

    def __init__(self, name: str, known: Sequence[str]) -> None:
        """Refuse the type `name`; the types there are, are `known`."""
        kind = name.partition(".")[0]
        near = near_words(name, known) or [tag for tag in known if tag.startswith(f"{kind}.")]
        super().__init__(f"There is no type of entry '{name}'.", did_you_mean(near) or "docs/events.md lists them.")


class UnknownActor(LedgerError):
    """Nobody with this id recorded an entry."""

    code = "unknown-actor"
    exit = USAGE

    def __init__(self, name: str, known: Sequence[str]) -> None:
        """Refuse the actor `name`; those who recorded something are `known`."""
        near = did_you_mean(near_words(name, known))
        super().__init__(f"'{name}' recorded nothing.", f"{near} Actors: {listed(known, 'and')}.".strip())


class UnknownStream(LedgerError):
    """The log has no stream with this name."""

    code = "unknown-stream"
    exit = USAGE

    def __init__(self, name: str, near: Sequence[str]) -> None:
        """Refuse the stream `name`; `near` are names like it."""
        hint = did_you_mean(near) or "A stream is 'ledger', or a kind and a reference, like engagement/E-1."
        super().__init__(f"There is no stream '{name}'.", hint)


class Named(NamedTuple):
    """Which entries the simple options select; None and () for all."""

    types: Sequence[str] = ()
    actor: str | None = None
    stream: str | None = None
    party: str | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None
    after: int | None = None

    def in_words(self) -> str:
        """Return the options that were given, for the line below a table."""
        given = {name: value for name, value in self._asdict().items() if value not in (None, "", ())}
        return ", ".join(
            f"{name} {' or '.join(value) if isinstance(value, tuple) else value}" for name, value in given.items()
        )


class LogEntry(NamedTuple):
    """An entry of the log: its position, its bytes and what they state, and the login that appended it, if known."""

    position: int
    data: bytes
    entry: Entry
    login: str | None


class Entries:
    """The entries that options select, up to the position of a view; each is read when it is asked for."""

    def __init__(self, view: View, on: str | None, named: Named) -> None:
        """Select entries; with `on`, none that are effective later.

        Raises UnknownEventType, UnknownStream, BadMoment, and what finding the party raises. Reading raises
        UnknownActor, Damaged, BadEntry.
        """
        self._store, self._known_at, self._actor = view.ledger.store, view.known_at, named.actor
        self._check(named)
        last = view.known_at
        if named.until:
            last = min(last, self._store.moment_position(moment(named.until)))
        first = self._store.moment_position(just_before(named.since)) + 1 if named.since else 1
        ref = find_party(view, named.party) if named.party else None
        self._wanted = Wanted(
            max(first, (named.after or 0) + 1), last, tuple(named.types), named.actor, named.stream,
            tuple(f"party/{record}" for record in view.records(ref)) if ref else (),
            None if on is None else view.on, named.text or "",
        )  # fmt: skip

    def _check(self, named: Named) -> None:
        for name in named.types:
            if name not in TYPES:
                raise UnknownEventType(name, TYPES)
        if named.stream is not None and not 0 < (self._store.place(named.stream, 1) or 0) <= self._known_at:
            kind = named.stream.partition("/")[0]
            raise UnknownStream(named.stream, near_words(named.stream, self._store.streams(kind)))

    def __iter__(self) -> Iterator[LogEntry]:
        """Yield the entries in order of position."""
        return self._each()

    def newest_first(self, limit: int | None = None) -> Iterator[LogEntry]:
        """Yield the entries from the last one, at most `limit`."""
        return self._each(newest_first=True, limit=limit)

    def _each(self, *, newest_first: bool = False, limit: int | None = None) -> Iterator[LogEntry]:
        from projections.history.checked import selected

        is_empty = True
        for row in selected(self._store, self._wanted, newest_first=newest_first, limit=limit):
            is_empty = False
            yield self._read(row)
        # That an actor recorded anything is only in doubt here, and only a pass over the log tells.
        if is_empty and self._actor is not None:
            actors = self._store.actors(self._known_at)
            if self._actor not in actors:
                raise UnknownActor(self._actor, sorted(actors))

    def _read(self, row: SelectedEntry) -> LogEntry:
        entry, wanted = read(row.data), self._wanted
        # The hash is that of the bytes: a column that was altered must not show them as something else.
        if (
            wanted.stream not in (None, entry.stream)
            or wanted.actor not in (None, entry.actor)
            or (wanted.types and entry.event.tag() not in wanted.types)
            or (wanted.effective_by is not None and entry.effective_on > wanted.effective_by)
        ):
            raise Damaged(self._store.url, f"the columns of the entry at position {row.position} are not its own")
        return LogEntry(row.position, row.data, entry, row.login)

    def at(self, positions: Sequence[int]) -> Iterator[LogEntry]:
        """Yield the entries at positions that the log has, in their order."""
        from projections.history.checked import selected

        for start in range(0, len(positions), AT_ONCE):
            wanted = Wanted(positions=positions[start : start + AT_ONCE])
            by_position = {row.position: self._read(row) for row in selected(self._store, wanted)}
            for position in wanted.positions or ():
                if position not in by_position:
                    raise Damaged(self._store.url, f"the entry at position {position} is missing")
                yield by_position[position]

    def has_login(self, position: int) -> bool:
        """Return whether the store knows the login that appended an entry."""
        return any(row.login is not None for row in self._store.select(Wanted(position, position)))

    @property
    def newest(self) -> int:
        """The position up to which entries are known."""
        return self._known_at


class LogRows:
    """The rows of entries, as the options of lists ask for them."""

    def __init__(self, view: View, selection: Selection, members: Iterable[str] = ()) -> None:
        """Make rows at the as-of of a view, with these of the columns on request in any case."""
        from projections.history.entry_rows import FOLLOWING, EntryRows

        self._selection = selection
        self._rows = EntryRows(view.ledger, view.known_at, party_names(view))
        asked = {"recorded_on", *members, *(column.key for column in ON_REQUEST if selection.needs(column.key))}
        self._members = [name for name in FOLLOWING if name in asked or name not in UNASKED]
        compared = {name for column in selection.compared for name in (column.key, column.of)}
        self._compared = [name for name in FOLLOWING if name in compared]

    def whole(self, entry: LogEntry) -> Row:
        """Return the row of an entry: the event as it is stored, and of the columns on request those asked for."""
        row = self._rows.row(entry.position, entry.data, entry.entry, self._members)
        return row if entry.login is None else row | {"login": entry.login}

    def _compared_row(self, entry: LogEntry) -> Row:
        return flat(self._rows.row(entry.position, entry.data, entry.entry, self._compared))

    def passing(self, entries: Callable[[], Iterable[LogEntry]], *, explains: bool = True) -> Iterator[LogEntry]:
        """Yield the entries that the filters let through, as they come.

        Where they let none through, it `explains` the slip that may be the reason; `entries` is then called again.
        """
        filters = self._selection.filters
        if not filters:
            yield from entries()
            return
        from cli.filters.evaluate import matches

        was_any = has_passed = False
        for entry in entries():
            was_any = True
            if matches(filters, self._compared_row(entry)):
                has_passed = True
                yield entry
        if explains and was_any and not has_passed:
            self._selection.explain(lambda: map(self._compared_row, entries()))

    def last(self, entries: Entries, number: int) -> Sequence[int]:
        """Return the positions of the last entries that the filters let through, at most `number`."""
        # Without filters, the database counts them.
        limit = None if self._selection.filters else number
        newest = self.passing(lambda: entries.newest_first(limit))
        positions = array("q", (entry.position for entry in islice(newest, number)))
        positions.reverse()
        return positions

    def in_order(self, entries: Iterable[LogEntry]) -> Sequence[int]:
        """Return the positions of entries in the order that was asked for: what they are sorted by is kept, no more."""
        from cli.filters.evaluate import ordered

        keys = {"position", *(name for column, _ in self._selection.sort for name in (column.key, column.of))}
        rows = map(self._compared_row, entries)
        kept = [{name: value for name, value in row.items() if name in keys} for row in rows]
        return array("q", (row["position"] for row in ordered(kept, self._selection.sort)))

    def have_login(self, entries: Entries, positions: Sequence[int] | None, limit: int | None) -> bool:
        """Return whether the store knows the login that appended any of the entries that are shown.

        It knows that of all entries from some position on, or of none. `positions` and `limit` are as in `log`.
        """
        if not entries.has_login(entries.newest):
            return False
        if positions is None:
            way = entries.__iter__ if limit else entries.newest_first
            last = deque(islice(self.passing(way, explains=False), limit or 1), maxlen=1)
            positions = [entry.position for entry in last]
        return bool(positions) and entries.has_login(max(positions))


def stored(whole: Row, chosen: Collection[str]) -> Row:
    """Return a row for JSON: the entry as it is stored, with what follows from it; or only the columns chosen."""
    if chosen:
        return {name: value for name, value in flat(whole).items() if name in chosen}
    return {name: value for name, value in whole.items() if name not in UNASKED}


def flat(row: Row) -> Row:
    """Return a row for tables and spreadsheets: every column has a value, the event is JSON."""
    return {"reason": None, "login": None, **row, "event": json.dumps(row["event"], ensure_ascii=False)}
