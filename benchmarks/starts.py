"""Rows about cold starts: whole commands as new processes, compared with importing the libraries that they need."""

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.histories import opening
from benchmarks.measuring import Place, Watch, Work
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request, command_from

LEDGER = str(Path(sys.executable).with_name("ledger"))
TIMES = 5
CLICK = "import click"
CARRIER = "import click, msgspec, eventsourcing.application"
SIGN = {
    "command": "engagement sign", "engagement": "EX-1", "title": "Digital skills", "kind": "partnership agreement",
    "parties": [{"party": "P00001"}],
}  # fmt: skip


def run(folder: Path, *words: str, **env: str) -> None:
    """Run a program to its end in a folder, and discard its output."""
    subprocess.run(words, cwd=folder, env=os.environ | env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def _made(place: Place) -> Path:
    folder = place.own
    make_ledger(f"sqlite:///{folder}/ledger.db", opening(), "staff/1")
    ledger = open_ledger(f"sqlite:///{folder}/ledger.db")
    with ledger.recording() as unit:
        for members in ({"command": "party register", "name": "Example University"}, SIGN):
            unit.perform(Request(commands=(command_from(members),), actor="staff/1"))
    ledger.close()
    return folder


def _timed(place: Place, watch: Watch, *words: str, **env: str) -> None:
    folder = _made(place)
    run(folder, *words, **env)
    watch.count = TIMES
    with watch:
        for _ in range(TIMES):
            run(folder, *words, **env)


def _help(place: Place, watch: Watch) -> None:
    """Ask for help."""
    _timed(place, watch, LEDGER, "--help")


def _version(place: Place, watch: Watch) -> None:
    """Ask for the version."""
    _timed(place, watch, LEDGER, "--version")


def _completion(place: Place, watch: Watch) -> None:
    """Complete the name of a command like the shell."""
    variables = {"_LEDGER_COMPLETE": "bash_complete", "COMP_WORDS": "ledger eng", "COMP_CWORD": "1"}
    _timed(place, watch, LEDGER, **variables)


def _record(place: Place, watch: Watch) -> None:
    """Record one event."""
    words = ("contribution", "commit", "EX-1", "P00001", "USD 100.00")
    _timed(place, watch, LEDGER, *words, LEDGER_ACTOR="staff/1")


def _show(place: Place, watch: Watch) -> None:
    """Show one engagement."""
    _timed(place, watch, LEDGER, "engagement", "show", "EX-1")


def _click(place: Place, watch: Watch) -> None:
    """Import click and exit."""
    _timed(place, watch, sys.executable, "-c", CLICK)


def _carrier(place: Place, watch: Watch) -> None:
    """Import the libraries that recording needs, and exit."""
    _timed(place, watch, sys.executable, "-c", CARRIER)


WORKS = (
    Work("start: --help", CLICK, 1.3, _help, _click, kind="times", clock="processor"),
    Work("start: --version", CLICK, 1.3, _version, _click, kind="times", clock="processor"),
    Work("start: completion", CLICK, 1.3, _completion, _click, kind="times", clock="processor"),
    Work("start: record one event", CARRIER, 1.6, _record, _carrier, kind="times", clock="processor"),
    Work("start: show one engagement", CARRIER, 1.6, _show, _carrier, kind="times", clock="processor"),
)
