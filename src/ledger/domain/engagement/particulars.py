"""Particulars of an engagement: title, kind, parties, period, regions, …; proposed or signed, and amended."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, ClassVar

import msgspec

from ledger.domain.code_lists import check_codes
from ledger.domain.dates import check_period, checked_date
from ledger.domain.engagement.command import EngagementCommand
from ledger.domain.engagement.description import NAMES
from ledger.domain.engagement.state import LIVE, Engagement
from ledger.domain.errors import LedgerError
from ledger.domain.facets import FACETS, check_facets
from ledger.domain.fields import (
    Amount,
    Day,
    LongText,
    Role,
    Roles,
    Share,
    Shares,
    Text,
    about,
    check_shares,
    checked_reference,
)
from ledger.domain.kernel import DecisionContext, Event, Fact
from ledger.domain.money import Money
from ledger.domain.refusals import MissingField, WrongCurrency

NONE = "none"
"""Said in place of a facet when the source withholds nothing any more."""
ENDLESS = "9999-99-99"
"""After every date."""
NEEDED = {"title": "the title of the engagement", "kind": "the kind of engagement", "parties": "the parties to it"}


class RoleTwice(LedgerError):
    """One party is given the same role in an engagement twice."""

    code = "role-twice"

    def __init__(self, role: Role) -> None:
        """Refuse the second `role`."""
        super().__init__(f"{role.party} is given as {role.role} twice.", "Name each party once for each role.")


class Particulars(Event, frozen=True):
    """The members that describe an engagement; each is an assertion from the effective date on.

    `withheld` are the facets that the source does not disclose: reports say so, and never 0.
    """

    title: str | None = None
    kind: str | None = None
    parties: tuple[Role, ...] | None = None
    purpose: str | None = None
    objective: str | None = None
    unit: str | None = None
    regions: tuple[Share, ...] | None = None
    priorities: tuple[Share, ...] | None = None
    starts_on: str | None = None
    ends_on: str | None = None
    ceiling: Money | None = None
    basis: str | None = None
    withheld: tuple[str, ...] | None = None

    def given(self) -> dict[str, Any]:
        """Return the members that are not None."""
        return {name: value for name in NAMES if (value := getattr(self, name)) is not None}

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that shares add up, the period is possible, and the ceiling covers what is ordered.

        Raises BadShare, SharesNotWhole, EndsBeforeStart, MissingField, RoleTwice, WrongCurrency, BelowOrders,
        UnknownFacet.
        """
        check_shares(self.regions, "region")
        check_shares(self.priorities, "priority")
        if self.starts_on is not None or self.ends_on is not None:
            check_period(
                state.get("starts_on") if self.starts_on is None else self.starts_on,
                state.get("ends_on") if self.ends_on is None else self.ends_on,
            )
        if self.parties is not None:
            _check_parties(self.parties)
        if self.ceiling is not None:
            _check_ceiling(self.ceiling, state, fact.effective_on)
        check_facets(self.withheld or ())

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Set the given members from the effective date on."""
        for name, value in self.given().items():
            state.put(name, value, fact)

    def restated(self, was: Engagement, now: Engagement, on: str) -> "Particulars | None":
        """Return only the members that still change something, as the commands record them."""
        return msgspec.structs.replace(self, **dict.fromkeys(self.unchanged(now, on)))

    def unchanged(self, state: Engagement, on: str) -> list[str]:
        """Return the members that are given and change nothing."""
        return [name for name, value in self.given().items() if value == state.get(name)]

    def mentions(self) -> Iterable[str]:
        """Return the parties."""
        return [f"party/{role.party}" for role in self.parties or ()]


def _check_parties(parties: tuple[Role, ...]) -> None:
    if not parties:
        raise MissingField("party", NEEDED["parties"])
    for role in parties:
        if parties.count(role) > 1:
            raise RoleTwice(role)


def _check_ceiling(ceiling: Money, state: Engagement, since: str) -> None:
    # On every day on which it is the ceiling: until another one is, if that was recorded already.
    until = min((later.on for later in state.assertions.get("ceiling", ()) if later.on > since), default=ENDLESS)
    for currency, ordered in state.balances.ordered.items():
        days = [since, *(on for on in ordered.days if since < on < until)]
        most = max(ordered.on(day) for day in days)
        if most and currency != ceiling.currency:
            raise WrongCurrency(ceiling.currency, [currency], "what has been ordered")
        if most > ceiling.minor:
            raise BelowOrders(ceiling)
    if ceiling.minor < 0:
        raise BelowOrders(ceiling)


class BelowOrders(LedgerError):
    """A ceiling is lower than what has been ordered."""

    code = "below-orders"

    def __init__(self, ceiling: Money) -> None:
        """Refuse `ceiling`."""
        super().__init__(f"A ceiling of {ceiling} is below what has been ordered.", "Amend or cancel orders first.")


class EngagementAmended(Particulars, tag="engagement.amended", frozen=True):
    """Particulars of an engagement were changed by agreement, from a date on; money has events of its own."""

    recorded_by = ("engagement amend",)
    ahead: ClassVar[bool] = True

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the engagement is not over, then the particulars. Raises ForbiddenTransition."""
        state.check_status(fact, (*LIVE, "completed"))
        super().validate(state, fact)

    def restated(self, was: Engagement, now: Engagement, on: str) -> "Particulars | None":
        """Return the amendment with the members that still change something; None if there are none."""
        fresh = super().restated(was, now, on)
        return fresh if fresh and fresh.given() else None

    def unchanged(self, state: Engagement, on: str) -> list[str]:
        """Return the members that are given and change nothing on that day."""
        return [name for name, value in self.given().items() if value == state.on(name, on)]


class ParticularsCommand(EngagementCommand, frozen=True):
    """A command that states particulars of an engagement."""

    title: Annotated[Text, msgspec.Meta(description="its title")] | None = None
    kind: Annotated[str, about("kind of engagement, like 'partnership agreement'", codes="list.kinds")] | None = None
    parties: Annotated[Roles, msgspec.Meta(extra={"option": "party"})] | None = None
    purpose: Annotated[LongText, msgspec.Meta(description="its purpose")] | None = None
    objective: Annotated[LongText, msgspec.Meta(description="the objective it serves")] | None = None
    unit: Annotated[str, about("the organisation's responsible unit")] | None = None
    regions: Annotated[Shares, msgspec.Meta(extra={"option": "region", "codes": "list.regions"})] | None = None
    priorities: Annotated[Shares, msgspec.Meta(extra={"option": "priority", "codes": "list.priorities"})] | None = None
    starts_on: Annotated[Day, msgspec.Meta(description="first day of its period")] | None = None
    ends_on: Annotated[Day, msgspec.Meta(description="last day of its period")] | None = None
    ceiling: Annotated[Amount, msgspec.Meta(description="the limit on the sum of its orders")] | None = None
    basis: Annotated[str, about("selection or legal basis")] | None = None
    withheld: (
        Annotated[
            tuple[str, ...],
            about("a facet that the source does not disclose, or 'none'; may be repeated", choices=(*FACETS, NONE)),
        ]
        | None
    ) = None

    def particulars(self, state: Engagement, context: DecisionContext) -> dict[str, Any]:
        """Return the given members, checked, with parties as the references under which the engagement knows them.

        Raises UnknownParty, AmbiguousParty, UnknownCode, BadDate, BadAmount.
        """
        given: dict[str, Any] = {}
        for name in NAMES:
            value = getattr(self, name)
            if value is not None:
                given[name] = value
        if "parties" in given:
            refs = state.party_refs()
            given["parties"] = tuple(
                Role(context.as_known(role.party, refs)[0], role.role) for role in given["parties"]
            )
            check_codes(context, "list.roles", [role.role for role in given["parties"]])
        for name in ("starts_on", "ends_on"):
            if name in given:
                checked_date(given[name])
        if "ceiling" in given:
            given["ceiling"] = given["ceiling"].checked()
        if "withheld" in given:
            given["withheld"] = tuple(facet for facet in dict.fromkeys(given["withheld"]) if facet != NONE)
        check_codes(context, "list.kinds", [given.get("kind")])
        check_codes(context, "list.regions", [share.code for share in given.get("regions", ())])
        check_codes(context, "list.priorities", [share.code for share in given.get("priorities", ())])
        return given

    def stream(self, context: DecisionContext) -> str:
        """Return the stream of the engagement, which need not exist. Raises BadReference."""
        return f"engagement/{checked_reference(self.engagement)}"


def check_needed(given: dict[str, Any]) -> None:
    """Raise MissingField if title, kind or parties are missing."""
    for name, why in NEEDED.items():
        if not given.get(name):
            raise MissingField("party" if name == "parties" else name, why)


def amendment(given: dict[str, Any], state: Engagement, day: str) -> Iterator[Event]:
    """Yield an amendment of the members of `given` that differ from the values on `day`, if any."""
    changed = {name: value for name, value in given.items() if value != state.on(name, day)}
    if changed:
        yield EngagementAmended(**changed)
