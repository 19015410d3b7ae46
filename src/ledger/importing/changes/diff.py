"""Compare a row with the recorded engagement, and find the fields that changed since the last import."""

from dataclasses import dataclass, field
from typing import Any

from ledger.domain.engagement.state import Engagement
from ledger.domain.fields import ORGANIZATION, Role
from ledger.importing.changes.register_state import EngagementInRegister, PayerCurrency


@dataclass(slots=True)
class EngagementInRow:
    """An engagement as a row states it, in the ledger's terms: parties as roles, money as totals in minor units.

    `fields` are the particulars for which the profile has columns; a field without a value has an empty cell.
    `signed_on` is None if the register gives no date. `answers` state whether the engagement is material, financially
    and strategically.
    """

    reference: str
    signed_on: str | None
    values: dict[str, Any]
    totals: dict[PayerCurrency, int]
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
    """The fields that a row changes. None means that the cell was filled before and is empty now."""

    values: dict[str, Any] = field(default_factory=dict)
    totals: dict[PayerCurrency, int | None] = field(default_factory=dict)
    signed_on: str | None = None
    was: dict[str | PayerCurrency, Any] = field(default_factory=dict)
    """The recorded value of each changed field or total; money in minor units."""
    overruled: list[str] = field(default_factory=list)
    """Fields that staff changed after the last import and that this row changes again."""
    outcomes: list[str] = field(default_factory=list)
    """New outcomes."""
    gone: list[str] = field(default_factory=list)
    """Outcomes that an earlier row stated and this row does not."""
    answers: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.values or self.totals or self.signed_on or self.outcomes or self.gone or self.answers)


def signed_day(state: Engagement) -> str | None:
    """Return the day on which an engagement was signed."""
    return next((step.on for step in state.life if step.status == "signed"), None)


def is_unchanged(in_row: EngagementInRow, in_register: EngagementInRegister) -> bool:
    """Return whether a row repeats what the register last stated. Such a row needs no other comparison."""
    return (
        in_row.signed_on in (None, in_register.signed_on)
        and in_register.values == {name: value for name, value in in_row.values.items() if value != ()}
        and in_register.totals == in_row.totals
        and in_register.outcomes.keys() == set(in_row.outcomes)
        and in_register.answers == in_row.answers
    )


def diff_engagement(in_row: EngagementInRow, in_register: EngagementInRegister, state: Engagement) -> EngagementDiff:
    """Return what a row changes in a signed engagement. A field that no earlier row gave is compared with `state`."""
    diff = EngagementDiff()
    current_day = signed_day(state)
    if in_row.signed_on not in (None, in_register.signed_on or current_day, current_day):
        diff.signed_on, diff.was["signed_on"] = in_row.signed_on, current_day
    for name in sorted(in_row.fields | in_row.values.keys()):
        _compare_value(name, in_row, in_register, state, diff)
    for key in sorted({*in_row.totals, *in_register.totals}):
        _compare_total(key, in_row, in_register, state, diff)
    _compare_outcomes_and_answers(in_row, in_register, state, diff)
    return diff


def _compare_outcomes_and_answers(
    in_row: EngagementInRow, in_register: EngagementInRegister, state: Engagement, diff: EngagementDiff
) -> None:
    known = {
        *in_register.outcomes,
        *(str(outcome.reached.value) for outcome in state.outcomes.values() if outcome.reached),
    }
    diff.outcomes = [summary for summary in in_row.outcomes if summary not in known]
    diff.gone = [
        summary for summary in in_register.outcomes if summary not in in_row.outcomes and "outcomes" in in_row.fields
    ]
    if any(answer != in_register.answers.get(name) for name, answer in in_row.answers.items()):
        diff.answers = {**in_register.answers, **in_row.answers}
        diff.was["materiality"] = state.get("materiality")


def _compare_value(
    name: str, in_row: EngagementInRow, in_register: EngagementInRegister, state: Engagement, diff: EngagementDiff
) -> None:
    given, current = in_row.values.get(name), state.get(name)
    base = in_register.values.get(name, current)
    if given is None:
        if name in in_register.values and current is not None:
            diff.values[name], diff.was[name] = None, current
        return
    if name == "parties":
        if set(given) in (set(base), set(current)):
            return
        # Parties that staff added after the last import stay.
        given = (*given, *(role for role in current if role not in base and role not in given))
    if given in (base, current) or (given == () and not current):
        return
    diff.values[name], diff.was[name] = given, current
    if current != base:
        diff.overruled.append(name)


def _compare_total(
    key: PayerCurrency,
    in_row: EngagementInRow,
    in_register: EngagementInRegister,
    state: Engagement,
    diff: EngagementDiff,
) -> None:
    contribution = state.balances.contributions.get(key)
    current = contribution.committed if contribution else 0
    base = in_register.totals.get(key, current)
    given = in_row.totals.get(key)
    if given is None:
        if not (base and current):
            return
        given = 0 if _is_dropped(key, in_row) else None
    elif given in (base, current):
        return
    diff.totals[key], diff.was[key] = given, current
    if current != base:
        diff.overruled.append(f"commitment of {key[0]}")


def _is_dropped(key: PayerCurrency, in_row: EngagementInRow) -> bool:
    """Return whether a commitment missing from the row has ended.

    It has if its payer left the engagement, or if the row gives another commitment in its place.
    """
    payer = key[0]
    if payer != ORGANIZATION and payer not in {role.party for role in in_row.roles}:
        return True
    return any((payer == ORGANIZATION) == (row_payer == ORGANIZATION) for row_payer, _ in in_row.totals)
