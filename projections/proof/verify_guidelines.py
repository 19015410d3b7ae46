"""Make the verdicts of guidelines again from the entries of a published ledger, without the software that wrote them.

    python3 -I verify_guidelines.py DIR --policy FILE --verdicts FILE

DIR is a published folder, --policy *your* policy, as of verify_ledger.py, which has to lie next to this program: it
reads and checks the log. --verdicts is what `ledger compliance list --format json` wrote, with every status or without
`does not apply`. It needs Python 3.11 and nothing else. The exit code is 0 if nothing is wrong, 1 if there are
findings, 2 if it was called wrongly or cannot read.
"""

import argparse
import importlib.util
import json
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

_place = importlib.util.spec_from_file_location("verify_ledger", Path(__file__).with_name("verify_ledger.py"))
assert _place is not None
assert _place.loader is not None
ledger = importlib.util.module_from_spec(_place)
sys.modules["verify_ledger"] = ledger
_place.loader.exec_module(ledger)

# What it checks, and the codes of its findings, after those of verify_ledger.py on the log:
#  1. The file of verdicts is of this log: its root at the position that it states.                      bad-verdicts
#  2. Each text of guidelines has the SHA-256 that its entry states, and is read.                      bad-guidelines
#  3. Every verdict is the one that entries and text give, none is missing, none is too many.         verdict-differs
# It does not compare the entries and the words that the file gives for a verdict.
BEGINNING = "0000-00-00"
TIMELESS = {"ledger.opened", "party.registered", "party.merged", "guidelines.adopted"}
STEPS = {
    "proposed": "proposed", "submitted": "under review", "returned": "proposed", "approved": "approved",
    "rejected": "rejected", "cancelled": "cancelled", "signed": "signed", "activated": "active",
    "suspended": "suspended", "terminated": "terminated", "completed": "completed", "closed": "closed"}
MONEY = {  # measure, member that names the order, sign
    "contribution.committed": ("signed", "", 1), "contribution.valued": ("in-kind", "", 1),
    "order.issued": ("ordered", "number", 1), "order.amended": ("ordered", "number", 1),
    "order.cancelled": ("ordered", "number", -1), "order.closed": ("ordered", "number", -1),
    "payment.made": ("paid", "order", 1), "payment.reversed": ("paid", "order", -1)}
WITHHELD_WITH = {"signed": {"financials"}, "ceiling": {"financials"}, "in-kind": {"financials"},
                 "ordered": {"service-orders"}, "paid": {"financials", "service-orders"}}
FACT_WITHHELD_WITH = {"ends_on": "duration", "outcome": "outcomes", "outcome-planned": "outcomes",
                      "ceiling": "financials"}
FACET_OF = {"engagement.signed": "parties", "contribution.committed": "financials", "outcome.planned": "outcomes",
            "contribution.received": "financials", "contribution.refunded": "financials",
            "contribution.valued": "financials", "outcome.recorded": "outcomes", "engagement.extended": "duration"}
MEASURES = ("ceiling", "in-kind", "ordered", "paid", "signed")
PAID_ROLES = ["consultant", "contractor", "vendor", "supplier", "service provider"]
MET, LATE, DUE, NOT_MET, UNKNOWN, NOWHERE = "met", "late", "due", "not met", "cannot be judged", "does not apply"
LEVELS, DILIGENCE = ["low", "medium", "high"], ["basic", "standard", "enhanced"]
Row = dict[str, Any]
Said = tuple[str, int, Row]  # what an entry says: its day, its position, its event
Truth = bool | None

def later(day: str, days: int) -> str:
    return date.fromordinal(max(1, min(date.fromisoformat(day).toordinal() + days, date.max.toordinal()))).isoformat()

def both(answers: Iterable[Truth]) -> Truth:
    values = list(answers)
    return False if any(one is False for one in values) else None if None in values else True

def either(answers: Iterable[Truth]) -> Truth:
    values = list(answers)
    return True if True in values else None if None in values else False

def minor(money: Row) -> int:
    return int(Decimal(money["value"]).scaleb(ledger.DECIMALS[money["currency"]]))

class Case(NamedTuple):
    moment: str
    key: str
    on: str
    position: int
    order: str = ""
    dated: bool = True

class Record:
    """What the entries say of one engagement, in order of their days."""

    def __init__(self, ref: str, said: list[Said], world: "World") -> None:
        self.ref, self.said, self.world = ref, said, world

    def of(self, *kinds: str) -> list[Said]:
        return [one for one in self.said if one[2]["type"] in kinds]

    def facts(self, name: str) -> list[tuple[str, int, Any]]:
        kinds = ["engagement.proposed", "engagement.signed", "engagement.amended"]
        kinds += ["engagement.extended"] if name == "ends_on" else []
        return [(day, at, event[name]) for day, at, event in self.of(*kinds) if event.get(name) is not None]

    def fact(self, name: str, day: str) -> Any:
        return next((value for on, _, value in reversed(self.facts(name)) if on <= day), None)

    def withheld(self, day: str) -> set[str]:
        return set(self.fact("withheld", day) or ())

    def steps(self) -> list[tuple[str, int, str]]:
        steps = []
        for day, at, event in self.said:
            noun, _, verb = event["type"].partition(".")
            if noun == "engagement" and (verb in STEPS or "back_to" in event):
                steps.append((day, at, event.get("back_to") or STEPS[verb]))
        return steps

    def status(self, day: str) -> str:
        return next((status for on, _, status in reversed(self.steps()) if on <= day), "")

    def signature(self) -> Case | None:
        signed = next(iter(self.of("engagement.signed")), None)
        return signed and Case("signed", "", signed[0], signed[1], dated=not signed[2].get("undated"))

    def money(self, measure: str, day: str, order: str | None = None, until: int = 0) -> list[tuple[str, int, int]]:
        """Return the amounts of a measure up to a day; of one order without what its end released."""
        rows = []
        for on, at, event in self.said:
            which, named, sign = MONEY.get(event["type"], ("", "", 0))
            amount = event.get("amount") or event.get("difference") or event.get("released")
            is_end = event["type"] in ("order.cancelled", "order.closed")
            if which == measure and on <= day and amount and (order is None or (event[named] == order and not is_end)):
                rows.append((amount["currency"], sign * minor(amount), at))
                if at == until:
                    break
        return rows

    def parties(self, day: str) -> list[tuple[str, str]]:
        return [(role["party"], role.get("role", "partner")) for role in self.fact("parties", day) or []]

    def ended_on(self) -> tuple[str, int] | None:
        on, ends = self.world.on, self.facts("ends_on")
        status = self.status(on)
        if self.signature() is None:
            return None
        end = (ends[-1][2], ends[-1][1]) if ends else None
        if status in ("completed", "terminated", "closed"):
            last = [step for step in self.real_steps() if step[2] in ("completed", "terminated")] or self.steps()
            done = (last[-1][0], last[-1][1])
            return done if end is None or done[0] < end[0] else end
        return end if end and end[0] < on and status in ("signed", "active", "suspended") else None

    def real_steps(self) -> Iterator[tuple[str, int, str]]:
        before = ""
        for step in self.steps():
            if not (step[2] in ("completed", "terminated") and before == "closed"):
                yield step
            before = step[2]

def cases(record: Record, moment: str) -> Iterator[Case]:
    signed = record.signature()
    of_steps = {"proposed": "proposed", "submitted": "under review", "approved": "approved", "completed": "completed",
                "terminated": "terminated"}
    if moment in of_steps:
        steps = [step for step in record.real_steps() if step[2] == of_steps[moment]]
        yield from (Case(moment, f"@{at}" if nth else "", on, at) for nth, (on, at, _) in enumerate(steps))
    elif moment == "signed" and signed:
        yield signed
    elif moment == "in-force" and signed:
        starts = record.facts("starts_on")
        if not starts or starts[-1][2] <= signed.on:
            yield signed._replace(moment=moment)
        elif starts[-1][2] <= record.world.on:
            yield Case(moment, "", starts[-1][2], starts[-1][1])
    elif moment == "extended" and signed:
        end = ""
        for on, at, value in record.facts("ends_on"):
            if end and value > end and at != signed.position:
                yield Case(moment, f"@{at}", on, at)
            end = value
    elif moment == "ended" and (over := record.ended_on()):
        yield Case(moment, "", *over)
    elif moment in ("ordered", "order-amended", "accepted", "paid"):
        kind, key, order = {"ordered": ("order.issued", "number", "number"),
                            "order-amended": ("order.amended", "number", "number"),
                            "accepted": ("deliverable.accepted", "acceptance", "order"),
                            "paid": ("payment.made", "payment", "order")}[moment]
        for on, at, event in record.of(kind):
            if moment != "order-amended":
                yield Case(moment, event[key], on, at, event[order])
            elif "difference" in event:
                yield Case(moment, f"{event[key]}@{at}", on, at, event[order])

class World:
    """All that counts as known at a position, up to a day; parties as one where they were merged."""

    def __init__(self, log: Any, on: str, known_at: int) -> None:
        self.log, self.on, self.known_at = log, on, known_at
        counting = ledger.standing([one for one in log.entries if one[0] <= known_at])
        into = ledger.merged(counting)
        self.parties, self.records, self.versions = dict[str, list[Said]](), dict[str, Record](), list[Row]()
        self.settings, self.documents, self.repeals = Row(), Row(), dict[tuple[str, str], str]()
        self.rates: dict[tuple[str, str], dict[str, tuple[int, Fraction]]] = {}
        self.reporting, self.linked, said = "", dict[tuple[str, str], bool](), dict[str, list[Said]]()
        self.covering: list[tuple[str, str, Row]] = []
        days = {at: BEGINNING if one["event"]["type"] in TIMELESS else one["effective_on"] for at, one in counting}
        for at, entry in sorted(counting, key=lambda one: (days[one[0]], one[0])):
            kind, _, ref = entry["stream"].partition("/")
            event = ledger.of_one(entry["event"], into)
            if kind == "engagement":
                said.setdefault(ref, []).append((days[at], at, event))
            elif days[at] <= on and kind != "finding":
                getattr(self, f"_{kind}")(ref, into.get(ref, ref), days[at], at, event)
        for ref, own in said.items():
            record = Record(ref, own, self)
            if (steps := record.steps()) and min(steps)[0] <= on:  # before its first step it is not there
                self.records[ref] = Record(ref, [one for one in own if one[0] <= on], self)
        self.standing_at, self.worlds = dict[int, set[int]](), dict[str, World]()

    def _ledger(self, _: str, __: str, ___: str, ____: int, event: Row) -> None:
        self.settings |= {event["name"]: event["value"]} if event["type"] == "setting.changed" else {}
        self.reporting = event.get("reporting_currency", self.reporting)

    def _party(self, own: str, ref: str, day: str, at: int, event: Row) -> None:
        if own == ref or event["type"] not in ("party.registered", "party.reclassified"):
            self.parties.setdefault(ref, []).append((day, at, event))
        if event["type"] in ("party.affiliated", "party.separated") and event["party"] != ref:
            self.linked[ref, event["party"]] = event["type"] == "party.affiliated"

    def _disclosure(self, ref: str, _: str, day: str, at: int, event: Row) -> None:
        if event["type"] == "disclosure.published":
            self.documents[ref] = (day, at, event)
        elif event["type"] in ("disclosure.covered", "disclosure.corrected"):
            self.covering.append((day, ref, event))

    def _guidelines(self, ref: str, _: str, day: str, at: int, event: Row) -> None:
        if event["type"] == "guidelines.repealed":
            self.repeals[ref, event["symbol"]] = day
        else:
            self.versions.append({"set": ref, "at": at, **event})

    def _rate(self, _: str, __: str, day: str, at: int, event: Row) -> None:
        for pair, factor in (((event["base"], event["quote"]), Fraction(event["rate"])),
                             ((event["quote"], event["base"]), 1 / Fraction(event["rate"]))):
            known = self.rates.setdefault(pair, {}).get(day)
            if known is None or known[0] < at:
                self.rates[pair][day] = (at, factor)

    def worth(self, currency: str, amount: int, day: str) -> int | None:
        """Return an amount in the reporting currency, rounded half to even; None without a rate."""
        if currency == self.reporting:
            return amount
        most = self.settings.get("rates.max-age-days")
        oldest = "" if most is None else later(day, -int(most))
        direct = self.rates.get((currency, self.reporting), {})
        last = max((on for on in direct if on <= day), default="")
        factor = direct[last][1] if last and last >= oldest else None
        best = ""
        for across in sorted({pair[1] for pair in self.rates if pair[0] == currency}) if factor is None else ():
            first, second = self.rates[currency, across], self.rates.get((across, self.reporting), {})
            last = max((on for on in first if on <= day and on in second), default="")
            if last > best and last >= oldest:
                best, factor = last, first[last][1] * second[last][1]
        if factor is None:
            return None
        decimals = int(ledger.DECIMALS[self.reporting] - ledger.DECIMALS[currency])
        return round(amount * factor * Fraction(10) ** decimals)

    def reaches(self, rows: Iterable[tuple[str, int, int]], limit: Row, day: str) -> Truth:
        sums: dict[str, int] = {}
        for currency, amount, _ in rows:
            sums[currency] = sums.get(currency, 0) + amount
        own = {currency: amount for currency, amount in sums.items() if amount}
        if own.keys() <= {limit["currency"]}:
            return own.get(limit["currency"], 0) >= minor(limit)
        least = self.worth(limit["currency"], minor(limit), day)
        worths = [self.worth(currency, amount, day) if least is not None else None for currency, amount in own.items()]
        known = sum(one for one in worths if one is not None)
        if least is None or (known < least and None in worths):
            return None
        return known >= least

    def group(self, party: str) -> list[str]:
        members = [party]
        for one in members:
            for (first, second), is_linked in self.linked.items():
                if is_linked and one in (first, second):
                    members += [ref for ref in (first, second) if ref not in members]
        return members

    def class_of(self, party: str, name: str, day: str) -> str | None:
        member = {"type": "party_type"}.get(name, name)
        said = [event[member] for on, _, event in self.parties.get(party, ())
                if on <= day and event["type"] in ("party.registered", "party.reclassified") and event.get(member)]
        return said[-1] if said else None

    def at(self, day: str) -> "World":
        if day not in self.worlds:
            self.worlds[day] = World(self.log, day, self.known_at)
        return self.worlds[day]

    def stood(self, position: int) -> set[int]:
        if position not in self.standing_at:
            before = [one for one in self.log.entries if one[0] <= position]
            self.standing_at[position] = {at for at, _ in ledger.standing(before)}
        return self.standing_at[position]

def fits(world: World, party: str, role: str, words: Row, day: str) -> Truth:
    answers: list[Truth] = []
    for word, wanted in words.items():
        name = word.removeprefix("not_")
        value = role if name == "role" else world.class_of(party, name, day)
        if value is None and name == "type":
            answers.append(None)
        else:
            answers.append(((value or "none") in wanted) is not word.startswith("not_"))
    return both(answers)

class Version:
    """A version of guidelines, with what its names stand for."""

    def __init__(self, event: Row) -> None:
        tables = tomllib.loads(event["text"])
        self.set, self.symbol, self.head = event["set"], event["symbol"], tables["guidelines"]
        self.binds_from = max(self.head["adopted_on"], self.head["in_force_on"]).isoformat()
        self.amounts = {name: self._money(text) for name, text in tables.get("amounts", {}).items()}
        self.named = tables.get("words", {})
        worth = tables.get("materiality", {})
        self.financial = self.amount(worth["financial"]) if "financial" in worth else None
        self.measures = self.words(worth.get("measures", [])) or list(MEASURES)
        self.strategic_kinds = self.words(worth.get("strategic_kinds", []))
        self.rules = {rule["id"]: rule for rule in tables["rule"]}

    @staticmethod
    def _money(text: str) -> Row:
        first, second = text.split()
        currency, value = (first, second) if first.isalpha() else (second, first)
        places = ledger.DECIMALS[currency]
        return {"currency": currency, "value": f"{Decimal(value):.{places}f}"}

    def amount(self, value: str) -> Row:
        name = value.removeprefix("@")
        return self.amounts[name] if name in self.amounts else self._money(value)

    def words(self, value: Any) -> list[str]:
        value = self.named[value[1:]] if isinstance(value, str) and value.startswith("@") else value
        return [value] if isinstance(value, str) else value

    def party(self, value: Row) -> Row:
        return {word: self.words(wanted) for word, wanted in value.items()}

class Question(NamedTuple):
    version: Version
    record: Record
    case: Case
    value: Any

    def amounts(self, measure: str) -> Truth:
        record, day = self.record, self.case.on
        ceiling = record.fact("ceiling", day)
        rows = [(ceiling["currency"], minor(ceiling), 0)] if measure == "ceiling" and ceiling else []
        rows = rows if measure == "ceiling" else record.money(measure, day)
        answer = record.world.reaches(rows, self.version.amount(self.value) if isinstance(self.value, str)
                                      else self.value, day)
        return None if not answer and WITHHELD_WITH[measure] & record.withheld(day) else answer

    def greatest(self) -> Truth:
        return either(self.amounts(measure) for measure in self.version.measures)

def strategic(asked: Question) -> Truth:
    record, day = asked.record, asked.case.on
    said = [event["strategic"] for on, _, event in record.of("materiality.assessed")
            if on <= day and event.get("strategic")]
    kind = record.fact("kind", day)
    answer = said[-1] == "yes" if said else None if kind is None or kind in asked.version.strategic_kinds else False
    return None if answer is None else answer is asked.value

def material(asked: Question) -> Truth:
    version = asked.version
    answer = either([strategic(asked._replace(value=True)),
                     asked._replace(value=version.financial).greatest() if version.financial else False])
    return None if answer is None else answer is asked.value

def risk(asked: Question) -> Truth:
    last = {event["risk"]: event for on, _, event in asked.record.of("risk.assessed") if on <= asked.case.on}
    least = LEVELS.index(asked.value["at_least"])
    kinds = asked.version.words(asked.value.get("kinds", [])) or sorted(last)
    return either(None if kind not in last else LEVELS.index(rating(last[kind])) >= least for kind in kinds) if kinds \
        else None

def rating(event: Row) -> str:
    product = (LEVELS.index(event["likelihood"]) + 1) * (LEVELS.index(event["impact"]) + 1)
    return "high" if product >= 6 else "medium" if product >= 3 else "low"

def grown(asked: Question) -> tuple[int, int]:
    """Return what an order was issued for, and what it comes to after the change of the case."""
    record, case = asked.record, asked.case
    issue = next(one for one in record.of("order.issued") if one[2]["number"] == case.order)
    sums = [record.money("ordered", issue[0], case.order, issue[1]),
            record.money("ordered", case.on, case.order, case.position)]
    first, now = (sum(amount for _, amount, _ in rows) for rows in sums)
    return first, now

def cumulative(asked: Question) -> Truth:
    record, case, value, world = asked.record, asked.case, asked.value, asked.record.world
    vendor = next((event["vendor"] for _, _, event in record.of("order.issued") if event["number"] == case.order), None)
    if vendor is None:
        return None
    group, first, rows = world.group(vendor), later(case.on, 1 - value["days"]), []
    for other in world.records.values():
        for _, _, issue in other.of("order.issued"):
            if issue["vendor"] in group:
                days = {at: on for on, at, _ in other.said}
                rows += [row for row in other.money("ordered", case.on, issue["number"]) if days[row[2]] >= first]
    return world.reaches(rows, asked.version.amount(value["from"]), case.on)

def flagged(asked: Question) -> Truth:
    for party, _ in asked.record.parties(asked.case.on):
        said = [event for on, _, event in asked.record.world.parties.get(party, ()) if on <= asked.case.on]
        lifted = {event["flag"] for event in said if event["type"] == "party.flag_lifted"}
        if any(event["type"] == "party.flag_raised" and event["flag"] not in lifted for event in said):
            return bool(asked.value)
    return not asked.value

def interest(asked: Question) -> Truth:
    """Return whether a party is paid here, by its role or by an order, and it or an affiliated one gives anywhere."""
    world = asked.record.world.at(asked.case.on)
    record = world.records.get(asked.record.ref)
    roles = world.settings.get("conflict.roles", PAID_ROLES)
    if record is None:
        return not asked.value
    paid = {party for party, role in record.parties(world.on) if role in roles and record.signature()}
    paid |= {event["vendor"] for _, _, event in record.of("order.issued")}
    given: dict[tuple[str, str], int] = {}
    for other in world.records.values():
        for _, _, event in other.of("contribution.committed", "contribution.valued"):
            key = (event["by"], event["amount"]["currency"])
            given[key] = given.get(key, 0) + minor(event["amount"])
    givers = {by for (by, _), amount in given.items() if amount}
    return any(not givers.isdisjoint(world.group(party)) for party in paid) is asked.value

def lasts(asked: Question) -> Truth:
    starts, ends = (asked.record.fact(name, asked.case.on) for name in ("starts_on", "ends_on"))
    if starts is None or ends is None:
        return None
    return (date.fromisoformat(ends) - date.fromisoformat(starts)).days + 1 >= int(asked.value)

def among(name: str, *, many: bool = False) -> Callable[[Question], Truth]:
    def ask(asked: Question) -> Truth:
        value, wanted = asked.record.fact(name, asked.case.on), asked.version.words(asked.value)
        if value is None:
            return None
        return any(share["code"] in wanted for share in value) if many else value in wanted

    return ask

def some_party(asked: Question) -> Truth:
    day, words = asked.case.on, asked.version.party(asked.value)
    parties = asked.record.parties(day)
    return either(fits(asked.record.world, party, role, words, day) for party, role in parties) if parties else None

def measure(name: str) -> Callable[[Question], Truth]:
    return lambda asked: asked.amounts(name)

def order_reaches(asked: Question) -> Truth:
    until = asked.case.position if asked.case.moment == "order-amended" else 0
    rows = asked.record.money("ordered", asked.case.on, asked.case.order, until)
    return asked.record.world.reaches(rows, asked.version.amount(asked.value), asked.case.on)

def grew(asked: Question) -> Truth:
    first, now = grown(asked)
    return (now - first) * 100 > first * int(asked.value)

WORDS: dict[str, Callable[[Question], Truth]] = {
    "kind": among("kind"), "unit": among("unit"), "basis": among("basis"), "region": among("regions", many=True),
    "priority": among("priorities", many=True), "party": some_party, "value": Question.greatest,
    "order": order_reaches, "cumulative": cumulative, "strategic": strategic, "material": material, "risk": risk,
    "lasts_days": lasts, "rise_percent": grew, "flagged": flagged,
    "interest": interest,
    "withheld": lambda asked: bool(set(asked.version.words(asked.value)) & asked.record.withheld(asked.case.on)),
    **{name: measure(name) for name in MEASURES}}

def holds(version: Version, record: Record, case: Case, when: Row) -> Truth:
    answers: list[Truth] = []
    for word, value in when.items():
        if word == "not":
            answer = holds(version, record, case, value)
            answers.append(None if answer is None else not answer)
        elif word in ("all", "any"):
            join = both if word == "all" else either
            answers.append(join(holds(version, record, case, part) for part in value))
        else:
            answers.append(WORDS[word](Question(version, record, case, value)))
    return both(answers)

# What becomes of a need: its status, and the day by which it is due.
Outcome = tuple[str, str]
Candidate = tuple[str, int, Row, str]  # its day, its position, its values, until when it is valid

def joined(outcomes: list[Outcome], order: Sequence[str]) -> Outcome:
    status = min((one[0] for one in outcomes), key=order.index)
    alike = [one for one in outcomes if one[0] == status]
    if order is EITHER and status in (MET, LATE):
        return alike[0]
    return status, min((due for _, due in alike if due), default="")

BOTH, EITHER = (NOT_MET, UNKNOWN, DUE, LATE, MET), (MET, DUE, LATE, UNKNOWN, NOT_MET)

def sought(version: Version, record: Record, case: Case, need: Row, candidates: Iterable[Candidate]) -> Outcome:
    """Return what becomes of a need from what may be it, in order of the days."""
    after, oldest = need.get("after_days"), later(case.on, -need["age_days"]) if "age_days" in need else ""
    deadline = case.on if after is None else later(case.on, after)
    where = {name: levels(value) if name == "level" else version.words(value)
             for name, value in need.get("where", {}).items()}
    fitting = [(on, at) for on, at, values, until in candidates
               if all(values.get(name) in wanted for name, wanted in where.items())
               and not (until and until < case.on) and on >= oldest]
    in_time = [at for on, at in fitting if on <= deadline]
    if in_time:
        return (MET if case.dated or in_time[-1] == case.position else UNKNOWN), deadline
    if fitting:
        return LATE, deadline
    return (DUE if after is not None and record.world.on <= deadline else NOT_MET), deadline

def levels(value: Any) -> list[str]:
    if isinstance(value, str) and value.startswith(">="):
        return DILIGENCE[DILIGENCE.index(value[2:].strip()) :]
    return [value] if isinstance(value, str) else value

def candidates(record: Record, fact: str, kind: str = "") -> list[Candidate]:
    """Return what may be a fact that a rule needs, in order of the days."""
    def rows(*types: str) -> list[Candidate]:
        return [(on, at, event, event.get("valid_until", "")) for on, at, event in record.of(*types)]

    match fact:
        case "analysis" | "risk" | "materiality":
            kinds = {"analysis": "analysis.recorded", "risk": "risk.assessed", "materiality": "materiality.assessed"}
            return [one for one in rows(kinds[fact]) if kind in ("", one[2].get("risk"))]
        case "approval":
            return rows("engagement.approved", "approval.evidenced")
        case "submission":
            return rows("engagement.submitted")
        case "review" | "outcome" | "outcome-planned" | "document":
            kinds = {"review": "review.held", "outcome": "outcome.recorded", "outcome-planned": "outcome.planned",
                     "document": "document.attached"}
            return rows(kinds[fact])
        case _:
            return [(on, at, {"in": value}, "") for on, at, value in record.facts(fact)]

def outcome_of(version: Version, record: Record, case: Case, need: Row) -> Outcome:
    if "any" in need:
        return joined([outcome_of(version, record, case, part) for part in need["any"]], EITHER)
    if "at_most_percent" in need:
        first, now = grown(Question(version, record, case, None))
        return (NOT_MET if (now - first) * 100 > first * need["at_most_percent"] else MET), case.on
    if "disclosed" in need:
        return disclosed(version, record, case, need)
    if "every_days" in need:
        return repeated(record, case, need["every_days"])
    fact = need["fact"]
    if fact in ("diligence", "screening"):
        return checked(version, record, case, need)
    if fact == "risk":
        kinds = version.words(need.get("kinds", [])) or [""]
        return joined([sought(version, record, case, need, candidates(record, fact, kind)) for kind in kinds], BOTH)
    if fact == "conflict":
        said = record.of("conflict.assessed")
        declared = {event["conflict"] for on, _, event in record.of("conflict.declared") if on <= case.on}
        outcomes = [sought(version, record, case, need, [(on, at, event, "") for on, at, event in said
                                                         if event["conflict"] == key]) for key in sorted(declared)]
        return joined(outcomes, BOTH) if outcomes else (MET, case.on)
    outcome = sought(version, record, case, need, candidates(record, fact))
    is_hidden = FACT_WITHHELD_WITH.get(fact) in record.withheld(record.world.on)
    return (UNKNOWN, outcome[1]) if outcome[0] in (NOT_MET, DUE) and is_hidden else outcome

def checked(version: Version, record: Record, case: Case, need: Row) -> Outcome:
    kind = "party.due_diligence_completed" if need["fact"] == "diligence" else "party.screened"
    outcomes = {}
    for party, role in record.parties(case.on):
        fit = fits(record.world, party, role, version.party(need["of"]), case.on) if "of" in need else True
        if fit is None:
            outcomes[party] = (UNKNOWN, "")
        elif fit:
            rows = [(on, at, event, event.get("valid_until", "")) for on, at, event
                    in record.world.parties.get(party, ()) if event["type"] == kind]
            outcomes[party] = sought(version, record, case, need, rows)
    return joined(list(outcomes.values()), BOTH) if outcomes else (NOWHERE, "")

def repeated(record: Record, case: Case, days: int) -> Outcome:
    end, on = record.ended_on(), record.world.on
    until, anchor, gaps, held = on if end is None else min(end[0], on), case.on, list[str](), 0
    for day, _, _ in record.of("review.held"):
        if case.on <= day <= until:
            gaps += [later(anchor, days)] if day > later(anchor, days) else []
            anchor, held = day, held + 1
    deadline = later(anchor, days)
    if until > deadline:
        return NOT_MET, deadline
    if gaps:
        return LATE, gaps[0]
    if not held:
        return (DUE, deadline) if end is None else (MET, "")
    return MET, deadline if end is None else ""

def disclosed(version: Version, record: Record, case: Case, need: Row) -> Outcome:
    outcomes, deadline = [], later(case.on, need["within_days"])
    for facet in version.words(need["disclosed"]):
        number = case.order if facet == "service-orders" else ""
        is_there = any(facet_of(event, facet) for _, _, event in record.said)
        days = shown(record, facet, number, need["to"])
        if not (days or number or is_there or facet in record.withheld(record.world.on)):
            continue
        if not days:
            outcomes.append((DUE if record.world.on <= deadline else NOT_MET, deadline))
        elif min(days) > deadline:
            outcomes.append((LATE, deadline))
        else:
            outcomes.append((MET if case.dated else UNKNOWN, deadline))
    return joined(outcomes, BOTH) if outcomes else (MET, deadline)

def facet_of(event: Row, facet: str, number: str = "") -> bool:
    kind = event["type"]
    if kind in ("engagement.proposed", "engagement.signed", "engagement.amended"):
        is_period = facet == "duration" and bool(event.get("starts_on") or event.get("ends_on"))
        return is_period or (facet == "parties" and kind == "engagement.signed")
    if kind == "order.issued":
        return facet == "service-orders" and number in ("", event["number"])
    return FACET_OF.get(kind) == facet

def shown(record: Record, facet: str, number: str, body: str) -> list[str]:
    """Return the days of publication of the documents for a body that disclosed a facet, or a service order."""
    world, days = record.world, []
    for day, ref, event in world.covering:
        if ref not in world.documents:
            continue
        published_on, _, document = world.documents[ref]
        is_correction = event["type"] == "disclosure.corrected"
        as_of = event["as_of"] if is_correction else document["as_of"]
        stood = world.stood(as_of["position"])
        stream = [(entry["effective_on"], position, entry["event"]) for position, entry in world.log.entries
                  if position in stood and entry["stream"] == f"engagement/{record.ref}"]
        said = [event for on, _, event in sorted(stream, key=lambda one: one[:2]) if on <= as_of["on"]]
        if document["body"] != body or not any(one["type"] == "engagement.signed" for one in said):
            continue
        hidden = [set(one["withheld"]) for one in said if one.get("withheld") is not None]
        for one in event["engagements"] if not is_correction or day >= published_on else ():
            if one["engagement"] != record.ref:
                continue
            named = facet in one["facets"] and not number
            orders = one.get("orders", []) if facet == "service-orders" else []
            stands = named and any(facet_of(what, facet) for what in said if what["type"] != "order.issued")
            stands = stands or any(facet_of(what, facet, other) for other in orders if number in ("", other)
                                   for what in said if what["type"] == "order.issued")
            stands = stands or (named and facet in ("financials", "service-orders") and bool(hidden)
                                and facet in hidden[-1]
                                and not (facet == "service-orders" and any(w["type"] == "order.issued" for w in said)))
            days += [day if is_correction else published_on] if stands else []
    return days

def verdicts(world: World) -> Iterator[tuple[tuple[str, ...], Row]]:
    """Yield what tells each verdict from others, and the verdict."""
    by_set: dict[str, list[Version]] = {}
    for event in sorted(world.versions, key=lambda one: (max(one["adopted_on"], one["in_force_on"]), one["at"])):
        by_set.setdefault(event["set"], []).append(Version(event))
    for ref, record in sorted(world.records.items()):
        for versions in by_set.values():
            moments = dict.fromkeys((rule["id"], rule["at"]) for version in versions for rule in version.rules.values())
            for (rule_id, moment), case in ((one, case) for one in moments for case in cases(record, one[1])):
                version = next((one for one in reversed(versions) if one.binds_from <= case.on), None)
                if version is None or world.repeals.get((version.set, version.symbol), "9999") <= case.on:
                    continue
                rule = version.rules.get(rule_id)
                if rule is not None and rule["at"] == moment:
                    status, due = verdict(version, record, case, rule)
                    key = (ref, version.set, version.symbol, rule_id, moment, case.key)
                    yield key, {"on": case.on, "status": status, "due_on": due or None}

def verdict(version: Version, record: Record, case: Case, rule: Row) -> Outcome:
    answer = holds(version, record, case, rule.get("when", {}))
    outcome = (NOWHERE, "") if answer is False else (UNKNOWN, "")
    if answer:
        outcome = outcome_of(version, record, case, rule["need"])
    waived = any(
        event["rule"] == rule["id"] and event.get("case", "") in ("", case.key or case.moment)
        and case.on <= event.get("until", "9999") for _, _, event in record.of("deviation.waived")
    )
    return ("waived", outcome[1]) if waived and outcome[0] not in (MET, NOWHERE) else outcome

def compare(log: Any, stated: Row, findings: Any) -> int:
    """Compare the verdicts of a file with those that entries and texts give; return how many were made."""
    as_of = stated["as_of"]
    if as_of["known_at"] > log.size or (as_of["known_at"] == log.size and as_of["root"] != log.root):
        findings.add("bad-verdicts", "as_of", "it is not of this log")
        return 0
    world = World(log, as_of["on"], as_of["known_at"])
    for event in world.versions:
        if sha256(f"{event['text']}\n".encode()).hexdigest() != event["sha256"]:
            findings.add("bad-guidelines", event["at"], f"the text of {event['symbol']} has another SHA-256")
    given = {}
    for row in stated["rows"]:
        key = tuple(row[name] or "" for name in ("engagement", "set", "symbol", "rule", "moment", "case"))
        given[key] = {name: row[name] for name in ("on", "status", "due_on")}
    if len(given) < len(stated["rows"]):
        findings.add("verdict-differs", "rows", "a verdict is stated twice")
    own = dict(verdicts(world))
    for key in sorted(given.keys() | own.keys()):
        made, said = own.get(key), given.get(key)
        is_left_out = said is None and made is not None and made["status"] == NOWHERE
        if made != said and not is_left_out:
            findings.add("verdict-differs", " ".join(key), f"stated is {said}, and the entries give {made}")
    return len(own)

def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="verify_guidelines.py", description="Make the verdicts of guidelines again.")
    parser.add_argument("folder", metavar="DIR", type=Path, help="a published folder")
    parser.add_argument("--policy", metavar="FILE", type=Path, required=True, help="the keys that you trust")
    parser.add_argument("--verdicts", metavar="FILE", type=Path, required=True, help="what is to be checked, JSON")
    options, findings, made = parser.parse_args(arguments), ledger.Findings(), 0
    try:
        log = ledger.read_log(ledger.Folder(options.folder, findings), options.policy.read_bytes(), findings)
        stated = json.loads(options.verdicts.read_bytes())
        made = compare(log, stated, findings) if log is not None else 0
    except OSError as error:
        parser.error(str(error))
    except ledger.MALFORMED as error:
        findings.add("bad-verdicts", "verdicts", f"they cannot be made again: {type(error).__name__} {error}")
    lines = [f"finding: {one['code']}: {one['place']}: {one['what']}" for one in findings]
    return int(ledger.write([*lines, f"verdicts: {made}", f"findings: {len(findings)}"], 1 if findings else 0))

if __name__ == "__main__":
    sys.exit(main())
