"""A set of guidelines as read from its text: materiality, and rules of conditions and needs."""

from typing import Any, NamedTuple

from ledger.domain.guidelines.vocabulary import MEDIUM, REPORT
from ledger.domain.money import Money

Words = tuple[str, ...]


class Condition(NamedTuple):
    """A condition: a word of the language with its value, or `all`, `any` or `not` with its parts."""

    word: str
    value: Any = None
    parts: tuple["Condition", ...] = ()


class Cumulative(NamedTuple):
    """What is ordered within a number of days reaches an amount."""

    amount: Money
    days: int


class RiskCondition(NamedTuple):
    """One of these kinds of risk (any if none is named) is at least of this level."""

    kinds: Words
    at_least: str


class PartyFilter(NamedTuple):
    """What a party must fit: of each word of its class or role it has one of the values, of a `not_` word none."""

    words: tuple[tuple[str, Words], ...]


class Need(NamedTuple):
    """What a rule requires: a fact, a disclosure, a limit to growth in per cent, or any of several needs.

    `fact` is a word of the vocabulary, `disclosed`, `at_most_percent` or `any`. Days are calendar days.
    """

    fact: str
    kinds: Words = ()
    of: PartyFilter | None = None
    where: tuple[tuple[str, Words], ...] = ()
    age_days: int | None = None
    after_days: int | None = None
    every_days: int | None = None
    facets: Words = ()
    to: str = ""
    within_days: int = 0
    percent: int = 0
    parts: tuple["Need", ...] = ()


class Rule(NamedTuple):
    """A rule: at a moment, where the condition holds, something is required. `line` is where it begins in the text."""

    id: str
    title: str
    facet: str
    source: str
    at: str
    when: Condition
    need: Need
    severity: str = MEDIUM
    line: int = 0


class Materiality(NamedTuple):
    """From which amount on an engagement is financially material, by which measures, and what can be strategic.

    Of `strategic_kinds` the strategic weight must be assessed; other kinds count as not strategic until they are.
    """

    financial: Money | None = None
    measures: Words = ()
    strategic_kinds: Words = ()
    unknown: str = REPORT


class Guidelines(NamedTuple):
    """A version of a set of guidelines."""

    set: str
    symbol: str
    title: str
    adopted_by: str
    adopted_on: str
    in_force_on: str
    materiality: Materiality
    rules: tuple[Rule, ...]

    @property
    def binds_from(self) -> str:
        """The first day on which it binds: never before the day on which it was adopted."""
        return max(self.adopted_on, self.in_force_on)

    def rule(self, rule_id: str) -> Rule | None:
        """Return the rule with this id, or None."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)
