"""`python -m ledger.verify.worker_main`: the main loop of a worker process, started by ledger.verify.workers.

The first message on stdin opens a store; each later one is a task. Each reply on stdout is the result in a tuple, or
None if the task failed: the parent then redoes it and raises the error.
"""

import pickle
import signal
import sys
from typing import Any

from ledger.verify.collector import collector_paused


def main() -> None:
    """Do tasks until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    with collector_paused():
        _work()


def _work() -> None:
    store: Any = None
    while True:
        try:
            task = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
        except EOFError:
            return
        result: tuple[Any] | None = None
        try:
            if store is None:
                store = task()
                result = (True,)
            else:
                result = (task(store),)
        except Exception:  # noqa: BLE001 - the parent redoes the task
            result = None
        pickle.dump(result, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
