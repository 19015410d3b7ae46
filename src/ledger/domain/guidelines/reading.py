"""Reads the text of guidelines, a TOML file, and finds every fault in it with its line, rule and member."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeVar

from ledger.domain.code_lists import check_codes
from ledger.domain.errors import LedgerError, listed
from ledger.domain.fields import BadReference, checked_reference
from ledger.domain.guidelines import vocabulary
from ledger.domain.guidelines.file import FileReader
from ledger.domain.guidelines.language import Condition, Guidelines, Materiality, Need, PartyFilter, Rule, Words
from ledger.domain.guidelines.values import Fault, path_of
from ledger.domain.guidelines.vocabulary import CONDITIONS, FACTS, JOINS, MOMENTS, NO_VALUE, PARTY_WORDS
from ledger.domain.kernel import DecisionContext

Part = TypeVar("Part", Condition, Need)


class BadGuidelines(LedgerError):
    """A text of guidelines has faults."""

    code = "bad-guidelines"

    def __init__(self, faults: list[Fault]) -> None:
        """Refuse a text with these faults."""
        self.faults = faults
        more = f" There are {len(faults) - 1} more faults." if len(faults) > 1 else ""
        hint = faults[0].hint or "'ledger guidelines check FILE' names every fault."
        super().__init__(f"These are no guidelines: {faults[0]}.{more}", hint)


@lru_cache(maxsize=64)
def read_guidelines(text: str) -> Guidelines:
    """Return the guidelines in a text. Raises BadGuidelines."""
    reader = _Reader(text)
    guidelines = reader.read()
    if guidelines is None or reader.faults:
        raise BadGuidelines(sorted(reader.faults, key=lambda fault: fault.line))
    return guidelines


def unused_words(text: str) -> list[str]:
    """Return the names under [amounts] and [words] that nothing in a text without faults refers to."""
    reader = _Reader(text)
    reader.read()
    return [name for name in (*reader.amounts, *reader.words) if name not in reader.used]


_HEAD = ("set", "symbol", "title", "adopted_by", "adopted_on", "in_force_on")
_TABLES = ("language", "guidelines", "amounts", "words", "materiality", "rule")
_DEEPEST = 12
"""The greatest number of members within members that a rule may have."""
_RULE = ("id", "title", "facet", "source", "at", "when", "need", "severity")
_SCOPE = {"kinds": ("risk",), "of": ("diligence", "screening")}
"""Members of a need that only some facts have."""


class _Reader(FileReader):
    """Reads the tables of one text."""

    def read(self) -> Guidelines | None:
        """Return the guidelines, or None if the text has faults that leave none."""
        tables = self.tables(_TABLES, "Split it into two sets.", "docs/guidelines.md")
        if tables is None:
            return None
        self.table = "amounts"
        self.amounts = {
            name: self.tried(name, self.money, name, value) for name, value in self.members("amounts", tables).items()
        }
        self.table = "words"
        self.words = {
            name: self.tried(name, self.plain_words, name, value)
            for name, value in self.members("words", tables).items()
        }
        self.table = "guidelines"
        head = self.head(self.members("guidelines", tables), _HEAD, ("set", "symbol"))
        self.table = "materiality"
        materiality = self.materiality(self.members("materiality", tables))
        self.table = "rule"
        rules = self.rules(tables.get("rule", []))
        return None if head is None else Guidelines(**head, materiality=materiality, rules=tuple(rules))

    def materiality(self, given: dict[str, Any]) -> Materiality:
        self.unknown("", given, ("financial", "measures", "strategic_kinds", "unknown"))
        financial = (
            self.tried("financial", self.money, "financial", given.get("financial")) if "financial" in given else None
        )
        named = given.get("measures", [])
        measures = self.tried("measures", self.words_of, "measures", named, vocabulary.MEASURES) or ()
        kinds = self.tried("strategic_kinds", self.plain_words, "strategic_kinds", given.get("strategic_kinds", []))
        if financial is not None and not measures:
            self.fault("measures", "[materiality] has an amount and no measures to compare with it")
        if given.get("unknown", vocabulary.REPORT) != vocabulary.REPORT:
            self.fault(
                "unknown", f"not '{vocabulary.REPORT}'", "What is not known is reported; nothing else is possible."
            )
        return Materiality(financial, measures, kinds or ())

    # The rules.

    def rules(self, given: Any) -> Iterator[Rule]:
        if not isinstance(given, list) or not all(isinstance(rule, dict) for rule in given):
            self.fault("", "rules are written as [[rule]]")
            return
        if not given:
            self.fault("", "there is no rule", "Write at least one [[rule]].")
        seen: dict[str, int] = {}
        for place, members in enumerate(given):
            self.place, self.rule = place, ""
            line = self.lines.of("rule", place, "")
            rule = self.tried("", self.one_rule, members, line)
            if rule is not None and rule.id in seen:
                self.fault("id", f"two rules are called {rule.id}; the other is on line {seen[rule.id]}")
            elif rule is not None:
                seen[rule.id] = line
                yield rule
        self.place, self.rule = 0, ""

    def one_rule(self, given: dict[str, Any], line: int) -> Rule | None:
        before = len(self.faults)
        rule_id = given.get("id")
        if not isinstance(rule_id, str):
            raise self.refuse("id", "the rule has no id")
        self.rule = rule_id
        try:
            checked_reference(rule_id)
        except BadReference as error:
            self.fault("id", error.sentence.rstrip("."), error.hint)
        self.unknown("", given, _RULE)
        texts = {
            name: self.tried(name, self.line_of_text, name, given.get(name)) for name in ("title", "facet", "source")
        }
        at = self.tried("at", self.choice, "at", given.get("at"), tuple(MOMENTS))
        severity = self.tried(
            "severity", self.choice, "severity", given.get("severity", "medium"), vocabulary.SEVERITIES
        )
        when = self.tried("when", self.condition, "when", given.get("when", {}), at)
        need = self.tried("need", self.need, "need", given.get("need"), at)
        if len(self.faults) > before:
            return None
        return Rule(rule_id, **texts, at=at, when=when, need=need, severity=severity, line=line)

    def condition(self, member: str, given: Any, at: str | None) -> Condition:
        self.check_depth(member)
        if not isinstance(given, dict):
            raise self.refuse(member, 'a condition is a table like { kind = "consultancy" }')
        self.unknown(member, given, (*CONDITIONS, *JOINS))
        parts = [self.join(path_of(member, word), word, given[word], at) for word in JOINS if word in given]
        for word, value in given.items():
            known = CONDITIONS.get(word)
            if known is None:
                continue
            where = path_of(member, word)
            if known.moments and at is not None and at not in known.moments:
                self.fault(where, f"'{word}' cannot be asked at '{at}'", f"It can be asked at {listed(known.moments)}.")
            read: Callable[[str, Any], Any] = getattr(self, _READERS[known.kind])
            parts.append(Condition(word, self.tried(where, read, where, value)))
        return Condition("all", parts=tuple(sorted(parts, key=lambda part: _ORDER[part.word])))

    def check_depth(self, member: str) -> None:
        if member.count(".") > _DEEPEST:
            raise self.refuse(member[:40], "conditions or needs stand within each other too deep")

    def join(self, member: str, word: str, given: Any, at: str | None) -> Condition:
        if word == "not":
            return Condition("not", parts=(self.condition(member, given, at),))
        if not isinstance(given, list) or not given:
            raise self.refuse(member, f"'{word}' joins a list of conditions")
        parts = [self.condition(f"{member}.{place}", part, at) for place, part in enumerate(given, 1)]
        return Condition(word, parts=_in_one_order(given, parts))

    def need(self, member: str, given: Any, at: str | None) -> Need:
        self.check_depth(member)
        if not isinstance(given, dict):
            raise self.refuse(
                member, "the rule says nothing that it needs", 'Write it like need = { fact = "analysis" }.'
            )
        kinds = [name for name in ("fact", "disclosed", "at_most_percent", "any") if name in given]
        if len(kinds) != 1:
            raise self.refuse(member, "a need is one of fact, disclosed, at_most_percent or any")
        return getattr(self, f"need_{kinds[0]}")(member, given, at)  # type: ignore[no-any-return]

    def need_any(self, member: str, given: dict[str, Any], at: str | None) -> Need:
        self.unknown(member, given, ("any",))
        if not isinstance(given["any"], list) or not given["any"]:
            raise self.refuse(member, "'any' joins a list of needs")
        parts = [self.need(f"{member}.{place}", part, at) for place, part in enumerate(given["any"], 1)]
        return Need("any", parts=_in_one_order(given["any"], parts))

    def need_at_most_percent(self, member: str, given: dict[str, Any], at: str | None) -> Need:
        self.unknown(member, given, ("at_most_percent",))
        if at not in (None, "order-amended"):
            self.fault(member, f"'at_most_percent' cannot be needed at '{at}'", "It is needed at order-amended.")
        return Need("at_most_percent", percent=self.percent(f"{member}.at_most_percent", given["at_most_percent"]))

    def need_disclosed(self, member: str, given: dict[str, Any], at: str | None) -> Need:
        self.unknown(member, given, ("disclosed", "to", "within_days"))
        facets = self.words_of(f"{member}.disclosed", given["disclosed"], vocabulary.ALL_FACETS)
        if not facets:
            raise self.refuse(f"{member}.disclosed", "it names no facet")
        body = self.line_of_text(f"{member}.to", given.get("to"))
        return Need(
            "disclosed",
            facets=facets,
            to=body,
            within_days=self.days(f"{member}.within_days", given.get("within_days")),
        )

    def need_fact(self, member: str, given: dict[str, Any], at: str | None) -> Need:
        self.unknown(member, given, ("fact", "kinds", "of", "where", "age_days", "after_days", "every_days"))
        fact = self.choice(f"{member}.fact", given["fact"], tuple(FACTS))
        for name, facts in _SCOPE.items():
            if name in given and fact not in facts:
                self.fault(f"{member}.{name}", f"'{name}' is of {listed(facts)}, not of {fact}")
        days = {
            name: self.days(f"{member}.{name}", given[name], 0 if name == "after_days" else 1)
            for name in ("age_days", "after_days", "every_days") if name in given
        }  # fmt: skip
        if "every_days" in days and (fact, at) not in (("review", "in-force"), ("review", None)):
            self.fault(f"{member}.every_days", "only a review is needed again and again", 'Write at = "in-force".')
        if "every_days" in days and len(days) > 1:
            self.fault(f"{member}.every_days", "'every_days' stands alone")
        kinds = self.words_of(f"{member}.kinds", given["kinds"], vocabulary.RISK_KINDS) if "kinds" in given else ()
        of = self.party(f"{member}.of", given["of"]) if "of" in given else None
        where = self.where(f"{member}.where", given.get("where", {}), fact)
        return Need(fact, kinds, of, where, days.get("age_days"), days.get("after_days"), days.get("every_days"))

    def where(self, member: str, given: Any, fact: str) -> tuple[tuple[str, Words], ...]:
        if not isinstance(given, dict):
            raise self.refuse(member, "'where' is a table")
        self.unknown(member, given, FACTS[fact].where)
        asked = []
        for name in FACTS[fact].where:
            if name not in given:
                continue
            path, fixed = f"{member}.{name}", vocabulary.WHERE.get(name, {}).get(fact)
            if name == "level":
                asked.append((name, self.levels(path, given[name])))
            else:
                words = self.words_of(path, given[name], fixed) if fixed else self.plain_words(path, given[name])
                asked.append((name, words))
        return tuple(asked)


_READERS = {
    "words": "words_given", "party": "party", "amount": "money", "cumulative": "cumulative", "flag": "flag",
    "risk": "risk", "days": "days", "percent": "percent", "facets": "facets",
}  # fmt: skip
"""The method that reads each kind of value of a condition."""


_ORDER = {word: place for place, word in enumerate((*CONDITIONS, *JOINS))}


def _in_one_order(given: list[Any], parts: list[Part]) -> tuple[Part, ...]:
    """Return the parts of a list sorted by how they are written, in whatever order: verify_guidelines.py does the same.

    Which part decides, of several that could, so depends neither on their order nor on that of words in them.
    """
    return tuple(parts[place] for place in sorted(range(len(parts)), key=lambda place: _text_of(given[place])))


def _text_of(given: Any) -> str:
    if isinstance(given, dict):
        return str([(name, _text_of(given[name])) for name in sorted(given)])
    return str(sorted(map(_text_of, given))) if isinstance(given, list) else str(given)


def check_words(version: Guidelines, context: DecisionContext) -> None:
    """Check that the words of a version are on the lists that restrict them. Raises UnknownCode."""
    check_codes(context, "list.kinds", version.materiality.strategic_kinds)
    for rule in version.rules:
        _check_condition(rule.when, context)
        for need in (rule.need, *rule.need.parts):
            if need.of is not None:
                _check_party(need.of, context)
            check_codes(context, "list.bodies", [need.to or None])


def _check_condition(condition: Condition, context: DecisionContext) -> None:
    for part in condition.parts:
        _check_condition(part, context)
    if condition.word == "party":
        _check_party(condition.value, context)
    elif (word := CONDITIONS.get(condition.word)) is not None and word.setting:
        check_codes(context, word.setting, condition.value)


def _check_party(party: PartyFilter, context: DecisionContext) -> None:
    for word, values in party.words:
        setting = PARTY_WORDS[word.removeprefix("not_")]
        if setting:
            check_codes(context, setting, [value for value in values if value != NO_VALUE])
