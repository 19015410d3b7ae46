"""Find parties by reference, name, alias or identifier, and suggest similar names if no party matches.

A party that was merged into another one is that one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ledger.characters.lookalikes import look_alike, rough_plain, rough_skeletons
from ledger.characters.plain_names import plain_names
from ledger.domain.party.merging import survivor
from ledger.domain.refusals import AmbiguousParty, UnknownParty
from ledger.format.entry import read
from ledger.format.name_keys import name_key, near_names

if TYPE_CHECKING:
    from ledger.stores.log_store import LogStore  # loads the event store, which completion does without

StateOf = Callable[[str], Any]
"""Return the state of a stream."""
Pending = Mapping[str, Sequence[str]]
"""Name keys to streams of parties that the store does not have yet."""

MAX_FOLLOWED = 1_000
"""From this number of new entries on, reading all names again is faster than reading the entries."""
_NONE: Pending = MappingProxyType({})
_MERGED = b'"type":"party.merged"'
"""What an entry of a merge has."""


def namesakes(name: str, store: "LogStore", state_of: StateOf, pending: Pending = _NONE) -> list[str]:
    """Return the references of the parties that have this name, alias or identifier.

    A party that was merged into another one lends its names to that one, and is not listed itself.
    """
    return list(dict.fromkeys(survivor_of(ref, state_of) for ref in _bearers(name, store, state_of, pending)))


def _bearers(name: str, store: "LogStore", state_of: StateOf, pending: Pending) -> list[str]:
    key = name_key(name)
    refs = []
    for stream in dict.fromkeys((*store.named(key), *pending.get(key, ()))):
        state = state_of(stream)
        if state.exists and any(name_key(own) == key for own in state.names()):
            refs.append(stream.partition("/")[2])
    return refs


def survivor_of(ref: str, state_of: StateOf) -> str:
    """Return the reference of the party into which a party was merged; its own if it was not."""
    return survivor(ref, lambda merged: state_of(f"party/{merged}").merged_into)


def records_of(ref: str, store: "LogStore", state_of: StateOf, added: Iterable[str] = ()) -> dict[str, Any]:
    """Return the states of a party and of those that were merged into it, by reference, its own first.

    `added` are streams with entries that the store does not have yet.
    """
    records = {ref: state_of(f"party/{ref}")}
    waiting = [ref]
    for into in waiting:
        entries = (store.entry(position) or b"" for position in store.referrers(f"party/{into}"))
        streams = [read(data).stream for data in entries if _MERGED in data]
        for stream in (*streams, *added):
            merged = stream.partition("/")[2]
            if merged not in records and (state := state_of(stream)).merged_into == into:
                records[merged] = state
                waiting.append(merged)
    return records


class NameIndex:
    """The rough skeletons of all names up to an entry, as hashes: whether a name may look like another one."""

    def __init__(self, *, of_store: bool = True) -> None:
        """Start with no names: those of a store are read when they are followed."""
        self._size = -1
        self.hashes: set[int] = set()
        self.plain: set[int] | None = None if of_store else set()
        """Hashes of the plain forms of the names; those of a store from the first look for one on."""

    def follow(self, store: "LogStore", size: int) -> None:
        """Add the names that were recorded since the last call, up to position `size`."""
        if 0 <= size - self._size <= MAX_FOLLOWED and self._size >= 0:
            for _, data in store.entries(self._size + 1, size):
                for name in read(data).event.names():
                    self.add(name_key(name))
        else:
            names = [*store.names()]
            self.plain = None
            # As one text, since replacing in many short ones takes several times as long. No name has a line feed.
            plain = rough_plain("\n".join(filter(str.isascii, names))).split("\n")
            self.hashes = {hash(rough) for rough in plain}
            for name in names:
                if not name.isascii():
                    self.add(name)
        self._size = size

    def add(self, key: str) -> None:
        """Add the key of a name."""
        self.hashes.update(map(hash, rough_skeletons(key)))
        if self.plain is not None:
            self.plain.add(hash(plain_names(key)))

    def join(self, names: "NameIndex", before: int, size: int) -> None:
        """Add the names that were recorded after position `before`, up to position `size`."""
        if self._size == before:
            self._size = size
            self.hashes |= names.hashes
            if self.plain is not None and names.plain is not None:
                self.plain |= names.plain

    def may_have(self, roughs: set[str]) -> bool:
        """Return whether a name may have one of these rough skeletons."""
        return not self.hashes.isdisjoint(map(hash, roughs))

    def may_have_plain(self, plain: str, store: "LogStore") -> bool:
        """Return whether a name may have this plain form."""
        if self.plain is None:
            self.plain = set(map(hash, plain_names("\n".join(store.names())).split("\n")))
        return hash(plain) in self.plain


class NameIndexes:
    """The names of the log before a unit of work, and those of the unit itself, which may be undone."""

    def __init__(self, recorded: NameIndex, store: "LogStore", size: int) -> None:
        """Read no names until some are looked for."""
        self._recorded, self._store, self._size = recorded, store, size
        self._own: NameIndex | None = None

    def both(self, named: Iterable[str]) -> tuple[NameIndex, NameIndex]:
        """Return both indexes; `named` are the keys of the names of the unit so far."""
        if self._own is None:
            self._recorded.follow(self._store, self._size)
            self._own = NameIndex(of_store=False)
            for key in named:
                self._own.add(key)
        return self._recorded, self._own

    def add(self, key: str) -> None:
        """Add the key of a name of the unit."""
        if self._own is not None:
            self._own.add(key)

    def keep(self, size: int) -> None:
        """Add the names of the unit to those of the log, of which they are all that is new up to `size`."""
        if self._own is not None:
            self._recorded.join(self._own, self._size, size)


def lookalikes(
    name: str, indexes: Sequence[NameIndex], store: "LogStore", state_of: StateOf, pending: Pending = _NONE
) -> list[tuple[str, str]]:
    """Return the parties with a name that looks like this one without being the same: reference and that name."""
    key = name_key(name)
    roughs = rough_skeletons(key) | rough_skeletons(name.casefold())
    if not any(index.may_have(roughs) for index in indexes):
        return []
    found: dict[str, str] = {}
    for known_key in dict.fromkeys((*store.names(), *pending)):
        if known_key == key or roughs.isdisjoint(rough_skeletons(known_key)):
            continue
        for stream in dict.fromkeys((*store.named(known_key), *pending.get(known_key, ()))):
            state = state_of(stream)
            if state.exists:
                for own in filter(partial(look_alike, name), state.names()):
                    found[survivor_of(stream.partition("/")[2], state_of)] = own
    return [*found.items()]


def near_duplicates(
    name: str, indexes: Sequence[NameIndex], store: "LogStore", state_of: StateOf, pending: Pending = _NONE
) -> list[tuple[str, str]]:
    """Return the parties with a name that has the same plain form without being the same: reference and that name."""
    key = name_key(name)
    plain = plain_names(key)
    if not plain or not any(index.may_have_plain(plain, store) for index in indexes):
        return []
    keys = list(dict.fromkeys((*store.names(), *pending)))
    forms = plain_names("\n".join(keys)).split("\n")
    found: dict[str, str] = {}
    for known in (known for known, form in zip(keys, forms, strict=False) if form == plain and known != key):
        for stream in dict.fromkeys((*store.named(known), *pending.get(known, ()))):
            state = state_of(stream)
            for own in (own for own in (state.names() if state.exists else ()) if name_key(own) == known):
                found[survivor_of(stream.partition("/")[2], state_of)] = own
    return [*found.items()]


def find_party(text: str, store: "LogStore", state_of: StateOf, pending: Pending = _NONE) -> str:
    """Return the reference of the party with this reference, name, alias or identifier.

    Of a party that was merged into another one, it is the reference of that one. Raises UnknownParty, AmbiguousParty.
    """
    named = _named(text, store, state_of, pending)
    return _only(text, dict.fromkeys(survivor_of(ref, state_of) for ref in named))


def named_party(text: str, store: "LogStore", state_of: StateOf, pending: Pending = _NONE) -> str:
    """Return the reference of the party that a text names, whether or not it was merged into another one.

    Raises UnknownParty, AmbiguousParty.
    """
    return _only(text, _named(text, store, state_of, pending))


def _only(text: str, refs: Iterable[str]) -> str:
    first, *others = refs
    if others:
        raise AmbiguousParty(text, [first, *others])
    return first


def _named(text: str, store: "LogStore", state_of: StateOf, pending: Pending) -> list[str]:
    if state_of(f"party/{text}").exists:
        return [text]
    refs = _bearers(text, store, state_of, pending)
    if not refs:
        raise UnknownParty(text, _near_parties(text, store, state_of))
    return refs


def _near_parties(text: str, store: "LogStore", state_of: StateOf) -> list[str]:
    near = []
    for key in near_names(text, store.names()):
        for stream in store.named(key):
            state = state_of(stream)
            if state.exists:
                near.append(f"'{state.name}' ({survivor_of(stream.partition('/')[2], state_of)})")
    return list(dict.fromkeys(near))
