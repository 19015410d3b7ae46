"""Periodic reviews, with findings, actions and the next one; and requests for information by bodies."""

from collections.abc import Iterator
from typing import Any

from stories.case import OUTSOURCING, Case
from stories.timed_command import Thread, TimedCommand, written

FINDINGS = (
    "On track. Deliverables came on time, and {users} use them.",
    "Useful work, but reports come late; payments should follow acceptance more closely.",
    "The unit depends on one expert of the partner. A handover has to be planned before the end.",
    "The results are well received {place}; visibility of the organisation's part is low.",
    "Costs stay within the ceiling. The indicator is measured differently from country to country.",
    "Two milestones slipped. The partner gave good reasons, and the plan was adjusted.",
)
ACTIONS = (
    "Agree on a handover plan", "Publish the terms of the agreement", "Collect the indicator in one way everywhere",
    "Renegotiate the rates", "Screen the partner again", "Report to the steering group each quarter",
    "Name a deputy for the focal point",
)  # fmt: skip
DONE = (
    "Done; the note is in the file.",
    "Agreed with the partner in an exchange of letters.",
    "Not needed any more: the engagement ends before it would help.",
    "Done at the meeting of the steering group.",
)
SUBJECTS = ("Yearly review", "Mid-term review", "Review of performance and continued need")

BODIES = ("Council", "Council Working Group on Financial and Human Resources", "External Auditor")
ASKED = (
    "Spending by region and year", "The terms that limit what may be shown to members",
    "How the partner was selected", "What was delivered so far, and what it cost",
)  # fmt: skip


def information(case: Case) -> Iterator[TimedCommand]:
    """Yield a request for information on some engagements, and most of the answers."""
    plan, rng, thread = case.plan, case.rng, Thread()
    if not rng.chance(18):
        return
    day = plan.signed + rng.between(60, 400)
    yield case.say(
        thread, "information request", day, what=rng.pick(ASKED), by=rng.pick(BODIES),
        due_on=written(day + rng.between(14, 60)), request="Q1",
    )  # fmt: skip
    if rng.chance(75):
        members: dict[str, Any] = {"document": f"INF/{rng.between(1, 90)}"} if rng.chance(60) else {}
        yield case.say(thread, "information provide", day + rng.between(5, 80), leaf=True, request="Q1", **members)


def reviews(case: Case) -> Iterator[TimedCommand]:
    """Yield the reviews of an engagement, until one is left overdue or the engagement is over."""
    plan, rng, thread = case.plan, case.rng, Thread()
    if not rng.chance(85 if case.kind == OUTSOURCING else 62):
        return
    due, number, actions = plan.signed + rng.between(180, 380), 1, 0
    yield case.say(
        thread, "review schedule", plan.signed + rng.below(20), due_on=written(due), subject=rng.pick(SUBJECTS),
        review="R1",
    )  # fmt: skip
    while due < plan.over + 100 and rng.chance(84):
        held = max(plan.signed + 60, due + rng.between(-12, 45))
        tasks = _tasks(case, held, actions)
        actions += len(tasks)
        following = due + rng.between(330, 380)
        goes_on = following < plan.over + 60
        members: dict[str, Any] = {"next_on": written(following)} if goes_on else {}
        findings = rng.pick(FINDINGS).format(users=case.theme.users, place=case.place[1])
        yield case.say(
            thread, "review hold", held, review=f"R{number}", findings=findings, actions=tasks,
            count=1 + goes_on, **members,
        )  # fmt: skip
        for task in tasks:
            if rng.chance(66):
                case.shared.scheduler.begin(held, _closing(case, task["action"], held, thread.known))
        if not goes_on:
            return
        due, number = following, number + 1


def _tasks(case: Case, held: int, before: int) -> list[dict[str, str]]:
    rng = case.rng
    asked = rng.some(ACTIONS, rng.weighted([(0, 3), (1, 4), (2, 3)]))
    return [
        {"action": f"A{before + nth}", "what": what, "due_on": written(held + rng.between(40, 160))}
        for nth, what in enumerate(asked, 1)
    ]


def _closing(case: Case, action: str, held: int, known: int) -> Iterator[TimedCommand]:
    day = held + case.rng.between(20, 190)
    yield case.say(Thread(known), "action close", day, leaf=True, action=action, how=case.rng.pick(DONE))
