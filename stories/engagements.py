"""The commands of the life of an engagement: proposed, reviewed, signed, and ended."""

from collections.abc import Iterator
from typing import Any

from stories import wording
from stories.case import AGREEMENT, CONSULTANCY, KNOWLEDGE, MEMORANDUM, OUTSOURCING, PAID, Case
from stories.plan import OLD, Step
from stories.reasons import ENTERED, REPRICED
from stories.timed_command import Thread, TimedCommand, written

ROLES = {
    AGREEMENT: "partner", KNOWLEDGE: "knowledge partner", MEMORANDUM: "partner", CONSULTANCY: "consultant",
    OUTSOURCING: "contractor",
}  # fmt: skip
"""The role of the first party, by kind of engagement."""


def particulars(case: Case) -> dict[str, Any]:
    """Return the particulars of an engagement for its proposal or signing."""
    rng, plan = case.rng, case.plan
    given: dict[str, Any] = {
        "title": wording.title(case),
        "kind": case.kind,
        "parties": [{"party": party.ref, "role": role} for party, role in case.parties],
        "unit": case.unit,
        "regions": [{"code": case.place[0]}],
        "priorities": [{"code": case.theme.priority}],
    }
    if plan.fate == OLD:
        return given | _remembered(case)
    given["purpose"] = wording.purpose(case)
    given["objective"] = wording.objective(case, plan.first_end or plan.proposed + 500)
    given["basis"] = rng.pick(wording.BASES[case.kind])
    if plan.signed:
        given |= {"starts_on": written(plan.starts), "ends_on": written(plan.first_end)}
    if case.kind in PAID:
        given["ceiling"] = case.purse.amount(case.purse.total)
    return given


def _remembered(case: Case) -> dict[str, Any]:
    # Old records say little: some facets are withheld by the source, some were never written down.
    rng, plan = case.rng, case.plan
    given: dict[str, Any] = {"purpose": wording.purpose(case)} if rng.chance(60) else {}
    if rng.chance(45):
        given |= {"starts_on": written(plan.starts), "ends_on": written(plan.first_end)}
    if case.kind in PAID and rng.chance(50):
        given["ceiling"] = case.purse.amount(case.purse.total)
    return given | ({"withheld": list(case.withheld)} if case.withheld else {})


def lifecycle(case: Case) -> Iterator[TimedCommand]:
    """Yield the steps of the life, and the amendments between them."""
    thread = Thread(case.first.known)
    for number, step in enumerate(case.plan.steps):
        members = dict(step.members) if number else particulars(case) | step.members
        yield (_signed if step.verb == "sign" else _step)(case, step, members, thread)


def _step(case: Case, step: Step, members: dict[str, Any], thread: Thread) -> TimedCommand:
    return TimedCommand(
        {"command": f"engagement {step.verb}", "engagement": case.ref, **members},
        step.on, step.on, max(step.known, thread.known), case.clerk(), step.reason,
    )  # fmt: skip


def _signed(case: Case, step: Step, members: dict[str, Any], thread: Thread) -> TimedCommand:
    if case.agreed:
        members["contributions"] = [{"by": by, "amount": case.purse.amount(minor)} for by, minor in case.agreed.items()]
    reason = step.reason
    if case.plan.fate == OLD:
        members["undated"] = True
        reason = case.rng.pick(ENTERED)
    line = _step(case, step._replace(reason=reason), members, thread)
    line.count = 1 + len(case.agreed)
    line.then = case.mark_signed
    return line


def amended(case: Case) -> Iterator[TimedCommand]:
    """Yield now and then a change of particulars, agreed while the engagement runs."""
    plan, rng = case.plan, case.rng
    day = plan.running(plan.signed + rng.between(40, 100))
    if not rng.chance(25) or day >= plan.over - 30:
        return
    changes: list[dict[str, Any]] = [
        {"objective": wording.objective(case, plan.ends) + " A yearly report goes to the steering group."},
        {"regions": [{"code": case.place[0], "percent": "60"}, {"code": _other(case), "percent": "40"}]},
    ]
    if case.kind in PAID:
        changes.append({"ceiling": case.purse.amount(case.purse.total + case.purse.part(15))})
    change = rng.pick(changes)
    reason = rng.pick(REPRICED)
    yield case.say(Thread(), "engagement amend", day + rng.below(25), since=day, leaf=True, reason=reason, **change)


def _other(case: Case) -> str:
    return "Multi regions" if case.place[0] != "Multi regions" else "AFR"
