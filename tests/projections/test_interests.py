"""Conflicts of interest that the record itself shows: who is paid, who gives, and by which entries."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ledger.application.ledger import Ledger
from projections.queries.implied_conflicts import ImpliedConflict, implied_conflicts
from projections.queries.queries import BitemporalPoint, Queries
from tests.projections.telling import small, take_back, tell

Shown = Callable[..., list[ImpliedConflict]]
TEN = {"currency": "USD", "value": "10.00"}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return a small ledger in which B has signed USD 10 under the agreement G1."""
    ledger = small(tmp_path)
    tell(ledger, "engagement sign", "2024-01-02", engagement="G1", title="T", kind="partnership agreement",
         parties=[{"party": "B", "role": "donor"}], contributions=[{"by": "B", "amount": TEN}])  # fmt: skip
    return ledger


@pytest.fixture
def shown(ledger: Ledger, projected: Callable[..., Engine]) -> Shown:
    """Return a function that reads the conflicts of interest as of a day."""

    def read(on: str = "2024-12-31") -> list[ImpliedConflict]:
        return implied_conflicts(Queries(projected(ledger).connect(), BitemporalPoint(on, ledger.store.head().size)))

    return read


def _pairs(found: list[ImpliedConflict]) -> list[tuple[str, str, str]]:
    return [(one.engagement, one.paid, one.giver) for one in found]


def test_who_does_not_belong_to_a_giver_has_no_conflict(shown: Shown) -> None:
    """A is paid, B gives, and nothing says that they belong together."""
    assert [] == shown()


def test_it_names_every_entry_that_shows_it(ledger: Ledger, shown: Shown) -> None:
    """The signature and the roles of who is paid, what links the two, and what the other gives."""
    linked = tell(ledger, "party affiliate", "2024-02-01", party="A", other="B")
    signed = next(at for at, data in ledger.store.entries() if b'"consultancy"' in data)
    given = next(at for at, data in ledger.store.entries() if b"contribution.committed" in data)
    one = shown()[0]
    assert (["G1"], ["USD 10.00"], "not declared") == (one.gives_under, one.given, one.status)
    assert [signed, given, linked] == one.entries


def test_through_a_third_party(ledger: Ledger, shown: Shown) -> None:
    """A belongs to D, and D to B: the conflict is that of A with B, by both links."""
    links = [tell(ledger, "party affiliate", "2024-02-01", party=party, other="D") for party in "AB"]
    found = shown()
    assert [("E1", "A", "B")] == _pairs(found)
    assert set(links) <= set(found[0].entries)
    take_back(ledger, links[0])
    assert [] == shown()


def test_who_only_proposes_is_not_paid(ledger: Ledger, shown: Shown) -> None:
    """A consultant of a proposal is not paid yet; once it is signed there is a conflict."""
    tell(ledger, "engagement propose", "2024-02-01", engagement="E2", title="T", kind="consultancy",
         parties=[{"party": "B", "role": "consultant"}])  # fmt: skip
    assert [] == shown()
    tell(ledger, "engagement approve", "2024-02-02", engagement="E2")
    tell(ledger, "engagement sign", "2024-03-01", engagement="E2")
    assert [("E2", "B", "B")] == _pairs(shown())
    assert [] == shown("2024-02-29")


def test_the_roles_are_a_setting(ledger: Ledger, shown: Shown) -> None:
    """Roles that a setting names are those that are paid, from its day on, and the conflict names the setting."""
    tell(ledger, "party affiliate", "2024-02-01", party="A", other="B")
    setting = tell(ledger, "setting change", "2024-03-01", name="conflict.roles", value=["donor", "adviser"])
    found = shown()
    assert [("G1", "B", "B")] == _pairs(found)
    assert setting in found[0].entries
    assert [("E1", "A", "B")] == _pairs(shown("2024-02-29"))


def test_a_vendor_is_paid_and_a_gift_in_kind_is_given(ledger: Ledger, shown: Shown) -> None:
    """Who gets a service order is paid in whatever role; who gives in kind gives."""
    tell(ledger, "order issue", "2024-02-01", engagement="G1", number="S1", subject="S", vendor="B", amount=TEN)
    tell(ledger, "contribution value", "2024-02-01", engagement="E1", payer="A", amount=TEN, what="Experts")
    assert [("E1", "A", "A"), ("G1", "B", "B")] == _pairs(shown())


def test_nothing_is_given_once_it_came_down_to_nothing(ledger: Ledger, shown: Shown) -> None:
    """A commitment that was amended to nothing is no gift, from the day of the amendment on."""
    tell(ledger, "party affiliate", "2024-02-01", party="A", other="B")
    tell(ledger, "contribution amend", "2024-06-01", engagement="G1", payer="B", amount={**TEN, "value": "0.00"})
    assert [] == shown()
    assert [("E1", "A", "B")] == _pairs(shown("2024-05-31"))


def test_the_organization_has_no_conflict_with_itself(ledger: Ledger, shown: Shown) -> None:
    """What the organisation commits itself makes nobody a giver."""
    tell(ledger, "contribution commit", "2024-02-01", engagement="E1", payer="organization", amount=TEN)
    assert [] == shown()


def test_of_two_declarations_the_last_counts(ledger: Ledger, shown: Shown) -> None:
    """Declared where it gives or where it is paid: what counts is the declaration of the later day that names both."""
    tell(ledger, "party affiliate", "2024-02-01", party="A", other="B")
    tell(ledger, "conflict declare", "2024-03-01", engagement="G1", nature="N", between=["B", "A", "C"])
    tell(ledger, "conflict assess", "2024-03-02", engagement="G1", conflict="C1", outcome="accepted")
    tell(ledger, "conflict declare", "2024-03-03", engagement="E1", nature="N", between=["A", "C"])
    assert [("accepted", False)] == [(one.status, one.is_open) for one in shown()]
    tell(ledger, "conflict declare", "2024-03-04", engagement="E1", nature="N", between=["A", "B"])
    assert [("declared, not assessed", True)] == [(one.status, one.is_open) for one in shown()]
