"""Names of parties beside their references, read from the streams of the parties."""

from typing import Any

from cli.options.as_of import View
from ledger.application.party_lookup import find_party as find_party_in
from ledger.domain.engagement.state import Engagement
from projections.history import party_names


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
        return party_names.told(text, refs, self.name)


def find_party(view: View, text: str) -> str:
    """Return the reference of the party that `text` names at the as-of. Raises UnknownParty, AmbiguousParty."""
    return find_party_in(text, view.ledger.store, view.state)


def party_refs(state: Any) -> set[str]:
    """Return the references of parties that the description of an engagement mentions."""
    if not isinstance(state, Engagement):
        return set()
    between = {party for conflict in state.conflicts.values() for party in conflict.between}
    payers = {payer for payer, _ in state.balances.pots} | {gift.by for gift in state.balances.gifts.values()}
    return {role.party for role in state.roles()} | between | payers
