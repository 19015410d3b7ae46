"""Find parties by reference, name, alias or identifier, and suggest similar names if no party matches."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ledger.characters.lookalikes import look_alike, rough_plain, rough_skeletons
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


def namesakes(name: str, store: "LogStore", state_of: StateOf, pending: Pending = _NONE) -> list[str]:
    """Return the references of the parties that have this name, alias or identifier."""
    key = name_key(name)
    refs = []
    for stream in dict.fromkeys((*store.named(key), *pending.get(key, ()))):
        state = state_of(stream)
        if state.exists and any(name_key(own) == key for own in state.names()):
            refs.append(stream.partition("/")[2])
    return refs


class NameIndex:
    """The rough skeletons of all names up to an entry, as hashes: whether a name may look like another one."""

    def __init__(self) -> None:
        """Start with no names."""
        self._size = -1
        self._hashes: set[int] = set()

    def follow(self, store: "LogStore", size: int) -> None:
        """Add the names that were recorded since the last call, up to position `size`."""
        if 0 <= size - self._size <= MAX_FOLLOWED and self._size >= 0:
            for _, data in store.entries(self._size + 1, size):
                for name in read(data).event.names():
                    self.add(name_key(name))
        else:
            names = [*store.names()]
            # As one text, since replacing in many short ones takes several times as long. No name has a line feed.
            plain = rough_plain("\n".join(filter(str.isascii, names))).split("\n")
            self._hashes = {hash(rough) for rough in plain}
            for name in names:
                if not name.isascii():
                    self.add(name)
        self._size = size

    def add(self, key: str) -> None:
        """Add the key of a name."""
        self._hashes.update(map(hash, rough_skeletons(key)))

    def may_have(self, roughs: set[str]) -> bool:
        """Return whether a name may have one of these rough skeletons."""
        return not self._hashes.isdisjoint(map(hash, roughs))


def lookalikes(
    name: str, index: NameIndex, store: "LogStore", state_of: StateOf, pending: Pending = _NONE
) -> list[tuple[str, str]]:
    """Return the parties with a name that looks like this one without being the same: reference and that name."""
    key = name_key(name)
    roughs = rough_skeletons(key) | rough_skeletons(name.casefold())
    if not index.may_have(roughs):
        return []
    found: dict[str, str] = {}
    for known_key in dict.fromkeys((*store.names(), *pending)):
        if known_key == key or roughs.isdisjoint(rough_skeletons(known_key)):
            continue
        for stream in dict.fromkeys((*store.named(known_key), *pending.get(known_key, ()))):
            state = state_of(stream)
            if state.exists:
                found |= {stream.partition("/")[2]: own for own in state.names() if look_alike(own, name)}
    return [*found.items()]


def find_party(text: str, store: "LogStore", state_of: StateOf, pending: Pending = _NONE) -> str:
    """Return the reference of the party with this reference, name, alias or identifier.

    Raises UnknownParty, AmbiguousParty.
    """
    if state_of(f"party/{text}").exists:
        return text
    refs = namesakes(text, store, state_of, pending)
    if len(refs) > 1:
        raise AmbiguousParty(text, refs)
    if not refs:
        raise UnknownParty(text, _near_parties(text, store, state_of))
    return refs[0]


def _near_parties(text: str, store: "LogStore", state_of: StateOf) -> list[str]:
    near = []
    for key in near_names(text, store.names()):
        for stream in store.named(key):
            state = state_of(stream)
            if state.exists:
                near.append(f"'{state.name}' ({stream.partition('/')[2]})")
    return list(dict.fromkeys(near))
