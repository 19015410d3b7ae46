"""Make the verdicts of guidelines again from the entries of a published ledger, without the software that wrote them.

    python3 -I verify_guidelines.py DIR --policy FILE [--verdicts FILE]

DIR is the folder of a report with its proof, or a published folder; --policy is *your* policy, as of verify_ledger.py,
which has to lie next to this program: it reads and checks the log. The verdicts are those of the report; --verdicts
names others, as `ledger compliance list --format json` writes them, with every status or without `does not apply`. It
needs Python 3.11 and nothing else. The exit code is 0 if nothing is wrong, 1 if there are findings, 2 if it was called
wrongly or cannot read.
"""

import argparse
import importlib.util
import json
import sys
import tomllib
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

if not (_path := Path(__file__).with_name("verify_ledger.py")).is_file():
    sys.exit("verify_guidelines.py: put verify_ledger.py next to it; docs/auditor.md says where to get it")
_place: Any = importlib.util.spec_from_file_location("verify_ledger", _path)
ledger = importlib.util.module_from_spec(_place)
sys.modules["verify_ledger"] = ledger
_place.loader.exec_module(ledger)

# What it checks, and the codes of its findings, after those of verify_ledger.py on the log:
#  1. The file of verdicts is of this log, as known at its position, and of the as-of of the report.    bad-verdicts
#  2. Each text of guidelines has the SHA-256 that its entry states, and is read.                      bad-guidelines
#  3. Every verdict is the one that entries and text give: its status, its days, the entries that say so; none is
#     missing, none is too many, and the counts of a report are those of its verdicts.                verdict-differs
NOT_JUDGED = "the words with a verdict (title, source, found, missing), its severity, facet and unit, and their order"
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
            "contribution.valued": "financials", "outcome.recorded": "outcomes", "engagement.extended": "duration",
            "order.issued": "service-orders"}
TYPES_OF = {  # facts that are events of the engagement
    "analysis": ["analysis.recorded"], "risk": ["risk.assessed"], "materiality": ["materiality.assessed"],
    "approval": ["engagement.approved", "approval.evidenced"], "submission": ["engagement.submitted"],
    "review": ["review.held"], "outcome": ["outcome.recorded"], "outcome-planned": ["outcome.planned"],
    "document": ["document.attached"]}
PARTICULARS = ["engagement.proposed", "engagement.signed", "engagement.amended"]
MOMENTS = {  # steps of the life, and events of orders with the members that are the key of the case and its order
    "proposed": "proposed", "submitted": "under review", "approved": "approved", "completed": "completed",
    "terminated": "terminated", "ordered": ("order.issued", "number", "number"),
    "order-amended": ("order.amended", "number", "number"),
    "accepted": ("deliverable.accepted", "acceptance", "order"), "paid": ("payment.made", "payment", "order")}
PAID_ROLES = ["consultant", "contractor", "vendor", "supplier", "service provider"]
MET, LATE, DUE, NOT_MET, UNKNOWN, NOWHERE = "met", "late", "due", "not met", "cannot be judged", "does not apply"
BOTH, EITHER = (NOT_MET, UNKNOWN, DUE, LATE, MET), (MET, DUE, LATE, UNKNOWN, NOT_MET)  # which decides, of several
LEVELS, DILIGENCE = ["low", "medium", "high"], ["basic", "standard", "enhanced"]
MEASURES, PARTY_WORDS = ("ceiling", "in-kind", "ordered", "paid", "signed"), ("type", "membership", "role", "country")
Row = dict[str, Any]
Said = tuple[str, int, Any]  # what an entry says: its day, its position, its event or a value in it
Entries = set[int]
Answer = tuple[bool | None, Entries]  # whether a condition holds (None: not known), and the entries that say so
Outcome = tuple[str, str, Entries]  # what becomes of a need, the day by which it is due, the entries that say so
Amounts = list[tuple[str, int, int]]  # currency, minor units, entry

def later(day: str, days: int) -> str:
    return date.fromordinal(max(1, min(date.fromisoformat(day).toordinal() + days, date.max.toordinal()))).isoformat()

def minor(money: Row) -> int:
    return int(Decimal(money["value"]).scaleb(ledger.DECIMALS[money["currency"]]))

def text_of(value: Any) -> str:
    """Return a part of a text of guidelines in one form, in whatever order it is written."""
    if isinstance(value, dict):
        return str([(name, text_of(value[name])) for name in sorted(value)])
    return str(sorted(map(text_of, value))) if isinstance(value, list) else str(value)

def joined(answers: Iterable[Answer], decisive: bool) -> Answer:
    """Join answers: the first that is `decisive` is reason enough; without one, all of them are."""
    holds, entries = not decisive, Entries()
    is_known = True
    for own, shown in answers:
        if own is decisive:
            return decisive, shown
        is_known &= own is not None
        entries |= shown
    return holds if is_known else None, entries

def opposite(answer: Answer) -> Answer:
    return None if answer[0] is None else not answer[0], answer[1]

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

    def facts(self, name: str) -> list[Said]:
        kinds = PARTICULARS + (["engagement.extended"] if name == "ends_on" else [])
        return [(day, at, event[name]) for day, at, event in self.of(*kinds) if event.get(name) is not None]

    def fact(self, name: str, day: str) -> tuple[Any, Entries]:
        return next(((value, {at}) for on, at, value in reversed(self.facts(name)) if on <= day), (None, Entries()))

    def steps(self) -> list[Said]:
        """Return the steps of the life, without those that lead back to what was completed."""
        steps: list[Said] = []
        for day, at, event in self.said:
            noun, _, verb = event["type"].partition(".")
            if noun == "engagement" and (verb in STEPS or "back_to" in event):
                steps.append((day, at, event.get("back_to") or STEPS[verb]))
        return steps

    def forward(self, *statuses: str) -> list[Said]:
        """Return the steps to some statuses, without those that only open again what was closed."""
        steps = self.steps()
        before = ["", *(status for _, _, status in steps)]
        return [step for step, last in zip(steps, before, strict=False) if step[2] in statuses
                and not (last == "closed" and step[2] in ("completed", "terminated"))]

    def signature(self) -> Case | None:
        signed = next(iter(self.of("engagement.signed")), None)
        return signed and Case("signed", "", signed[0], signed[1], dated=not signed[2].get("undated"))

    def money(self, measure: str, day: str, order: str | None = None, until: int = 0) -> Amounts:
        """Return the amounts of a measure up to a day; of one order without what its end released."""
        rows: Amounts = []
        for on, at, event in self.said:
            which, named, sign = MONEY.get(event["type"], ("", "", 0))
            amount = event.get("amount") or event.get("difference") or event.get("released")
            is_end = event["type"] in ("order.cancelled", "order.closed")
            if which == measure and on <= day and amount and (order is None or (event[named] == order and not is_end)):
                rows.append((amount["currency"], sign * minor(amount), at))
                if at == until:
                    break
        return rows

    def ended_on(self) -> tuple[str, int] | None:
        """Return the day on which it ended, and the entry that says so; None if it did not."""
        on, steps = self.world.on, self.steps()
        end: tuple[str, int] | None = next(((value, at) for _, at, value in reversed(self.facts("ends_on"))), None)
        if self.signature() is None:
            return None
        if steps[-1][2] in ("completed", "terminated", "closed"):
            done = (self.forward("completed", "terminated") or steps)[-1][:2]
            return end if end and end[0] <= done[0] else done
        return end if end and end[0] < on and steps[-1][2] in ("signed", "active", "suspended") else None

def cases(record: Record, moment: str) -> Iterator[Case]:
    signed, at_moment = record.signature(), MOMENTS.get(moment)
    if isinstance(at_moment, str):
        for nth, (on, at, _) in enumerate(record.forward(at_moment)):
            yield Case(moment, f"@{at}" if nth else "", on, at)
    elif at_moment is not None:
        kind, key, order = at_moment
        for on, at, event in record.of(kind):
            if moment != "order-amended":
                yield Case(moment, event[key], on, at, event[order])
            elif "difference" in event:
                yield Case(moment, f"{event[key]}@{at}", on, at, event[order])
    elif moment == "ended" and (over := record.ended_on()):
        yield Case(moment, "", *over)
    elif signed and moment == "extended":
        end = ""
        for on, at, value in record.facts("ends_on"):
            if end and value > end and at != signed.position:
                yield Case(moment, f"@{at}", on, at)
            end = value
    elif signed and moment in ("signed", "in-force"):
        starts = record.facts("starts_on")[-1:] if moment == "in-force" else []
        if not starts or starts[0][2] <= signed.on:
            yield signed._replace(moment=moment)
        elif starts[0][2] <= record.world.on:
            yield Case(moment, "", starts[0][2], starts[0][1])

class World:
    """All that counts as known at a position, up to a day; parties as one where they were merged."""

    def __init__(self, log: Any, on: str, known_at: int) -> None:
        self.log, self.on, self.known_at = log, on, known_at
        counting = ledger.standing([one for one in log.entries if one[0] <= known_at])
        into = ledger.merged(counting)
        self.parties, self.records, self.versions = dict[str, list[Said]](), dict[str, Record](), list[Row]()
        self.settings, self.documents, self.streams = dict[str, tuple[Any, Entries]](), Row(), dict[str, list[Any]]()
        self.covering: dict[str, list[Any]] = {}
        self.repeals, self.linked = dict[tuple[str, str], Said](), dict[tuple[str, str], int]()
        self.rates: dict[tuple[str, str], dict[str, tuple[int, Fraction]]] = {}
        self.reporting, said = "", dict[str, list[Said]]()
        days = {at: BEGINNING if one["event"]["type"] in TIMELESS else one["effective_on"] for at, one in counting}
        for at, entry in sorted(counting, key=lambda one: (days[one[0]], one[0])):
            kind, _, ref = entry["stream"].partition("/")
            event = ledger.of_one(entry["event"], into)
            if kind == "engagement":
                said.setdefault(ref, []).append((days[at], at, event))
            elif days[at] <= on and kind not in ("finding", "controls"):
                getattr(self, f"_{kind}")(ref, into.get(ref, ref), days[at], at, event)
        for ref, own in said.items():
            steps = Record(ref, own, self).steps()
            if steps and steps[0][0] <= on:  # before its first step it is not there
                self.records[ref] = Record(ref, [one for one in own if one[0] <= on], self)
        self.then, self.worlds, self.shown_interests = dict[int, Entries](), dict[str, World](), dict[str, Entries]()

    def _ledger(self, _: str, __: str, ___: str, at: int, event: Row) -> None:
        self.settings |= {event["name"]: (event["value"], {at})} if event["type"] == "setting.changed" else {}
        self.reporting = event.get("reporting_currency", self.reporting)

    def _party(self, own: str, ref: str, day: str, at: int, event: Row) -> None:
        if own == ref or event["type"] not in ("party.registered", "party.reclassified"):
            self.parties.setdefault(ref, []).append((day, at, event))
        if event["type"] in ("party.affiliated", "party.separated") and event["party"] != ref:
            self.linked[ref, event["party"]] = at if event["type"] == "party.affiliated" else 0

    def _disclosure(self, ref: str, _: str, day: str, at: int, event: Row) -> None:
        if event["type"] == "disclosure.published":
            self.documents[ref] = (day, at, event)
        elif event["type"] in ("disclosure.covered", "disclosure.corrected"):
            for listed in event["engagements"]:
                self.covering.setdefault(listed["engagement"], []).append((ref, day, at, event, listed))

    def _guidelines(self, ref: str, _: str, day: str, at: int, event: Row) -> None:
        if event["type"] == "guidelines.repealed":
            self.repeals[ref, event["symbol"]] = (day, at, event)
        else:
            self.versions.append({"set": ref, "at": at, **event})

    def _rate(self, _: str, __: str, day: str, at: int, event: Row) -> None:
        for pair, factor in (((event["base"], event["quote"]), Fraction(event["rate"])),
                             ((event["quote"], event["base"]), 1 / Fraction(event["rate"]))):
            if self.rates.setdefault(pair, {}).get(day, (0,))[0] < at:
                self.rates[pair][day] = (at, factor)

    def worth(self, currency: str, amount: int, day: str) -> tuple[int, Entries] | None:
        """Return an amount in the reporting currency, rounded half to even, with entries; None without a rate."""
        if currency == self.reporting:
            return amount, Entries()
        age, entries = self.settings.get("rates.max-age-days", (None, Entries()))
        oldest, best, legs = "" if age is None else later(day, -int(age)), "", list[tuple[int, Fraction]]()
        for across in ("", *sorted({pair[1] for pair in self.rates if pair[0] == currency})):
            ways = [(currency, across), (across, self.reporting)] if across else [(currency, self.reporting)]
            rates = [self.rates.get(way, {}) for way in ways]
            last = max((on for on in rates[0] if on <= day and all(on in own for own in rates)), default="")
            if last > best and last >= oldest:
                best, legs = last, [own[last] for own in rates]
            if legs and not across:  # a rate between the two goes before those across a third
                break
        if not legs:
            return None
        factor = Fraction(10) ** int(ledger.DECIMALS[self.reporting] - ledger.DECIMALS[currency])
        for _, own in legs:
            factor *= own
        return round(amount * factor), entries.union(at for at, _ in legs)

    def reaches(self, rows: Amounts, limit: Row, day: str) -> Answer:
        sums, entries = Counter[str](), {at for _, _, at in rows}
        for currency, amount, _ in rows:
            sums[currency] += amount
        own = {currency: amount for currency, amount in sums.items() if amount}
        if own.keys() <= {limit["currency"]}:
            return own.get(limit["currency"], 0) >= minor(limit), entries
        least = self.worth(limit["currency"], minor(limit), day)
        worths = [self.worth(currency, amount, day) for currency, amount in own.items()]
        known = [worth for worth in worths if worth is not None]
        total = sum(amount for amount, _ in known)
        if least is None or (total < least[0] and None in worths):
            return None, entries
        return total >= least[0], entries.union(least[1], *(shown for _, shown in known))

    def group(self, party: str) -> dict[str, Entries]:
        """Return a party and those it belongs together with, each with the entries that link it to the party."""
        links: dict[str, dict[str, int]] = {}
        for (first, second), at in self.linked.items():
            if at:
                links.setdefault(first, {})[second] = links.setdefault(second, {})[first] = at
        members, waiting = {party: Entries()}, [party]
        for member in waiting:
            for other, at in links.get(member, {}).items():
                if other not in members:
                    members[other] = {*members[member], at}
                    waiting.append(other)
        return members

    def class_of(self, party: str, name: str, day: str) -> tuple[Any, Entries]:
        member = {"type": "party_type"}.get(name, name)
        said = [(event[member], {at}) for on, at, event in self.parties.get(party, ()) if on <= day
                and event["type"] in ("party.registered", "party.reclassified") and event.get(member)]
        return said[-1] if said else (None, Entries())

    def at(self, day: str) -> "World":
        if day not in self.worlds:
            self.worlds[day] = World(self.log, day, self.known_at)
        return self.worlds[day]

    def as_then(self, ref: str, as_of: Row) -> list[Said]:
        """Return what stood of an engagement on a day, as known at a position."""
        if as_of["position"] not in self.then:
            before = [one for one in self.log.entries if one[0] <= as_of["position"]]
            self.then[as_of["position"]] = {at for at, _ in ledger.standing(before)}
        for at, one in self.log.entries if not self.streams else ():
            self.streams.setdefault(one["stream"], []).append((one["effective_on"], at, one["event"]))
        said = [one for one in self.streams[f"engagement/{ref}"] if one[1] in self.then[as_of["position"]]]
        return sorted((one for one in said if one[0] <= as_of["on"]), key=lambda one: one[:2])

    def interests(self) -> dict[str, Entries]:
        """Return, of engagements in which a party is paid that gives, or is affiliated with one, what shows it."""
        roles, setting = self.settings.get("conflict.roles", (PAID_ROLES, Entries()))
        paid, given = dict[tuple[str, str], Entries](), dict[str, list[tuple[str, str, int, int]]]()
        for ref, record in self.records.items() if not self.shown_interests else ():
            parties, names = record.fact("parties", self.on)
            signed = record.signature()
            for role in parties or () if signed else ():
                if role.get("role", "partner") in roles and signed:
                    paid.setdefault((ref, role["party"]), Entries()).update({signed.position}, names, setting)
            for _, at, event in record.of("order.issued"):
                paid.setdefault((ref, event["vendor"]), Entries()).add(at)
            for _, at, event in record.of("contribution.committed", "contribution.valued"):
                gift = (ref, event["amount"]["currency"], minor(event["amount"]), at)
                given.setdefault(event["by"], []).append(gift)
        for (ref, party), shown in paid.items():
            for giver, links in self.group(party).items():
                sums = Counter[str]()
                for _, currency, amount, _ in given.get(giver, ()):
                    sums[currency] += amount
                if any(sums.values()):
                    entries = self.shown_interests.setdefault(ref, Entries())
                    entries.update(shown, links, (gift[3] for gift in given[giver]))
        return self.shown_interests

def fits(world: World, role: Row, names: Entries, words: Row, day: str) -> Answer:
    """Return whether a party in a role fits a description; `names` is the entry that names it."""
    answers: list[Answer] = []
    for word in [word for word in (*PARTY_WORDS, *(f"not_{own}" for own in PARTY_WORDS)) if word in words]:
        name = word.removeprefix("not_")
        value, entries = world.class_of(role["party"], name, day)
        value = role.get("role", "partner") if name == "role" else value
        is_known = value is not None or name != "type"
        holds = ((value or "none") in words[word]) is not word.startswith("not_")
        answers.append((holds if is_known else None, names | entries))
    return joined(answers, False)

class Version:
    """A version of guidelines, with what its names stand for."""

    def __init__(self, event: Row) -> None:
        tables = tomllib.loads(event["text"])
        self.set, self.symbol, head = event["set"], event["symbol"], tables["guidelines"]
        self.at, self.binds_from = event["at"], max(head["adopted_on"], head["in_force_on"]).isoformat()
        self.named = tables.get("amounts", {}), tables.get("words", {})
        worth = tables.get("materiality", {})
        self.financial = worth.get("financial")
        self.measures = self.words(worth.get("measures", [])) or [*MEASURES]
        self.strategic_kinds = self.words(worth.get("strategic_kinds", []))
        self.rules = {rule["id"]: rule for rule in tables["rule"]}

    def amount(self, text: str) -> Row:
        words = self.named[0].get(text.removeprefix("@"), text).split()
        currency, value = words if words[0].isalpha() else words[::-1]
        return {"currency": currency, "value": value}

    def words(self, value: Any) -> list[str]:
        value = self.named[1][value[1:]] if isinstance(value, str) and value.startswith("@") else value
        return [value] if isinstance(value, str) else sorted(value)

    def party(self, value: Row) -> Row:
        return {word: self.words(wanted) for word, wanted in value.items()}

class Question(NamedTuple):
    version: Version
    record: Record
    case: Case
    value: Any

    @property
    def day(self) -> str:
        return self.case.on

    def fact(self, name: str) -> tuple[Any, Entries]:
        return self.record.fact(name, self.day)

    def said(self, kind: str) -> list[Said]:
        return [one for one in self.record.of(kind) if one[0] <= self.day]

# The words of conditions: each takes a question and returns an answer.

def measure(name: str) -> Callable[[Question], Answer]:
    def ask(asked: Question) -> Answer:
        rows = asked.record.money(name, asked.day)
        if name == "ceiling" and (held := asked.fact(name))[0]:
            rows = [(held[0]["currency"], minor(held[0]), at) for at in held[1]]
        holds, entries = asked.record.world.reaches(rows, asked.version.amount(asked.value), asked.day)
        hidden, source = asked.fact("withheld")
        return (holds, entries) if holds or not WITHHELD_WITH[name] & {*(hidden or ())} else (None, entries | source)

    return ask

def greatest(asked: Question) -> Answer:
    return joined((measure(name)(asked) for name in asked.version.measures), True)

def strategic(asked: Question) -> Answer:
    said = [one for one in asked.said("materiality.assessed") if one[2].get("strategic")]
    if said:
        return (said[-1][2]["strategic"] == "yes") is asked.value, {said[-1][1]}
    kind, entries = asked.fact("kind")
    return None if kind is None or kind in asked.version.strategic_kinds else not asked.value, entries

def material(asked: Question) -> Answer:
    answers = [strategic(asked._replace(value=True))]
    answers += [greatest(asked._replace(value=asked.version.financial))] if asked.version.financial else []
    return joined(answers, True) if asked.value else opposite(joined(answers, True))

def risk(asked: Question) -> Answer:
    last = {event["risk"]: (rating(event), {at}) for _, at, event in asked.said("risk.assessed")}
    kinds = asked.version.words(asked.value.get("kinds", [])) or sorted(last)
    least = LEVELS.index(asked.value["at_least"])
    answers = [(last[kind][0] >= least, last[kind][1]) if kind in last else (None, Entries()) for kind in kinds]
    return joined(answers, True) if answers else (None, Entries())

def rating(event: Row) -> int:
    product = (LEVELS.index(event["likelihood"]) + 1) * (LEVELS.index(event["impact"]) + 1)
    return 2 if product >= 6 else int(product >= 3)

def grown(asked: Question) -> tuple[int, int, Entries]:
    """Return what an order was issued for, and what it comes to after the change of the case."""
    record, case = asked.record, asked.case
    issue = next(one for one in record.of("order.issued") if one[2]["number"] == case.order)
    first = record.money("ordered", issue[0], case.order, issue[1])
    now = record.money("ordered", case.on, case.order, case.position)
    return sum(row[1] for row in first), sum(row[1] for row in now), {row[2] for row in now}

def grew(asked: Question) -> Answer:
    first, now, entries = grown(asked)
    return (now - first) * 100 > first * int(asked.value), entries

def order_reaches(asked: Question) -> Answer:
    until = asked.case.position if asked.case.moment == "order-amended" else 0
    rows = asked.record.money("ordered", asked.day, asked.case.order, until)
    return asked.record.world.reaches(rows, asked.version.amount(asked.value), asked.day)

def cumulative(asked: Question) -> Answer:
    world, issues = asked.record.world, asked.record.of("order.issued")
    issue = next((one for one in issues if one[2]["number"] == asked.case.order), None)
    if issue is None:
        return None, Entries()
    group, first = world.group(issue[2]["vendor"]), later(asked.day, 1 - asked.value["days"])
    rows, shown = Amounts(), {issue[1]}
    for other in world.records.values():
        days = {at: on for on, at, _ in other.said}
        for _, _, own in other.of("order.issued"):
            if own["vendor"] in group:
                within = [row for row in other.money("ordered", asked.day, own["number"]) if days[row[2]] >= first]
                rows += within
                shown |= group[own["vendor"]] if within else set()
    holds, entries = world.reaches(rows, asked.version.amount(asked.value["from"]), asked.day)
    return holds, entries | shown

def flagged(asked: Question) -> Answer:
    parties, entries = asked.fact("parties")
    raised, lifts = Entries(), Entries()
    for role in parties or ():
        said = [one for one in asked.record.world.parties.get(role["party"], ()) if one[0] <= asked.day]
        lifted = {event["flag"]: at for _, at, event in said if event["type"] == "party.flag_lifted"}
        raised |= {at for _, at, event in said
                   if event["type"] == "party.flag_raised" and event["flag"] not in lifted}
        lifts |= {*lifted.values()}
    return bool(raised) is asked.value, ({min(raised)} if raised else lifts) | entries

def interest(asked: Question) -> Answer:
    entries = asked.record.world.at(asked.day).interests().get(asked.record.ref, Entries())
    return bool(entries) is asked.value, entries

def lasts(asked: Question) -> Answer:
    (starts, first), (ends, last) = asked.fact("starts_on"), asked.fact("ends_on")
    if starts is None or ends is None:
        return None, Entries()
    return (date.fromisoformat(ends) - date.fromisoformat(starts)).days + 1 >= int(asked.value), first | last

def among(name: str) -> Callable[[Question], Answer]:
    def ask(asked: Question) -> Answer:
        value, entries = asked.fact(name)
        own = {share["code"] for share in value} if isinstance(value, list) else {value}
        return None if value is None else not own.isdisjoint(asked.version.words(asked.value)), entries

    return ask

def some_party(asked: Question) -> Answer:
    parties, names = asked.fact("parties")
    words = asked.version.party(asked.value)
    answers = (fits(asked.record.world, role, names, words, asked.day) for role in parties or ())
    return joined(answers, True) if parties else (None, Entries())

def withheld(asked: Question) -> Answer:
    hidden, entries = asked.fact("withheld")
    return not set(hidden or ()).isdisjoint(asked.version.words(asked.value)), entries

def several(word: str) -> Callable[[Question], Answer]:
    def ask(asked: Question) -> Answer:
        tables = sorted(asked.value, key=text_of)
        return joined((holds(asked._replace(value=table)) for table in tables), word == "any")

    return ask

WORDS: dict[str, Callable[[Question], Answer]] = {  # in the order in which they are asked
    "kind": among("kind"), "unit": among("unit"), "basis": among("basis"), "region": among("regions"),
    "priority": among("priorities"), "party": some_party, "signed": measure("signed"), "ordered": measure("ordered"),
    "ceiling": measure("ceiling"), "in-kind": measure("in-kind"), "paid": measure("paid"), "value": greatest,
    "order": order_reaches, "cumulative": cumulative, "strategic": strategic, "material": material, "risk": risk,
    "lasts_days": lasts, "rise_percent": grew, "flagged": flagged, "withheld": withheld, "interest": interest,
    "all": several("all"), "any": several("any"), "not": lambda asked: opposite(holds(asked))}

def holds(asked: Question) -> Answer:
    """Return whether all words of a table of conditions hold."""
    words = (word for word in WORDS if word in asked.value)
    return joined((WORDS[word](asked._replace(value=asked.value[word])) for word in words), False)

# What becomes of a need. A candidate is what may be the fact: its day, its position, its values.

def worst(outcomes: Sequence[Outcome], order: Sequence[str] = BOTH) -> Outcome:
    """Return the outcome of needs that must all be met, or (EITHER) of which one suffices."""
    status = min((own[0] for own in outcomes), key=order.index)
    alike = [own for own in outcomes if own[0] == status]
    if order is EITHER and status in (MET, LATE):
        return alike[0]
    shown = outcomes if order is BOTH and status != NOT_MET else alike
    return status, min((due for _, due, _ in alike if due), default=""), Entries().union(*(own[2] for own in shown))

def sought(asked: Question, candidates: Iterable[Said]) -> Outcome:
    """Return what becomes of a need from what may be it, in order of the days."""
    case, need = asked.case, asked.value
    after, oldest = need.get("after_days"), later(case.on, -need["age_days"]) if "age_days" in need else ""
    deadline = case.on if after is None else later(case.on, after)
    where = {name: levels(value) if name == "level" else asked.version.words(value)
             for name, value in need.get("where", {}).items()}
    fitting = [(on, at) for on, at, values in candidates if on >= oldest
               and all(values.get(name) in wanted for name, wanted in where.items())
               and values.get("valid_until", "9999") >= case.on]
    if in_time := [at for on, at in fitting if on <= deadline]:
        is_sure = case.dated or in_time[-1] == case.position
        return (MET, deadline, {in_time[-1]}) if is_sure else (UNKNOWN, deadline, {in_time[-1], case.position})
    if fitting:
        return LATE, deadline, {fitting[0][1]}
    return DUE if after is not None and asked.record.world.on <= deadline else NOT_MET, deadline, Entries()

def levels(value: Any) -> list[str]:
    if isinstance(value, str) and value.startswith(">="):
        return DILIGENCE[DILIGENCE.index(value[2:].strip()) :]
    return [value] if isinstance(value, str) else value

def outcome_of(asked: Question) -> Outcome:
    record, case, need = asked.record, asked.case, asked.value
    if "any" in need:
        return worst([outcome_of(asked._replace(value=part)) for part in sorted(need["any"], key=text_of)], EITHER)
    if "at_most_percent" in need:
        is_over, entries = grew(asked._replace(value=need["at_most_percent"]))
        return NOT_MET if is_over else MET, case.on, entries
    if "disclosed" in need:
        return disclosed(asked)
    if "every_days" in need:
        return repeated(asked)
    fact = need["fact"]
    if fact in ("diligence", "screening"):
        return checked(asked)
    said = record.of(*TYPES_OF.get(fact, ()))
    if fact == "risk":
        kinds = asked.version.words(need.get("kinds", []))
        by_kind = [[one for one in said if one[2]["risk"] == kind] for kind in kinds]
        return worst([sought(asked, own) for own in by_kind or [said]])
    if fact == "conflict":
        declared = asked.said("conflict.declared")
        own = [[one for one in record.of("conflict.assessed") if one[2]["conflict"] == event["conflict"]]
               for _, _, event in declared]
        status, due, entries = worst([sought(asked, rows) for rows in own]) if own else (MET, case.on, Entries())
        return status, due, entries.union(at for _, at, _ in declared)
    if fact not in TYPES_OF:
        said = [(on, at, {"in": value}) for on, at, value in record.facts(fact)]
    status, due, entries = sought(asked, said)
    hidden, source = record.fact("withheld", record.world.on)
    is_hidden = FACT_WITHHELD_WITH.get(fact) in (hidden or ())
    return (UNKNOWN, due, source) if status in (NOT_MET, DUE) and is_hidden else (status, due, entries)

def checked(asked: Question) -> Outcome:
    """Return what becomes of a check that every party must have that fits what the rule says."""
    record, need = asked.record, asked.value
    kind = "party.due_diligence_completed" if need["fact"] == "diligence" else "party.screened"
    parties, names = asked.fact("parties")
    outcomes, read = dict[str, Outcome](), {*names}
    for role in parties or ():
        words = asked.version.party(need.get("of", {}))
        fit, entries = fits(record.world, role, names, words, asked.day)
        read |= entries
        if fit is None:
            outcomes[role["party"]] = (UNKNOWN, "", entries)
        elif fit:
            said = record.world.parties.get(role["party"], ())
            outcomes[role["party"]] = sought(asked, [one for one in said if one[2]["type"] == kind])
    status, due, entries = worst([*outcomes.values()]) if outcomes else (NOWHERE, "", Entries())
    return status, due, entries | read

def repeated(asked: Question) -> Outcome:
    """Return what becomes of reviews that are held again and again, while the engagement runs."""
    case, days, end, on = asked.case, asked.value["every_days"], asked.record.ended_on(), asked.record.world.on
    until, anchor, gaps, held = on if end is None else min(end[0], on), case.on, list[str](), Entries()
    is_held_later = any(until < day <= on for day, _, _ in asked.record.of("review.held"))
    for day, at, _ in asked.record.of("review.held"):
        if case.on <= day <= until:
            gaps += [later(anchor, days)] if day > later(anchor, days) else []
            anchor, held = day, held | {at}
    deadline, ending = later(anchor, days), {end[1]} if end else Entries()
    if until > deadline:
        return NOT_MET, deadline, held | (ending if is_held_later else set())
    if gaps:
        return LATE, gaps[0], held | (ending if is_held_later or on > deadline else set())
    return (DUE, deadline, held) if not held and not end else (MET, "" if end else deadline, held | ending)

def disclosed(asked: Question) -> Outcome:
    """Return what becomes of disclosing each facet that is recorded, or withheld, to a body."""
    record, case, need = asked.record, asked.case, asked.value
    outcomes, deadline = list[Outcome](), later(case.on, need["within_days"])
    for facet in asked.version.words(need["disclosed"]):
        number = case.order if facet == "service-orders" else ""
        is_there = any(adds_to(event, facet) for _, _, event in record.said)
        is_hidden = facet in (record.fact("withheld", record.world.on)[0] or ())
        shown = min(documents(record, facet, number, need["to"]), key=lambda own: own[:2], default=None)
        if shown is None and (number or is_there or is_hidden):
            outcomes.append((DUE if record.world.on <= deadline else NOT_MET, deadline, Entries()))
        elif shown and shown[0] > deadline:
            outcomes.append((LATE, deadline, shown[2]))
        elif shown and not case.dated:
            outcomes.append((UNKNOWN, deadline, shown[2] | {case.position}))
        elif shown:
            outcomes.append((MET, deadline, shown[2]))
    return worst(outcomes) if outcomes else (MET, deadline, Entries())

def adds_to(event: Row, facet: str) -> bool:
    is_period = event["type"] in PARTICULARS and bool(event.get("starts_on") or event.get("ends_on"))
    return FACET_OF.get(event["type"]) == facet or (facet == "duration" and is_period)

def documents(record: Record, facet: str, number: str, body: str) -> Iterator[tuple[str, int, Entries]]:
    """Yield the documents for a body that disclosed a facet or a service order: day, position, entries that show it."""
    world = record.world
    for ref, day, at, event, listed in world.covering.get(record.ref, ()):
        published_on, published_at, document = world.documents.get(ref, ("", 0, {"body": None}))
        as_of = event.get("as_of") or document.get("as_of")
        since = (day, at) if "as_of" in event else (published_on, published_at)
        said = world.as_then(record.ref, as_of) if document["body"] == body else []
        signed = [position for _, position, own in said if own["type"] == "engagement.signed"]
        items = [(name, "") for name in listed["facets"]]
        items += [("service-orders", own) for own in listed.get("orders", ())]
        for name, own in items if signed else ():
            if name != facet or number not in ("", own):
                continue
            stood = [position for _, position, what in said if adds_to(what, facet)
                     and own == (what["number"] if what["type"] == "order.issued" else "")]
            hidden = [(position, what["withheld"]) for _, position, what in said if "withheld" in what][-1:]
            if not own and not (facet == "service-orders" and any(one["type"] == "order.issued" for _, _, one in said)):
                is_amount = facet in ("financials", "service-orders")
                stood += [position for position, facets in hidden if is_amount and facet in facets]
            if stood:
                yield *since, {at, since[1], min(stood), min(signed)}

def verdicts(world: World) -> Iterator[tuple[tuple[str, ...], Row]]:
    """Yield what tells each verdict from others, and the verdict."""
    by_set: dict[str, list[Version]] = {}
    for version in sorted(map(Version, world.versions), key=lambda own: (own.binds_from, own.at)):
        by_set.setdefault(version.set, []).append(version)
    for record, versions in ((record, versions) for record in world.records.values() for versions in by_set.values()):
        moments = dict.fromkeys((rule["id"], rule["at"]) for own in versions for rule in own.rules.values())
        for (rule_id, moment), case in ((one, case) for one in moments for case in cases(record, one[1])):
            bound = next((own for own in reversed(versions) if own.binds_from <= case.on), None)
            repeal = world.repeals.get((bound.set, bound.symbol)) if bound else None
            rule = bound.rules.get(rule_id) if bound and not (repeal and repeal[0] <= case.on) else None
            if bound and rule and rule["at"] == moment:
                status, due, entries = verdict(Question(bound, record, case, rule))
                entries |= {bound.at, case.position}
                stated = {"on": case.on, "status": status, "due_on": due or None, "entries": sorted(entries)}
                yield (record.ref, bound.set, bound.symbol, rule_id, moment, case.key), stated

def verdict(asked: Question) -> Outcome:
    case, rule = asked.case, asked.value
    answer, entries = holds(asked._replace(value=rule.get("when", {})))
    status, due = NOWHERE if answer is False else UNKNOWN, ""
    if answer:
        status, due, shown = outcome_of(asked._replace(value=rule["need"]))
        entries = entries | shown
    waivers = [at for _, at, event in asked.record.of("deviation.waived") if event["rule"] == rule["id"]
               and event.get("case", "") in ("", case.key or case.moment) and case.on <= event.get("until", "9999")]
    if waivers and status not in (MET, NOWHERE):
        return "waived", due, entries | {waivers[-1]}
    return status, due, {*entries}

def compare(log: Any, stated: Row, findings: Any) -> int:
    """Compare the verdicts of a file with those that entries and texts give; return how many were made."""
    as_of = stated["as_of"]
    known = [sha256(b"\x00" + ledger.in_one_form(one).encode()).digest() for _, one in log.entries[: as_of["known_at"]]]
    if as_of["known_at"] != len(known) or as_of["root"] != b64encode(ledger.tree_root(known)).decode():
        findings.add("bad-verdicts", "as_of", "it is not of this log")
        return 0
    world = World(log, as_of["on"], as_of["known_at"])
    for event in world.versions:
        if sha256(f"{event['text']}\n".encode()).hexdigest() != event["sha256"]:
            findings.add("bad-guidelines", event["at"], f"the text of {event['symbol']} has another SHA-256")
    own = dict(verdicts(world))
    given = {}
    for row in stated["rows"]:
        key = tuple(row[name] or "" for name in ("engagement", "set", "symbol", "rule", "moment", "case"))
        given[key] = {name: row[name] for name in ("on", "status", "due_on", "entries")}
    if len(given) < len(stated["rows"]):
        findings.add("verdict-differs", "rows", "a verdict is stated twice")
    for key in sorted(given.keys() | own.keys()):
        made, said = own.get(key), given.get(key)
        is_left_out = said is None and made is not None and made["status"] == NOWHERE
        if made != said and not is_left_out:
            findings.add("verdict-differs", " ".join(key), f"stated is {said}, and the entries give {made}")
    counts = Counter((key[2], key[3], made["status"]) for key, made in own.items() if made["status"] != NOWHERE)
    told = {(symbol, rule, status.replace("_", " ")): count for symbol, rules in stated.get("compliance", {}).items()
            for rule, statuses in rules.items() for status, count in statuses.items() if count}
    if "compliance" in stated and told != counts:
        findings.add("verdict-differs", "compliance", "the counts are not those of the verdicts")
    return len(own)

def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="verify_guidelines.py", description="Make the verdicts of guidelines again.")
    parser.add_argument("folder", metavar="DIR", type=Path, help="the folder of a report, or a published folder")
    parser.add_argument("--policy", metavar="FILE", type=Path, required=True, help="the keys that you trust")
    parser.add_argument("--verdicts", metavar="FILE", type=Path, help="verdicts of a list, instead of the report's")
    options, findings, made = parser.parse_args(arguments), ledger.Findings(), 0
    try:
        folder = ledger.Folder(options.folder, findings)
        log = ledger.read_log(folder, options.policy.read_bytes(), findings)
        files = [options.verdicts.read_bytes()] if options.verdicts else [
            folder.read(name, ledger.MOST_REPORT) for name in ("verdicts.json", "figures.json")]
        stated, *report = [json.loads(data) for data in files if data is not None] if files[0] else [{}]
        if not stated:
            findings.add("bad-verdicts", "verdicts.json", "none: a report by guidelines has them; or --verdicts FILE")
        made = compare(log, stated, findings) if stated and log is not None else 0
        if report and (report[0]["as_of"] != stated["as_of"] or "compliance" not in stated):
            findings.add("bad-verdicts", "verdicts.json", "it is not of the as-of of the report, or has no counts")
    except OSError as error:
        parser.error(str(error))
    except ledger.MALFORMED as error:
        findings.add("bad-verdicts", "verdicts", f"they cannot be made again: {type(error).__name__} {error}")
    lines = [f"finding: {one['code']}: {one['place']}: {one['what']}" for one in findings]
    lines += [f"verdicts: {made}", f"not judged: {NOT_JUDGED}", f"findings: {len(findings)}"]
    return int(ledger.write(lines, 1 if findings else 0))

if __name__ == "__main__":
    sys.exit(main())
