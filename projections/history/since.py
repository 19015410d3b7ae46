"""What changed since a point of the log, by engagement: read from the log alone, from the streams with new entries."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ledger.application.ledger import Ledger
from ledger.application.party_lookup import records_of
from ledger.domain.disclosure.disclosure import Covered, DisclosureCorrected, DisclosureCovered, DisclosurePublished
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import LedgerError, did_you_mean
from ledger.domain.kernel import Fact, State
from ledger.domain.registry import new_state
from ledger.domain.voiding import fold, unvoided, voided
from ledger.format.entry import read
from ledger.format.name_keys import near_names
from projections.history.changes import EntryChange, changes, is_later
from projections.history.party_names import mentioned_parties

LEDGER = ("ledger", "rate")
"""Kinds of streams whose changes concern every engagement: settings and rates."""


class NothingDisclosed(LedgerError):
    """No disclosure to the body, or to any body, is recorded yet."""

    code = "nothing-disclosed"

    def __init__(self, body: str | None) -> None:
        """Refuse `body`, or any body if it is None."""
        to = f" to {body}" if body else ""
        super().__init__(f"No disclosure{to} is recorded.", "--since 0 shows every change.")


class UnknownDocument(LedgerError):
    """The text is not a position, a moment or the symbol of a published document."""

    code = "unknown-document"

    def __init__(self, text: str, near: Iterable[str]) -> None:
        """Refuse `text`, suggesting the symbols that are `near` it."""
        hint = did_you_mean(near) or "See 'ledger disclosure list'."
        super().__init__(f"'{text}' is neither a position, nor a moment, nor a published document.", hint)


class Point(NamedTuple):
    """The part of the log that a reader was shown: up to a position, and effective by a day if one is given."""

    position: int
    on: str | None = None

    def shows(self, change: EntryChange, voided_by: int | None = None) -> bool:
        """Return whether the reader was shown an entry, or its void, in full."""
        if change.position > self.position:
            return False
        is_settled = change.voids is not None or (voided_by is not None and voided_by <= self.position)
        return self.on is None or is_settled or not is_later(change.entry, self.on, ())


class ShownDocument(NamedTuple):
    """A published document and the point `at` that it shows; `later` points replace it for corrected engagements.

    An engagement has a later point once corrections cover everything that the document had covered of it.
    """

    document: str
    body: str
    published_on: str
    at: Point
    corrections: tuple[str, ...] = ()
    later: Mapping[str, Point] = MappingProxyType({})
    corrected: Mapping[str, Mapping[str, Point]] = MappingProxyType({})
    """For each correction, the engagements that it covers, and the point that it shows."""
    since: str = ""
    """The correction from which changes are counted, if one was named."""

    def since_correction(self, symbol: str) -> "ShownDocument":
        """Return the document with the points of a correction for all engagements that it covers, even in part."""
        return self._replace(later={**self.later, **self.corrected[symbol]}, since=symbol)


def shown_documents(ledger: Ledger, known_at: int) -> list[ShownDocument]:
    """Return the published documents in order of publication, as known at a position."""
    published = []
    for stream in list(ledger.store.streams("disclosure")):
        document = _shown_document(unvoided(ledger.facts(stream, known_at)))
        if document is not None:
            published.append((document.published_on, ledger.position(stream, 1), document))
    return [document for *_, document in sorted(published, key=lambda item: item[:2])]


def _shown_document(facts: list[Fact]) -> ShownDocument | None:
    document: ShownDocument | None = None
    points: dict[str, dict[Covered, Point]] = {}
    for fact in sorted(facts, key=lambda fact: (fact.effective_on, fact.version)):
        event = fact.event
        if isinstance(event, DisclosurePublished):
            at = Point(event.as_of.position, event.as_of.on)
            document = ShownDocument(event.document, event.body, fact.effective_on, at)
        elif document is not None and isinstance(event, (DisclosureCovered, DisclosureCorrected)):
            at = document.at
            if isinstance(event, DisclosureCorrected):
                at = Point(event.as_of.position, event.as_of.on)
                points_of = {covered.engagement: at for covered in event.engagements}
                corrected = {**document.corrected.get(event.correction, {}), **points_of}
                names = tuple(dict.fromkeys((*document.corrections, event.correction)))
                document = document._replace(
                    corrections=names, corrected={**document.corrected, event.correction: corrected}
                )
            for covered in event.engagements:
                points.setdefault(covered.engagement, {}).update(dict.fromkeys(covered.items(), at))
    return document and document._replace(
        later={ref: _earliest(of_facets.values()) for ref, of_facets in points.items() if of_facets}
    )


def _earliest(points: Iterable[Point]) -> Point:
    """Return the point that shows what all of these points show."""
    every = list(points)
    days = [point.on for point in every if point.on is not None]
    return Point(min(point.position for point in every), min(days, default=None))


def last_document(ledger: Ledger, known_at: int, body: str | None = None) -> ShownDocument:
    """Return the last document that was published, to a body or to any. Raises NothingDisclosed."""
    documents = [document for document in shown_documents(ledger, known_at) if body is None or document.body == body]
    if not documents:
        raise NothingDisclosed(body)
    return documents[-1]


def find_document(ledger: Ledger, known_at: int, symbol: str) -> ShownDocument | None:
    """Return the document with this symbol, or with a correction that has it; None if there is none.

    Of a correction the engagements that it covers have the point that it shows.
    """
    for document in shown_documents(ledger, known_at):
        if symbol == document.document:
            return document
        if symbol in document.corrections:
            return document.since_correction(symbol)
    return None


def no_document(ledger: Ledger, known_at: int, symbol: str) -> UnknownDocument:
    """Return the error for a symbol that no document has."""
    documents = shown_documents(ledger, known_at)
    symbols = [text for document in documents for text in (document.document, *document.corrections)]
    return UnknownDocument(symbol, near_names(symbol, symbols, least=75))


class LaterChange(NamedTuple):
    """A change that the point does not show; `voided_by` is the position of the entry that voided it.

    `party` is the reference of the party if the change is in the stream of a party, and empty otherwise.
    """

    change: EntryChange
    voided_by: int | None
    party: str


class EngagementChanges(NamedTuple):
    """The changes that concern an engagement since a point. An empty reference means that they concern all."""

    engagement: str
    title: str
    unit: str | None
    since: Point
    changes: list[LaterChange]


class ChangesSince:
    """The changes up to position `last` that the point `first` does not show, by engagement."""

    def __init__(
        self, ledger: Ledger, first: Point, last: int, later: Mapping[str, Point] | None = None, on: str | None = None
    ) -> None:
        """Read the log after `first` and the streams of its entries; with `on`, only changes effective by that day.

        `later` maps engagements to points that replace `first`.
        """
        self.ledger = ledger
        self.last = last
        self.first = first
        self.later = later or {}
        self.mentioned: set[str] = set()
        self.elsewhere = 0
        """The number of changes of parties that concern no engagement."""
        self._states: dict[str, Engagement] = {}
        self._concerned: dict[str, set[str]] = {}
        by_engagement: dict[str, list[LaterChange]] = {}
        earliest = _earliest([first, *self.later.values()])
        for stream in self._changed_streams(earliest):
            for later_change in self._later_changes(stream, earliest, on):
                change, voided_by, _ = later_change
                targets = self._targets(stream, later_change)
                self.elsewhere += not targets and not first.shows(change, voided_by)
                for target in targets:
                    if not self._since(target).shows(change, voided_by):
                        by_engagement.setdefault(target, []).append(later_change)
        refs = sorted(by_engagement, key=lambda ref: (not ref, ref))
        self.groups = [self._group(ref, by_engagement[ref]) for ref in refs]

    def _since(self, engagement: str) -> Point:
        return self.later.get(engagement, self.first)

    def _changed_streams(self, first: Point) -> list[str]:
        entries = self.ledger.store.entries(first.position + 1, self.last) if first.position < self.last else ()
        streams = dict.fromkeys([*self._effective_later(first), *(read(data).stream for _, data in entries)])
        return [stream for stream in streams if stream.partition("/")[0] in ("engagement", "party", *LEDGER)]

    def _effective_later(self, first: Point) -> Iterator[str]:
        """Yield the streams of entries that were recorded by the point and are effective only after its day."""
        if first.on is not None and (last := min(first.position, self.last)):
            yield from (row.stream for row in self.ledger.store.rows(1, last) if row.effective_on > first.on)

    def _later_changes(self, stream: str, first: Point, on: str | None) -> Iterator[LaterChange]:
        every = list(changes(self.ledger, stream, self.last, on))
        voided_versions = voided([change.entry.fact for change in every])
        voided_by = {change.voids: change.position for change in every if change.entry.version not in voided_versions}
        kind, _, ref = stream.partition("/")
        self.mentioned |= mentioned_parties(change.entry.event for change in every)
        for change in every:
            if not first.shows(change, voided_by.get(change.position)):
                yield LaterChange(change, voided_by.get(change.position), ref if kind == "party" else "")

    def _targets(self, stream: str, later: LaterChange) -> list[str]:
        """Return the references of the engagements that a change concerns; an empty reference means all."""
        if not later.party:
            return [stream.partition("/")[2]] if stream.startswith("engagement/") else [""]
        voids = later.change.voids
        event = (self.ledger.entry(voids) if voids else later.change.entry).event
        parties = {record for party in {later.party, *mentioned_parties([event])} for record in self._records(party)}
        return sorted({ref for party in parties for ref in self._engagements(party)})

    def _records(self, party: str) -> Iterable[str]:
        """Return a party and those that were merged into it, as known at position `last`."""

        def state_of(stream: str) -> State:
            return fold(new_state(stream), self.ledger.facts(stream, self.last))

        return records_of(party, self.ledger.store, state_of)

    def _engagements(self, party: str) -> set[str]:
        """Return the engagements that a party takes part in, as known at position `last`."""
        if party not in self._concerned:
            positions = [at for at in self.ledger.store.referrers(f"party/{party}") if at <= self.last]
            streams = {self.ledger.entry(at).stream for at in positions}
            refs = {stream.partition("/")[2] for stream in streams if stream.startswith("engagement/")}
            self._concerned[party] = {ref for ref in refs if party in self._parties(ref)}
        return self._concerned[party]

    def _state(self, ref: str) -> Engagement:
        if ref not in self._states:
            state = fold(new_state(f"engagement/{ref}"), self.ledger.facts(f"engagement/{ref}", self.last))
            assert isinstance(state, Engagement)
            self._states[ref] = state
        return self._states[ref]

    def _parties(self, ref: str) -> set[str]:
        state = self._state(ref)
        payers = {payer for payer, _ in state.balances.contributions} | {
            gift.by for gift in state.balances.in_kind.values()
        }
        vendors = {order.vendor for order in state.balances.orders.values()}
        return {role.party for role in state.roles()} | payers | vendors

    def _group(self, ref: str, later: list[LaterChange]) -> EngagementChanges:
        later.sort(key=lambda item: item.change.position)
        if not ref:
            return EngagementChanges("", "", None, self.first, later)
        state = self._state(ref)
        return EngagementChanges(ref, str(state.get("title") or ""), state.get("unit"), self._since(ref), later)
