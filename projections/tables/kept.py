"""The statements that SQLAlchemy makes of queries, kept as text, and reading with them.

`sqlite.sql` has a statement for each note of a query that screens and lists make of projections at the end of the log.
`python -m tests.projections.statements` writes it, and a test makes all of them again. SQLAlchemy makes what is not
kept, so that what a query finds does not depend on the file.
"""

import hashlib
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projections.tables.noted import Note, Noted, of_sqlalchemy

if TYPE_CHECKING:
    from sqlalchemy import Connection, Executable

FILE = Path(__file__).with_name("sqlite.sql")
TABLE = "table "
"""What the name of a table begins with, in the file: its columns follow, and not a statement."""
_NO_TABLES = ("IS_STEP",)
"""What `schema` has besides tables for queries."""
_LIST = "__[POSTCOMPILE_%s]"
"""How SQLAlchemy writes a list of values whose length is not known."""
_EMPTY = "SELECT 1 FROM (SELECT 1) WHERE 1!=1"
"""How it writes an empty one."""


def key_of(note: str) -> str:
    """Return the key under which the statement of a note is kept."""
    return hashlib.sha256(note.encode()).hexdigest()[:20]


class Kept:
    """Statements by the keys of their notes, and columns by table."""

    def __init__(self, text: str) -> None:
        """Read what is kept, in the form in which `text` writes it."""
        self.statements: dict[str, str] = {}
        self._columns: dict[str, list[str]] = {}
        for block in text.split("\n\n"):
            name, _, body = block.strip().removeprefix("-- ").partition("\n")
            if name.startswith(TABLE):
                table, _, columns = name.removeprefix(TABLE).partition(": ")
                self._columns[table] = columns.split(", ")
            elif body:
                self.statements[name] = body

    @property
    def tables(self) -> Iterable[str]:
        """The names of all tables."""
        return self._columns.keys()

    def columns(self, table: str) -> list[str]:
        """Return the columns of a table; other names of `schema` have none. Raises AttributeError for no such name."""
        if table in self._columns or table in _NO_TABLES:
            return self._columns.get(table, [])
        from projections.tables import schema  # noqa: PLC0415 - a table that is new

        return [*getattr(schema, table).columns.keys()]

    def statement(self, query: Noted, note: str) -> str:
        """Return the statement of a query with this note."""
        key = key_of(note)
        if key not in self.statements:
            self.statements[key] = made(query)
        return self.statements[key]


@cache
def kept() -> Kept:
    """Return what is kept in the file."""
    return Kept(FILE.read_text("utf-8") if FILE.exists() else "")


def written(tables: Mapping[str, Sequence[str]], statements: Mapping[str, str]) -> str:
    """Return the content of the file with these columns of tables, and these statements."""
    blocks = [f"-- {TABLE}{table}: {', '.join(columns)}" for table, columns in sorted(tables.items())]
    blocks += [f"-- {key}\n{statement}" for key, statement in sorted(statements.items())]
    return "\n\n".join(blocks) + "\n"


def made(query: Noted) -> str:
    """Return the statement that SQLAlchemy makes of a query; its values are the parameters v0, v1, and so on."""
    from sqlalchemy import bindparam  # noqa: PLC0415 - it is loaded only for what is not kept

    def parameter(number: int, value: Any, is_list: bool) -> Any:
        return bindparam(f"v{number}", list(value) if is_list else value, expanding=is_list)

    compiled = of_sqlalchemy(query, parameter).compile(dialect=_dialect())
    statement = "\n".join(line.strip() for line in str(compiled).splitlines())
    for name, value in compiled.params.items():
        if not name.startswith("v"):  # the offset 0 that SQLAlchemy adds to a limit
            statement = statement.replace(f":{name}", str(int(value)))
    return statement


@cache
def _dialect() -> Any:
    from sqlalchemy.dialects.sqlite.pysqlite import dialect  # noqa: PLC0415 - the same

    return dialect(paramstyle="named")


class Rows:
    """The rows that a statement finds."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        """Take the cursor of the statement."""
        self._cursor = cursor

    def plain(self) -> list[Any]:
        """Return the rows as tuples."""
        return self._cursor.fetchall()

    def first(self) -> Any:
        """Return the first row, or None."""
        return self._cursor.fetchone()

    def scalar(self) -> Any:
        """Return the first value of the first row, or None."""
        row = self._cursor.fetchone()
        return None if row is None else row[0]

    def scalars(self) -> Iterator[Any]:
        """Yield the first value of each row."""
        return (row[0] for row in self._cursor)

    def all(self) -> list[Any]:
        """Return the rows, whose values are attributes too, by the names of the columns."""
        return list(self)

    def __iter__(self) -> Iterator[Any]:
        return map(_row(tuple(column[0] for column in self._cursor.description)), self._cursor)


@cache
def _row(names: tuple[str, ...]) -> Callable[[Iterable[Any]], Any]:
    """Return what makes a row of its values: `_make`, without a Python function for each row."""
    # A named tuple whose names are those of the statement has no class to be written.
    return partial(tuple.__new__, namedtuple("Row", names, rename=True))  # noqa: PYI024


def run(db: "Connection | sqlite3.Connection", query: "Noted | Executable") -> Rows:
    """Return the rows that a query finds in the projections."""
    if not isinstance(db, sqlite3.Connection):
        if not db.in_transaction():
            db.begin()  # what is read is of one snapshot
        raw = db.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        db = raw
    if isinstance(query, Noted):
        note = Note(query)
        if note.is_whole:
            return Rows(db.execute(*_filled(kept().statement(query, note.text), note.values)))
    compiled: Any = of_sqlalchemy(query).compile(dialect=_dialect(), compile_kwargs={"render_postcompile": True})
    return Rows(db.execute(str(compiled), compiled.params))


def _filled(statement: str, values: Sequence[Any]) -> tuple[str, dict[str, Any]]:
    """Return a statement with its values, in which each list of values has the length that it has."""
    filled: dict[str, Any] = {}
    for number, value in enumerate(values):
        name = f"v{number}"
        if isinstance(value, str | int):
            filled[name] = value
            continue
        own = {f"{name}_{place}": item for place, item in enumerate(value)}
        statement = statement.replace(_LIST % name, ", ".join(f":{item}" for item in own) or _EMPTY)
        filled |= own
    return statement, filled
