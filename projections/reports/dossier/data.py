"""Data of the dossier: one engagement and its parties, with everything recorded about them, read once."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ledger.domain.engagement.state import DISCLOSABLE
from ledger.domain.refusals import UnknownEngagement
from ledger.format.name_keys import near_names
from projections.history.changes import EntryChange, changes
from projections.history.journal import Journal
from projections.history.party_names import mentioned_parties
from projections.projectors.engagements import UNDATED
from projections.projectors.money import MEASURES
from projections.queries import oversight
from projections.queries.asserted import Entity, FactValue, batches
from projections.queries.bitemporal import Queries
from projections.queries.disclosure.content import DisclosableContent
from projections.queries.disclosure.state import ChangedFacet, changed_since
from projections.queries.disclosure.timeline import DisclosureTimeline, TimelineItem

T = TypeVar("T")


class Dossier:
    """An engagement as of the queries, and its history as known at the as-of."""

    def __init__(self, queries: Queries, journal: Journal, ref: str) -> None:
        """Read the engagement `ref`. Raises UnknownEngagement, which suggests similar references known at the as-of."""
        self.queries = queries.within([ref])
        known = self.queries.engagements()
        if ref not in known:
            raise UnknownEngagement(ref, near_names(ref, queries.statuses(), least=85))
        queries = self.queries
        self.journal = journal
        self.ref = ref
        self.engagement: Entity = known[ref]
        self.organization = queries.settings()["organization"].value
        self.party = queries.party
        self.name = queries.names()
        self.money: Sequence[Any] = queries.money(MEASURES)
        self.orders = [(number, order) for (_, number), order in sorted(queries.orders().items())]
        self.payments: Sequence[Any] = queries.payments()
        self.acceptances: list[Any] = oversight.acceptances(queries)
        self.gifts: list[Any] = oversight.gifts(queries)
        self.planned: dict[str, Any] = {row.outcome: row for row in queries.outcomes("planned")}
        self.reached: dict[str, Any] = {row.outcome: row for row in queries.outcomes()}
        self.risks = oversight.risks(queries)
        self.conflicts = oversight.conflicts(queries)
        self.reviews = oversight.reviews(queries)
        self.actions = oversight.actions(queries)
        self.documents: list[Any] = oversight.documents(queries)
        self.ends: list[FactValue] = queries.value_history("ends_on").get(ref, [])
        self._read_disclosures()
        self.history: list[EntryChange] = list(
            changes(journal.ledger, f"engagement/{ref}", journal.known_at, queries.as_of.on)
        )
        self.mentioned = mentioned_parties(change.entry.event for change in self.history)
        self.later = len(journal.ledger.facts(f"engagement/{ref}", journal.known_at)) - len(self.history)

    def _read_disclosures(self) -> None:
        self.content = content = DisclosableContent(self.queries)
        self.timeline: list[TimelineItem] = DisclosureTimeline(self.queries, self.journal, content).all
        self.changed: list[ChangedFacet] = changed_since(self.queries)
        self._coverage = content.coverage

    def disclosed_in(self, facet: str, number: str = "") -> list[str]:
        """Return the documents that disclosed a facet or a service order, in order of publication."""
        return self._coverage.symbols((self.ref, facet, number))

    @property
    def is_disclosable(self) -> bool:
        """Whether the engagement was signed: only then is there anything to disclose."""
        return self.engagement.get("status") in DISCLOSABLE

    @property
    def signed_on(self) -> str | None:
        """The day of signature, or None if it is not recorded or nothing was signed."""
        signed = self.engagement.facts.get("signed_on")
        return None if signed is None or signed.value == UNDATED else signed.on

    @property
    def withheld(self) -> list[str]:
        """The facets that the source withholds."""
        return list(self.engagement.pairs("withheld"))

    @property
    def roles(self) -> list[tuple[str, str]]:
        """The third parties and their roles, as pairs of reference and role."""
        return [(party, role) for party, role in self.engagement.pairs("parties")]

    def party_refs(self) -> list[str]:
        """Return the distinct references of the third parties: those in a role, then the vendors of service orders."""
        vendors = [order.get("vendor") or "" for _, order in self.orders]
        return [ref for ref in dict.fromkeys([*(party for party, _ in self.roles), *vendors]) if ref]

    def of_parties(self, read: Callable[[Queries], list[T]]) -> list[T]:
        """Return the rows of `read`, such as checks or flags, that concern the third parties."""
        refs = self.party_refs()
        rows: list[Any] = [row for batch in batches(refs) for row in read(self.queries.of_parties(batch))]
        return [row for party in refs for row in rows if row.party == party]

    def sums(self) -> dict[tuple[str, str, str], list[Any]]:
        """Return the movements of money by measure, payer (empty for orders) and currency."""
        by_key: dict[tuple[str, str, str], list[Any]] = {}
        for measure in MEASURES:
            for row in self.money:
                if row.measure == measure:
                    by_key.setdefault((measure, row.party, row.currency), []).append(row)
        return by_key
