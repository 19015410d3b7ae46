"""Disclosure history: what was told when, what no document has covered, and what changed since one covered it."""

import json
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from ledger.domain.dates import days_between
from ledger.domain.engagement.state import DISCLOSABLE
from projections.queries.disclosable import DisclosableContent, Facet
from projections.queries.oversight import corrections
from projections.queries.queries import BitemporalPoint, Queries
from projections.tables.schema import coverage, engagement_facts, order_facts

Key = tuple[str, str, str]
"""Engagement, facet, and number of the service order where it is one."""


class UndisclosedFacet(NamedTuple):
    """A facet or a service order that no document has covered; for how many days by now, if the day is known."""

    engagement: str
    title: str
    facet: str
    number: str
    since: str
    days: int | None
    entries: tuple[int, ...] = ()


class ChangedFacet(NamedTuple):
    """A facet that no longer says what the last document that covered it showed.

    `entries` are all that were read to compare the engagement: those of the disclosures, those behind what was said
    then, some of which may be voided by now, and those behind what is said now.
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
    """When something was first disclosed: the days from its effective date, if that is known.

    `happened` is the entry that recorded when it happened, `covered` the one that recorded the disclosure.
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
    covered: int


class CoverageIndex:
    """What documents covered, read once: the documents of each facet and service order, in order of publication."""

    def __init__(self, queries: Queries) -> None:
        """Read it as of the queries."""
        self._documents = queries.disclosures()
        self.rows: dict[Key, list[Any]] = {}
        for row in queries.coverage():
            self.rows.setdefault((row.engagement, row.facet, row.number), []).append(row)

    def __contains__(self, key: Key) -> bool:
        """Return whether a document covered a facet or a service order."""
        return key in self.rows

    def first(self, key: Key) -> tuple[Any, int] | None:
        """Return the document that was published first, and the entry by which it covered; None if there is none."""
        known = [row for row in self.rows.get(key, ()) if row.document in self._documents]
        if not known:
            return None
        row = min(known, key=lambda row: str(self._documents[row.document].effective_on))
        return self._documents[row.document], row.entry

    def symbols(self, key: Key) -> list[str]:
        """Return the symbols of the documents, and of the corrections of documents, each once."""
        known = (row for row in self.rows.get(key, ()) if row.document in self._documents)
        return list(dict.fromkeys(str(row.correction or row.document) for row in known))


def undisclosed(queries: Queries, content: DisclosableContent | None = None) -> list[UndisclosedFacet]:
    """Return what no document has covered, longest first."""
    content = content or DisclosableContent(queries)
    covered = CoverageIndex(queries)
    found = [
        UndisclosedFacet(
            ref, thing.get("title") or "", one.facet, one.number, one.since, _days(one, queries.as_of.on), one.entries
        )
        for ref, thing in content.engagements.items()
        for one in content.facets(ref)
        if (ref, one.facet, one.number) not in covered
    ]
    return sorted(found, key=lambda one: (one.since, one.engagement, one.facet, one.number))


def waiting_facets(queries: Queries, statuses: dict[str, str]) -> set[Key]:
    """Return what no document has covered, and nothing more about it: the keys of what `undisclosed` returns."""
    found = queries.waiting_facets() | _withheld(queries)
    return {key for key in found if statuses.get(key[0]) in DISCLOSABLE}


def _withheld(queries: Queries) -> set[Key]:
    """Return the facets that sources do not disclose, and no document either."""
    ref, value, is_withheld = (
        engagement_facts.c.engagement,
        engagement_facts.c.value,
        engagement_facts.c.fact == "withheld",
    )
    withheld = {ref: json.loads(told) for ref, told in queries.facts(ref, value, where=[is_withheld])}
    if not withheld:
        return set()
    of = select(ref).where(is_withheld)
    there = [coverage.c.engagement.in_(of), coverage.c.facet.in_(["financials", "service-orders"])]
    covered = queries.distinct(coverage.c.engagement, coverage.c.facet, coverage.c.number, where=there)
    ordered = queries.distinct(order_facts.c.engagement, where=[order_facts.c.engagement.in_(of)])
    found = {(ref, "financials", "") for ref, told in withheld.items() if "financials" in told}
    orders = {(ref, "service-orders", "") for ref, told in withheld.items() if "service-orders" in told}
    return found - covered | {key for key in orders - covered if key[0] not in ordered}


def _days(facet: Facet, until: str) -> int | None:
    return days_between(facet.since, until) if facet.dated else None


class _LastDocument(NamedTuple):
    """The last document that told of something: its symbol, when, and what it showed."""

    document: str
    on: str
    as_of: BitemporalPoint
    entries: tuple[int, ...]


def _last_documents(queries: Queries) -> dict[Key, _LastDocument]:
    documents = queries.disclosures()
    corrected = {(row.document, row.correction): row for row in corrections(queries)}
    last: dict[Key, _LastDocument] = {}
    for key, rows in CoverageIndex(queries).rows.items():
        for row in rows:
            told: Any = corrected.get((row.document, row.correction)) if row.correction else documents.get(row.document)
            if told is not None:
                as_of = BitemporalPoint(told.as_of_on, told.as_of_position)
                symbol = row.correction or row.document
                last[key] = _LastDocument(symbol, told.effective_on, as_of, (row.entry, told.entry))
    return last


def changed_since(db: Connection, queries: Queries, content: DisclosableContent | None = None) -> list[ChangedFacet]:
    """Return what changed since it was last disclosed: the difference between two as-ofs."""
    content = content or DisclosableContent(queries)
    now: dict[str, _ContentThen] = {}
    earlier: dict[tuple[BitemporalPoint, str], _ContentThen] = {}
    contents: dict[BitemporalPoint, DisclosableContent] = {}
    read: dict[str, set[int]] = {}
    found = []
    for (ref, facet, number), shown in _last_documents(queries).items():
        if ref not in content.engagements or (facet == "service-orders" and not number):
            continue
        if shown.as_of not in contents:
            contents[shown.as_of] = DisclosableContent(Queries(db, shown.as_of))
        if ref not in now:
            now[ref] = _ContentThen(content, ref)
        if (shown.as_of, ref) not in earlier:
            earlier[(shown.as_of, ref)] = _ContentThen(contents[shown.as_of], ref)
        (before, was), (after, are) = earlier[(shown.as_of, ref)].says(facet, number), now[ref].says(facet, number)
        read.setdefault(ref, set()).update(shown.entries, was, are)
        if before != after:
            title = content.engagements[ref].get("title") or ""
            found.append(ChangedFacet(ref, title, facet, number, shown.document, shown.on, before, after))
    return sorted(one._replace(entries=tuple(sorted(read[one.engagement]))) for one in found)


class _ContentThen:
    """What there was to say of an engagement, and by which entries."""

    def __init__(self, content: DisclosableContent, ref: str) -> None:
        self.is_signed = ref in content.engagements
        found = content.facets(ref) if self.is_signed else ()
        self.facets = {(one.facet, one.number): one for one in found}
        self.named = content.named(ref) if self.is_signed else []

    def says(self, facet: str, number: str) -> tuple[str, list[int]]:
        if not self.is_signed:
            return "not signed", []
        held = self.facets.get((facet, number))
        if held is None:
            return "not recorded", [self.facets[("parties", "")].entries[0]]
        return held.says, [*held.entries, *(self.named if facet == "parties" else ())]


def first_disclosures(queries: Queries, content: DisclosableContent | None = None) -> list[FirstDisclosure]:
    """Return the first disclosure of each facet and service order, in order of publication."""
    content = content or DisclosableContent(queries)
    covered = CoverageIndex(queries)
    found = []
    for ref in content.engagements:
        for one in content.facets(ref):
            held = covered.first((ref, one.facet, one.number))
            if held is not None:
                document, entry = held
                on, days = document.effective_on, _days(one, document.effective_on)
                found.append(
                    FirstDisclosure(
                        ref, one.facet, one.number, document.document, document.body, one.since, on, days,
                        one.happened, entry,
                    )
                )  # fmt: skip
    return sorted(found, key=lambda one: (one.disclosed_on, one.document, one.engagement, one.facet, one.number))
