"""Conflicts of interest that the record implies: the party paid, the giver, and the entries that show it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ledger.application.ledger import Ledger
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.queries.implied_conflicts import ImpliedConflict, implied_conflicts
from tests.projections.small_ledger import record, small_ledger, void

Shown = Callable[..., list[ImpliedConflict]]
TEN = {"currency": "USD", "value": "10.00"}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return a small ledger in which B has signed USD 10 under the agreement G1."""
    ledger = small_ledger(tmp_path)
    record(ledger, "engagement sign", "2024-01-02", engagement="G1", title="T", kind="partnership agreement",
         parties=[{"party": "B", "role": "donor"}], contributions=[{"by": "B", "amount": TEN}])  # fmt: skip
    return ledger


@pytest.fixture
def shown(ledger: Ledger, projected: Callable[..., Engine]) -> Shown:
    """Return a function that reads the implied conflicts of interest at a date."""

    def read(on: str = "2024-12-31") -> list[ImpliedConflict]:
        return implied_conflicts(Queries(projected(ledger).connect(), BitemporalPoint(on, ledger.store.head().size)))

    return read


def _pairs(conflicts: list[ImpliedConflict]) -> list[tuple[str, str, str]]:
    return [(conflict.engagement, conflict.paid, conflict.giver) for conflict in conflicts]


def test_a_party_without_affiliation_to_a_giver_has_no_conflict(shown: Shown) -> None:
    """A is paid and B gives, but they are not affiliated."""
    assert [] == shown()


def test_it_names_every_entry_that_shows_it(ledger: Ledger, shown: Shown) -> None:
    """The entries are those of the signature, of the affiliation, and of the contribution."""
    linked = record(ledger, "party affiliate", "2024-02-01", party="A", other="B")
    signed = next(at for at, data in ledger.store.entries() if b'"consultancy"' in data)
    given = next(at for at, data in ledger.store.entries() if b"contribution.committed" in data)
    conflict = shown()[0]
    assert (["G1"], ["USD 10.00"], "not declared") == (conflict.gives_under, conflict.given, conflict.status)
    assert [signed, given, linked] == conflict.entries


def test_through_a_third_party(ledger: Ledger, shown: Shown) -> None:
    """A is affiliated with D, and D with B: A has a conflict with B, shown by both affiliations."""
    links = [record(ledger, "party affiliate", "2024-02-01", party=party, other="D") for party in "AB"]
    conflicts = shown()
    assert [("E1", "A", "B")] == _pairs(conflicts)
    assert set(links) <= set(conflicts[0].entries)
    void(ledger, links[0])
    assert [] == shown()


def test_a_consultant_of_a_proposal_is_not_paid(ledger: Ledger, shown: Shown) -> None:
    """A consultant is paid once the engagement is signed, and not while it is proposed."""
    record(ledger, "engagement propose", "2024-02-01", engagement="E2", title="T", kind="consultancy",
         parties=[{"party": "B", "role": "consultant"}])  # fmt: skip
    assert [] == shown()
    record(ledger, "engagement approve", "2024-02-02", engagement="E2")
    record(ledger, "engagement sign", "2024-03-01", engagement="E2")
    assert [("E2", "B", "B")] == _pairs(shown())
    assert [] == shown("2024-02-29")


def test_the_roles_are_a_setting(ledger: Ledger, shown: Shown) -> None:
    """The setting lists the paid roles from its effective date on; its entry is one of those that show the conflict."""
    record(ledger, "party affiliate", "2024-02-01", party="A", other="B")
    setting = record(ledger, "setting change", "2024-03-01", name="conflict.roles", value=["donor", "adviser"])
    conflicts = shown()
    assert [("G1", "B", "B")] == _pairs(conflicts)
    assert setting in conflicts[0].entries
    assert [("E1", "A", "B")] == _pairs(shown("2024-02-29"))


def test_a_vendor_is_paid_and_a_gift_in_kind_is_given(ledger: Ledger, shown: Shown) -> None:
    """A vendor of a service order is paid in any role; a contribution in kind makes a giver."""
    record(ledger, "order issue", "2024-02-01", engagement="G1", number="S1", subject="S", vendor="B", amount=TEN)
    record(ledger, "contribution value", "2024-02-01", engagement="E1", payer="A", amount=TEN, what="Experts")
    assert [("E1", "A", "A"), ("G1", "B", "B")] == _pairs(shown())


def test_a_commitment_amended_to_zero_is_no_gift(ledger: Ledger, shown: Shown) -> None:
    """A commitment that is amended to zero counts until the effective date of the amendment."""
    record(ledger, "party affiliate", "2024-02-01", party="A", other="B")
    record(ledger, "contribution amend", "2024-06-01", engagement="G1", payer="B", amount={**TEN, "value": "0.00"})
    assert [] == shown()
    assert [("E1", "A", "B")] == _pairs(shown("2024-05-31"))


def test_the_organization_has_no_conflict_with_itself(ledger: Ledger, shown: Shown) -> None:
    """A commitment of the organisation itself makes no party a giver."""
    record(ledger, "contribution commit", "2024-02-01", engagement="E1", payer="organization", amount=TEN)
    assert [] == shown()


def test_of_two_declarations_the_last_counts(ledger: Ledger, shown: Shown) -> None:
    """A conflict may be declared under either engagement; the latest declaration that names both parties counts."""
    record(ledger, "party affiliate", "2024-02-01", party="A", other="B")
    record(ledger, "conflict declare", "2024-03-01", engagement="G1", nature="N", between=["B", "A", "C"])
    record(ledger, "conflict assess", "2024-03-02", engagement="G1", conflict="C1", outcome="accepted")
    record(ledger, "conflict declare", "2024-03-03", engagement="E1", nature="N", between=["A", "C"])
    assert [("accepted", False)] == [(conflict.status, conflict.is_open) for conflict in shown()]
    record(ledger, "conflict declare", "2024-03-04", engagement="E1", nature="N", between=["A", "B"])
    assert [("declared, not assessed", True)] == [(conflict.status, conflict.is_open) for conflict in shown()]
