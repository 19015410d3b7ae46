"""Descriptions of states: `show` prints their lines, and `history` prints the differences between two."""

from ledger.domain.disclosure.commands import PublishDisclosure
from ledger.domain.disclosure.disclosure import Coverage
from ledger.domain.engagement.money.contributions import ReceiveContribution, RefundContribution
from ledger.domain.engagement.money.order_commands import CancelOrder
from ledger.domain.engagement.oversight.outcomes import RecordOutcome
from ledger.domain.fields import Identifier, Share
from ledger.domain.organisation.exchange_rate import RecordRate
from ledger.domain.organisation.settings import ChangeSetting
from ledger.domain.party.party import RenameParty
from tests.spec.scenario import Scenario, money
from tests.spec.stories import PARTIES, acceptance, order, party, payment, pledge, signature


def test_a_party(spec: Scenario) -> None:
    """Name and classes come first, then other names and identifiers; absent values have no line."""
    spec.given(party("A", "Alpha", party_type="Academia", membership="none", identifiers=(Identifier("LEI", "5493"),)))
    spec.given(RenameParty(party="A", name="Alpha Institute"), party("B", "Beta"))
    assert {
        "name": "Alpha Institute",
        "type": "Academia",
        "membership": "none",
        "also known as": "Alpha",
        "identifiers": "LEI 5493",
    } == spec.description("party/A")
    assert {"name": "Beta"} == spec.description("party/B")


def test_an_engagement(spec: Scenario) -> None:
    """The order is status, particulars, money of each payer, orders, outcomes."""
    spec.given(*PARTIES, signature(regions=(Share("AFR", "60"), Share("ARB", "40")), ends_on="2025-12-31"))
    assert {
        "status": "signed",
        "title": "Data platform",
        "kind": "partnership agreement",
        "parties": "ALPHA (partner); BETA (funder)",
        "regions": "AFR 60%; ARB 40%",
        "ends on": "2025-12-31",
    } == spec.description("engagement/E1")


def test_the_money_of_an_engagement(spec: Scenario) -> None:
    """Amounts are written in full, by payer and currency; zero amounts have no line."""
    spec.given(*PARTIES, signature(contributions=(pledge("BETA", "USD 100"), pledge("organization", "JPY 5"))))
    spec.given(ReceiveContribution(engagement="E1", payer="BETA", amount=money("USD 10")))
    spec.given(RefundContribution(engagement="E1", payer="BETA", amount=money("USD 0.5")))
    description = spec.description("engagement/E1")
    assert {
        "committed by BETA in USD": "USD 100.00",
        "received by BETA in USD": "USD 10.00",
        "refunded by BETA in USD": "USD 0.50",
        "committed by organization in JPY": "JPY 5",
    } == {label: text for label, text in description.items() if " by " in label}


def test_orders_and_outcomes(spec: Scenario) -> None:
    """Orders have subject, amounts and end; outcomes have their summary."""
    spec.given(*PARTIES, signature(), order(starts_on="2024-04-01", ends_on="2024-05-01"))
    spec.given(acceptance("USD 50"), payment("USD 40"))
    spec.given(CancelOrder(engagement="E1", number="SO-1"), RecordOutcome(engagement="E1", summary="Plan"))
    description = spec.description("engagement/E1")
    assert {
        "service order SO-1 subject": "Inception report",
        "service order SO-1 vendor": "ALPHA",
        "service order SO-1 amount": "USD 50.00",
        "service order SO-1 starts on": "2024-04-01",
        "service order SO-1 ends on": "2024-05-01",
        "service order SO-1 accepted": "USD 50.00",
        "service order SO-1 paid": "USD 40.00",
        "service order SO-1 cancelled": "yes",
        "outcome O1": "Plan",
    } == {label: text for label, text in description.items() if label.startswith(("service order", "outcome"))}


def test_other_states(spec: Scenario) -> None:
    """Disclosures describe their coverage, pairs their rate, the ledger its settings; empty states have no lines."""
    spec.given(ChangeSetting(name="list.regions", value=("AFR", "ARB", "CIS")))
    assert "AFR, ARB and CIS" == spec.description("ledger")["list.regions"]
    assert "example.org/ledger" == spec.description("ledger")["organization"]
    spec.given(RecordRate(base="EUR", quote="USD", rate="1.0850", source="UN"))
    assert {"rate": "1.0850 USD for 1 EUR", "source": "UN"} == spec.description("rate/EUR-USD")
    spec.given(*PARTIES, signature(), order())
    spec.given(
        PublishDisclosure(
            as_of_on="2024-03-01", document="D1", body="Council", cover=(Coverage("E1", ("parties",), ("SO-1",)),)
        )
    )
    assert {
        "document": "D1",
        "body": "Council",
        "as of": "2024-03-01, position 7",
        "published on": "2024-03-01",
        "E1 parties": "covered",
        "E1 service order SO-1": "covered",
    } == spec.description("disclosure/D1")
    assert {} == spec.description("engagement/E9")
