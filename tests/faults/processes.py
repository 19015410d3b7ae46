"""Real processes that record, and are killed."""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request, command_from
from ledger.domain.organisation.settings import OpenLedger


def new_ledger(folder: Path, url: str | None = None) -> str:
    """Create a ledger with one party and one engagement, in a folder or at a URL; return its URL."""
    url = url or f"sqlite:///{folder}/ledger.db"
    make_ledger(url, OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/1")
    ledger = open_ledger(url)
    ledger.record(request("p", command="party register", ref="A", name="Alpha"))
    signing = {"title": "T", "kind": "memorandum", "parties": [{"party": "A"}]}
    ledger.record(request("e", command="engagement sign", engagement="E", **signing))
    ledger.close()
    return url


def request(name: str, /, **members: object) -> Request:
    """Return a request with an id."""
    return Request(commands=(command_from(members),), actor="staff/1", id=name)


def forked(work: Callable[[int], None]) -> tuple[int, int]:
    """Start a process that does `work` with the writing end of a pipe; return its id and the reading end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        code = 1
        try:
            work(writing)
            code = 0
        except Exception:  # noqa: BLE001 - whatever it was, the test shows it
            traceback.print_exc(file=sys.__stderr__)  # what pytest captures stays in this process
        finally:
            sys.stdout.flush()
            os._exit(code)
    os.close(writing)
    return child, reading


def drained(reading: int) -> str:
    """Return the whole output of a process, to its end."""
    output = b""
    while part := os.read(reading, 65536):
        output += part
    os.close(reading)
    return output.decode()


def killed(child: int) -> None:
    """Kill a process with SIGKILL, and wait for its end."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
