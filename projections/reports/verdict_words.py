"""Verdicts as reports print them: which are counted, in which order they are listed, and the words for their cases."""

from ledger.domain.guidelines.language import Rule
from ledger.domain.guidelines.vocabulary import SEVERITIES
from projections.compliance.cases import Case
from projections.compliance.outcomes import NOT_APPLICABLE, STATUSES, UNKNOWN

COUNTED = tuple(status for status in STATUSES if status != NOT_APPLICABLE)
"""The verdicts that reports count, the gravest first; where a rule does not apply, there is nothing to count."""


def member(status: str) -> str:
    """Return a verdict as the name of a member: `not_met`."""
    return status.replace(" ", "_")


def gravity(status: str, rule: Rule, due_on: str) -> tuple[int, int, str]:
    """Return what verdicts are sorted by: the gravest first, then by severity of the rule, then the longest due."""
    return STATUSES.index(status), -SEVERITIES.index(rule.severity), due_on or "9999"


def required_by(status: str, due_on: str) -> str:
    """Return the day by which something was required; of what cannot be judged it may not be known."""
    return due_on or ("not known" if status == UNKNOWN else "no day")


def case_words(case: Case) -> str:
    """Return a case in words: `signed on 2024-03-01`, `ordered SO-1 on 2024-05-02`.

    It happened `on or before` a day where its own is not recorded.
    """
    # A key with a position tells cases apart that have no name of their own.
    name = case.key.partition("@")[0]
    what = " ".join(filter(None, (case.moment.replace("-", " "), name)))
    return f"{what} {'on' if case.is_dated else 'on or before'} {case.on}"
