"""Checks of a third party: screening against lists, due diligence, and risk flags."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec

from ledger.domain.dates import check_period, checked_date
from ledger.domain.errors import USAGE, LedgerError, listed
from ledger.domain.fields import Day, LongText, Text, about, checked_reference, next_number
from ledger.domain.kernel import Dated, DecisionContext, Event, Fact, Keyed
from ledger.domain.party.party import Party, PartyCommand, PartyEvent
from ledger.domain.refusals import BeforeItsTime

RESULTS = ("clear", "possible match", "match")
"""Results of a screening."""
DILIGENCE = ("basic", "standard", "enhanced")
"""Levels of a due diligence."""
CONCLUSIONS = ("accepted", "accepted with conditions", "refused")
"""Conclusions of a due diligence."""
SCREENING = "screened against"
"""Section of the facts that name the list of a screening."""


class UnknownWord(LedgerError):
    """A result, level or conclusion is not one of the allowed words."""

    code = "unknown-word"
    exit = USAGE

    def __init__(self, text: str, known: tuple[str, ...]) -> None:
        """Refuse `text`, since there are `known`."""
        super().__init__(f"'{text}' is not one of {listed(known)}.", "Use one of these words.")


class DuplicateFlag(LedgerError):
    """The party has a risk flag with this key already."""

    code = "duplicate-flag"

    def __init__(self, key: str) -> None:
        """Refuse the key."""
        super().__init__(f"There is a risk flag {key} already.", "Give another --flag, or none to have one made.")


class UnknownFlag(LedgerError):
    """The party has no risk flag with this key, or it was lifted."""

    code = "unknown-flag"

    def __init__(self, key: str, known: Iterable[str]) -> None:
        """Refuse `key`; `known` are raised."""
        has = listed(known, "and")
        super().__init__(f"No risk flag '{key}' is raised.", f"Raised: {has}." if has else "None is raised.")


def _check_word(text: str, known: tuple[str, ...]) -> None:
    if text not in known:
        raise UnknownWord(text, known)


def _until(day: str | None) -> str:
    return f", valid until {day}" if day else ""


class PartyScreened(PartyEvent, tag="party.screened", frozen=True):
    """A third party was screened against a list (of sanctions, of excluded vendors, …), in the given version."""

    list: str
    result: str
    list_version: str | None = None
    valid_until: str | None = None

    def validate(self, state: Party, fact: Fact) -> None:
        """Check that the result is one of RESULTS and the validity does not end before it begins."""
        super().validate(state, fact)
        _check_word(self.result, RESULTS)
        check_period(fact.effective_on, self.valid_until)

    def evolve(self, state: Party, fact: Fact) -> None:
        """Set the result of the screening against the list."""
        version = f" (version {self.list_version})" if self.list_version else ""
        state.put(Keyed(SCREENING, self.list), f"{self.result}{version}{_until(self.valid_until)}", fact)


class DueDiligenceCompleted(PartyEvent, tag="party.due_diligence_completed", frozen=True):
    """A due diligence of a third party was completed; `exclusions` are the grounds for exclusion that were found."""

    level: str
    outcome: str
    exclusions: tuple[str, ...] = ()
    valid_until: str | None = None

    def validate(self, state: Party, fact: Fact) -> None:
        """Check level and outcome, and that the validity does not end before it begins."""
        super().validate(state, fact)
        _check_word(self.level, DILIGENCE)
        _check_word(self.outcome, CONCLUSIONS)
        check_period(fact.effective_on, self.valid_until)

    def evolve(self, state: Party, fact: Fact) -> None:
        """Set the outcome of the due diligence."""
        exclusions = f"; exclusions: {'; '.join(self.exclusions)}" if self.exclusions else ""
        state.put("due diligence", f"{self.level}: {self.outcome}{_until(self.valid_until)}{exclusions}", fact)


class RiskFlagRaised(PartyEvent, tag="party.flag_raised", frozen=True):
    """A risk was found in a third party itself, and flagged for every engagement with it."""

    flag: str
    what: str

    def validate(self, state: Party, fact: Fact) -> None:
        """Check that the key is free. Raises NotRegistered, DuplicateFlag."""
        super().validate(state, fact)
        if self.flag in state.flags:
            raise DuplicateFlag(self.flag)

    def evolve(self, state: Party, fact: Fact) -> None:
        """Add the risk flag."""
        state.flags[self.flag] = Dated(fact.effective_on, fact.version, self.what)


class RiskFlagLifted(PartyEvent, tag="party.flag_lifted", frozen=True):
    """A risk flag was lifted: the risk is gone, or was none."""

    flag: str
    why: str

    def validate(self, state: Party, fact: Fact) -> None:
        """Check that the flag is raised by the day. Raises NotRegistered, UnknownFlag, BeforeItsTime."""
        super().validate(state, fact)
        if self.flag not in state.flags or self.flag in state.lifted:
            raise UnknownFlag(self.flag, raised_flags(state))
        since = state.flags[self.flag].on
        if fact.effective_on < since:
            raise BeforeItsTime(fact.effective_on, f"risk flag {self.flag}", since)

    def evolve(self, state: Party, fact: Fact) -> None:
        """Lift the risk flag."""
        state.lifted[self.flag] = self.why


def raised_flags(state: Party) -> list[str]:
    """Return the keys of the flags that are raised and not lifted."""
    return [key for key in state.flags if key not in state.lifted]


class ScreenParty(PartyCommand, tag="party screen", frozen=True):
    """Record that a third party was screened against a list, and what was found."""

    example = "P00001 'UN Security Council consolidated list' clear --list-version 2026-11-01 --valid-until 2027-11-01"

    list: Annotated[Text, msgspec.Meta(description="the list", extra={"argument": True})]
    result: Annotated[str, about("the result", argument=True, choices=RESULTS)]
    list_version: Annotated[Text, msgspec.Meta(description="the version of the list")] | None = None
    valid_until: Annotated[Day, msgspec.Meta(description="the last day on which it is valid")] | None = None

    def decide(self, state: Party, context: DecisionContext) -> Iterator[Event]:
        """Yield the screening. Raises UnknownParty, BadDate."""
        yield PartyScreened(
            list=self.list,
            result=self.result,
            list_version=self.list_version,
            valid_until=self.valid_until and checked_date(self.valid_until),
        )


class CompleteDiligence(PartyCommand, tag="party diligence", frozen=True):
    """Record the outcome of a completed due diligence of a third party."""

    example = "P00001 accepted --level enhanced --valid-until 2028-11-01"

    outcome: Annotated[str, about("the outcome", argument=True, choices=CONCLUSIONS)]
    level: Annotated[str, about("how thorough it was", choices=DILIGENCE)]
    exclusions: Annotated[
        tuple[Text, ...],
        msgspec.Meta(
            description="a ground for exclusion that was found; may be repeated",
            extra={"as": "texts", "option": "exclusion"},
        ),
    ] = ()
    valid_until: Annotated[Day, msgspec.Meta(description="the last day on which it is valid")] | None = None

    def decide(self, state: Party, context: DecisionContext) -> Iterator[Event]:
        """Yield the due diligence. Raises UnknownParty, BadDate."""
        yield DueDiligenceCompleted(
            level=self.level,
            outcome=self.outcome,
            exclusions=self.exclusions,
            valid_until=self.valid_until and checked_date(self.valid_until),
        )


class RaiseFlag(PartyCommand, tag="party flag", frozen=True):
    """Flag a risk in a third party, for every engagement with it."""

    example = "P00001 'Court case about a tender'"
    numbered = "flag"

    what: Annotated[LongText, msgspec.Meta(description="the risk", extra={"argument": True})]
    flag: Annotated[str, about("its key; the next F number if not given")] | None = None

    def decide(self, state: Party, context: DecisionContext) -> Iterator[Event]:
        """Yield the risk flag. Raises UnknownParty, BadReference."""
        flag = checked_reference(self.flag or next_number("F", state.flags))
        yield RiskFlagRaised(flag=flag, what=self.what)


class LiftFlag(PartyCommand, tag="party unflag", frozen=True):
    """Lift a risk flag of a third party."""

    example = "P00001 F1 --why 'The case was dismissed'"

    flag: Annotated[str, about("its key", argument=True)]
    why: Annotated[LongText, msgspec.Meta(description="why it is lifted")]

    def decide(self, state: Party, context: DecisionContext) -> Iterator[Event]:
        """Yield the lifting of the risk flag. Raises UnknownParty, UnknownFlag."""
        yield RiskFlagLifted(flag=self.flag, why=self.why)
