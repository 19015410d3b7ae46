"""The findings of `replay_log` for well-formed entries in a correct tree whose meaning is impossible.

The entries of the ledger are listed in test_verify_log.py.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from ledger.replay.procedure import replay_log
from ledger.verify.findings import CODES
from ledger.verify.procedure import verify_log
from tests.attacks.forger import STORY, Forger, in_order, record
from tests.attacks.meaning_attacks import MEANING
from tests.projections.histories import Step, histories, play

EXAMPLES = 300 if os.environ.get("LEDGER_SWEEP") else 10


@pytest.mark.parametrize("attack", MEANING)
def test_found(forger: Forger, attack: str) -> None:
    """Each change is reported at its place, and nothing else."""
    work, expected = MEANING[attack]
    with forger.unguarded():
        work(forger)
    assert in_order(expected) == forger.replayed()


@pytest.mark.parametrize(
    "attack", [name for name, (_, findings) in MEANING.items() if ("unreadable", None) not in findings]
)
def test_the_log_alone_has_no_findings(forger: Forger, attack: str) -> None:
    """If all hashes match, only the replay of the entries' meaning finds the attack."""
    with forger.unguarded():
        MEANING[attack][0](forger)
    assert [] == forger.verified()


def test_every_code_has_its_attack() -> None:
    """Each code of steps 12 to 14 occurs in a test of this file."""
    codes = {code for _, expected in MEANING.values() for code, _ in expected} - {"unreadable"}
    assert {code for code, (step, _) in CODES.items() if 12 <= step <= 14} == codes


def test_an_unreadable_entry_does_not_end_the_replay(forger: Forger) -> None:
    """The replay reports bytes that are not an entry, and continues with the rest."""
    with forger.unguarded():
        forger.write(8, b"[]")
        forger.write(13, b"\xff")
    assert [("unknown-entry", 8), ("unknown-entry", 13)] == forger.replayed()


def test_voids_of_one_command_are_checked_together(tmp_path: Path) -> None:
    """Entries that need each other cannot be voided alone, but one command may void them together."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    record(url, [*STORY, ("void", {"positions": [3, 4, 5, 6, 7, 9, 10], "reason": "Never agreed"})])
    forger = Forger(tmp_path / "ledger.db")
    assert ([], []) == (forger.verified(), forger.replayed())
    (size,) = forger.db.execute("SELECT size FROM head").fetchone()
    record_more = [("void", {"positions": list(range(14, size + 1)), "reason": "It was agreed"})]
    forger.close()
    record(url, record_more, make=False)
    assert ([], []) == (forger.verified(), forger.replayed())


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(story=histories)
def test_recorded_histories_have_no_findings(story: list[Step]) -> None:
    """No history that the rules allow gives a finding."""
    with TemporaryDirectory() as folder:
        ledger = play(story, Path(folder))
        findings = [*verify_log(ledger.store).findings, *replay_log(ledger)]
        ledger.close()
    assert [] == findings
