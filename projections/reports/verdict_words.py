"""Verdicts as reports print them: which are counted, how they are sorted, and the words for cases and materiality."""

from collections.abc import Iterable

from ledger.domain.guidelines.language import Rule
from ledger.domain.guidelines.vocabulary import SEVERITIES
from projections.compliance.answers import Answer
from projections.compliance.cases import Case
from projections.compliance.outcomes import NOT_APPLICABLE, STATUSES, UNKNOWN
from projections.compliance.verdicts import leaves
from projections.compliance.versions import Version
from projections.reports.wording import listed

COUNTED = tuple(status for status in STATUSES if status != NOT_APPLICABLE)
"""The verdicts that reports count, the gravest first; where a rule does not apply, there is nothing to count."""


def material_words(answer: Answer) -> str:
    """Return whether an engagement is material: `yes`, `no` or `not known`."""
    return {True: "yes", False: "no", None: "not known"}[answer.holds]


def material_reasons(deciding: Iterable[Version], answer: Answer) -> str:
    """Return whether an engagement is material, by which guidelines, and why or what is missing."""
    symbols = listed([version.symbol for version in deciding])
    reason = f"missing: {'; '.join(answer.missing)}" if answer.holds is None else "; ".join(leaves(answer))
    return f"{material_words(answer)}, by {symbols}: {reason}"


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
