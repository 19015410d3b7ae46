"""Read and plan rows of a register of receipts: money that payers had committed came in, or went back to them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from ledger.domain.engagement.money.contributions import (
    ContributionReceived,
    ContributionRefunded,
    ReceiveContribution,
    RefundContribution,
)
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import LedgerError
from ledger.domain.fields import ORGANIZATION
from ledger.domain.kernel import Command, Fact
from ledger.domain.money import Money, from_minor
from ledger.importing.kinds.planner import Planner, RowPlan
from ledger.importing.kinds.row_marks import row_mark
from ledger.importing.result import FieldChange
from ledger.importing.row_errors import At, EmptyCell, MoneyDiffers, TakenBack
from ledger.importing.source.row_mapper import RecordCells
from ledger.importing.source.rows import RegisterRow


class ReceiptRow(RegisterRow, frozen=True, kw_only=True, array_like=True, gc=False):
    """A row of a register of receipts; `on` is the day of receipt. A negative amount went back to the payer."""

    engagement: str
    payer: str
    receipt: str
    amount: Money

    def display_values(self) -> dict[str, Any]:
        """Return the values of the row, by field."""
        return {
            "engagement": self.engagement,
            "payer": self.payer,
            "receipt": self.receipt,
            "amount": self.amount,
            "received_on": self.on,
            "reason": self.reason,
        }


def read_receipt(cells: RecordCells) -> ReceiptRow:
    """Return the receipt that a record describes; faults are added to `cells`."""
    engagement, receipt = cells.reference("engagement"), cells.reference("receipt")
    amount, received_on = cells.amount("amount"), cells.date("received_on")
    for name, value in {"engagement": engagement, "amount": amount, "received_on": received_on}.items():
        if not value:
            cells.need(name)
    is_refund = amount is not None and amount.minor < 0
    return ReceiptRow(
        number=cells.record.number,
        line=cells.record.line,
        reference=f"{engagement}; {receipt}{'; refund' if is_refund else ''}" if receipt else "",
        on=received_on or "",
        reason=cells.text("reason"),
        engagement=engagement,
        payer=cells.text("payer") or "",
        receipt=receipt,
        amount=amount or Money("", ""),
    )


class _Values(NamedTuple):
    """The values of a receipt, as a row states them or as recorded; a refund has a negative amount."""

    payer: str
    amount: Money
    received_on: str


FIELD_OF = {
    "unknown-engagement": "engagement", "forbidden-transition": "engagement", "not-a-party-here": "payer",
    "unknown-party": "payer", "ambiguous-party": "payer", "nothing-committed": "payer",
    "wrong-currency": "currency", "not-positive": "amount", "over-received": "amount", "cannot-correct": "receipt",
}  # fmt: skip
"""The field that a refusal is about, by its code, for refusals that do not carry the field."""


class ReceiptPlanner(Planner[ReceiptRow]):
    """Plans rows of receipts."""

    def plan(self, row: ReceiptRow) -> RowPlan:
        """Return the plan of a row. Raises At, and the LedgerError that refuses it."""
        self.check_not_ahead(row.on, "received_on")
        given = _Values(self._payer(row, self.unit.engagement(row.engagement)), row.amount, row.on)
        stream, mark = f"engagement/{row.engagement}", row_mark(row.reference)
        facts, was_recorded = self.marked.of(self.unit, stream, mark)
        current = _recorded(facts)
        if given == current:
            return RowPlan("unchanged")
        command = _command(row.engagement, given)
        if current is None:
            if was_recorded:
                raise At(TakenBack(f"Receipt {row.receipt or row.reference}", stream), "receipt", row.receipt)
            outcome = "refunded" if row.amount.minor < 0 else "received"
            return RowPlan(outcome, [self.request(row, [command], row.on, mark)])
        changes = [
            FieldChange(row=row.number, subject=row.reference, field=name, was=str(was), becomes=str(now))
            for name, was, now in zip(_Values._fields, current, given, strict=True)
            if was != now
        ]
        if not self.options.correct:
            first = changes[0]
            error = MoneyDiffers(f"receipt {row.receipt}", first.field, first.becomes, first.was)
            raise At(error, first.field, first.becomes)
        voids = self.voids(stream, [fact.version for fact in facts])
        return RowPlan("corrected", [self.request(row, [*voids, command], row.on, mark)], changes=changes)

    def _payer(self, row: ReceiptRow, state: Engagement) -> str:
        """Return the payer: the party that the row names, else the only party. Raises At."""
        if row.payer == ORGANIZATION:
            return ORGANIZATION
        if row.payer:
            try:
                return self.unit.party(row.payer)
            except LedgerError as error:
                raise At(error, "payer", row.payer) from error
        parties = {role.party for role in state.roles()}
        if len(parties) != 1:
            raise At(EmptyCell("payer"), "payer", "")
        return parties.pop()


def _command(engagement: str, given: _Values) -> Command:
    if given.amount.minor < 0:
        amount = from_minor(given.amount.currency, -given.amount.minor)
        return RefundContribution(engagement=engagement, payer=given.payer, amount=amount)
    return ReceiveContribution(engagement=engagement, payer=given.payer, amount=given.amount)


def _recorded(facts: Iterable[Fact]) -> _Values | None:
    """Return the values of the receipt or refund among these facts; None if there is none."""
    for fact in facts:
        event = fact.event
        if isinstance(event, ContributionReceived):
            return _Values(event.by, event.amount, fact.effective_on)
        if isinstance(event, ContributionRefunded):
            return _Values(event.by, from_minor(event.amount.currency, -event.amount.minor), fact.effective_on)
    return None
