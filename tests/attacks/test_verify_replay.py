"""What `replay_log` finds of entries that are well made, in a tree that is right, and mean what cannot be.

The entries of the ledger stand in test_verify_log.py.
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


@pytest.mark.parametrize("attack", [name for name, (_, found) in MEANING.items() if ("unreadable", None) not in found])
def test_the_bytes_show_nothing_of_it(forger: Forger, attack: str) -> None:
    """Who can make every hash fit is found by what the entries mean, and by nothing else."""
    with forger.unguarded():
        MEANING[attack][0](forger)
    assert [] == forger.verified()


def test_every_code_has_its_attack() -> None:
    """Each code of steps 12 to 14 occurs in a test of this file."""
    found = {code for _, expected in MEANING.values() for code, _ in expected} - {"unreadable"}
    assert {code for code, (step, _) in CODES.items() if 12 <= step <= 14} == found


def test_an_unread_entry_is_no_end(forger: Forger) -> None:
    """Where the bytes of entries are no entries, the replay says so and goes on with the rest."""
    with forger.unguarded():
        forger.write(8, b"[]")
        forger.write(13, b"\xff")
    assert [("unknown-entry", 8), ("unknown-entry", 13)] == forger.replayed()


def test_voids_of_one_command_are_judged_together(tmp_path: Path) -> None:
    """Of entries that need each other none could be voided alone; as one command their voids are possible."""
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
def test_whatever_was_recorded_is_found_right(story: list[Step]) -> None:
    """No history that the rules let be recorded gives a finding."""
    with TemporaryDirectory() as folder:
        ledger = play(story, Path(folder))
        found = [*verify_log(ledger.store).findings, *replay_log(ledger)]
        ledger.close()
    assert [] == found
