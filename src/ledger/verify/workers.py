"""Many hands: tasks that read a store are done by this process and by others at the same time.

A task is called with a store and answers something; None ends it all. Other processes are this very Python with a store
of their own, and take tasks from the end while this one takes them from the beginning: they need a moment to start.
What another process could not do (it did not start, it was killed, it cannot read) is done here, so that they only ever
save time.
"""

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Condition, Thread
from typing import Any, Protocol

from ledger.verify.collector import collector_paused

Task = Callable[[Any], Any]
"""It is called with a store: here the one that is open, elsewhere what its `opener` returns."""


class Openable(Protocol):
    """A store that can be opened once more."""

    def opener(self) -> Callable[[], Any]:
        """Return what opens it, in another process, too."""


def cores() -> int:
    """Return how many processes may run at the same time."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def run_tasks(tasks: Sequence[Task], store: Openable, processes: int, tell: Callable[[int], None]) -> list[Any] | None:
    """Return the answers of all tasks in order; None once any of them is None. `tell` is told how many are done.

    Raises what a task raises that is done here.
    """
    work = _Work(tasks)
    others: list[_WorkerThread] = []
    try:
        with suppress(OSError):  # no room for another process
            more = min(processes, len(tasks)) - 1 if sys.executable else 0
            others.extend(_WorkerThread(work, store.opener()) for _ in range(more))
        with collector_paused():
            while (taken := work.take_first()) is not None:
                number, task = taken
                work.answer(number, task(store))
                tell(len(work.answers))
    finally:
        for one in others:
            one.end()
    return None if work.is_over else [work.answers[number] for number in range(len(tasks))]


class _Work:
    """Tasks that wait, those that others do, and the answers to those that are done."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._waiting = deque(enumerate(tasks))
        self._elsewhere: set[int] = set()
        self._changed = Condition()
        self.answers: dict[int, Any] = {}
        self.is_over = False
        """Whether an answer was None."""

    def take_first(self) -> tuple[int, Task] | None:
        """Return a task and its number; wait while others may still give one back. None if nothing is left."""
        with self._changed:
            while not self._waiting and self._elsewhere and not self.is_over:
                self._changed.wait()
            return self._waiting.popleft() if self._waiting and not self.is_over else None

    def take_last(self) -> tuple[int, Task] | None:
        """Return a task to be done elsewhere, and its number; None if nothing waits."""
        with self._changed:
            if not self._waiting or self.is_over:
                return None
            number, task = self._waiting.pop()
            self._elsewhere.add(number)
            return number, task

    def answer(self, number: int, answer: Any) -> None:
        """Take in an answer."""
        with self._changed:
            self.answers[number] = answer
            self.is_over = self.is_over or answer is None
            self._elsewhere.discard(number)
            self._changed.notify_all()

    def give_back(self, number: int, task: Task) -> None:
        """Let a task wait again."""
        with self._changed:
            self._waiting.append((number, task))
            self._elsewhere.discard(number)
            self._changed.notify_all()


class _WorkerThread(Thread):
    """Sends tasks to another process, one after the other, and takes its answers."""

    def __init__(self, work: _Work, opener: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self._work, self._opener = work, opener
        # -P: or it would look for modules in the present folder first, where anything may stand.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ledger.verify.worker_main"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.start()

    def run(self) -> None:
        """Work until there is nothing left, or the other process fails."""
        with suppress(Exception):  # whatever it is, the task is given back
            if self._ask(self._opener) is None:
                return
            while (taken := self._work.take_last()) is not None:
                number, task = taken
                told = None
                try:
                    told = self._ask(task)
                finally:
                    if told is None:
                        self._work.give_back(number, task)
                if told is None:
                    return
                self._work.answer(number, *told)

    def _ask(self, what: object) -> tuple[Any] | None:
        """Return what the other process answers; None if it could not do it. Raises OSError, EOFError, PickleError."""
        asked, told = self._process.stdin, self._process.stdout
        assert asked is not None
        assert told is not None
        pickle.dump(what, asked, pickle.HIGHEST_PROTOCOL)
        asked.flush()
        answer: tuple[Any] | None = pickle.load(told)  # noqa: S301 - from a process that this one started
        return answer

    def end(self) -> None:
        """End the other process."""
        self._process.kill()
        self.join()
        self._process.communicate()
