"""The planned life of an engagement: its steps, their days, and the days of their recording."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from stories.reasons import (
    AUTHORITIES,
    CANCELLED,
    COMPLETED,
    EXTENDED,
    REJECTED,
    REOPENED,
    RETURNED,
    REVIVED,
    SUSPENDED,
    TERMINATED,
)
from stories.rng import Rng
from stories.timed_command import working, written, year_of

OLD = "old"
"""The fate of an engagement that was signed before the ledger was opened."""
FATES = {2: "rejected", 5: "cancelled", 8: "terminated", 14: "left open", 19: "terminated"}
"""The unusual fates of engagements, by their number modulo 23."""
MONTH = 30


class Step(NamedTuple):
    """A step of the life: its verb, its day, the day of its recording, and its reason."""

    verb: str
    on: int
    known: int
    reason: str | None
    members: dict[str, Any]


@dataclass(slots=True)
class Plan:
    """The steps of a life in order, and the days that everything else goes by."""

    steps: list[Step] = field(default_factory=list)
    fate: str = "usual"
    proposed: int = 0
    signed: int = 0
    """The day of signature; 0 when it never comes to that."""
    starts: int = 0
    first_end: int = 0
    """The last day, as agreed at first; extensions move it to `ends`."""
    ends: int = 0
    over: int = 0
    """The day on which it is completed, terminated or past its end."""
    halted: tuple[int, int] | None = None
    """The days of suspension and of resumption."""

    def add(self, verb: str, on: int, lag: int, reason: str | None = None, **members: Any) -> int:
        """Plan a step; the ledger learns of steps in their order. Return its day."""
        on = working(max(on, self.steps[-1].on if self.steps else 0))
        known = working(max(on + lag, self.steps[-1].known if self.steps else 0))
        self.steps.append(Step(verb, on, known, reason, members))
        return on

    def floor(self, day: int) -> int:
        """Return since when the ledger has every step up to a day: nothing of that day is recorded before."""
        return max((step.known for step in self.steps if step.on <= day), default=0)

    def running(self, day: int) -> int:
        """Return the day, or the first working day after it on which the engagement is not suspended."""
        day = working(day)
        if self.halted and self.halted[0] <= day <= self.halted[1]:
            return working(self.halted[1] + 1)
        return day

    @property
    def is_cut_short(self) -> bool:
        """Whether it is terminated."""
        return self.fate == "terminated"


def planned(day: int, rng: Rng, turn: int, *, old: bool) -> Plan:
    """Return the plan of a life from a day on; rare fates come in turn, so that small stories have them as well."""
    plan = Plan(fate=OLD if old else FATES.get(turn % 23, "usual"), proposed=working(day))
    if old:
        _sign_elsewhere(plan, rng)
    elif not _agree(plan, rng, turn):
        return plan
    plan.first_end = plan.ends = plan.starts + MONTH * rng.between(8, 34)
    _run(plan, rng, turn)
    _end(plan, rng)
    return plan


def _lag(rng: Rng) -> int:
    return rng.below(5)


def _sign_elsewhere(plan: Plan, rng: Rng) -> None:
    plan.signed = plan.add("sign", plan.proposed, rng.between(10, 90))
    plan.starts = plan.signed - MONTH * rng.between(1, 20)


def _agree(plan: Plan, rng: Rng, turn: int) -> bool:
    """Plan the steps before signature; return whether the engagement is signed."""
    day = plan.add("propose", plan.proposed, _lag(rng))
    authority = rng.pick(AUTHORITIES)
    if plan.fate == "rejected":
        day = plan.add("submit", day + rng.between(7, 30), _lag(rng), authority=authority)
        day = plan.add("reject", day + rng.between(7, 40), _lag(rng), rng.pick(REJECTED))
    elif plan.fate == "cancelled":
        day = plan.add("cancel", day + rng.between(20, 120), _lag(rng), rng.pick(CANCELLED))
    if plan.fate in ("rejected", "cancelled"):
        if turn % 2:
            return False
        day = plan.add("reopen", day + rng.between(60, 200), _lag(rng), rng.pick(REVIVED))
        plan.fate = "usual"
    if rng.chance(70):
        day = plan.add("submit", day + rng.between(7, 30), _lag(rng), authority=authority)
        if rng.chance(22):
            day = plan.add("return", day + rng.between(5, 30), _lag(rng), rng.pick(RETURNED))
            day = plan.add("submit", day + rng.between(10, 45), _lag(rng), authority=authority)
    day = plan.add("approve", day + rng.between(5, 40), _lag(rng), authority=authority)
    late = rng.between(40, 150) if rng.chance(6) else _lag(rng)
    plan.signed = plan.add("sign", day + rng.between(3, 60), late)
    plan.starts = plan.signed + rng.between(0, 45)
    return True


def _run(plan: Plan, rng: Rng, turn: int) -> None:
    if plan.fate != OLD or rng.chance(50):
        plan.add("activate", max(plan.starts, plan.signed) + rng.below(20), _lag(rng))
    spent = max(plan.starts, plan.steps[-1].on)
    plan.ends = plan.first_end = max(plan.first_end, spent + 6 * MONTH)
    if plan.fate == "terminated":
        plan.ends = plan.first_end = max(plan.first_end, spent + 12 * MONTH)
    if turn % 11 in (4, 8):
        halted = plan.add("suspend", spent + rng.between(60, 150), _lag(rng), rng.pick(SUSPENDED))
        if plan.fate == "terminated" and rng.chance(40):
            plan.halted = (halted, 0)
            return
        resumed = plan.add("resume", halted + rng.between(25, 100), _lag(rng), rng.pick(COMPLETED["resume"]))
        plan.halted = (halted, resumed)
        spent = resumed
    if plan.fate != "terminated" and rng.chance(28):
        agreed = plan.add("extend", max(spent + 1, plan.ends - rng.between(20, 120)), _lag(rng))
        plan.ends = max(plan.ends, agreed) + MONTH * rng.between(4, 14)
        step = plan.steps[-1]
        plan.steps[-1] = step._replace(reason=rng.pick(EXTENDED), members={"ends_on": written(plan.ends)})


def _end(plan: Plan, rng: Rng) -> None:
    last = plan.steps[-1].on
    if plan.fate == "terminated":
        plan.over = plan.add("terminate", last + rng.between(90, 240), _lag(rng), rng.pick(TERMINATED))
        if plan.halted and not plan.halted[1]:
            plan.halted = (plan.halted[0], plan.over)
    else:
        plan.over = working(max(plan.ends, last + 90))
        if plan.fate == "left open":
            return
        plan.over = plan.add("complete", plan.over + rng.below(60), _lag(rng), rng.pick(COMPLETED["complete"]))
    closed = plan.add("close", plan.over + rng.between(200, 330), _lag(rng), rng.pick(COMPLETED["close"]))
    if rng.chance(7):
        again = plan.add("reopen", closed + rng.between(20, 90), _lag(rng), rng.pick(REOPENED))
        plan.add("close", again + rng.between(20, 60), _lag(rng), rng.pick(COMPLETED["close"]))


def reference(unit: str, day: int, number: int) -> str:
    """Return the reference of an engagement: the unit, the year, and its number in them."""
    return f"{unit}-{year_of(day)}-{number:03}"
