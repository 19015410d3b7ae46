"""The order of time: what was signed, ordered, extended or recorded before or after it should have been."""

from collections.abc import Iterator

from ledger.domain.dates import days_after
from ledger.domain.errors import listed
from projections.compliance.records import Held, Record
from projections.findings.controls import Control, Finding, amounts, in_order
from projections.findings.dealings import Dealings
from projections.findings.orders import Examined, Movement, movements
from projections.findings.recording import Stated
from projections.tables import named as schema

NAMED = 3
"""How many movements or entries a sentence names."""


def signed_without_approval(own: Examined, control: Control) -> Iterator[Finding]:
    """Find a signature without an approval by its day."""
    signed = own.signed
    if signed is None:
        return
    steps = [step for step in own.record.held("status") if step.value == "approved"]
    elsewhere = [Held(row.effective_on, row.entry, row.authority) for row in own.record.rows(schema.approvals)]
    first = min((*steps, *elsewhere), key=lambda held: held.on, default=None)
    if first is not None and first.on <= signed.on:
        return
    approved = "no approval is recorded" if first is None else f"approved on {first.on}"
    by = "" if signed.is_dated else " at the latest"
    said = f"Signed on {signed.on}{by}; {approved}"
    entries = in_order(signed.entry, first.entry if first else 0)
    yield Finding(control, (own.ref,), said, signed.on, entries, own.ref)


def before_signature(own: Examined, control: Control) -> Iterator[Finding]:
    """Find what was ordered, accepted or paid before the signature, or before its order."""
    signed = own.signed
    early, since = [], set()
    for movement in movements(own.orders):
        if signed is not None and movement.on < signed.on:
            early.append(movement)
            since.add(signed.entry)
        elif movement.on < movement.order.on:
            early.append(movement)
            since.add(movement.order.entry)
    if early:
        said = f"Before signature or order: {_listed(early)}"
        yield _moved(own, control, said, early, since)


def after_end(own: Examined, control: Control) -> Iterator[Finding]:
    """Find what was ordered, accepted or paid after the end as agreed by then."""
    late, ends = [], set()
    for movement in movements(own.orders):
        grace = control.number(f"{movement.kind}_days")
        end = _end(own.record, movement.on)
        if end is not None and days_after(end.on, grace) < movement.on:
            late.append(movement)
            ends.add(end.entry)
    if late:
        yield _moved(own, control, f"After the end: {_listed(late)}", late, ends)


def _end(record: Record, day: str) -> Held | None:
    """Return the day on which an engagement ended by what held on that day; None if it had not."""
    ends = record.fact("ends_on", day)
    possible = [Held(ends.value, ends.entry, "")] if ends is not None else []
    status = record.fact("status", day)
    if status is not None and status.value in ("completed", "terminated", "closed"):
        steps = [step for step in record.held("status") if step.value in ("completed", "terminated")]
        possible += [step for step in steps if step.on <= day][-1:]
    first = min(possible, key=lambda held: held.on, default=None)
    return first if first is not None and first.on < day else None


def _moved(own: Examined, control: Control, said: str, moved: list[Movement], since: set[int]) -> Finding:
    """Return the finding on movements; of each order it counts the greatest of what was ordered, accepted or paid."""
    by_order: dict[tuple[str, str], dict[str, int]] = {}
    for movement in moved:
        kinds = by_order.setdefault((movement.order.number, movement.order.currency), {})
        kinds[movement.kind] = kinds.get(movement.kind, 0) + movement.minor
    sums = amounts((currency, max(kinds.values())) for (_, currency), kinds in by_order.items())
    entries = in_order(*since, *(movement.entry for movement in moved))
    vendors = {movement.order.vendor for movement in moved}
    vendor = vendors.pop() if len(vendors) == 1 else ""
    on = max(movement.on for movement in moved)
    return Finding(control, (own.ref,), said, on, entries, own.ref, vendor, sums)


def _listed(moved: list[Movement]) -> str:
    return _first_of([f"{movement.what} of {movement.on}" for movement in moved])


def _first_of(texts: list[str]) -> str:
    more = [f"{len(texts) - NAMED} more"] if len(texts) > NAMED else []
    return listed([*texts[:NAMED], *more], "and")


def extended_after_end(own: Examined, control: Control) -> Iterator[Finding]:
    """Find extensions that came after the end which they move."""
    late: list[tuple[Held, Held]] = []
    end: Held | None = None
    for change in own.record.held("ends_on"):
        if end is not None and end.value < change.on and end.value < change.value:
            late.append((end, change))
        end = change
    if late:
        texts = [f"from {before.value} to {after.value} on {after.on}" for before, after in late]
        entries = in_order(*(change.entry for pair in late for change in pair))
        said = f"Extended after the end had passed: {_first_of(texts)}"
        yield Finding(control, (own.ref,), said, late[-1][1].on, entries, own.ref)


def recorded_late(dealings: Dealings, control: Control) -> Iterator[Finding]:
    """Find entries recorded long after the day they are dated."""
    for ref, entries in dealings.sources.recording.late():
        days = max(entry.days for entry in entries)
        said = f"{_count(entries)} recorded up to {days} days after the day {_their(entries)} dated"
        yield _stated(control, ref, said, entries)


def recorded_after_disclosure(dealings: Dealings, control: Control) -> Iterator[Finding]:
    """Find entries that a published document would have shown, had they been recorded by then."""
    for ref, entries in dealings.sources.recording.after_documents():
        said = f"{_count(entries)} of days that a published document shows, recorded after it"
        yield _stated(control, ref, said, entries)


def _stated(control: Control, ref: str, said: str, entries: list[Stated]) -> Finding:
    on = max(entry.recorded_on for entry in entries)
    return Finding(control, (ref,), said, on, in_order(*(entry.position for entry in entries)), ref)


def _count(entries: list[Stated]) -> str:
    return "1 entry" if len(entries) == 1 else f"{len(entries)} entries"


def _their(entries: list[Stated]) -> str:
    return "it is" if len(entries) == 1 else "they are"


OF_ENGAGEMENT = {
    "signed-without-approval": signed_without_approval, "before-signature": before_signature,
    "after-end": after_end, "extended-after-end": extended_after_end,
}  # fmt: skip
OF_LEDGER = {"recorded-late": recorded_late, "recorded-after-disclosure": recorded_after_disclosure}
