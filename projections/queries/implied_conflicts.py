"""Conflicts of interest that the record implies: parties that are paid by the organisation and also give to it.

Affiliated parties count as one: a consultant whose network includes a donor is both paid and a giver.
"""

from collections.abc import Iterable, Mapping
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


class DeclaredConflicts:
    """The declared conflicts of interest by engagement and party, so that none is looked for among all of them."""

    def __init__(self, declared: Iterable[ConflictRecord]) -> None:
        """Sort the conflicts, which are in order of their declarations."""
        self._of: dict[tuple[str, str], dict[int, ConflictRecord]] = {}
        for number, conflict in enumerate(declared):
            for party in conflict.between:
                self._of.setdefault((conflict.engagement, party), {})[number] = conflict

    def last(self, engagement: str, paid: str, giver: str, gives_under: Iterable[str]) -> ConflictRecord | None:
        """Return the last that was declared between the two parties; None if there is none.

        It may be declared under the engagement that pays or under one that gives.
        """
        matching: dict[int, ConflictRecord] = {}
        for ref in {engagement, *gives_under}:
            of_giver = self._of.get((ref, giver), {})
            matching.update(item for item in self._of.get((ref, paid), {}).items() if item[0] in of_giver)
        return matching[max(matching)] if matching else None


def implied_conflicts(queries: Queries) -> list[ImpliedConflict]:
    """Return the conflicts of interest that follow from roles, orders and money, by engagement."""
    return implied_between(queries, _paid(queries))


def implied_between(queries: Queries, paid_under: Mapping[tuple[str, str], list[int]]) -> list[ImpliedConflict]:
    """Return the conflicts of interest of parties that are paid, by engagement; the entries show that they are."""
    gifts = _gifts(queries)
    groups = AffiliationGroups(queries)
    givers: dict[str, dict[str, list[int]]] = {}
    declared = DeclaredConflicts(conflicts(queries))
    implied = []
    for (engagement, paid), entries_paid in sorted(paid_under.items()):
        if paid not in givers:
            givers[paid] = {giver: linked for giver, linked in groups.of(paid).items() if giver in gifts}
        for giver, linked in givers[paid].items():
            given = gifts[giver]
            amounts = [str(from_minor(currency, minor)) for currency, minor in sorted(given.minor.items())]
            conflict = declared.last(engagement, paid, giver, given.engagements)
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
