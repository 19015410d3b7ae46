"""Find parties by reference, name, alias or identifier, and suggest similar names if no party matches."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ledger.domain.refusals import AmbiguousParty, UnknownParty
from ledger.format.name_keys import name_key, near_names

if TYPE_CHECKING:
    from ledger.stores.log_store import LogStore  # loads the event store, which completion does without

StateOf = Callable[[str], Any]
"""Return the state of a stream."""
Pending = Mapping[str, Sequence[str]]
"""Name keys to streams of parties that the store does not have yet."""

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
