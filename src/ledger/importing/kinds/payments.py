"""Read and plan rows of a register of payments: each records or corrects a payment, or changes nothing.

A row may also record the acceptance of the deliverable that the payment is for.
"""

from collections.abc import Hashable, Iterable, Iterator
from typing import Any, NamedTuple

from ledger.application.request import Request
from ledger.domain.engagement.money.acceptances import AcceptDeliverable, DeliverableAccepted
from ledger.domain.engagement.money.payments import MakePayment, PaymentMade
from ledger.domain.engagement.state import Engagement
from ledger.domain.kernel import Command, Event, Fact
from ledger.domain.money import Money, from_minor
from ledger.domain.voiding import unvoided
from ledger.importing.changes.party_resolver import PartyResolver
from ledger.importing.changes.stream_history import StreamHistories, StreamHistory
from ledger.importing.kinds.planner import Planner, RowPlan
from ledger.importing.kinds.refunds import Refund, plan_refund
from ledger.importing.profile.model import Profile
from ledger.importing.requests import Options
from ledger.importing.result import FieldChange
from ledger.importing.row_errors import At, PaymentDiffers, TakenBack
from ledger.importing.source.row_mapper import RecordCells
from ledger.importing.source.rows import RegisterRow


class PaymentRow(RegisterRow, frozen=True, kw_only=True, array_like=True, gc=False):
    """A row of a register of payments; `on` is the day of payment, `accepted_on` that of the acceptance, if any.

    A negative amount is a refund; `refund_of` is the payment that came back, if the row names it.
    """

    engagement: str
    order: str
    payment: str
    amount: Money
    accepted_on: str | None
    acceptance: str
    wind_down: str | None
    ex_post_facto: str | None
    refund_of: str = ""

    def display_values(self) -> dict[str, Any]:
        """Return the values of the row, by field."""
        return {
            "engagement": self.engagement,
            "order": self.order,
            "payment": self.payment,
            "amount": self.amount,
            "paid_on": self.on,
            "accepted_on": self.accepted_on,
            "acceptance": self.acceptance if self.accepted_on else None,
            "refund_of": self.refund_of,
            "wind_down": self.wind_down,
            "ex_post_facto": self.ex_post_facto,
            "reason": self.reason,
        }


def read_payment(cells: RecordCells) -> PaymentRow:
    """Return the payment that a record describes; faults are added to `cells`."""
    engagement, order, payment = (cells.reference(field) for field in ("engagement", "order", "payment"))
    amount, paid_on = cells.amount("amount"), cells.date("paid_on")
    required = {"engagement": engagement, "order": order, "payment": payment, "amount": amount, "paid_on": paid_on}
    for name, value in required.items():
        if not value:
            cells.need(name)
    is_refund = amount is not None and amount.minor < 0
    return PaymentRow(
        number=cells.record.number,
        line=cells.record.line,
        reference=f"{engagement}; {payment}{'; refund' if is_refund else ''}",
        on=paid_on or "",
        reason=cells.text("reason"),
        engagement=engagement,
        order=order,
        payment=payment,
        amount=amount or Money("", ""),
        accepted_on=cells.date("accepted_on"),
        acceptance=cells.reference("acceptance") or payment,
        wind_down=cells.text("wind_down"),
        ex_post_facto=cells.text("ex_post_facto"),
        refund_of=cells.reference("refund_of"),
    )


class _PaymentValues(NamedTuple):
    """The values of a payment, as a row states them or as recorded."""

    order: str
    amount: Money
    paid_on: str


FIELD_OF = {
    "unknown-engagement": "engagement", "forbidden-transition": "engagement", "unknown-order": "order",
    "order-ended": "order", "over-accepted": "amount", "over-order": "amount", "wrong-currency": "currency",
    "not-positive": "amount", "duplicate-payment": "payment", "duplicate-acceptance": "acceptance",
    "before-its-time": "paid_on", "cannot-correct": "payment",
}  # fmt: skip
"""The field that a refusal is about, by its code, for refusals that do not carry the field."""


class PaymentPlanner(Planner[PaymentRow]):
    """Plans rows of payments."""

    def __init__(self, profile: Profile, sha256: str, options: Options, parties: PartyResolver) -> None:
        """Plan for the file with this digest."""
        super().__init__(profile, sha256, options, parties)
        self._histories = StreamHistories(_part_of)

    def plan(self, row: PaymentRow) -> RowPlan:
        """Return the plan of a row. Raises At, and the LedgerError that refuses it."""
        for day, field in ((row.accepted_on, "accepted_on"), (row.on, "paid_on")):
            if day:
                self.check_not_ahead(day, field)
        if row.amount.minor < 0:
            return plan_refund(self, row, _refund(row))
        state = self.unit.engagement(row.engagement)
        stream = f"engagement/{row.engagement}"
        history = self._histories.of(self.unit, stream)
        recorded = history.of(("payment", row.payment))
        given = _PaymentValues(row.order, row.amount, row.on)
        in_register = _payment(fact for fact, is_from_row in recorded if is_from_row)
        if given == in_register:
            return RowPlan("unchanged")
        current = _payment(fact for fact, _ in recorded)
        if current is None:
            if in_register is not None:
                raise At(TakenBack(f"Payment {row.payment}", stream), "payment", row.payment)
            return self._pay(row, state)
        if given == current:
            return RowPlan("unchanged")
        return self._changed(row, state, history, given, current)

    def _pay(self, row: PaymentRow, state: Engagement) -> RowPlan:
        requests = list(self._accept(row, state))
        return RowPlan("paid", [*requests, self.request(row, [_pay_command(row)], row.on)], accepted=len(requests))

    def _accept(self, row: PaymentRow, state: Engagement) -> Iterator[Request]:
        """Yield the request that accepts the deliverable, unless an equal acceptance is recorded already."""
        current = state.balances.acceptances.get(row.acceptance)
        is_recorded = current is not None and (current.order, current.minor) == (row.order, row.amount.minor)
        if row.accepted_on and not is_recorded:
            yield self.request(row, [_accept_command(row)], row.accepted_on, "/acceptance")

    def _changed(
        self,
        row: PaymentRow,
        state: Engagement,
        history: StreamHistory,
        given: _PaymentValues,
        current: _PaymentValues,
    ) -> RowPlan:
        changes = [
            FieldChange(row=row.number, subject=row.reference, field=name, was=str(was), becomes=str(now))
            for name, was, now in zip(_PaymentValues._fields, current, given, strict=True)
            if was != now
        ]
        if not self.options.correct:
            first = changes[0]
            error = PaymentDiffers(row.payment, first.field.replace("paid_on", "day"), first.becomes, first.was)
            raise At(error, first.field, first.becomes)
        return RowPlan("corrected", list(self._correct(row, state, history)), changes=changes)

    def _correct(self, row: PaymentRow, state: Engagement, history: StreamHistory) -> Iterator[Request]:
        """Yield the requests that void a payment and record it again, with the acceptance that rows recorded for it."""
        wrong = [fact.version for fact in unvoided([fact for fact, _ in history.of(("payment", row.payment))])]
        acceptances = history.of(("acceptance", row.acceptance)) if row.accepted_on else ()
        accepted = [fact.version for fact in unvoided([fact for fact, is_from_row in acceptances if is_from_row])]
        voids = self.voids(f"engagement/{row.engagement}", sorted(wrong + accepted))
        yield self.request(row, voids, row.on, "/void")
        if accepted:
            yield self.request(row, [_accept_command(row)], row.accepted_on, "/acceptance")
        else:
            yield from self._accept(row, state)
        yield self.request(row, [_pay_command(row)], row.on)


def _refund(row: PaymentRow) -> Refund:
    amount = from_minor(row.amount.currency, -row.amount.minor)
    return Refund(row.engagement, row.order, row.payment, amount, row.on, row.refund_of, row.wind_down)


def _pay_command(row: PaymentRow) -> Command:
    return MakePayment(
        engagement=row.engagement,
        number=row.order,
        amount=row.amount,
        payment=row.payment,
        wind_down=row.wind_down,
        ex_post_facto=row.ex_post_facto,
    )


def _accept_command(row: PaymentRow) -> Command:
    return AcceptDeliverable(
        engagement=row.engagement,
        number=row.order,
        amount=row.amount,
        acceptance=row.acceptance,
        ex_post_facto=row.ex_post_facto,
    )


def _part_of(fact: Fact) -> Hashable:
    """Return the payment or acceptance that a fact records; None for other facts."""
    event = fact.event
    if isinstance(event, PaymentMade):
        return "payment", event.payment
    return ("acceptance", event.acceptance) if isinstance(event, DeliverableAccepted) else None


def _payment(facts: Iterable[Fact]) -> _PaymentValues | None:
    """Return the values of a payment, given the facts about it; None if there is none that is not void."""
    for fact in unvoided(list(facts)):
        if isinstance(fact.event, PaymentMade):
            return _PaymentValues(fact.event.order, fact.event.amount, fact.effective_on)
    return None


def payment_row_key(ref: str, event: Event) -> str | None:
    """Return the key of the row behind a payment event of engagement `ref`; None for other events."""
    return f"{ref}; {event.payment}" if isinstance(event, PaymentMade) else None
