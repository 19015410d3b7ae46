"""Checks the words of rules against the code lists of the ledger: kinds, regions, types of party, bodies."""

from ledger.domain.code_lists import check_codes
from ledger.domain.guidelines.language import Condition, Guidelines, PartyFilter
from ledger.domain.guidelines.vocabulary import CONDITIONS, NO_VALUE, PARTY_WORDS
from ledger.domain.kernel import DecisionContext


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
