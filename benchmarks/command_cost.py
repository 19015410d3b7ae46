"""What commands take: run by `benchmarks.commands`, with the command lines as JSON."""

import gc
import io
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

from benchmarks.measuring import own_peak
from cli.main import run
from cli.session import Session

EVERY = 100
"""A database is asked after so many of its steps."""


class _Counter(io.RawIOBase):
    """An output that counts its bytes."""

    def __init__(self) -> None:
        super().__init__()
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.size += len(data)
        return len(data)


class _Steps:
    """Counts steps of databases, and calls of functions."""

    def __init__(self) -> None:
        self.taken = 0
        self._connect: Callable[..., sqlite3.Connection] = sqlite3.dbapi2.connect

    def watch_databases(self) -> None:
        for module in (sqlite3, sqlite3.dbapi2):
            vars(module)["connect"] = self._connected

    def _connected(self, *args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection = self._connect(*args, **kwargs)
        connection.set_progress_handler(self._database, EVERY)
        return connection

    def _database(self) -> int:
        self.taken += EVERY
        return 0

    def call(self, _: Any, event: str, __: Any) -> None:
        self.taken += event in ("call", "c_call")


def main() -> None:
    """Print what each of the commands on standard input took: seconds, peak memory, bytes, exit code, steps.

    The first ones only load what all need. Each of the others is run in a process of its own, a fork of this one.
    """
    loading, asked = json.load(sys.stdin)
    for url, words in loading:
        _performed(url, words, _Counter())
    gc.freeze()
    for url, words, is_counted in asked:
        if child := os.fork():
            os.waitpid(child, 0)
            continue
        print(json.dumps(_taken(url, words, is_counted=is_counted)), flush=True)  # noqa: T201 - its purpose
        os._exit(0)


def _taken(url: str, words: list[str], *, is_counted: bool) -> tuple[float, int, int, int, int]:
    began, out = time.process_time(), _Counter()
    code = _performed(url, words, out)
    seconds, peak, size = time.process_time() - began, own_peak(), out.size
    steps = _Steps()
    if is_counted:
        steps.watch_databases()
        sys.setprofile(steps.call)
        _performed(url, words, out)
        sys.setprofile(None)
    return seconds, peak, size, code, steps.taken


def _performed(url: str, words: list[str], out: _Counter) -> int:
    text = io.TextIOWrapper(io.BufferedWriter(out), "utf-8", newline="")
    with redirect_stdout(text), redirect_stderr(io.StringIO()):
        code = run(words, Session(url=url))
        text.flush()
    text.detach().detach()
    return code
