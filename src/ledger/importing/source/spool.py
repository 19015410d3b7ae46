"""The spool of an import: a temporary database with the records of a file and the decisions about its rows.

It bounds memory for long files. Data that fits in its cache never reaches the disk; the rest goes to an unnamed file,
which disappears with the process.
"""

import sqlite3
from collections.abc import Iterator
from itertools import islice
from typing import Any, Generic, TypeVar

import msgspec

from ledger.importing.decision import DecidedRow
from ledger.importing.source.rows import RegisterRow
from ledger.importing.source.table import Record
from ledger.stores.sqlite.translation import translated

CACHE_KIB = 32 * 1024
WHERE = "a temporary file"
"""The name of the spool in the error DiskFull."""
BATCH = 1_000
"""The number of rows in one write."""
SETUP = (
    f"PRAGMA cache_size = -{CACHE_KIB}",
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "CREATE TABLE records (number INTEGER PRIMARY KEY, line INTEGER, cells BLOB, reference BLOB, day TEXT, row BLOB)",
    "CREATE TABLE decisions (place INTEGER PRIMARY KEY, data BLOB)",
)

R = TypeVar("R", bound=RegisterRow)


class Spool(Generic[R]):
    """The records of a file, their rows, and the decisions about the rows, each in order.

    Every method raises DiskFull if there is no room for the temporary file.
    """

    def __init__(self, kind: type[R]) -> None:
        """Start an empty spool for rows of this class."""
        self._db = sqlite3.connect("", isolation_level=None)
        self._encode = msgspec.msgpack.Encoder().encode
        self._rows = msgspec.msgpack.Decoder(kind)
        self._decided = msgspec.msgpack.Decoder(DecidedRow)
        self._waiting: list[tuple[Any, ...]] = []
        self.records = 0
        """The number of records."""
        self.rows = 0
        """The number of records that are rows."""
        with translated(WHERE):
            for statement in SETUP:
                self._db.execute(statement)

    def close(self) -> None:
        """Delete the spool."""
        self._db.close()

    def add(self, record: Record, row: R | None, reference: str) -> None:
        """Add a record with its row, or None if it has faults. `reference` is empty if the record has none."""
        encoded, day = (None, None) if row is None else (self._encode(row), row.on)
        self.records += 1
        self.rows += row is not None
        cells = _bytes("\0".join(record.cells))
        self._waiting.append(
            (record.number, record.line, cells, _bytes(reference) if reference else None, day, encoded)
        )
        if len(self._waiting) >= BATCH:
            self._write("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)")

    def drop_repeated(self) -> Iterator[tuple[int, int, str, int]]:
        """Finish adding, and drop the rows whose reference an earlier record has.

        Yield the number and line of each such record, its reference, and the number of the first record with it.
        """
        self._write("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)")
        with translated(WHERE):
            self._db.execute("CREATE INDEX by_reference ON records (reference)")
            query = (
                "SELECT number, line, reference, (SELECT min(number) FROM records WHERE reference = record.reference)"
                " FROM records AS record WHERE reference IN"
                " (SELECT reference FROM records GROUP BY reference HAVING count(*) > 1) ORDER BY number"
            )
            repeated = [record for record in self._db.execute(query) if record[0] != record[3]]
            for number, *_ in repeated:
                update = "UPDATE records SET row = NULL WHERE number = ? AND row IS NOT NULL"
                self.rows -= self._db.execute(update, (number,)).rowcount
        for number, line, reference, first in repeated:
            yield number, line, _text(reference), first

    def has(self, reference: str) -> bool:
        """Return whether a record has this reference."""
        return self._fetch_one("SELECT 1 FROM records WHERE reference = ?", _bytes(reference)) is not None

    def record(self, number: int) -> Record:
        """Return a record by its number."""
        line, cells = self._fetch_one("SELECT line, cells FROM records WHERE number = ?", number)
        return Record(number, line, _text(cells).split("\0"))

    def row(self, number: int) -> R | None:
        """Return the row of a record; None if it has faults."""
        (row,) = self._fetch_one("SELECT row FROM records WHERE number = ?", number)
        return None if row is None else self._rows.decode(row)

    def first(self, count: int) -> Iterator[tuple[Record, R | None]]:
        """Yield the first `count` records with their rows."""
        with translated(WHERE):
            numbers = self._db.execute("SELECT number FROM records ORDER BY number LIMIT ?", (count,)).fetchall()
        yield from ((self.record(number), self.row(number)) for (number,) in numbers)

    def rows_by_day(self) -> Iterator[R]:
        """Yield the rows in the order of their days; rows of the same day in file order."""
        with translated(WHERE):
            for (data,) in self._db.execute("SELECT row FROM records WHERE row IS NOT NULL ORDER BY day, number"):
                yield self._rows.decode(data)

    def add_decision(self, decided: DecidedRow) -> None:
        """Add the decision about the next row."""
        self._waiting.append((self._encode(decided),))
        if len(self._waiting) >= BATCH:
            self._write("INSERT INTO decisions (data) VALUES (?)")

    def decisions(self, size: int) -> Iterator[list[DecidedRow]]:
        """Finish adding decisions; yield them in batches of `size` rows."""
        self._write("INSERT INTO decisions (data) VALUES (?)")
        with translated(WHERE):
            cursor = self._db.execute("SELECT data FROM decisions ORDER BY place")
            while batch := [self._decided.decode(data) for (data,) in islice(cursor, size)]:
                yield batch

    def _write(self, query: str) -> None:
        with translated(WHERE):
            self._db.execute("BEGIN")
            self._db.executemany(query, self._waiting)
            self._db.execute("COMMIT")
        self._waiting.clear()

    def _fetch_one(self, query: str, value: object) -> Any:
        with translated(WHERE):
            return self._db.execute(query, (value,)).fetchone()


def _bytes(text: str) -> bytes:
    # These texts are not validated yet: no cell has a NUL, but one may have half of a surrogate pair.
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
