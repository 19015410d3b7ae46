"""Commitments, receipts, refunds, and contributions in kind."""

from collections.abc import Generator, Iterator
from typing import Any

from stories.case import AGREEMENT, KNOWLEDGE, Case
from stories.reasons import REPRICED, TWICE
from stories.timed_command import Thread, TimedCommand, year_of

Acted = Generator[TimedCommand, None, int]
"""A generator of commands that returns the remaining amount."""
GIFTS = (
    ("Two experts for three months", 38), ("Meeting rooms and interpretation for a workshop", 12),
    ("Licences for analysis software", 21), ("Hosting of the platform for a year", 17),
    ("Laboratory time for tests", 9), ("Travel of participants from least developed countries", 15),
)  # fmt: skip
"""What is given in kind, and about what it is worth in hundredths of what the engagement is."""
BASIS = ("Standard cost of the organisation, {}", "Statement of the payer, checked against market prices of {}")
TRANCHES = ((100,), (60, 40), (50, 30, 20), (40, 40))
"""In which hundredths of the commitment money comes in; not all comes in each time."""


def contribution(case: Case, payer: str, minor: int) -> Iterator[TimedCommand]:
    """Yield the commands about the commitment of a payer."""
    plan, rng, thread = case.plan, case.rng, Thread()
    day, received = plan.signed + rng.between(15, 80), 0
    committed = minor
    for part in rng.pick(TRANCHES):
        if day >= plan.over:
            break
        if rng.chance(12):
            committed = yield from _changed(case, thread, payer, day, committed, received)
            day += rng.between(5, 30)
        amount = min(case.purse.part(part, minor), committed - received)
        if amount <= 0:
            break
        yield from _received(case, thread, payer, day, amount)
        received += amount
        day += rng.between(90, 220)
    if received and case.shared.scheduler.next_number("paid in") % 5 == 1:
        back = case.purse.part(rng.between(2, 12), received)
        yield case.say(
            thread, "contribution refund", plan.over + rng.between(15, 150), payer=payer,
            amount=case.purse.amount(min(back, received)), reason="What was not spent goes back to the payer.",
        )  # fmt: skip


def _changed(case: Case, thread: Thread, payer: str, day: int, committed: int, received: int) -> Acted:
    """Yield a change of the commitment; return the new amount."""
    rng = case.rng
    reason = rng.pick(REPRICED)
    more = case.purse.part(rng.between(5, 25), committed)
    if rng.chance(30):
        amount = case.purse.amount(more)
        yield case.say(thread, "contribution commit", day, payer=payer, amount=amount, reason=reason)
        return committed + more
    fresh = committed + more if rng.chance(60) or committed - more < received else committed - more
    amount = case.purse.amount(fresh)
    if rng.chance(30):
        pledged = [{"by": payer, "amount": amount}]
        yield case.say(thread, "engagement amend", day, contributions=pledged, reason=reason)
    else:
        yield case.say(thread, "contribution amend", day, payer=payer, amount=amount, reason=reason)
    return fresh


def _received(case: Case, thread: Thread, payer: str, day: int, amount: int) -> Iterator[TimedCommand]:
    given: dict[str, Any] = {"payer": payer, "amount": case.purse.amount(amount)}
    yield case.say(thread, "contribution receive", day, **given)
    if case.rng.chance(3):
        again = case.say(thread, "contribution receive", day, since=day + 6, **given)
        yield again
        yield case.unsay(thread, again, case.rng.pick(TWICE))


def in_kind(case: Case) -> Iterator[TimedCommand]:
    """Yield contributions in kind of the first party, and later valuations."""
    plan, rng, thread = case.plan, case.rng, Thread()
    if case.kind not in (AGREEMENT, KNOWLEDGE) or not rng.chance(34):
        return
    day = plan.running(plan.signed + rng.between(20, 120))
    if day >= plan.over:
        return
    what, worth = rng.pick(GIFTS)
    members: dict[str, Any] = {"payer": case.first.ref, "item": "K1", "basis": rng.pick(BASIS).format(year_of(day))}
    amount = case.purse.part(worth)
    yield case.say(thread, "contribution value", day, what=what, amount=case.purse.amount(amount), **members)
    if rng.chance(30) and day + 160 < plan.over:
        fresh = amount - case.purse.part(10, amount) if rng.chance(50) else amount + case.purse.part(12, amount)
        reason = "Valued again at the end of the year."
        amounts = case.purse.amount(fresh)
        yield case.say(thread, "contribution value", day + 150, amount=amounts, reason=reason, **members)
