"""What is checked of a SQLite file before any of its tables is read: it may come from a stranger.

SQLite runs what a file's schema says. A view or a generated column may compute without end, a trigger may write, a
journal next to the file is rolled back into it, and pages may refer to each other in a circle. So a file is opened in
this order: no journal lies next to it; its schema has nothing that runs when a table is read; and in a file that is
small enough to check at once, no page is referred to twice. Values are bounded in length by a limit of the connection.
"""

import re
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from ledger.stores.errors import Damaged, ForeignJournal, ForeignSchema
from ledger.stores.sqlite.schema import TABLES, TRIGGERS

MAX_VALUE = 1 << 20
"""The longest value or row that is read, in bytes: an entry has at most 65,535."""
CHECKED_BYTES = 1 << 21
"""Files up to this size are checked for circles of pages, which takes 2 ms for 1 MB."""
_INTERVAL, _MAX_STEPS = 10_000, 5_000_000
"""How often the steps of SQLite are counted while it reads the schema and the pages, and how many there may be."""
_MAX_FAULTS = 100
_JOURNAL_SECONDS = 1.0
"""How long another process may take to commit where the file is not in write-ahead mode."""
_PLAIN = re.compile(r"CREATE (TABLE|TRIGGER|(UNIQUE )?INDEX)\b", re.ASCII)
"""Statements of the schema that run nothing when a table is read, except generated columns."""


def check_journal(path: Path, url: str) -> None:
    """Refuse a file with a rollback journal next to it, since to open it changes it. Raises ForeignJournal, OSError."""
    end = time.monotonic() + _JOURNAL_SECONDS
    journal = path.resolve()
    journal = journal.with_name(journal.name + "-journal")
    while _is_hot(journal):
        if time.monotonic() > end:
            raise ForeignJournal(url, journal.name)
        time.sleep(0.05)


def _is_hot(journal: Path) -> bool:
    # SQLite empties a journal, removes it, or overwrites its beginning with zeros once its transaction is complete.
    try:
        with journal.open("rb") as file:
            return file.read(1) not in (b"", b"\0")
    except FileNotFoundError:
        return False


def check_content(db: sqlite3.Connection, url: str) -> str | None:
    """Check the schema, and the pages of a small file; return what is foreign in the schema, although it does not run.

    Raises ForeignSchema, Damaged, sqlite3.Error.
    """
    steps = 0

    def count() -> bool:
        nonlocal steps
        steps += _INTERVAL
        return steps > _MAX_STEPS

    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
    db.execute("PRAGMA trusted_schema = OFF")
    db.set_progress_handler(count, _INTERVAL)
    try:
        rows = db.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
        found = [*differences(rows)]
        if found and (what := _running(db, rows)) is not None:
            raise ForeignSchema(url, f"its file has {what}, which no ledger has")
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
        if pages * size <= CHECKED_BYTES and _has_circle(db):
            raise Damaged(url, "its pages refer to each other in a circle")
        return next((what for code, what in found if not code.startswith("missing-")), None)
    finally:
        db.set_progress_handler(None, 0)


def _running(db: sqlite3.Connection, rows: list[tuple[str, str, str]]) -> str | None:
    """Return what of the schema runs when a table is read, or None."""
    for kind, name, text in rows:
        if type(text) is not str or not _PLAIN.match(text):
            return f"the {kind} {name}"
    for name in TABLES:
        hidden = db.execute("SELECT name FROM pragma_table_xinfo(?) WHERE hidden > 0", (name,)).fetchone()
        if hidden is not None:
            return f"the generated column {name}.{hidden[0]}"
    return None


def _has_circle(db: sqlite3.Connection) -> bool:
    # Faults of the trees of pages come first, in one row; the next rows are found by reading what is in them.
    (faults,) = db.execute("SELECT quick_check FROM pragma_quick_check(?) LIMIT 1", (_MAX_FAULTS,)).fetchone()
    return "2nd reference to page" in str(faults) or str(faults).count("\n") >= _MAX_FAULTS


def differences(rows: list[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    """Yield how a schema (rows of type, name and text) differs from that of a ledger: a code of step 1, a sentence."""
    made = {("table", name): text for name, text in TABLES.items()}
    made |= {("trigger", name): text for name, text in TRIGGERS.items()}
    # By kind as well: a trigger may bear the name of a table.
    for kind, name, text in rows:
        if (kind, name) not in made:
            yield "foreign-schema", f"{name} does not belong to a ledger"
        elif made.pop((kind, name)) != text:
            yield "changed-schema", f"{name} was changed"
    for kind, name in made:
        yield f"missing-{kind}", f"{name} is missing"
