"""Read and plan rows of rates of exchange: each records, amends or corrects the rate of a day, or changes nothing."""

from collections.abc import Hashable, Sequence
from sys import intern
from typing import Any

from ledger.domain.kernel import Fact
from ledger.domain.money import decimals
from ledger.domain.organisation.exchange_rate import Rate, RateRecorded, RecordRate
from ledger.domain.voiding import unvoided
from ledger.importing.changes.party_resolver import PartyResolver
from ledger.importing.changes.stream_history import RecordedFact, StreamHistories
from ledger.importing.kinds.planner import Planner, RowPlan
from ledger.importing.profile.model import Profile
from ledger.importing.requests import Options
from ledger.importing.result import FieldChange
from ledger.importing.row_errors import At, TakenBack
from ledger.importing.source.row_mapper import RecordCells
from ledger.importing.source.rows import RegisterRow


class RateRow(RegisterRow, frozen=True, kw_only=True, array_like=True, gc=False):
    """A row of a register of rates; `on` is the day from which the rate counts."""

    base: str
    quote: str
    rate: str
    source: str

    def display_values(self) -> dict[str, Any]:
        """Return the values of the row, by field."""
        return {"base": self.base, "quote": self.quote, "rate": self.rate, "source": self.source,
                "published_on": self.on, "reason": self.reason}  # fmt: skip


def read_rate(cells: RecordCells) -> RateRow:
    """Return the rate that a record describes; faults are added to `cells`."""
    base, quote, rate, source = (cells.text(field) or "" for field in ("base", "quote", "rate", "source"))
    published_on = cells.date("published_on") or ""
    values = {"base": base, "quote": quote, "rate": rate, "source": source, "published_on": published_on}
    for name, value in values.items():
        if not value:
            cells.need(name)
    for name in ("base", "quote"):
        if values[name]:
            cells.attempt(name, values[name], decimals, values[name])
    style = cells.profile.amounts
    return RateRow(
        number=cells.record.number,
        line=cells.record.line,
        reference=f"{base}-{quote}; {published_on}",
        on=published_on,
        reason=cells.text("reason"),
        base=base,
        quote=quote,
        rate=rate.replace(style.grouping, "").replace(style.decimal, "."),
        source=source,
    )


FIELD_OF = {"bad-rate": "rate", "unknown-currency": "quote"}
"""The field that a refusal is about, by its code, for refusals that do not carry the field."""


class RatePlanner(Planner[RateRow]):
    """Plans rows of rates."""

    facts_are_independent = True

    def __init__(self, profile: Profile, sha256: str, options: Options, parties: PartyResolver) -> None:
        """Plan for the file with this digest."""
        super().__init__(profile, sha256, options, parties)
        self._histories = StreamHistories(_day)

    def plan(self, row: RateRow) -> RowPlan:
        """Return the plan of a row. Raises At, and the LedgerError that refuses it."""
        self.check_not_ahead(row.on, "published_on")
        stream = f"rate/{row.base}-{row.quote}"
        state = self.unit.load(stream).state
        assert isinstance(state, Rate)
        current = state.by_day.get(row.on)
        if current == row.rate:
            return RowPlan("unchanged")
        has_history = self.unit.recorded_version(stream) > 0
        recorded = self._histories.of(self.unit, stream).of(row.on) if has_history else ()
        in_register = _stated(recorded)
        if in_register == row.rate:
            return RowPlan("unchanged")
        if current is None and in_register is not None:
            raise At(TakenBack(f"The rate of {row.on}", stream), "rate", row.rate)
        command = RecordRate(base=intern(row.base), quote=intern(row.quote), rate=row.rate, source=intern(row.source))
        if current is None:
            return RowPlan("recorded", [self.request(row, [command], intern(row.on))])
        change = FieldChange(row=row.number, subject=row.reference, field="rate", was=current, becomes=row.rate)
        if not self.options.correct:
            return RowPlan("amended", [self.request(row, [command], row.on)], changes=[change])
        wrong = [fact.version for fact in unvoided([fact for fact, _ in recorded])]
        request = self.request(row, [*self.voids(stream, wrong), command], row.on)
        return RowPlan("corrected", [request], changes=[change])


def _day(fact: Fact) -> Hashable:
    """Return the day of a rate; None for other facts."""
    return fact.effective_on if isinstance(fact.event, RateRecorded) else None


def _stated(recorded: Sequence[RecordedFact]) -> str | None:
    """Return the rate that rows stated last, given the facts about a day; None if none did."""
    for fact in reversed(unvoided([fact for fact, is_from_row in recorded if is_from_row])):
        if isinstance(fact.event, RateRecorded):
            return fact.event.rate
    return None
