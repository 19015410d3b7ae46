"""Oversight of an engagement: approvals elsewhere, analysis, materiality, risks, conflicts of interest."""

from collections.abc import Iterator
from typing import Any

from stories.case import CONSULTANCY, MEMORANDUM, OUTSOURCING, PAID, Case
from stories.plan import OLD
from stories.reasons import AUTHORITIES
from stories.timed_command import Thread, TimedCommand, written, year_of

OPTIONS = (
    "Do the work with our own staff", "Share the service of another organisation", "Outsource to a specialised firm",
    "Engage individual consultants", "Do nothing and keep the present arrangement", "Work through a regional partner",
)  # fmt: skip
CONCLUSIONS = (
    "Outsourcing costs about {} per cent less than own staff over the period, and knowledge is handed over at its end.",
    "The partner brings data that the organisation cannot collect by itself; the gain outweighs the dependence.",
    "Own staff would need {} months to acquire the skill; an outside expert is proportionate for work done once.",
    "Joining the service of another organisation is cheaper but leaves no control over priorities; it is not advised.",
)
MATERIAL = (
    "It carries a target of the strategic plan and is visible to all members.",
    "A failure would stop a service on which members rely every day.",
    "It sets terms that later agreements of this kind will follow.",
)
IMMATERIAL = (
    "The work is limited in time and place and can be replaced at short notice.",
    "It supports the programme without shaping its direction.",
    "Its terms follow the standard agreement, and its reach is limited.",
)
RISKS: dict[str, tuple[str, ...]] = {
    "access": ("Accounts are personal, limited to the task and reviewed each quarter.",
               "Data stay on servers of the organisation; copies leave only in anonymous form."),
    "compliance": ("Invoices are paid only against accepted deliverables.",
                   "The partner confirms the code of conduct once a year."),
    "reputational": ("Use of the organisation's name needs approval in writing.",
                     "The terms of the agreement are published on the website."),
    "strategic": ("Source code, manuals and training are handed over at each milestone.",
                  "A second supplier is kept on the roster."),
    "financial": ("Amounts in other currencies are hedged by paying in tranches.",
                  "The ceiling is monitored monthly; the unit is warned at 80 per cent."),
    "operational": ("A fall-back procedure is tested twice a year.",
                    "Key staff of the contractor are named, and replaced only by agreement."),
}  # fmt: skip
LEVELS = ("low", "medium", "high")
GIVES = "The {role}, or a group to which it belongs, also finances activities of the organisation."
NATURES = (
    "A former official of the unit joined the {role} less than a year ago.",
    "The {role} took part in writing the terms of reference.",
    "Both advise the same regulator on a decision that the work prepares.",
)
ASSESSED = (("no conflict", 3), ("mitigated", 5), ("accepted", 2))
MEASURES = {
    "no conflict": "The two functions are separate, and neither can influence the other.",
    "mitigated": "The unit that selects is not the one that raises funds; evaluation is done by a third.",
    "accepted": "No other provider holds the method; the interest is disclosed to the governing body.",
    "not acceptable": "The offer is not considered further while the interest lasts.",
}


def weighed(case: Case) -> Iterator[TimedCommand]:
    """Yield the strategic analysis and the assessment of materiality."""
    rng, plan = case.rng, case.plan
    day = plan.proposed + rng.between(1, 5)
    if rng.chance(78 if case.kind in PAID else 35):
        members: dict[str, Any] = {"conclusion": rng.pick(CONCLUSIONS).format(rng.between(6, 30))}
        if rng.chance(85):
            members["options"] = rng.some(OPTIONS, rng.between(2, 3))
        if rng.chance(40):
            members["document"] = f"SA/{year_of(day)}/{case.unit}-{rng.between(1, 99)}"
        yield case.say(Thread(), "analysis record", day, leaf=True, **members)
    if case.kind != MEMORANDUM and rng.chance(88):
        strategic = rng.chance(45 if case.kind == OUTSOURCING else 25)
        members = {"strategic": "yes" if strategic else "no", "why": rng.pick(MATERIAL if strategic else IMMATERIAL)}
        yield case.say(
            Thread(), "materiality assess", day + 1, leaf=True, value=case.purse.amount(case.purse.total), **members
        )


def approvals(case: Case) -> Iterator[TimedCommand]:
    """Yield the approvals that were given elsewhere, which are recorded once it is signed."""
    rng, signed = case.rng, case.plan.signed
    if rng.chance(70 if case.plan.fate == OLD else 12):
        day = signed - rng.between(4, 40)
        members: dict[str, Any] = {"document": f"MIN/{year_of(day)}/{rng.between(1, 60)}"} if rng.chance(60) else {}
        yield case.say(
            Thread(), "approval evidence", day, since=case.plan.floor(signed), leaf=True,
            authority=rng.pick(AUTHORITIES), **members,
        )  # fmt: skip


def risks(case: Case) -> Iterator[TimedCommand]:
    """Yield the assessments of risks, at first and once a year."""
    rng, plan = case.rng, case.plan
    kinds = rng.some(tuple(RISKS), rng.between(1, 4) if case.kind in PAID else rng.between(0, 2))
    first = day = plan.proposed + rng.between(2, 12)
    last = plan.over - 60 if plan.signed else day
    levels = {kind: (rng.below(3), rng.below(3)) for kind in kinds}
    while kinds:
        for kind in kinds:
            likelihood, impact = levels[kind]
            levels[kind] = (max(0, likelihood - rng.below(2)), impact)
            members: dict[str, Any] = {"risk": kind, "likelihood": LEVELS[likelihood], "impact": LEVELS[impact]}
            if likelihood + impact > 0 or rng.chance(50):
                members["mitigation"] = rng.pick(RISKS[kind])
            if rng.chance(80):
                members |= {"owner": case.unit, "review_on": written(day + 365)}
            yield case.say(Thread(), "risk assess", day, leaf=True, **members)
        day += rng.between(340, 390)
        if day > last or (day > first and rng.chance(20)):
            return


def conflicts(case: Case) -> Iterator[TimedCommand]:
    """Yield conflicts of interest, most of them assessed."""
    rng, plan, thread = case.rng, case.plan, Thread()
    turn = case.shared.scheduler.next_number(f"conflict {case.kind in PAID}")
    giver = case.shared.giver(case.first.ref) if case.kind in PAID else None
    if giver is None or rng.chance(35):
        if turn % (12 if case.kind in PAID else 30) != 2:
            return
        giver, nature = rng.pick(case.shared.everybody).ref, rng.pick(NATURES)
    else:
        nature = GIVES
    between = list(dict.fromkeys((case.first.ref, giver)))
    role = "consultant" if case.kind == CONSULTANCY else "contractor" if case.kind in PAID else "partner"
    day = plan.proposed + rng.between(3, 60)
    nature = nature.format(role=role)
    yield case.say(thread, "conflict declare", day, nature=nature, between=between, conflict="C1")
    if turn % 4:
        outcome = rng.weighted(ASSESSED) if plan.signed else "not acceptable"
        day += rng.between(5, 70)
        measures = MEASURES[outcome]
        yield case.say(thread, "conflict assess", day, conflict="C1", outcome=outcome, measures=measures)
