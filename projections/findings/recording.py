"""How entries were recorded, which the log alone says: by whom, on which day, by an import or not, and what was voided.

One reading of the log keeps a few numbers of every entry.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import msgspec

from ledger.application.ledger import Ledger
from ledger.domain.dates import days_between
from ledger.domain.engagement.money.acceptances import DeliverableAccepted
from ledger.domain.engagement.money.payments import PaymentMade
from ledger.domain.money import Money
from ledger.domain.voiding import EntryVoided
from ledger.stores.selection import LAST, Wanted
from projections.compliance.records import Held
from projections.findings.threshold import Threshold
from projections.history.checked import selected
from projections.queries.bitemporal import Queries
from projections.tables import named as schema


class _Event(msgspec.Struct, tag_field=None, gc=False):
    type: str
    version: int = 0


class _Envelope(msgspec.Struct, gc=False):
    """The members of an entry that are read here; all others are passed over."""

    stream: str
    version: int
    recorded_at: str
    effective_on: str
    actor: str
    part: tuple[int, int]
    event: _Event
    source: Any = None


class Stated(NamedTuple):
    """An entry of an engagement: its position, the day it is dated, and the day it was recorded."""

    position: int
    on: str
    recorded_on: str

    @property
    def days(self) -> int:
        """After how many days it was recorded."""
        return days_between(self.on, self.recorded_on)


class VoidedMoney(NamedTuple):
    """A payment or acceptance that was voided, with the void in force and the days of recording."""

    engagement: str
    what: str
    amount: Money
    on: str
    position: int
    recorded_on: str
    void: int
    voided_on: str


_ordinal = lru_cache(maxsize=4096)(lambda day: date.fromisoformat(day).toordinal())
_MONEY = (PaymentMade.tag(), DeliverableAccepted.tag())


class Recording:
    """How the entries up to a position were recorded."""

    def __init__(self, ledger: Ledger, known_at: int, on: str, *, late_days: int, documents: Mapping[int, str]) -> None:
        """Read the log up to a position. What is dated after `on` is not late.

        `documents` are the days that published documents show, by the positions that they show. Raises Damaged.
        """
        self._ledger, self._on, self._late_days = ledger, on, late_days
        self._shown = _Shown(documents)
        self._actors: dict[str, int] = {}
        # Of every entry, by position: by whom, on which day, by an import or not, and whether it may be voided money.
        self._actor_of, self._days = array("I", [0]), array("I", [0])
        self._imported, self._is_money = bytearray(1), bytearray(1)
        self._late: dict[str, array[int]] = {}
        self._after: dict[str, array[int]] = {}
        self._voids: list[tuple[str, int, int, int]] = []
        self._corrected: list[tuple[int, int]] = []
        self._read(known_at)
        self._names = list(self._actors)
        self._voided = self._in_force()
        self._gone = {self._ledger.position(*key) for key in self._voided}

    def actor(self, position: int) -> str:
        """Return who recorded an entry; empty if an import did."""
        return "" if self._imported[position] else self._names[self._actor_of[position]]

    def late(self) -> Iterator[tuple[str, list[Stated]]]:
        """Yield, by engagement, the entries recorded more than `late_days` after their day and not by a correction."""
        return self._stated(self._late, self._is_corrected)

    def after_documents(self) -> Iterator[tuple[str, list[Stated]]]:
        """Yield, by engagement, the entries that a document would have shown, had they been recorded in time."""
        return self._stated(self._after, lambda _: False)

    def voided_money(self, days: int) -> Iterator[VoidedMoney]:
        """Yield the payments and acceptances that were voided more than `days` after they were recorded."""
        for (stream, version), void in self._voided.items():
            position = self._ledger.position(stream, version)
            if not self._is_money[position] or self._days[void] - self._days[position] <= days:
                continue
            entry = self._ledger.entry(position)
            if entry.effective_on > self._on:
                continue
            event = entry.event
            assert isinstance(event, (PaymentMade, DeliverableAccepted))
            what = f"payment {event.payment}" if isinstance(event, PaymentMade) else f"acceptance {event.acceptance}"
            ref = stream.partition("/")[2]
            recorded_on, voided_on = self._day(position), self._day(void)
            yield VoidedMoney(ref, what, event.amount, entry.effective_on, position, recorded_on, void, voided_on)

    def has_money(self) -> bool:
        """Return whether a payment or acceptance was recorded, even if it was voided."""
        return any(self._is_money)

    def _read(self, known_at: int) -> None:
        decoder = msgspec.json.Decoder(_Envelope)
        for row in selected(self._ledger.store, Wanted(last=known_at)):
            entry = decoder.decode(row.data)
            self._actor_of.append(self._actors.setdefault(entry.actor, len(self._actors)))
            self._imported.append(entry.source is not None)
            self._is_money.append(entry.event.type in _MONEY)
            self._days.append(_ordinal(entry.recorded_at[:10]))
            if entry.event.type == EntryVoided.tag():
                self._voids.append((entry.stream, entry.event.version, entry.version, row.position))
                first = row.position - entry.part[0] + 1
                self._corrected.append((first, first + entry.part[1] - 1))
            elif entry.effective_on <= self._on and entry.stream.startswith("engagement/"):
                self._note(entry, row.position)

    def _note(self, entry: _Envelope, position: int) -> None:
        day = _ordinal(entry.effective_on)
        if entry.source is None and self._days[position] - day > self._late_days:
            self._late.setdefault(entry.stream, array("I")).extend((position, day))
        if self._shown.by(position) >= entry.effective_on:
            self._after.setdefault(entry.stream, array("I")).extend((position, day))

    def _in_force(self) -> dict[tuple[str, int], int]:
        """Return the voids in force by stream and version of what they take back: the later void decides."""
        taken_back: set[tuple[str, int]] = set()
        voided: dict[tuple[str, int], int] = {}
        for stream, target, version, position in reversed(self._voids):
            if (stream, version) not in taken_back:
                taken_back.add((stream, target))
                voided[stream, target] = position
        return voided

    def _stated(
        self, pairs_of: dict[str, "array[int]"], is_left_out: Callable[[int], bool]
    ) -> Iterator[tuple[str, list[Stated]]]:
        for stream, pairs in sorted(pairs_of.items()):
            entries = [
                Stated(position, date.fromordinal(day).isoformat(), self._day(position))
                for position, day in zip(pairs[::2], pairs[1::2], strict=True)
                if position not in self._gone and not is_left_out(position)
            ]
            if entries:
                yield stream.partition("/")[2], entries

    def _is_corrected(self, position: int) -> bool:
        place = bisect_right(self._corrected, (position, LAST))
        return place > 0 and position <= self._corrected[place - 1][1]

    def _day(self, position: int) -> str:
        return date.fromordinal(self._days[position]).isoformat()


class _Shown:
    """The latest day that is shown by the documents which show less than a position."""

    def __init__(self, documents: Mapping[int, str]) -> None:
        self._positions = sorted(documents)
        self._days: list[str] = []
        for position in self._positions:
            self._days.append(max(documents[position], self._days[-1] if self._days else ""))

    def by(self, position: int) -> str:
        place = bisect_left(self._positions, position)
        return self._days[place - 1] if place else ""


class Receipts:
    """Since when receipts are recorded: by unit the day of the first. Engagements without a unit count as one unit."""

    def __init__(self, queries: Queries) -> None:
        """Read receipts and units."""
        facts = schema.engagement_facts
        units = dict(map(tuple, queries.facts(facts.c.engagement, facts.c.value, where=[facts.c.fact == "unit"])))
        self._first: dict[str, str] = {}
        for engagement, _, _, _, _, on, _ in queries.movements("received"):
            unit = units.get(engagement, "")
            self._first[unit] = min(self._first.get(unit, on), on)

    def recorded_by(self, unit: Held | None, day: str) -> bool:
        """Return whether a unit, or engagements without one, had a receipt by a day."""
        first = self._first.get("" if unit is None else unit.value)
        return first is not None and first <= day


class Sources:
    """What the controls share: the threshold, and how entries were recorded, which is read when it is asked for."""

    def __init__(self, queries: Queries, ledger: Ledger, late_days: int) -> None:
        """Read by queries, and the log up to their position."""
        self.threshold = Threshold(queries)
        self._queries, self._ledger, self._late_days = queries, ledger, late_days

    @cached_property
    def receipts(self) -> Receipts:
        """Since when receipts are recorded."""
        return Receipts(self._queries)

    @cached_property
    def recording(self) -> Recording:
        """How the entries were recorded."""
        shown = {row.as_of_position: row.as_of_on for row in self._queries.disclosures().values()}
        as_of = self._queries.as_of
        return Recording(self._ledger, as_of.known_at, as_of.on, late_days=self._late_days, documents=shown)
