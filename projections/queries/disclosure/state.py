"""Disclosure state: what no document has covered, what was disclosed when, and what changed since it was disclosed."""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.domain.dates import days_between
from ledger.domain.engagement.statuses import DISCLOSABLE
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.queries.disclosure.all_rows import AllRows
from projections.queries.disclosure.content import DisclosableContent, Facet
from projections.queries.disclosure.coverage import CoverageIndex, Key, grounds
from projections.queries.disclosure.latest_changes import latest_changes
from projections.queries.in_order import sorted_aside
from projections.queries.merges import needed_merges
from projections.tables.named import engagement_facts, merges, order_facts
from projections.tables.noted import select


class UndisclosedFacet(NamedTuple):
    """A facet or service order that no document disclosed; `days` since it happened, None if the day is not known."""

    engagement: str
    title: str
    facet: str
    number: str
    since: str
    days: int | None
    entries: tuple[int, ...] = ()


class ChangedFacet(NamedTuple):
    """A facet whose text differs from what the last document that covered it showed.

    `entries` are all entries that were read to compare the engagement: those of the disclosures, those behind the text
    `then` (some of which may be voided by now), and those behind the text `now`.
    """

    engagement: str
    title: str
    facet: str
    number: str
    document: str
    disclosed_on: str
    then: str
    now: str
    entries: tuple[int, ...] = ()


class FirstDisclosure(NamedTuple):
    """The first disclosure of a facet or service order, and the days from its effective date, if that is known.

    `happened` is the entry that recorded the fact. `entries` are those that recorded the coverage and the document, and
    those by which it stood at the as-of of the document, some of which may be voided by now. The document is a
    correction if that was the first to show it.
    """

    engagement: str
    facet: str
    number: str
    document: str
    body: str
    happened_on: str
    disclosed_on: str
    days: int | None
    happened: int
    entries: tuple[int, ...]


def undisclosed(queries: Queries, content: DisclosableContent | None = None) -> list[UndisclosedFacet]:
    """Return what no document has covered, the longest wait first."""
    return list(longest_wait_first(queries, content))


def longest_wait_first(queries: Queries, content: DisclosableContent | None = None) -> Iterator[UndisclosedFacet]:
    """Yield what `undisclosed` returns; few at a time are in memory."""
    waiting = _waiting(content) if content is not None else _all_waiting(queries)
    return sorted_aside(waiting, key=lambda facet: (facet.since, facet.engagement, facet.facet, facet.number))


def _all_waiting(queries: Queries) -> Iterator[UndisclosedFacet]:
    for some in queries.by_engagement():
        refs = sorted({ref for ref, _, _ in waiting_facets(some, some.statuses())})
        for limited in some.in_batches(refs):
            yield from _waiting(DisclosableContent(limited))


def _waiting(content: DisclosableContent) -> Iterator[UndisclosedFacet]:
    for ref, engagement in content.engagements.items():
        for facet in content.facets(ref):
            if (ref, facet.facet, facet.number) not in content.coverage:
                title, days = engagement.get("title") or "", _days(facet, content.as_of.on)
                yield UndisclosedFacet(ref, title, facet.facet, facet.number, facet.since, days, facet.entries)


def waiting_facets(queries: Queries, statuses: dict[str, str]) -> set[Key]:
    """Return only the keys of what `undisclosed` returns, which needs far fewer rows."""
    if queries.body() is None:
        # What waits for any body stands in the tables, except for what a source withheld at some time.
        refs = queries.ever_recorded("withheld")
        disclosed = set[Key]().union(*(some.disclosed_keys() for some in queries.in_batches(refs)))
        keys = queries.waiting_facets() | _withheld(queries) if refs else queries.waiting_facets()
    else:
        disclosed = queries.disclosed_keys()
        keys = queries.recorded_facets() | _withheld(queries)
    keys -= disclosed
    return {key for key in keys if statuses.get(key[0]) in DISCLOSABLE}


def _withheld(queries: Queries) -> set[Key]:
    """Return the facets that the source withholds."""
    ref, value = engagement_facts.c.engagement, engagement_facts.c.value
    is_withheld = queries.is_fact(engagement_facts, "withheld")
    withheld = {ref: json.loads(facets) for ref, facets in queries.facts(ref, value, where=[is_withheld])}
    if not withheld:
        return set()
    of_withheld = [] if queries.limits else [order_facts.c.engagement.in_(select(ref).where(is_withheld))]
    with_orders = queries.distinct(order_facts.c.engagement, where=of_withheld)
    financials = {(ref, "financials", "") for ref, facets in withheld.items() if "financials" in facets}
    orders = {(ref, "service-orders", "") for ref, facets in withheld.items() if "service-orders" in facets}
    return financials | {key for key in orders if key[0] not in with_orders}


def _days(facet: Facet, until: str) -> int | None:
    return days_between(facet.since, until) if facet.dated else None


class _LastDocument(NamedTuple):
    """The last document that covered a facet: its symbol, its date, the as-of that it shows, and its entries."""

    document: str
    on: str
    as_of: BitemporalPoint
    entries: tuple[int, ...]


def _last_documents(queries: Queries) -> dict[Key, _LastDocument]:
    last: dict[Key, _LastDocument] = {}
    published = queries.disclosures()
    for key, rows in CoverageIndex(queries).rows.items():
        row = rows[-1]
        as_of = BitemporalPoint(row.as_of_on, row.as_of_position)
        symbol = row.correction or row.document
        # A correction counts by the publication of what it corrects.
        entries = (row.entry, row.published_at, *([published[row.document].entry] if row.correction else ()))
        last[key] = _LastDocument(symbol, row.published_on, as_of, entries)
    return last


def changed_since(queries: Queries) -> list[ChangedFacet]:
    """Return the facets that changed since they were last disclosed: the difference between two as-ofs."""
    return list(changed_by_engagement(queries))


def changed_by_engagement(queries: Queries) -> Iterator[ChangedFacet]:
    """Yield what `changed_since` returns; few at a time are in memory.

    Only engagements of which something was recorded, voided or took effect after what a document showed are compared.
    """
    for some in queries.by_engagement():
        for limited in some.in_batches(_disclosable(some)):
            yield from _changed(limited, _to_compare(limited))


def _changed(queries: Queries, documents: dict[str, list[tuple[Key, _LastDocument]]]) -> list[ChangedFacet]:
    behind: dict[str, dict[BitemporalPoint, set[int]]] = {}
    changed: list[ChangedFacet] = []
    for now in queries.in_batches(documents):
        content, every = DisclosableContent(now), AllRows(now)
        for as_of, shown in _by_as_of(documents, content.engagements).items():
            earlier = DisclosableContent(every.at(as_of, shown))
            for ref, own in shown.items():
                changed += _compared(content, earlier, ref, own, behind.setdefault(ref, {}))
    entries = _with_merges(queries, {facet.engagement: behind[facet.engagement] for facet in changed})
    return sorted(facet._replace(entries=entries[facet.engagement]) for facet in changed)


def _by_as_of(
    documents: dict[str, list[tuple[Key, _LastDocument]]], refs: Iterable[str]
) -> dict[BitemporalPoint, dict[str, list[tuple[Key, _LastDocument]]]]:
    """Return the last documents of some engagements by the as-of that they show, and by engagement."""
    shown: dict[BitemporalPoint, dict[str, list[tuple[Key, _LastDocument]]]] = {}
    for ref in refs:
        for key, last in documents[ref]:
            shown.setdefault(last.as_of, {}).setdefault(ref, []).append((key, last))
    return shown


def _compared(
    content: DisclosableContent,
    earlier: DisclosableContent,
    ref: str,
    documents: list[tuple[Key, _LastDocument]],
    read: dict[BitemporalPoint, set[int]],
) -> Iterator[ChangedFacet]:
    """Yield what reads otherwise now than in the last documents of an engagement; add the entries behind to `read`."""
    texts, texts_then = _FacetTexts(content, ref), _FacetTexts(earlier, ref)
    title = content.engagements[ref].get("title") or ""
    for (_, facet, number), last in documents:
        text_then, entries_then = texts_then.text(facet, number)
        text_now, entries_now = texts.text(facet, number)
        read.setdefault(earlier.as_of, set()).update(entries_then)
        read.setdefault(content.as_of, set()).update(last.entries, entries_now)
        if text_then != text_now:
            then, now = earlier.in_words(ref, number, text_then), content.in_words(ref, number, text_now)
            yield ChangedFacet(ref, title, facet, number, last.document, last.on, then, now)


def _with_merges(queries: Queries, behind: dict[str, dict[BitemporalPoint, set[int]]]) -> dict[str, tuple[int, ...]]:
    """Return the entries of each engagement with the merges by which they count for another party, at each as-of."""
    every: dict[BitemporalPoint, set[int]] = {}
    for read in behind.values():
        for as_of, entries in read.items():
            every.setdefault(as_of, set()).update(entries)
    is_merged = queries.has_ever(merges)  # asked once: there are many as-ofs, and seldom a merge
    needed = {as_of: needed_merges(queries.at(as_of), entries) if is_merged else {} for as_of, entries in every.items()}
    nothing = set[int]()
    return {
        ref: tuple(sorted(nothing.union(*read.values(), *(
            needed[as_of].get(entry, nothing) for as_of, entries in read.items() for entry in entries
        ))))
        for ref, read in behind.items()
    }  # fmt: skip


def _disclosable(queries: Queries) -> list[str]:
    return sorted(ref for ref, status in queries.statuses().items() if status in DISCLOSABLE)


def _to_compare(queries: Queries) -> dict[str, list[tuple[Key, _LastDocument]]]:
    """Return the last documents of the engagements of which something may read otherwise than in one of them."""
    by_engagement: dict[str, list[tuple[Key, _LastDocument]]] = {}
    for key, last in _last_documents(queries).items():
        if key[1] != "service-orders" or key[2]:
            by_engagement.setdefault(key[0], []).append((key, last))
    latest = latest_changes(queries)
    return {
        ref: documents
        for ref, documents in by_engagement.items()
        if any(latest[ref].is_after(last.as_of) for _, last in documents)
    }


class _FacetTexts:
    """The texts of the facets of one engagement, and the entries behind each."""

    def __init__(self, content: DisclosableContent, ref: str) -> None:
        self.is_signed = ref in content.engagements
        facets = content.facets(ref) if self.is_signed else ()
        self.facets = {(facet.facet, facet.number): facet for facet in facets}
        self.naming_entries = content.naming_entries(ref) if self.is_signed else []

    def text(self, facet: str, number: str) -> tuple[str, list[int]]:
        if not self.is_signed:
            return "not signed", []
        current = self.facets.get((facet, number))
        if current is None:
            return "not recorded", [self.facets[("parties", "")].entries[0]]
        entries = [*current.entries, *(self.naming_entries if facet == "parties" else ())]
        return current.text, entries


def first_disclosures(queries: Queries, content: DisclosableContent | None = None) -> list[FirstDisclosure]:
    """Return the first disclosure of each facet and service order, in order of publication."""
    return list(by_publication(queries, content))


def by_publication(queries: Queries, content: DisclosableContent | None = None) -> Iterator[FirstDisclosure]:
    """Yield what `first_disclosures` returns; few at a time are in memory."""
    disclosures = _first(content) if content is not None else _all_first(queries)
    return sorted_aside(
        disclosures, key=lambda first: (first.disclosed_on, first.document, first.engagement, first.facet, first.number)
    )


def _all_first(queries: Queries) -> Iterator[FirstDisclosure]:
    for some in queries.by_engagement():
        for limited in some.in_batches(_disclosable(some)):
            yield from _first(DisclosableContent(limited))


def _first(content: DisclosableContent) -> Iterator[FirstDisclosure]:
    covered = content.coverage
    for ref in content.engagements:
        for facet in content.facets(ref):
            first = covered.first((ref, facet.facet, facet.number))
            if first is not None:
                on = first.published_on
                yield FirstDisclosure(
                    ref, facet.facet, facet.number, first.correction or first.document,
                    covered.bodies[first.document], facet.since, on, _days(facet, on), facet.happened, grounds(first),
                )  # fmt: skip
