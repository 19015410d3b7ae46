"""The state of an engagement, and the states of its lifecycle."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ledger.domain.engagement.description import describe_facts, describe_money, describe_parts
from ledger.domain.engagement.money.balances import Balances, Order
from ledger.domain.engagement.parts import (
    Action,
    AttachedDocument,
    ConflictOfInterest,
    InformationRequest,
    Outcome,
    Review,
)
from ledger.domain.engagement.statuses import (
    ABANDONED,
    DISCLOSABLE,
    EXPIRED,
    IN_FORCE,
    LIVE,
    OVER,
    PLANNED,
    RUNNING,
    SINCE_SIGNED,
    UNTIL_OVER,
    status_on,
)
from ledger.domain.errors import LedgerError, listed
from ledger.domain.fields import ORGANIZATION, Role
from ledger.domain.kernel import Fact, Line, State
from ledger.domain.money import Money
from ledger.domain.refusals import BeforeItsTime, GoesBack, NotAPartyHere, NothingCommitted, UnknownOrder, WrongCurrency

__all__ = (
    "ABANDONED", "DISCLOSABLE", "EXPIRED", "IN_FORCE", "LIVE", "OVER", "PLANNED", "RUNNING", "SINCE_SIGNED",
    "UNTIL_OVER", "status_on",
)  # fmt: skip

TRANSITIONS: dict[str, dict[str, str]] = {}
"""Type of event to the states it may start from and the state it leads to; filled by the events themselves.

The state before anything is recorded is the empty text. Where a step leads back, `BACK` and words say where to.
"""
BACK = "where it was "

EX_POST_FACTO = "Check --effective; if it did come first, say why with --ex-post-facto."
"""The hint where money came before what should have come before it."""


class Step(NamedTuple):
    """A lifecycle step: its date and the status it leads to."""

    on: str
    status: str


class ForbiddenTransition(LedgerError):
    """The state of an engagement does not allow this step."""

    code = "forbidden-transition"

    def __init__(self, what: str, status: str, allowed: list[str], unless: str = "") -> None:
        """Refuse `what` in `status`, which allows the steps `allowed`; `unless` is what would allow it after all."""
        condition = f"is {status}" if status else "is not recorded yet"
        super().__init__(
            f"The engagement {condition}: {what} is not possible.", unless or f"Possible now: {listed(allowed)}."
        )


class Engagement(State):
    """The state of an engagement."""

    kind = "engagement"

    def __init__(self) -> None:
        """Create the state of an engagement that is not recorded."""
        super().__init__()
        self.life: list[Step] = []
        self.balances = Balances()
        self.outcomes: dict[str, Outcome] = {}
        self.conflicts: dict[str, ConflictOfInterest] = {}
        self.reviews: dict[str, Review] = {}
        self.actions: dict[str, Action] = {}
        self.information: dict[str, InformationRequest] = {}
        self.documents: dict[str, AttachedDocument] = {}

    @property
    def status(self) -> str:
        """The current status; empty before the first entry."""
        return self.life[-1].status if self.life else ""

    def status_on(self, day: str) -> str:
        """Return the status on a day; empty before the first step."""
        return next((step.status for step in reversed(self.life) if step.on <= day), "")

    def before(self, *states: str) -> str:
        """Return the last status that is none of `states`: the one that a step back restores."""
        return next((step.status for step in reversed(self.life) if step.status not in states), "")

    def step(self, status: str, fact: Fact) -> None:
        """Append a lifecycle step."""
        self.exists = True
        self.life.append(Step(fact.effective_on, status))

    def check_step(self, fact: Fact) -> None:
        """Check that the transition is allowed and not dated before the last one.

        Raises ForbiddenTransition, GoesBack.
        """
        event = fact.event
        if self.status not in TRANSITIONS[event.tag()]:
            raise ForbiddenTransition(_word(event.tag()), self.status, self.allowed())
        if self.life and fact.effective_on < self.life[-1].on:
            raise GoesBack(fact.effective_on, self.life[-1].on, self.status)

    def check_status(self, fact: Fact, allowed: tuple[str, ...], unless: str = "") -> None:
        """Check that the engagement exists, with one of the `allowed` statuses on the day of the fact.

        Raises ForbiddenTransition.
        """
        status = self.status_on(fact.effective_on)
        if not self.exists or status not in allowed:
            what = f"{_word(fact.event.tag())} on {fact.effective_on}"
            raise ForbiddenTransition(what, status, self.allowed(), unless)

    def check_signed(self, fact: Fact, allowed: tuple[str, ...], ex_post_facto: str | None, unless: str = "") -> None:
        """Check the status of the day like `check_status`; with `ex_post_facto`, what came before signature stands.

        Raises ForbiddenTransition.
        """
        signed_on = next((step.on for step in self.life if step.status == "signed"), "")
        is_early = fact.effective_on < signed_on
        if not (is_early and ex_post_facto):
            self.check_status(fact, allowed, EX_POST_FACTO if is_early else unless)

    def check_exists(self, fact: Fact) -> None:
        """Check that the engagement exists, in any state; the fact may precede its first step.

        Raises ForbiddenTransition.
        """
        if not self.exists:
            raise ForbiddenTransition(f"{_word(fact.event.tag())} on {fact.effective_on}", "", self.allowed())

    def check_books_open(self, fact: Fact) -> None:
        """Check that the books are not closed on the day of the fact. Raises ForbiddenTransition."""
        status = self.status_on(fact.effective_on)
        if status == "closed":
            raise ForbiddenTransition(f"{_word(fact.event.tag())} on {fact.effective_on}", status, self.allowed())

    def allowed(self) -> list[str]:
        """Return the steps that the current status allows."""
        return [_word(tag) for tag, between in TRANSITIONS.items() if self.status in between]

    def roles(self) -> tuple[Role, ...]:
        """Return the parties and their roles."""
        return self.get("parties") or ()

    def party_refs(self) -> list[str]:
        """Return the references of the parties, each once."""
        return list(dict.fromkeys(role.party for role in self.roles()))

    def check_party(self, payer: str, *, organization: bool = False) -> None:
        """Check that `payer` is a party, or (with `organization`) the organisation. Raises NotAPartyHere."""
        refs = [role.party for role in self.roles()]
        if payer not in refs and not (organization and payer == ORGANIZATION):
            raise NotAPartyHere(payer, [*refs, ORGANIZATION] if organization else refs)

    def order(self, number: str, engagement: str = "") -> Order:
        """Return the service order with this number. Raises UnknownOrder."""
        try:
            return self.balances.orders[number]
        except KeyError:
            raise UnknownOrder(engagement, number, self.balances.orders) from None

    def check_after(self, fact: Fact, what: str, since: str, unless: str = "") -> None:
        """Check that the fact is not dated before `since`, the date of `what` it refers to. Raises BeforeItsTime."""
        if fact.effective_on < since:
            raise BeforeItsTime(fact.effective_on, what, since, unless)

    def check_currency(self, payer: str, amount: Money) -> None:
        """Check that a payer has a commitment in the currency of an amount. Raises NothingCommitted, WrongCurrency."""
        known = self.balances.currencies(payer)
        if not known:
            raise NothingCommitted(payer)
        if amount.currency not in known:
            raise WrongCurrency(amount.currency, known, "the commitment")

    def parts(self) -> set[str]:
        """Return the service orders, as `order:number`."""
        return {f"order:{number}" for number in self.balances.orders}

    def describe(self) -> list[Line]:
        """Return status, particulars and money, then outcomes, conflicts, reviews, actions, requests and documents."""
        lines = [Line("status", self.status)] if self.status else []
        lines += [*describe_facts(self.facts), *describe_money(self.balances)]
        sections: dict[str, Mapping[str, Any]] = {
            "review": self.reviews,
            "action": self.actions,
            "request": self.information,
            "document": self.documents,
        }
        return [*lines, *describe_parts(self.outcomes, self.conflicts, sections)]


def _word(tag: str) -> str:
    noun, _, verb = tag.partition(".")
    return verb if noun == "engagement" else tag.replace(".", " ")
