"""Plan refunds of payments: rows with a negative amount, in a profile that says so.

A payment is reversed as a whole only. So a refund reverses payments of its order, the latest first, and pays again on
the same day what was not refunded: each total falls by the refund on the day on which the money came back.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from ledger.domain.engagement.money.payments import MakePayment, PaymentMade, PaymentReversed, ReversePayment
from ledger.domain.engagement.state import Engagement
from ledger.domain.fields import next_number
from ledger.domain.kernel import Command, Fact
from ledger.domain.money import Money, from_minor
from ledger.domain.refusals import WrongCurrency
from ledger.importing.kinds.planner import Planner, RowPlan
from ledger.importing.kinds.row_marks import REFUND, row_mark
from ledger.importing.result import FieldChange
from ledger.importing.row_errors import At, MoneyDiffers, OverRefunded, TakenBack
from ledger.importing.source.rows import RegisterRow

_REST = re.compile(r"(.+)/[0-9]+")
"""The reference of what was paid again: that of the payment, and a number."""


class Refund(NamedTuple):
    """A refund as a row states it: its own reference, and in `of` the payment that came back, if the row names it."""

    engagement: str
    order: str
    reference: str
    amount: Money
    on: str
    of: str = ""
    wind_down: str | None = None


class _Values(NamedTuple):
    """The values of a refund, as a row states them or as recorded."""

    order: str
    amount: Money
    paid_on: str


class _Paid(NamedTuple):
    """A payment that was not reversed: its order, its amount in minor units, and its day."""

    order: str
    minor: int
    on: str


def plan_refund(planner: Planner[Any], row: RegisterRow, refund: Refund) -> RowPlan:
    """Return the plan of a row with a refund. Raises At, UnknownEngagement, UnknownOrder, WrongCurrency."""
    state = planner.unit.engagement(refund.engagement)
    stream, mark = f"engagement/{refund.engagement}", row_mark(refund.reference, REFUND)
    facts, was_recorded = planner.marked.of(planner.unit, stream, mark)
    given = _Values(refund.order, refund.amount, refund.on)
    current = _recorded(facts)
    if given == current:
        return RowPlan("unchanged")
    if was_recorded and current is None:
        raise At(TakenBack(f"Refund {refund.reference}", stream), "payment", refund.reference)
    changes = [
        FieldChange(row=row.number, subject=row.reference, field=name, was=str(was), becomes=str(now))
        for name, was, now in zip(_Values._fields, current or (), given, strict=False)
        if was != now
    ]
    if changes and not planner.options.correct:
        first = changes[0]
        error = MoneyDiffers(f"refund {refund.reference}", first.field, first.becomes, first.was)
        raise At(error, first.field, first.becomes)
    commands = [
        *planner.voids(stream, [fact.version for fact in facts]),
        *_commands(refund, state, _paid_without(facts, state)),
    ]
    request = planner.request(row, commands, refund.on, mark)
    return RowPlan("corrected" if changes else "refunded", [request], changes=changes)


def _commands(refund: Refund, state: Engagement, paid: dict[str, _Paid]) -> list[Command]:
    order = state.order(refund.order, refund.engagement)
    if refund.amount.currency != order.currency:
        raise WrongCurrency(refund.amount.currency, [order.currency], "the order")
    commands: list[Command] = []
    left, last = refund.amount.minor, ""
    for reference in _candidates(refund, paid):
        if left <= 0:
            break
        commands.append(ReversePayment(engagement=refund.engagement, payment=reference))
        left, last = left - paid[reference].minor, reference
    if left > 0:
        found = from_minor(order.currency, refund.amount.minor - left)
        raise At(OverRefunded(refund.of or f"order {refund.order}", found), "amount", str(refund.amount))
    if left < 0:
        match = _REST.fullmatch(last)
        root = match[1] if match and match[1] in state.balances.payments else last
        commands.append(
            MakePayment(
                engagement=refund.engagement,
                number=refund.order,
                amount=from_minor(order.currency, -left),
                payment=next_number(f"{root}/", state.balances.payments),
                wind_down=refund.wind_down,
            )
        )
    return commands


def _candidates(refund: Refund, paid: dict[str, _Paid]) -> list[str]:
    """Return the payments that a refund may take back: those that the row names, else the latest of the order first."""
    known = [ref for ref, payment in paid.items() if payment.order == refund.order and payment.on <= refund.on]
    latest = sorted(known, key=lambda ref: paid[ref].on)[::-1]
    named = refund.of or refund.reference
    its_own = [ref for ref in latest if ref == named or ((match := _REST.fullmatch(ref)) and match[1] == named)]
    return its_own if its_own or refund.of else latest


def _paid_without(facts: Sequence[Fact], state: Engagement) -> dict[str, _Paid]:
    """Return the payments that are not reversed, as they are once these facts of a refund are void."""
    paid = {
        ref: _Paid(payment.order, payment.minor, payment.on)
        for ref, payment in state.balances.payments.items()
        if not payment.reversed
    }
    for fact in facts:
        event = fact.event
        if isinstance(event, PaymentMade):
            paid.pop(event.payment, None)
        elif isinstance(event, PaymentReversed):
            paid[event.payment] = _Paid(event.order, event.amount.minor, state.balances.payments[event.payment].on)
    return paid


def _recorded(facts: Sequence[Fact]) -> _Values | None:
    """Return the values of a refund that these facts record: what was reversed, less what was paid again."""
    reversals = [fact for fact in facts if isinstance(fact.event, PaymentReversed)]
    if not reversals:
        return None
    minor = 0
    for fact in facts:
        if isinstance(fact.event, PaymentReversed):
            minor += fact.event.amount.minor
        elif isinstance(fact.event, PaymentMade):
            minor -= fact.event.amount.minor
    event = reversals[0].event
    assert isinstance(event, PaymentReversed)
    return _Values(event.order, from_minor(event.amount.currency, minor), reversals[0].effective_on)
