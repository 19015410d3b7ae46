"""Costs on logs of different sizes: a cost that grows without need is a defect.

Each figure is processor time of this process or of a command, the minimum of a few runs: other processes can only
add to it.
"""

import subprocess
from collections.abc import Callable
from pathlib import Path

from benchmarks.histories import grow
from benchmarks.measuring import processor_time
from benchmarks.screens import COMMANDS, follow, sign_one
from benchmarks.starts import LEDGER
from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.tlog.proof import inclusion_proof
from projections.runner.cache import cache_path
from projections.runner.follow import catch_up
from projections.runner.place import engine_at

RUNS = 5
SHOWN = "CAP-2021-007.0"
"""An engagement of every history."""


def table(folder: Path, sizes: list[int]) -> list[list[str]]:
    """Return the table of costs, with a column for each size."""
    columns = [_measured(grow(folder, size)) for size in sizes]
    lines = [["what", *(f"{size:,} entries" for size in sizes)]]
    lines += [[name, *(column[name] for column in columns)] for name in columns[0]]
    return lines


def _measured(url: str) -> dict[str, str]:
    follow(url)
    ledger = open_ledger(url)
    engine = engine_at(cache_path(url))
    times = {
        "file of the log": _megabytes(Path(url.removeprefix("sqlite:///"))),
        "file of the projections": _megabytes(cache_path(url)),
        "open the ledger, sign one engagement more": _least(lambda: sign_one(url)),
        "follow one engagement more": _least(lambda: catch_up(ledger, engine), before=lambda: sign_one(url)),
        "load an engagement": _least(lambda: ledger.fold(f"engagement/{SHOWN}")),
        "prove an entry": _least(lambda: _prove(ledger)),
        "command: show an engagement": _command(url, "engagement", "show", SHOWN),
    }
    times |= {f"command: {' '.join(words[:-2])}": _command(url, *words) for words in COMMANDS.values()}
    engine.dispose()
    ledger.close()
    return times


def _prove(ledger: Ledger) -> None:
    size = ledger.store.head().size
    inclusion_proof(size * 7919 % size, size, ledger.store)


def _command(url: str, *words: str) -> str:
    command = [LEDGER, "--url", url, *words]
    return _least(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))  # noqa: S603


def _least(work: Callable[[], object], before: Callable[[], object] = lambda: None) -> str:
    """Return the minimum processor time of a few runs, in milliseconds."""
    taken = []
    for _ in range(RUNS):
        before()
        began = processor_time()
        work()
        taken.append(processor_time() - began)
    milliseconds = min(taken) * 1000
    return f"{milliseconds:,.0f} ms" if milliseconds >= 10 else f"{milliseconds:.2f} ms"


def _megabytes(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:,.0f} MB"
