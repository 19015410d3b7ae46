"""What is known of an engagement, and the states of its life."""

from dataclasses import dataclass, field
from typing import NamedTuple

from ledger.domain.errors import LedgerError, listed
from ledger.domain.fields import ORGANIZATION, Role, Share
from ledger.domain.kernel import Fact, State
from ledger.domain.money import Money, from_minor
from ledger.domain.refusals import BeforeItsTime, GoesBack, NotAPartyHere, UnknownOrder, WrongCurrency
from ledger.domain.timeline import Timeline

TRANSITIONS: dict[str, dict[str, str]] = {}
"""Type of event to the states it may start from and the state it leads to; filled by the events themselves.

The state before anything is recorded is the empty text. Resuming leads back to where the suspension began.
"""

RUNNING = ("signed", "suspended", "completed", "terminated")
"""States in which money still moves: contributions come and go, orders are cancelled, payments come back."""


class Step(NamedTuple):
    """One step in the life of an engagement."""

    on: str
    status: str


class ForbiddenTransition(LedgerError):
    """The state of an engagement does not allow this step."""

    code = "forbidden-transition"

    def __init__(self, what: str, status: str, allowed: list[str]) -> None:
        """Refuse `what` in `status`, which allows the steps `allowed`."""
        told = f"is {status}" if status else "is not recorded yet"
        super().__init__(
            f"The engagement {told}: {what} is not possible.",
            f"Possible now: {listed(allowed)}." if allowed else "Nothing more can happen to it.",
        )


@dataclass(slots=True)
class Order:
    """A service order: money in minor units of `currency`."""

    subject: str
    vendor: str
    currency: str
    ordered: int
    starts_on: str | None = None
    ends_on: str | None = None
    deliverables: tuple[str, ...] = ()
    cancelled: bool = False
    paid: int = 0
    issued_on: str = ""
    balance: Timeline = field(default_factory=Timeline)
    """What was ordered less what was paid, by day."""

    @property
    def open(self) -> int:
        """What may still be paid, in minor units."""
        return self.ordered - self.paid


@dataclass(slots=True)
class Payment:
    """A payment under a service order, in minor units of the order's currency."""

    order: str
    minor: int
    on: str
    reversed: bool = False


@dataclass(slots=True)
class Pot:
    """What one payer committed, paid in and got back in one currency, in minor units."""

    committed: int = 0
    received: int = 0
    refunded: int = 0
    pledged: Timeline = field(default_factory=Timeline)
    """What was committed, by day."""
    held: Timeline = field(default_factory=Timeline)
    """What was received less what was refunded, by day."""


@dataclass(slots=True)
class Accounts:
    """All the money of an engagement."""

    pots: dict[tuple[str, str], Pot] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)

    def pot(self, payer: str, currency: str) -> Pot:
        """Return the payer's pot in this currency, made if need be."""
        return self.pots.setdefault((payer, currency), Pot())

    def currencies(self, payer: str) -> list[str]:
        """Return the currencies in which the payer committed something."""
        return sorted(currency for by, currency in self.pots if by == payer)

    def ordered(self, currency: str) -> int:
        """Return what the orders in this currency add up to, in minor units."""
        return sum(order.ordered for order in self.orders.values() if order.currency == currency)


class Engagement(State):
    """What is known of an engagement."""

    kind = "engagement"

    def __init__(self) -> None:
        """Start with nothing known."""
        super().__init__()
        self.life: list[Step] = []
        self.accounts = Accounts()
        self.outcomes: dict[str, str] = {}

    @property
    def status(self) -> str:
        """The state of its life; empty before anything is recorded."""
        return self.life[-1].status if self.life else ""

    def status_on(self, day: str) -> str:
        """Return the state of its life on a day."""
        return next((step.status for step in reversed(self.life) if step.on <= day), "")

    def before_suspension(self) -> str:
        """Return the state to which resuming leads back."""
        return next((step.status for step in reversed(self.life) if step.status != "suspended"), "")

    def step(self, status: str, fact: Fact) -> None:
        """Move the life on."""
        self.exists = True
        self.life.append(Step(fact.effective_on, status))

    def check_step(self, fact: Fact) -> None:
        """Raise ForbiddenTransition or GoesBack unless the life may take this step now."""
        event = fact.event
        if self.status not in TRANSITIONS[event.tag()]:
            raise ForbiddenTransition(_word(event.tag()), self.status, self.allowed())
        if self.life and fact.effective_on < self.life[-1].on:
            raise GoesBack(fact.effective_on, self.life[-1].on, self.status)

    def check_status(self, fact: Fact, allowed: tuple[str, ...]) -> None:
        """Raise ForbiddenTransition unless the engagement was in one of the states on the day of the fact."""
        status = self.status_on(fact.effective_on)
        if status not in allowed:
            raise ForbiddenTransition(f"{_word(fact.event.tag())} on {fact.effective_on}", status, self.allowed())

    def check_books_open(self, fact: Fact) -> None:
        """Raise ForbiddenTransition if the books of the engagement were closed on the day of the fact."""
        status = self.status_on(fact.effective_on)
        if status == "closed":
            raise ForbiddenTransition(f"{_word(fact.event.tag())} on {fact.effective_on}", status, self.allowed())

    def allowed(self) -> list[str]:
        """Return the steps that the present state allows, as words."""
        return [_word(tag) for tag, between in TRANSITIONS.items() if self.status in between]

    def roles(self) -> tuple[Role, ...]:
        """Return the parties and their roles."""
        return self.get("parties") or ()

    def check_party(self, payer: str, *, organization: bool = False) -> None:
        """Raise NotAPartyHere unless `payer` is a party (or the organisation, where it may be)."""
        refs = [role.party for role in self.roles()]
        if payer not in refs and not (organization and payer == ORGANIZATION):
            raise NotAPartyHere(payer, [*refs, ORGANIZATION] if organization else refs)

    def order(self, number: str, engagement: str = "") -> Order:
        """Return the service order with this number. Raises UnknownOrder."""
        try:
            return self.accounts.orders[number]
        except KeyError:
            raise UnknownOrder(engagement, number, self.accounts.orders) from None

    def check_after(self, fact: Fact, what: str, since: str) -> None:
        """Raise BeforeItsTime unless the fact is dated on or after the day since when there is `what` it is about."""
        if fact.effective_on < since:
            raise BeforeItsTime(fact.effective_on, what, since)

    def check_currency(self, payer: str, amount: Money) -> None:
        """Raise WrongCurrency unless the payer committed something in the currency of the amount."""
        known = self.accounts.currencies(payer)
        if amount.currency not in known:
            raise WrongCurrency(amount.currency, known or ["none (nothing was committed)"], "the commitment")

    def parts(self) -> set[str]:
        """Return its service orders, which disclosures refer to."""
        return {f"order:{number}" for number in self.accounts.orders}

    def describe(self) -> dict[str, str]:
        """Return what is known, in words, in reading order."""
        told = {"status": self.status} if self.status else {}
        for name, held in self.facts.items():
            told[name.replace("_", " ")] = _told(held.value)
        for (payer, currency), pot in self.accounts.pots.items():
            for measure in ("committed", "received", "refunded"):
                if minor := getattr(pot, measure):
                    told[f"{measure} by {payer} in {currency}"] = str(from_minor(currency, minor))
        for number, order in self.accounts.orders.items():
            told |= _told_order(number, order)
        told |= {f"outcome {key}": summary for key, summary in self.outcomes.items()}
        return told


def _told(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(str(one) for one in value if isinstance(one, (Role, Share, str)))
    return str(value)


def _told_order(number: str, order: Order) -> dict[str, str]:
    name = f"service order {number}"
    told = {f"{name} subject": order.subject, f"{name} vendor": order.vendor}
    told[f"{name} amount"] = str(from_minor(order.currency, order.ordered))
    for label, value in (("starts on", order.starts_on), ("ends on", order.ends_on)):
        if value:
            told[f"{name} {label}"] = value
    if order.paid:
        told[f"{name} paid"] = str(from_minor(order.currency, order.paid))
    if order.cancelled:
        told[f"{name} cancelled"] = "yes"
    return told


def _word(tag: str) -> str:
    noun, _, verb = tag.partition(".")
    return verb if noun == "engagement" else tag.replace(".", " ")
