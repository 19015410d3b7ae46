"""Rows about the log in PostgreSQL, on a local server that is started for them and syncs to the disk.

Every side has its own database. The floor is psycopg on the same table with the same keys, without triggers, tree
and rules: an INSERT and a commit for each command, or COPY.
"""

import atexit
import gc
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import psycopg

from benchmarks.floors import stored
from benchmarks.histories import grow
from benchmarks.measuring import Place, Watch, Work
from benchmarks.writing import BATCH, OPENING, append_all, commands, requests_of
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request, command_from
from ledger.format.entry import read
from ledger.stores.log_reader import EntryRow
from ledger.stores.postgres.migrate import create
from stories.recording import StoryClock
from tests.postgres.server import Server, new_folder

TABLE = """
CREATE TABLE entries (
  position bigint PRIMARY KEY, stream text COLLATE "C" NOT NULL, version integer NOT NULL,
  type text COLLATE "C" NOT NULL, recorded_at text COLLATE "C" NOT NULL, effective_on text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL, command text COLLATE "C" NOT NULL, leaf bytea NOT NULL, data bytea NOT NULL,
  UNIQUE (stream, version)
)
"""
INSERT = "INSERT INTO entries VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
WRITERS = 8
_started: list[Server] = []


def _prepare(place: Place) -> None:
    """Start the server once for all rows; it stops at the end of the run."""
    grow(place.shared, place.size)
    if not _started:
        server = Server(new_folder() / "data")
        server.make()
        _started.append(server)
        atexit.register(stop)
        server.start()
        connection = {"data": str(server.data), "password": server.password, "port": server.port}
        (place.shared / "postgres.json").write_text(json.dumps(connection), "utf-8")


def stop() -> None:
    """Stop the server of the rows."""
    while _started:
        _started.pop().remove()


def _url(place: Place) -> str:
    connection = json.loads((place.shared / "postgres.json").read_text("utf-8"))
    server = Server(Path(connection["data"]), (), connection["password"], connection["port"])
    name = f"bench_{secrets.token_hex(6)}"
    with psycopg.connect(server.url(), autocommit=True) as db:
        db.execute(f"CREATE DATABASE {name}")
    return server.url(name)


def _single(place: Place, watch: Watch) -> None:
    """Record the commands of a story, each in a transaction of its own, at the times of the story."""
    url, clock = _url(place), StoryClock(datetime(2021, 1, 1, 7, 30, tzinfo=UTC))
    make_ledger(url, OPENING, "staff/reg-1", clock, id="story-1")
    attachments = place.own / "attachments"
    requests = requests_of(place, attachments)
    ledger = open_ledger(url, clock, attachments=attachments)
    watch.count = len(requests)
    with watch:
        for moment, request in requests:
            clock.moment = moment
            ledger.record(request)
    ledger.close()


@contextmanager
def _raw(place: Place) -> Iterator[psycopg.Connection]:
    with psycopg.connect(_url(place), autocommit=True) as db:
        db.execute(TABLE)
        yield db


def _single_floor(place: Place, watch: Watch) -> None:
    """Insert the entries of the same number of commands, each command in a transaction."""
    by_command: dict[str, list[EntryRow]] = {}
    for row in stored(f"sqlite:///{place.shared}/story-1-400.db", 2, place.size):
        by_command.setdefault(row.command, []).append(row)
    wanted = list(islice(by_command.values(), commands(place)))
    watch.count = len(wanted)
    with _raw(place) as db, watch:
        for rows in wanted:
            with db.transaction():
                for row in rows:
                    db.execute(INSERT, row)


def _batches(place: Place, watch: Watch) -> None:
    """Append entries by the ledger's own way, 1,000 a transaction."""
    entries = [read(row.data) for row in stored(grow(place.shared, place.size), 1, place.size // 4)]
    url = _url(place)
    create(url)
    ledger = open_ledger(url)
    append_all(ledger, entries, watch)


def _batches_floor(place: Place, watch: Watch) -> None:
    """Copy the same encoded entries into the table."""
    rows = [tuple(row) for row in stored(grow(place.shared, place.size), 1, place.size // 4)]
    watch.count = len(rows)
    gc.collect()
    with _raw(place) as db, watch:
        for start in range(0, len(rows), BATCH):
            with db.transaction(), db.cursor().copy("COPY entries FROM STDIN") as copy:
                for row in rows[start : start + BATCH]:
                    copy.write_row(row)


def _written(place: Place, watch: Watch, writers: int) -> None:
    """Register the same number of parties in total by several concurrent processes."""
    url = _url(place)
    make_ledger(url, OPENING, "staff/reg-1")
    number = max(4, commands(place) // WRITERS)
    watch.count = number * WRITERS
    with watch:
        children = [_forked(url, of, watch.count // writers) for of in range(writers)]
        for child in children:
            assert os.waitpid(child, 0)[1] == 0


def _forked(url: str, of: int, number: int) -> int:
    child = os.fork()
    if child == 0:
        done = 1
        try:
            _register(url, of, number)
            done = 0
        finally:
            os._exit(done)
    return child


def _register(url: str, of: int, number: int) -> None:
    ledger = open_ledger(url)
    for index in range(number):
        command = command_from({"command": "party register", "name": f"Illustrative party {of} {index}"})
        ledger.record(Request(commands=(command,), actor="staff/1"))
    ledger.close()


def _eight(place: Place, watch: Watch) -> None:
    _written(place, watch, WRITERS)


def _one(place: Place, watch: Watch) -> None:
    _written(place, watch, 1)


WORKS: tuple[Work, ...] = (
    Work(
        "PostgreSQL, record: one command a transaction", "raw INSERT and commit", 0.80, _single, _single_floor,
        prepare=_prepare,
    ),
    Work("PostgreSQL, append: 1,000 entries a transaction", "COPY", 0.60, _batches, _batches_floor, prepare=_prepare),
    Work("PostgreSQL, 8 writers at once", "one writer", 1.0, _eight, _one, prepare=_prepare),
)  # fmt: skip
