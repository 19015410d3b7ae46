"""The fast replay confirms valid logs, and never a log in which the replay in order has further findings."""

import os
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.application.open import open_ledger
from tests.attacks.forger import STORY, Forger, record
from tests.attacks.meaning_attacks import MEANING
from tests.attacks.test_verify_log import ATTACKS
from tests.attacks.verify_paths import replayed_fast, replayed_in_order
from tests.projections.histories import Step, histories, play

EXAMPLES = 300 if os.environ.get("LEDGER_SWEEP") else 15
FILES = {"attachment-missing", "attachment-differs"}
ALL = {**ATTACKS, **MEANING}


def _agree(url: str, processes: int = 1) -> bool:
    """Return whether the fast replay confirms the log; if so, its findings are the same, and on files alone."""
    ledger = open_ledger(url)
    try:
        findings, expected = replayed_fast(ledger, processes), replayed_in_order(ledger)
        assert findings is None or expected == findings
        # If only files are at fault, the fast replay must confirm the log.
        assert findings is not None or not {finding.code for finding in expected} <= FILES
        return findings is not None
    finally:
        ledger.close()


@pytest.mark.parametrize("attack", MEANING)
def test_an_attack_on_the_meaning(forger: Forger, attack: str) -> None:
    """The fast replay does not confirm impossible entries; missing or altered files are findings."""
    with forger.unguarded():
        MEANING[attack][0](forger)
    assert ({code for code, _ in MEANING[attack][1]} <= FILES) == _agree(forger.url)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_on_the_log(forger: Forger, attack: str) -> None:
    """The fast replay never confirms a tampered log in which the replay in order has findings."""
    with forger.unguarded():
        ATTACKS[attack][0](forger)
    ledger = open_ledger(forger.url)
    try:
        findings = replayed_fast(ledger)
        assert findings is None or replayed_in_order(ledger) == findings
    finally:
        ledger.close()


@pytest.mark.parametrize("processes", [1, 2])
def test_a_sound_log(forger: Forger, processes: int) -> None:
    """Any number of processes confirms a valid log."""
    assert _agree(forger.url, processes)


def test_voids_of_several_streams_together(tmp_path: Path) -> None:
    """One command may void, and restore, entries that refer to each other; their rules are checked together."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    record(url, [*STORY, ("void", {"positions": [2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "reason": "Never agreed"})])
    assert _agree(url)
    ledger = open_ledger(url)
    size = ledger.store.head().size
    ledger.close()
    record(url, [("void", {"positions": list(range(14, size + 1)), "reason": "It was agreed"})], make=False)
    assert _agree(url)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(story=histories, seed=st.integers(0, 2**32))
def test_any_void_after_any_history(story: list[Step], seed: int) -> None:
    """Forged voids in commands of several parts: both replays have the same findings."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    with TemporaryDirectory() as folder:
        ledger = play(story, Path(folder))
        streams = sorted({row.stream for row in ledger.store.rows()})
        ledger.close()
        forger = Forger(Path(folder) / "ledger.db")
        assert _agree(forger.url)
        for number in range(3):
            with forger.unguarded():
                count = chance.randrange(1, 4)
                for part in range(1, count + 1):
                    _void(forger, chance, chance.choice(streams), part=[part, count], command=f"void-{number}")
            _agree(forger.url)
        forger.close()


def _void(forger: Forger, chance: random.Random, stream: str, **members: object) -> None:
    (last,) = forger.db.execute("SELECT max(version) FROM entries WHERE stream = ?", (stream,)).fetchone()
    event = {"type": "entry.voided", "version": chance.randrange(1, last + 1), "reason": "x"}
    forger.append(stream=stream, event=event, **members)
