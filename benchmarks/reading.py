"""Rows about reading the log: all of it as typed events, one engagement, and rebuilding the projections."""

import sqlite3
from pathlib import Path

import msgspec
from sqlalchemy.schema import CreateIndex, CreateTable

from benchmarks.floors import raw_read
from benchmarks.histories import grow, opening
from benchmarks.measuring import Place, Side, Watch, Work
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request, command_from
from ledger.format.entry import Entry, read
from projections.runner.follow import catch_up
from projections.runner.place import engine_at
from projections.tables.schema import ASSERTIONS

LONG = 1_000
"""The number of events of the long engagement."""
LOADS = 100
NEAR = 2
"""How much the number of events of an engagement may differ from ten, to find enough of them."""


def _typed(place: Place, watch: Watch) -> None:
    """Read all entries as typed events, in order."""
    ledger = open_ledger(grow(place.shared, place.size))
    with watch:
        watch.count = sum(1 for _, data in ledger.store.entries() if read(data).version)
    ledger.close()


def _typed_floor(place: Place, watch: Watch) -> None:
    """Read all bytes in order and decode each with the same types."""
    db, decoder = raw_read(grow(place.shared, place.size)), msgspec.json.Decoder(Entry)
    with watch:
        count = 0
        for (data,) in db.execute("SELECT data FROM entries ORDER BY position"):
            decoder.decode(data)
            count += 1
    watch.count = count


def _rebuild(place: Place, watch: Watch) -> None:
    """Build all projections from the log."""
    ledger = open_ledger(grow(place.shared, place.size))
    engine = engine_at(place.own / "projections.db")
    with watch:
        watch.count = catch_up(ledger, engine)
    engine.dispose()
    ledger.close()


def _rebuilt(place: Place) -> Path:
    path = place.shared / f"projections-{place.size}.db"
    if not path.exists():
        ledger = open_ledger(grow(place.shared, place.size))
        engine = engine_at(path)
        catch_up(ledger, engine)
        engine.dispose()
        ledger.close()
    return path


def _rebuild_floor(place: Place, watch: Watch) -> None:
    """Read and decode all entries, and insert the same number of rows into the same tables with their indexes."""
    made = sqlite3.connect(_rebuilt(place))
    rows = {table.name: made.execute(f"SELECT * FROM {table.name}").fetchall() for table in ASSERTIONS}  # noqa: S608
    made.close()
    log, decoder = raw_read(grow(place.shared, place.size)), msgspec.json.Decoder(Entry)
    db = sqlite3.connect(place.own / "raw.db", isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    from sqlalchemy.dialects.sqlite import dialect  # noqa: PLC0415

    for table in ASSERTIONS:
        db.execute(str(CreateTable(table).compile(dialect=dialect())))
        for index in table.indexes:
            db.execute(str(CreateIndex(index).compile(dialect=dialect())))
    with watch:
        count = 0
        for (data,) in log.execute("SELECT data FROM entries ORDER BY position"):
            decoder.decode(data)
            count += 1
        for name, values in rows.items():
            if values:
                db.execute("BEGIN")
                db.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(values[0]))})", values)  # noqa: S608
                db.execute("COMMIT")
    watch.count = count


def _engagement(place: Place) -> str:
    """Create, unless it exists, a ledger with an engagement of 1,000 events, some voided, and return its URL."""
    path = place.shared / "long.db"
    url = f"sqlite:///{path}"
    if path.exists():
        return url
    half = place.shared / "half-long.db"
    half.unlink(missing_ok=True)
    make_ledger(f"sqlite:///{half}", opening(), "staff/1")
    ledger = open_ledger(f"sqlite:///{half}")
    with ledger.recording() as unit:

        def ask(**members: object) -> None:
            unit.perform(Request(commands=(command_from(members),), actor="staff/1", effective_on="2024-01-02"))

        ask(command="party register", name="Long Partner", ref="P00001")
        pledge = {"by": "P00001", "amount": {"currency": "USD", "value": "9000000.00"}}
        signed = {"title": "Long", "kind": "consultancy", "parties": [{"party": "P00001"}], "contributions": [pledge]}
        ask(command="engagement sign", engagement="LONG", **signed)
        for number in range(LONG - 2 - LONG // 50):
            amount = {"currency": "USD", "value": f"{number + 1}.00"}
            ask(command="contribution receive", engagement="LONG", payer="P00001", amount=amount)
        head = unit.size()
        for number in range(LONG // 50):
            unit.perform(Request(commands=(command_from({
                "command": "void", "positions": [head - 7 * number], "reason": "Recorded twice",
            }),), actor="staff/1"))  # fmt: skip
    ledger.close()
    half.rename(path)
    return url


def _streams(place: Place, number: int) -> tuple[str, list[str]]:
    if number == LONG:
        return _engagement(place), ["engagement/LONG"] * LOADS
    url = grow(place.shared, place.size)
    db = raw_read(url)
    query = (
        "SELECT stream FROM entries WHERE stream LIKE 'engagement/%' GROUP BY stream"
        " HAVING abs(count(*) - ?) <= ? ORDER BY stream LIMIT 1000"
    )
    return url, [row[0] for row in db.execute(query, (number, NEAR))] * 3


def _load(number: int, place: Place, watch: Watch) -> None:
    url, streams = _streams(place, number)
    ledger = open_ledger(url)
    ledger.fold("ledger")
    watch.count = len(streams)
    with watch:
        for stream in streams:
            ledger.fold(stream)
    ledger.close()


def _load_floor(number: int, place: Place, watch: Watch) -> None:
    url, streams = _streams(place, number)
    db, decoder = raw_read(url), msgspec.json.Decoder(Entry)
    query = "SELECT data FROM entries WHERE stream = ? ORDER BY version"
    db.execute(query, ("ledger",)).fetchall()
    watch.count = len(streams)
    with watch:
        for stream in streams:
            for (data,) in db.execute(query, (stream,)):
                decoder.decode(data)


def _load_10(place: Place, watch: Watch) -> None:
    """Load engagements of ten events: their state, voids resolved."""
    _load(10, place, watch)


def _load_10_floor(place: Place, watch: Watch) -> None:
    """Read and decode the entries of the same engagements."""
    _load_floor(10, place, watch)


def _load_long(place: Place, watch: Watch) -> None:
    """Load the engagement of 1,000 events."""
    _load(LONG, place, watch)


def _load_long_floor(place: Place, watch: Watch) -> None:
    """Read and decode its entries."""
    _load_floor(LONG, place, watch)


def _prepare(place: Place) -> None:
    grow(place.shared, place.size)
    _rebuilt(place)
    _engagement(place)


DECODE = "SELECT and decode"


def _work(name: str, floor_name: str, target: float, ours: Side, floor: Side, runs: int = 5) -> Work:
    return Work(name, floor_name, target, ours, floor, runs=runs, clock="processor", prepare=_prepare)


WORKS = (
    _work("read all entries as typed events", DECODE, 0.60, _typed, _typed_floor),
    _work("rebuild all projections", f"{DECODE}, executemany", 0.40, _rebuild, _rebuild_floor, 3),
    _work("load an engagement of 10 events", DECODE, 0.50, _load_10, _load_10_floor),
    _work("load an engagement of 1,000 events", DECODE, 0.60, _load_long, _load_long_floor),
)
