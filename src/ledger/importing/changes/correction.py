"""Plan the correction of an engagement: void the wrong entries and record the right values from the same day.

An entry that later entries depend on cannot be voided. The row is then refused, and the hint suggests an amendment.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.domain.engagement.particulars import Particulars
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import listed
from ledger.domain.kernel import Fact
from ledger.domain.voiding import unvoided
from ledger.format.entry import Entry
from ledger.importing.changes.diff import EngagementDiff, signed_day
from ledger.importing.changes.register_state import EngagementInRegister, engagement_in_register, payer_currency_of
from ledger.importing.row_errors import CannotCorrect


class Correction(NamedTuple):
    """The entries to void and the values to record again.

    `versions` are voided. With `sign_again` the engagement is signed again as the row states it; otherwise `diff` is
    recorded, effective on `day`. `day` is None if there are only voids.
    """

    versions: list[int]
    sign_again: bool
    day: str | None
    diff: EngagementDiff


def plan_correction(entries: Sequence[Entry], state: Engagement, diff: EngagementDiff) -> Correction:
    """Return the correction that makes the record agree with the row. Raises CannotCorrect."""
    facts = unvoided([entry.fact for entry in entries])
    wrong, days = _wrong_entries(facts, state, diff)
    _add_wrong_outcomes_and_answers(facts, state, diff, engagement_in_register(entries), wrong, days)
    by_version = {fact.version: fact for fact in facts}
    if diff.signed_on or any(by_version[version].event.life for version in wrong):
        return _sign_again(entries, facts, state, diff)
    redone = EngagementDiff(dict(diff.values), dict(diff.totals), outcomes=diff.outcomes, answers=diff.answers)
    for version in wrong:
        fact = by_version[version]
        for name, value in fact.event.given().items() if isinstance(fact.event, Particulars) else ():
            if name not in redone.values and state.facts[name].version == version:
                redone.values[name] = value
                days.add(fact.effective_on)
    if len(days) > 1:
        raise CannotCorrect(f"they have several effective dates, {listed(sorted(days), 'and')}.", sorted(days))
    return Correction(sorted(wrong), sign_again=False, day=next(iter(days), None), diff=redone)


def _wrong_entries(facts: Sequence[Fact], state: Engagement, diff: EngagementDiff) -> tuple[set[int], set[str]]:
    """Return the versions that record wrong values, and the days on which the right values become effective."""
    wrong: set[int] = set()
    days: set[str] = set()
    first = signed_day(state) or ""
    for name, value in diff.values.items():
        current = state.facts.get(name)
        if current is not None:
            wrong.add(current.version)
        if value is not None:
            days.add(current.on if current else first)
    for key, total in diff.totals.items():
        commits = [fact for fact in facts if payer_currency_of(fact.event) == key]
        last = max(commits, key=lambda fact: (fact.effective_on, fact.version), default=None)
        # If the total is wrong, its last change is. If there should be no commitment, all its entries are wrong.
        wrong.update(fact.version for fact in commits if total is None or fact is last)
        if total is not None:
            days.add(last.effective_on if last else first)
    return wrong, days


def _add_wrong_outcomes_and_answers(
    facts: Sequence[Fact],
    state: Engagement,
    diff: EngagementDiff,
    in_register: EngagementInRegister,
    wrong: set[int],
    days: set[str],
) -> None:
    """Add the outcomes that the register no longer gives, and the materiality assessment if its answers changed."""
    versions = {in_register.outcomes[summary] for summary in diff.gone}
    if diff.answers and in_register.assessed:
        versions.add(in_register.assessed)
    restated = [fact for fact in facts if fact.version in versions]
    wrong.update(fact.version for fact in restated)
    days.update(fact.effective_on for fact in restated)
    if (diff.outcomes or diff.answers) and not days:
        days.add(signed_day(state) or "")


def _sign_again(entries: Sequence[Entry], facts: Sequence[Fact], state: Engagement, diff: EngagementDiff) -> Correction:
    first = signed_day(state) or ""
    imported = {entry.version for entry in entries if entry.source}
    later = [fact for fact in facts if fact.version not in imported or fact.effective_on != first]
    if later:
        raise CannotCorrect(f"{_listed(later)} would lose the signing that came before them.", [first])
    day = diff.signed_on or first
    return Correction([fact.version for fact in facts], sign_again=True, day=day, diff=diff)


def _listed(facts: Iterable[Fact]) -> str:
    return listed((f"{fact.event.tag()} of {fact.effective_on}" for fact in facts), "and")
