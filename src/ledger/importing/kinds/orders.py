"""Read and plan rows of a register of service orders: each issues, amends or corrects an order, or changes nothing."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ledger.application.request import Request
from ledger.domain.dates import check_period
from ledger.domain.engagement.money.balances import Order
from ledger.domain.engagement.money.order_commands import AmendOrder, IssueOrder
from ledger.domain.engagement.money.orders import ServiceOrderAmended, ServiceOrderIssued
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import LedgerError, listed
from ledger.domain.kernel import Command, Event, Fact
from ledger.domain.money import Money, from_minor
from ledger.domain.voiding import unvoided
from ledger.importing.changes.party_resolver import PartyResolver
from ledger.importing.changes.stream_history import RecordedFact, StreamHistories
from ledger.importing.kinds.planner import Planner, RowPlan
from ledger.importing.profile.model import Profile
from ledger.importing.requests import Options
from ledger.importing.result import FieldChange, Notice
from ledger.importing.row_errors import At, CannotCorrect, OrderDiffers, TakenBack
from ledger.importing.source.row_mapper import RecordCells
from ledger.importing.source.rows import RegisterRow

FIXED = ("vendor", "issued_on", "currency")
"""Fields of a service order that are fixed at issue: a correction can change them, an amendment cannot."""
AMENDED = ("subject", "amount", "starts_on", "ends_on", "deliverables")
"""Fields of a service order that an amendment can change."""


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
    ex_post_facto: str | None

    def display_values(self) -> dict[str, Any]:
        """Return the values of the row, by field."""
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
            "ex_post_facto": self.ex_post_facto,
            "reason": self.reason,
        }


def read_order(cells: RecordCells) -> OrderRow:
    """Return the service order that a record describes; faults are added to `cells`."""
    engagement, number = cells.reference("engagement"), cells.reference("number")
    subject, amount, issued_on = cells.text("subject"), cells.amount("amount"), cells.date("issued_on")
    starts_on, ends_on = cells.date("starts_on"), cells.date("ends_on")
    cells.attempt("ends_on", cells.cell("ends_on"), check_period, starts_on, ends_on)
    required = {
        "engagement": engagement, "number": number, "subject": subject, "amount": amount, "issued_on": issued_on,
    }  # fmt: skip
    for name, value in required.items():
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
        ex_post_facto=cells.text("ex_post_facto"),
    )


@dataclass(slots=True)
class _OrderDiff:
    """The changes of a row to an order: the new values, and the current ones in `was`."""

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
"""The field that a refusal is about, by its code, for refusals that do not carry the field."""


class OrderPlanner(Planner[OrderRow]):
    """Plans rows of service orders."""

    def __init__(self, profile: Profile, sha256: str, options: Options, parties: PartyResolver) -> None:
        """Plan for the file with this digest."""
        super().__init__(profile, sha256, options, parties)
        self._histories = StreamHistories(_part_of)

    def plan(self, row: OrderRow) -> RowPlan:
        """Return the plan of a row. Raises At, and the LedgerError that refuses it."""
        self.check_not_ahead(row.on, "issued_on")
        order = self.unit.engagement(row.engagement).balances.orders.get(row.order)
        stream = f"engagement/{row.engagement}"
        recorded = self._histories.of(self.unit, stream).of(row.order)
        given, in_register = self._given(row), _in_register(recorded)
        if in_register and _repeats(given, in_register):
            return RowPlan("unchanged")
        if order is None:
            if in_register:
                raise At(TakenBack(f"Service order {row.order}", stream), "number", row.order)
            return RowPlan("issued", [self.request(row, [_issue_command(row)], row.on)])
        diff = self._difference(given, in_register, order)
        notices = [Notice(row=row.number, subject=row.reference, text=text) for text in diff.notices]
        if not diff.values:
            return RowPlan("unchanged", notices=notices)
        return self._changed(row, recorded, diff, notices)

    def _given(self, row: OrderRow) -> dict[str, Any]:
        """Return the values that a row states, by name; None if it states none."""
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
            state = self.unit.load(f"engagement/{row.engagement}").state
            known = state.party_refs() if isinstance(state, Engagement) else []
            return self.unit.as_known(row.vendor, known)[0] if row.vendor else None
        except LedgerError as error:
            raise At(error, "vendor", row.vendor) from error

    def _difference(self, given: dict[str, Any], in_register: dict[str, Any], order: Order) -> _OrderDiff:
        current = _current(order)
        diff = _OrderDiff()
        for name, value in given.items():
            base = in_register.get(name, current[name])
            if value is None:
                if (
                    name in self.profile.columns
                    and in_register.get(name)
                    and current[name]
                    and not self.options.correct
                ):
                    text = "; ".join(current[name]) if name == "deliverables" else current[name]
                    diff.notices.append(
                        f"the row no longer gives {name}: {text} stays, because only a correction removes it"
                    )
            elif value not in (base, current[name]):
                diff.values[name], diff.was[name] = value, current[name]
                if current[name] != base:
                    diff.notices.append(f"{name} was changed in the ledger after the last import, and changes again")
        return diff

    def _changed(
        self, row: OrderRow, recorded: Sequence[RecordedFact], diff: _OrderDiff, notices: list[Notice]
    ) -> RowPlan:
        changes = [
            FieldChange(row=row.number, subject=row.reference, field=name, was=was, becomes=now)
            for name, was, now in _texts(row, diff)
        ]
        if self.options.correct:
            return RowPlan("corrected", [self._correct(row, recorded, diff)], changes=changes, notices=notices)
        for name in FIXED:
            if name in diff.values:
                value = diff.values[name]
                raise At(OrderDiffers(_label(name), value, str(diff.was[name])), name, value)
        request = self.request(row, [_amend_command(row, diff.values)], self.options.effective_on)
        return RowPlan("amended", [request], changes=changes, notices=notices)

    def _correct(self, row: OrderRow, recorded: Sequence[RecordedFact], diff: _OrderDiff) -> Request:
        """Return the request that voids the wrong entries and records the right values.

        It voids only amendments if the issue is right; otherwise it voids the issue with all amendments and issues the
        order again.
        """
        facts = unvoided([fact for fact, _ in recorded])
        wrong = {_last(facts, name) for name in diff.values}
        stream = f"engagement/{row.engagement}"
        if any(isinstance(fact.event, ServiceOrderIssued) for fact in wrong):
            voids = self.voids(stream, [fact.version for fact in facts])
            return self.request(row, [*voids, _issue_command(row)], row.on)
        days = {fact.effective_on for fact in wrong}
        if len(days) > 1:
            raise CannotCorrect(f"they have several effective dates, {listed(sorted(days), 'and')}.", sorted(days))
        names = {name for fact in wrong for name in AMENDED if _sets(fact.event, name)}
        values = {name: value for name, value in self._given(row).items() if name in names and value is not None}
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
        ex_post_facto=row.ex_post_facto,
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


def _part_of(fact: Fact) -> Hashable:
    """Return the number of the service order that a fact issues or amends; None for other facts."""
    event = fact.event
    return event.number if isinstance(event, (ServiceOrderIssued, ServiceOrderAmended)) else None


def _sets(event: Event, name: str) -> bool:
    if isinstance(event, ServiceOrderIssued):
        return True
    return getattr(event, "difference" if name == "amount" else name, None) is not None


def _last(facts: Sequence[Fact], name: str) -> Fact:
    return next(fact for fact in reversed(facts) if _sets(fact.event, name))


def _in_register(recorded: Sequence[RecordedFact]) -> dict[str, Any]:
    """Return the values that rows last stated for an order; empty if none did. The amount is in minor units.

    `recorded` are the facts about the order.

    An amendment records a difference, so the stated amount is the total known right after the entry of the row.
    """
    in_register: dict[str, Any] = {}
    all_facts = [fact for fact, _ in recorded]
    for fact in unvoided([fact for fact, is_from_row in recorded if is_from_row]):
        event = fact.event
        if isinstance(event, ServiceOrderIssued):
            in_register = {"vendor": event.vendor, "currency": event.amount.currency, "issued_on": fact.effective_on}
        in_register |= {name: value for name in AMENDED if name != "amount" and (value := getattr(event, name))}
        if _sets(event, "amount"):
            known = unvoided([known for known in all_facts if known.version <= fact.version])
            in_register["amount"] = sum(_amount_change(known.event) for known in known)
    return in_register


def _amount_change(event: Event) -> int:
    if isinstance(event, ServiceOrderIssued):
        return event.amount.minor
    return event.difference.minor if isinstance(event, ServiceOrderAmended) and event.difference else 0


def _repeats(given: dict[str, Any], in_register: dict[str, Any]) -> bool:
    vendor = given["vendor"] or in_register.get("vendor")
    return all(in_register.get(name) == value for name, value in {**given, "vendor": vendor}.items())


def _label(name: str) -> str:
    return "day of issue" if name == "issued_on" else name


def _texts(row: OrderRow, diff: _OrderDiff) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each changed field, with its current and its new value as text."""
    for name, value in diff.values.items():
        was = diff.was[name]
        if name == "amount":
            current = from_minor(diff.was.get("currency", row.amount.currency), was)
            yield name, str(current), str(row.amount)
        else:
            yield name, _text(was), _text(value)


def _text(value: Any) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value or "")


def order_row_key(ref: str, event: Event) -> str | None:
    """Return the key of the row behind an issue event of engagement `ref`; None for other events."""
    return f"{ref}; {event.number}" if isinstance(event, ServiceOrderIssued) else None
