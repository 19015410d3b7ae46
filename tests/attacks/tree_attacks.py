"""Attacks on what is derived from the bytes: the tree, its tiles, and the columns (steps 6 and 7)."""

from tests.attacks.tampering import TREE, Attacks, bytes_changed, sql

KEPT: Attacks = {
    # Step 6: the tree.
    "change bytes with their leaf hash": (bytes_changed(7, b"20.00", b"90.00"), TREE),
    "change bytes of the last entry": (bytes_changed(13, b"Beta", b"Zeta"), TREE),
    "copy an entry over another": (
        lambda forger: forger.write(7, forger.data(6)),
        [("command-again", 7), ("command-differs", 7), ("version-gap", 7), *TREE] + [("column-differs", 7)] * 4,
    ),
    "change the root": (sql("UPDATE head SET root = zeroblob(32)"), [("root-differs", None)]),
    "cut the root short": (sql("UPDATE head SET root = x'00'"), [("root-differs", None)]),
    "change the frontier": (sql("UPDATE head SET hashes = zeroblob(96)"), [("frontier-differs", None)]),
    "cut the frontier short": (sql("UPDATE head SET hashes = x'00'"), [("frontier-differs", None)]),
    "state a smaller size": (
        sql("UPDATE head SET size = 11"),
        [("beyond-the-head", 12), *TREE, ("head-time-differs", None)],
    ),
    "state a greater size": (sql("UPDATE head SET size = 14"), [("short-log", 14)]),
    "state no size": (
        sql("UPDATE head SET size = 0"),
        [("beyond-the-head", 1), *TREE, ("head-time-differs", None)],
    ),
    "state a negative size": (
        sql("UPDATE head SET size = -3"),
        [("beyond-the-head", 1), *TREE, ("head-time-differs", None)],
    ),
    "take the head away": (sql("DELETE FROM head"), [("unreadable", None)]),
    "add a tile hash": (sql("INSERT INTO tiles VALUES (1, 0, zeroblob(32))"), [("tile-differs", None)]),
    # Step 7: columns.
    "change the column stream": (
        sql("UPDATE entries SET stream = 'engagement/E2' WHERE position = 7"),
        [("column-differs", 7)],
    ),
    "change the column version": (sql("UPDATE entries SET version = 6 WHERE position = 7"), [("column-differs", 7)]),
    "change the column type": (
        sql("UPDATE entries SET type = 'payment.reversed' WHERE position = 7"),
        [("column-differs", 7)],
    ),
    "change the column recorded_at": (
        sql("UPDATE entries SET recorded_at = '2025-01-15T12:00:00.000000Z' WHERE position = 7"),
        [("column-differs", 7)],
    ),
    "change the column effective_on": (
        sql("UPDATE entries SET effective_on = '2024-01-01' WHERE position = 7"),
        [("column-differs", 7)],
    ),
    "change the column actor": (
        sql("UPDATE entries SET actor = 'mallory' WHERE position = 7"),
        [("column-differs", 7)],
    ),
    "change the column command": (
        sql("UPDATE entries SET command = 'c-1' WHERE position = 7"),
        [("column-differs", 7)],
    ),
    "INSERT OR REPLACE a column": (
        sql(
            "INSERT OR REPLACE INTO entries SELECT position, stream, version, type, recorded_at, effective_on,"
            " 'mallory', command, leaf, data FROM entries WHERE position = 7"
        ),
        [("column-differs", 7)],
    ),
    "INSERT OR REPLACE an entry": (
        sql(
            "INSERT OR REPLACE INTO entries SELECT position, stream, version, type, recorded_at, effective_on, actor,"
            " command, leaf, CAST(replace(data, '20.00', '90.00') AS BLOB) FROM entries WHERE position = 7"
        ),
        [("leaf-differs", 7), *TREE],
    ),
    "change columns of several entries": (
        sql("UPDATE entries SET effective_on = '2024-01-01', actor = 'mallory' WHERE position IN (7, 12)"),
        [("column-differs", 7), ("column-differs", 7), ("column-differs", 12), ("column-differs", 12)],
    ),
}

TILES: Attacks = {
    "change a tile hash": (
        sql("UPDATE tiles SET hash = zeroblob(32) WHERE number = 1"),
        [("tile-differs", None)],
    ),
    "delete a tile hash": (sql("DELETE FROM tiles WHERE number = 0"), [("tile-differs", None)]),
    "move a tile hash": (
        sql("UPDATE tiles SET number = 7 WHERE number = 1"),
        [("tile-differs", None), ("tile-differs", None)],
    ),
    "change an entry of the second tile": (
        bytes_changed(300, b"Alias", b"Blias"),
        [("tile-differs", None), *TREE],
    ),
}
