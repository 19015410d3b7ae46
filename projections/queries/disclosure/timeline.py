"""Disclosure timeline: for every facet and service order, when it happened, was recorded and was disclosed."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ledger.domain.dates import days_between
from projections.history.journal import Journal
from projections.queries.bitemporal import Queries
from projections.queries.disclosure.content import DisclosableContent, Facet
from projections.queries.disclosure.coverage import Key, grounds
from projections.queries.disclosure.state import FirstDisclosure, first_disclosures

ORDERS, FACETS = "orders", "facets"
"""The two kinds of items: service orders, and facets of engagements."""


class TimelineItem(NamedTuple):
    """A facet, or a service order with its number: when it happened, was recorded, and was first disclosed.

    `days` run from the day on which it happened to its first disclosure, or to the date of the report if there is none;
    None if that day is not recorded. `lag` runs from the day on which it was recorded, and is negative if the document
    was published earlier. `disclosure` is its first disclosure.

    Three sets of entries serve three kinds of figures. `own` are the entries behind its days. `existence` are the
    entries that show that it exists, for figures that count it. `entries` are those that show whether it is disclosed;
    they include the entries of other facets that the same entries show, so that these are not counted in its place.
    """

    engagement: str
    title: str
    facet: Facet
    recorded_on: str
    days: int | None
    lag: int
    disclosure: FirstDisclosure | None
    existence: tuple[int, ...]
    own: tuple[int, ...]
    entries: tuple[int, ...]

    @property
    def kind(self) -> str:
        """ORDERS for a service order, FACETS for a facet of the engagement."""
        return ORDERS if self.facet.number else FACETS

    @property
    def waited(self) -> int | None:
        """The days for distributions: None if they are not known, or if it was disclosed before it happened."""
        return None if self.days is None or self.is_ahead else self.days

    @property
    def is_ahead(self) -> bool:
        """Whether the document that covered it was published before it happened."""
        return self.disclosure is not None and self.days is not None and self.days < 0

    @property
    def year_happened(self) -> str | None:
        """The year in which it happened, or None if that is not recorded."""
        return self.facet.since[:4] if self.facet.dated else None

    @property
    def year_disclosed(self) -> str | None:
        """The year in which the document was published, or None if there is none."""
        return self.disclosure.disclosed_on[:4] if self.disclosure else None

    @property
    def key(self) -> str:
        """Its name, unique within the engagement."""
        return f"order {self.facet.number}" if self.facet.number else self.facet.facet


class DisclosureTimeline:
    """All facets and service orders that can be disclosed, in order of engagement."""

    def __init__(self, queries: Queries, journal: Journal, content: DisclosableContent | None = None) -> None:
        """Read them once; `content` may be limited to some engagements."""
        self.queries = queries
        self.journal = journal
        self.content = content or DisclosableContent(queries)
        self._first: dict[Key, FirstDisclosure] = {
            (first.engagement, first.facet, first.number): first for first in first_disclosures(queries, self.content)
        }
        self.all: list[TimelineItem] = [item for ref in sorted(self.content.engagements) for item in self._of(ref)]

    def of(self, kind: str) -> list[TimelineItem]:
        """Return the items of a kind: ORDERS or FACETS."""
        return [item for item in self.all if item.kind == kind]

    def _of(self, ref: str) -> Iterator[TimelineItem]:
        facets = list(self.content.facets(ref))
        withheld, from_signature = self._withheld(ref, facets), self._disclosures_of_signature(ref, facets)
        title = self.content.engagements[ref].get("title") or ""
        for facet in facets:
            first = self._first.get((ref, facet.facet, facet.number))
            until = first.disclosed_on if first else self.queries.as_of.on
            recorded = self.journal.recorded_on(facet.happened)
            days = days_between(facet.since, until) if facet.dated else None
            existence = {facet.entries[0], *self._happened(ref, facet)}
            own = existence | self._disclosed(ref, facet)
            existence |= set() if facet.number else withheld
            every = own if facet.number else own | existence | from_signature
            entries = (tuple(sorted(positions)) for positions in (existence, own, every))
            yield TimelineItem(ref, title, facet, recorded, days, days_between(recorded, until), first, *entries)

    def _happened(self, ref: str, facet: Facet) -> list[int]:
        """Return the entries that show that a facet exists and since when; they need not show its whole text."""
        engagement = self.content.engagements[ref]
        if facet.facet == "duration":
            return engagement.entry("starts_on") or engagement.entry("ends_on")
        is_withheld = facet.facet in engagement.pairs("withheld")
        return [facet.happened, *(engagement.entry("withheld") if is_withheld else ())]

    def _disclosed(self, ref: str, facet: Facet) -> set[int]:
        """Return the entries of the first disclosure of a facet."""
        first = self._first.get((ref, facet.facet, facet.number))
        return set() if first is None else self.journal.with_voids(first.entries)

    def _withheld(self, ref: str, facets: list[Facet]) -> set[int]:
        """Return the entries that list the withheld facets, and those that record something of them all the same."""
        engagement = self.content.engagements[ref]
        withheld = engagement.pairs("withheld")
        recorded = {facet.facet: facet.happened for facet in facets if facet.facet in withheld}
        return {*engagement.entry("withheld"), *recorded.values()}

    def _disclosures_of_signature(self, ref: str, facets: list[Facet]) -> set[int]:
        """Return the entries of the first disclosures of those facets that the entry of the signature itself shows."""
        signed = [facet for facet in facets if facet.happened == facets[0].happened and not facet.number]
        return {entry for facet in signed for entry in self._disclosed(ref, facet)}


class Document(NamedTuple):
    """A published document, with the keys of the engagements, facets and orders that it disclosed.

    `corrected` are the rows of the documents that corrected it; `entries` are all entries that show what it disclosed.
    """

    symbol: str
    row: Any
    engagements: tuple[str, ...]
    facets: tuple[Key, ...]
    orders: tuple[Key, ...]
    corrected: tuple[Any, ...]
    entries: tuple[int, ...]


def documents(queries: Queries, journal: Journal, corrections: Iterable[Any]) -> list[Document]:
    """Return the published documents, by body and in order of publication, with what each disclosed."""
    covered: dict[str, list[Any]] = {}
    for row in queries.coverage():
        if not row.correction:
            covered.setdefault(row.document, []).append(row)
    corrected: dict[str, list[Any]] = {}
    for row in corrections:
        corrected.setdefault(row.document, []).append(row)
    published = []
    for symbol, document in queries.disclosures().items():
        rows = covered.get(symbol, [])
        keys = dict.fromkeys((row.engagement, row.facet, row.number) for row in rows)
        published.append(
            Document(
                symbol, document,
                tuple(dict.fromkeys(row.engagement for row in rows)),
                tuple(key for key in keys if not key[2]),
                tuple(key for key in keys if key[2]),
                tuple(corrected.get(symbol, ())),
                tuple(sorted(journal.with_voids([document.entry, *(entry for row in rows for entry in grounds(row))]))),
            )
        )  # fmt: skip
    return sorted(published, key=lambda document: (document.row.body, document.row.effective_on, document.row.entry))
