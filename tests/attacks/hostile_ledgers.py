"""Ledger files of at most 1 MB that were made to hang a reader, to fill memory, or to run code of their maker.

Each builder changes a sound ledger file in place, or puts a file next to it. They are part of `hostile_files`.
"""
# ruff: noqa: S608 - the statements are made of constants

import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.attacks.forger import Forger

Builder = Callable[[Path], object]
"""Changes or makes the file at a path; what it returns means nothing."""
PAGE = 4096
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"


def statements(*texts: str) -> Builder:
    """Return the builder that runs SQL in the file, taken out of write-ahead mode, past its triggers."""

    def build(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = DELETE")
            for text in texts:
                db.execute(text)

    return build


def _view(table: str, query: str) -> Builder:
    return statements(f"DROP TABLE {table}", f"CREATE VIEW {table} AS {query}")


def _columns(table: str, **changed: str) -> Builder:
    """Return the builder that makes a table again with some columns generated."""
    names = {
        "head": "id size recorded_at hashes root",
        "entries": "position stream version type recorded_at effective_on actor command leaf data",
    }[table].split()
    kept = [name for name in names if name not in changed]
    made = ", ".join([*kept, *(f"{name} AS ({text})" for name, text in changed.items())])
    return statements(
        f"CREATE TABLE other AS SELECT {', '.join(kept)} FROM {table}",
        f"DROP TABLE {table}",
        f"CREATE TABLE {table} ({made})",
        f"INSERT INTO {table} ({', '.join(kept)}) SELECT * FROM other",
        "DROP TABLE other",
    )


def _disguised(path: Path) -> None:
    """Make a view that the schema calls a table."""
    _view("head", f"{ENDLESS} SELECT count(*) AS size, '' AS recorded_at, x'' AS hashes, x'' AS root FROM n")(path)
    statements("PRAGMA writable_schema = ON", "UPDATE sqlite_schema SET type = 'table' WHERE name = 'head'")(path)


def _circle(name: str) -> Builder:
    """Return the builder that makes a table or index look endless: 16 levels of pages, on each of which 200 are one."""

    def build(path: Path) -> None:
        statements("VACUUM")(path)
        with closing(sqlite3.connect(path)) as db:
            (root,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
        pages = bytearray(path.read_bytes())
        is_index = pages[(root - 1) * PAGE] in (2, 10)
        leaf, levels = bytes(pages[(root - 1) * PAGE : root * PAGE]), 16
        first = len(pages) // PAGE + 1
        numbers = [root, *range(first, first + levels)]
        for number, child in pairwise(numbers):
            page = _index_page(leaf, child) if is_index else _table_page(child)
            if number == root:
                pages[(root - 1) * PAGE : root * PAGE] = page
            else:
                pages += page
        pages += leaf
        pages[28:32] = struct.pack(">I", len(pages) // PAGE)
        path.write_bytes(pages)

    return build


def _table_page(child: int) -> bytes:
    cell = struct.pack(">I", child) + b"\x01"
    return _interior(5, [cell] * 200, child)


def _index_page(leaf: bytes, child: int) -> bytes:
    # Its cells hold the first entry of the leaf, below each of which is the child.
    (at,) = struct.unpack(">H", leaf[8:10])
    size = leaf[at]
    cell = struct.pack(">I", child) + leaf[at : at + 1 + size]
    return _interior(2, [cell] * ((PAGE - 12) // (len(cell) + 2)), child)


def _interior(kind: int, cells: list[bytes], right: int) -> bytes:
    page, at, pointers = bytearray(PAGE), PAGE, b""
    for cell in cells:
        at -= len(cell)
        page[at : at + len(cell)] = cell
        pointers += struct.pack(">H", at)
    page[:12] = struct.pack(">BHHHBI", kind, 0, len(cells), at, 0, right)
    page[12 : 12 + len(pointers)] = pointers
    return bytes(page)


def _schema_circle(path: Path) -> None:
    """Page 1 refers to itself through 15 levels of pages, down to a row that names an index."""
    statements("VACUUM")(path)
    pages = bytearray(path.read_bytes())
    first, cells = len(pages) // PAGE + 1, 200
    body = _interior(5, [struct.pack(">I", first) + b"\x01"] * cells, first)
    start = PAGE - 5 * cells
    pages[100:PAGE] = body[: 12 + 2 * cells].ljust(start - 100, b"\0") + body[start:]
    for number in range(first, first + 15):
        pages += _table_page(number + 1)
    pages += _leaf_of_schema()
    pages[28:32] = struct.pack(">I", len(pages) // PAGE)
    path.write_bytes(pages)


def _leaf_of_schema() -> bytes:
    name = b"sqlite_autoindex_commands_1"
    body = b"index" + name + b"commands" + b"\x03"
    header = bytes([6, 13 + 2 * 5, 13 + 2 * len(name), 13 + 2 * 8, 1, 0])
    record = header + body
    cell = bytes([len(record), 1]) + record
    page = bytearray(PAGE)
    at = PAGE - len(cell)
    page[at:] = cell
    page[:8] = struct.pack(">BHHHB", 13, 0, 1, at, 0)
    page[8:10] = struct.pack(">H", at)
    return bytes(page)


def _journal(path: Path) -> None:
    """Put a hot journal next to the file, which would give it the state before a transaction, or any other pages."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA cache_size = 1")
        db.execute("PRAGMA cache_spill = 1")
        db.execute("BEGIN IMMEDIATE")
        db.execute("CREATE TABLE more (x)")
        db.execute("INSERT INTO more SELECT randomblob(3000) FROM (VALUES (1), (2), (3), (4), (5), (6), (7), (8))")
        beside, half = path.with_name(f"{path.name}-journal").read_bytes(), path.read_bytes()
        db.execute("ROLLBACK")
    path.write_bytes(half)
    path.with_name(f"{path.name}-journal").write_bytes(beside)


def _wal(path: Path) -> None:
    """Put a write-ahead log next to the file with a transaction that puts a view in place of the head."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        before = path.read_bytes()
        db.execute("DROP TABLE head")
        db.execute(f"CREATE VIEW head AS {ENDLESS} SELECT count(*) AS size FROM n")
        log = path.with_name(f"{path.name}-wal").read_bytes()
    path.write_bytes(before)
    path.with_name(f"{path.name}-wal").write_bytes(log)


def _long_value(path: Path) -> None:
    """Write a value whose length is stated as two gigabytes, on pages that follow each other in a circle."""
    statements("DROP TRIGGER head_grows", "UPDATE head SET hashes = zeroblob(20000)", "VACUUM")(path)
    data = bytearray(path.read_bytes())
    for at in range(len(data) - 4):  # the cell of the head states its length, and so does the header of its row
        if data[at : at + 3] == (20000 * 2 + 12).to_bytes(3, "big") or data[at : at + 3] == b"\x82\xb8\x4c":
            data[at : at + 3] = b"\xff\xff\x7f"
    path.write_bytes(data)


def _deep_entry(path: Path) -> None:
    deep = b'{"actor":' + b"[" * 30_000 + b"]" * 30_000 + b"}"
    statements("DROP TRIGGER entries_stay", f"UPDATE entries SET data = x'{deep.hex()}' WHERE position = 5")(path)


def _large_numbers(path: Path) -> None:
    statements("DROP TRIGGER head_grows", f"UPDATE head SET size = {2**62}")(path)


def _appended(*events: tuple[str, dict[str, Any]]) -> Builder:
    """Return the builder that appends entries of any content, with a tree that has them."""

    def build(path: Path) -> None:
        forger = Forger(path)
        with forger.unguarded():
            for stream, event in events:
                forger.append(stream=stream, event=event)
        forger.close()

    return build


def _rate(rate: str) -> tuple[str, dict[str, Any]]:
    return "rate/EUR-USD", {"type": "rate.recorded", "base": "EUR", "quote": "USD", "rate": rate, "source": "S"}


def _committed(value: str, currency: str = "EUR") -> tuple[str, dict[str, Any]]:
    amount = {"currency": currency, "value": value}
    return "engagement/E1", {"type": "contribution.committed", "by": "A", "amount": amount}


def _signed(**members: Any) -> tuple[str, dict[str, Any]]:
    event = {"type": "engagement.signed", "title": "T", "kind": "memorandum", "parties": [{"party": "A"}], **members}
    return "engagement/E2", event


def _setting(name: str, value: Any) -> tuple[str, dict[str, Any]]:
    return "ledger", {"type": "setting.changed", "name": name, "value": value}


LEDGERS: dict[str, Builder] = {
    "a rate of 1e99999999": _appended(_rate("1e99999999"), _committed("1.00")),
    "a rate that is no number": _appended(_rate("abc"), _committed("1.00")),
    "a rate of nought": _appended(_rate("0"), _committed("1.00")),
    "a rate of 60,000 digits": _appended(_rate("9" * 60_000), _committed("1.00")),
    "200 amounts of 1E999990": _appended(*[_committed("1E999990")] * 200),
    "an amount of 60,000 digits": _appended(_committed("9" * 60_000 + ".00")),
    "an amount in no currency": _appended(_committed("1.00", "???")),
    "a share of 1e9999999 percent": _appended(_signed(regions=[{"code": "AFR", "percent": "1e9999999"}])),
    "a setting that is no number": _appended(_setting("rates.max-age-days", "abc"), _rate("1.1"), _committed("1.00")),
    "a setting that is no list": _appended(_setting("partnerships.kinds", "abc")),
    "a setting that is a list": _appended(_setting("materiality.threshold", ["abc"])),
    "a setting that there is not": _appended(_setting("organization", "Other")),
    "a date that there is not": _appended(_signed(starts_on="2026-99-99", ends_on="99999-01-01")),
    "a head without end": _view("head", f"{ENDLESS} SELECT 1 AS id, count(*) AS size, '' AS recorded_at FROM n"),
    "entries without end": _view(
        "entries",
        f"{ENDLESS} SELECT x AS position, 'a/' || x AS stream, 1 AS version, 't' AS type, '' AS recorded_at, "
        "'' AS effective_on, 'a' AS actor, 'c' AS command, zeroblob(32) AS leaf, zeroblob(9) AS data FROM n",
    ),
    "entries of a gigabyte": _view(
        "entries",
        "SELECT 1 AS position, 'a' AS stream, 1 AS version, 't' AS type, '' AS recorded_at, '' AS effective_on, "
        "'a' AS actor, 'c' AS command, zeroblob(32) AS leaf, zeroblob(1000000000) AS data",
    ),
    "a view that is called a table": _disguised,
    "a generated column of a gigabyte": _columns("entries", data="zeroblob(1000000000)"),
    "a generated column that is hard to match": _columns("head", recorded_at=f"'{'a' * 2000}' LIKE '{'%a' * 2000}b'"),
    "a virtual table": statements("DROP TABLE tiles", "CREATE VIRTUAL TABLE tiles USING fts5(level, number, hash)"),
    "a checkpoint without end": _view("checkpoints", f"{ENDLESS} SELECT x AS number, 1 AS size, x'' AS note FROM n"),
    "names without end": _view("names", f"{ENDLESS} SELECT 'a' || x AS key, 'a' AS stream, x AS position FROM n"),
    "a trigger that computes without end": statements(
        f"CREATE TRIGGER more BEFORE INSERT ON entries BEGIN SELECT count(*) FROM ({ENDLESS} SELECT x FROM n); END"
    ),
    "a condition that is hard to match": statements(
        f"CREATE TABLE more (x CHECK (x LIKE '{'%a' * 2000}b'))",
        f"INSERT INTO more SELECT '{'a' * 30000}' WHERE 0",
        "PRAGMA ignore_check_constraints = ON",
        f"INSERT INTO more VALUES ('{'a' * 30000}')",
    ),
    "entries in a circle of pages": _circle("entries"),
    "a head in a circle of pages": _circle("head"),
    "an index in a circle of pages": _circle("sqlite_autoindex_entries_1"),
    "a schema in a circle of pages": _schema_circle,
    "tiles in a circle of pages": _circle("tiles"),
    "a value of two gigabytes": _long_value,
    "an entry of 30,000 levels": _deep_entry,
    "a head of 2^62 entries": _large_numbers,
    "a journal next to it": _journal,
    "a write-ahead log next to it": _wal,
}
