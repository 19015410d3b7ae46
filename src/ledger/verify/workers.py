"""A process pool for tasks that only read a store. The parent works too, and redoes the task of a worker that fails.

A task is called with a store and returns a result; a result of None stops the whole run. Each worker is this Python
with a store of its own. Workers take tasks from the end of the queue while the parent takes them from the beginning,
since workers need a moment to start. A worker that does not start, is killed or cannot read costs nothing but time.
"""

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Condition, Thread
from typing import Any

from ledger.verify.collector import collector_paused
from ledger.verify.log_source import Checkable

Task = Callable[[Any], Any]
"""Called with a store: in the parent the open one, in a worker what the store's `opener` returns."""


def cores() -> int:
    """Return the number of processes that can run at the same time."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def run_tasks(
    tasks: Sequence[Task], store: Checkable, processes: int, on_progress: Callable[[int], None]
) -> list[Any] | None:
    """Return the results of all tasks in order, or None as soon as one is None.

    `on_progress` receives the number of tasks done. Raises what a task raises in this process.
    """
    queue = _Queue(tasks)
    workers: list[_Worker] = []
    try:
        with suppress(OSError):  # no resources for another process
            more = min(processes, len(tasks)) - 1 if sys.executable else 0
            workers.extend(_Worker(queue, store.opener()) for _ in range(more))
        with collector_paused():
            while (item := queue.take_first()) is not None:
                number, task = item
                queue.finish(number, task(store))
                on_progress(len(queue.results))
    finally:
        for worker in workers:
            worker.end()
    return None if queue.is_stopped else [queue.results[number] for number in range(len(tasks))]


class _Queue:
    """Waiting tasks, tasks that workers hold, and the results of those that are done."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._waiting = deque(enumerate(tasks))
        self._elsewhere: set[int] = set()
        self._changed = Condition()
        self.results: dict[int, Any] = {}
        self.is_stopped = False
        """Whether a result was None."""

    def take_first(self) -> tuple[int, Task] | None:
        """Return a task and its number for the parent; wait while workers may give one back. None if all are done."""
        with self._changed:
            while not self._waiting and self._elsewhere and not self.is_stopped:
                self._changed.wait()
            return self._waiting.popleft() if self._waiting and not self.is_stopped else None

    def take_last(self) -> tuple[int, Task] | None:
        """Return a task and its number for a worker; None if no task waits."""
        with self._changed:
            if not self._waiting or self.is_stopped:
                return None
            number, task = self._waiting.pop()
            self._elsewhere.add(number)
            return number, task

    def finish(self, number: int, result: Any) -> None:
        """Store the result of a task."""
        with self._changed:
            self.results[number] = result
            self.is_stopped = self.is_stopped or result is None
            self._elsewhere.discard(number)
            self._changed.notify_all()

    def give_back(self, number: int, task: Task) -> None:
        """Return a task that a worker could not do to the queue."""
        with self._changed:
            self._waiting.append((number, task))
            self._elsewhere.discard(number)
            self._changed.notify_all()


class _Worker(Thread):
    """Sends tasks to one worker process, one at a time, and stores their results."""

    def __init__(self, queue: _Queue, opener: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self._queue, self._opener = queue, opener
        # -P keeps the present folder, which may hold anything, out of the worker's module search path.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ledger.verify.worker_main"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.start()

    def run(self) -> None:
        """Work until no task is left or the worker process fails."""
        with suppress(Exception):  # whatever happened, the task was given back
            if self._call(self._opener) is None:
                return
            while (item := self._queue.take_last()) is not None:
                number, task = item
                result = None
                try:
                    result = self._call(task)
                finally:
                    if result is None:
                        self._queue.give_back(number, task)
                if result is None:
                    return
                self._queue.finish(number, *result)

    def _call(self, message: object) -> tuple[Any] | None:
        """Return the worker's result; None if the worker failed. Raises OSError, EOFError, PickleError."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        pickle.dump(message, stdin, pickle.HIGHEST_PROTOCOL)
        stdin.flush()
        result: tuple[Any] | None = pickle.load(stdout)  # noqa: S301 - from a process that this one started
        return result

    def end(self) -> None:
        """Kill the worker process and wait for the thread."""
        self._process.kill()
        self.join()
        self._process.communicate()
