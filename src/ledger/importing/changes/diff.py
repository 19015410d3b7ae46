"""A row beside what is recorded: which fields the register changed since its last word."""

from dataclasses import dataclass, field
from typing import Any

from ledger.domain.engagement.state import Engagement
from ledger.domain.fields import ORGANIZATION, Role
from ledger.importing.changes.register_state import EngagementInRegister, Pot


@dataclass(slots=True)
class EngagementInRow:
    """What a row says in the ledger's terms: parties as roles, money as totals in minor units.

    `fields` are the particulars that the profile has columns for: one without a value has an empty cell. `signed_on` is
    None if the register does not say when. `answers` say whether it is material, financially and strategically.
    """

    reference: str
    signed_on: str | None
    values: dict[str, Any]
    totals: dict[Pot, int]
    fields: frozenset[str]
    outcomes: tuple[str, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def roles(self) -> tuple[Role, ...]:
        """The parties and their roles."""
        roles: tuple[Role, ...] = self.values["parties"]
        return roles


@dataclass(slots=True)
class EngagementDiff:
    """What a row changes. None stands for a cell that was filled and is empty now."""

    values: dict[str, Any] = field(default_factory=dict)
    totals: dict[Pot, int | None] = field(default_factory=dict)
    signed_on: str | None = None
    was: dict[str | Pot, Any] = field(default_factory=dict)
    """What is recorded now, by field or pot; of money in minor units."""
    overruled: list[str] = field(default_factory=list)
    """Fields that staff changed after the register's last word, and that the register changes now as well."""
    outcomes: list[str] = field(default_factory=list)
    """Outcomes that are new."""
    gone: list[str] = field(default_factory=list)
    """Outcomes that the register gave before, and gives no longer."""
    answers: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.values or self.totals or self.signed_on or self.outcomes or self.gone or self.answers)


def signed_day(state: Engagement) -> str | None:
    """Return the day on which an engagement was signed."""
    return next((step.on for step in state.life if step.status == "signed"), None)


def is_unchanged(saying: EngagementInRow, word: EngagementInRegister) -> bool:
    """Return whether a row repeats the register's last word; if so, nothing else need be looked at."""
    return (
        saying.signed_on in (None, word.signed_on)
        and word.values == {name: value for name, value in saying.values.items() if value != ()}
        and word.totals == saying.totals
        and word.outcomes.keys() == set(saying.outcomes)
        and word.answers == saying.answers
    )


def difference(saying: EngagementInRow, word: EngagementInRegister, state: Engagement) -> EngagementDiff:
    """Return what a row changes in an engagement that is signed. What no row ever gave is compared with the state."""
    found = EngagementDiff()
    held_day = signed_day(state)
    if saying.signed_on not in (None, word.signed_on or held_day, held_day):
        found.signed_on, found.was["signed_on"] = saying.signed_on, held_day
    for name in sorted(saying.fields | saying.values.keys()):
        _compare_value(name, saying, word, state, found)
    for pot in sorted({*saying.totals, *word.totals}):
        _compare_total(pot, saying, word, state, found)
    _compare_beside(saying, word, state, found)
    return found


def _compare_beside(
    saying: EngagementInRow, word: EngagementInRegister, state: Engagement, found: EngagementDiff
) -> None:
    known = {*word.outcomes, *(outcome.reached for outcome in state.outcomes.values())}
    found.outcomes = [summary for summary in saying.outcomes if summary not in known]
    found.gone = [
        summary for summary in word.outcomes if summary not in saying.outcomes and "outcomes" in saying.fields
    ]
    if any(answer != word.answers.get(name) for name, answer in saying.answers.items()):
        found.answers = {**word.answers, **saying.answers}
        found.was["materiality"] = state.get("materiality")


def _compare_value(
    name: str, saying: EngagementInRow, word: EngagementInRegister, state: Engagement, found: EngagementDiff
) -> None:
    given, held = saying.values.get(name), state.get(name)
    base = word.values.get(name, held)
    if given is None:
        if name in word.values and held is not None:
            found.values[name], found.was[name] = None, held
        return
    if name == "parties":
        if set(given) in (set(base), set(held)):
            return
        # Parties that staff added since the register's last word stay.
        given = (*given, *(role for role in held if role not in base and role not in given))
    if given in (base, held) or (given == () and not held):
        return
    found.values[name], found.was[name] = given, held
    if held != base:
        found.overruled.append(name)


def _compare_total(
    pot: Pot, saying: EngagementInRow, word: EngagementInRegister, state: Engagement, found: EngagementDiff
) -> None:
    account = state.balances.pots.get(pot)
    held = account.committed if account else 0
    base = word.totals.get(pot, held)
    given = saying.totals.get(pot)
    if given is None:
        if not (base and held):
            return
        given = 0 if _is_dropped(pot, saying) else None
    elif given in (base, held):
        return
    found.totals[pot], found.was[pot] = given, held
    if held != base:
        found.overruled.append(f"commitment of {pot[0]}")


def _is_dropped(pot: Pot, saying: EngagementInRow) -> bool:
    """Whether a commitment that a row no longer gives is gone: its payer is, or the row gives others in its place."""
    payer = pot[0]
    if payer != ORGANIZATION and payer not in {role.party for role in saying.roles}:
        return True
    return any((payer == ORGANIZATION) == (other == ORGANIZATION) for other, _ in saying.totals)
