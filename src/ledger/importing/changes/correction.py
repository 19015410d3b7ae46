"""A correction: what was wrong is voided and recorded again as it should have been, from the day that it counted from.

What holds up later entries cannot be taken back; the row is refused then, and the hint says how to state it otherwise.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.domain.engagement.particulars import Particulars
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import listed
from ledger.domain.kernel import Fact
from ledger.domain.voiding import standing
from ledger.format.entry import Entry
from ledger.importing.changes.diff import EngagementDiff, signed_day
from ledger.importing.changes.register_state import EngagementInRegister, engagement_in_register, pot_of
from ledger.importing.row_errors import CannotCorrect


class Correction(NamedTuple):
    """What a correction takes back and records again.

    `versions` are voided. With `anew` the engagement is signed again as the row has it; else `difference` is recorded
    from `day` on, None if there is nothing but the voids.
    """

    versions: list[int]
    anew: bool
    day: str | None
    difference: EngagementDiff


def correction(entries: Sequence[Entry], state: Engagement, difference: EngagementDiff) -> Correction:
    """Return how to put right what differs. Raises CannotCorrect."""
    facts = standing([entry.fact for entry in entries])
    wrong, days = _wrong(facts, state, difference)
    _wrong_beside(facts, state, difference, engagement_in_register(entries), wrong, days)
    by_version = {fact.version: fact for fact in facts}
    if difference.signed_on or any(by_version[version].event.life for version in wrong):
        return _anew(entries, facts, state, difference)
    redone = EngagementDiff(
        dict(difference.values), dict(difference.totals), outcomes=difference.outcomes, answers=difference.answers
    )
    for version in wrong:
        fact = by_version[version]
        for name, value in fact.event.given().items() if isinstance(fact.event, Particulars) else ():
            if name not in redone.values and state.facts[name].version == version:
                redone.values[name] = value
                days.add(fact.effective_on)
    if len(days) > 1:
        raise CannotCorrect(f"it was recorded from several days, {listed(sorted(days), 'and')}.", sorted(days))
    return Correction(sorted(wrong), anew=False, day=next(iter(days), None), difference=redone)


def _wrong(facts: Sequence[Fact], state: Engagement, difference: EngagementDiff) -> tuple[set[int], set[str]]:
    """Return the versions that state what is wrong, and the days from which what is right is to count."""
    wrong: set[int] = set()
    days: set[str] = set()
    first = signed_day(state) or ""
    for name, value in difference.values.items():
        held = state.facts.get(name)
        if held is not None:
            wrong.add(held.version)
        if value is not None:
            days.add(held.on if held else first)
    for pot, total in difference.totals.items():
        commits = [fact for fact in facts if pot_of(fact.event) == pot]
        last = max(commits, key=lambda fact: (fact.effective_on, fact.version), default=None)
        # A total that was amended was made wrong by the amendment; of an amount that is none, all entries are wrong.
        wrong.update(fact.version for fact in commits if total is None or fact is last)
        if total is not None:
            days.add(last.effective_on if last else first)
    return wrong, days


def _wrong_beside(
    facts: Sequence[Fact],
    state: Engagement,
    difference: EngagementDiff,
    word: EngagementInRegister,
    wrong: set[int],
    days: set[str],
) -> None:
    """Add outcomes that the register gives no longer, and what it says otherwise of the materiality."""
    versions = {word.outcomes[summary] for summary in difference.gone}
    if difference.answers and word.assessed:
        versions.add(word.assessed)
    standing_still = [fact for fact in facts if fact.version in versions]
    wrong.update(fact.version for fact in standing_still)
    days.update(fact.effective_on for fact in standing_still)
    if (difference.outcomes or difference.answers) and not days:
        days.add(signed_day(state) or "")


def _anew(entries: Sequence[Entry], facts: Sequence[Fact], state: Engagement, difference: EngagementDiff) -> Correction:
    first = signed_day(state) or ""
    imported = {entry.version for entry in entries if entry.source}
    later = [fact for fact in facts if fact.version not in imported or fact.effective_on != first]
    if later:
        raise CannotCorrect(f"{_told(later)} would lose the signing that came before.", [first])
    day = difference.signed_on or first
    return Correction([fact.version for fact in facts], anew=True, day=day, difference=difference)


def _told(facts: Iterable[Fact]) -> str:
    return listed((f"{fact.event.tag()} of {fact.effective_on}" for fact in facts), "and")
