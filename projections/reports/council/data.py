"""Data of the council report: the engagements of a period and everything recorded about them, read once."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from ledger.domain.engagement.state import DISCLOSABLE, EXPIRED, OVER, PLANNED
from projections.history.journal import Journal, Void
from projections.projectors.engagements import UNDATED
from projections.projectors.money import MEASURES
from projections.queries import oversight
from projections.queries.asserted import Entity, FactValue
from projections.queries.bitemporal import Queries, names_of
from projections.queries.conversion import Converter
from projections.queries.disclosure.content import DisclosableContent
from projections.queries.disclosure.state import (
    ChangedFacet,
    FirstDisclosure,
    UndisclosedFacet,
    changed_since,
    first_disclosures,
    undisclosed,
)
from projections.queries.guideline_lists import Plain, waivers
from projections.queries.implied_conflicts import ImpliedConflict, implied_conflicts
from projections.queries.oversight import RequestRecord
from projections.reports.council.found import Found, found
from projections.reports.council.judgement import Judgement, judged

T = TypeVar("T")


class Period(NamedTuple):
    """The first and the last day of a period."""

    starts: str
    ends: str

    def holds(self, day: str) -> bool:
        """Return whether a day is in the period."""
        return self.starts <= day <= self.ends


class CouncilData:
    """The engagements in force in a period, and the records about them, as of the queries."""

    def __init__(self, queries: Queries, journal: Journal, period: Period, *, verdicts: bool = True) -> None:
        """Read everything that the report needs; without `verdicts`, no rule is judged but what is material."""
        self.queries = queries
        self.journal = journal
        self.period = period
        self.converter = Converter(queries)
        self.parties = queries.parties()
        self.name = names_of(self.parties)
        self.content = DisclosableContent(queries)
        self.money = grouped(queries.money(MEASURES), _engagement)
        self.known = queries.engagements()
        self.statuses = queries.value_history("status")
        self._bases: dict[str, list[int]] = {}
        self.engagements = {ref: known for ref, known in sorted(self.known.items()) if self._counts(ref, known)}
        self.coming = {ref: known for ref, known in sorted(self.known.items()) if known.get("status") in PLANNED}
        self.orders = self.content.orders_of
        self.planned = grouped(queries.outcomes("planned"), _engagement)
        self.reached = grouped(queries.outcomes(), _engagement)
        self.risks = grouped(oversight.risks(queries), _engagement)
        self.reviews = grouped(oversight.reviews(queries), _engagement)
        self.actions = grouped(oversight.actions(queries), _engagement)
        self.documents = grouped(oversight.documents(queries), _engagement)
        self.conflicts = grouped(oversight.conflicts(queries), _engagement)
        self.gifts = grouped(oversight.gifts(queries), _engagement)
        self.ends: dict[str, list[FactValue]] = queries.value_history("ends_on")
        self.undisclosed: list[UndisclosedFacet] = undisclosed(queries, self.content)
        self.corrections = oversight.corrections(queries)
        self.coverage = self.content.coverage
        self._judge(verdicts=verdicts)

    # What a comparison with an earlier period does not ask for is read when it is asked for.

    @cached_property
    def implied_conflicts(self) -> list[ImpliedConflict]:
        """The conflicts of interest that the record shows, under the engagements of the period."""
        return [row for row in implied_conflicts(self.queries) if row.engagement in self.engagements]

    @cached_property
    def changed(self) -> list[ChangedFacet]:
        """What changed since it was disclosed."""
        return changed_since(self.queries)

    @cached_property
    def first_disclosures(self) -> dict[str, list[FirstDisclosure]]:
        """The first disclosures, by engagement."""
        return grouped(first_disclosures(self.queries, self.content), _engagement)

    @cached_property
    def found(self) -> Found | None:
        """The findings on the register."""
        return found(self.queries, self.journal, has_guidelines=self.judgement is not None)

    def _judge(self, *, verdicts: bool) -> None:
        """Judge all engagements by the guidelines, if any are adopted, and read what is shown with the verdicts."""
        refs = sorted(self.known if verdicts else self.engagements)
        self.judgement: Judgement | None = judged(self.queries, refs, self.engagements, verdicts=verdicts)
        self.waivers: list[Plain] = []
        self.requests: list[RequestRecord] = []
        material = self.judgement.materiality if self.judgement else {}
        self.others = [ref for ref, answer in material.items() if answer.holds is False]
        """The engagements that are not material, which are shown in one table."""
        if self.judgement is not None:
            self.waivers = waivers(self.queries)
            self.requests = [
                request for request in oversight.information_requests(self.queries) if self._is_shown(request)
            ]

    def _is_shown(self, request: RequestRecord) -> bool:
        return not request.provided_on or any(map(self.period.holds, (request.requested_on, request.provided_on)))

    @property
    def on(self) -> str:
        """The date of the report."""
        return self.queries.as_of.on

    @property
    def materiality_is_asked(self) -> bool:
        """Whether guidelines in force on the date of the report say what is material."""
        return self.judgement is not None and bool(self.judgement.deciding)

    def in_full(self, *, whole: bool) -> list[str]:
        """Return the engagements that are shown in full: all, or those that are material or may be."""
        others = set() if whole else set(self.others)
        return [ref for ref in self.engagements if ref not in others]

    def _counts(self, ref: str, engagement: Entity) -> bool:
        status, signed = engagement.facts["status"], engagement.facts.get("signed_on")
        if status.value not in DISCLOSABLE or signed is None or signed.on > self.period.ends:
            return False
        return not self._was_over(ref, engagement) or bool(self._moved(ref))

    def _was_over(self, ref: str, engagement: Entity) -> bool:
        """Return whether an engagement was over before the period and stayed so; closing its books is no new end."""
        since = ""
        for step in self.statuses[ref]:
            since = (since or step.on) if step.value in OVER else ""
        status = engagement.facts["status"]
        if status.value == EXPIRED:
            since = status.on
        return bool(since) and since < self.period.starts

    def _moved(self, ref: str) -> list[int]:
        """Return the entry of the first movement of money in the period as a list; it is empty if there was none."""
        return [row.entry for row in self.money.get(ref, ()) if self.period.holds(row.effective_on)][:1]

    def base(self, ref: str) -> list[int]:
        """Return the entries that make an engagement count: its signature, its state and its end.

        For an engagement that was over before the period, the first movement of money in the period is included.
        """
        entries = self._bases.get(ref)
        if entries is None:
            engagement = self.known[ref]
            entries = [*engagement.entry("signed_on"), *engagement.entry("status"), *engagement.entry("ends_on")]
            entries += self._moved(ref) if self._was_over(ref, engagement) else []
            self._bases[ref] = entries
        return entries

    def signed_on(self, ref: str) -> str | None:
        """Return the day of signature, or None if it is not recorded."""
        signed = self.known[ref].facts.get("signed_on")
        return None if signed is None or signed.value == UNDATED else signed.on

    def partners(self, ref: str) -> str:
        """Return the third parties with their roles: `Name (role); Name (role)`."""
        return "; ".join(f"{self.name(party)} ({role})" for party, role in self.known[ref].pairs("parties"))

    def names(self, ref: str) -> str:
        """Return the distinct names of the third parties, joined by semicolons."""
        return "; ".join(dict.fromkeys(self.name(party) for party, _ in self.known[ref].pairs("parties")))

    def named(self, ref: str, text: str) -> str:
        """Return a text about an engagement with the names of its third parties in place of their references."""
        return self.name.add_to(text, {party for party, _ in self.known[ref].pairs("parties")}, keep_refs=False)

    def withheld(self, ref: str) -> list[str]:
        """Return the facets that the source withholds."""
        return list(self.known[ref].pairs("withheld"))

    def withholds_amounts(self, ref: str) -> bool:
        """Return whether the source withholds the amounts, and only those of service orders are known."""
        return "financials" in self.withheld(ref) and all(row.order_number for row in self.money.get(ref, ()))

    def rows(self, refs: Iterable[str], measure: str, currency: str | None = None) -> list[Any]:
        """Return the movements of a measure under the engagements, of all currencies or of one."""
        return [
            row
            for ref in refs
            for row in self.money.get(ref, ())
            if row.measure == measure and (currency is None or row.currency == currency)
        ]

    def disclosed_in(self, ref: str, facet: str, number: str = "") -> list[str]:
        """Return the documents that disclosed a facet or a service order, in order of publication."""
        return self.coverage.symbols((ref, facet, number))

    def voids(self) -> list[Void]:
        """Return the voids that were recorded in the period and are known at the as-of."""
        return [void for void in self.journal.voids() if self.period.holds(void.entry.recorded_at[:10])]


def _engagement(row: Any) -> str:
    return str(row.engagement)


def grouped(rows: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    """Group rows by a key; each group keeps their order."""
    groups: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return dict(groups)
