"""What an import keeps of its file and decides about it: in a temporary database, so that no file is too long.

What fits into its cache never reaches the disk; the rest goes to a file without a name, which is gone with the process.
"""

import sqlite3
from collections.abc import Iterator
from itertools import islice
from typing import Any, Generic, TypeVar

import msgspec

from ledger.importing.decision import DecidedRow
from ledger.importing.source.rows import RegisterRow
from ledger.importing.source.table import Record
from ledger.stores.sqlite.connection import translated

CACHE_KIB = 32 * 1024
WHERE = "a temporary file"
"""What is told to be full, if it is."""
BATCH = 1_000
"""So many rows are written at once."""
SETUP = (
    f"PRAGMA cache_size = -{CACHE_KIB}",
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "CREATE TABLE records (number INTEGER PRIMARY KEY, line INTEGER, cells BLOB, reference BLOB, day TEXT, row BLOB)",
    "CREATE TABLE decisions (place INTEGER PRIMARY KEY, data BLOB)",
)

R = TypeVar("R", bound=RegisterRow)


class Spool(Generic[R]):
    """The records of a file, the rows that they are, and what was decided about these, each in its order.

    Any method raises DiskFull where there is no room for a temporary file.
    """

    def __init__(self, kind: type[R]) -> None:
        """Start with nothing; rows will be of this kind."""
        self._db = sqlite3.connect("", isolation_level=None)
        self._encode = msgspec.msgpack.Encoder().encode
        self._rows = msgspec.msgpack.Decoder(kind)
        self._decided = msgspec.msgpack.Decoder(DecidedRow)
        self._waiting: list[tuple[Any, ...]] = []
        self.records = 0
        """How many records there are."""
        self.rows = 0
        """How many of them are rows, `drop` apart."""
        with translated(WHERE):
            for statement in SETUP:
                self._db.execute(statement)

    def close(self) -> None:
        """Forget everything."""
        self._db.close()

    def add(self, record: Record, row: R | None, reference: str) -> None:
        """Keep a record: as a row, or with what is wrong told elsewhere; `reference` is empty if it has none."""
        told, day = (None, None) if row is None else (self._encode(row), row.on)
        self.records += 1
        self.rows += row is not None
        cells = _bytes("\0".join(record.cells))
        self._waiting.append((record.number, record.line, cells, _bytes(reference) if reference else None, day, told))
        if len(self._waiting) >= BATCH:
            self._write("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)")

    def drop_repeated(self) -> Iterator[tuple[int, int, str, int]]:
        """End the adding of records; yield the number and line of each whose reference another had before it.

        With them come the reference and the number of its first record. They are no rows any more.
        """
        self._write("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)")
        with translated(WHERE):
            self._db.execute("CREATE INDEX by_reference ON records (reference)")
            again = (
                "SELECT number, line, reference, (SELECT min(number) FROM records WHERE reference = one.reference)"
                " FROM records AS one WHERE reference IN"
                " (SELECT reference FROM records GROUP BY reference HAVING count(*) > 1) ORDER BY number"
            )
            found = [one for one in self._db.execute(again) if one[0] != one[3]]
            for number, *_ in found:
                gone = self._db.execute("UPDATE records SET row = NULL WHERE number = ? AND row IS NOT NULL", (number,))
                self.rows -= gone.rowcount
        for number, line, reference, first in found:
            yield number, line, _text(reference), first

    def has(self, reference: str) -> bool:
        """Return whether a record has this reference."""
        return self._fetch_one("SELECT 1 FROM records WHERE reference = ?", _bytes(reference)) is not None

    def record(self, number: int) -> Record:
        """Return a record by its number."""
        line, cells = self._fetch_one("SELECT line, cells FROM records WHERE number = ?", number)
        return Record(number, line, _text(cells).split("\0"))

    def row(self, number: int) -> R | None:
        """Return the row that a record is, if it is one."""
        (row,) = self._fetch_one("SELECT row FROM records WHERE number = ?", number)
        return None if row is None else self._rows.decode(row)

    def first(self, count: int) -> Iterator[tuple[Record, R | None]]:
        """Yield so many records from the first on, with the rows that they are."""
        with translated(WHERE):
            numbers = self._db.execute("SELECT number FROM records ORDER BY number LIMIT ?", (count,)).fetchall()
        yield from ((self.record(number), self.row(number)) for (number,) in numbers)

    def rows_by_day(self) -> Iterator[R]:
        """Yield the rows in the order of their days, those of one day as they stand in the file."""
        with translated(WHERE):
            for (data,) in self._db.execute("SELECT row FROM records WHERE row IS NOT NULL ORDER BY day, number"):
                yield self._rows.decode(data)

    def add_decision(self, decided: DecidedRow) -> None:
        """Keep what was decided about the next row."""
        self._waiting.append((self._encode(decided),))
        if len(self._waiting) >= BATCH:
            self._write("INSERT INTO decisions (data) VALUES (?)")

    def decisions(self, size: int) -> Iterator[list[DecidedRow]]:
        """End the deciding; yield all that was decided, so many rows at a time."""
        self._write("INSERT INTO decisions (data) VALUES (?)")
        with translated(WHERE):
            found = self._db.execute("SELECT data FROM decisions ORDER BY place")
            while part := [self._decided.decode(data) for (data,) in islice(found, size)]:
                yield part

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
    # Texts of a file that was not judged yet: no cell holds a NUL, but one may hold half of a surrogate pair.
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
