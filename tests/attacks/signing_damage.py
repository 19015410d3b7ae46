"""Damage to what is stored, made by a generator: every column of every table, in every way that its type allows.

Each kind is a few statements that both stores take: `?` stands for a value. Left out is what no log can tell: the
digest of a command, which is no evidence; and the last checkpoint deleted, which leaves the state before it was signed.
"""
# ruff: noqa: S608 - all parts of statements are constants of this module

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

Execute = Callable[..., list[tuple[Any, ...]]]
"""Runs a statement with its values, and returns rows."""


class Damage(NamedTuple):
    """A kind of damage: its name, and the statements with their values."""

    name: str
    statements: tuple[tuple[str, tuple[Any, ...]], ...]


class TableShape(NamedTuple):
    """A table: the columns that name a row, the columns that are damaged, and the condition on rows to take."""

    key: tuple[str, ...]
    columns: tuple[str, ...]
    rows: str


FORMER, SIZE = 300, 580
"""Entries at the last checkpoint, and entries of the log."""
NEW = FORMER + 1
TABLES = {
    "head": TableShape(("size",), ("size", "recorded_at", "hashes", "root"), "true"),
    "tiles": TableShape(("level", "number"), ("level", "number", "hash"), "true"),
    "commands": TableShape(("id",), ("id", "first", "count"), f"first >= {NEW}"),
    "names": TableShape(("key", "stream", "position"), ("key", "stream", "position"), f"position >= {NEW}"),
    "mentions": TableShape(("target", "position"), ("target", "position"), f"position >= {NEW}"),
    "checkpoints": TableShape(("number",), ("number", "size", "note"), "number = 2"),
    "entries": TableShape(
        ("position",),
        ("position", "stream", "version", "type", "recorded_at", "effective_on", "actor", "command", "leaf", "data"),
        f"position >= {NEW}",
    ),
}


def flipped(data: bytes, at: int, bit: int = 0) -> bytes:
    """Return bytes with one bit flipped."""
    return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


def values(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield ways in which a value can be damaged, each with what it becomes."""
    if isinstance(value, int):
        yield from ((f"by {more:+}", value + more) for more in (1, -1, 2, 1 << 40))
        yield "zero", 0
    elif isinstance(value, str):
        yield from (("longer", value + "x"), ("shorter", value[:-1]), ("empty", ""), ("as lower case", value.lower()))
        yield "one letter off", value[:-1] + chr(ord(value[-1]) ^ 1)
    else:
        places = sorted({0, 1, len(value) // 3, len(value) // 2, len(value) - 2, len(value) - 1})
        yield from ((f"bit {bit} of byte {at}", flipped(value, at, bit)) for at in places for bit in (0, 7))
        yield from (("longer", value + b"\0"), ("shorter", value[:-1]), ("empty", b""), ("zeroed", bytes(len(value))))
        yield "twice", value * 2
        yield "backwards", value[::-1]


def damages(execute: Execute) -> Iterator[Damage]:
    """Yield all kinds of damage to the ledger that `execute` reads."""
    for name, shape in TABLES.items():
        order = ", ".join(shape.key)
        found = execute(f"SELECT {order}, {', '.join(shape.columns)} FROM {name} WHERE {shape.rows} ORDER BY {order}")
        width = len(shape.key)
        chosen = [found[at] for at in sorted({0, len(found) // 2, len(found) - 1})]
        for row in chosen:
            yield from _of_row(name, shape, row[:width], dict(zip(shape.columns, row[width:], strict=True)))
        if len(found) > 1:
            yield from _of_pair(name, shape, found[0], found[-1])
    yield from _of_tree(execute)
    yield from _of_positions(execute)


def _where(shape: TableShape) -> str:
    return " AND ".join(f"{column} = ?" for column in shape.key)


def _of_row(table: str, shape: TableShape, key: tuple[Any, ...], row: dict[str, Any]) -> Iterator[Damage]:
    where = _where(shape)
    for column, value in row.items():
        for how, damaged in values(value):
            if damaged != value:
                statement = f"UPDATE {table} SET {column} = ? WHERE {where}"
                yield Damage(f"{table}.{column} of {key!r} {how}", ((statement, (damaged, *key)),))
    if table != "checkpoints":
        yield Damage(f"{table} without {key!r}", ((f"DELETE FROM {table} WHERE {where}", key),))
    if table in ("names", "mentions", "tiles"):
        columns = ", ".join(shape.columns)
        for column in shape.columns:
            if isinstance(row[column], bytes):
                continue
            more = f"{column} || 'x'" if isinstance(row[column], str) else f"{column} + 1"
            chosen = ", ".join(more if one == column else one for one in shape.columns)
            statement = f"INSERT INTO {table} ({columns}) SELECT {chosen} FROM {table} WHERE {where}"
            yield Damage(f"{table} with {key!r} twice, {column} changed", ((statement, key),))


def _of_pair(table: str, shape: TableShape, one: tuple[Any, ...], other: tuple[Any, ...]) -> Iterator[Damage]:
    """Swap a column that is not part of the key between two rows."""
    width, where = len(shape.key), _where(shape)
    for at, column in enumerate(shape.columns, width):
        if column not in shape.key and one[at] != other[at]:
            statement = f"UPDATE {table} SET {column} = ? WHERE {where}"
            swapped = ((statement, (other[at], *one[:width])), (statement, (one[at], *other[:width])))
            if (table, column) != ("entries", "version"):
                yield Damage(f"{table}.{column} of the first and last row swapped", swapped)


def _of_tree(execute: Execute) -> Iterator[Damage]:
    (hashes,) = execute("SELECT hashes FROM head")[0]
    nodes = [hashes[at : at + 32] for at in range(0, len(hashes), 32)]
    for number in range(len(nodes)):
        for at in (0, 15, 31):
            changed = [*nodes[:number], flipped(nodes[number], at), *nodes[number + 1 :]]
            yield Damage(f"hash {number} of the frontier, byte {at}", (_head(hashes=b"".join(changed)),))
        less, twice = [*nodes[:number], *nodes[number + 1 :]], [*nodes[:number], nodes[number], *nodes[number:]]
        yield Damage(f"the frontier without hash {number}", (_head(hashes=b"".join(less)),))
        yield Damage(f"the frontier with hash {number} twice", (_head(hashes=b"".join(twice)),))
    yield Damage("the frontier in another order", (_head(hashes=b"".join(reversed(nodes))),))
    (root,) = execute("SELECT root FROM head")[0]
    for at in range(32):
        yield Damage(f"byte {at} of the root", (_head(root=flipped(root, at, at % 8)),))
    (first,), (second,) = execute("SELECT hash FROM tiles WHERE level = 1 ORDER BY number")
    swap = "UPDATE tiles SET hash = ? WHERE level = 1 AND number = ?"
    yield Damage("two tile hashes swapped", ((swap, (second, 0)), (swap, (first, 1))))
    for at in range(0, 32, 4):
        yield Damage(f"byte {at} of a tile hash before the last checkpoint", ((swap, (flipped(first, at), 0)),))
        yield Damage(f"byte {at} of a tile hash since the last checkpoint", ((swap, (flipped(second, at), 1)),))
    yield Damage("no tile hashes", (("DELETE FROM tiles", ()),))
    yield Damage("a tile hash too many", (("INSERT INTO tiles (level, number, hash) VALUES (2, 0, ?)", (root,)),))


def _head(**columns: Any) -> tuple[str, tuple[Any, ...]]:
    return f"UPDATE head SET {', '.join(f'{name} = ?' for name in columns)}", tuple(columns.values())


def _of_positions(execute: Execute) -> Iterator[Damage]:
    """Damage to whole entries: gone, twice, in another order, or before the first."""
    columns = ", ".join(column for column in TABLES["entries"].columns if column != "position")
    for position in (NEW, (NEW + SIZE) // 2, SIZE - 1):
        copied = f"INSERT INTO entries (position, {columns}) SELECT ?, {columns} FROM entries WHERE position = ?"
        copied = copied.replace("SELECT ?, stream, version", "SELECT ?, stream || 'x', version")
        yield Damage(f"entry {position} again at the end", ((copied, (SIZE + 1, position)),))
        yield Damage(f"entry {position} again before the first", ((copied, (0, position)),))
        move = "UPDATE entries SET position = ? WHERE position = ?"
        swapped = ((move, (-5, position)), (move, (position, position + 1)), (move, (position + 1, -5)))
        yield Damage(f"entries {position} and {position + 1} swapped", swapped)
    for count in (1, 5, SIZE - FORMER):
        yield Damage(f"the last {count} entries gone", (("DELETE FROM entries WHERE position > ?", (SIZE - count,)),))
    (false,) = execute("SELECT note FROM checkpoints WHERE number = 2")[0]
    for number in (1, 2):
        lines = false.split(b"\n")
        lines[number] = {1: b"299", 2: (b"B" if lines[2].startswith(b"A") else b"A") + lines[2][1:]}[number]
        statement = "UPDATE checkpoints SET note = ? WHERE number = 2"
        yield Damage(f"line {number} of the last checkpoint replaced", ((statement, (b"\n".join(lines),)),))
    yield Damage("the first checkpoint gone", (("DELETE FROM checkpoints WHERE number = 1", ()),))
    exchange = "UPDATE checkpoints SET number = ? WHERE number = ?"
    both = ((exchange, (-1, 1)), (exchange, (1, 2)), (exchange, (2, -1)))
    size = "UPDATE checkpoints SET size = 7 WHERE number = 1", ()
    yield Damage("both checkpoints exchanged, and the size of one changed", (*both, size))
