"""Whether a condition of a rule holds in a case: as the record stood on its day, in three values."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import msgspec

from ledger.domain.dates import days_between
from ledger.domain.engagement.oversight.risks import LEVELS, rating
from ledger.domain.guidelines.language import Condition, Materiality, PartyFilter, Words
from ledger.domain.guidelines.vocabulary import MEASURES, NO_VALUE
from ledger.domain.money import Money
from projections.compliance.amounts import measure_reaches, order_sum, reaches
from projections.compliance.answers import Answer, all_of, any_of, opposite
from projections.compliance.cases import Case
from projections.compliance.network import Network
from projections.compliance.records import Held, PartyRecord, Record
from projections.queries.conversion import Converter
from projections.tables import named as schema


class Question(msgspec.Struct, gc=False):
    """What is asked: of an engagement in a case, a word of a condition with its value."""

    judge: "Judge"
    record: Record
    case: Case
    value: Any

    @property
    def day(self) -> str:
        """The day of the case."""
        return self.case.on


Ask = Callable[[Question], Answer]


class _Known(NamedTuple):
    """A condition that a judge was asked: its number, and whether its answer is of the case or only of its day."""

    condition: Condition
    number: int
    is_of_case: bool


class Judge:
    """Answers conditions by the materiality of one version of guidelines."""

    def __init__(
        self, materiality: Materiality, converter: Converter, network: Network, *, is_thorough: bool = False
    ) -> None:
        """Judge amounts with a converter, and what parties do elsewhere with their network.

        With `is_thorough`, conditions are answered that no longer decide: what they found is to be shown.
        """
        self.is_thorough = is_thorough
        self.materiality = materiality
        self.converter = converter
        self.network = network
        self.measured = cache(self._measured)
        self.material = self._material()
        self._numbers: dict[Condition, int] = {}
        self._known: dict[int, _Known] = {}

    def answer(self, record: Record, case: Case, condition: Condition) -> Answer:
        """Return whether a condition holds in a case.

        It is found once for all rules that ask the same of the same day, or of the same case where that matters.
        """
        known = self._known.get(id(condition)) or self._learn(condition)
        key = (id(self), known.number, case if known.is_of_case else case.on)
        answer = record.answers.get(key)
        if answer is None:
            answer = record.answers[key] = self._answer(record, case, condition)
        return answer

    def _learn(self, condition: Condition) -> _Known:
        """Return a condition with its number, which equal ones share; it is kept, so that no other can have its id."""
        number = self._numbers.setdefault(condition, len(self._numbers))
        known = self._known[id(condition)] = _Known(condition, number, _is_of_case(condition))
        return known

    def _measured(self, amount: Money) -> tuple[Condition, ...]:
        """Return the conditions that each of the measures of materiality reaches an amount."""
        return tuple(Condition(measure, amount) for measure in self.materiality.measures or MEASURES)

    def _material(self) -> tuple[Condition, ...]:
        """Return the conditions of which one makes an engagement material."""
        financial = self.materiality.financial
        value = () if financial is None else (Condition("value", financial),)
        return (Condition("strategic", value=True), *value)

    def _answer(self, record: Record, case: Case, condition: Condition) -> Answer:
        if condition.word == "not":
            return opposite(self.answer(record, case, condition.parts[0]))
        if condition.parts or condition.word == "all":
            join = any_of if condition.word == "any" else all_of
            parts = (self.answer(record, case, part) for part in condition.parts)
            return join(parts, is_thorough=self.is_thorough)
        return _WORDS[condition.word](Question(self, record, case, condition.value))


def _is_of_case(condition: Condition) -> bool:
    return condition.word in _OF_CASE or any(_is_of_case(part) for part in condition.parts)


def _is(name: str, held: Held | None, wanted: Words) -> Answer:
    if held is None:
        return Answer(None, f"{name}: not recorded", (), (f"the {name} of the engagement",))
    return Answer(held.value in wanted, f"{name}: {held.value}", (held.entry,))


def _fact(name: str) -> Ask:
    return lambda asked: _is(name, asked.record.fact(name, asked.day), asked.value)


def _shares(name: str, fact: str) -> Ask:
    def ask(asked: Question) -> Answer:
        held = asked.record.fact(fact, asked.day)
        if held is None:
            return Answer(None, f"{name}: not recorded", (), (f"the {name} of the engagement",))
        codes = [code for code, _ in asked.record.decoded(held)]
        return Answer(any(code in asked.value for code in codes), f"{name}: {', '.join(codes)}", (held.entry,))

    return ask


def party_fits(party: PartyRecord, role: str, names: int, words: PartyFilter, day: str) -> Answer:
    """Return whether a party in a role fits a description on a day; `names` is the entry that names it."""
    answers = []
    for word, wanted in words.words:
        is_other, name = word.startswith("not_"), word.removeprefix("not_")
        held = Held(day, names, role) if name == "role" else party.on(name, day)
        if held is None and name in ("membership", "country"):
            answer = Answer(NO_VALUE in wanted, f"{party.ref}: no {name} is recorded", (names,))
        elif held is None:
            answer = Answer(None, f"{party.ref}: no {name} is recorded", (names,), (f"the {name} of {party.ref}",))
        else:
            entries = tuple(sorted({names, held.entry}))
            answer = Answer(held.value in wanted, f"{party.ref}: {name} {held.value}", entries)
        answers.append(answer._replace(holds=None if answer.holds is None else answer.holds is not is_other))
    return all_of(answers)


def _party(asked: Question) -> Answer:
    parties, names = asked.record.parties(asked.day)
    if not parties:
        return Answer(None, "no party is recorded", (), ("the parties of the engagement",))
    return any_of(party_fits(party, role, names, asked.value, asked.day) for party, role in parties)


def _measure(name: str) -> Ask:
    return lambda asked: measure_reaches(asked.record, name, asked.value, asked.day, asked.judge.converter)


def _value(asked: Question) -> Answer:
    judge, amount = asked.judge, asked.value
    return any_of(judge.answer(asked.record, asked.case, part) for part in judge.measured(amount))


def _order(asked: Question) -> Answer:
    until = asked.case.entry if asked.case.moment == "order-amended" else None
    total = order_sum(asked.record, asked.case.order, asked.day, until)
    return reaches(total, asked.value, asked.day, asked.judge.converter)


def _cumulative(asked: Question) -> Answer:
    vendor = asked.judge.network.vendor(asked.record.ref, asked.case.order)
    if vendor is None:
        return Answer(None, "the vendor is not recorded", (), (f"the vendor of {asked.case.order}",))
    total = asked.judge.network.ordered(vendor.value, asked.day, asked.value.days)
    answer = reaches(total, asked.value.amount, asked.day, asked.judge.converter)
    entries = tuple(sorted({*answer.entries, vendor.entry}))
    return answer._replace(said=f"ordered within {asked.value.days} days: {answer.said}", entries=entries)


def _strategic(asked: Question) -> Answer:
    for assessment in reversed(asked.record.held("materiality")):
        answer = asked.record.decoded(assessment)["strategic"] if assessment.on <= asked.day else None
        if answer is not None:
            return Answer((answer == "yes") is asked.value, f"strategic weight: {answer}", (assessment.entry,))
    kind = asked.record.fact("kind", asked.day)
    if kind is not None and kind.value not in asked.judge.materiality.strategic_kinds:
        return Answer(not asked.value, f"a {kind.value} counts as not strategic until it is assessed", (kind.entry,))
    entries = () if kind is None else (kind.entry,)
    return Answer(None, "strategic weight: never assessed", entries, ("an assessment of the strategic weight",))


def _material(asked: Question) -> Answer:
    judge = asked.judge
    answer = any_of(judge.answer(asked.record, asked.case, part) for part in judge.material)
    return answer if asked.value else opposite(answer)


def _risk(asked: Question) -> Answer:
    last = {row.risk: row for row in asked.record.rows(schema.risks) if row.effective_on <= asked.day}
    answers = []
    for kind in asked.value.kinds or sorted(last):
        row = last.get(kind)
        if row is None:
            answers.append(Answer(None, f"{kind} risk: never assessed", (), (f"an assessment of the {kind} risk",)))
        else:
            level = rating(row.likelihood, row.impact)
            is_high = LEVELS.index(level) >= LEVELS.index(asked.value.at_least)
            answers.append(Answer(is_high, f"{kind} risk: {level}", (row.entry,)))
    return any_of(answers) if answers else Answer(None, "no risk was ever assessed", (), ("an assessment of a risk",))


def _lasts_days(asked: Question) -> Answer:
    starts, ends = asked.record.fact("starts_on", asked.day), asked.record.fact("ends_on", asked.day)
    if starts is None or ends is None:
        missing = [name for name, day in (("start", starts), ("end", ends)) if day is None]
        return Answer(None, "the period is not recorded", (), tuple(f"the {name} of the period" for name in missing))
    days = days_between(starts.value, ends.value) + 1
    return Answer(days >= asked.value, f"a period of {days} days", tuple(sorted({starts.entry, ends.entry})))


def rise(record: Record, case: Case) -> tuple[int, int, tuple[int, ...]]:
    """Return what a service order was issued for and what it comes to after a change, in minor units, with entries."""
    total = order_sum(record, case.order, case.on, case.entry)
    issued = next(row for row in record.rows(schema.order_facts) if row.number == case.order and row.fact == "vendor")
    first = order_sum(record, case.order, issued.effective_on, issued.entry)
    return sum(first.by_currency.values()), sum(total.by_currency.values()), total.entries


def _rise_percent(asked: Question) -> Answer:
    first, now, entries = rise(asked.record, asked.case)
    return Answer((now - first) * 100 > first * asked.value, f"grown by {percent_text(first, now)}", entries)


def percent_text(first: int, now: int) -> str:
    """Return by how many per cent an amount has grown, with one decimal, rounded down."""
    tenths = (now - first) * 1000 // first if first else 0
    return f"{tenths // 10}.{tenths % 10} per cent"


def _flagged(asked: Question) -> Answer:
    """Return whether a risk flag is raised: the entry of the first shows it; those that lifted all, that none is."""
    parties, names = asked.record.parties(asked.day)
    raised: list[int] = []
    lifts: list[int] = []
    for party, _ in parties:
        flags = [row for row in party.flags if row.effective_on <= asked.day]
        lifted = {row.flag: row.entry for row in flags if row.status == "lifted"}
        raised += [row.entry for row in flags if row.status == "raised" and row.flag not in lifted]
        lifts += lifted.values()
    said = "a risk flag of a party is raised" if raised else "no risk flag of a party is raised"
    shown = {min(raised)} if raised else {*lifts}
    return Answer(bool(raised) is asked.value, said, tuple(sorted({*shown, *([names] if names else [])})))


def _withheld(asked: Question) -> Answer:
    facets, entry = asked.record.withheld(asked.day)
    said = f"withheld: {', '.join(sorted(facets)) or 'nothing'}"
    return Answer(any(facet in facets for facet in asked.value), said, (entry,) if entry else ())


def _interest(asked: Question) -> Answer:
    entries = asked.judge.network.paid_and_giving(asked.record.ref, asked.day)
    said = "a party is paid, and it or an affiliated party gives"
    return Answer(bool(entries) is asked.value, said if entries else f"not that {said}", entries)


_WORDS: dict[str, Ask] = {
    "kind": _fact("kind"), "unit": _fact("unit"), "basis": _fact("basis"), "region": _shares("region", "regions"),
    "priority": _shares("priority", "priorities"), "party": _party, "signed": _measure("signed"),
    "ordered": _measure("ordered"), "ceiling": _measure("ceiling"), "in-kind": _measure("in-kind"),
    "paid": _measure("paid"), "value": _value, "order": _order, "cumulative": _cumulative, "strategic": _strategic,
    "material": _material, "risk": _risk, "lasts_days": _lasts_days, "rise_percent": _rise_percent,
    "flagged": _flagged, "withheld": _withheld, "interest": _interest,
}  # fmt: skip
_OF_CASE = {"order", "cumulative", "rise_percent"}
"""Words whose answer is of the case; that of the others is of its day."""
