"""Disclosures: published once, they disclose facets and service orders of engagements to a body."""

import pytest

from ledger.domain.dates import BadDate
from ledger.domain.disclosure.commands import BeyondHead, CoverMore, PublishDisclosure, WithinCommand
from ledger.domain.disclosure.disclosure import (
    AsOf,
    Coverage,
    DisclosureCovered,
    DisclosurePublished,
    DuplicateDisclosure,
    UnknownDisclosure,
)
from ledger.domain.disclosure.standing import NotShown
from ledger.domain.facets import FACETS, UnknownFacet
from ledger.domain.fields import BadReference
from ledger.domain.refusals import InTheFuture, MissingField, UnknownEngagement, UnknownOrder
from tests.spec.scenario import Scenario
from tests.spec.stories import PARTIES, SIGNED, order, signature


def publish(*cover: Coverage, document: str = "C26/1", **members: object) -> PublishDisclosure:
    """Return a command that publishes a document."""
    shown = {"as_of_on": "2026-01-15", **members}
    return PublishDisclosure(document=document, body="Council", cover=cover, **shown)  # type: ignore[arg-type]


def published(position: int, on: str = "2026-01-15", document: str = "C26/1") -> DisclosurePublished:
    """Return a publication event."""
    return DisclosurePublished(document=document, body="Council", as_of=AsOf(on, position))


def covered(*engagements: Coverage) -> DisclosureCovered:
    """Return a coverage event."""
    return DisclosureCovered(engagements=engagements)


def test_publishing(spec: Scenario) -> None:
    """A document shows the day that is given, by default as known when it is recorded."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(publish(Coverage("E1", ("parties",)))).then(published(5), covered(Coverage("E1", ("parties",))))
    other = publish(document="C26/2", title="Report", as_of_on="2025-12-31", as_of_position=3)
    spec.when(other, effective="2026-01-10")
    spec.then(DisclosurePublished(document="C26/2", body="Council", as_of=AsOf("2025-12-31", 3), title="Report"))


def test_a_document_does_not_show_half_a_command(spec: Scenario) -> None:
    """The position that a document shows is the end of a command."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(publish(as_of_position=4)).then_refused(
        WithinCommand, "Position 4 is within a command, recorded at 4 to 5"
    )


def test_a_document_is_recorded_once(spec: Scenario) -> None:
    """A second publication is refused; the error names the command that adds coverage."""
    spec.given(publish()).when(publish()).then_refused(DuplicateDisclosure, "C26/1", "ledger disclosure cover")


def test_publications_that_cannot_be(spec: Scenario) -> None:
    """Symbols must be references, dates must exist, positions must be in the log, and the date must be past."""
    spec.when(publish(document="C=1")).then_refused(BadReference, "'C=1'")
    spec.when(publish(as_of_on="2025-02-29")).then_refused(BadDate, "'2025-02-29'")
    for position in (0, -1, 2):
        spec.when(publish(as_of_position=position)).then_refused(BeyondHead, f"no entry {position}: the log has 1")
    spec.when(publish(), effective="2026-01-17").then_refused(InTheFuture, "disclosure.published")


def test_covering_more(spec: Scenario) -> None:
    """Only new coverage is recorded."""
    spec.given(*PARTIES, *SIGNED, publish(Coverage("E1", ("parties",))))
    more = CoverMore(document="C26/1", cover=(Coverage("E1", ("parties", "financials")),))
    spec.when(more).then(covered(Coverage("E1", ("financials",))))
    spec.when(more).then_nothing()
    spec.when(CoverMore(document="C26/9", cover=())).then_refused(UnknownDisclosure, "'C26/9'")


def test_what_can_be_covered(spec: Scenario) -> None:
    """Coverage names existing engagements, service orders and facets."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(publish(Coverage("E9", ("parties",)))).then_refused(UnknownEngagement, "'E9'")
    spec.when(publish(Coverage("E1", ("colour",)))).then_refused(UnknownFacet, "'colour'", "parties, financials")
    spec.when(publish(Coverage("E1", (), ("SO-1",)))).then_refused(UnknownOrder, "Engagement E1 has no", "SO-1")
    assert {"parties", "financials", "service-orders", "duration", "outcomes"} == set(FACETS)


def test_service_orders(spec: Scenario) -> None:
    """The facet of service orders covers those that the document shows, and none that came later."""
    spec.given(*PARTIES, *SIGNED, order(), order("SO-2"))
    spec.when(publish(Coverage("E1", ("service-orders",))))
    spec.then(published(7), covered(Coverage("E1", ("service-orders",), ("SO-1", "SO-2"))))
    spec.given(order("SO-3"))
    again = CoverMore(document="C26/1", cover=(Coverage("E1", ("service-orders",)),))
    spec.when(again).then_nothing()
    late = CoverMore(document="C26/1", cover=(Coverage("E1", (), ("SO-3",)),))
    spec.when(late).then_refused(
        NotShown, "Service order SO-3 of E1", "2026-01-15, as known at position 7", "--as-of-on"
    )
    some = publish(Coverage("E1", ("service-orders",), ("SO-2",)), document="C26/2")
    spec.when(some).then(published(10, document="C26/2"), covered(Coverage("E1", ("service-orders",), ("SO-2",))))


def test_an_engagement_named_twice_is_covered_once(spec: Scenario) -> None:
    """An engagement named twice in a command is covered once for each facet and order."""
    spec.given(*PARTIES, *SIGNED, order())
    spec.when(
        publish(
            Coverage("E1", ("parties", "parties"), ("SO-1", "SO-1")),
            Coverage("E1", ("parties", "financials"), ("SO-1",)),
            Coverage("E1", ("financials",)),
        )
    )
    spec.then(published(6), covered(Coverage("E1", ("parties",), ("SO-1",)), Coverage("E1", ("financials",))))


def _many(spec: Scenario, count: int, length: int) -> tuple[str, ...]:
    refs = tuple(f"{number:0{length}}" for number in range(count))
    spec.given(*PARTIES)
    with spec.ledger.recording() as unit:
        for ref in refs:
            unit.perform(spec.request(signature(ref)))
    return refs


def test_five_hundred_engagements_an_entry(spec: Scenario) -> None:
    """A document that covers 1,001 engagements is recorded in entries of 500, 500 and 1."""
    refs = _many(spec, 1_001, 4)
    spec.when(publish(*(Coverage(ref, ("parties",)) for ref in refs)))
    cut = (refs[:500], refs[500:1_000], refs[1_000:])
    spec.then(published(1_004), *(covered(*(Coverage(ref, ("parties",)) for ref in some)) for some in cut))


def test_long_references_take_more_entries(spec: Scenario) -> None:
    """If 500 engagements exceed the size of an entry, it contains fewer."""
    refs = _many(spec, 500, 128)
    spec.when(publish(*(Coverage(ref, FACETS) for ref in refs)))
    events = [event for event in spec.recorded() if isinstance(event, DisclosureCovered)]
    spec.then(published(503), *events)
    assert list(refs) == [coverage.engagement for event in events for coverage in event.engagements]
    assert 2 == len(events)


@pytest.mark.parametrize(
    ("text", "coverage"),
    [
        ("E1", Coverage("E1", FACETS)),
        ("E1=all", Coverage("E1", FACETS)),
        ("E1=parties", Coverage("E1", ("parties",))),
        (" E1 = parties , outcomes ", Coverage("E1", ("parties", "outcomes"))),
    ],
)
def test_coverage_as_text(text: str, coverage: Coverage) -> None:
    """An engagement alone means all facets; otherwise they are listed after the `=`."""
    assert coverage == Coverage.parse(text)


def test_what_had_not_happened_is_not_disclosed(spec: Scenario) -> None:
    """An order of February, recorded before the document, is not in a document that shows December."""
    spec.given(*PARTIES, *SIGNED, order()).given(order("SO-2"), effective="2025-02-01")
    told = publish(Coverage("E1", FACETS), as_of_on="2024-12-31")
    spec.when(told, effective="2025-05-20")
    spec.then(
        published(7, on="2024-12-31"),
        covered(Coverage("E1", ("parties", "financials", "service-orders"), ("SO-1",))),
    )
    named = publish(Coverage("E1", (), ("SO-2",)), document="C26/2", as_of_on="2024-12-31")
    spec.when(named, effective="2025-05-20").then_refused(NotShown, "Service order SO-2 of E1", "2024-12-31")


def test_what_was_recorded_later_is_not_disclosed(spec: Scenario) -> None:
    """An order of before the day, recorded behind the position that the document shows, is not in it."""
    spec.given(*PARTIES, *SIGNED, order(), order("SO-2"))
    spec.when(publish(Coverage("E1", ("service-orders",)), as_of_position=6))
    spec.then(published(6), covered(Coverage("E1", ("service-orders",), ("SO-1",))))


def test_an_engagement_that_was_not_signed_is_not_disclosed(spec: Scenario) -> None:
    """A document discloses nothing of an engagement that was signed after the day that it shows."""
    spec.given(*PARTIES, *SIGNED)
    early = publish(Coverage("E1", ("parties",)), as_of_on="2020-12-31")
    spec.when(early).then_refused(NotShown, "E1 (parties) is not in what the document shows: 2020-12-31")


def test_the_day_that_a_document_shows_is_never_assumed(spec: Scenario) -> None:
    """Publication and correction are refused without the date that the document shows."""
    spec.given(*PARTIES, *SIGNED)
    without = publish(Coverage("E1", ("parties",)), as_of_on=None)
    spec.when(without).then_refused(MissingField, "'as-of-on' is missing", "--as-of-on")
