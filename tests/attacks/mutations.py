"""Random changes of bytes, of folders, and of database files, by their pages and by SQL."""

import random
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

LOOSEN = (
    "CREATE TABLE loose AS SELECT * FROM {table}", "DROP TABLE {table}", "ALTER TABLE loose RENAME TO {table}",
)  # fmt: skip
COUNT, UPDATE = "SELECT count(*) FROM {table}", "UPDATE {table} SET {column} = ? WHERE {where}"
GIANT = (
    b"9" * 30,
    b"18446744073709551616",
    b"9223372036854775808",
    b"-1",
    b"0",
    b"00",
    b"1e9",
    b"0.5",
    b"1" + b"0" * 5000,
)
PIECES = (
    b"\0", b"\n", b"\n\n", b"\r\n", b"\t", b" ", b"+", b"=", b"#", b"{", b'"', b"null", b"\xff", b"\xed\xa0\x80",
    b"\xef\xbb\xbf", b"\xe2\x80\x94 ", b"\xe2\x80\xae", b"[" * 70_000, b"\xff\xff" + b"[" * 65_535, b"A" * 100_000,
    b"\n\xe2\x80\x94 example.org/attacked AAAAAAA=\n", b"extra !\n", b"group g any g\n", b"quorum none\n", b"old 3\n",
    b"c2sp.org/tlog-proof@v1\n", b"SQLite format 3\0",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, 0, 1, -1, 7, 14, 2**31, 2**53, 2**63 - 1, -(2**63), 0.5, 1e308, "", "x", "1", "-1", "\n", "\0", "e\u0301",
    "\u202e", "x" * 70_000, "9999-12-31T23:59:59.999999Z", "party/A", "party/", "ledger", "{}", "[[[[",
    b"", b"\0", b"\xff" * 31, b"{}", b"[" * 60_000, bytes(32), bytes(1 << 20),
)  # fmt: skip
STATEMENTS = (
    "DROP TABLE {table}", "ALTER TABLE {table} RENAME TO moved", "ALTER TABLE {table} ADD COLUMN more",
    "ALTER TABLE {table} RENAME COLUMN {column} TO other", "ALTER TABLE {table} DROP COLUMN {column}",
    "CREATE INDEX more ON {table} ({column})", "CREATE VIEW more AS SELECT * FROM {table}",
    "CREATE TABLE more AS SELECT * FROM {table}", "CREATE TRIGGER more BEFORE INSERT ON {table} BEGIN SELECT 1; END",
    "DELETE FROM {table}", "INSERT OR REPLACE INTO {table} SELECT * FROM {table}", "PRAGMA user_version = 99",
    "PRAGMA application_id = 7", "PRAGMA journal_mode = DELETE", "VACUUM", "REINDEX",
    "UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '') WHERE name = '{table}'",
    "UPDATE sqlite_schema SET sql = 'CREATE TABLE {table} (x)' WHERE name = '{table}'",
    "UPDATE sqlite_schema SET sql = 'nothing' WHERE name = '{table}'",
    "UPDATE sqlite_schema SET rootpage = 3 WHERE name = '{table}'", "DELETE FROM sqlite_schema WHERE name = '{table}'",
)  # fmt: skip


def of_bytes(chance: random.Random, data: bytes, others: Sequence[bytes] = ()) -> bytes:
    """Return bytes with one random change."""
    kind = chance.choice((_flipped, _numbered, _shuffled, _spliced, _spliced, _spliced, _spliced, _exchanged))
    return kind(chance, data, others)


def _spliced(chance: random.Random, data: bytes, _: Sequence[bytes] = ()) -> bytes:
    """Truncate, remove, insert, double or blank a part."""
    at, end = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
    block = data[at : at + chance.randrange(1, 600)]
    blank = bytes([chance.choice((0, 255))]) * (end - at)
    random_bytes, piece = chance.randbytes(chance.randrange(1, 40)), chance.choice(PIECES)
    ways = (
        data[:at], data[:at] + data[end:], data[:at] + random_bytes + data[at:], data[:at] + piece + data[at:],
        data[:at] + block + data[at:], data[:end] + block + data[end + len(block) :], data[:at] + blank + data[end:],
    )  # fmt: skip
    return chance.choice(ways)


def _shuffled(chance: random.Random, data: bytes, _: Sequence[bytes] = ()) -> bytes:
    lines = data.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def _exchanged(chance: random.Random, _: bytes, others: Sequence[bytes] = ()) -> bytes:
    return chance.choice(others) if others else b""


def _flipped(chance: random.Random, data: bytes, _: Sequence[bytes] = ()) -> bytes:
    changed = bytearray(data)
    for _flip in range(chance.randrange(1, 9) if data else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _numbered(chance: random.Random, data: bytes, _: Sequence[bytes] = ()) -> bytes:
    numbers = list(re.finditer(rb"[0-9]+", data[:100_000]))
    if not numbers:
        return data + chance.choice(GIANT)
    number = chance.choice(numbers)
    return data[: number.start()] + chance.choice(GIANT) + data[number.end() :]


def of_folder(chance: random.Random, folder: Path) -> None:
    """Make one random change to the files of a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    if not paths:
        return
    one, other = chance.choice(paths), chance.choice(paths)
    data = one.read_bytes()
    name = one.with_name(
        chance.choice(["000", "13", "9", "1", "checkpoint", "x000", "..", "\udcff", "a\tb", "x" * 255])
    )
    kind = chance.randrange(16)
    if kind < 9:
        one.write_bytes(of_bytes(chance, data, [path.read_bytes() for path in paths]))
        return
    with suppress(OSError):  # a name may be taken by a folder
        match kind:
            case 9:
                one.unlink()
            case 10:
                one.write_bytes(other.read_bytes())
                other.write_bytes(data)
            case 11:
                one.rename(name)
            case 12:
                name.write_bytes(data)
            case 13:
                one.unlink()
                one.symlink_to(chance.choice([other, folder, folder.parent / "absent", one]))
            case 14:
                one.unlink()
                one.mkdir()
            case _:
                (folder / "/".join(["deep"] * chance.randrange(1, 60))).mkdir(parents=True)


def of_database(chance: random.Random, path: Path, others: Sequence[bytes]) -> None:
    """Make one random change to a database file: to its bytes, its pages, its journal files, or by SQL."""
    data = path.read_bytes()
    match chance.randrange(10):
        case 0:
            path.write_bytes(of_bytes(chance, data, others))
        case 1:
            path.write_bytes(_flipped(chance, data))
        case 2:
            path.write_bytes(_header(chance, data))
        case 3 | 4:
            path.write_bytes(_pages(chance, data))
        case 5:
            beside = path.with_name(path.name + chance.choice(["-wal", "-shm", "-journal"]))
            beside.write_bytes(chance.choice([b"", chance.randbytes(200), data, data[:4096]]))
        case _:
            with suppress(sqlite3.Error), closing(sqlite3.connect(path, isolation_level=None)) as db:
                by_sql(chance, db)


def _header(chance: random.Random, data: bytes) -> bytes:
    # The first 100 bytes say how large pages are, how many there are, which are free, and which format it is.
    at = chance.randrange(100)
    return data[:at] + chance.randbytes(chance.randrange(1, 5)) + data[at + chance.randrange(1, 5) :]


def _pages(chance: random.Random, data: bytes) -> bytes:
    size = int.from_bytes(data[16:18], "big") or 4096
    pages = [data[at : at + size] for at in range(0, len(data), size)]
    one, other = chance.randrange(len(pages)), chance.randrange(len(pages))
    match chance.randrange(6):
        case 0:
            pages[one] = bytes([chance.choice((0, 255))]) * size
        case 1:
            pages[one], pages[other] = pages[other], pages[one]
        case 2:
            pages[one] = pages[other]
        case 3:
            pages[one] = _flipped(chance, pages[one])
        case 4:  # the head of a page, and the places of its cells
            pages[one] = chance.randbytes(chance.choice((4, 8, 12, 64))) + pages[one][64:]
        case _:
            del pages[one:]
    return b"".join(pages)


def by_sql(chance: random.Random, db: sqlite3.Connection) -> None:
    """Make one random change by SQL, without triggers. Raises sqlite3.Error if that is not possible."""
    db.execute("PRAGMA writable_schema = ON")
    db.execute("PRAGMA synchronous = OFF")
    triggers = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    try:
        for _ in range(chance.randrange(1, 4)):
            with suppress(sqlite3.Error):
                _edit(chance, db)
    finally:
        for _, text in triggers if chance.random() < 0.9 else ():
            with suppress(sqlite3.Error):
                db.execute(text)


class _Table:
    """A table and one of its columns, for use in statements."""

    def __init__(self, db: sqlite3.Connection, table: str, chance: random.Random) -> None:
        self.db = db
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        self.names = {"table": table, "column": chance.choice(columns or ["x"]), "where": "1"}

    def run(self, statement: str, *values: Any) -> Any:
        """Run a statement; return the first value of its first row."""
        row = self.db.execute(statement.format(**self.names), values).fetchone()
        return row[0] if row else None


def _edit(chance: random.Random, db: sqlite3.Connection) -> None:
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    table = _Table(db, chance.choice(names or ["entries"]), chance)
    if chance.random() < 0.25:
        table.run(chance.choice(STATEMENTS))
        return
    if chance.random() < 0.4:  # a table that takes any value, and two rows of one key
        for statement in LOOSEN:
            table.run(statement)
    if chance.random() < 0.8:
        table.names["where"] = f"rowid = {chance.randrange(table.run(COUNT) + 2)}"
    kind = chance.randrange(6)
    if kind < 3:
        table.run(UPDATE, chance.choice(VALUES))
    elif kind == 3:
        table.run("DELETE FROM {table} WHERE {where}")
    elif kind == 4:
        table.run("INSERT INTO {table} SELECT * FROM {table} WHERE {where}")
    else:
        value = table.run("SELECT CAST({column} AS BLOB) FROM {table} WHERE {where}") or b""
        storage = table.run("SELECT typeof({column}) FROM {table} WHERE {where}")
        table.names["type"] = "TEXT" if storage == "text" else "BLOB"
        table.run(UPDATE.replace("?", "CAST(? AS {type})"), of_bytes(chance, value))
