"""What the partnerships report counts: the agreements signed in a year, their partners and their money."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from ledger.domain.fields import ORGANIZATION
from ledger.domain.money import from_minor
from projections.projectors.engagements import UNDATED
from projections.queries.conversion import Converted, Converter, shared_out
from projections.queries.figures import Figure, FigureTree, figure
from projections.queries.queries import Entity, FactValue, Queries, names_of
from projections.tables.schema import engagement_facts, party_facts

KINDS = ("partnership agreement",)
"""The kinds of engagement that count, unless the setting `partnerships.kinds` says otherwise."""
TOLD = ("title", "parties", "regions", "priorities", "starts_on", "ends_on")
"""What is told of each agreement of the year."""
CLASSES = ("name", "type", "membership", "country")
"""What is told of each partner."""


@dataclass(slots=True)
class Pledged:
    """A movement of the measure `signed`, in minor units of the reporting currency."""

    payer: str
    minor: int
    entries: tuple[int, ...]


@dataclass
class Agreement:
    """An agreement with what it adds to the figures; `base` are the entries by which it counts at all."""

    ref: str
    thing: Entity
    base: tuple[int, ...]
    money: list[Pledged] = field(default_factory=list)
    left_out: int = 0

    @property
    def signed_on(self) -> str:
        """The day on which it was signed."""
        return self.thing.facts["signed_on"].on

    @cached_property
    def partners(self) -> list[str]:
        """The third parties, each once, in their order."""
        return list(dict.fromkeys(party for party, _ in self.thing.pairs("parties")))

    def minor(self, *, organization: bool | None = None) -> int:
        """Return what was committed: by all, by the organisation itself, or by the partners."""
        return sum(
            one.minor for one in self.money if organization is None or (one.payer == ORGANIZATION) is organization
        )

    def shares(self, fact: str, missing: str) -> list[tuple[str, int]]:
        """Return its regions or priorities with their parts of a million."""
        return [(code, parts) for code, parts in self.thing.pairs(fact)] or [(missing, 1_000_000)]


class Agreements:
    """The agreements of some years, read once; figures are made of those of one year at a time."""

    def __init__(self, queries: Queries, year: int, trend: int = 1) -> None:
        """Read the agreements of `year` with all that is told of them, and of the years of its `trend` what counts."""
        self.queries = queries
        self.converter = Converter(queries)
        self.currency = self.converter.currency.value
        kinds, self.settings = queries.setting_list("partnerships.kinds", KINDS)
        signed = self._all_signed(kinds)
        self._undated = sum(1 for one in signed if one.thing.get("signed_on") == UNDATED)
        self._years: dict[str, list[Agreement]] = {f"{one:04}": [] for one in range(year - trend + 1, year + 1)}
        by_ref = {}
        for agreement in signed:
            held = self._years.get(agreement.signed_on[:4])
            if held is not None and agreement.thing.get("signed_on") != UNDATED:
                held.append(agreement)
                by_ref[agreement.ref] = agreement
        told = queries.entities(engagement_facts.c.engagement, (one.ref for one in self.of(year)), *TOLD)
        for one in self.of(year):
            one.thing.facts |= told[one.ref].facts
        for ref, payer, _, currency, minor, day, entry in queries.movements("signed"):
            if ref in by_ref:
                self._pledge(by_ref[ref], payer, self.converter.convert(currency, minor, day), entry)
        refs = {ref for one in self.of(year) for ref in (*one.partners, *(part.payer for part in one.money))}
        self.parties = queries.entities(party_facts.c.party, sorted(refs), *CLASSES)
        self.name = names_of(self.parties)

    def _all_signed(self, kinds: Iterable[str]) -> list[Agreement]:
        """Return all that were signed, by reference, with nothing told of them yet but that."""
        columns = engagement_facts.c
        placed = (columns.engagement, columns.value, columns.entry, columns.effective_on)
        is_kind = [columns.fact == "kind", columns.value.in_(kinds)]
        of_kind = {ref: entry for ref, _, entry, _ in self.queries.facts(*placed, where=is_kind)}
        found = self.queries.facts(*placed, where=[columns.fact == "signed_on"])
        return [
            Agreement(
                ref, Entity(ref, {"signed_on": FactValue(value, entry, on)}), (entry, of_kind[ref], *self.settings)
            )
            for ref, value, entry, on in sorted(found)
            if ref in of_kind
        ]

    def _pledge(self, agreement: Agreement, payer: str, worth: Converted | None, entry: int) -> None:
        if worth is None:
            agreement.left_out += 1
        else:
            agreement.money.append(Pledged(payer, worth.minor, (entry, *worth.entries)))

    def of(self, year: int) -> list[Agreement]:
        """Return the agreements signed in a year; one whose day of signature is not recorded belongs to none."""
        return self._years[f"{year:04}"]

    def undated(self) -> int:
        """Return of how many agreements the day of signature is not recorded."""
        return self._undated

    def amount(self, minor: int) -> Decimal:
        """Return minor units of the reporting currency as a decimal with its decimals."""
        return Decimal(from_minor(self.currency, minor).value)

    def sum(self, agreements: Iterable[Agreement], *, organization: bool | None = None) -> Figure:
        """Return what the agreements add up to: by all, by the organisation itself, or by the partners."""
        minor, entries = 0, [self.converter.currency.entry]
        for agreement in agreements:
            for one in agreement.money:
                if organization is None or (one.payer == ORGANIZATION) is organization:
                    minor += one.minor
                    entries += [*one.entries, *agreement.base]
        return figure(self.amount(minor), self.currency, "sum", entries)

    def count(self, agreements: Iterable[Agreement], fact: str | None = None) -> Figure:
        """Return how many agreements there are, by their signing and, if named, the fact by which they were chosen."""
        chosen = list(agreements)
        entries = [entry for one in chosen for entry in (*one.base, *(one.thing.entry(fact) if fact else ()))]
        return figure(len(chosen), "count", "count", entries)

    def with_money(self, agreements: Iterable[Agreement]) -> Figure:
        """Return how many agreements have a commitment above zero."""
        chosen = [one for one in agreements if one.minor() > 0]
        entries = [entry for one in chosen for pledged in one.money for entry in (*pledged.entries, *one.base)]
        return figure(len(chosen), "count", "count", [self.converter.currency.entry, *entries])

    def partners(self, agreements: Iterable[Agreement], fact: str = "", value: str | None = None) -> Figure:
        """Return how many different partners there are; only those whose `fact` has the value, if it is named."""
        found: set[str] = set()
        entries: list[int] = []
        for agreement in agreements:
            for ref in agreement.partners:
                party = self.parties.get(ref, Entity(ref))
                if not fact or party.get(fact) == value:
                    found.add(ref)
                    entries += [
                        *agreement.base,
                        *agreement.thing.entry("parties"),
                        *(party.entry(fact) if fact else ()),
                    ]
        return figure(len(found), "count", "distinct", entries)

    def payers(self, agreements: Iterable[Agreement]) -> dict[str, Figure]:
        """Return what each partner committed, largest first, then by name; only those above zero."""
        minor: dict[str, int] = {}
        entries: dict[str, list[int]] = {}
        for agreement in agreements:
            for one in agreement.money:
                if one.payer != ORGANIZATION:
                    minor[one.payer] = minor.get(one.payer, 0) + one.minor
                    entries.setdefault(one.payer, [self.converter.currency.entry]).extend(
                        (*one.entries, *agreement.base)
                    )
        ordered = sorted((ref for ref in minor if minor[ref] > 0), key=lambda ref: (-minor[ref], self.name(ref)))
        return {ref: figure(self.amount(minor[ref]), self.currency, "sum", entries[ref]) for ref in ordered}

    def groups(self, agreements: list[Agreement], fact: str, missing: str) -> dict[str, FigureTree]:
        """Return agreements and money by region or priority; an amount is shared out by the agreement's shares."""
        chosen: dict[str, list[Agreement]] = {}
        minor: dict[str, int] = {}
        entries: dict[str, list[int]] = {}
        for agreement in agreements:
            shares = agreement.shares(fact, missing)
            for code, _ in shares:
                chosen.setdefault(code, []).append(agreement)
            for one in agreement.money:
                for code, part in shared_out(one.minor, shares).items():
                    minor[code] = minor.get(code, 0) + part
                    read = (*one.entries, *agreement.base, *agreement.thing.entry(fact))
                    entries.setdefault(code, [self.converter.currency.entry]).extend(read)
        return {
            code: {
                "agreements": self.count(chosen[code], fact),
                self.currency.lower(): figure(
                    self.amount(minor.get(code, 0)),
                    self.currency,
                    "sum",
                    entries.get(code, [self.converter.currency.entry]),
                ),
            }
            for code in sorted(chosen)
        }
