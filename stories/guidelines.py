"""Guidelines of the illustrative organisation, waivers of their rules, and the parameters of its controls."""

from collections.abc import Iterator

from stories.case import CONSULTANCY, OUTSOURCING, Case
from stories.reasons import AUTHORITIES
from stories.timed_command import Thread, TimedCommand, working, written

OFFICER = "staff/reg-1"
TEXT = """# Illustrative guidelines, made for the story. No public text gives these figures.
language = 1

[guidelines]
set = "third-parties"
symbol = "{symbol}"
title = "Guidelines for cooperation with third parties ({version} version)"
adopted_by = "Council"
adopted_on = {adopted}
in_force_on = {binds}

[amounts]
formal = "USD {formal}"

[words]
outsourced = ["consultancy", "outsourcing contract"]

[materiality]
financial = "formal"
measures = ["signed", "ordered", "ceiling", "in-kind"]
strategic_kinds = "@outsourced"

[[rule]]
id = "analysis"
title = "A strategic analysis stands before what is outsourced and material is signed"
facet = "analysis"
source = "paragraph 4"
at = "signed"
when = {{ kind = "@outsourced", material = true }}
need = {{ fact = "analysis" }}
severity = "high"

[[rule]]
id = "risks"
title = "Risks of what is material are assessed within 90 days of signature"
facet = "risks"
source = "paragraph 5"
at = "signed"
when = {{ material = true }}
need = {{ fact = "risk", after_days = 90 }}

[[rule]]
id = "review"
title = "What is material is reviewed at least once in 400 days"
facet = "review"
source = "paragraph 6"
at = "in-force"
when = {{ material = true }}
need = {{ fact = "review", every_days = 400 }}

[[rule]]
id = "orders"
title = "The Council is informed of service orders within a year"
facet = "disclosure"
source = "paragraph 7"
at = "ordered"
when = {{ order = "USD 10000.00" }}
need = {{ disclosed = ["service-orders"], to = "Council", within_days = 365 }}

[[rule]]
id = "outcomes"
title = "An outcome is recorded within 180 days of the end"
facet = "outcomes"
source = "paragraph 8"
at = "ended"
need = {{ fact = "outcome", after_days = 180 }}"""
PARAMETERS = """# Illustrative parameters, made for the story.
language = 1

[controls]
symbol = "CTL/1"
title = "Parameters of the controls"
adopted_by = "Audit Committee"
adopted_on = {adopted}
in_force_on = {binds}

[[control]]
id = "recorded-late"
days = 60"""
FIRST, SECOND = ("GL/1", "first", "100000.00"), ("GL/2", "second", "150000.00")
OUTCOMES = ("dismissed", "confirmed", "remedied")
ASSESSED = ("The decision was taken in time, and only its record came later.", "The unit was reminded of the term.")
REASONS = ("Only one firm has the data, and the work cannot wait.", "The analysis of the preceding contract holds.")


def guidelines(first: int) -> Iterator[TimedCommand]:
    """Yield the adoption of both versions, and the repeal of the first when the second is in force."""
    yield _adopted(first + 5, FIRST)
    later = first + 430
    yield _adopted(later, SECOND)
    day = working(later + 40)
    yield TimedCommand({"command": "guidelines repeal", "symbol": FIRST[0]}, day, day, day, OFFICER)


def _adopted(day: int, version: tuple[str, str, str]) -> TimedCommand:
    symbol, name, formal = version
    text = TEXT.format(symbol=symbol, version=name, formal=formal, adopted=written(day - 3), binds=written(day + 30))
    day = working(day)
    return TimedCommand({"command": "guidelines adopt", "text": text}, day, day, day, OFFICER)


def controls(first: int) -> Iterator[TimedCommand]:
    """Yield the adoption of parameters of the controls, which allow two months until something is recorded."""
    day = first + 210
    text = PARAMETERS.format(adopted=written(day - 3), binds=written(day + 20))
    day = working(day)
    yield TimedCommand({"command": "controls adopt", "text": text}, day, day, day, OFFICER)


def waivers(case: Case) -> Iterator[TimedCommand]:
    """Yield a waiver of the analysis for some of what is outsourced, and what became of its late record."""
    rng, thread = case.rng, Thread()
    if case.kind in (CONSULTANCY, OUTSOURCING) and rng.chance(15):
        waiver = case.say(
            thread, "deviation waive", case.plan.signed + rng.between(1, 60), rule="analysis",
            why=rng.pick(REASONS), approved_by=rng.pick(AUTHORITIES),
        )  # fmt: skip
        yield waiver
        if rng.chance(60):
            day = working(thread.known + rng.between(5, 30))
            members = {"finding": f"recorded-late/{case.ref}", "outcome": rng.pick(OUTCOMES), "why": rng.pick(ASSESSED)}
            command = {"command": "finding assess", **members, "entries": []}
            yield TimedCommand(command, day, day, day, OFFICER, rests_on=waiver)
