"""Requests for information: made under a key of their own, and answered once."""

import pytest

from ledger.domain.dates import BadDate
from ledger.domain.engagement.oversight.information import (
    DuplicateRequest,
    InformationProvided,
    InformationRequested,
    ProvideInformation,
    RequestInformation,
    UnknownRequest,
)
from ledger.domain.fields import BadReference
from ledger.domain.party.merging import MergeParty, of_survivors
from ledger.domain.refusals import BeforeItsTime, InTheFuture, UnknownEngagement
from ledger.domain.voiding import VoidBreaks, VoidEntries
from tests.spec.scenario import Scenario
from tests.spec.stories import LIVES, PARTIES, SIGNED

WHAT = "Spending by region,\nand by year"


def request(due_on: str = "2024-06-30", by: str = "Council", **members: str) -> RequestInformation:
    """Return a command that asks for information."""
    return RequestInformation(engagement="E1", what=WHAT, by=by, due_on=due_on, **members)


def requested(key: str = "Q1", by: str = "Council") -> InformationRequested:
    """Return its event."""
    return InformationRequested(request=key, by=by, what=WHAT, due_on="2024-06-30")


def provide(key: str = "Q1", **members: str) -> ProvideInformation:
    """Return a command that provides it."""
    return ProvideInformation(engagement="E1", request=key, **members)


@pytest.mark.parametrize("status", LIVES)
def test_in_each_state(spec: Scenario, status: str) -> None:
    """Information is asked for and provided in every state, also after the books are closed."""
    spec.given(*PARTIES, *LIVES[status])
    if not status:
        spec.when(request()).then_refused(UnknownEngagement, "E1")
        spec.when(provide()).then_refused(UnknownEngagement, "E1")
        return
    spec.when(request()).then(requested())
    spec.when(provide(document="C26/45")).then(InformationProvided(request="Q1", document="C26/45"))
    assert status == spec.state("engagement/E1").status


def test_requests_have_keys(spec: Scenario) -> None:
    """A request gets the next Q number, or the key that is given; the key is a reference, and is used once."""
    spec.given(*PARTIES, *SIGNED, request()).when(request()).then(requested("Q2"))
    spec.when(request(request="C26-7")).then(requested("C26-7"))
    spec.when(request()).then(requested("Q3"))
    spec.when(request(request="Q2")).then_refused(DuplicateRequest, "Q2")
    spec.when(request(request="a=b")).then_refused(BadReference, "'a=b'")


def test_a_request_says_who_and_by_when(spec: Scenario) -> None:
    """The day exists, who asks is a name, and the request itself is not in the future."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(request("2024-02-30")).then_refused(BadDate, "'2024-02-30'")
    spec.when(request(by="a;b")).then_refused(BadReference, "'a;b'")
    spec.when(request(), effective="2099-01-01").then_refused(InTheFuture)


def test_information_is_provided_once(spec: Scenario) -> None:
    """Only what was asked for is provided, once, and not before it was asked for."""
    spec.given(*PARTIES, *SIGNED)
    spec.when(provide()).then_refused(UnknownRequest, "No request 'Q1'", "None is open")
    spec.given(request(), request(), effective="2024-04-01")
    spec.when(provide("Q3")).then_refused(UnknownRequest, "Open: Q1 and Q2.")
    spec.when(provide(), effective="2024-03-31").then_refused(BeforeItsTime, "request Q1 is dated 2024-04-01")
    spec.when(provide(document="a=b")).then_refused(BadReference, "'a=b'")
    spec.given(provide(), effective="2024-04-01")
    spec.when(provide()).then_refused(UnknownRequest, "Open: Q2.")


def test_a_description_says_what_is_open(spec: Scenario) -> None:
    """A request reads who asks for what by when, and once answered, when and where."""
    spec.given(*PARTIES, *SIGNED, request())
    asked = f"{WHAT} (Council), due on 2024-06-30"
    assert asked == spec.description("engagement/E1")["request Q1"]
    spec.given(provide(document="C26/45"), effective="2024-05-02")
    assert f"{asked}; provided on 2024-05-02, C26/45" == spec.description("engagement/E1")["request Q1"]


def test_requests_are_voided(spec: Scenario) -> None:
    """A request is voided together with its answer; without the answer it is open again."""
    spec.given(*PARTIES, *SIGNED, request(), provide())
    at = spec.size
    spec.when(VoidEntries(positions=(at - 1,), reason="Not asked")).then_refused(VoidBreaks, "information.provided")
    spec.given(VoidEntries(positions=(at,), reason="Not provided")).given(provide())
    spec.given(VoidEntries(positions=(at - 1, spec.size), reason="Not asked"))
    assert "request Q1" not in spec.description("engagement/E1")


def test_who_asks_is_no_party(spec: Scenario) -> None:
    """A body that is called like a party is not that party: nothing refers to it, and a merge does not change it."""
    spec.given(*PARTIES, *SIGNED, request(by="BETA"))
    assert [] == list(requested(by="BETA").mentions())
    spec.given(MergeParty(party="BETA", into="ALPHA"))
    assert "(BETA), due on" in spec.description("engagement/E1")["request Q1"]
    assert requested(by="BETA") == of_survivors(requested(by="BETA"), {"BETA": "ALPHA"}.__getitem__)
