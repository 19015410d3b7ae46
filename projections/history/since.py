"""Points of the log from which changes are counted, and the published documents that show them."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ledger.application.ledger import Ledger
from ledger.domain.disclosure.disclosure import Covered, DisclosureCorrected, DisclosureCovered, DisclosurePublished
from ledger.domain.errors import LedgerError, did_you_mean
from ledger.domain.kernel import Fact
from ledger.domain.voiding import unvoided
from ledger.format.name_keys import near_names
from projections.history.changes import EntryChange, is_later


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
        later={ref: earliest(of_facets.values()) for ref, of_facets in points.items() if of_facets}
    )


def earliest(points: Iterable[Point]) -> Point:
    """Return the point that shows what all of these points show."""
    every = list(points)
    days = [point.on for point in every if point.on is not None]
    return Point(min(point.position for point in every), min(days, default=None))


def last_document(ledger: Ledger, known_at: int, body: str | None = None) -> ShownDocument:
    """Return the last document that was published, to a body or to any. Raises NothingDisclosed."""
    last: tuple[str, int] = ("", 0)
    found: list[Fact] = []
    for stream in list(ledger.store.streams("disclosure")):
        facts = unvoided(ledger.facts(stream, known_at))
        published = [fact for fact in facts if isinstance(fact.event, DisclosurePublished)]
        latest = max(published, key=lambda fact: (fact.effective_on, fact.version), default=None)
        if latest is None or body not in (None, getattr(latest.event, "body", None)):
            continue
        if latest.effective_on >= last[0] and (at := (latest.effective_on, ledger.position(stream, 1))) > last:
            last, found = at, facts
    # What a document covered is read of the last one alone.
    document = _shown_document(found)
    if document is None:
        raise NothingDisclosed(body)
    return document


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
