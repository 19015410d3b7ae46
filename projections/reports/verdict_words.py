"""Verdicts as reports print them: which are counted, how they are sorted, and the words for cases and materiality."""

from collections.abc import Iterable

from ledger.domain.guidelines.language import Rule
from ledger.domain.guidelines.vocabulary import SEVERITIES
from projections.compliance.answers import Answer
from projections.compliance.cases import Case
from projections.compliance.outcomes import NOT_APPLICABLE, STATUSES, UNKNOWN
from projections.compliance.verdicts import leaves
from projections.compliance.versions import Version
from projections.reports.found_words import found_words
from projections.reports.phrases import Phrase
from projections.reports.wording import listed

COUNTED = tuple(status for status in STATUSES if status != NOT_APPLICABLE)
"""The verdicts that reports count, the gravest first; where a rule does not apply, there is nothing to count."""


def material_words(answer: Answer) -> str:
    """Return whether an engagement is material: `yes`, `no` or `not known`."""
    text = {True: "yes", False: "no", None: "not known"}[answer.holds]
    return Phrase(text, f"material-{text.replace(' ', '-')}")


def material_reasons(deciding: Iterable[Version], answer: Answer) -> str:
    """Return whether an engagement is material, by which guidelines, and why or what is missing."""
    symbols = listed([version.symbol for version in deciding])
    whether, reason = material_words(answer), "; ".join(leaves(answer))
    if answer.holds is not None:
        given = {"whether": whether, "symbols": symbols, "reason": found_words(reason)}
        return Phrase(f"{whether}, by {symbols}: {reason}", "material-by", **given)
    missing = "; ".join(answer.missing)
    given = {"whether": whether, "symbols": symbols, "missing": found_words(missing)}
    return Phrase(f"{whether}, by {symbols}: missing: {missing}", "material-missing", **given)


def member(status: str) -> str:
    """Return a verdict as the name of a member: `not_met`."""
    return status.replace(" ", "_")


def gravity(status: str, rule: Rule, due_on: str) -> tuple[int, int, str]:
    """Return what verdicts are sorted by: the gravest first, then by severity of the rule, then the longest due."""
    return STATUSES.index(status), -SEVERITIES.index(rule.severity), due_on or "9999"


def required_by(status: str, due_on: str) -> str:
    """Return the day by which something was required; of what cannot be judged it may not be known."""
    no_day = Phrase("not known", "day-not-known") if status == UNKNOWN else Phrase("no day", "no-day")
    return due_on or no_day


def case_words(case: Case) -> str:
    """Return a case in words: `signed on 2024-03-01`, `ordered SO-1 on 2024-05-02`.

    It happened `on or before` a day where its own is not recorded.
    """
    # A key with a position tells cases apart that have no name of their own.
    name = case.key.partition("@")[0]
    what = " ".join(filter(None, (case.moment.replace("-", " "), name)))
    when = "on" if case.is_dated else "on or before"
    case_on = f"case-{when.replace(' ', '-')}"
    return Phrase(f"{what} {when} {case.on}", case_on, what=Phrase(what, f"moment-{case.moment}", of=name), day=case.on)


def verdict_word(status: str) -> str:
    """Return a verdict as reports print it."""
    return Phrase(status, f"verdict-{status.replace(' ', '-')}")
