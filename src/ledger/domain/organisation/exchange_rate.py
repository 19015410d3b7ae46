"""Exchange rates: one per pair of currencies and day, with its source."""

import re
from collections.abc import Iterator
from typing import Annotated

from ledger.domain.errors import USAGE, LedgerError
from ledger.domain.fields import Text, about
from ledger.domain.kernel import Command, Dated, DecisionContext, Event, Fact, Line, State
from ledger.domain.money import decimals

_RATE = re.compile(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,12})?", re.ASCII)


class BadRate(LedgerError):
    """A rate of exchange is not a positive decimal number."""

    code = "bad-rate"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse `text` as a rate."""
        super().__init__(f"'{text}' is not a rate of exchange.", "Write how many units of the second currency one unit "
                         "of the first buys, like 'rate record EUR USD 1.0850'.")  # fmt: skip


class Rate(State):
    """The exchange rates of one pair of currencies."""

    kind = "rate"

    def __init__(self) -> None:
        """Create the state of a pair without rates."""
        super().__init__()
        self.by_day: dict[str, str] = {}
        """The rate of each day: units of the second currency for one of the first."""

    def describe(self) -> list[Line]:
        """Return the latest rate and its source."""
        return [Line(str(name), str(fact.value)) for name, fact in self.facts.items()]


class RateRecorded(Event, tag="rate.recorded", frozen=True):
    """One unit of `base` was worth `rate` units of `quote` from the effective date on, as its source published."""

    base: str
    quote: str
    rate: str
    source: str

    def validate(self, state: Rate, fact: Fact) -> None:
        """Check that the rate is a positive decimal number. Raises BadRate."""
        if not _RATE.fullmatch(self.rate) or not self.rate.strip("0."):
            raise BadRate(self.rate)

    def evolve(self, state: Rate, fact: Fact) -> None:
        """Set the rate from the effective date on."""
        state.exists = True
        state.by_day[fact.effective_on] = self.rate
        if state.is_last("rate", fact):  # only the latest is kept: a pair may have thousands of days
            rate = f"{self.rate} {self.quote} for 1 {self.base}"
            for name, value in (("rate", rate), ("source", self.source)):
                state.facts[name] = Dated(fact.effective_on, fact.version, value)


class RecordRate(Command, tag="rate record", frozen=True):
    """Record a rate of exchange, from its date (--effective) on."""

    stream_kind = "rate"
    example = "EUR USD 1.0850 --source 'UN operational rates' --effective 2026-11-01"

    base: Annotated[str, about("the currency that is priced, like EUR", argument=True)]
    quote: Annotated[str, about("the currency of the price, like USD", argument=True)]
    rate: Annotated[str, about("the price: units of the second currency for one of the first", argument=True)]
    source: Annotated[Text, about("who published the rate")]

    def stream(self, context: DecisionContext) -> str:
        """Return the stream of the pair. Raises UnknownCurrency."""
        decimals(self.base)
        decimals(self.quote)
        return f"rate/{self.base}-{self.quote}"

    def decide(self, state: Rate, context: DecisionContext) -> Iterator[Event]:
        """Yield the rate, unless the same rate is recorded for this date. Raises BadRate."""
        if self.base == self.quote:
            raise BadRate(f"{self.rate} {self.base} for {self.quote}")
        if state.by_day.get(context.effective_on) != self.rate:
            yield RateRecorded(base=self.base, quote=self.quote, rate=self.rate, source=self.source)
