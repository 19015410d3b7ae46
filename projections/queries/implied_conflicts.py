"""Conflicts of interest that the record itself shows: who is paid by the organisation, and gives to it as well.

A party and those that it belongs together with count as one: a consultant whose network has a donor in it is both.
"""

from dataclasses import dataclass, field

from ledger.domain.fields import PAID_ROLES
from ledger.domain.money import from_minor
from projections.queries.oversight import AffiliationGroups, ConflictRecord, conflicts
from projections.queries.queries import Queries

GIVEN = ("signed", "in-kind")
"""Measures of what parties give."""

UNDECLARED = "not declared"
UNASSESSED = "declared, not assessed"


@dataclass(slots=True)
class ImpliedConflict:
    """A party that is paid under `engagement`, and a party that belongs to it and gives under `gives_under`.

    `given` are amounts in words; `entries` all entries that show it.
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
        """Whether it was declared, and what its assessment came to."""
        if self.conflict is None:
            return UNDECLARED
        return self.conflict.outcome or UNASSESSED

    @property
    def is_open(self) -> bool:
        """Whether it still has to be assessed."""
        return self.conflict is None or not self.conflict.outcome


@dataclass(slots=True)
class _Gifts:
    engagements: dict[str, None] = field(default_factory=dict)
    minor: dict[str, int] = field(default_factory=dict)
    entries: list[int] = field(default_factory=list)


def implied_conflicts(queries: Queries) -> list[ImpliedConflict]:
    """Return the conflicts of interest that roles, orders and money show, by engagement."""
    gifts = _gifts(queries)
    groups = AffiliationGroups(queries)
    declared = conflicts(queries)
    found = []
    for (engagement, paid), shown in sorted(_paid(queries).items()):
        for giver, linked in groups.of(paid).items():
            given = gifts.get(giver)
            if given is None:
                continue
            amounts = [str(from_minor(currency, minor)) for currency, minor in sorted(given.minor.items())]
            conflict = _declared(declared, engagement, {paid, giver}, set(given.engagements))
            entries = [*shown, *linked, *given.entries, *(conflict.entries if conflict else ())]
            found.append(
                ImpliedConflict(
                    engagement, paid, giver, list(given.engagements), amounts, conflict, sorted(set(entries))
                )
            )
    return found


def _paid(queries: Queries) -> dict[tuple[str, str], list[int]]:
    """Return who is paid under which engagement, with the entries that say so."""
    roles, setting = queries.setting_list("conflict.roles", PAID_ROLES)
    found: dict[tuple[str, str], list[int]] = {}
    for ref, thing in queries.engagements().items():
        for party, role in thing.pairs("parties"):
            if role in roles and "signed_on" in thing.facts:
                found.setdefault((ref, party), []).extend(
                    [*thing.entry("signed_on"), *thing.entry("parties"), *setting]
                )
    for (engagement, _), order in queries.orders().items():
        vendor = order.get("vendor")
        if vendor is not None:
            found.setdefault((engagement, vendor), []).extend(order.entry("vendor"))
    return found


def _gifts(queries: Queries) -> dict[str, _Gifts]:
    found: dict[str, _Gifts] = {}
    for row in queries.money(GIVEN):
        held = found.setdefault(row.party, _Gifts())
        held.engagements[row.engagement] = None
        held.minor[row.currency] = held.minor.get(row.currency, 0) + row.minor
        held.entries.append(row.entry)
    for held in found.values():
        held.minor = {currency: minor for currency, minor in held.minor.items() if minor}
    return {party: held for party, held in found.items() if held.minor}


def _declared(
    declared: list[ConflictRecord], engagement: str, parties: set[str], gives: set[str]
) -> ConflictRecord | None:
    # It may have been declared under the engagement that pays, or under one through which is given; the last counts.
    matching = [one for one in declared if one.engagement in {engagement, *gives} and parties <= set(one.between)]
    return matching[-1] if matching else None
