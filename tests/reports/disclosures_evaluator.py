"""An evaluator of the disclosures report: from raw entries to a figure, by JSON and dates alone.

It must compute the figure from the entries that the figure cites, and from the whole log.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from statistics import median
from typing import Any, NamedTuple

from tests.reports.council_fold import MONEY, SIGNED, Entry, Folded, standing

GIVEN = ("contribution.committed", "contribution.received", "contribution.refunded", "contribution.valued")
DURATION = ("starts_on", "ends_on")


class DatedEvent(NamedTuple):
    """An event with its day, its position, and the day on which it was recorded."""

    on: str
    position: int
    recorded_on: str
    event: Entry


class Shown(NamedTuple):
    """A facet or order that a document, or its correction, lists, and that stood at the as-of of that."""

    document: str
    correction: str
    on: str
    key: tuple[str, str, str]


class Item(NamedTuple):
    """A facet, or a service order with its number, and its days to disclosure."""

    ref: str
    facet: str
    number: str
    since: str | None
    recorded_on: str
    days: int | None
    lag: int
    document: str | None
    disclosed_on: str | None

    @property
    def waited(self) -> int | None:
        """The days that count: None if it happened after its disclosure."""
        ahead = self.document is not None and self.days is not None and self.days < 0
        return None if ahead else self.days


class Evaluator:
    """Evaluates figures of the disclosures report from some or all entries of the log."""

    def __init__(self, entries: Mapping[int, Entry], on: str, known_at: int) -> None:
        """Sort raw entries by engagement and document."""
        self.on = on
        self.entries = entries
        self.streams: dict[str, list[DatedEvent]] = {}
        for position, entry in standing(entries, known_at).items():
            at = DatedEvent(entry["effective_on"], position, entry["recorded_at"][:10], entry["event"])
            if at.on <= on:
                self.streams.setdefault(entry["stream"], []).append(at)
        for events in self.streams.values():
            events.sort(key=lambda at: (at.on, at.position))
        self.published: dict[str, DatedEvent] = {}
        self.covers: list[Shown] = []
        self.prepared: list[str] = []
        for stream, events in self.streams.items():
            if stream.startswith("disclosure/"):
                self._disclose(stream.partition("/")[2], events)
        self.items = [
            item for stream in self.streams if stream.startswith("engagement/") for item in self._items(stream)
        ]

    def _disclose(self, document: str, events: list[DatedEvent]) -> None:
        for at in events:
            kind = at.event["type"]
            if kind == "disclosure.published":
                self.published[document] = at
            if kind == "disclosure.prepared" or document not in self.published:
                continue
            as_of = at.event.get("as_of") or self.published[document].event["as_of"]
            on = at.on if "correction" in at.event else self.published[document].on
            for covered in at.event.get("engagements", []):
                marks = [(facet, "") for facet in covered["facets"]]
                marks += [("service-orders", number) for number in covered.get("orders", [])]
                then = Folded(self.entries, as_of["on"], as_of["position"])
                ref = covered["engagement"]
                stood = then.facets(ref) if ref in then.engagements and then.engagements[ref].status in SIGNED else {}
                correction = at.event.get("correction", "")
                self.covers += [Shown(document, correction, on, (ref, *mark)) for mark in marks if mark in stood]
        if any(at.event["type"] == "disclosure.prepared" for at in events) and document not in self.published:
            self.prepared.append(document)

    def _items(self, stream: str) -> Iterator[Item]:
        ref = stream.partition("/")[2]
        events = self.streams[stream]
        signed = [at for at in events if at.event["type"] == "engagement.signed"]
        if not signed:
            return
        undated = signed[-1].event.get("undated", False)
        for facet, number, at in self._facets(events, signed[-1]):
            dated = not undated or at.on != signed[-1].on or bool(number)
            yield self._days(ref, facet, number, at, dated=dated)

    def _days(self, ref: str, facet: str, number: str, at: DatedEvent, *, dated: bool) -> Item:
        by = [shown for shown in self.covers if shown.key == (ref, facet, number)]
        first = min(by, key=lambda shown: shown.on, default=None)
        until = first.on if first else self.on
        days = _between(at.on, until) if dated else None
        lag = _between(at.recorded_on, until)
        document = (first.correction or first.document) if first else None
        return Item(ref, facet, number, at.on if dated else None, at.recorded_on, days, lag, document,
                    until if first else None)  # fmt: skip

    def _facets(self, events: list[DatedEvent], signed: DatedEvent) -> Iterator[tuple[str, str, DatedEvent]]:
        last: dict[str, Any] = {}
        for at in events:
            last |= at.event if at.event["type"].startswith("engagement.") else {}
        withheld = last.get("withheld", [])
        yield "parties", "", signed
        money = [at for at in events if at.event["type"] in GIVEN and MONEY[at.event["type"]][1] in at.event]
        if money:
            yield "financials", "", money[0]
        elif "financials" in withheld:
            yield "financials", "", signed
        if any(name in last for name in DURATION):
            yield "duration", "", signed
        orders = [at for at in events if at.event["type"] == "order.issued"]
        for at in orders:
            yield "service-orders", at.event["number"], at
        if "service-orders" in withheld and not orders:
            yield "service-orders", "", signed
        outcomes = {
            (at.event["type"], at.event["outcome"]): at for at in events if at.event["type"].startswith("outcome.")
        }
        if outcomes:
            yield "outcomes", "", min(outcomes.values(), key=lambda at: (at.on, at.position))

    def figure(self, pointer: str) -> Any:  # noqa: PLR0911 - a table of figures
        """Return the figure at a JSON Pointer."""
        match [word.replace("~1", "/").replace("~0", "~") for word in pointer.split("/")[1:]]:
            case ["documents"]:
                return len(self.published)
            case ["prepared"]:
                return len(self.prepared)
            case ["engagements"]:
                return len({item.ref for item in self.items})
            case ["bodies", body, what]:
                return self._covered(
                    [document for document, at in self.published.items() if at.event["body"] == body], what
                )
            case ["covered", document, what]:
                return self._covered([document] if document in self.published else [], what)
            case ["details", ref, key, what]:
                number = key.removeprefix("order ") if key.startswith("order ") else ""
                facet = "service-orders" if number else key
                items = [item for item in self.items if (item.ref, item.facet, item.number) == (ref, facet, number)]
                return (items[0].days if what == "since_happened" else items[0].lag) if items else None
            case [kind, *words]:
                return self._of_kind([item for item in self.items if bool(item.number) is (kind == "orders")], words)
        raise AssertionError(f"the evaluator does not know {pointer}")

    def _covered(self, documents: list[str], what: str) -> int:
        keys = {shown.key for shown in self.covers if shown.document in documents and not shown.correction}
        match what:
            case "documents":
                return len(documents)
            case "engagements":
                return len({ref for ref, _, _ in keys})
            case "orders":
                return sum(1 for *_, number in keys if number)
        return sum(1 for *_, number in keys if not number)

    def _of_kind(self, items: list[Item], words: list[str]) -> Any:
        match words:
            case ["by_year_of_publication", year, name]:
                return _number(
                    [item for item in items if item.document and str(item.disclosed_on).startswith(year)], name
                )
            case ["by_year_of_happening", year, name]:
                wanted = None if year == "not recorded" else year
                of = [item for item in items if (item.since and item.since[:4]) == wanted]
                return _number(of, name)
            case [name]:
                return _number(items, name)
        raise AssertionError(words)


def _number(items: list[Item], name: str) -> Any:
    disclosed = [item for item in items if item.document]
    waited = [item.waited for item in disclosed if item.waited is not None]
    counts: dict[str, Iterable[Item]] = {
        "all": items,
        "number": items,
        "disclosed": disclosed,
        "undisclosed": [item for item in items if not item.document],
        "not_dated": [item for item in items if item.days is None],
        "ahead": [item for item in disclosed if item.days is not None and item.waited is None],
        "counted": [item for item in disclosed if item.waited is not None],
    }
    if name in counts:
        return len(list(counts[name]))
    if name.startswith("within_"):
        return sum(1 for days in waited if days <= int(name.removeprefix("within_")))
    if not waited:
        return None
    value = {"minimum": min(waited), "median": median(waited), "maximum": max(waited)}[name]
    return int(value) if value == int(value) else str(value)


def _between(first: str, second: str) -> int:
    return (date.fromisoformat(second) - date.fromisoformat(first)).days
