"""Names of parties beside their references, read from the streams of the parties."""

from typing import Any

from cli.asof import View
from ledger.domain.engagement.state import Engagement
from ledger.domain.refusals import AmbiguousParty, UnknownParty
from ledger.names import name_key, near_names
from projections import naming


class Namer:
    """Knows the names of parties at the as-of; each is read once."""

    def __init__(self, view: View) -> None:
        """Read from the view."""
        self.view = view
        self._names: dict[str, str] = {}

    def name(self, ref: str) -> str:
        """Return the name of a party, or its reference where it has none."""
        if ref not in self._names:
            state = self.view.state(f"party/{ref}")
            self._names[ref] = state.name if state.exists else ref
        return self._names[ref]

    def told(self, text: str, refs: set[str]) -> str:
        """Return a text with the name behind each reference of a party in it."""
        return naming.told(text, refs, self.name)


def find_party(view: View, text: str) -> str:
    """Return the reference of the party that `text` names at the as-of. Raises UnknownParty, AmbiguousParty."""
    if view.state(f"party/{text}").exists:
        return text
    key = name_key(text)
    store = view.ledger.store
    found = [
        stream.partition("/")[2]
        for stream in store.named(key)
        if any(name_key(name) == key for name in _names(view.state(stream)))
    ]
    if len(found) > 1:
        raise AmbiguousParty(text, found)
    if not found:
        near = [
            f"'{state.name}' ({stream.partition('/')[2]})"
            for one in near_names(text, store.names())
            for stream in store.named(one)
            if (state := view.state(stream)).exists
        ]
        raise UnknownParty(text, dict.fromkeys(near))
    return found[0]


def _names(state: Any) -> list[str]:
    return state.names() if state.exists else []


def party_refs(state: Any) -> set[str]:
    """Return the references of parties that the description of an engagement mentions."""
    if not isinstance(state, Engagement):
        return set()
    between = {party for conflict in state.conflicts.values() for party in conflict.between}
    payers = {payer for payer, _ in state.accounts.pots} | {gift.by for gift in state.accounts.gifts.values()}
    return {role.party for role in state.roles()} | between | payers
