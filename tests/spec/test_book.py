"""The book: opened once, with settings that change what is accepted and what figures are."""

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
    """Return the change of a setting."""
    return ChangeSetting(name=name, value=value)


def test_entry_one_opens_the_ledger(spec: Scenario) -> None:
    """It holds format, origin and currency, on the date of the clock."""
    entry = spec.entry(1)
    assert LedgerOpened(format=1, origin="example.org/ledger", reporting_currency="USD") == entry.event
    assert ("ledger", 1, "2026-01-15", (1, 1)) == (entry.stream, entry.version, entry.effective_on, entry.part)


def test_a_ledger_is_opened_once(spec: Scenario) -> None:
    """Opening again is nothing."""
    spec.when(OpenLedger(origin="example.org/ledger", reporting_currency="USD")).then_nothing()


def test_the_currency_is_one(spec: Scenario) -> None:
    """The currency of reports is one of ISO 4217."""
    spec.when(OpenLedger(origin="example.org/ledger", reporting_currency="DOLLAR"))
    spec.then_refused(UnknownCurrency, "'DOLLAR'")


def test_settings_change(spec: Scenario) -> None:
    """A list is recorded as its words; what is so already is nothing; a change is not dated ahead."""
    spec.when(setting("list.regions", "AFR", "Multi regions"))
    spec.then(SettingChanged(name="list.regions", value=("AFR", "Multi regions")))
    spec.when(setting("list.regions", "AFR", "Multi regions")).then_nothing()
    spec.when(setting("list.regions", "AFR"), effective="2027-01-01").then_refused(InTheFuture, "2027-01-01")


def test_unknown_settings(spec: Scenario) -> None:
    """A setting that there is not is refused with those that there are."""
    spec.when(setting("list.colours", "red")).then_refused(UnknownSetting, "'list.colours'", "list.regions")


@pytest.mark.parametrize("value", ["0", "31", "3660"])
def test_days(spec: Scenario, value: str) -> None:
    """The age of rates is a whole number of days."""
    spec.when(setting("rates.max-age-days", value)).then(SettingChanged(name="rates.max-age-days", value=value))


@pytest.mark.parametrize("value", ["", "-1", "3661", "00031", "1.5", "many", "٣", "1 2"])
def test_days_that_cannot_be(spec: Scenario, value: str) -> None:
    """Anything else is refused."""
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
    ("list.bodies", PublishDisclosure(document="D1", body="xxxx")),
]


@pytest.mark.parametrize(("name", "command"), CODED)
def test_codes_are_of_their_list(spec: Scenario, name: str, command: Command) -> None:
    """Without a list any code is accepted; with one only its own, and the refusal tells them or the near ones."""
    spec.given(ALPHA, BETA, setting(name, "Alfa", "partner", "none"))
    spec.when(command).then_refused(UnknownCode, "'xxxx' is not one of the", "They are Alfa, partner and none")
    spec.given(setting(name, "Alfa", "xxxy")).when(command).then_refused(UnknownCode, "Did you mean xxxy?")
    spec.given(setting(name, "xxxx"))
    spec.given(command)


def test_no_membership_needs_no_list(spec: Scenario) -> None:
    """That a party is no member can be said whatever the list of memberships is."""
    spec.given(setting("list.memberships", "Member State")).given(party("C", "Gamma", membership="none"))
    assert "none" == spec.state("party/C").get("membership")
