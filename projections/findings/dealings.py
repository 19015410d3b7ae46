"""What the ledger as a whole shows of each party: orders, payments and shares, gathered engagement by engagement."""

from array import array
from collections.abc import Iterable
from sys import intern
from typing import NamedTuple

from ledger.domain.fields import ORGANIZATION, PAID_ROLES
from ledger.domain.money import from_minor
from projections.findings.orders import Examined, Order
from projections.findings.recording import Sources
from projections.queries.bitemporal import Queries
from projections.tables import named as schema

MEASURES = {"ordered": "ordered", "paid": "paid", "signed": "committed"}
"""The measures of which parties have shares, in words."""


class Dealing(NamedTuple):
    """A service order or a payment: its day, amount and entry; of an order whether its basis is competitive."""

    on: str
    minor: int
    currency: str
    engagement: str
    ref: str
    entry: int
    is_competitive: bool = False
    basis: int = 0


class Share:
    """What a party has of a measure in a year, in the reporting currency, and the entries that it is the sum of."""

    __slots__ = ("entries", "minor")

    def __init__(self) -> None:
        """Start with nothing."""
        self.minor = 0
        self.entries = array("I")


class Dealings:
    """Orders and payments by party, shares by measure and year, and who is paid under which engagement."""

    def __init__(self, queries: Queries, sources: Sources, competitive: Iterable[str]) -> None:
        """Gather nothing yet; `competitive` are the bases of selection that are competitive."""
        self.queries = queries
        self.sources = sources
        self.orders: dict[str, list[Dealing]] = {}
        """By vendor; cancelled orders are left out."""
        self.payments: dict[str, list[Dealing]] = {}
        """By vendor; reversed payments are left out."""
        self.shares: dict[tuple[str, str], dict[str, Share]] = {}
        """By measure and year, then by party."""
        self.paid: dict[tuple[str, str], list[int]] = {}
        """The entries that show that a party is paid, by engagement and party."""
        self._competitive = frozenset(basis.casefold() for basis in competitive)
        self._paid_roles, self._roles_set = queries.setting_list("conflict.roles", PAID_ROLES)

    def add(self, own: Examined) -> None:
        """Gather what an engagement has."""
        self._add_roles(own)
        for order in own.orders.values():
            self.paid.setdefault((own.ref, order.vendor), []).append(order.entry)
            self._add_order(own, order)
        for row in own.record.rows(schema.money):
            if row.measure not in MEASURES:
                continue
            order_of_row = own.orders.get(row.order_number)
            party = row.party if row.measure == "signed" else order_of_row.vendor if order_of_row else ""
            if party in ("", ORGANIZATION):
                continue
            worth = self.sources.threshold.converter.worth(row.currency, row.minor, row.effective_on)
            if worth is not None:
                share = self.shares.setdefault((row.measure, row.effective_on[:4]), {}).setdefault(party, Share())
                share.minor += worth
                share.entries.append(row.entry)

    def _add_roles(self, own: Examined) -> None:
        if own.signed is None or (held := own.record.fact("parties", own.on)) is None:
            return
        for party, role in own.record.decoded(held):
            if role in self._paid_roles:
                entries = [own.signed.entry, held.entry, *self._roles_set]
                self.paid.setdefault((own.ref, party), []).extend(entries)

    def _add_order(self, own: Examined, order: Order) -> None:
        if order.ended != "cancelled" or order.accepted:
            basis = own.record.fact("basis", order.on)
            is_competitive = basis is not None and basis.value.casefold() in self._competitive
            self.orders.setdefault(order.vendor, []).append(
                Dealing(
                    intern(order.on),
                    order.issued,
                    intern(order.currency),
                    own.ref,
                    order.number,
                    order.entry,
                    is_competitive,
                    basis.entry if basis else 0,
                )
            )
        for row in order.paid:
            self.payments.setdefault(order.vendor, []).append(
                Dealing(intern(row.effective_on), row.minor, intern(row.currency), own.ref, row.payment, row.entry)
            )


def dealing_text(dealing: Dealing) -> str:
    """Return a service order or payment in words."""
    return f"{dealing.engagement} {dealing.ref} of {dealing.on}, {from_minor(dealing.currency, dealing.minor)}"
