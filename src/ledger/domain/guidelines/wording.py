"""Rules in words: what a condition asks and what a need requires, as one line of text."""

from collections.abc import Callable
from typing import Any

from ledger.domain.errors import listed
from ledger.domain.guidelines.language import Condition, Guidelines, Need, PartyFilter, Rule
from ledger.domain.guidelines.vocabulary import FACTS, MEASURES, MOMENTS


def condition_words(condition: Condition) -> str:
    """Return a condition in words; empty for one that always holds."""
    if condition.word == "not":
        return f"not ({condition_words(condition.parts[0])})"
    if condition.parts:
        joined = " or " if condition.word == "any" else " and "
        parts = [condition_words(part) for part in condition.parts]
        text = joined.join(parts)
        return f"({text})" if condition.word == "any" and len(parts) > 1 else text
    return "" if condition.word == "all" else _leaf(condition.word, condition.value)


def _leaf(word: str, value: Any) -> str:
    name = word.replace("_", " ")
    if word in ("value", "order", *MEASURES):
        return f"{name} from {value} on"
    if isinstance(value, bool):
        text = "in a conflict of interest" if word == "interest" else name
        return text if value else f"not {text}"
    special = _LEAVES.get(word)
    return f"{name} {listed(value)}" if special is None else special(value)


def _party(party: PartyFilter) -> str:
    return " and ".join(
        f"{word.removeprefix('not_')} {'other than ' if word.startswith('not_') else ''}{listed(values)}"
        for word, values in party.words
    )


_LEAVES: dict[str, Callable[[Any], str]] = {
    "party": lambda value: f"a party with {_party(value)}",
    "cumulative": lambda value: f"orders from the vendor within {value.days} days from {value.amount} on",
    "risk": lambda value: f"{listed(value.kinds)} risk at least {value.at_least}".strip(),
    "lasts_days": lambda value: f"a period of at least {value} days",
    "rise_percent": lambda value: f"grown by more than {value} per cent",
}
"""Conditions with values of their own kinds."""


def need_words(need: Need) -> str:
    """Return in words what a need requires, and by when it is due."""
    if need.fact == "any":
        return " or ".join(need_words(part) for part in need.parts)
    if need.fact == "at_most_percent":
        return f"growth by at most {need.percent} per cent"
    if need.fact == "disclosed":
        return f"{listed(need.facets, 'and')} disclosed to {need.to} within {need.within_days} days"
    text = FACTS[need.fact].means
    if need.fact == "risk":
        text = f"an assessment of {listed(need.kinds, 'and')} risk" if need.kinds else "an assessment of a risk"
    if FACTS[need.fact].of_parties:
        name = "due diligence" if need.fact == "diligence" else "screening"
        text = f"a {name} of each party" + (f" with {_party(need.of)}" if need.of else "")
    conditions = [
        f"{name.replace('in', 'one of') if name == 'in' else name} {listed(words)}" for name, words in need.where
    ]
    text += f" ({'; '.join(conditions)})" if conditions else ""
    text += f", not older than {need.age_days} days" if need.age_days is not None else ""
    if need.every_days is not None:
        return f"{text} every {need.every_days} days"
    return text + (f" within {need.after_days} days" if need.after_days is not None else "")


def rule_words(rule: Rule) -> str:
    """Return a rule in words: the moment, the condition and the need."""
    when = condition_words(rule.when)
    moment = MOMENTS[rule.at].partition(";")[0]
    return f"when {moment}{f' ({when})' if when else ''}: {need_words(rule.need)}"


def differences(old: Guidelines, new: Guidelines) -> list[tuple[str, str, str]]:
    """Return what differs between two versions, as (what, before, after); empty where there was or is nothing."""
    found = [
        (name.replace("_", " "), str(before), str(after))
        for name in ("set", "title", "adopted_by", "adopted_on", "in_force_on")
        if (before := getattr(old, name)) != (after := getattr(new, name))
    ]
    for name in ("financial", "measures", "strategic_kinds"):
        before, after = (_plain(getattr(version.materiality, name)) for version in (old, new))
        if before != after:
            found.append((f"materiality: {name.replace('_', ' ')}", before, after))
    for rule_id in dict.fromkeys(rule.id for rule in (*old.rules, *new.rules)):
        was, now = old.rule(rule_id), new.rule(rule_id)
        if was is None or now is None:
            texts = [rule_words(rule) if rule else "" for rule in (was, now)]
            found.append((f"rule {rule_id}", *texts))  # type: ignore[arg-type]
        else:
            found += _rule_differences(was, now)
    return found


def _rule_differences(was: Rule, now: Rule) -> list[tuple[str, str, str]]:
    pairs = [(name, getattr(was, name), getattr(now, name)) for name in ("title", "facet", "source", "at", "severity")]
    pairs += [("when", condition_words(was.when), condition_words(now.when))]
    pairs += [("need", need_words(was.need), need_words(now.need))]
    return [(f"rule {was.id}: {name}", before, after) for name, before, after in pairs if before != after]


def _plain(value: Any) -> str:
    return ", ".join(value) if isinstance(value, tuple) and type(value) is tuple else str(value or "")
