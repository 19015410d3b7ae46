"""Data of the partnerships report: the agreements signed in a year, their partners and their money."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from ledger.domain.fields import ORGANIZATION
from ledger.domain.money import from_minor
from projections.projectors.engagements import UNDATED
from projections.queries.asserted import Entity, FactValue
from projections.queries.bitemporal import Queries, names_of
from projections.queries.conversion import Converted, Converter, shared_out
from projections.queries.figures import Figure, FigureTree, figure
from projections.reports.model import NOT_RECORDED
from projections.tables.schema import engagement_facts, party_facts

KINDS = ("partnership agreement",)
"""The kinds of engagement that count, unless the setting `partnerships.kinds` says otherwise."""
AGREEMENT_FACTS = ("title", "parties", "regions", "priorities", "starts_on", "ends_on")
"""The facts that the report reads of each agreement of the year."""
PARTNER_FACTS = ("name", "type", "membership", "country")
"""The facts that the report reads of each partner."""


@dataclass(slots=True)
class SignedAmount:
    """An amount of the measure `signed`, in minor units of the reporting currency."""

    payer: str
    minor: int
    entries: tuple[int, ...]


@dataclass
class Agreement:
    """An agreement and its amounts. `base` are the entries that make it count: signature, kind and settings.

    `left_out` is the number of its amounts that have no exchange rate.
    """

    ref: str
    engagement: Entity
    base: tuple[int, ...]
    money: list[SignedAmount] = field(default_factory=list)
    left_out: int = 0

    @property
    def signed_on(self) -> str:
        """The day on which it was signed."""
        return self.engagement.facts["signed_on"].on

    @cached_property
    def partners(self) -> list[str]:
        """The third parties, each once, in their order."""
        return list(dict.fromkeys(party for party, _ in self.engagement.pairs("parties")))

    def minor(self, *, organization: bool | None = None) -> int:
        """Return the committed amount: of all payers, of the organization only, or of the partners only."""
        return sum(
            amount.minor
            for amount in self.money
            if organization is None or (amount.payer == ORGANIZATION) is organization
        )

    def shares(self, fact: str, missing: str) -> list[tuple[str, int]]:
        """Return its regions or priorities with their parts of a million; `missing` with all of it if it has none."""
        return [(code, parts) for code, parts in self.engagement.pairs(fact)] or [(missing, 1_000_000)]


class Agreements:
    """The agreements of several years, read once. Each figure covers the agreements of one year."""

    def __init__(self, queries: Queries, year: int, trend: int = 1) -> None:
        """Read the agreements of `year` in full, and the counts and amounts of the last `trend` years."""
        self.queries = queries
        self.converter = Converter(queries)
        self.currency = self.converter.currency.value
        kinds, self.settings = queries.setting_list("partnerships.kinds", KINDS)
        signed = self._all_signed(kinds)
        self._undated = sum(1 for agreement in signed if agreement.engagement.get("signed_on") == UNDATED)
        years = range(year - trend + 1, year + 1)
        self._years: dict[str, list[Agreement]] = {f"{past:04}": [] for past in years}
        by_ref = {}
        for agreement in signed:
            of_year = self._years.get(agreement.signed_on[:4])
            if of_year is not None and agreement.engagement.get("signed_on") != UNDATED:
                of_year.append(agreement)
                by_ref[agreement.ref] = agreement
        refs = [agreement.ref for agreement in self.of(year)]
        described = queries.entities(engagement_facts.c.engagement, refs, *AGREEMENT_FACTS)
        for agreement in self.of(year):
            agreement.engagement.facts |= described[agreement.ref].facts
        for ref, payer, _, currency, minor, day, entry in queries.movements("signed"):
            if ref in by_ref:
                self._add_amount(by_ref[ref], payer, self.converter.convert(currency, minor, day), entry)
        party_refs = {ref for agreement in self.of(year) for ref in agreement.partners}
        party_refs |= {amount.payer for agreement in self.of(year) for amount in agreement.money}
        self.parties = queries.entities(party_facts.c.party, sorted(party_refs), *PARTNER_FACTS)
        self.name = names_of(self.parties)

    def _all_signed(self, kinds: Iterable[str]) -> list[Agreement]:
        """Return all signed agreements by reference; of their facts only the signature is read."""
        columns = engagement_facts.c
        placed = (columns.engagement, columns.value, columns.entry, columns.effective_on)
        is_kind = [columns.fact == "kind", columns.value.in_(kinds)]
        of_kind = {ref: entry for ref, _, entry, _ in self.queries.facts(*placed, where=is_kind)}
        signed = self.queries.facts(*placed, where=[columns.fact == "signed_on"])
        return [
            Agreement(
                ref, Entity(ref, {"signed_on": FactValue(value, entry, on)}), (entry, of_kind[ref], *self.settings)
            )
            for ref, value, entry, on in sorted(signed)
            if ref in of_kind
        ]

    def _add_amount(self, agreement: Agreement, payer: str, worth: Converted | None, entry: int) -> None:
        if worth is None:
            agreement.left_out += 1
        else:
            agreement.money.append(SignedAmount(payer, worth.minor, (entry, *worth.entries)))

    def of(self, year: int) -> list[Agreement]:
        """Return the agreements signed in a year. An agreement without a recorded day of signature is in no year."""
        return self._years[f"{year:04}"]

    def undated(self) -> int:
        """Return the number of agreements whose day of signature is not recorded."""
        return self._undated

    def amount(self, minor: int) -> Decimal:
        """Return minor units of the reporting currency as a decimal in its major unit."""
        return Decimal(from_minor(self.currency, minor).value)

    def sum(self, agreements: Iterable[Agreement], *, organization: bool | None = None) -> Figure:
        """Return the sum of the agreements: of all payers, of the organization only, or of the partners only."""
        chosen, minor, entries = list(agreements), 0, [self.converter.currency.entry]
        for agreement in chosen:
            for amount in agreement.money:
                if organization is None or (amount.payer == ORGANIZATION) is organization:
                    minor += amount.minor
                    entries += [*amount.entries, *agreement.base]
        if len(entries) == 1:  # for a sum of nothing: what was looked at
            entries += [entry for agreement in chosen for entry in agreement.base]
        return figure(self.amount(minor), self.currency, "sum", entries)

    def count(self, agreements: Iterable[Agreement], fact: str | None = None) -> Figure:
        """Return the number of agreements; the entries of `fact`, by which they were selected, are cited, too."""
        chosen = list(agreements)
        entries = [
            entry
            for agreement in chosen
            for entry in (*agreement.base, *(agreement.engagement.entry(fact) if fact else ()))
        ]
        return figure(len(chosen), "count", "count", entries)

    def with_money(self, agreements: Iterable[Agreement]) -> Figure:
        """Return the number of agreements with a commitment above zero."""
        chosen = [agreement for agreement in agreements if agreement.minor() > 0]
        entries = [
            entry for agreement in chosen for amount in agreement.money for entry in (*amount.entries, *agreement.base)
        ]
        return figure(len(chosen), "count", "count", [self.converter.currency.entry, *entries])

    def partners(self, agreements: Iterable[Agreement], fact: str = "", value: str | None = None) -> Figure:
        """Return the number of distinct partners; with `fact`, of those only whose fact has the value."""
        refs: set[str] = set()
        entries: list[int] = []
        for agreement in agreements:
            for ref in agreement.partners:
                party = self.parties.get(ref, Entity(ref))
                if not fact or party.get(fact) == value:
                    refs.add(ref)
                    entries += [
                        *agreement.base,
                        *agreement.engagement.entry("parties"),
                        *(party.entry(fact) if fact else ()),
                    ]
                elif value is None:  # that a fact of this partner is recorded shows why it does not count
                    entries += party.entry(fact)
        return figure(len(refs), "count", "distinct", entries)

    def payers(self, agreements: Iterable[Agreement]) -> dict[str, Figure]:
        """Return the amount that each partner committed, if above zero; largest first, then by name."""
        minor: dict[str, int] = {}
        entries: dict[str, list[int]] = {}
        for agreement in agreements:
            for amount in agreement.money:
                if amount.payer != ORGANIZATION:
                    minor[amount.payer] = minor.get(amount.payer, 0) + amount.minor
                    entries.setdefault(amount.payer, [self.converter.currency.entry]).extend(
                        (*amount.entries, *agreement.base)
                    )
        ordered = sorted((ref for ref in minor if minor[ref] > 0), key=lambda ref: (-minor[ref], self.name(ref)))
        return {ref: figure(self.amount(minor[ref]), self.currency, "sum", entries[ref]) for ref in ordered}

    def by_type(self, agreements: Iterable[Agreement]) -> dict[str, Figure]:
        """Return the amount that the partners of each type committed, if above zero."""
        minor: dict[str, int] = {}
        entries: dict[str, list[int]] = {}
        for agreement in agreements:
            for amount in agreement.money:
                if amount.payer != ORGANIZATION:
                    party = self.parties.get(amount.payer, Entity(amount.payer))
                    kind = party.get("type") or NOT_RECORDED
                    minor[kind] = minor.get(kind, 0) + amount.minor
                    read = (*amount.entries, *agreement.base, *party.entry("type"))
                    entries.setdefault(kind, [self.converter.currency.entry]).extend(read)
        return {
            kind: figure(self.amount(minor[kind]), self.currency, "sum", entries[kind])
            for kind in sorted(minor)
            if minor[kind] > 0
        }

    def groups(self, agreements: list[Agreement], fact: str, missing: str) -> dict[str, FigureTree]:
        """Return agreements and money by region or priority; an amount is apportioned by the agreement's shares."""
        chosen: dict[str, list[Agreement]] = {}
        minor: dict[str, int] = {}
        entries: dict[str, list[int]] = {}
        for agreement in agreements:
            shares = agreement.shares(fact, missing)
            for code, _ in shares:
                chosen.setdefault(code, []).append(agreement)
            for amount in agreement.money:
                for code, part in shared_out(amount.minor, shares).items():
                    minor[code] = minor.get(code, 0) + part
                    read = (*amount.entries, *agreement.base, *agreement.engagement.entry(fact))
                    entries.setdefault(code, [self.converter.currency.entry]).extend(read)
        return {
            code: {
                "agreements": self.count(chosen[code], fact),
                self.currency.lower(): figure(
                    self.amount(minor.get(code, 0)),
                    self.currency,
                    "sum",
                    entries.get(code) or [self.converter.currency.entry, *self.count(chosen[code], fact).entries],
                ),
            }
            for code in sorted(chosen)
        }
