"""Rows about read commands on a large log: processor time beyond that on an empty ledger, and memory."""

import subprocess
import time
from functools import partial

from benchmarks.histories import grow, opening
from benchmarks.measuring import Place, Watch, Work, peak_memory
from benchmarks.starts import LEDGER
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request, command_from
from ledger.verify.procedure import verify_log
from projections.runner.cache import cache_path
from projections.runner.follow import catch_up
from projections.runner.place import engine_at

COMMANDS = {
    "status": ("status", "--format", "json"),
    "totals": ("totals", "--by", "party-type", "--measure", "signed", "--format", "json"),
    "partnerships": ("report", "partnerships", "--year", "2024", "--format", "json"),
}
NOW, THEN, MORE = 0.3, 1.2, 0.4
"""Allowed seconds beyond the empty ledger: now, as known earlier, and after recording one more engagement."""


def _run(watch: Watch, url: str, command: str, *more: str) -> None:
    with watch:
        subprocess.run([LEDGER, "--url", url, *COMMANDS[command], *more], check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def follow(url: str) -> None:
    """Catch up the projections of a ledger with its log."""
    ledger = open_ledger(url)
    engine = engine_at(cache_path(url))
    catch_up(ledger, engine)
    engine.dispose()
    ledger.close()


def _now(command: str, place: Place, watch: Watch) -> None:
    """Show the present state."""
    _run(watch, grow(place.shared, place.large), command)


def _then(command: str, place: Place, watch: Watch) -> None:
    """Show the state as known at nine tenths of the log."""
    url = grow(place.shared, place.large)
    ledger = open_ledger(url)
    known = ledger.command_at(place.large * 9 // 10)[-1]
    ledger.close()
    _run(watch, url, command, "--known-at", str(known))


def _more(command: str, place: Place, watch: Watch) -> None:
    """Show the state after one more engagement was signed."""
    url = grow(place.shared, place.large)
    sign_one(url)
    _run(watch, url, command)


def sign_one(url: str) -> None:
    """Record one more engagement with a contribution."""
    ledger = open_ledger(url)
    members = {
        "command": "engagement sign", "engagement": f"MORE-{time.time_ns()}", "title": "One more",
        "kind": "partnership agreement", "parties": [{"party": "P00001.0"}], "unit": "IDS",
        "contributions": [{"by": "P00001.0", "amount": {"currency": "USD", "value": "100.00"}}],
    }  # fmt: skip
    ledger.record(Request(commands=(command_from(members),), actor="staff/1"))
    ledger.close()


def _empty(command: str, place: Place, watch: Watch) -> None:
    """Show the same for an empty ledger."""
    url = f"sqlite:///{place.own}/ledger.db"
    make_ledger(url, opening(), "staff/1")
    follow(url)
    _run(watch, url, command)


def _prepare(place: Place) -> None:
    follow(grow(place.shared, place.large))


def _verify(place: Place, watch: Watch) -> None:
    """Verify the log."""
    ledger = open_ledger(grow(place.shared, place.large))
    with watch:
        verify_log(ledger.store)
    watch.figure = peak_memory() / 1024
    ledger.close()


def _rebuild(place: Place, watch: Watch) -> None:
    """Build all projections from the log."""
    ledger = open_ledger(grow(place.shared, place.large))
    engine = engine_at(place.own / "projections.db")
    with watch:
        catch_up(ledger, engine)
    watch.figure = peak_memory() / 1024
    engine.dispose()
    ledger.close()


def _screens() -> list[Work]:
    works = []
    for command in COMMANDS:
        floor = partial(_empty, command)
        for label, side, target in (("now", _now, NOW), ("as known earlier", _then, THEN), ("one more", _more, MORE)):
            name = f"{command}, {label}"
            works.append(
                Work(
                    name,
                    "empty ledger",
                    target,
                    partial(side, command),
                    floor,
                    "beyond",
                    runs=3,
                    clock="processor",
                    prepare=_prepare,
                )
            )
    return works


WORKS = (
    *_screens(),
    Work("memory: verify the log", "", 300, _verify, kind="below", unit="MB", runs=1, prepare=_prepare),
    Work("memory: rebuild all projections", "", 300, _rebuild, kind="below", unit="MB", runs=1, prepare=_prepare),
)
