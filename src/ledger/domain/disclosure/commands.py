"""Commands on disclosures. Their events and rules are in `ledger.domain.disclosure.disclosure`."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec

from ledger.domain.code_lists import check_codes
from ledger.domain.dates import checked_date
from ledger.domain.disclosure.disclosure import (
    AsOf,
    Coverage,
    Covered,
    Disclosure,
    DisclosureCorrected,
    DisclosureCovered,
    DisclosurePrepared,
    DisclosurePublished,
    UnknownDisclosure,
)
from ledger.domain.errors import USAGE, LedgerError
from ledger.domain.fields import Day, DocumentSymbol, LongText, Text, about, checked_reference
from ledger.domain.kernel import Command, DecisionContext, Event
from ledger.domain.refusals import MissingField

MAX_ENGAGEMENTS = 500
"""Maximum number of engagements in one entry (docs/format.md)."""
MAX_BYTES = 56_000
"""Maximum size of the engagements in one entry: an entry has at most 65,535 bytes, including its envelope."""


class BeyondHead(LedgerError):
    """A position lies beyond the end of the log."""

    code = "beyond-head"
    exit = USAGE

    def __init__(self, position: int, size: int) -> None:
        """Refuse `position` in a log of `size` entries."""
        super().__init__(f"There is no entry {position}: the log has {size}.", "Give a position that it has.")


class WithinCommand(LedgerError):
    """A position lies within a command: the ledger was never known up to there, since a command is recorded whole."""

    code = "within-command"
    exit = USAGE

    def __init__(self, position: int, first: int, last: int) -> None:
        """Refuse `position`, which is part of the command from position `first` to `last`."""
        ends = f"Give {first - 1}, the end before it, or {last}, its own." if first > 1 else f"Give {last}, its end."
        super().__init__(
            f"Position {position} is within a command, recorded at {first} to {last}: the ledger never had that state.",
            ends,
        )


def check_known(position: int, command: range) -> None:
    """Raise WithinCommand if the command there, of which these are the positions, goes on behind `position`."""
    if position != command[-1]:
        raise WithinCommand(position, command[0], command[-1])


Covers = Annotated[
    tuple[Coverage, ...],
    msgspec.Meta(
        description="ENGAGEMENT or ENGAGEMENT=FACET,FACET; may be repeated", extra={"as": "coverage", "option": "cover"}
    ),
]


AsOfDay = Annotated[
    Day, msgspec.Meta(description="the date as of which it describes engagements; its own date if not given")
]
AsOfPosition = Annotated[
    int,
    msgspec.Meta(
        description="the position up to which it reflects the log; the last one if not given", extra={"as": "number"}
    ),
]


def shown(on: str | None, position: int | None, context: DecisionContext) -> AsOf:
    """Return the state that a document shows: by default, its own date as known now.

    Raises BadDate, BeyondHead, WithinCommand.
    """
    position = context.size() if position is None else position
    if not 0 < position <= context.size():
        raise BeyondHead(position, context.size())
    check_known(position, context.command_at(position))
    return AsOf(checked_date(on or context.effective_on), position)


def cover(given: tuple[Coverage, ...], state: Disclosure, context: DecisionContext) -> Iterator[Event]:
    """Yield events for the coverage that is not recorded yet, with at most MAX_ENGAGEMENTS engagements in each."""
    for engagements in by_entry(fresh_coverage(given, state.covered, context)):
        yield DisclosureCovered(engagements=engagements)


def fresh_coverage(given: tuple[Coverage, ...], known: Iterable[Covered], context: DecisionContext) -> list[Coverage]:
    """Return the part of `given` that is not in `known`.

    The facet of service orders covers all orders of the engagement, unless some are given.
    """
    fresh: list[Coverage] = []
    covered = dict.fromkeys(known)
    for coverage in given:
        engagement = context.engagement(coverage.engagement)
        for number in coverage.orders:
            engagement.order(number, coverage.engagement)
        orders = coverage.orders or (tuple(engagement.balances.orders) if "service-orders" in coverage.facets else ())
        facets = tuple(
            facet for facet in dict.fromkeys(coverage.facets) if Covered(coverage.engagement, facet) not in covered
        )
        orders = tuple(
            number for number in dict.fromkeys(orders) if Covered(coverage.engagement, order=number) not in covered
        )
        if facets or orders:
            fresh.append(Coverage(coverage.engagement, facets, orders))
            covered.update(fresh[-1].items())
    return fresh


def by_entry(coverages: Iterable[Coverage]) -> Iterator[tuple[Coverage, ...]]:
    """Split coverage into groups that each fit into one entry."""
    entry: list[Coverage] = []
    size = 0
    for coverage in coverages:
        more = len(msgspec.json.encode(coverage)) + 1
        if entry and (len(entry) == MAX_ENGAGEMENTS or size + more > MAX_BYTES):
            yield tuple(entry)
            entry, size = [], 0
        entry.append(coverage)
        size += more
    if entry:
        yield tuple(entry)


class _DisclosureCommand(Command, frozen=True):
    stream_kind = "disclosure"
    key = "document"

    document: Annotated[DocumentSymbol, msgspec.Meta(extra={"argument": True})]

    def stream(self, context: DecisionContext) -> str:
        """Return the stream of the document."""
        return f"disclosure/{checked_reference(self.document)}"


class PrepareDisclosure(_DisclosureCommand, tag="disclosure prepare", frozen=True):
    """Record that a document is in preparation, to disclose facets of engagements to a body."""

    example = "C27/50 --body Council --planned-on 2027-03-31 --cover IDS-2026-001"

    body: Annotated[str, about("the body it is for, like Council", codes="list.bodies")]
    title: Annotated[Text, msgspec.Meta(description="title of the document")] | None = None
    planned_on: Annotated[Day, msgspec.Meta(description="when it is to be published")] | None = None
    cover: Covers = ()

    def decide(self, state: Disclosure, context: DecisionContext) -> Iterator[Event]:
        """Yield the preparation, in several events if the coverage is too large for one.

        Raises UnknownCode, BadDate.
        """
        check_codes(context, "list.bodies", [self.body])
        planned = fresh_coverage(self.cover, (), context)
        for engagements in by_entry(planned) if planned else [()]:
            yield DisclosurePrepared(
                document=self.document,
                body=self.body,
                title=self.title,
                planned_on=self.planned_on and checked_date(self.planned_on),
                engagements=engagements,
            )


class PublishDisclosure(_DisclosureCommand, tag="disclosure publish", frozen=True):
    """Record that a document disclosed facets of engagements to a body; what its preparation planned is the default."""

    example = "TDAG-26/5 --body TDAG --cover BDT-2024-001 --cover BDT-2024-002=parties,financials"

    body: (
        Annotated[
            str, about("the body it is for, like Council; that of the preparation if not given", codes="list.bodies")
        ]
        | None
    ) = None
    title: Annotated[Text, msgspec.Meta(description="title of the document")] | None = None
    cover: Covers = ()
    as_of_on: AsOfDay | None = None
    as_of_position: AsOfPosition | None = None

    def decide(self, state: Disclosure, context: DecisionContext) -> Iterator[Event]:
        """Yield the publication, then its coverage; body, title and coverage default to those prepared."""
        body = self.body or state.get("body")
        if body is None:
            raise MissingField("body", "the body that received it")
        check_codes(context, "list.bodies", [body])
        as_of = shown(self.as_of_on, self.as_of_position, context)
        title = self.title or state.get("title")
        yield DisclosurePublished(document=self.document, body=body, as_of=as_of, title=title)
        yield from cover(self.cover or tuple(state.planned.values()), state, context)


class CoverMore(_DisclosureCommand, tag="disclosure cover", frozen=True):
    """Record what else a recorded document covered."""

    example = "TDAG-26/5 BDT-2024-003=all"

    cover: Annotated[Covers, msgspec.Meta(extra={"argument": True})]

    def decide(self, state: Disclosure, context: DecisionContext) -> Iterator[Event]:
        """Yield the coverage that is not recorded yet. Raises UnknownDisclosure."""
        if not state.published_on:
            raise UnknownDisclosure(self.document)
        yield from cover(self.cover, state, context)


class CorrectDisclosure(_DisclosureCommand, tag="disclosure correct", frozen=True):
    """Record that another document corrected what a document disclosed about engagements."""

    example = "TDAG-26/5 'TDAG-26/5(Cor.1)' --what 'The amount of SO-1' --cover IDS-2026-001=service-orders"

    correction: Annotated[
        DocumentSymbol, msgspec.Meta(description="symbol of the correction", extra={"argument": True})
    ]
    what: Annotated[LongText, msgspec.Meta(description="what was wrong")]
    cover: Covers
    as_of_on: AsOfDay | None = None
    as_of_position: AsOfPosition | None = None

    def decide(self, state: Disclosure, context: DecisionContext) -> Iterator[Event]:
        """Yield the correction. Raises UnknownDisclosure, BadDate, BeyondHead."""
        if not state.published_on:
            raise UnknownDisclosure(self.document)
        as_of = shown(self.as_of_on, self.as_of_position, context)
        named = {(coverage.engagement, number) for coverage in self.cover for number in coverage.orders}
        corrected = [self._of(coverage, state, named) for coverage in fresh_coverage(self.cover, (), context)]
        for engagements in by_entry(corrected):
            yield DisclosureCorrected(
                correction=checked_reference(self.correction), what=self.what, as_of=as_of, engagements=engagements
            )

    def _of(self, coverage: Coverage, state: Disclosure, named: set[tuple[str, str]]) -> Coverage:
        # The facet of service orders is corrected for the orders that the document covered. Named orders are kept, so
        # that one which it did not cover is refused.
        orders = tuple(
            number
            for number in coverage.orders
            if (coverage.engagement, number) in named or Covered(coverage.engagement, order=number) in state.covered
        )
        return msgspec.structs.replace(coverage, orders=orders)
