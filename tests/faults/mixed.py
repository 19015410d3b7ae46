"""Processes of every kind at work on one ledger, each until a time, and what each of them reports."""

import contextlib
import hashlib
import io
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cli.main import run
from ledger.application.open import open_ledger
from tests.faults.processes import drained, forked, request

PROFILE = 'kind = "parties"\n[columns]\nreference = "ref"\nname = "name"\n'
ROWS = 30
"""The number of rows of one import."""
Report = dict[str, Any]
Work = Callable[[str, Path, Callable[[], bool]], Iterator[Report]]


def answer(*words: str) -> tuple[int, str, str]:
    """Run a command; return its exit code and what it printed on both outputs."""
    printed, errors = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(errors):
        code = run(words)
        printed.flush()
    assert isinstance(printed.buffer, io.BytesIO)
    return code, printed.buffer.getvalue().decode(), errors.getvalue()


def name_of(text: str) -> str:
    """Return a name that is like no other."""
    return f"Party {hashlib.sha256(text.encode()).hexdigest()[:16]}"


def record(who: str, folder: Path, is_over: Callable[[], bool]) -> Iterator[Report]:
    """Record by single commands, each of which opens the ledger; every tenth is given twice."""
    number = 0
    while not is_over():
        number += 1
        words = ("party", "register", name_of(f"{who} {number}"), "--command-id", f"{who}:{number}")
        for _ in range(2 if number % 10 == 0 else 1):
            began = time.monotonic()
            code, _, errors = answer(*words)
            yield {"code": code, "errors": errors, "ids": [f"{who}:{number}"], "seconds": time.monotonic() - began}
        time.sleep(0.02)


def stream(who: str, folder: Path, is_over: Callable[[], bool]) -> Iterator[Report]:
    """Record one command after the other on one connection."""
    ledger, number = open_ledger(os.environ["LEDGER_URL"]), 0
    while not is_over():
        number += 1
        ledger.record(request(f"{who}:{number}", command="party register", name=name_of(f"{who} {number}")))
        yield {"code": 0, "ids": [f"{who}:{number}"]}
    ledger.close()


def bring(who: str, folder: Path, is_over: Callable[[], bool]) -> Iterator[Report]:
    """Import one register after the other."""
    number = 0
    while not is_over():
        number += 1
        (folder / f"{who}.toml").write_text(PROFILE)
        rows = "".join(f",{name_of(f'{who} {number} {row}')}\n" for row in range(ROWS))
        (folder / f"{who}.csv").write_text("ref,name\n" + rows)
        code, _, errors = answer("import", str(folder / f"{who}.toml"), str(folder / f"{who}.csv"))
        yield {"code": code, "errors": errors, "rows": ROWS}


def read(who: str, folder: Path, is_over: Callable[[], bool]) -> Iterator[Report]:
    """Ask for the overview, which states what it was read from."""
    while not is_over():
        code, text, errors = answer("status", "--format", "json")
        yield {"code": code, "errors": errors, "status": json.loads(text) if code == 0 else None}


def verify(who: str, folder: Path, is_over: Callable[[], bool]) -> Iterator[Report]:
    """Verify the log and the projections."""
    while not is_over():
        code, text, errors = answer("verify")
        yield {"code": code, "errors": text + errors if code else ""}


def back_up(who: str, folder: Path, is_over: Callable[[], bool]) -> Iterator[Report]:
    """Write a backup, restore it, and verify what was restored."""
    while not is_over():
        backup, restored = folder / f"{who}.zip", folder / f"{who}.db"
        for path in (backup, restored):
            path.unlink(missing_ok=True)
        place = ("--url", f"sqlite:///{restored}")
        for words in (("backup", str(backup)), (*place, "restore", str(backup)), (*place, "verify", "--log-only")):
            code, text, errors = answer(*words)
            yield {"code": code, "errors": text + errors if code else ""}
            if code:
                return


def publish(who: str, folder: Path, is_over: Callable[[], bool]) -> Iterator[Report]:
    """Sign a checkpoint and publish the log."""
    while not is_over():
        for words in (("checkpoint",), ("publish", str(folder / "published"))):
            code, text, errors = answer(*words)
            yield {"code": code, "errors": text + errors if code else ""}
        time.sleep(0.2)


KINDS: dict[str, tuple[Work, int]] = {
    "record": (record, 6), "stream": (stream, 2), "import": (bring, 2), "read": (read, 3), "verify": (verify, 1),
    "backup": (back_up, 1), "publish": (publish, 1),
}  # fmt: skip
"""What the 16 processes do, and how many do it."""


def work(folder: Path, seconds: float) -> dict[str, list[Report]]:
    """Let all processes work for `seconds` on the ledger at LEDGER_URL; return their reports by kind.

    Nothing of SQLite or PostgreSQL may be open in this process. Raises AssertionError if a process fails.
    """
    end = time.monotonic() + seconds

    def report(kind: str, who: str, writing: int) -> None:
        for each in KINDS[kind][0](who, folder, lambda: time.monotonic() > end):
            os.write(writing, json.dumps({**each, "who": who, **_held()}).encode() + b"\n")

    names = [(kind, f"{kind}{number}") for kind, (_, count) in KINDS.items() for number in range(count)]
    started = [(kind, *forked(lambda writing, k=kind, w=who: report(k, w, writing))) for kind, who in names]  # type: ignore[misc]
    reports: dict[str, list[Report]] = {kind: [] for kind in KINDS}
    for kind, _, reading in started:
        reports[kind] += [json.loads(line) for line in _lines(reading)]
    ended = {who: os.waitpid(child, 0)[1] for (_, who), (_, child, _) in zip(names, started, strict=True)}
    assert {} == {who: status for who, status in ended.items() if status}
    return reports


def _held() -> dict[str, int]:
    """Return what this process holds: its resident memory in bytes, and its open files; nothing where /proc is not."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return {"memory": pages * os.sysconf("SC_PAGE_SIZE"), "files": len(os.listdir("/proc/self/fd"))}  # noqa: PTH208
    except OSError:
        return {}


def _lines(reading: int) -> list[str]:
    return drained(reading).splitlines()
