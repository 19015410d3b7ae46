"""Service orders: issued within the ceiling, amended, accepted, paid, and ended."""

from collections.abc import Generator, Iterator
from typing import Any

from stories import wording
from stories.case import OUTSOURCING, PAID, Case
from stories.reasons import BANK, DROPPED, FROM_A_DRAFT, REPRICED, WIND_DOWN
from stories.timed_command import Thread, TimedCommand, working, written, year_of

FINANCE = "staff/fin-{}"
WITHIN = 80
"""How many hundredths of the ceiling are ordered at first: amendments need room."""
EVIDENCE = ("Minutes of acceptance {}", "Acceptance note of the unit, {}", "Quality review, sheet {}")


def ordered(case: Case) -> Iterator[tuple[int, int]]:
    """Yield the days on which service orders are issued, and for how much in minor units."""
    plan, rng = case.plan, case.rng
    if case.kind not in PAID:
        return
    number = rng.between(2, 6) if case.kind == OUTSOURCING else rng.between(1, 3)
    day = max(plan.signed, plan.starts) + rng.between(10, 40)
    gap = max(30, (plan.over - day) // (number + 1))
    for _ in range(number):
        day = plan.running(day)
        if day >= plan.over - 20:
            return
        yield day, case.purse.part(WITHIN // number - rng.below(6))
        day += gap + rng.below(20)


def order(case: Case, work: str, day: int, minor: int) -> Iterator[TimedCommand]:
    """Yield the life of one service order on a work."""
    plan, rng, thread = case.plan, case.rng, Thread()
    number = f"SO-{year_of(day)}-{case.shared.scheduler.next_number(f'order {year_of(day)}'):04}"
    ends = day + rng.between(60, 240)
    due = wording.deliverables(work, rng)
    yield case.say(
        thread, "order issue", day, number=number, subject=f"{wording.upper(work)} {case.place[1]}",
        vendor=case.first.ref, amount=case.purse.amount(minor), starts_on=written(day), ends_on=written(ends),
        deliverables=due,
    )  # fmt: skip
    if case.shared.scheduler.next_number("order") % 16 == 7:
        gone = plan.running(day + rng.between(20, 60))
        yield case.say(thread, "order cancel", gone, number=number, reason=rng.pick(DROPPED))
        return
    if rng.chance(20):
        changed = plan.running(day + rng.between(10, 40))
        if changed < plan.over:
            minor = minor + case.purse.part(10, minor) if rng.chance(60) else minor - case.purse.part(10, minor)
            amount = case.purse.amount(minor)
            yield case.say(thread, "order amend", changed, number=number, amount=amount, reason=rng.pick(REPRICED))
            day = changed
    yield from _delivered(case, thread, number, day, minor, due)


def _delivered(case: Case, thread: Thread, number: str, day: int, minor: int, due: list[str]) -> Iterator[TimedCommand]:
    plan, rng = case.plan, case.rng
    parts = rng.pick(((100,), (40, 60), (30, 30, 38), (50, 45)))
    left = minor
    for nth, part in enumerate(parts):
        day = plan.running(day + rng.between(35, 110))
        amount = min(left, case.purse.odd(case.purse.part(part, minor), rng))
        if amount <= 0 or day > plan.over + 30 or rng.chance(7):
            return
        yield from _accepted(case, thread, number, day, amount, due[min(nth, len(due) - 1)])
        left -= amount
        day = yield from _paid(case, thread, number, day + rng.between(12, 45), amount)
    if rng.chance(75):
        yield case.say(thread, "order close", day + rng.between(3, 40), number=number)


def _accepted(case: Case, thread: Thread, number: str, day: int, amount: int, what: str) -> Iterator[TimedCommand]:
    rng = case.rng
    given: dict[str, Any] = {"number": number, "amount": case.purse.amount(amount), "deliverable": what}
    if rng.chance(70):
        given["evidence"] = rng.pick(EVIDENCE).format(rng.between(1, 90))
    if rng.chance(2):
        wrong = case.say(thread, "order accept", day, **given)
        yield wrong
        yield case.unsay(thread, wrong, rng.pick(FROM_A_DRAFT))
    yield case.say(thread, "order accept", day, **given)


def _paid(case: Case, thread: Thread, number: str, day: int, amount: int) -> Generator[TimedCommand, None, int]:
    """Yield the payment of what was accepted, and perhaps its reversal and the payment again; return its day."""
    rng = case.rng
    day, given = _allowed(case, day)
    voucher = case.shared.scheduler.next_number(f"payment {year_of(day)}")
    given |= {"number": number, "amount": case.purse.amount(amount), "actor": FINANCE.format(rng.between(1, 3))}
    payment = f"PV-{year_of(day)}-{voucher:05}"
    yield case.say(thread, "payment make", day, payment=payment, **given)
    if voucher % 25 == 9:
        day += rng.between(4, 15)
        reason, actor = rng.pick(BANK), given["actor"]
        yield case.say(thread, "payment reverse", day, payment=payment, reason=reason, actor=actor)
        day, again = _allowed(case, day + rng.between(5, 15))
        yield case.say(thread, "payment make", day, payment=f"{payment}/2", **given | again)
    return day


def _allowed(case: Case, day: int) -> tuple[int, dict[str, Any]]:
    """Return the day on which something can be paid, and the decision that allows it where one is needed."""
    plan = case.plan
    day = working(day)
    halted = plan.halted is not None and plan.halted[0] <= day < plan.halted[1]
    if not (halted and case.rng.chance(40)):
        day = plan.running(day)
        if not (plan.is_cut_short and day >= plan.over):
            return day, {}
    return day, {"wind_down": WIND_DOWN.format(f"{year_of(day)}/{case.unit}")}
