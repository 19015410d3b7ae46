"""What the simulation says of copies and backups, on real files: each stays what it was, whatever comes after."""

import random
from contextlib import closing
from pathlib import Path

import pytest

from ledger.maintenance.copy import copy_ledger
from tests.simulation.office import Office, Work, archivist, copier, init, move_away, record, request, restorer
from tests.simulation.promises import Broken
from tests.simulation.scheduler import Faults, Process, Scheduler


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Return an office whose ledger has a backup."""
    office = Office(tmp_path, Scheduler("promises"))
    _do(office, init, archivist)
    return office


def _process() -> Process:
    return Process("promises", lambda: None, Faults(), random.Random("promises"))  # noqa: S311 - a seed


def _do(office: Office, *works: Work) -> None:
    for work in works:
        work(office, _process(), random.Random("promises"))  # noqa: S311 - a seed


def _register(office: Office, *names: str) -> None:
    process = _process()
    with closing(office.opened(process)) as ledger:
        for name in names:
            record(office, process, ledger, request(name, {"command": "party register", "name": name}))


def _end(office: Office) -> None:
    """End a round: repair the office, and check all promises."""
    office.repair()
    office.promises.check(office.root, office.url, whole=True)


def test_a_copy_of_a_former_life_is_sound(office: Office) -> None:
    """A copy and a backup are taken, an older backup is restored, and the ledger goes on past their size."""
    _register(office, "Ann")
    _do(office, copier, archivist)
    _end(office)
    (office.root / "out" / "b3.zip").rename(office.root / "out" / "b0.zip")  # the older one is taken for the newest
    office.promises.backups["b0"] = office.promises.backups.pop("b3")
    _do(office, move_away)
    _end(office)
    _register(office, "Ben", "Cho")
    (office.root / "out" / "b1.zip").unlink()
    del office.promises.backups["b1"]
    _do(office, restorer)
    _end(office)
    size = office.promises.copies["k2"].size
    assert {"k2", "r5"} == set(office.promises.copies)
    assert office.promises.copies["k2"] == office.promises.copies["r5"] == office.promises.backups["b0"]
    assert size < office.promises.size
    assert office.promises.copies["k2"].root not in office.promises.roots[size]


def test_a_copy_of_another_log_is_not(office: Office, tmp_path: Path) -> None:
    """A file that has entries of another ledger is no copy, though nobody was told how it begins or ends."""
    (tmp_path / "other").mkdir()
    other = Office(tmp_path / "other", Scheduler("other"))
    _do(other, init)
    _register(other, "Dan")
    with closing(other.opened(_process(), reads=True)) as ledger:
        copy_ledger(ledger, f"sqlite:///{office.root}/out/k9.db")
    with pytest.raises(Broken, match=r"the copy k9\.db is not one of the ledger"):
        _end(office)


def test_a_copy_stays_what_it_was(office: Office) -> None:
    """One that has other entries than its maker was told breaks the promise, though they are of the ledger."""
    _do(office, copier)
    _register(office, "Eve")
    (office.root / "out" / "k2.db").unlink()
    office.number = 1
    told = office.promises.copies.pop("k2")
    _do(office, copier)
    office.promises.copies["k2"] = told
    with pytest.raises(Broken, match=r"the copy k2\.db has 11 entries, which are not the 10 told"):
        _end(office)


def test_a_ledger_restored_from_elsewhere(office: Office, tmp_path: Path) -> None:
    """A backup of another ledger that is restored in place of the lost one is not taken for it."""
    (tmp_path / "other").mkdir()
    other = Office(tmp_path / "other", Scheduler("other"))
    _do(other, init)
    _register(other, "Fay")
    other.number = 1
    _do(other, archivist)
    (other.root / "out" / "b2.zip").rename(office.root / "out" / "b2.zip")
    _do(office, move_away)
    with pytest.raises(Broken, match="what was restored was never the ledger"):
        _end(office)


def test_who_goes_on_while_the_file_is_away(office: Office) -> None:
    """What both logs told stands side by side until the round ends; then only the restored one binds."""
    _register(office, "Gus")
    _do(office, move_away)
    _register(office, "Hal")
    _end(office)
    assert {"Hal"} == {"Gus", "Hal"} & set(office.promises.acknowledged)
    assert 1 == len(office.promises.roots[11])


def test_what_neither_log_has(office: Office) -> None:
    """A receipt over a log that is neither the lost nor the restored one is a broken promise."""
    _do(office, move_away)
    office.promises.made(7, b"a root that was never")
    with pytest.raises(Broken, match="a root that neither the lost ledger nor the restored one has"):
        _end(office)


def test_a_restored_ledger_that_is_gone(office: Office) -> None:
    """Who was told that a ledger was restored finds it, although the lost one could be put back."""
    _do(office, move_away)
    office.path.unlink()
    with pytest.raises(Broken, match="a ledger was restored and is not there"):
        _end(office)
