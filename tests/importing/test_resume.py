"""An interrupted import goes on where it stopped, and leaves a whole ledger behind at any moment."""

from collections import Counter

import pytest

from ledger.importing import record, run
from ledger.importing.errors import ChangedMeanwhile
from tests.importing.desk import Desk, row

ROWS = [
    row(reference=f"A-{number}", partners=f"Party {number % 4}", signed_on=f"2024-01-{number:02}")
    for number in range(1, 11)
]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Record three rows a transaction."""
    monkeypatch.setattr(record, "PART", 3)


def stop_at(step: int) -> run.Tick:
    """Return a tick that is interrupted, as by Ctrl-C, after so many steps."""

    def tick(done: int, whole: int) -> None:
        assert 2 * len(ROWS) == whole
        if done == step:
            raise KeyboardInterrupt

    return tick


def whole_commands(desk: Desk) -> bool:
    """Return whether every command in the log has all of its entries."""
    parts = Counter(entry.command for entry in desk.entries())
    return all(parts[entry.command] == entry.part[1] for entry in desk.entries())


@pytest.mark.parametrize("step", range(1, 21))
def test_interrupted_import_goes_on(desk: Desk, step: int) -> None:
    """Wherever it stops, whole parts of the file stand, and importing once more records the rest and no row twice."""
    with pytest.raises(KeyboardInterrupt):
        desk.take(*ROWS, tick=stop_at(step))
    engagements = list(desk.ledger.store.streams("engagement"))
    assert max(0, (step - 10 - 1) // 3 * 3) == len(engagements)
    assert whole_commands(desk)
    outcome = desk.take(*ROWS)
    assert (len(engagements), 10 - len(engagements)) == (outcome.unchanged, outcome.signed)
    interrupted = [(entry.stream, entry.command, entry.event) for entry in desk.entries()]
    assert 0 == desk.take(*ROWS).entries
    assert len(interrupted) == len({(stream, str(event)) for stream, _, event in interrupted})
    assert whole_commands(desk)


def test_interrupted_amendments_go_on(desk: Desk) -> None:
    """Amendments, too, are recorded once however often the file is begun."""
    desk.take(*ROWS)
    changed = [cells | {"title": "Data hub"} for cells in ROWS]
    with pytest.raises(KeyboardInterrupt):
        desk.take(*changed, tick=stop_at(15))
    outcome = desk.take(*changed)
    assert (3, 7) == (outcome.unchanged, outcome.amended)
    assert 10 == sum(entry.event.tag() == "engagement.amended" for entry in desk.entries())


def test_interrupted_after_rejects_goes_on(desk: Desk) -> None:
    """The reject file that the first attempt wrote is no obstacle to the second."""
    rows = [*ROWS[:-1], ROWS[-1] | {"title": ""}]

    def tick(done: int, whole: int) -> None:
        if done == 14:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.take(*rows, keep_going=True, tick=tick)
    outcome = desk.take(*rows, keep_going=True)
    assert (3, 6) == (outcome.unchanged, outcome.signed)


def test_someone_else_records_meanwhile(desk: Desk) -> None:
    """Others may record between the check and the recording: their references are passed over, nothing is lost."""

    def tick(done: int, whole: int) -> None:
        if done == 10:
            desk.do("party register", "2020-01-01", name="Other")

    outcome = desk.take(*ROWS, tick=tick)
    assert (10, 4) == (outcome.signed, outcome.parties)
    assert "Other" == desk.ledger.fold("party/P00001")[0].get("name")
    assert 10 == desk.take(*ROWS).unchanged


def test_row_that_is_refused_meanwhile(desk: Desk) -> None:
    """When someone takes a reference between check and recording, the part is taken back and the error says so."""
    own = {"engagement": "A-5", "title": "Own", "kind": "consultancy", "parties": [{"party": "P00001"}]}

    desk.do("party register", "2020-01-01", name="Own")

    def take_reference(done: int, whole: int) -> None:
        if done == 10:
            desk.do("engagement propose", "2024-01-01", **own)

    with pytest.raises(ChangedMeanwhile) as told:
        desk.take(*ROWS, tick=take_reference)
    assert "row 5" in told.value.sentence
    assert 3 == sum(desk.engagement(f"A-{number}").status == "signed" for number in range(1, 11))
