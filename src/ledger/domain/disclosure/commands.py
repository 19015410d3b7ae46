"""Commands on disclosures. Their events and rules are in `ledger.domain.disclosure.disclosure`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

import msgspec

from ledger.domain.code_lists import check_codes
from ledger.domain.dates import checked_date
from ledger.domain.disclosure.disclosure import (
    EVERY,
    AsOf,
    Coverage,
    Covered,
    Disclosure,
    DisclosureCorrected,
    DisclosureCovered,
    DisclosurePrepared,
    DisclosurePublished,
    DuplicateDisclosure,
    UnknownDisclosure,
)
from ledger.domain.disclosure.standing import reduced, shown, standing
from ledger.domain.errors import USAGE, LedgerError
from ledger.domain.facets import check_facets
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
        description="ENGAGEMENT or ENGAGEMENT=FACET,FACET, or all for every engagement; @FILE has one in each line;"
        " may be repeated",
        extra={"as": "coverage", "option": "cover"},
    ),
]


Files = Annotated[
    tuple[str, ...],
    msgspec.Meta(
        description="a file of the document, made by 'ledger report': it says what it covers, and as of when; "
        "may be repeated for its other forms",
        extra={"as": "report", "option": "report"},
    ),
]


AsOfDay = Annotated[Day, msgspec.Meta(description="the date as of which it describes engagements, as it says itself")]
AsOfPosition = Annotated[
    int,
    msgspec.Meta(
        description="the position up to which it reflects the log; the last one if not given", extra={"as": "number"}
    ),
]


def checked_as_of(on: str | None, position: int | None, context: DecisionContext) -> AsOf:
    """Return the state that a document shows: on a day that has to be given, as known now or at a position.

    Raises MissingField, BadDate, BeyondHead, WithinCommand.
    """
    if on is None:
        raise MissingField("as-of-on", "the date that the document shows, which is often not that of its publication")
    position = context.size() if position is None else position
    if not 0 < position <= context.size():
        raise BeyondHead(position, context.size())
    check_known(position, context.command_at(position))
    return AsOf(checked_date(on), position)


def note_doubts(body: str, as_of: AsOf, context: DecisionContext) -> None:
    """Note a body that may be the governing one, misspelt, and a document that shows a day after its own."""
    governing = context.setting("governing-body")
    if isinstance(governing, str) and body != governing and _is_nearly(body, governing):
        context.note(f"It is published to '{body}'; the governing body is '{governing}': is it the same?")
    if as_of.on > context.effective_on:
        context.note(f"It shows {as_of.on}, after {context.effective_on}, its own day: are both days right?")


def _is_nearly(text: str, name: str) -> bool:
    import difflib  # noqa: PLC0415 - only another body pays for it

    return bool(difflib.get_close_matches(text.casefold(), [name.casefold()], cutoff=0.75))


def shown_coverage(given: Iterable[Coverage], as_of: AsOf, context: DecisionContext) -> Iterator[Coverage]:
    """Yield what a document that shows `as_of` discloses of what it is to cover.

    Raises UnknownEngagement, UnknownOrder, UnknownFacet, NotShown.
    """
    for coverage in given:
        check_facets(coverage.facets)
        if coverage.engagement == EVERY:
            every = (msgspec.structs.replace(coverage, engagement=ref) for ref in context.engagements())
            yield from (reduced(each, _standing(each, as_of, context)) for each in every)
        else:
            check_known_parts(coverage, context)
            yield shown(coverage, _standing(coverage, as_of, context), as_of)


def check_known_parts(coverage: Coverage, context: DecisionContext) -> None:
    """Raise UnknownEngagement, UnknownOrder, UnknownFacet for what does not exist."""
    engagement = context.engagement(coverage.engagement)
    for number in coverage.orders:
        engagement.order(number, coverage.engagement)
    check_facets(coverage.facets)


def _standing(coverage: Coverage, as_of: AsOf, context: DecisionContext) -> Coverage:
    ref = coverage.engagement
    return standing(ref, context.engagement_as_of(ref, as_of.on, as_of.position))


def planned_coverage(given: Sequence[Coverage], context: DecisionContext) -> Iterator[Coverage]:
    """Yield what a document is planned to cover; the facet of service orders covers all, unless some are given.

    Raises UnknownEngagement, UnknownOrder.
    """
    every = tuple(context.engagements()) if any(coverage.engagement == EVERY for coverage in given) else ()
    each = (
        msgspec.structs.replace(coverage, engagement=ref)
        for coverage in given
        for ref in (every if coverage.engagement == EVERY else (coverage.engagement,))
    )
    for coverage in each:
        check_known_parts(coverage, context)
        orders = tuple(context.engagement(coverage.engagement).balances.orders)
        named = coverage.orders or (orders if "service-orders" in coverage.facets else ())
        yield Coverage(coverage.engagement, coverage.facets, named)


def planned_and_shown(planned: Iterable[Coverage], as_of: AsOf, context: DecisionContext) -> Iterator[Coverage]:
    """Yield what of a plan a document that shows `as_of` discloses: a plan may be of more than came about."""
    for coverage in planned:
        orders = () if "service-orders" in coverage.facets else coverage.orders
        given = msgspec.structs.replace(coverage, orders=orders)
        yield reduced(given, _standing(coverage, as_of, context))


def cover(expanded: Iterable[Coverage], state: Disclosure) -> Iterator[Event]:
    """Yield events for the coverage that is not recorded yet, with at most MAX_ENGAGEMENTS engagements in each."""
    for engagements in by_entry(fresh_coverage(expanded, state.covered)):
        yield DisclosureCovered(engagements=engagements)


def fresh_coverage(given: Iterable[Coverage], known: Iterable[Covered]) -> list[Coverage]:
    """Return the part of `given` that is not in `known`, each facet and order once."""
    fresh: list[Coverage] = []
    covered = dict.fromkeys(known)
    for coverage in given:
        facets = tuple(
            facet for facet in dict.fromkeys(coverage.facets) if Covered(coverage.engagement, facet) not in covered
        )
        orders = tuple(
            number
            for number in dict.fromkeys(coverage.orders)
            if Covered(coverage.engagement, order=number) not in covered
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
        planned = fresh_coverage(planned_coverage(self.cover, context), ())
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
    files: Files = ()

    def decide(self, state: Disclosure, context: DecisionContext) -> Iterator[Event]:
        """Yield the publication, then its coverage; body, title and coverage default to those prepared."""
        body = self.body or state.get("body")
        if body is None:
            raise MissingField("body", "the body that received it")
        check_codes(context, "list.bodies", [body])
        as_of = checked_as_of(self.as_of_on, self.as_of_position, context)
        note_doubts(body, as_of, context)
        title = self.title or state.get("title")
        yield DisclosurePublished(document=self.document, body=body, as_of=as_of, title=title, files=self.files)
        if self.cover:
            yield from cover(shown_coverage(self.cover, as_of, context), state)
        else:
            yield from cover(planned_and_shown(state.planned.values(), as_of, context), state)


class CoverMore(_DisclosureCommand, tag="disclosure cover", frozen=True):
    """Record what else a recorded document covered, of what stood at the date and the position that it shows."""

    example = "TDAG-26/5 BDT-2024-003=all"

    cover: Annotated[Covers, msgspec.Meta(extra={"argument": True})]

    def decide(self, state: Disclosure, context: DecisionContext) -> Iterator[Event]:
        """Yield the coverage that is not recorded yet. Raises UnknownDisclosure."""
        if state.as_of is None:
            raise UnknownDisclosure(self.document)
        yield from cover(shown_coverage(self.cover, state.as_of, context), state)


class CorrectDisclosure(_DisclosureCommand, tag="disclosure correct", frozen=True):
    """Record that another document corrected what a document disclosed about engagements.

    The correction shows a date of its own. Of the service orders it discloses all that stood then, also those that the
    document left out.
    """

    example = "TDAG-26/5 'TDAG-26/5(Cor.1)' --what 'The amount of SO-1' --cover IDS-2026-001=service-orders"

    correction: Annotated[
        DocumentSymbol, msgspec.Meta(description="symbol of the correction", extra={"argument": True})
    ]
    what: Annotated[LongText, msgspec.Meta(description="what was wrong")]
    cover: Covers = ()
    as_of_on: AsOfDay | None = None
    as_of_position: AsOfPosition | None = None
    files: Files = ()

    def decide(self, state: Disclosure, context: DecisionContext) -> Iterator[Event]:
        """Yield the correction, its files with its first event.

        Raises UnknownDisclosure, DuplicateDisclosure, MissingField, BadDate, BeyondHead.
        """
        if not state.published_on:
            raise UnknownDisclosure(self.document)
        if self.correction == self.document:
            raise DuplicateDisclosure(self.document)
        if not self.cover:
            raise MissingField("cover", "the engagements about which it corrects something")
        as_of = checked_as_of(self.as_of_on, self.as_of_position, context)
        corrected = fresh_coverage(shown_coverage(self.cover, as_of, context), ())
        for number, engagements in enumerate(by_entry(corrected)):
            yield DisclosureCorrected(
                correction=checked_reference(self.correction), what=self.what, as_of=as_of, engagements=engagements,
                files=() if number else self.files,
            )  # fmt: skip
