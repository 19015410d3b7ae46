"""What changed since a point of the log, by engagement: read from the log alone, each stream where it is shown.

What is kept of the whole log are the names of the streams that changed.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

from ledger.application.ledger import Ledger
from ledger.domain.engagement.state import Engagement
from ledger.domain.voiding import voided
from ledger.format.entry import read
from projections.history.changes import EntryChange, changes, is_later
from projections.history.mentioned import MentionedParties
from projections.history.party_names import mentioned_parties
from projections.history.related import Related, parties_in
from projections.history.since import Point, earliest

LEDGER = ("ledger", "rate", "guidelines", "controls")
"""Kinds of streams whose changes concern every engagement: settings, rates, guidelines and controls."""
KINDS = ("engagement", "party", *LEDGER)
NOTHING = Point(0)
"""The point that shows no change: of an engagement that did not exist on the day, none was shown."""
KEPT = 500
"""How many parties are kept with their changes: an engagement often shares its parties with the one before it."""


class LaterChange(NamedTuple):
    """A change that the point does not show; `voided_by` is the position of the entry that voided it.

    `party` is the reference of the party if the change is in the stream of a party, and empty otherwise.
    """

    change: EntryChange
    voided_by: int | None
    party: str


class EngagementChanges(NamedTuple):
    """The changes that concern an engagement since a point. An empty reference means that they concern all.

    `mentioned` are the parties that the streams of these changes mention.
    """

    engagement: str
    title: str
    unit: str | None
    since: Point
    changes: list[LaterChange]
    mentioned: frozenset[str]


class _StreamChanges(NamedTuple):
    """The changes of a stream: all of them, and by position what voided them."""

    changes: list[EntryChange]
    voided_by: dict[int | None, int]
    mentioned: frozenset[str]

    def after(self, since: Point, party: str = "") -> Iterator[LaterChange]:
        """Yield the changes that a point does not show."""
        for change in self.changes:
            voided_by = self.voided_by.get(change.position)
            if not since.shows(change, voided_by):
                yield LaterChange(change, voided_by, party)


class ChangesSince:
    """The changes up to position `last` that the point `first` does not show, by engagement."""

    def __init__(
        self, ledger: Ledger, first: Point, last: int, later: Mapping[str, Point] | None = None, on: str | None = None
    ) -> None:
        """Read `ledger`; with `on`, only changes effective by that day.

        `later` maps engagements to points that replace `first`.
        """
        self.ledger = ledger
        self.first = first
        self.last = last
        self.later = later or {}
        self.on = on
        self.related = Related(ledger, last)
        self.mentioned = MentionedParties(ledger.store, self._is_mentioned)
        self._earliest = earliest([first, *self.later.values()])
        self._of_party = lru_cache(KEPT)(lambda ref: self._stream_changes(f"party/{ref}"))
        self._has_read = False
        """Whether the log was read for the names of the streams that changed."""
        self._taking_part: set[str] = set()
        """Parties that take part in the engagements that were looked at."""
        self._has_all = False
        """Whether all engagements were looked at."""
        self.more = 0
        """How many engagements with changes `groups` left out."""

    # The streams that changed.

    @cached_property
    def _changed(self) -> dict[str, int]:
        """Streams with an entry that the earliest point does not show, each with the position of its last one.

        The position is 0 if the stream has no entry that was recorded after the point.
        """
        streams: dict[str, int] = {}
        point, last_positions = self._earliest, self.ledger.store.last_positions
        if point.on is not None and (last := min(point.position, self.last)):
            # What was recorded by the point and is effective only after its day.
            streams.update((stream, 0) for stream, _ in last_positions(1, last, point.on))
        if point.position < self.last:
            streams.update(last_positions(point.position + 1, self.last))
        self._has_read = True
        return {stream: at for stream, at in streams.items() if stream.partition("/")[0] in KINDS}

    def _has_changed(self, stream: str) -> bool:
        if self._has_read:
            return stream in self._changed
        point = self._earliest
        return stream.partition("/")[0] in KINDS and any(
            position > point.position or (point.on is not None and read(data).effective_on > point.on)
            for position, data in self.ledger.store.stream(stream, self.last)
        )

    def _of_kind(self, *kinds: str) -> Iterator[tuple[str, str]]:
        for stream in self._changed:
            kind, _, ref = stream.partition("/")
            if kind in kinds:
                yield stream, ref

    @cached_property
    def engagements(self) -> list[str]:
        """The engagements that may have changed, or of which a party may have, in order."""
        refs = {ref for _, ref in self._of_kind("engagement")}
        if self._earliest.position:  # or else every engagement has a change of its own
            for _, party in self._of_kind("party"):
                refs.update(*(self.related.engagements(record) for record in self._concerned(party)))
        return sorted(refs)

    def _concerned(self, party: str) -> set[str]:
        """Return the parties that any entry of a party concerns."""
        facts = self.ledger.facts(f"party/{party}", self.last)
        parties = {party, *mentioned_parties(fact.event for fact in facts)}
        return {record for each in parties for record in self.related.records(each)}

    def _is_mentioned(self, party: str) -> bool:
        """Return whether a stream that changed mentions a party."""
        for at in self.ledger.store.referrers(f"party/{party}"):
            if at <= self.last:
                entry = self.ledger.entry(at)
                is_read = self.on is None or not is_later(entry, self.on, ())
                if is_read and self._has_changed(entry.stream):
                    return True
        return False

    # Groups.

    def groups(
        self, is_wanted: Callable[[str], bool] | None = None, after: str = "", limit: int | None = None
    ) -> Iterator[EngagementChanges]:
        """Yield the changes of each engagement in order, and then those of settings, rates, guidelines and controls.

        Only engagements after `after` that `is_wanted` accepts, without those if it is given, and at most
        `limit`: then `more` says how many follow, and only if none does come those.
        """
        refs = self.engagements[bisect_right(self.engagements, after) :]
        shown = 0
        for number, ref in enumerate(refs):
            if shown == limit:
                self.more = self._count(refs[number:], is_wanted)
                break
            if (is_wanted is None or is_wanted(ref)) and (group := self.group(ref)) is not None:
                yield group
                shown += 1
        else:
            self._has_all = is_wanted is None and not after
        if is_wanted is None and not self.more and (settings := self.settings()) is not None:
            yield settings

    def group(self, ref: str, *, described: bool = True) -> EngagementChanges | None:
        """Return the changes that concern an engagement: its own, and those of parties that take part in it.

        None if there are none. If they are not to be `described`, its own have no differences.
        """
        state, since = self.related.engagement(ref), self.later.get(ref, self.first)
        parties = parties_in(state)
        self._taking_part |= parties
        if not _existed(state, self.on):
            return None
        own = self._stream_changes(f"engagement/{ref}", described=described)
        later = [*own.after(since if _existed(state, since.on) else NOTHING)]
        mentioned = set(own.mentioned) if later else set()
        for party in self._parties_of(parties):
            of_party = self._of_party(party)
            of_these = [each for each in of_party.after(since, party) if not parties.isdisjoint(self._of(each))]
            if of_these:
                later += of_these
                mentioned |= of_party.mentioned
        if not later:
            return None
        later.sort(key=_position)
        title = str(state.get("title") or "")
        return EngagementChanges(ref, title, state.get("unit"), since, later, frozenset(mentioned))

    def _parties_of(self, parties: Iterable[str]) -> set[str]:
        """Return the parties of whose changes some may concern `parties`, as far as they changed."""
        counted = {each for party in parties for each in self.related.counted_as(party)}
        streams = {f"party/{party}" for party in counted}.union(*map(self.related.streams, counted))
        refs = (stream.partition("/")[2] for stream in streams if stream.startswith("party/"))
        return {ref for ref in refs if not self._has_read or f"party/{ref}" in self._changed}

    def _of(self, later: LaterChange) -> set[str]:
        """Return the parties that a change of a party concerns, with those that were merged into them."""
        voids = later.change.voids
        event = (self.ledger.entry(voids) if voids else later.change.entry).event
        parties = {later.party, *mentioned_parties([event])}
        return {record for party in parties for record in self.related.records(party)}

    def _stream_changes(self, stream: str, *, described: bool = True) -> _StreamChanges:
        every = list(changes(self.ledger, stream, self.last, self.on, described=described))
        voided_versions = voided([change.entry.fact for change in every])
        voided_by = {change.voids: change.position for change in every if change.entry.version not in voided_versions}
        return _StreamChanges(every, voided_by, frozenset(mentioned_parties(change.entry.event for change in every)))

    def settings(self) -> EngagementChanges | None:
        """Return the changes of settings, rates, guidelines and controls, which concern every engagement."""
        streams = [self._stream_changes(stream) for stream, _ in self._of_kind(*LEDGER)]
        later = sorted((each for of_stream in streams for each in of_stream.after(self.first)), key=_position)
        return EngagementChanges("", "", None, self.first, later, frozenset()) if later else None

    # Counts of what is not shown.

    def unit(self, ref: str) -> str | None:
        """Return the unit of an engagement."""
        unit: str | None = self.related.engagement(ref).get("unit")
        return unit

    def _count(self, refs: Iterable[str], is_wanted: Callable[[str], bool] | None) -> int:
        """Return how many of these engagements have changes, without reading those that certainly have."""
        wanted = filter(is_wanted, refs) if is_wanted else refs
        return sum(1 for ref in wanted if self._is_certain(ref) or self.group(ref, described=False) is not None)

    def _is_certain(self, ref: str) -> bool:
        # With `on`, its last entries may be effective later.
        return self.on is None and self._changed.get(f"engagement/{ref}", 0) > self.later.get(ref, self.first).position

    def elsewhere(self) -> int:
        """Return the number of changes of parties that concern no engagement."""
        takes_part = lru_cache(KEPT)(self._takes_part)
        return sum(
            not any(map(takes_part, self._of(later)))
            for _, party in self._of_kind("party")
            if not takes_part(party)
            for later in self._of_party(party).after(self.first, party)
        )

    def _takes_part(self, party: str) -> bool:
        # The engagements of all parties that changes concern are among those that were looked at.
        return party in self._taking_part or (not self._has_all and self.related.takes_part(party))


def _existed(state: Engagement, on: str | None) -> bool:
    """Return whether an engagement existed on a day, if one is given: its first step is not later."""
    return on is None or not state.life or state.life[0].on <= on


def _position(later: LaterChange) -> int:
    return later.change.position
