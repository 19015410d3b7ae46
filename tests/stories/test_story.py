"""The seeded story: recorded without a refusal, the same everywhere, and with every event type."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from cli.main import run
from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.domain.dates import days_between
from ledger.domain.registry import EVENTS
from ledger.replay.procedure import replay_log
from ledger.verify.procedure import verify_log
from projections.runner.location import open_projections
from projections.runner.verify import compare
from stories import RecordedStory, record, story
from stories.recording import keep
from tests.attacks.verify_paths import replayed_fast, verified_fast

SEED = 1
YEARS = range(2021, 2026)
SIZES = [60, pytest.param(400, marks=pytest.mark.sweep)]
"""The number of engagements in the recorded stories."""
ROOT = "b20788ba906e9f28a5e08b1df027f1fae60bdb1c79d266647c9dcc8d16b2724f"
"""The root of the story of 12 engagements with seed 1: it changes only if the story changes."""

Recorded = tuple[RecordedStory, Ledger]


@pytest.fixture(scope="module", params=SIZES)
def recorded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    """Return the result of a recorded story, and its ledger."""
    url = f"sqlite:///{tmp_path_factory.mktemp('story')}/ledger.db"
    recording = record(url, SEED, request.param, YEARS)
    ledger = open_ledger(url)
    yield recording, ledger
    ledger.close()


def test_every_type_of_event_occurs(recorded: Recorded) -> None:
    """The story has every event type of the registry."""
    _, ledger = recorded
    assert set(EVENTS) == {row.type for row in ledger.store.rows()}


def test_the_log_verifies(recorded: Recorded) -> None:
    """The auditor's procedure has no findings: not in the bytes, in the replay, or in the attachments."""
    recording, ledger = recorded
    result = verify_log(ledger.store)
    assert (recording.entries, recording.root, []) == (result.size, result.root, result.findings)
    assert [] == replay_log(ledger)


@pytest.mark.parametrize("processes", [1, 2])
def test_the_log_verifies_quickly(recorded: Recorded, processes: int) -> None:
    """The fast paths confirm a log with every type of event, with any number of processes."""
    recording, ledger = recorded
    result = verified_fast(ledger.store, processes)
    assert result is not None
    assert (recording.entries, recording.root) == (result.size, result.root)
    assert [] == replayed_fast(ledger, processes)


def test_the_projections_follow(recorded: Recorded) -> None:
    """Incremental tables equal rebuilt ones."""
    _, ledger = recorded
    engine = open_projections(ledger)
    engine.dispose()
    assert [] == compare(ledger)


def test_it_is_recorded_when_it_happens_or_later(recorded: Recorded) -> None:
    """The clock follows the story: most events are recorded within two weeks, some months later, all in its years."""
    _, ledger = recorded
    lags = Counter[str]()
    for row in ledger.store.rows(2):
        assert YEARS[0] <= int(row.recorded_at[:4]) <= YEARS[-1]
        days = days_between(row.effective_on, row.recorded_at[:10])
        lags["soon" if days <= 14 else "months later" if days > 40 else "late"] += 1
    assert lags["soon"] > 0.7 * lags.total()
    assert lags["months later"] > 0.02 * lags.total()


def test_money_is_in_several_currencies(recorded: Recorded) -> None:
    """Amounts have two, no and three decimals, and each currency but the dollar has its rates."""
    _, ledger = recorded
    entries = [json.loads(data)["event"] for _, data in ledger.store.entries()]
    currencies = {event["amount"]["currency"] for event in entries if "amount" in event}
    assert {"USD", "CHF", "EUR", "JPY"} <= currencies <= {"USD", "CHF", "EUR", "JPY", "KWD"}
    rates = Counter(event["base"] for event in entries if event["type"] == "rate.recorded")
    assert dict.fromkeys(("EUR", "CHF", "JPY", "KWD"), 12 * len(YEARS)) == rates


def test_the_same_seed_gives_the_same_log(tmp_path: Path) -> None:
    """A story recorded twice gives the same root, the one in this module, on every version of Python."""
    roots = [record(f"sqlite:///{tmp_path}/{name}.db", 1, 12, YEARS).root.hex() for name in ("one", "two")]
    assert [ROOT, ROOT] == roots


def test_another_seed_gives_another_story() -> None:
    """Different seeds give different stories, from the first engagement on."""
    one, other = (["".join(str(line.command) for line in islice(story(seed, 5, YEARS), 60))] for seed in (1, 2))
    assert one != other


def test_command_ids_are_used_once() -> None:
    """Each command has its own id, derived from the seed."""
    ids = [line.id for line in story(SEED, 30, YEARS)]
    assert len(ids) == len(set(ids))


def test_lines_are_commands_for_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`ledger record` accepts the story as JSON Lines, once its attachments are stored."""
    monkeypatch.setenv("LEDGER_URL", f"sqlite:///{tmp_path}/ledger.db")
    assert 0 == run(["init", "--origin", "example.org/ledger", "--currency", "USD", "--actor", "staff/1"])
    lines = list(story(SEED, 12, YEARS))
    for line in lines:
        keep(line, tmp_path / "attachments")
    path = tmp_path / "story.jsonl"
    path.write_text("".join(json.dumps(line.members()) + "\n" for line in lines), encoding="utf-8")
    assert 0 == run(["record", str(path)])
    entries = sum(line.count for line in lines)
    assert f"commands: {len(lines)}, entries: {entries};" in capsys.readouterr().out
