"""The rows of `ledger log` and `ledger sample`: entries of the log, selected by typed filters."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from cli.filters.columns import Kind, ListColumn
from cli.filters.errors import near_words
from cli.nouns.party_names import find_party, party_names
from cli.options.as_of import View, moment
from ledger.domain.errors import USAGE, LedgerError, did_you_mean, listed
from ledger.domain.registry import EVENTS
from ledger.format.entry import read

if TYPE_CHECKING:
    from projections.history.entry_rows import EntryRows

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


def stored(whole: Row, chosen: Sequence[str], row: Row, logins: Mapping[int, str]) -> Row:
    """Return an entry for JSON: as it is stored, with what follows from it; or only the columns that were chosen."""
    if chosen:
        return {name: value for name, value in row.items() if name in chosen}
    unasked = {column.key for column in ON_REQUEST}
    login = {"login": logins[whole["position"]]} if whole["position"] in logins else {}
    return {name: value for name, value in whole.items() if name not in unasked} | login


def flat(row: Row) -> Row:
    """Return a row for tables and spreadsheets: every column has a value, the event is JSON."""
    return {"reason": None, "login": None, **row, "event": json.dumps(row["event"], ensure_ascii=False)}


def entry_rows(view: View) -> "EntryRows":
    """Return the rows of entries at the as-of of a view."""
    from projections.history.entry_rows import EntryRows

    return EntryRows(view.ledger, view.known_at, party_names(view))


class Named(NamedTuple):
    """Which entries the simple options select; None and () for all."""

    types: Sequence[str] = ()
    actor: str | None = None
    stream: str | None = None
    party: str | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None

    def in_words(self) -> str:
        """Return the options that were given, for the line below a table."""
        given = {name: getattr(self, name) for name in self._fields if getattr(self, name)}
        return ", ".join(
            f"{name} {' or '.join(value) if isinstance(value, tuple) else value}" for name, value in given.items()
        )


def entries(view: View, on: str | None, named: Named) -> Iterator[tuple[int, bytes]]:
    """Yield the entries that options select, with their positions; with `on`, none that are effective later.

    Raises UnknownEventType, UnknownActor, UnknownStream, BadMoment, and what finding the party raises.
    """
    from projections.history.checked import checked

    store = view.ledger.store
    _check(view, named)
    last = min(view.known_at, store.moment_position(moment(named.until))) if named.until else view.known_at
    first = store.moment_position(_just_before(named.since)) + 1 if named.since else 1
    ref = find_party(view, named.party) if named.party else None
    of_party = set(store.referrers(f"party/{ref}")) if ref else set()
    for position, data in checked(store, store.entries(first, last)):
        read(data)  # what is damaged is no entry, and has no members to show
        entry = json.loads(data)
        if (
            (not named.types or entry["event"]["type"] in named.types)
            and named.actor in (None, entry["actor"])
            and named.stream in (None, entry["stream"])
            and (ref is None or position in of_party or entry["stream"] == f"party/{ref}")
            and (on is None or entry["effective_on"] <= view.on)
            and (named.text is None or named.text.casefold() in data.decode().casefold())
        ):
            yield position, data


def _check(view: View, named: Named) -> None:
    store = view.ledger.store
    for name in named.types:
        if name not in TYPES:
            raise UnknownEventType(name, TYPES)
    if named.stream is not None and not store.stream(named.stream, view.known_at):
        raise UnknownStream(named.stream, near_words(named.stream, store.streams(named.stream.partition("/")[0])))
    if named.actor is not None:
        actors: set[str] = set()
        for _, data in store.entries(1, view.known_at):
            actors.add(json.loads(data)["actor"])
            if named.actor in actors:
                return
        raise UnknownActor(named.actor, sorted(actors))


def _just_before(since: str) -> str:
    # Here a day means its start. The store searches for 'at or before', so pass the next lower text.
    start = f"{since}T00:00:00.000000Z" if len(since) == len("2026-11-23") else moment(since)
    moment(since)
    return start[:-1]
