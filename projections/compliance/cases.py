"""Moments in the life of an engagement, each of which makes a case for the rules that are of it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ledger.domain.engagement.state import IN_FORCE
from projections.compliance.records import Held, Record
from projections.tables import named as schema
from projections.tables.words import UNDATED

Source = Callable[[Record, str], Iterator["Case"]]
"""Yields the cases of an engagement for a moment."""
_ENDED = ("completed", "terminated", "closed")


class Case(NamedTuple):
    """A moment of an engagement, which rules are judged by: its day, its entry, and what it belongs to.

    `key` tells the case from others of its moment: the number of a service order, the reference of a payment, or
    `@` and the position of the entry. It is empty for what happens once. A case is `dated` if its day is recorded;
    one that is not happened on `on` at the latest.
    """

    moment: str
    key: str
    on: str
    entry: int
    order: str = ""
    is_dated: bool = True


def cases(record: Record, moment: str) -> list[Case]:
    """Return the cases of a moment, in order of their days."""
    return list(_SOURCES[moment](record, moment))


def ended_on(record: Record) -> Held | None:
    """Return the day on which an engagement ended up to the as-of, with its entry; None if it did not."""
    status = record.fact("status", record.on)
    if status is None or not record.held("signed_on"):
        return None
    ends = record.fact("ends_on", record.on)
    day = Held(ends.value, ends.entry, "") if ends is not None else None
    if status.value in _ENDED:
        steps = [step for step in _steps(record) if step.value in ("completed", "terminated")]
        last = steps[-1] if steps else status
        return min(filter(None, (day, last)), key=lambda held: held.on)
    is_over = day is not None and day.on < record.on and status.value in (*IN_FORCE, "suspended")
    return day if is_over else None


def _steps(record: Record) -> Iterator[Held]:
    """Yield the steps of the life, without those that lead back to what was completed."""
    before = ""
    for step in record.held("status"):
        if not (step.value in ("completed", "terminated") and before == "closed"):
            yield step
        before = step.value


def _of_status(status: str) -> Source:
    def source(record: Record, moment: str) -> Iterator[Case]:
        steps = [step for step in _steps(record) if step.value == status]
        for number, step in enumerate(steps):
            yield Case(moment, f"@{step.entry}" if number else "", step.on, step.entry)

    return source


def signature(record: Record) -> Case | None:
    """Return the signature of an engagement, or None if it was not signed up to the as-of."""
    signed = next(iter(record.held("signed_on")), None)
    return signed and Case("signed", "", signed.on, signed.entry, is_dated=signed.value != UNDATED)


def _signed(record: Record, _: str) -> Iterator[Case]:
    if (signed := signature(record)) is not None:
        yield signed


def _in_force(record: Record, moment: str) -> Iterator[Case]:
    signed = signature(record)
    if signed is None:
        return
    starts = record.fact("starts_on", record.on)
    if starts is None or starts.value <= signed.on:
        yield signed._replace(moment=moment)
    elif starts.value <= record.on:
        yield Case(moment, "", starts.value, starts.entry)


def _extended(record: Record, moment: str) -> Iterator[Case]:
    signed = signature(record)
    end = ""
    for ending in record.held("ends_on"):
        if signed is not None and end and ending.value > end and ending.entry != signed.entry:
            yield Case(moment, f"@{ending.entry}", ending.on, ending.entry)
        end = ending.value


def _ended(record: Record, moment: str) -> Iterator[Case]:
    if (end := ended_on(record)) is not None:
        yield Case(moment, "", end.on, end.entry)


def _ordered(record: Record, moment: str) -> Iterator[Case]:
    for row in record.rows(schema.order_facts):
        if row.fact == "vendor":  # only the issue states the vendor
            yield Case(moment, row.number, row.effective_on, row.entry, row.number)


def _order_amended(record: Record, moment: str) -> Iterator[Case]:
    issues = {row.entry for row in record.rows(schema.order_facts) if row.fact == "vendor"}
    ends = {row.entry for row in record.rows(schema.order_facts) if row.fact == "status"} - issues
    for row in record.movements("ordered"):
        if row.entry not in issues and row.entry not in ends:
            yield Case(moment, f"{row.order_number}@{row.entry}", row.effective_on, row.entry, row.order_number)


def _accepted(record: Record, moment: str) -> Iterator[Case]:
    for row in record.rows(schema.acceptances):
        yield Case(moment, row.acceptance, row.effective_on, row.entry, row.order_number)


def _paid(record: Record, moment: str) -> Iterator[Case]:
    for row in record.rows(schema.payments):
        if row.status == "made":
            yield Case(moment, row.payment, row.effective_on, row.entry, row.order_number)


_SOURCES: dict[str, Source] = {
    "proposed": _of_status("proposed"), "submitted": _of_status("under review"), "approved": _of_status("approved"),
    "signed": _signed, "in-force": _in_force, "extended": _extended, "ordered": _ordered,
    "order-amended": _order_amended, "accepted": _accepted, "paid": _paid, "ended": _ended,
    "completed": _of_status("completed"), "terminated": _of_status("terminated"),
}  # fmt: skip
"""For each moment the function that finds its cases."""
