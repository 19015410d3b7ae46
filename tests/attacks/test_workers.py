"""The process pool does all tasks, even if workers fail."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from ledger.stores.sqlite.store import SQLiteStore
from ledger.verify import workers
from ledger.verify.log_source import Checkable
from ledger.verify.workers import Task, run_tasks
from tests.attacks import worker_tasks
from tests.house.tree import ROOT


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let workers import the tasks."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
def store(recorded: Path) -> Iterator[SQLiteStore]:
    """Return a store for tasks to read."""
    opened = SQLiteStore(f"sqlite:///{recorded}")
    yield opened
    opened.close()


@pytest.mark.parametrize("processes", [1, 2, 4])
def test_results_come_in_order(store: SQLiteStore, processes: int) -> None:
    """Results come in the order of the tasks, whichever process does them; progress grows."""
    reported: list[int] = []
    work = [partial(worker_tasks.count, number) for number in range(40)]
    assert list(range(40)) == run_tasks(work, store, processes, reported.append)
    assert sorted(reported) == reported
    assert 40 >= reported[-1] > 0


def test_workers_take_part(store: SQLiteStore, tmp_path: Path) -> None:
    """Another process does some of the tasks, with a store of its own."""
    work = [partial(worker_tasks.process, os.getpid(), tmp_path / "mark")] * 40
    results = run_tasks(work, store, 2, lambda _: None)
    assert results is not None
    assert 2 == len({*results})


@pytest.mark.parametrize("processes", [1, 2])
def test_none_ends_it(store: SQLiteStore, processes: int) -> None:
    """Once a task returns None, there is no result."""
    work: list[Task] = [*(partial(worker_tasks.slowly, number) for number in range(20)), worker_tasks.doubt]
    assert run_tasks(work, store, processes, lambda _: None) is None


@pytest.mark.parametrize("task", [worker_tasks.fails_elsewhere, worker_tasks.dies_elsewhere])
def test_failed_tasks_are_done_by_the_parent(store: SQLiteStore, task: Callable[[int, Checkable], str]) -> None:
    """If a worker fails or is killed, the parent does its task."""
    work: list[Task] = [*(partial(worker_tasks.slowly, number) for number in range(10)), partial(task, os.getpid())]
    assert [*range(10), "here"] == run_tasks(work, store, 2, lambda _: None)


def test_errors_of_the_parent_are_raised(store: SQLiteStore) -> None:
    """An error in the parent is raised, and the workers are stopped."""
    work = [partial(worker_tasks.fails_elsewhere, 0)] * 3
    with pytest.raises(ValueError, match="not here"):
        run_tasks(work, store, 2, lambda _: None)


def test_without_workers(store: SQLiteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """If no worker can be started, the parent does all tasks."""
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    work = [partial(worker_tasks.count, number) for number in range(5)]
    assert list(range(5)) == run_tasks(work, store, 2, lambda _: None)


def test_a_worker_that_cannot_open_the_log(store: SQLiteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a worker finds no ledger, the parent does all tasks."""
    monkeypatch.setattr(store, "url", "sqlite:////nowhere/ledger.db")
    work = [partial(worker_tasks.slowly, number) for number in range(10)]
    assert list(range(10)) == run_tasks(work, store, 2, lambda _: None)


def test_cores() -> None:
    """At least one process is allowed."""
    assert workers.cores() >= 1
