"""The stream `ledger`: opened once, with settings that change figures or accepted values."""

import pytest

from ledger.domain.disclosure.commands import PublishDisclosure
from ledger.domain.fields import Role, Share
from ledger.domain.kernel import Command
from ledger.domain.money import UnknownCurrency
from ledger.domain.organisation.settings import (
    BadSetting,
    ChangeSetting,
    LedgerOpened,
    OpenLedger,
    SettingChanged,
    UnknownSetting,
)
from ledger.domain.party.party import ReclassifyParty
from ledger.domain.refusals import InTheFuture, UnknownCode
from tests.spec.scenario import Scenario
from tests.spec.stories import ALPHA, BETA, party, signature


def setting(name: str, *value: str) -> ChangeSetting:
    """Return a command that changes a setting."""
    return ChangeSetting(name=name, value=value)


def test_entry_one_opens_the_ledger(spec: Scenario) -> None:
    """Entry 1 contains format, origin and currency, dated by the clock."""
    entry = spec.entry(1)
    assert LedgerOpened(format=1, origin="example.org/ledger", reporting_currency="USD") == entry.event
    assert ("ledger", 1, "2026-01-15", (1, 1)) == (entry.stream, entry.version, entry.effective_on, entry.part)


def test_a_ledger_is_opened_once(spec: Scenario) -> None:
    """Opening it again records nothing."""
    spec.when(OpenLedger(origin="example.org/ledger", reporting_currency="USD")).then_nothing()


def test_the_currency_is_one(spec: Scenario) -> None:
    """The reporting currency is one of ISO 4217."""
    spec.when(OpenLedger(origin="example.org/ledger", reporting_currency="DOLLAR"))
    spec.then_refused(UnknownCurrency, "'DOLLAR'")


def test_settings_change(spec: Scenario) -> None:
    """A list is recorded as a list; an equal value records nothing; a change cannot be dated in the future."""
    spec.when(setting("list.regions", "AFR", "Multi regions"))
    spec.then(SettingChanged(name="list.regions", value=("AFR", "Multi regions")))
    spec.when(setting("list.regions", "AFR", "Multi regions")).then_nothing()
    spec.when(setting("list.regions", "AFR"), effective="2027-01-01").then_refused(InTheFuture, "2027-01-01")


def test_unknown_settings(spec: Scenario) -> None:
    """The error for an unknown setting lists the settings."""
    spec.when(setting("list.colours", "red")).then_refused(UnknownSetting, "'list.colours'", "list.regions")


@pytest.mark.parametrize("value", ["0", "31", "3660"])
def test_days(spec: Scenario, value: str) -> None:
    """The maximum age of rates is a whole number of days."""
    spec.when(setting("rates.max-age-days", value)).then(SettingChanged(name="rates.max-age-days", value=value))


@pytest.mark.parametrize("value", ["", "-1", "3661", "00031", "1.5", "many", "٣", "1 2"])
def test_days_that_cannot_be(spec: Scenario, value: str) -> None:
    """Any other value is refused."""
    command = ChangeSetting(name="rates.max-age-days", value=(value,) if value else ())
    spec.when(command).then_refused(BadSetting, f"'{value}' does not fit")


CODED: list[tuple[str, Command]] = [
    ("list.kinds", signature(kind="xxxx")),
    ("list.roles", signature(parties=(Role("ALPHA", "xxxx"),))),
    ("list.regions", signature(regions=(Share("xxxx"),))),
    ("list.priorities", signature(priorities=(Share("xxxx"),))),
    ("list.party-types", party("C", "Gamma", party_type="xxxx")),
    ("list.memberships", party("C", "Gamma", membership="xxxx")),
    ("list.party-types", ReclassifyParty(party="ALPHA", party_type="xxxx")),
    ("list.memberships", ReclassifyParty(party="ALPHA", membership="xxxx")),
    ("list.bodies", PublishDisclosure(document="D1", body="xxxx", as_of_on="2026-01-15")),
]


@pytest.mark.parametrize(("name", "command"), CODED)
def test_codes_are_of_their_list(spec: Scenario, name: str, command: Command) -> None:
    """A list restricts the codes; the error names the codes or similar ones. Without a list, all are accepted."""
    spec.given(ALPHA, BETA, setting(name, "Alfa", "partner", "none"))
    spec.when(command).then_refused(UnknownCode, "'xxxx' is not one of the", "They are Alfa, partner and none")
    spec.given(setting(name, "Alfa", "xxxy")).when(command).then_refused(UnknownCode, "Did you mean xxxy?")
    spec.given(setting(name, "xxxx"))
    spec.given(command)


def test_no_membership_needs_no_list(spec: Scenario) -> None:
    """`none` is accepted as a membership whatever the list of memberships contains."""
    spec.given(setting("list.memberships", "Member State")).given(party("C", "Gamma", membership="none"))
    assert "none" == spec.state("party/C").get("membership")
