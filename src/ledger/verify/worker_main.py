"""`python -m ledger.verify.worker_main`: another process that verifies; ledger.verify.workers starts and ends it.

What comes in says first how to open a store, then what to do with it. What goes out is each answer in a tuple, or None
where there is none: that is done again, and fails where somebody reads of it.
"""

import pickle
import signal
import sys
from typing import Any

from ledger.verify.collector import collector_paused


def main() -> None:
    """Do what comes in until nothing does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    with collector_paused():
        _work()


def _work() -> None:
    store: Any = None
    while True:
        try:
            task = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
        except EOFError:
            return
        answer: tuple[Any] | None = None
        try:
            if store is None:
                store = task()
                answer = (True,)
            else:
                answer = (task(store),)
        except Exception:  # noqa: BLE001 - whatever it is
            answer = None
        pickle.dump(answer, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
