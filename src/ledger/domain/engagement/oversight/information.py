"""Requests for information on an engagement by a body or a delegation, and when it was provided."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec

from ledger.domain.dates import checked_date
from ledger.domain.engagement.command import EngagementCommand
from ledger.domain.engagement.parts import InformationRequest
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import LedgerError, listed
from ledger.domain.fields import Day, DocumentSymbol, LongText, about, checked_reference, next_number
from ledger.domain.kernel import DecisionContext, Event, Fact


class DuplicateRequest(LedgerError):
    """The engagement has a request for information with this key already."""

    code = "duplicate-request"

    def __init__(self, key: str) -> None:
        """Refuse the key."""
        super().__init__(f"There is a request {key} already.", "Give another --request, or none to have one made.")


class UnknownRequest(LedgerError):
    """The engagement has no open request for information with this key."""

    code = "unknown-request"

    def __init__(self, key: str, known: Iterable[str]) -> None:
        """Refuse `key`; `known` are open."""
        has = listed(known, "and")
        super().__init__(f"No request '{key}' is open here.", f"Open: {has}." if has else "None is open.")


class InformationRequested(Event, tag="information.requested", frozen=True):
    """A body or a delegation asked for information on the engagement, by a day."""

    request: str
    by: str
    what: str
    due_on: str

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the engagement exists and that the key is free. Raises ForbiddenTransition, DuplicateRequest."""
        state.check_exists(fact)
        if self.request in state.information:
            raise DuplicateRequest(self.request)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Add the request."""
        state.information[self.request] = InformationRequest(self.by, self.what, self.due_on, fact.effective_on)


class InformationProvided(Event, tag="information.provided", frozen=True):
    """The information that was requested was provided; `document` is where it can be read."""

    request: str
    document: str | None = None

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the request is open and was made by the day. Raises UnknownRequest, BeforeItsTime."""
        request = state.information.get(self.request)
        if request is None or request.provided_on:
            raise UnknownRequest(self.request, open_requests(state))
        state.check_after(fact, f"request {self.request}", request.requested_on)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Note when and where it was provided."""
        request = state.information[self.request]
        request.provided_on, request.document = fact.effective_on, self.document or ""


def open_requests(state: Engagement) -> list[str]:
    """Return the keys of the requests for which nothing was provided yet."""
    return [key for key, request in state.information.items() if not request.provided_on]


class RequestInformation(EngagementCommand, tag="information request", frozen=True):
    """Record that a body or a delegation asked for information on an engagement."""

    example = "IDS-2026-001 'Spending by region' --by 'Council' --due-on 2026-06-30"
    numbered = "request"

    what: Annotated[LongText, msgspec.Meta(description="what is asked for", extra={"argument": True})]
    by: Annotated[str, about("who asks: a body or a delegation, not a person")]
    due_on: Annotated[Day, msgspec.Meta(description="the day by which it is due")]
    request: Annotated[str, about("its key; the next Q number if not given")] | None = None

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the request. Raises UnknownEngagement, BadReference, BadDate."""
        context.engagement(self.engagement)
        yield InformationRequested(
            request=checked_reference(self.request or next_number("Q", state.information)),
            by=checked_reference(self.by),
            what=self.what,
            due_on=checked_date(self.due_on),
        )


class ProvideInformation(EngagementCommand, tag="information provide", frozen=True):
    """Record that the information that was requested was provided."""

    example = "IDS-2026-001 Q1 --document C26/45"

    request: Annotated[str, about("the key of the request", argument=True)]
    document: Annotated[DocumentSymbol, msgspec.Meta(description="symbol of the document that gives it")] | None = None

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield what was provided. Raises UnknownEngagement, UnknownRequest, BadReference."""
        context.engagement(self.engagement)
        yield InformationProvided(request=self.request, document=self.document and checked_reference(self.document))
