"""An interrupted import continues where it stopped, and the ledger is consistent at any moment."""

from collections import Counter

import pytest

from ledger.importing import record, run
from ledger.importing.errors import ChangedMeanwhile
from tests.importing.workspace import Workspace, row

ROWS = [
    row(reference=f"A-{number}", partners=f"Party {number % 4}", signed_on=f"2024-01-{number:02}")
    for number in range(1, 11)
]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Record three rows in a transaction."""
    monkeypatch.setattr(record, "PART", 3)


def stop_at(step: int) -> run.Tick:
    """Return a tick that raises an interrupt, as Ctrl-C does, after a number of steps."""

    def tick(done: int, whole: int) -> None:
        assert 2 * len(ROWS) == whole
        if done == step:
            raise KeyboardInterrupt

    return tick


def whole_commands(workspace: Workspace) -> bool:
    """Return whether every command in the log has all of its entries."""
    parts = Counter(entry.command for entry in workspace.entries())
    return all(parts[entry.command] == entry.part[1] for entry in workspace.entries())


@pytest.mark.parametrize("step", range(1, 21))
def test_interrupted_import_goes_on(workspace: Workspace, step: int) -> None:
    """Wherever it stops, whole parts of the file are recorded; a second import records the rest, and no row twice."""
    with pytest.raises(KeyboardInterrupt):
        workspace.import_rows(*ROWS, tick=stop_at(step))
    engagements = list(workspace.ledger.store.streams("engagement"))
    assert max(0, (step - 10 - 1) // 3 * 3) == len(engagements)
    assert whole_commands(workspace)
    outcome = workspace.import_rows(*ROWS)
    assert (len(engagements), 10 - len(engagements)) == (outcome.unchanged, outcome.signed)
    interrupted = [(entry.stream, entry.command, entry.event) for entry in workspace.entries()]
    assert 0 == workspace.import_rows(*ROWS).entries
    assert len(interrupted) == len({(stream, str(event)) for stream, _, event in interrupted})
    assert whole_commands(workspace)


def test_interrupted_amendments_go_on(workspace: Workspace) -> None:
    """Amendments are recorded once, however often the import is started."""
    workspace.import_rows(*ROWS)
    changed = [cells | {"title": "Data hub"} for cells in ROWS]
    with pytest.raises(KeyboardInterrupt):
        workspace.import_rows(*changed, tick=stop_at(15))
    outcome = workspace.import_rows(*changed)
    assert (3, 7) == (outcome.unchanged, outcome.amended)
    assert 10 == sum(entry.event.tag() == "engagement.amended" for entry in workspace.entries())


def test_interrupted_after_rejects_goes_on(workspace: Workspace) -> None:
    """The reject file that the first attempt wrote is no obstacle to the second."""
    rows = [*ROWS[:-1], ROWS[-1] | {"title": ""}]

    def tick(done: int, whole: int) -> None:
        if done == 14:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workspace.import_rows(*rows, keep_going=True, tick=tick)
    outcome = workspace.import_rows(*rows, keep_going=True)
    assert (3, 6) == (outcome.unchanged, outcome.signed)


def test_someone_else_records_meanwhile(workspace: Workspace) -> None:
    """Others may record between rehearsal and recording: their references are skipped, and nothing is lost."""

    def tick(done: int, whole: int) -> None:
        if done == 10:
            workspace.record("party register", "2020-01-01", name="Other")

    outcome = workspace.import_rows(*ROWS, tick=tick)
    assert (10, 4) == (outcome.signed, outcome.parties)
    assert "Other" == workspace.ledger.fold("party/P00001")[0].get("name")
    assert 10 == workspace.import_rows(*ROWS).unchanged


def test_row_that_is_refused_meanwhile(workspace: Workspace) -> None:
    """If someone uses a reference between rehearsal and recording, the part is rolled back, and the error says so."""
    own = {"engagement": "A-5", "title": "Own", "kind": "consultancy", "parties": [{"party": "P00001"}]}

    workspace.record("party register", "2020-01-01", name="Own")

    def take_reference(done: int, whole: int) -> None:
        if done == 10:
            workspace.record("engagement propose", "2024-01-01", **own)

    with pytest.raises(ChangedMeanwhile) as refusal:
        workspace.import_rows(*ROWS, tick=take_reference)
    assert "row 5" in refusal.value.sentence
    assert 3 == sum(workspace.engagement(f"A-{number}").status == "signed" for number in range(1, 11))
