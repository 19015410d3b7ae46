"""Other programs on the same events: event stores compared with ours, accounting programs with `ledger totals`.

Programs that are not installed are reported as absent. The eventsourcing library comes with the ledger; Beancount's
queries (`beanquery`) and UmaDB (`umadb`) install from the package index, hledger and ledger-cli from a distribution.
Accounting programs read a journal of the same movements of money, and add up what was signed by payer.
"""

import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

from benchmarks.floors import stored
from benchmarks.histories import grow
from benchmarks.measuring import Place, Watch, Work
from benchmarks.screens import follow
from benchmarks.starts import LEDGER, run
from benchmarks.writing import BATCH, batches
from projections.runner.cache import cache_path

UMADB = "from umadb.umadb_server_cli import main; main()"
OURS = ("totals", "--by", "party", "--measure", "signed", "--format", "json")


def _recorder_batches(place: Place, watch: Watch) -> None:
    """Insert the same encoded entries by the library's own recorder, 1,000 a transaction."""
    rows = stored(grow(place.shared, place.size), 1, place.size // 2)
    events = [StoredEvent(uuid5(NAMESPACE_URL, row.stream), row.version, row.type, row.data) for row in rows]
    recorder = SQLiteApplicationRecorder(SQLiteDatastore(str(place.own / "peer.db")))
    recorder.create_table()
    watch.count = len(events)
    with watch:
        for start in range(0, len(events), BATCH):
            recorder.insert_events(events[start : start + BATCH])


def _umadb_batches(place: Place, watch: Watch) -> None:
    """Append the same encoded entries to an UmaDB server, which syncs each append, 1,000 at a time."""
    umadb = import_module("umadb")
    rows = stored(grow(place.shared, place.size), 1, place.size // 2)
    events = [umadb.Event(event_type=row.type, data=row.data, tags=[row.stream]) for row in rows]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{free.getsockname()[1]}"
    words = [sys.executable, "-c", UMADB, "--listen", at, "--db-path", str(place.own / "uma.db")]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        client = _connected(umadb, f"http://{at}")
        watch.count = len(events)
        with watch:
            for start in range(0, len(events), BATCH):
                client.append(events[start : start + BATCH])
        assert client.head() == len(events)
    finally:
        server.terminate()
        server.wait()


def _connected(umadb: Any, url: str) -> Any:
    end = time.monotonic() + 30
    while True:
        try:
            client = umadb.Client(url)
            client.head()
        except Exception:  # any error while the server starts
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return client


def _journal(place: Place) -> Path:
    """Write the money of the history as a journal that all three programs read, and return its path."""
    path = place.shared / f"money-{place.large}.journal"
    if not path.exists():
        db = sqlite3.connect(cache_path(grow(place.shared, place.large)))
        names: dict[str, None] = {}
        with path.open("w", encoding="utf-8") as out:
            out.writelines(_transactions(db, names))
        opened = "".join(f"1900-01-01 open {name}\n" for name in ("Equity:Counter", *names))
        path.with_suffix(".beancount").write_text(f'{opened}include "{path.name}"\n', "utf-8")
    return path


def _transactions(db: sqlite3.Connection, names: dict[str, None]) -> Iterator[str]:
    query = (
        "SELECT effective_on, entry, measure, party, currency, minor FROM money WHERE known_to IS NULL ORDER BY 1, 2"
    )
    for on, entry, measure, party, currency, minor in db.execute(query):
        name = f"Assets:{measure.title()}:{(party or 'Order').title().replace('.', '-')}"
        names[name] = None
        yield f'{on} * "entry {entry}"\n  {name}  {minor} {currency}\n  Equity:Counter  {-minor} {currency}\n\n'


def _history(place: Place) -> None:
    grow(place.shared, place.size)


def _prepare(place: Place) -> None:
    follow(grow(place.shared, place.large))
    _journal(place)


def _totals(place: Place, watch: Watch) -> None:
    """Sum the signed amounts by payer."""
    url = grow(place.shared, place.large)
    with watch:
        run(place.own, LEDGER, "--url", url, *OURS)


def _balance(words: tuple[str, ...], suffix: str, place: Place, watch: Watch) -> None:
    path = str(_journal(place).with_suffix(suffix))
    with watch:
        run(place.own, *(word.replace("FILE", path) for word in words))


def _programs() -> Iterator[tuple[str, str | None, tuple[str, ...], str]]:
    """Yield the name of each program, its path, its arguments, and the suffix of its journal."""
    query = "SELECT account, sum(position) WHERE account ~ '^Assets:Signed' GROUP BY account"
    beside_python = Path(sys.executable).with_name("bean-query")
    yield "hledger", shutil.which("hledger"), ("-f", "FILE", "balance", "Assets:Signed"), ".journal"
    yield "ledger-cli", shutil.which("/usr/bin/ledger"), ("-f", "FILE", "balance", "Assets:Signed"), ".journal"
    path = shutil.which("bean-query") or shutil.which(str(beside_python))
    yield "bean-query", path, ("FILE", query), ".beancount"


_HAS_UMADB = find_spec("umadb") is not None
ABSENT = (
    *(f"{name} is not installed" for name, path, _, _ in _programs() if path is None),
    *(() if _HAS_UMADB else ("umadb is not installed",)),
)
WORKS = (
    Work(
        "append: 1,000 entries a transaction", "eventsourcing, SQLite", None, batches, _recorder_batches, runs=3,
        prepare=_history,
    ),
    *(
        Work(
            "append: 1,000 entries a transaction, and UmaDB", "umadb", None, batches, _umadb_batches, runs=3,
            prepare=_history,
        )
        for _ in range(_HAS_UMADB)
    ),
    *(
        Work(
            f"totals by payer, and {name}", name, None, _totals, partial(_balance, (path, *words), suffix),
            runs=1, clock="processor", prepare=_prepare,
        )
        for name, path, words, suffix in _programs()
        if path is not None
    ),
)  # fmt: skip
