"""Rows about recording: one command a transaction, many entries a transaction, and a register from its file."""

import csv
import gc
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.floors import INSERT, insert_many, raw_log, stored
from benchmarks.histories import grow, opening
from benchmarks.measuring import Place, Watch, Work
from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request, command_from
from ledger.domain.organisation.settings import OpenLedger
from ledger.format.entry import Entry, read
from ledger.importing.profile.load import load_profile
from ledger.importing.requests import Options
from ledger.importing.run import run_import
from ledger.stores.log_reader import EntryRow
from stories import story
from stories.generate import CURRENCY, ORGANIZATION, ORIGIN
from stories.recording import StoryClock, keep
from stories.rng import Rng
from stories.timed_command import written

BATCH = 1_000
PARTIES = 500
"""The maximum number of parties in a register of the benchmarks."""
TYPES = ("Academia", "Private sector", "Government", "Intergovernmental organization")
REGIONS = ("Africa", "Americas", "Arab States", "Asia and the Pacific", "Europe")


OPENING = OpenLedger(origin=ORIGIN, reporting_currency=CURRENCY, organization=ORGANIZATION)
"""The first command of the ledger of a story."""


def commands(place: Place) -> int:
    """Return the number of commands that are recorded one by one."""
    return min(1_000, place.size // 20)


def requests_of(place: Place, attachments: Path) -> list[tuple[Any, Request]]:
    """Return the first commands of a story with their times; the files that they attach are stored."""
    requests = []
    for line in islice(story(1, 400, range(2021, 2026)), commands(place)):
        keep(line, attachments)
        request = Request(
            commands=(command_from(line.command),),
            actor=line.actor,
            effective_on=written(line.on),
            reason=line.reason,
            id=line.id,
        )
        requests.append((line.moment, request))
    return requests


def _single(place: Place, watch: Watch) -> None:
    """Record the commands of a story, each in a transaction of its own, at the times of the story."""
    url = f"sqlite:///{place.own}/ledger.db"
    clock = StoryClock(datetime(2021, 1, 1, 7, 30, tzinfo=UTC))
    make_ledger(url, OPENING, "staff/reg-1", clock, id="story-1")
    requests = requests_of(place, place.own / "attachments")
    ledger = open_ledger(url, clock)
    watch.count = len(requests)
    with watch:
        for moment, request in requests:
            clock.moment = moment
            ledger.record(request)
    ledger.close()


def _single_floor(place: Place, watch: Watch) -> None:
    """Insert the entries of the same commands, each command in a transaction."""
    url = f"sqlite:///{place.shared}/story-1-400.db"
    by_command: dict[str, list[EntryRow]] = {}
    for row in stored(url, 2, 2 + 3 * commands(place)):
        by_command.setdefault(row.command, []).append(row)
    wanted = list(by_command.values())[: commands(place)]
    db = raw_log(place.own)
    watch.count = len(wanted)
    with watch:
        for rows in wanted:
            db.execute("BEGIN IMMEDIATE")
            for row in rows:
                db.execute(INSERT, row)
            db.execute("COMMIT")
    db.close()


def batches(place: Place, watch: Watch) -> None:
    """Append entries by the ledger's own way: encode, index, hash, extend the tree, insert; 1,000 a transaction."""
    rows = stored(grow(place.shared, place.size), 1, place.size // 2)
    entries = [read(row.data) for row in rows]
    ledger = _empty(place.own)
    append_all(ledger, entries, watch)


def append_all(ledger: Ledger, entries: list[Entry], watch: Watch) -> None:
    """Append entries to a ledger, 1,000 a transaction, and close it."""
    watch.count = len(entries)
    gc.collect()
    with watch:
        for start in range(0, len(entries), BATCH):
            with ledger.store.writing():
                ledger.save(*entries[start : start + BATCH])
    ledger.close()


def _empty(folder: Path) -> Ledger:
    from ledger.stores.sqlite.creation import create  # noqa: PLC0415

    url = f"sqlite:///{folder}/ledger.db"
    create(url)
    return open_ledger(url)


def _batches_floor(place: Place, watch: Watch) -> None:
    """Insert the same encoded entries."""
    rows = [tuple(row) for row in stored(grow(place.shared, place.size), 1, place.size // 2)]
    db = raw_log(place.own)
    watch.count = len(rows)
    gc.collect()
    with watch:
        for start in range(0, len(rows), BATCH):
            insert_many(db, rows[start : start + BATCH])
    db.close()


def _register(place: Place) -> Path:
    """Write a register of agreements as a CSV file from a seed, and return its path."""
    rows = max(20, place.size // 20)
    path = place.shared / f"register-{rows}.csv"
    if path.exists():
        return path
    columns = (
        "reference title kind partners partner_types memberships partner_countries itu_unit region priority signed_on"
        " starts_on ends_on currency partner_amount itu_amount basis"
    ).split()
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(columns)
        for number in range(rows):
            rng = Rng("register", number)
            party = rng.below(min(PARTIES, rows))
            year = rng.between(2018, 2024)
            day = f"{year}-{rng.between(1, 12):02}-{rng.between(1, 28):02}"
            out.writerow([
                f"REG-{number:07}", f"Partnership agreement {number}", "partnership agreement",
                f"Illustrative partner {party * 7919 % 99991:05}", TYPES[party % 4], "", "", "Registry",
                rng.pick(REGIONS), "", day, day, f"{year + 2}-12-31", "USD",
                f"{rng.between(1, 900_000)}.00", f"{rng.below(9_000)}.00",
                "illustrative",
            ])  # fmt: skip
    return path


def _import(place: Place, watch: Watch) -> None:
    """Import the register from its file, end to end."""
    url = f"sqlite:///{place.own}/ledger.db"
    make_ledger(url, opening(), "staff/1")
    ledger = open_ledger(url)
    profile, options = load_profile("tdag25"), Options(actor="staff/1", reason=None, effective_on=None, correct=False)
    with watch:
        outcome = run_import(ledger, profile, _register(place), options)
    assert not outcome.faults, outcome.faults[:3]
    watch.count = outcome.entries
    ledger.close()


def _imported(place: Place) -> Path:
    path = place.shared / f"imported-{place.size}" / "ledger.db"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        own = Place(place.shared, path.parent, place.size, place.large)
        _import(own, Watch())
    return path


def _import_floor(place: Place, watch: Watch) -> None:
    """Insert the entries that the import of the register records."""
    rows = [tuple(row) for row in stored(f"sqlite:///{_imported(place)}", 2, 2**40)]
    db = raw_log(place.own)
    watch.count = len(rows)
    with watch:
        for start in range(0, len(rows), BATCH):
            insert_many(db, rows[start : start + BATCH])
    db.close()


def _prepare(place: Place) -> None:
    grow(place.shared, place.size)
    _imported(place)


WORKS = (
    Work("record: one command a transaction", "raw INSERT and commit", 0.80, _single, _single_floor, prepare=_prepare),
    Work("append: 1,000 entries a transaction", "raw executemany", 0.50, batches, _batches_floor, prepare=_prepare),
    Work("import a register from CSV", "raw executemany", 0.15, _import, _import_floor, prepare=_prepare),
)
