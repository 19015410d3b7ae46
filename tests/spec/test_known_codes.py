"""Countries and check digits are looked at when they are recorded; entries that hold others stay readable."""

import pytest

from ledger.domain.fields import Identifier
from ledger.domain.kernel import Fact
from ledger.domain.party.known_codes import UnknownCountry, WrongCheckDigits, countries
from ledger.domain.party.party import (
    AddIdentifier,
    Party,
    PartyReclassified,
    PartyRegistered,
    ReclassifyParty,
    RegisterParty,
)
from tests.spec.scenario import Scenario


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("ZZ", "two letters of ISO 3166-1"),
        ("Switzerland", "Did you mean CH?"),
        ("switzerland", "Did you mean CH?"),
        ("Swizerland", "Did you mean CH?"),
        ("UK", "Did you mean GB?"),
        ("USA", "Did you mean US?"),
        ("Korea", "Did you mean KP or KR?"),
    ],
)
def test_what_is_no_country(spec: Scenario, text: str, hint: str) -> None:
    """A party is neither registered nor reclassified with it, and the hint has the code that may be meant."""
    spec.when(RegisterParty(name="Alpha", country=text)).then_refused(UnknownCountry)
    assert hint in UnknownCountry(text).hint
    spec.given(RegisterParty(name="Alpha"))
    spec.when(ReclassifyParty(party="Alpha", country=text)).then_refused(UnknownCountry)


def test_a_country_in_small_letters(spec: Scenario) -> None:
    """It is recorded in capitals, when a party is registered and when it is reclassified."""
    spec.given(RegisterParty(name="Alpha", country="ch"))
    spec.when(ReclassifyParty(party="Alpha", country="CH")).then_nothing()
    spec.when(ReclassifyParty(party="Alpha", country="fr")).then(PartyReclassified(country="FR"))


def test_countries(spec: Scenario) -> None:
    """The table has the 249 codes of ISO 3166-1, and XK."""
    codes = countries()
    assert (250, "Switzerland", "Kosovo") == (len(codes), codes["CH"], codes["XK"])
    assert all(len(code) == 2 and code.isupper() and name for code, name in codes.items())
    spec.given(RegisterParty(name="Alpha", country="CH")).when(ReclassifyParty(party="Alpha", country="FR")).then(
        PartyReclassified(country="FR")
    )


@pytest.mark.parametrize("number", ["5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55", "213800WSGIIZCXF1P572"])
def test_lei_whose_check_digits_fit(spec: Scenario, number: str) -> None:
    """It is recorded; with any other last digits it is not."""
    wrong = f"{number[:-2]}{(int(number[-2:]) + 1) % 100:02}"
    refused = RegisterParty(name="Alpha", identifiers=(Identifier("LEI", wrong),))
    spec.when(refused).then_refused(WrongCheckDigits, wrong)
    spec.given(RegisterParty(name="Alpha", identifiers=(Identifier("LEI", number),)))
    spec.when(AddIdentifier(party="Alpha", identifier=Identifier("LEI", wrong))).then_refused(WrongCheckDigits)


def test_other_identifiers(spec: Scenario) -> None:
    """Identifiers of other schemes have no check digits that are known here."""
    spec.given(RegisterParty(name="Alpha", identifiers=(Identifier("XM-DAC", "41140"), Identifier("VENDOR", "400001"))))


def test_entries_of_before_stay_readable() -> None:
    """The rule is for decisions: a recorded entry with another country or identifier still counts."""
    event = PartyRegistered(name="Alpha", country="ZZ", identifiers=(Identifier("LEI", "5493001KJTIIGC8Y1R13"),))
    state = Party()
    event.validate(state, Fact(1, "2024-01-01", event))
    event.evolve(state, Fact(1, "2024-01-01", event))
    assert "ZZ" == state.get("country")
