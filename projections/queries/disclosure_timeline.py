"""What there was to tell, and when it was told: each facet and service order, recorded when, disclosed when."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ledger.domain.dates import days_between
from projections.history.journal import Journal
from projections.queries.disclosable import DisclosableContent, Facet
from projections.queries.disclosure import FirstDisclosure, Key, first_disclosures
from projections.queries.queries import Queries

ORDERS, FACETS = "orders", "facets"
"""The two kinds of what is told: service orders, and facets of engagements."""


class TimelineItem(NamedTuple):
    """A facet, or a service order with its number: when it happened, was recorded, and was first disclosed.

    `days` run from the day on which it happened to its disclosure, or to the date of the report while there is none;
    None where that day is not recorded. `lag` runs from the day on which it was recorded, and is negative where the
    document was published before. `disclosure` is its first disclosure.

    `own` are the entries behind its days. To count it among others takes `seen`, the entries by which it is there, or
    `entries`, by which it is disclosed or not: they tell as well of other facets that the same entries show, so that
    those are not taken for it.
    """

    engagement: str
    title: str
    facet: Facet
    recorded_on: str
    days: int | None
    lag: int
    disclosure: FirstDisclosure | None
    seen: tuple[int, ...]
    own: tuple[int, ...]
    entries: tuple[int, ...]

    @property
    def kind(self) -> str:
        """Whether it is a service order or a facet of the engagement."""
        return ORDERS if self.facet.number else FACETS

    @property
    def waited(self) -> int | None:
        """The days that count in distributions: None where they are not known, or nothing had happened yet."""
        return None if self.days is None or self.is_ahead else self.days

    @property
    def is_ahead(self) -> bool:
        """Whether the document that covered it was published before it happened: all of it happened since."""
        return self.disclosure is not None and self.days is not None and self.days < 0

    @property
    def year_happened(self) -> str | None:
        """The year in which it happened, or None where that is not recorded."""
        return self.facet.since[:4] if self.facet.dated else None

    @property
    def year_disclosed(self) -> str | None:
        """The year in which the document was published, or None while there is none."""
        return self.disclosure.disclosed_on[:4] if self.disclosure else None

    @property
    def key(self) -> str:
        """How it is named among those of its engagement."""
        return f"order {self.facet.number}" if self.facet.number else self.facet.facet


class DisclosureTimeline:
    """Everything that is to be disclosed, as of the queries, in order of engagement."""

    def __init__(self, queries: Queries, journal: Journal, content: DisclosableContent | None = None) -> None:
        """Read it once; `content` may hold fewer engagements than all."""
        self.queries = queries
        self.journal = journal
        self.content = content or DisclosableContent(queries)
        self._first: dict[Key, FirstDisclosure] = {
            (one.engagement, one.facet, one.number): one for one in first_disclosures(queries, self.content)
        }
        self._published = {symbol: row.entry for symbol, row in queries.disclosures().items()}
        self.all: list[TimelineItem] = [
            telling for ref in sorted(self.content.engagements) for telling in self._of(ref)
        ]

    def of(self, kind: str) -> list[TimelineItem]:
        """Return the service orders, or the facets."""
        return [one for one in self.all if one.kind == kind]

    def _of(self, ref: str) -> Iterator[TimelineItem]:
        found = list(self.content.facets(ref))
        base, beside = self._base(ref, found), self._beside(ref, found)
        title = self.content.engagements[ref].get("title") or ""
        for one in found:
            first = self._first.get((ref, one.facet, one.number))
            until = first.disclosed_on if first else self.queries.as_of.on
            recorded = self.journal.recorded_on(one.happened)
            days = days_between(one.since, until) if one.dated else None
            seen = {one.entries[0], *self._shown(ref, one)}
            own = seen | self._covered(ref, one)
            seen |= set() if one.number else base
            every = own if one.number else own | seen | beside
            entries = (tuple(sorted(held)) for held in (seen, own, every))
            yield TimelineItem(ref, title, one, recorded, days, days_between(recorded, until), first, *entries)

    def _shown(self, ref: str, one: Facet) -> list[int]:
        # What is enough to see that it is there and since when; what it says in full is not asked here.
        thing = self.content.engagements[ref]
        if one.facet == "duration":
            return thing.entry("starts_on") or thing.entry("ends_on")
        return [one.happened, *(thing.entry("withheld") if one.facet in thing.pairs("withheld") else ())]

    def _covered(self, ref: str, one: Facet) -> set[int]:
        first = self._first.get((ref, one.facet, one.number))
        return set() if first is None else {first.covered, self._published[first.document]}

    def _base(self, ref: str, facets: list[Facet]) -> set[int]:
        """Return the entries that tell what the source withholds, and what is recorded of it all the same."""
        thing = self.content.engagements[ref]
        withheld = thing.pairs("withheld")
        known = {one.facet: one.happened for one in facets if one.facet in withheld}
        return {*thing.entry("withheld"), *known.values()}

    def _beside(self, ref: str, facets: list[Facet]) -> set[int]:
        """Return the first disclosures of the facets that a signature shows by itself, whatever else was read."""
        signed = [one for one in facets if one.happened == facets[0].happened and not one.number]
        return {entry for one in signed for entry in self._covered(ref, one)}


class Document(NamedTuple):
    """A document that disclosed: what it showed, and the keys of the engagements, facets and orders that it covered.

    `corrected` are the rows of the documents that corrected it, `entries` all that say what it covered.
    """

    symbol: str
    row: Any
    engagements: tuple[str, ...]
    facets: tuple[Key, ...]
    orders: tuple[Key, ...]
    corrected: tuple[Any, ...]
    entries: tuple[int, ...]


def documents(queries: Queries, corrections: Iterable[Any]) -> list[Document]:
    """Return the documents that disclosed, by body and in order of publication."""
    covered: dict[str, list[Any]] = {}
    for row in queries.coverage():
        if not row.correction:
            covered.setdefault(row.document, []).append(row)
    corrected: dict[str, list[Any]] = {}
    for row in corrections:
        corrected.setdefault(row.document, []).append(row)
    found = []
    for symbol, row in queries.disclosures().items():
        rows = covered.get(symbol, [])
        keys = dict.fromkeys((one.engagement, one.facet, one.number) for one in rows)
        found.append(
            Document(
                symbol, row,
                tuple(dict.fromkeys(one.engagement for one in rows)),
                tuple(key for key in keys if not key[2]),
                tuple(key for key in keys if key[2]),
                tuple(corrected.get(symbol, ())),
                tuple(sorted({row.entry, *(one.entry for one in rows)})),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.row.body, one.row.effective_on, one.row.entry))
