"""Outcomes: planned at the start, moved at times, reached in full or in part, late, or never."""

from collections.abc import Iterator
from typing import Any

from stories import wording
from stories.case import MEMORANDUM, Case
from stories.reasons import CONFIRMED, FROM_A_DRAFT
from stories.themes import Result
from stories.timed_command import Thread, TimedCommand, written

EVIDENCE = (
    "Progress report no. {}, annex 2",
    "Survey of participants, {} answers",
    "Monitoring data, verified by the unit on a sample of {}",
    "Independent evaluation, paragraph {}",
)
EXTRA = (
    "A neighbouring country asked to join on its own account.",
    "The method was taken over by a regional organisation.",
    "The partner keeps the tools in use at its own cost after the end.",
)


def results(case: Case) -> Iterator[TimedCommand]:
    """Begin the act of each outcome; yield those that nobody planned."""
    rng, plan = case.rng, case.plan
    number = rng.between(0, 1) if case.kind == MEMORANDUM else rng.between(1, 3)
    for nth, result in enumerate(rng.some(case.theme.results, number), 1):
        case.shared.scheduler.begin(plan.signed, _outcome(case, result, f"O{nth}"))
    if rng.chance(9):
        day = plan.over - rng.between(5, 80)
        yield case.say(Thread(), "outcome record", day, leaf=True, summary=rng.pick(EXTRA), outcome="O9")


def _outcome(case: Case, result: Result, key: str) -> Iterator[TimedCommand]:
    plan, rng, thread = case.plan, case.rng, Thread()
    target = rng.between(result.least, result.most)
    due = max(plan.starts + 150, plan.first_end - rng.between(0, 150))
    given: dict[str, Any] = {
        "outcome": key,
        "summary": result.summary,
        "indicator": result.indicator,
        "target": str(target),
    }
    day = plan.signed + rng.below(12)
    yield case.say(thread, "outcome plan", day, due_on=written(due), **given)
    if plan.ends > plan.first_end and plan.first_end < plan.over:
        due = max(due, plan.ends - rng.between(0, 60))
        reason = "Moved with the end of the engagement."
        again = plan.running(plan.over - 45)
        if again < plan.over:
            yield case.say(thread, "outcome plan", again, due_on=written(due), reason=reason, **given)
    if rng.chance(70):
        yield from _reached(case, thread, result, key, target, due)


def _reached(case: Case, thread: Thread, result: Result, key: str, target: int, due: int) -> Iterator[TimedCommand]:
    rng, plan = case.rng, case.plan
    day = min(max(plan.signed + 40, due + rng.between(-40, 60)), plan.over + 150)
    actual = target * rng.between(94, 130) // 100 if rng.chance(70) else target * rng.between(40, 92) // 100
    actual = max(1, min(actual, 100) if "per cent" in result.indicator else actual)
    evidence = rng.pick(EVIDENCE).format(rng.between(3, 90))
    summary = wording.reached(result, actual, target)
    said = case.say(
        thread, "outcome record", day, outcome=key, summary=summary, indicator=result.indicator, actual=str(actual),
        evidence=evidence,
    )  # fmt: skip
    yield said
    if rng.chance(4):
        void = case.unsay(thread, said, rng.pick(FROM_A_DRAFT))
        yield void
        if rng.chance(45):
            yield case.unsay(thread, void, CONFIRMED)
