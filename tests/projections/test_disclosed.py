"""A document discloses what stood at its as-of, and nothing else, whatever it lists.

The rule, read from the raw entries: a facet or service order is disclosed at an as-of if a document that counts there
covers it, and the fold of the log at the as-of of *that document* has it, in an engagement that is signed there.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger.application.ledger import Ledger
from ledger.application.request import Request
from ledger.domain.disclosure.commands import CoverMore, PublishDisclosure
from ledger.domain.disclosure.disclosure import Coverage, Disclosure, DisclosureCovered
from ledger.domain.errors import LedgerError
from ledger.domain.facets import FACETS
from ledger.domain.kernel import DecisionContext, Event
from projections.queries import asserted
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import ANY_BODY, Queries
from projections.queries.disclosure.coverage import CoverageIndex
from projections.queries.disclosure.state import changed_since, first_disclosures, undisclosed, waiting_facets
from projections.runner.follow import catch_up
from projections.runner.place import engine_at
from tests.projections.histories import (
    BEGINNING,
    BODIES,
    DATES,
    ORDERS,
    RUNNING,
    Step,
    histories,
    play,
    record_step,
)
from tests.reports.council_fold import SIGNED, Entry, Folded

SWEEP = bool(os.environ.get("LEDGER_SWEEP"))
Key = tuple[str, str, str]


@pytest.fixture(autouse=True, scope="module")
def _few_at_once() -> Iterator[None]:
    """Read a few engagements at once, so that small registers are read in several batches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asserted, "AT_ONCE", 3)
        yield


class CoverBlindly(CoverMore, tag="disclosure cover blindly", frozen=True):
    """Cover what was asked for, whether the document shows it or not, as logs from before this rule do."""

    def decide(self, state: Disclosure, context: DecisionContext) -> Iterator[Event]:
        """Yield the coverage as it is."""
        yield DisclosureCovered(engagements=self.cover)


def tell(ledger: Ledger, number: int) -> None:
    """Publish a document that shows some day and now, or let one that is published list all of an engagement."""
    document = f"D/{number % 3}"
    publish = PublishDisclosure(document=document, body=BODIES[number % 3], as_of_on=DATES[number % 4])
    cover = Coverage(RUNNING[number % 6], FACETS, ORDERS[: number % 3])
    for command in (publish, CoverBlindly(document=document, cover=(cover,))):
        with suppress(LedgerError):
            ledger.record(Request(commands=(command,), actor="staff/1", effective_on=DATES[3]))


def at(entries: dict[int, Entry], on: str, known_at: int) -> dict[Key, Any]:
    """Return what can be disclosed at an as-of, by the entries alone."""
    folded = Folded(entries, on, known_at)
    signed = [ref for ref, engagement in folded.engagements.items() if engagement.status in SIGNED]
    return {(ref, *key): text for ref in signed for key, text in folded.facets(ref).items()}


def told(entries: dict[int, Entry], on: str, known_at: int, body: str | None = None) -> dict[Key, list[Any]]:
    """Return what each document for the body said of each key, as of a day and position, by the entries alone."""
    folded = Folded(entries, on, known_at)
    body = body or folded.settings.get("governing-body", ANY_BODY)
    said: dict[Key, list[Any]] = {}
    for key, documents in folded.covered.items():
        shown = [at(entries, document["on"], document["position"]) for document in documents
                 if body in (ANY_BODY, document["body"])]  # fmt: skip
        if texts := [stood[key] for stood in shown if key in stood]:
            said[key] = texts
    return said


def check(entries: dict[int, Entry], queries: Queries, body: str | None) -> int:
    """Compare every reading of the projections with the rule; return how much was disclosed."""
    on, known_at = queries.as_of.on, queries.as_of.known_at
    said, now = told(entries, on, known_at, body), at(entries, on, known_at)
    assert said.keys() == CoverageIndex(queries).rows.keys()
    waiting = now.keys() - said.keys()
    assert waiting == {(item.engagement, item.facet, item.number) for item in undisclosed(queries)}
    assert waiting == waiting_facets(queries, queries.statuses())
    assert now.keys() & said.keys() == {(item.engagement, item.facet, item.number)
                                        for item in first_disclosures(queries)}  # fmt: skip
    signed = {ref for ref, *_ in now}
    changed = {
        key
        for key, texts in said.items()
        if key[0] in signed and key[1:] != ("service-orders", "") and texts[-1] != now.get(key)
    }
    assert changed == {(item.engagement, item.facet, item.number) for item in changed_since(queries)}
    return len(now.keys() & said.keys())


def check_story(story: list[Step], blind: set[int]) -> int:
    """Play a story, following it in steps, with coverage that lists too much; compare at several as-ofs."""
    disclosed = 0
    with TemporaryDirectory() as folder:
        ledger, engine = play([BEGINNING[0]], Path(folder)), engine_at(Path(folder) / "read.db")
        try:
            for number, step in enumerate(story):
                record_step(ledger, step)
                if number % 3 in blind:
                    tell(ledger, step[1] + 5 * step[2])
                if number % 10 == 0:
                    catch_up(ledger, engine)
            catch_up(ledger, engine)
            entries: dict[int, Any] = {position: json.loads(data) for position, data in ledger.store.entries()}
            size = len(entries)
            with engine.connect() as db:
                for known_at in (size, size * 3 // 4, size // 2):
                    for on in (DATES[4], "2026-01-15"):
                        for body in (None, ANY_BODY, "TDAG"):
                            disclosed += check(entries, Queries(db, BitemporalPoint(on, known_at), body), body)
        finally:
            engine.dispose()
            ledger.close()
    return disclosed


@settings(
    max_examples=400 if SWEEP else 15,
    deadline=None,
    phases=tuple(Phase) if SWEEP else (Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
@given(story=histories, blind=st.sets(st.integers(0, 2)))
def test_a_document_discloses_only_what_stood_at_its_as_of(story: list[Step], blind: set[int]) -> None:
    """Under voids, corrections and late recording, for every body, at every as-of, in every reading."""
    check_story(story, blind)
