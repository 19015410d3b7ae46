"""Sixteen processes of every kind at once, on each store: the log is whole, every answer is right, nobody starves."""

import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from ledger.application.open import open_ledger
from ledger.replay.procedure import replay_log
from ledger.tlog.compact import CompactRange
from ledger.tlog.encoding import encoded
from ledger.tlog.merkle import leaf_hash
from ledger.verify.procedure import verify_log
from tests.faults.mixed import ROWS, Report, answer, work
from tests.faults.processes import new_ledger
from tests.stores.places import PLACES

SECONDS = float(os.environ.get("LEDGER_MIXED_SECONDS", "300")) if os.environ.get("LEDGER_SWEEP") else 6.0


def _percentile(values: Sequence[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def _check_answers(entries: list[bytes], answers: list[Report]) -> None:
    """Compare each overview with what a fold of its own finds at its position."""
    tree, parties, expected = CompactRange(), 0, {}
    for position, data in enumerate(entries, 1):
        tree.extend([leaf_hash(data)])
        parties += json.loads(data)["event"]["type"] == "party.registered"
        expected[position] = encoded(tree.root()), parties
    for each in answers:
        as_of, parties = each["status"]["as_of"], each["status"]["ledger"]["parties"]
        assert expected[as_of["known_at"]] == (as_of["root"], parties)


@pytest.mark.slow
@pytest.mark.parametrize("kind", PLACES)
def test_sixteen_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Acknowledged stands once, positions have no gaps, overviews are right, and no command fails."""
    office = tmp_path / "office"
    office.mkdir()
    url = new_ledger(office, PLACES[kind](office).url)
    monkeypatch.setenv("LEDGER_URL", url)
    monkeypatch.setenv("LEDGER_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("LEDGER_ATTACHMENTS", str(office / "attachments"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "out").mkdir()
    assert 0 == answer("key", "new")[0]
    reports = work(tmp_path / "out", SECONDS)
    assert [] == [each for of_kind in reports.values() for each in of_kind if each["code"]]
    assert [] == [name for name, of_kind in reports.items() if not of_kind]

    ledger = open_ledger(url)
    entries = [*ledger.store.entries()]
    assert [*range(1, len(entries) + 1)] == [position for position, _ in entries]
    counts = Counter(json.loads(data)["command"] for _, data in entries)
    acknowledged = {name for each in (*reports["record"], *reports["stream"]) for name in each["ids"]}
    assert {1} == {counts[name] for name in acknowledged}
    imported = sum(each["rows"] for each in reports["import"])
    rows = sum(1 for _, data in entries if "source" in json.loads(data))
    assert imported == rows
    assert imported % ROWS == 0
    _check_answers([data for _, data in entries], reports["read"])
    assert [] == verify_log(ledger.store).findings
    assert [] == replay_log(ledger)
    ledger.close()
    waits = [each["seconds"] for each in reports["record"]]
    shown = ", ".join(f"{part:.0%} {_percentile(waits, part):.2f} s" for part in (0.5, 0.95, 0.99, 1.0))
    with capsys.disabled():
        print(f"\n{kind}: {len(entries)} entries; {len(waits)} single commands: {shown}")  # noqa: T201
