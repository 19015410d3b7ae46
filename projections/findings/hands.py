"""Hands: whether the same actor recorded what several should, and what was voided long after it was recorded."""

from collections.abc import Iterator

from ledger.domain.dates import days_between
from projections.findings.controls import Control, Finding, amounts, in_order
from projections.findings.dealings import Dealings
from projections.findings.orders import Examined


def proposed_and_approved(own: Examined, control: Control) -> Iterator[Finding]:
    """Find an approval that was recorded by who recorded the proposal."""
    steps = own.record.held("status")
    # The first step is the proposal; what was returned or reopened is a proposal again, by another hand.
    proposed = next((step for step in steps if step.value == "proposed"), None)
    approved = next((step for step in reversed(steps) if step.value == "approved"), None)
    if proposed is None or approved is None:
        return
    actor = own.sources.recording.actor(proposed.entry)
    if actor and actor == own.sources.recording.actor(approved.entry):
        said = f"Proposed on {proposed.on} and approved on {approved.on} by {actor}"
        entries = in_order(proposed.entry, approved.entry)
        yield Finding(control, (own.ref,), said, approved.on, entries, own.ref)


def same_hand(own: Examined, control: Control) -> Iterator[Finding]:
    """Find an order that was issued, accepted and paid by the same actor."""
    for number, order in own.orders.items():
        actor = own.sources.recording.actor(order.entry)
        accepted = [row for row in order.accepted if own.sources.recording.actor(row.entry) == actor]
        paid = [row for row in order.paid if own.sources.recording.actor(row.entry) == actor]
        if actor and accepted and paid:
            said = f"Service order {number} was issued, accepted and paid by {actor}"
            entries = in_order(order.entry, *(row.entry for row in (*accepted, *paid)))
            sums = amounts((row.currency, row.minor) for row in paid)
            on = paid[-1].effective_on
            yield Finding(control, (own.ref, number), said, on, entries, own.ref, order.vendor, sums)


def voided_late(dealings: Dealings, control: Control) -> Iterator[Finding]:
    """Find payments and acceptances that were voided long after they were recorded."""
    by_what: dict[tuple[str, str], list[Finding]] = {}
    for voided in dealings.sources.recording.voided_money(control.number("days")):
        days = days_between(voided.recorded_on, voided.voided_on)
        what = f"{voided.what[:1].upper()}{voided.what[1:]}"
        said = f"{what} of {voided.on}, {voided.amount}, was voided {days} days after it was recorded"
        entries = in_order(voided.position, voided.void)
        subjects = (voided.engagement, voided.what.replace(" ", ":"))
        by_what.setdefault(subjects, []).append(
            Finding(control, subjects, said, voided.voided_on, entries, voided.engagement, "", (voided.amount,))
        )
    for findings in by_what.values():  # a reference may be voided, used again, and voided again
        last = max(findings, key=lambda finding: finding.entries)
        yield last._replace(entries=in_order(*(entry for finding in findings for entry in finding.entries)))


OF_ENGAGEMENT = {"proposed-and-approved": proposed_and_approved, "same-hand": same_hand}
OF_LEDGER = {"voided-late": voided_late}
