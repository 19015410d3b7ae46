"""Conflicts of interest that the record implies: parties that are paid by the organisation and also give to it.

Affiliated parties count as one: a consultant whose network includes a donor is both paid and a giver.
"""

from dataclasses import dataclass, field

from ledger.domain.fields import PAID_ROLES
from ledger.domain.money import from_minor
from projections.queries.bitemporal import Queries
from projections.queries.oversight import AffiliationGroups, ConflictRecord, conflicts

GIVEN = ("signed", "in-kind")
"""Measures of contributions."""

UNDECLARED = "not declared"
UNASSESSED = "declared, not assessed"


@dataclass(slots=True)
class ImpliedConflict:
    """A party that is paid under `engagement`, and an affiliated party that gives under the engagements `gives_under`.

    `given` are amounts as text; `entries` are all entries that show it.
    """

    engagement: str
    paid: str
    giver: str
    gives_under: list[str]
    given: list[str]
    conflict: ConflictRecord | None = None
    entries: list[int] = field(default_factory=list)

    @property
    def status(self) -> str:
        """The outcome of its assessment, or that it was not declared or not assessed."""
        if self.conflict is None:
            return UNDECLARED
        return self.conflict.outcome or UNASSESSED

    @property
    def is_open(self) -> bool:
        """Whether it is not assessed yet."""
        return self.conflict is None or not self.conflict.outcome


@dataclass(slots=True)
class _Gifts:
    engagements: dict[str, None] = field(default_factory=dict)
    minor: dict[str, int] = field(default_factory=dict)
    entries: list[int] = field(default_factory=list)


def implied_conflicts(queries: Queries) -> list[ImpliedConflict]:
    """Return the conflicts of interest that follow from roles, orders and money, by engagement."""
    gifts = _gifts(queries)
    groups = AffiliationGroups(queries)
    declared = conflicts(queries)
    implied = []
    for (engagement, paid), entries_paid in sorted(_paid(queries).items()):
        for giver, linked in groups.of(paid).items():
            given = gifts.get(giver)
            if given is None:
                continue
            amounts = [str(from_minor(currency, minor)) for currency, minor in sorted(given.minor.items())]
            conflict = _declared(declared, engagement, {paid, giver}, set(given.engagements))
            entries = [*entries_paid, *linked, *given.entries, *(conflict.entries if conflict else ())]
            implied.append(
                ImpliedConflict(
                    engagement, paid, giver, list(given.engagements), amounts, conflict, sorted(set(entries))
                )
            )
    return implied


def _paid(queries: Queries) -> dict[tuple[str, str], list[int]]:
    """Return the entries that show that a party is paid, by engagement and party."""
    roles, setting = queries.setting_list("conflict.roles", PAID_ROLES)
    paid: dict[tuple[str, str], list[int]] = {}
    for ref, entity in queries.engagements().items():
        for party, role in entity.pairs("parties"):
            if role in roles and "signed_on" in entity.facts:
                paid.setdefault((ref, party), []).extend(
                    [*entity.entry("signed_on"), *entity.entry("parties"), *setting]
                )
    for (engagement, _), order in queries.orders().items():
        vendor = order.get("vendor")
        if vendor is not None:
            paid.setdefault((engagement, vendor), []).extend(order.entry("vendor"))
    return paid


def _gifts(queries: Queries) -> dict[str, _Gifts]:
    by_party: dict[str, _Gifts] = {}
    for row in queries.money(GIVEN):
        gifts = by_party.setdefault(row.party, _Gifts())
        gifts.engagements[row.engagement] = None
        gifts.minor[row.currency] = gifts.minor.get(row.currency, 0) + row.minor
        gifts.entries.append(row.entry)
    for gifts in by_party.values():
        gifts.minor = {currency: minor for currency, minor in gifts.minor.items() if minor}
    return {party: gifts for party, gifts in by_party.items() if gifts.minor}


def _declared(
    declared: list[ConflictRecord], engagement: str, parties: set[str], gives: set[str]
) -> ConflictRecord | None:
    # It may be declared under the engagement that pays or under one that gives; the last declaration counts.
    matching = [
        conflict
        for conflict in declared
        if conflict.engagement in {engagement, *gives} and parties <= set(conflict.between)
    ]
    return matching[-1] if matching else None
