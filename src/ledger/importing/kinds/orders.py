"""Rows of a register of service orders: to issue an order, to amend or correct it, or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ledger.application.request import Request
from ledger.domain.dates import check_period
from ledger.domain.engagement.money.balances import Order
from ledger.domain.engagement.money.order_commands import AmendOrder, IssueOrder
from ledger.domain.engagement.money.orders import ServiceOrderAmended, ServiceOrderIssued
from ledger.domain.errors import LedgerError, listed
from ledger.domain.kernel import Command, Event, Fact
from ledger.domain.money import Money, from_minor
from ledger.domain.voiding import standing
from ledger.format.entry import Entry
from ledger.importing.kinds.planner import Planner, RowPlan
from ledger.importing.result import FieldChange, Notice
from ledger.importing.row_errors import At, CannotCorrect, OrderDiffers, TakenBack
from ledger.importing.source.row_mapper import RecordCells
from ledger.importing.source.rows import RegisterRow

FIXED = ("vendor", "issued_on", "currency")
"""What a service order is from its issue on: not amended, only corrected."""
AMENDED = ("subject", "amount", "starts_on", "ends_on", "deliverables")
"""What a row may change of a service order."""


class OrderRow(RegisterRow, frozen=True, kw_only=True, array_like=True, gc=False):
    """A row of a register of service orders; `on` is the day of issue."""

    engagement: str
    order: str
    subject: str
    vendor: str
    amount: Money
    starts_on: str | None
    ends_on: str | None
    deliverables: tuple[str, ...]
    wind_down: str | None

    def display_values(self) -> dict[str, Any]:
        """Return what the row gives, by field."""
        return {
            "engagement": self.engagement,
            "number": self.order,
            "subject": self.subject,
            "vendor": self.vendor,
            "amount": self.amount,
            "issued_on": self.on,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "deliverables": self.deliverables,
            "wind_down": self.wind_down,
            "reason": self.reason,
        }


def read_order(cells: RecordCells) -> OrderRow:
    """Return the service order that a record is; what is wrong with it is noted in `cells`."""
    engagement, number = cells.reference("engagement"), cells.reference("number")
    subject, amount, issued_on = cells.text("subject"), cells.amount("amount"), cells.date("issued_on")
    starts_on, ends_on = cells.date("starts_on"), cells.date("ends_on")
    cells.attempt("ends_on", cells.cell("ends_on"), check_period, starts_on, ends_on)
    found = {
        "engagement": engagement, "number": number, "subject": subject, "amount": amount, "issued_on": issued_on,
    }  # fmt: skip
    for name, value in found.items():
        if not value:
            cells.need(name)
    return OrderRow(
        number=cells.record.number,
        line=cells.record.line,
        reference=f"{engagement}; {number}",
        on=issued_on or "",
        reason=cells.text("reason"),
        engagement=engagement,
        order=number,
        subject=subject or "",
        vendor=cells.text("vendor") or "",
        amount=amount or Money("", ""),
        starts_on=starts_on,
        ends_on=ends_on,
        deliverables=cells.texts("deliverables"),
        wind_down=cells.text("wind_down"),
    )


@dataclass(slots=True)
class _OrderDiff:
    """What a row changes of an order: from what (as it stands) to what."""

    values: dict[str, Any] = field(default_factory=dict)
    was: dict[str, Any] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)


FIELD_OF = {
    "unknown-engagement": "engagement", "forbidden-transition": "engagement", "missing-field": "vendor",
    "not-a-party-here": "vendor", "unknown-party": "vendor", "ambiguous-party": "vendor",
    "over-ceiling": "amount", "wrong-currency": "currency", "not-positive": "amount", "below-accepted": "amount",
    "order-ended": "number", "duplicate-order": "number", "cannot-correct": "number",
    "before-its-time": "issued_on", "ends-before-start": "ends_on",
}  # fmt: skip
"""Code of a refusal to the field of the row that it is about, where the refusal itself does not know."""


class OrderPlanner(Planner[OrderRow]):
    """Plans rows of service orders."""

    def plan(self, row: OrderRow) -> RowPlan:
        """Return what a row asks. Raises At, and whatever refuses it."""
        self.check_not_ahead(row.on, "issued_on")
        order = self.unit.engagement(row.engagement).balances.orders.get(row.order)
        stream = f"engagement/{row.engagement}"
        entries = self.entries(stream)
        given, word = self._given(row), _in_register(entries, row.order)
        if word and _repeats(given, word):
            return RowPlan("unchanged")
        if order is None:
            if word:
                raise At(TakenBack(f"Service order {row.order}", stream), "number", row.order)
            return RowPlan("issued", [self.request(row, [_issue_command(row)], row.on)])
        found = self._difference(given, word, order)
        notices = [Notice(row=row.number, subject=row.reference, text=text) for text in found.notices]
        if not found.values:
            return RowPlan("unchanged", notices=notices)
        return self._changed(row, entries, found, notices)

    def _given(self, row: OrderRow) -> dict[str, Any]:
        """Return what a row says, by name; what it does not say is None."""
        return {
            "subject": row.subject,
            "vendor": self._vendor(row),
            "currency": row.amount.currency,
            "amount": row.amount.minor,
            "issued_on": row.on,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
            "deliverables": row.deliverables or None,
        }

    def _vendor(self, row: OrderRow) -> str | None:
        try:
            return self.unit.party(row.vendor) if row.vendor else None
        except LedgerError as error:
            raise At(error, "vendor", row.vendor) from error

    def _difference(self, given: dict[str, Any], word: dict[str, Any], order: Order) -> _OrderDiff:
        held = _current(order)
        found = _OrderDiff()
        for name, value in given.items():
            base = word.get(name, held[name])
            if value is None:
                if name in self.profile.columns and word.get(name) and held[name] and not self.options.correct:
                    told = "; ".join(held[name]) if name == "deliverables" else held[name]
                    found.notices.append(
                        f"the row no longer gives {name}: {told} stays, as only a correction takes it back"
                    )
            elif value not in (base, held[name]):
                found.values[name], found.was[name] = value, held[name]
                if held[name] != base:
                    found.notices.append(f"{name} was changed here after the last import, and changes again")
        return found

    def _changed(self, row: OrderRow, entries: Sequence[Entry], found: _OrderDiff, notices: list[Notice]) -> RowPlan:
        changes = [
            FieldChange(row=row.number, subject=row.reference, field=name, was=was, becomes=now)
            for name, was, now in _texts(row, found)
        ]
        if self.options.correct:
            return RowPlan("corrected", [self._correction(row, entries, found)], changes=changes, notices=notices)
        for name in FIXED:
            if name in found.values:
                value = found.values[name]
                raise At(OrderDiffers(_label(name), value, str(found.was[name])), name, value)
        asked = self.request(row, [_amend_command(row, found.values)], self.options.effective_on)
        return RowPlan("amended", [asked], changes=changes, notices=notices)

    def _correction(self, row: OrderRow, entries: Sequence[Entry], found: _OrderDiff) -> Request:
        """Return the request that takes back what said otherwise: amendments, or the issue with all that changed it."""
        facts = [fact for fact in standing([entry.fact for entry in entries]) if _is_of(fact.event, row.order)]
        wrong = {_last(facts, name) for name in found.values}
        stream = f"engagement/{row.engagement}"
        if any(isinstance(fact.event, ServiceOrderIssued) for fact in wrong):
            voids = self.voids(stream, [fact.version for fact in facts])
            return self.request(row, [*voids, _issue_command(row)], row.on)
        days = {fact.effective_on for fact in wrong}
        if len(days) > 1:
            raise CannotCorrect(f"it was recorded from several days, {listed(sorted(days), 'and')}.", sorted(days))
        said = {name for fact in wrong for name in AMENDED if _sets(fact.event, name)}
        values = {name: value for name, value in self._given(row).items() if name in said and value is not None}
        voids = self.voids(stream, sorted(fact.version for fact in wrong))
        return self.request(row, [*voids, _amend_command(row, values)], days.pop())


def _issue_command(row: OrderRow) -> Command:
    return IssueOrder(
        engagement=row.engagement,
        number=row.order,
        subject=row.subject,
        amount=row.amount,
        vendor=row.vendor or None,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        deliverables=row.deliverables,
        wind_down=row.wind_down,
    )


def _amend_command(row: OrderRow, values: dict[str, Any]) -> Command:
    changed: dict[str, Any] = {**values, "amount": row.amount} if "amount" in values else values
    return AmendOrder(engagement=row.engagement, number=row.order, **changed)


def _current(order: Order) -> dict[str, Any]:
    return {
        "subject": order.subject, "vendor": order.vendor, "currency": order.currency, "amount": order.ordered,
        "issued_on": order.issued_on, "starts_on": order.starts_on, "ends_on": order.ends_on,
        "deliverables": order.deliverables or None,
    }  # fmt: skip


def _is_of(event: Event, number: str) -> bool:
    return isinstance(event, (ServiceOrderIssued, ServiceOrderAmended)) and event.number == number


def _sets(event: Event, name: str) -> bool:
    if isinstance(event, ServiceOrderIssued):
        return True
    return getattr(event, "difference" if name == "amount" else name, None) is not None


def _last(facts: Sequence[Fact], name: str) -> Fact:
    return next(fact for fact in reversed(facts) if _sets(fact.event, name))


def _in_register(entries: Sequence[Entry], number: str) -> dict[str, Any]:
    """Return what rows said last of an order, empty if no row did; its amount as it was known right after the row."""
    word: dict[str, Any] = {}
    everything = [entry.fact for entry in entries]
    for fact in standing([entry.fact for entry in entries if entry.source]):
        event = fact.event
        if not _is_of(event, number):
            continue
        if isinstance(event, ServiceOrderIssued):
            word = {"vendor": event.vendor, "currency": event.amount.currency, "issued_on": fact.effective_on}
        word |= {name: value for name in AMENDED if name != "amount" and (value := getattr(event, name))}
        if _sets(event, "amount"):
            known = standing(everything[: fact.version])
            word["amount"] = sum(_moved(one.event) for one in known if _is_of(one.event, number))
    return word


def _moved(event: Event) -> int:
    if isinstance(event, ServiceOrderIssued):
        return event.amount.minor
    return event.difference.minor if isinstance(event, ServiceOrderAmended) and event.difference else 0


def _repeats(given: dict[str, Any], word: dict[str, Any]) -> bool:
    vendor = given["vendor"] or word.get("vendor")
    return all(word.get(name) == value for name, value in {**given, "vendor": vendor}.items())


def _label(name: str) -> str:
    return "day of issue" if name == "issued_on" else name


def _texts(row: OrderRow, found: _OrderDiff) -> Iterator[tuple[str, str, str]]:
    for name, value in found.values.items():
        was = found.was[name]
        if name == "amount":
            held = from_minor(found.was.get("currency", row.amount.currency), was)
            yield name, str(held), str(row.amount)
        else:
            texts = ["; ".join(one) if isinstance(one, tuple) else str(one or "") for one in (was, value)]
            yield name, texts[0], texts[1]


def order_row_key(ref: str, event: Event) -> str | None:
    """Return the order that an event in the stream of engagement `ref` issues, as rows name it; else None."""
    return f"{ref}; {event.number}" if isinstance(event, ServiceOrderIssued) else None
