"""Results and money: what was paid without a result, what did not come in, and what was not brought to an end."""

from collections.abc import Iterator
from typing import Any

from ledger.domain.dates import days_after
from ledger.domain.engagement.state import IN_FORCE
from ledger.domain.fields import ORGANIZATION
from ledger.domain.money import from_minor
from projections.compliance.cases import Case, cases
from projections.findings.controls import Control, Finding, amounts, in_order
from projections.findings.orders import Examined
from projections.tables import named as schema

DONE = ("completed", "closed")


def paid_without_outcome(own: Examined, control: Control) -> Iterator[Finding]:
    """Find engagements that are paid in full and have no outcome."""
    orders = [order for order in own.orders.values() if order.ordered]
    if not orders or any(row.status == "reached" for row in own.record.rows(schema.outcomes)):
        return
    if all(sum(row.minor for row in order.paid) >= order.ordered for order in orders):
        sums = amounts((order.currency, order.ordered) for order in orders)
        said = f"All orders are paid, {' and '.join(map(str, sums))}; no outcome is recorded"
        entries = in_order(*(entry for order in orders for entry in order.entries))
        on = max(row.effective_on for order in orders for row in order.paid)
        yield Finding(control, (own.ref,), said, on, entries, own.ref, "", sums)


def outcome_missing(own: Examined, control: Control) -> Iterator[Finding]:
    """Find outcomes that were planned and not reached when the engagement was completed."""
    completed = _completed(own)
    if completed is None:
        return
    rows = own.record.rows(schema.outcomes)
    reached = {row.outcome for row in rows if row.status == "reached"}
    planned = {row.outcome: row for row in rows if row.status == "planned" and row.outcome not in reached}
    for outcome, row in planned.items():
        said = f"Completed on {completed.on}; the planned outcome {outcome} is not recorded: {row.summary}"
        entries = in_order(completed.entry, row.entry)
        yield Finding(control, (own.ref, outcome), said, completed.on, entries, own.ref)


def _completed(own: Examined) -> Case | None:
    """Return the completion of an engagement that is completed at the as-of, or None."""
    status = own.record.fact("status", own.on)
    completions = cases(own.record, "completed")
    return completions[-1] if status is not None and status.value in DONE and completions else None


def receipts(own: Examined, control: Control) -> Iterator[Finding]:
    """Find commitments of which nothing came in, or of which more came in than was committed."""
    signed = own.signed
    if signed is None:
        return
    rows: dict[tuple[str, str], list[Any]] = {}
    for row in own.record.rows(schema.money):
        if row.measure in ("signed", "received", "refunded") and row.party != ORGANIZATION:
            rows.setdefault((row.party, row.currency), []).append(row)
    for (party, currency), moved in rows.items():
        sums = {"signed": 0, "received": 0, "refunded": 0}
        for row in moved:
            sums[row.measure] += row.minor
        committed, kept = sums["signed"], sums["received"] - sums["refunded"]
        since = max(signed.on, moved[0].effective_on)
        has_received = any(row.measure == "received" for row in moved)
        term = days_after(since, control.number("days"))
        is_missing = not has_received and own.sources.receipts.recorded_by(own.record.fact("unit", own.on), term)
        if committed > 0 and is_missing and term <= own.on:
            said = f"Nothing was received of {from_minor(currency, committed)} from {party}, committed on {since}"
            missing = committed
        elif kept > committed:
            amount, pledged = from_minor(currency, kept), from_minor(currency, committed)
            said, missing = f"{amount} was received from {party}, more than the {pledged} committed", kept - committed
        else:
            continue
        entries = in_order(signed.entry, *(row.entry for row in moved))
        last = since if not has_received else moved[-1].effective_on
        pair = amounts([(currency, missing)])
        yield Finding(control, (own.ref, party, currency), said, last, entries, own.ref, party, pair)


def expired(own: Examined, control: Control) -> Iterator[Finding]:
    """Find engagements that ended long ago and were not completed."""
    status, ends = own.record.fact("status", own.on), own.record.fact("ends_on", own.on)
    if status is None or ends is None or status.value not in (*IN_FORCE, "suspended"):
        return
    if days_after(ends.value, control.number("days")) <= own.on:
        said = f"Ended on {ends.value} and is {status.value}"
        yield Finding(control, (own.ref,), said, ends.value, in_order(status.entry, ends.entry), own.ref)


def open_orders(own: Examined, control: Control) -> Iterator[Finding]:
    """Find orders of a completed engagement that are neither paid in full nor ended."""
    completed = _completed(own)
    if completed is None:
        return
    for number, order in own.orders.items():
        left = order.ordered - sum(row.minor for row in order.paid)
        if not order.ended and left > 0:
            amount = from_minor(order.currency, left)
            said = f"Completed on {completed.on}; {amount} of service order {number} is open"
            entries = in_order(completed.entry, *order.entries)
            yield Finding(control, (own.ref, number), said, completed.on, entries, own.ref, order.vendor, (amount,))


OF_ENGAGEMENT = {
    "paid-without-outcome": paid_without_outcome, "outcome-missing": outcome_missing, "receipts": receipts,
    "expired": expired, "open-orders": open_orders,
}  # fmt: skip
