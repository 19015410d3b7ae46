"""Names and references of parties and engagements, read from their streams."""

from typing import TYPE_CHECKING, Any

from cli.options.as_of import View
from ledger.domain.refusals import UnknownEngagement, UnknownParty
from projections.history.party_names import PartyNames

if TYPE_CHECKING:
    from ledger.domain.engagement.state import Engagement


def party_names(view: View) -> PartyNames:
    """Return the names of parties at the as-of of the view."""

    def look_up(ref: str) -> str | None:
        state = view.state(f"party/{ref}")
        return str(state.name) if state.exists else None

    return PartyNames(look_up)


def find_party(view: View, text: str) -> str:
    """Return the reference of the party that `text` names at the as-of. Raises UnknownParty, AmbiguousParty."""
    from ledger.application.party_lookup import find_party as find_party_in

    return find_party_in(text, view.ledger.store, view.state)


def party_refs(state: Any) -> set[str]:
    """Return the references of parties that the description of an engagement mentions."""
    from ledger.domain.engagement.state import Engagement

    if not isinstance(state, Engagement):
        return set()
    between = {party for conflict in state.conflicts.values() for party in conflict.between}
    payers = {payer for payer, _ in state.balances.contributions} | {
        gift.by for gift in state.balances.in_kind.values()
    }
    return {role.party for role in state.roles()} | between | payers


def engagement_state(view: View, ref: str) -> "Engagement":
    """Return the state of an engagement at the as-of. Raises UnknownEngagement."""
    from ledger.domain.engagement.state import Engagement
    from ledger.format.name_keys import near_names

    state = view.state(f"engagement/{ref}")
    if not state.exists:
        refs = (stream.partition("/")[2] for stream in view.ledger.store.streams("engagement"))
        raise UnknownEngagement(ref, (near for near in near_names(ref, refs, least=85) if near != ref))
    assert isinstance(state, Engagement)
    return state


class LedgerNames:
    """Finds the records of one ledger, as known at its view."""

    def __init__(self, view: View) -> None:
        """Look in the ledger of `view`."""
        self._view = view

    def party(self, text: str) -> str:
        """Return the reference of a party, or of the organisation itself. Raises UnknownParty, AmbiguousParty."""
        from ledger.domain.fields import ORGANIZATION

        try:
            return find_party(self._view, text)
        except UnknownParty:
            if text.casefold() == ORGANIZATION:
                return ORGANIZATION
            raise

    def engagement(self, text: str) -> str:
        """Return the reference of an engagement. Raises UnknownEngagement."""
        engagement_state(self._view, text)
        return text
