"""Rows of a register of payments: to record one, and the acceptance that it pays for; to correct it, or nothing."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ledger.application.request import Request
from ledger.domain.engagement.money.acceptances import AcceptDeliverable, DeliverableAccepted
from ledger.domain.engagement.money.payments import MakePayment, PaymentMade
from ledger.domain.engagement.state import Engagement
from ledger.domain.kernel import Command, Event, Fact
from ledger.domain.money import Money
from ledger.domain.voiding import standing
from ledger.format.entry import Entry
from ledger.importing.kinds.planner import Planner, RowPlan
from ledger.importing.result import FieldChange
from ledger.importing.row_errors import At, PaymentDiffers, TakenBack
from ledger.importing.source.row_mapper import RecordCells
from ledger.importing.source.rows import RegisterRow


class PaymentRow(RegisterRow, frozen=True, kw_only=True, array_like=True, gc=False):
    """A row of a register of payments; `on` is the day of payment, `accepted_on` that of the acceptance, if any."""

    engagement: str
    order: str
    payment: str
    amount: Money
    accepted_on: str | None
    acceptance: str
    wind_down: str | None

    def display_values(self) -> dict[str, Any]:
        """Return what the row gives, by field."""
        return {
            "engagement": self.engagement,
            "order": self.order,
            "payment": self.payment,
            "amount": self.amount,
            "paid_on": self.on,
            "accepted_on": self.accepted_on,
            "acceptance": self.acceptance if self.accepted_on else None,
            "wind_down": self.wind_down,
            "reason": self.reason,
        }


def read_payment(cells: RecordCells) -> PaymentRow:
    """Return the payment that a record is; what is wrong with it is noted in `cells`."""
    engagement, order, payment = (cells.reference(field) for field in ("engagement", "order", "payment"))
    amount, paid_on = cells.amount("amount"), cells.date("paid_on")
    found = {"engagement": engagement, "order": order, "payment": payment, "amount": amount, "paid_on": paid_on}
    for name, value in found.items():
        if not value:
            cells.need(name)
    return PaymentRow(
        number=cells.record.number,
        line=cells.record.line,
        reference=f"{engagement}; {payment}",
        on=paid_on or "",
        reason=cells.text("reason"),
        engagement=engagement,
        order=order,
        payment=payment,
        amount=amount or Money("", ""),
        accepted_on=cells.date("accepted_on"),
        acceptance=cells.reference("acceptance") or payment,
        wind_down=cells.text("wind_down"),
    )


class _PaymentValues(NamedTuple):
    """What is said of a payment, by a row or by what is recorded."""

    order: str
    amount: Money
    paid_on: str


FIELD_OF = {
    "unknown-engagement": "engagement", "forbidden-transition": "engagement", "unknown-order": "order",
    "order-ended": "order", "over-accepted": "amount", "over-order": "amount", "wrong-currency": "currency",
    "not-positive": "amount", "duplicate-payment": "payment", "duplicate-acceptance": "acceptance",
    "before-its-time": "paid_on", "cannot-correct": "payment",
}  # fmt: skip
"""Code of a refusal to the field of the row that it is about, where the refusal itself does not know."""


class PaymentPlanner(Planner[PaymentRow]):
    """Plans rows of payments."""

    def plan(self, row: PaymentRow) -> RowPlan:
        """Return what a row asks. Raises At, and whatever refuses it."""
        for day, field in ((row.accepted_on, "accepted_on"), (row.on, "paid_on")):
            if day:
                self.check_not_ahead(day, field)
        state = self.unit.engagement(row.engagement)
        stream = f"engagement/{row.engagement}"
        entries = self.entries(stream)
        given = _PaymentValues(row.order, row.amount, row.on)
        word = _recorded([entry.fact for entry in entries if entry.source], row.payment)
        if given == word:
            return RowPlan("unchanged")
        held = _recorded([entry.fact for entry in entries], row.payment)
        if held is None:
            if word is not None:
                raise At(TakenBack(f"Payment {row.payment}", stream), "payment", row.payment)
            return self._paying(row, state)
        if given == held:
            return RowPlan("unchanged")
        return self._changed(row, state, entries, given, held)

    def _paying(self, row: PaymentRow, state: Engagement) -> RowPlan:
        requests = list(self._accepting(row, state))
        return RowPlan("paid", [*requests, self.request(row, [_pay_command(row)], row.on)], accepted=len(requests))

    def _accepting(self, row: PaymentRow, state: Engagement) -> Iterator[Request]:
        """Yield the request that accepts what is paid for, unless this very acceptance is recorded already."""
        held = state.balances.acceptances.get(row.acceptance)
        is_recorded = held is not None and (held.order, held.minor) == (row.order, row.amount.minor)
        if row.accepted_on and not is_recorded:
            yield self.request(row, [_accept_command(row)], row.accepted_on, "/acceptance")

    def _changed(
        self, row: PaymentRow, state: Engagement, entries: Sequence[Entry], given: _PaymentValues, held: _PaymentValues
    ) -> RowPlan:
        changes = [
            FieldChange(row=row.number, subject=row.reference, field=name, was=str(was), becomes=str(now))
            for name, was, now in zip(_PaymentValues._fields, held, given, strict=True)
            if was != now
        ]
        if not self.options.correct:
            first = changes[0]
            error = PaymentDiffers(row.payment, first.field.replace("paid_on", "day"), first.becomes, first.was)
            raise At(error, first.field, first.becomes)
        return RowPlan("corrected", list(self._correction(row, state, entries)), changes=changes)

    def _correction(self, row: PaymentRow, state: Engagement, entries: Sequence[Entry]) -> Iterator[Request]:
        """Yield the requests that take a payment back, with the acceptance that rows recorded for it, and pay anew."""
        wrong = [
            fact.version for fact in standing([one.fact for one in entries]) if _is_payment(fact.event, row.payment)
        ]
        of_rows = standing([entry.fact for entry in entries if entry.source])
        accepted = [fact.version for fact in of_rows if row.accepted_on and _is_acceptance(fact.event, row.acceptance)]
        voids = self.voids(f"engagement/{row.engagement}", sorted(wrong + accepted))
        yield self.request(row, voids, row.on, "/void")
        if accepted:
            yield self.request(row, [_accept_command(row)], row.accepted_on, "/acceptance")
        else:
            yield from self._accepting(row, state)
        yield self.request(row, [_pay_command(row)], row.on)


def _pay_command(row: PaymentRow) -> Command:
    return MakePayment(
        engagement=row.engagement, number=row.order, amount=row.amount, payment=row.payment, wind_down=row.wind_down
    )


def _accept_command(row: PaymentRow) -> Command:
    return AcceptDeliverable(engagement=row.engagement, number=row.order, amount=row.amount, acceptance=row.acceptance)


def _is_acceptance(event: Event, acceptance: str) -> bool:
    return isinstance(event, DeliverableAccepted) and event.acceptance == acceptance


def _is_payment(event: Event, payment: str) -> bool:
    return isinstance(event, PaymentMade) and event.payment == payment


def _recorded(facts: Sequence[Fact], payment: str) -> _PaymentValues | None:
    """Return what is said of a payment; None if none stands."""
    for fact in standing(facts):
        event = fact.event
        if isinstance(event, PaymentMade) and event.payment == payment:
            return _PaymentValues(event.order, event.amount, fact.effective_on)
    return None


def payment_row_key(ref: str, event: Event) -> str | None:
    """Return the payment that an event in the stream of engagement `ref` records, as rows name it; else None."""
    return f"{ref}; {event.payment}" if isinstance(event, PaymentMade) else None
