"""A ledger that stays open: its cache of folded streams is never stale."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request, command_from
from ledger.domain.engagement.lifecycle import EngagementSigned
from ledger.domain.engagement.state import ForbiddenTransition
from ledger.domain.errors import LedgerError
from ledger.domain.organisation.settings import OpenLedger
from tests.spec.scenario import SteadyClock

PARTY = {"command": "party register", "name": "Alpha", "ref": "ALPHA"}
SIGN = {
    "command": "engagement sign", "engagement": "E1", "title": "Data", "kind": "consultancy",
    "parties": [{"party": "ALPHA"}],
}  # fmt: skip
COMMIT = {"command": "contribution commit", "engagement": "E1", "payer": "ALPHA",
          "amount": {"currency": "USD", "value": "5.00"}}  # fmt: skip
CLOSING = [{"command": f"engagement {verb}", "engagement": "E1"} for verb in ("terminate", "close")]


def request(members: Mapping[str, object]) -> Request:
    """Return the request for one command."""
    return Request(commands=(command_from(dict(members)),), actor="staff/1", effective_on="2024-03-01")


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Return the URL of a ledger with a party and a signed engagement."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    make_ledger(url, OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/1", SteadyClock())
    return url


@pytest.fixture
def ledger(url: str) -> Ledger:
    """Return an open ledger that recorded a party and a signed engagement."""
    ledger = open_ledger(url, SteadyClock())
    for members in (PARTY, SIGN):
        ledger.record(request(members))
    return ledger


def versions(ledger: Ledger) -> list[int]:
    """Return the stored versions of the engagement's entries."""
    return [ledger.entry(position).version for position, _ in ledger.store.stream("engagement/E1")]


def test_entries_of_other_writers_are_seen(url: str, ledger: Ledger) -> None:
    """An engagement closed by another writer refuses commitments."""
    other = open_ledger(url, SteadyClock())
    for members in CLOSING:
        other.record(request(members))
    other.close()
    with pytest.raises(ForbiddenTransition):
        ledger.record(request(COMMIT))
    ledger.close()


def test_a_rolled_back_state_is_not_cached(ledger: Ledger) -> None:
    """State of a rolled-back transaction or a dry run is not used by the next."""

    def both() -> None:
        with ledger.recording() as unit:
            unit.perform(request(COMMIT))
            unit.perform(request(SIGN))

    with pytest.raises(LedgerError):
        both()
    ledger.record(request(COMMIT), dry_run=True)
    ledger.record(request(COMMIT))
    assert [1, 2] == versions(ledger)
    assert 500 == ledger.fold("engagement/E1")[0].balances.contribution("ALPHA", "USD").committed  # type: ignore[attr-defined]
    ledger.close()


def test_entries_appended_to_the_store_are_seen(ledger: Ledger) -> None:
    """Entries appended directly to the store within a transaction are folded in by the next."""
    with ledger.recording() as unit:
        unit.perform(request(COMMIT))
        entry = ledger.entry(ledger.store.head().size)
        ledger.save(type(entry)(**{**{name: getattr(entry, name) for name in entry.__struct_fields__}, "version": 3}))
    ledger.record(request(COMMIT))
    assert [1, 2, 3, 4] == versions(ledger)
    ledger.close()


def test_nothing_is_folded_again(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without other writers, the streams of the last transactions are cached."""
    monkeypatch.setattr(EngagementSigned, "evolve", None)
    ledger.record(request(COMMIT))
    assert [1, 2] == versions(ledger)
    ledger.close()
