"""Preparation, publication and correction of disclosures."""

import msgspec
import pytest

from ledger.domain.dates import BadDate
from ledger.domain.disclosure.commands import BeyondHead, CorrectDisclosure, PrepareDisclosure, PublishDisclosure
from ledger.domain.disclosure.disclosure import (
    AsOf,
    Coverage,
    DisclosureCorrected,
    DisclosureCovered,
    DisclosurePrepared,
    DisclosurePublished,
    DuplicateDisclosure,
    NotCovered,
    UnknownDisclosure,
)
from ledger.domain.facets import UnknownFacet
from ledger.domain.fields import BadReference
from ledger.domain.organisation.report_definitions import BadDigest
from ledger.domain.organisation.settings import ChangeSetting
from ledger.domain.refusals import (
    BeforeItsTime,
    InTheFuture,
    MissingField,
    UnknownCode,
    UnknownEngagement,
    UnknownOrder,
)
from ledger.domain.voiding import EntryVoided, VoidBreaks, VoidEntries, VoidReferred
from tests.spec.scenario import Scenario
from tests.spec.stories import PARTIES, SIGNED, order, signature

PARTIES_TOLD = Coverage("E1", ("parties",))
ORDERS_TOLD = Coverage("E1", ("service-orders",))


def prepare(*cover: Coverage, **members: str) -> PrepareDisclosure:
    """Return a command that prepares a document."""
    return PrepareDisclosure(document="C26/1", body="Council", cover=cover, **members)


def prepared(*cover: Coverage, **members: str) -> DisclosurePrepared:
    """Return a preparation event."""
    return DisclosurePrepared(document="C26/1", body="Council", engagements=cover, **members)


def publish(*cover: Coverage, body: str | None = None, title: str | None = None) -> PublishDisclosure:
    """Return a command that publishes the document."""
    return PublishDisclosure(document="C26/1", cover=cover, body=body, title=title, as_of_on="2026-01-15")


def correct(*cover: Coverage, **members: object) -> CorrectDisclosure:
    """Return a command that corrects it."""
    shown = {"as_of_on": "2026-01-15", **members}
    return CorrectDisclosure(document="C26/1", correction="C26/2", what="The\nname", cover=cover, **shown)  # type: ignore[arg-type]


def corrected(position: int, *cover: Coverage, on: str = "2026-01-15") -> DisclosureCorrected:
    """Return a correction event."""
    return DisclosureCorrected(correction="C26/2", what="The\nname", as_of=AsOf(on, position), engagements=cover)


# Prepared.


def test_preparing(spec: Scenario) -> None:
    """The event contains body, title, planned day and planned coverage; the planned day may be in the future."""
    spec.given(*PARTIES, *SIGNED, order()).when(prepare()).then(prepared())
    members = {"title": "Report", "planned_on": "2027-03-31"}
    spec.when(prepare(PARTIES_TOLD, ORDERS_TOLD, **members))
    spec.then(prepared(PARTIES_TOLD, Coverage("E1", ("service-orders",), ("SO-1",)), **members))
    description = spec.description("disclosure/C26/1")
    assert {"document": "C26/1", "body": "Council", "title": "Report", "planned for": "2027-03-31"} == description


def test_preparations_that_cannot_be(spec: Scenario) -> None:
    """Bodies, symbols, days, facets, engagements and orders are checked as in a publication."""
    spec.given(ChangeSetting(name="list.bodies", value=("Council", "TDAG")), *PARTIES, *SIGNED)
    spec.when(PrepareDisclosure(document="C26/1", body="Counsel")).then_refused(UnknownCode, "'Counsel'")
    spec.when(PrepareDisclosure(document="C=1", body="Council")).then_refused(BadReference, "'C=1'")
    spec.when(prepare(planned_on="2027-02-29")).then_refused(BadDate, "'2027-02-29'")
    spec.when(prepare(Coverage("E9", ("parties",)))).then_refused(UnknownEngagement, "'E9'")
    spec.when(prepare(Coverage("E1", ("colour",)))).then_refused(UnknownFacet, "'colour'")
    spec.when(prepare(Coverage("E1", (), ("SO-9",)))).then_refused(UnknownOrder, "SO-9")
    spec.when(prepare(), effective="2026-01-17").then_refused(InTheFuture, "disclosure.prepared")
    spec.given(publish(body="Council")).when(prepare()).then_refused(DuplicateDisclosure, "C26/1")


def test_publishing_what_was_planned(spec: Scenario) -> None:
    """Body, title and coverage default to those of the preparation."""
    spec.given(*PARTIES, *SIGNED, order(), prepare(PARTIES_TOLD, ORDERS_TOLD, title="Report"))
    spec.when(publish())
    spec.then(
        DisclosurePublished(document="C26/1", body="Council", as_of=AsOf("2026-01-15", 7), title="Report"),
        DisclosureCovered(engagements=(Coverage("E1", ("parties", "service-orders"), ("SO-1",)),)),
    )
    assert "2026-01-15" == spec.state("disclosure/C26/1").published_on


def test_publishing_something_else_than_planned(spec: Scenario) -> None:
    """Members given with the publication replace the prepared ones."""
    spec.given(*PARTIES, *SIGNED, prepare(PARTIES_TOLD, title="Report"))
    spec.when(publish(Coverage("E1", ("financials",)), body="TDAG", title="Other"))
    spec.then(
        DisclosurePublished(document="C26/1", body="TDAG", as_of=AsOf("2026-01-15", 6), title="Other"),
        DisclosureCovered(engagements=(Coverage("E1", ("financials",)),)),
    )


def test_publishing_needs_a_body(spec: Scenario) -> None:
    """Without a preparation, the body is required."""
    spec.when(publish()).then_refused(MissingField, "'body' is missing: the body that received it", "--body")


def test_prepared_again(spec: Scenario) -> None:
    """A second preparation replaces the particulars and adds to the coverage; what came about of it is published."""
    spec.given(*PARTIES, *SIGNED, signature("E2"), order())
    spec.given(prepare(PARTIES_TOLD, ORDERS_TOLD, title="Report"))
    spec.given(
        prepare(
            Coverage("E1", ("parties", "financials", "duration")),
            Coverage("E2", ("parties", "outcomes")),
            planned_on="2026-02-01",
        )
    )
    spec.when(publish())
    spec.then(
        DisclosurePublished(document="C26/1", body="Council", as_of=AsOf("2026-01-15", 9), title="Report"),
        DisclosureCovered(
            engagements=(
                Coverage("E1", ("parties", "service-orders", "financials"), ("SO-1",)),
                Coverage("E2", ("parties",)),
            )
        ),
    )


def test_what_is_planned_stays(spec: Scenario) -> None:
    """An engagement or order in a prepared coverage cannot be voided; the preparation can."""
    spec.given(*PARTIES, *SIGNED, order(), prepare(ORDERS_TOLD))
    spec.when(VoidEntries(positions=(6,), reason="x")).then_refused(VoidReferred, "disclosure.prepared in disclosure/")
    spec.when(VoidEntries(positions=(7,), reason="x")).then(EntryVoided(version=1, reason="x"))
    spec.when(publish()).then_refused(MissingField, "'body'")


# Corrected.


def test_correcting(spec: Scenario) -> None:
    """A correction names the correcting document, what was wrong, the coverage, and the state that it shows."""
    spec.given(*PARTIES, *SIGNED, publish(PARTIES_TOLD, Coverage("E1", ("financials",)), body="Council"))
    spec.when(correct(PARTIES_TOLD)).then(corrected(7, PARTIES_TOLD))
    spec.when(correct(PARTIES_TOLD, as_of_on="2025-12-31", as_of_position=5))
    spec.then(corrected(5, PARTIES_TOLD, on="2025-12-31"))
    assert "The\nname" == spec.description("disclosure/C26/1")["corrected by C26/2"]
    spec.when(correct()).then_refused(MissingField, "about which it corrects something")


def test_the_files_of_a_correction(spec: Scenario) -> None:
    """A correction keeps the digests of its files, of all its entries; they have to be digests."""
    spec.given(*PARTIES, *SIGNED, publish(PARTIES_TOLD, Coverage("E1", ("financials",)), body="Council"))
    digests = ("ab" * 32, "cd" * 32)
    spec.when(correct(PARTIES_TOLD, files=("ab" * 31,))).then_refused(BadDigest, "ab" * 31)
    spec.when(correct(PARTIES_TOLD, files=digests))
    spec.then(msgspec.structs.replace(corrected(7, PARTIES_TOLD), files=digests))
    spec.given(correct(Coverage("E1", ("financials",))))
    shown = spec.description("disclosure/C26/1")
    assert (digests[-1], "The\nname") == (shown["SHA-256 of C26/2"], shown["corrected by C26/2"])


@pytest.mark.parametrize(
    ("cover", "line"),
    [
        (Coverage("E1", ("financials",)), "E1 financials"),
        (Coverage("E1", ("parties", "financials")), "E1 financials"),
        (Coverage("E2", ("parties",)), "E2 parties"),
        (Coverage("E1", (), ("SO-2",)), "E1 service order SO-2"),
        (Coverage("E1", ("parties",), ("SO-2",)), "E1 service order SO-2"),
    ],
)
def test_only_what_was_covered_is_corrected(spec: Scenario, cover: Coverage, line: str) -> None:
    """A facet, engagement or order that the document did not cover is refused."""
    spec.given(*PARTIES, *SIGNED, signature("E2"), order())
    spec.given(publish(PARTIES_TOLD, Coverage("E1", (), ("SO-1",)), body="Council"), order("SO-2"))
    spec.when(correct(cover)).then_refused(NotCovered, f"did not cover {line}", "ledger disclosure cover")


def test_the_orders_that_are_corrected(spec: Scenario) -> None:
    """The facet of service orders means all that the correction shows, also one that the document left out."""
    spec.given(*PARTIES, *SIGNED, order(), order("SO-2"))
    spec.given(publish(ORDERS_TOLD, body="Council"), order("SO-3"))
    every = Coverage("E1", ("service-orders",), ("SO-1", "SO-2", "SO-3"))
    spec.when(correct(ORDERS_TOLD)).then(corrected(10, every))
    spec.when(correct(Coverage("E1", (), ("SO-2",)))).then(corrected(11, Coverage("E1", (), ("SO-2",))))


def test_corrections_that_cannot_be(spec: Scenario) -> None:
    """The document must be published by the day, the symbol a reference, and the position in the log."""
    spec.given(*PARTIES, *SIGNED).when(correct(PARTIES_TOLD)).then_refused(UnknownDisclosure, "C26/1")
    spec.given(prepare(PARTIES_TOLD)).when(correct(PARTIES_TOLD)).then_refused(UnknownDisclosure, "C26/1")
    spec.given(publish(), effective="2024-06-01")
    spec.when(correct(PARTIES_TOLD), effective="2024-05-31").then_refused(BeforeItsTime, "dated 2024-06-01")
    spec.when(correct(PARTIES_TOLD), effective="2026-01-17").then_refused(InTheFuture, "disclosure.corrected")
    spec.when(correct(PARTIES_TOLD, as_of_position=9)).then_refused(BeyondHead, "no entry 9")
    command = CorrectDisclosure(
        document="C26/1", correction="C=2", what="x", cover=(PARTIES_TOLD,), as_of_on="2026-01-15"
    )
    spec.when(command).then_refused(BadReference, "'C=2'")


def test_what_was_corrected_stays_covered(spec: Scenario) -> None:
    """A corrected coverage cannot be voided alone, but together with its correction."""
    spec.given(*PARTIES, *SIGNED, publish(PARTIES_TOLD, body="Council"), correct(PARTIES_TOLD))
    spec.when(VoidEntries(positions=(7,), reason="x"))
    spec.then_refused(VoidBreaks, "disclosure.corrected", "did not cover E1 parties")
    spec.when(VoidEntries(positions=(7, 8), reason="x"))
    spec.then(EntryVoided(version=3, reason="x"), EntryVoided(version=2, reason="x"))
