"""Disclosures: documents that told a body about named facets of named engagements."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Self

import msgspec

from ledger.domain.codes import check_codes
from ledger.domain.dates import checked_date
from ledger.domain.errors import USAGE, LedgerError, listed
from ledger.domain.fields import Day, DocumentSymbol, Text, about, checked_reference
from ledger.domain.kernel import Command, Event, Fact, State, World
from ledger.domain.refusals import BeforeItsTime

FACETS = ("parties", "financials", "service-orders", "duration", "outcomes")
"""What a disclosure may cover of an engagement."""
MOST = 500
"""How many engagements one entry covers at the most (docs/format.md)."""
MOST_BYTES = 56_000
"""How many bytes of an entry the engagements take at the most: an entry has 65,535, and its envelope needs some."""


class UnknownFacet(LedgerError):
    """A disclosure can only cover the facets that there are."""

    code = "unknown-facet"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse the facet `text`."""
        super().__init__(f"'{text}' is not a facet.", f"The facets are {listed(FACETS, 'and')}, or all.")


class DuplicateDisclosure(LedgerError):
    """A disclosure in this document is recorded already."""

    code = "duplicate-disclosure"

    def __init__(self, document: str) -> None:
        """Refuse the document."""
        super().__init__(
            f"{document} is recorded as a disclosure already.", "To add what it covers, use 'ledger disclosure cover'."
        )


class UnknownDisclosure(LedgerError):
    """No disclosure in this document is recorded."""

    code = "unknown-disclosure"

    def __init__(self, document: str) -> None:
        """Refuse the document."""
        super().__init__(f"No disclosure is recorded in '{document}'.", "See 'ledger disclosure list'.")


class BeyondHead(LedgerError):
    """A position lies beyond the end of the log."""

    code = "beyond-head"
    exit = USAGE

    def __init__(self, position: int, size: int) -> None:
        """Refuse `position` in a log of `size` entries."""
        super().__init__(f"There is no entry {position}: the log has {size}.", "Give a position that it has.")


class AsOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a document showed: the state on a date, as known at a position."""

    on: str
    position: int


class Coverage(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a document told of one engagement: facets, and which service orders."""

    engagement: str
    facets: tuple[str, ...]
    orders: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `ENGAGEMENT`, `ENGAGEMENT=FACET,FACET` or `ENGAGEMENT=all`. Raises UnknownFacet."""
        ref, found, words = text.rpartition("=")
        if not found:
            ref, words = words, "all"
        facets = FACETS if words == "all" else tuple(word.strip() for word in words.split(","))
        return cls(ref.strip(), facets)

    def told(self) -> dict[str, None]:
        """Return what it covers, a line for each facet and each order."""
        facets = {f"{self.engagement} {facet}": None for facet in self.facets}
        return facets | {f"{self.engagement} service order {number}": None for number in self.orders}


class Disclosure(State):
    """A document that disclosed, and what it covers."""

    kind = "disclosure"

    def __init__(self) -> None:
        """Start with nothing known."""
        super().__init__()
        self.covered: dict[str, None] = {}

    def describe(self) -> dict[str, str]:
        """Return what is known, in words."""
        return {label: str(held.value) for label, held in self.facts.items()} | dict.fromkeys(self.covered, "covered")


class DisclosurePublished(Event, tag="disclosure.published", frozen=True):
    """A document was published (on the effective date) that told a body what `as_of` says."""

    document: str
    body: str
    as_of: AsOf
    title: str | None = None

    def judge(self, state: Disclosure, fact: Fact) -> None:
        """Refuse it twice."""
        if state.exists:
            raise DuplicateDisclosure(self.document)

    def evolve(self, state: Disclosure, fact: Fact) -> None:
        """Know the document."""
        state.exists = True
        for label, value in (("document", self.document), ("body", self.body), ("title", self.title)):
            if value:
                state.put(label, value, fact)
        state.put("as of", f"{self.as_of.on}, position {self.as_of.position}", fact)
        state.put("published on", fact.effective_on, fact)


class DisclosureCovered(Event, tag="disclosure.covered", frozen=True):
    """The document told of these facets of these engagements."""

    recorded_by = ("disclosure publish", "disclosure cover")

    engagements: tuple[Coverage, ...]

    def judge(self, state: Disclosure, fact: Fact) -> None:
        """Refuse it of a document that is not recorded, and facets that there are not."""
        if not state.exists:
            raise UnknownDisclosure("this document")
        published = state.facts["document"].on
        if fact.effective_on < published:
            raise BeforeItsTime(fact.effective_on, "the document", published)
        for one in self.engagements:
            for facet in one.facets:
                if facet not in FACETS:
                    raise UnknownFacet(facet)

    def evolve(self, state: Disclosure, fact: Fact) -> None:
        """Know what is covered."""
        for one in self.engagements:
            state.covered.update(one.told())

    def mentions(self) -> Iterable[str]:
        """Return the engagements and the service orders."""
        for one in self.engagements:
            yield f"engagement/{one.engagement}"
            for number in one.orders:
                yield f"engagement/{one.engagement}|order:{number}"


Covers = Annotated[
    tuple[Coverage, ...],
    msgspec.Meta(
        description="ENGAGEMENT or ENGAGEMENT=FACET,FACET; may be repeated", extra={"as": "coverage", "option": "cover"}
    ),
]


def cover(given: tuple[Coverage, ...], state: Disclosure, world: World) -> Iterator[Event]:
    """Yield what is newly covered; the facet of service orders names all orders there are, unless some are given."""
    fresh: list[Coverage] = []
    covered = dict(state.covered)
    for one in given:
        engagement = world.engagement(one.engagement)
        for number in one.orders:
            engagement.order(number, one.engagement)
        orders = one.orders or (tuple(engagement.accounts.orders) if "service-orders" in one.facets else ())
        facets = tuple(facet for facet in dict.fromkeys(one.facets) if f"{one.engagement} {facet}" not in covered)
        orders = tuple(
            number for number in dict.fromkeys(orders) if f"{one.engagement} service order {number}" not in covered
        )
        if facets or orders:
            fresh.append(Coverage(one.engagement, facets, orders))
            covered.update(fresh[-1].told())
    for engagements in _by_entry(fresh):
        yield DisclosureCovered(engagements=engagements)


def _by_entry(coverages: Iterable[Coverage]) -> Iterator[tuple[Coverage, ...]]:
    entry: list[Coverage] = []
    size = 0
    for one in coverages:
        more = len(msgspec.json.encode(one)) + 1
        if entry and (len(entry) == MOST or size + more > MOST_BYTES):
            yield tuple(entry)
            entry, size = [], 0
        entry.append(one)
        size += more
    if entry:
        yield tuple(entry)


class PublishDisclosure(Command, tag="disclosure publish", frozen=True):
    """Record that a document disclosed facets of engagements to a body."""

    stream_kind = "disclosure"
    key = "document"
    example = "TDAG-26/5 --body TDAG --cover BDT-2024-001 --cover BDT-2024-002=parties,financials"

    document: Annotated[DocumentSymbol, msgspec.Meta(extra={"argument": True})]
    body: Annotated[str, about("the body that was told, like Council", codes="list.bodies")]
    title: Annotated[Text, msgspec.Meta(description="title of the document")] | None = None
    cover: Covers = ()
    as_of_on: (
        Annotated[Day, msgspec.Meta(description="the state of which date it shows; its own date if not given")] | None
    ) = None
    as_of_position: (
        Annotated[
            int,
            msgspec.Meta(description="as known at which position; the last one if not given", extra={"as": "number"}),
        ]
        | None
    ) = None

    def stream(self, world: World) -> str:
        """Return the stream of the document."""
        return f"disclosure/{checked_reference(self.document)}"

    def decide(self, state: Disclosure, world: World) -> Iterator[Event]:
        """Publish it, then cover."""
        check_codes(world, "list.bodies", [self.body])
        position = world.size() if self.as_of_position is None else self.as_of_position
        if not 0 < position <= world.size():
            raise BeyondHead(position, world.size())
        as_of = AsOf(checked_date(self.as_of_on or world.effective_on), position)
        yield DisclosurePublished(document=self.document, body=self.body, as_of=as_of, title=self.title)
        yield from cover(self.cover, state, world)


class CoverMore(Command, tag="disclosure cover", frozen=True):
    """Record what else a document that is recorded covered."""

    stream_kind = "disclosure"
    key = "document"
    example = "TDAG-26/5 BDT-2024-003=all"

    document: Annotated[DocumentSymbol, msgspec.Meta(extra={"argument": True})]
    cover: Annotated[Covers, msgspec.Meta(extra={"argument": True})]

    def decide(self, state: Disclosure, world: World) -> Iterator[Event]:
        """Cover what was not covered."""
        if not state.exists:
            raise UnknownDisclosure(self.document)
        yield from cover(self.cover, state, world)
