"""The parties and engagements that filters name, found in the ledger of a view."""

from cli.nouns.party_names import find_party
from cli.nouns.show_parts import engagement_state
from cli.options.as_of import View
from ledger.domain.fields import ORGANIZATION
from ledger.domain.refusals import UnknownParty


class LedgerNames:
    """Finds the records of one ledger, as known at its view."""

    def __init__(self, view: View) -> None:
        """Look in the ledger of `view`."""
        self._view = view

    def party(self, text: str) -> str:
        """Return the reference of a party, or of the organisation itself. Raises UnknownParty, AmbiguousParty."""
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
