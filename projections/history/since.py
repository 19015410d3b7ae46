"""What changed since a point of the log, by engagement: needs the log only, and reads the streams it touched."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ledger.application.ledger import Ledger
from ledger.domain.disclosure.disclosure import DisclosureCorrected, DisclosureCovered, DisclosurePublished
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import LedgerError, did_you_mean
from ledger.domain.kernel import Fact
from ledger.domain.registry import new_state
from ledger.domain.voiding import fold, standing, voided
from ledger.format.entry import read
from ledger.format.name_keys import near_names
from projections.history.changes import EntryChange, changes, is_later
from projections.history.party_names import mentioned_parties

LEDGER = ("ledger", "rate")
"""Kinds of streams that concern every engagement: settings and rates."""


class NothingDisclosed(LedgerError):
    """No document has told the body, or any body, of anything yet."""

    code = "nothing-disclosed"

    def __init__(self, body: str | None) -> None:
        """Say it of `body`, or of all."""
        told = f"{body} was told" if body else "any body was told"
        super().__init__(f"No document is recorded by which {told} of engagements.", "--since 0 shows every change.")


class UnknownDocument(LedgerError):
    """A text is no position and no moment, and no published document has it as its symbol."""

    code = "unknown-document"

    def __init__(self, text: str, near: Iterable[str]) -> None:
        """Refuse `text`, suggesting the symbols that are `near` it."""
        hint = did_you_mean(near) or "See 'ledger disclosure list'."
        super().__init__(f"'{text}' is neither a position, nor a moment, nor a published document.", hint)


class Point(NamedTuple):
    """What a reader was shown: all that was recorded up to a position, perhaps only what was effective by a day."""

    position: int
    on: str | None = None

    def shows(self, change: EntryChange, voided_by: int | None = None) -> bool:
        """Return whether a reader knew then what there is to know of an entry: also that it was taken back by then."""
        if change.position > self.position:
            return False
        is_settled = change.voids is not None or (voided_by is not None and voided_by <= self.position)
        return self.on is None or is_settled or not is_later(change.entry, self.on, ())


class ShownDocument(NamedTuple):
    """What a document showed: `at` a point; of engagements that were corrected wholly, at a later one.

    A correction counts for an engagement once it, or several together, covered all that the document had covered of it.
    """

    document: str
    body: str
    published_on: str
    at: Point
    corrections: tuple[str, ...] = ()
    later: Mapping[str, Point] = MappingProxyType({})


def shown_documents(ledger: Ledger, known_at: int) -> list[ShownDocument]:
    """Return the documents that are published, the last to be published last, as known at a position."""
    found = []
    for stream in list(ledger.store.streams("disclosure")):
        one = _shown(standing(ledger.facts(stream, known_at)))
        if one is not None:
            found.append((one.published_on, ledger.position(stream, 1), one))
    return [one for *_, one in sorted(found, key=lambda held: held[:2])]


def _shown(facts: list[Fact]) -> ShownDocument | None:
    one: ShownDocument | None = None
    told: dict[str, dict[str, Point]] = {}
    for fact in sorted(facts, key=lambda fact: (fact.effective_on, fact.version)):
        event = fact.event
        if isinstance(event, DisclosurePublished):
            one = ShownDocument(
                event.document, event.body, fact.effective_on, Point(event.as_of.position, event.as_of.on)
            )
        elif one is not None and isinstance(event, (DisclosureCovered, DisclosureCorrected)):
            at = one.at
            if isinstance(event, DisclosureCorrected):
                at = Point(event.as_of.position, event.as_of.on)
                one = one._replace(corrections=(*one.corrections, event.correction))
            for covered in event.engagements:
                told.setdefault(covered.engagement, {}).update(dict.fromkeys(covered.told(), at))
    return one and one._replace(later={ref: _earliest(lines.values()) for ref, lines in told.items() if lines})


def _earliest(points: Iterable[Point]) -> Point:
    """Return the point that shows only what each of them shows."""
    found = list(points)
    days = [point.on for point in found if point.on is not None]
    return Point(min(point.position for point in found), min(days, default=None))


def last_document(ledger: Ledger, known_at: int, body: str | None = None) -> ShownDocument:
    """Return what was shown last, to a body or to any. Raises NothingDisclosed."""
    found = [one for one in shown_documents(ledger, known_at) if body is None or one.body == body]
    if not found:
        raise NothingDisclosed(body)
    return found[-1]


def find_document(ledger: Ledger, known_at: int, symbol: str) -> ShownDocument | None:
    """Return what the document with this symbol showed, which may be a correction; None if there is none."""
    found = shown_documents(ledger, known_at)
    return next((one for one in found if symbol in (one.document, *one.corrections)), None)


def no_document(ledger: Ledger, known_at: int, symbol: str) -> UnknownDocument:
    """Return the refusal of a symbol that no document has."""
    symbols = [text for one in shown_documents(ledger, known_at) for text in (one.document, *one.corrections)]
    return UnknownDocument(symbol, near_names(symbol, symbols, least=75))


class LaterChange(NamedTuple):
    """A change that was recorded after a position; `voided_by` is the position of the entry that took it back.

    `party` is the party that it is recorded of, where it is not the engagement itself.
    """

    change: EntryChange
    voided_by: int | None
    party: str


class EngagementChanges(NamedTuple):
    """An engagement with the changes that concern it, since a point; without a reference, they concern all."""

    engagement: str
    title: str
    unit: str | None
    since: Point
    changes: list[LaterChange]


class ChangesSince:
    """What was recorded up to position `last` and not shown at the point `first`, by engagement."""

    def __init__(
        self, ledger: Ledger, first: Point, last: int, later: Mapping[str, Point] | None = None, on: str | None = None
    ) -> None:
        """Read the log from there on, and the streams that it touches; perhaps only what is effective by a day.

        Of the engagements in `later`, only what the point that stands there does not show.
        """
        self.ledger = ledger
        self.last = last
        self.first = first
        self.later = later or {}
        self.mentioned: set[str] = set()
        self.elsewhere = 0
        """How many changes of parties concern no engagement."""
        self._states: dict[str, Engagement] = {}
        self._concerned: dict[str, set[str]] = {}
        found: dict[str, list[LaterChange]] = {}
        earliest = _earliest([first, *self.later.values()])
        for stream in self._touched(earliest):
            for one in self._later(stream, earliest, on):
                targets = self._targets(stream, one)
                self.elsewhere += not targets and not first.shows(one.change, one.voided_by)
                for target in targets:
                    if not self._since(target).shows(one.change, one.voided_by):
                        found.setdefault(target, []).append(one)
        self.groups = [self._group(ref, found[ref]) for ref in sorted(found, key=lambda ref: (not ref, ref))]

    def _since(self, engagement: str) -> Point:
        return self.later.get(engagement, self.first)

    def _touched(self, first: Point) -> list[str]:
        entries = self.ledger.store.entries(first.position + 1, self.last) if first.position < self.last else ()
        streams = dict.fromkeys([*self._ahead(first), *(read(data).stream for _, data in entries)])
        return [stream for stream in streams if stream.partition("/")[0] in ("engagement", "party", *LEDGER)]

    def _ahead(self, first: Point) -> Iterator[str]:
        """Yield the streams of what was recorded by then, and effective only on a later day."""
        if first.on is not None and (last := min(first.position, self.last)):
            yield from (row.stream for row in self.ledger.store.rows(1, last) if row.effective_on > first.on)

    def _later(self, stream: str, first: Point, on: str | None) -> Iterator[LaterChange]:
        every = list(changes(self.ledger, stream, self.last, on))
        gone = voided([change.entry.fact for change in every])
        by = {change.voids: change.position for change in every if change.entry.version not in gone}
        kind, _, ref = stream.partition("/")
        self.mentioned |= mentioned_parties(change.entry.event for change in every)
        for change in every:
            if not first.shows(change, by.get(change.position)):
                yield LaterChange(change, by.get(change.position), ref if kind == "party" else "")

    def _targets(self, stream: str, one: LaterChange) -> list[str]:
        """Return the engagements that a change concerns: the empty text stands for all."""
        if not one.party:
            return [stream.partition("/")[2]] if stream.startswith("engagement/") else [""]
        voids = one.change.voids
        event = (self.ledger.entry(voids) if voids else one.change.entry).event
        return sorted({ref for party in {one.party, *mentioned_parties([event])} for ref in self._engagements(party)})

    def _engagements(self, party: str) -> set[str]:
        """Return the engagements that a party has a part in, as known at the end."""
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
        payers = {payer for payer, _ in state.balances.pots} | {gift.by for gift in state.balances.gifts.values()}
        vendors = {order.vendor for order in state.balances.orders.values()}
        return {role.party for role in state.roles()} | payers | vendors

    def _group(self, ref: str, later: list[LaterChange]) -> EngagementChanges:
        later.sort(key=lambda one: one.change.position)
        if not ref:
            return EngagementChanges("", "", None, self.first, later)
        state = self._state(ref)
        return EngagementChanges(ref, str(state.get("title") or ""), state.get("unit"), self._since(ref), later)
