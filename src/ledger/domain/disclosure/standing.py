"""What of an engagement stands to be disclosed: the facets of which something is recorded, and the service orders.

A document discloses what stood at its as-of. The projections find it in their tables (projections.tables.shown).
"""

from ledger.domain.disclosure.disclosure import AsOf, Coverage
from ledger.domain.engagement.state import DISCLOSABLE, Engagement
from ledger.domain.errors import LedgerError
from ledger.domain.facets import FACETS

OF_MONEY = ("financials", "service-orders")
"""Facets that stand where the source withholds them: it is recorded that there is something."""


class NotShown(LedgerError):
    """What is to be covered did not stand at the as-of of the document, so the document cannot have disclosed it."""

    code = "not-shown"

    def __init__(self, what: str, as_of: AsOf) -> None:
        """Refuse to cover `what` by a document that shows `as_of`."""
        super().__init__(
            f"{what} is not in what the document shows: {as_of.on}, as known at position {as_of.position}.",
            "Leave it out, or give the date and position that the document does show: --as-of-on, --as-of-position.",
        )


def standing(ref: str, engagement: Engagement) -> Coverage:
    """Return the facets and the service orders of an engagement that stand; none before it is signed."""
    if engagement.status not in DISCLOSABLE:
        return Coverage(ref, ())
    withheld, balances = engagement.get("withheld") or (), engagement.balances
    recorded = {
        "parties": True,
        "financials": bool(balances.contributions or balances.in_kind),
        "service-orders": bool(balances.orders),
        "duration": bool(engagement.get("starts_on") or engagement.get("ends_on")),
        "outcomes": bool(engagement.outcomes),
    }
    facets = tuple(facet for facet in FACETS if recorded[facet] or (facet in withheld and facet in OF_MONEY))
    return Coverage(ref, facets, tuple(balances.orders))


def shown(given: Coverage, stands: Coverage, as_of: AsOf) -> Coverage:
    """Return what a document that shows `as_of` discloses of `given`, which is to be covered; `stands` stood then.

    The facet of service orders covers all orders, unless some are given. Raises NotShown for orders that did not stand,
    and where nothing of it stood.
    """
    for number in given.orders:
        if number not in stands.orders:
            raise NotShown(f"Service order {number} of {given.engagement}", as_of)
    found = reduced(given, stands)
    if not found.items():
        raise NotShown(f"{given.engagement} ({', '.join(given.facets)})" if given.facets else given.engagement, as_of)
    return found


def reduced(given: Coverage, stands: Coverage) -> Coverage:
    """Return the facets and orders of `given` that stand, with all orders if it has that facet and names none."""
    orders = given.orders or (stands.orders if "service-orders" in given.facets else ())
    return Coverage(
        given.engagement,
        tuple(facet for facet in given.facets if facet in stands.facets),
        tuple(number for number in orders if number in stands.orders),
    )
