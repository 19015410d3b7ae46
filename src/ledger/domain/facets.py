"""Facets: the parts of an engagement that can be disclosed or withheld."""

from collections.abc import Iterable

from ledger.domain.errors import USAGE, LedgerError, listed

FACETS = ("parties", "financials", "service-orders", "duration", "outcomes")
"""The facets of an engagement: what a disclosure covers, or what a source does not disclose."""


class UnknownFacet(LedgerError):
    """A facet to be covered or withheld does not exist."""

    code = "unknown-facet"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse the facet `text`."""
        super().__init__(f"'{text}' is not a facet.", f"The facets are {listed(FACETS, 'and')}, or all.")


def check_facets(facets: Iterable[str]) -> None:
    """Raise UnknownFacet for the first facet that does not exist."""
    for facet in facets:
        if facet not in FACETS:
            raise UnknownFacet(facet)
