"""The life of an engagement as it is told: proposed, reviewed, signed, and how it ends."""

from collections.abc import Iterator
from typing import Any

from stories import wording
from stories.case import AGREEMENT, CONSULTANCY, KNOWLEDGE, MEMORANDUM, OUTSOURCING, PAID, Case
from stories.line import Line, Thread, written
from stories.plan import OLD, Step
from stories.reasons import ENTERED, REPRICED

ROLES = {
    AGREEMENT: "partner", KNOWLEDGE: "knowledge partner", MEMORANDUM: "partner", CONSULTANCY: "consultant",
    OUTSOURCING: "contractor",
}  # fmt: skip
"""The role of the first party, by kind of engagement."""


def particulars(case: Case) -> dict[str, Any]:
    """Return what an engagement is, as it is proposed or signed."""
    dice, plan = case.dice, case.plan
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
    given["basis"] = dice.pick(wording.BASES[case.kind])
    if plan.signed:
        given |= {"starts_on": written(plan.starts), "ends_on": written(plan.first_end)}
    if case.kind in PAID:
        given["ceiling"] = case.purse.amount(case.purse.total)
    return given


def _remembered(case: Case) -> dict[str, Any]:
    # Old records say little: some facets are withheld by the source, some were never written down.
    dice, plan = case.dice, case.plan
    given: dict[str, Any] = {"purpose": wording.purpose(case)} if dice.chance(60) else {}
    if dice.chance(45):
        given |= {"starts_on": written(plan.starts), "ends_on": written(plan.first_end)}
    if case.kind in PAID and dice.chance(50):
        given["ceiling"] = case.purse.amount(case.purse.total)
    return given | ({"withheld": list(case.withheld)} if case.withheld else {})


def told(case: Case) -> Iterator[Line]:
    """Yield the steps of the life, and the amendments between them."""
    thread = Thread(case.first.known)
    for number, step in enumerate(case.plan.steps):
        members = dict(step.members) if number else particulars(case) | step.members
        yield (_signed if step.verb == "sign" else _step)(case, step, members, thread)


def _step(case: Case, step: Step, members: dict[str, Any], thread: Thread) -> Line:
    return Line(
        {"command": f"engagement {step.verb}", "engagement": case.ref, **members},
        step.on, step.on, max(step.known, thread.known), case.clerk(), step.reason,
    )  # fmt: skip


def _signed(case: Case, step: Step, members: dict[str, Any], thread: Thread) -> Line:
    if case.agreed:
        members["contributions"] = [{"by": by, "amount": case.purse.amount(minor)} for by, minor in case.agreed.items()]
    reason = step.reason
    if case.plan.fate == OLD:
        members["undated"] = True
        reason = case.dice.pick(ENTERED)
    line = _step(case, step._replace(reason=reason), members, thread)
    line.count = 1 + len(case.agreed)
    line.then = case.stands
    return line


def amended(case: Case) -> Iterator[Line]:
    """Yield now and then a change of particulars, agreed while the engagement runs."""
    plan, dice = case.plan, case.dice
    day = plan.running(plan.signed + dice.between(40, 100))
    if not dice.chance(25) or day >= plan.over - 30:
        return
    changes: list[dict[str, Any]] = [
        {"objective": wording.objective(case, plan.ends) + " A yearly report goes to the steering group."},
        {"regions": [{"code": case.place[0], "percent": "60"}, {"code": _other(case), "percent": "40"}]},
    ]
    if case.kind in PAID:
        changes.append({"ceiling": case.purse.amount(case.purse.total + case.purse.part(15))})
    change = dice.pick(changes)
    reason = dice.pick(REPRICED)
    yield case.say(Thread(), "engagement amend", day + dice.below(25), since=day, leaf=True, reason=reason, **change)


def _other(case: Case) -> str:
    return "Multi regions" if case.place[0] != "Multi regions" else "AFR"
