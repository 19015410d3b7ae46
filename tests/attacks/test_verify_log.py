"""The findings of `verify_log`, with their places, for each attack on the file by someone who may drop triggers.

Entries of the ledger: 1 opened; 2 party A; 3 to 5 engagement E1 signed, with two commitments; 6 order; 7 payment;
8 alias of A; 9 and 10 disclosure published and covered; 11 void of 8; 12 party B; 13 alias of B.
"""

import pytest

from ledger.verify.findings import CODES
from tests.attacks.byte_attacks import BYTES
from tests.attacks.forger import Expected, Forger, in_order
from tests.attacks.order_attacks import ORDER
from tests.attacks.tampering import TREE, Attacks, all_of, bytes_changed, sql
from tests.attacks.tree_attacks import KEPT, TILES

TOGETHER: Attacks = {
    "tamper in many places": (
        all_of(
            sql("UPDATE entries SET actor = 'mallory' WHERE position = 2"),
            lambda forger: forger.change(4, actor="mallory"),
            sql("UPDATE entries SET leaf = zeroblob(32) WHERE position = 6"),
            bytes_changed(8, b'"v":1', b'"v":1.0'),
            sql("DELETE FROM entries WHERE position = 10"),
            sql("DELETE FROM commands WHERE first = 12"),
            sql("INSERT INTO tiles VALUES (2, 7, x'00')"),
        ),
        [
            ("column-differs", 2),
            ("broken-command", 4),
            ("broken-command", 5),
            ("leaf-differs", 6),
            ("not-canonical", 8),
            ("broken-command", 9),
            ("gap", 10),
            ("command-differs", 12),
            ("tile-differs", None),
            *TREE,
        ],
    ),
}


ATTACKS = {**ORDER, **BYTES, **KEPT, **TOGETHER}


@pytest.mark.parametrize("attack", ATTACKS)
def test_found(forger: Forger, attack: str) -> None:
    """Each change is reported at its place, and nothing else."""
    work, expected = ATTACKS[attack]
    with forger.unguarded():
        work(forger)
    assert in_order(expected) == forger.verified()


def test_an_untampered_ledger_has_no_findings(forger: Forger, tile_forger: Forger) -> None:
    """Neither the small ledger nor the one with tiles has findings."""
    assert ([], []) == (forger.verified(), forger.replayed())
    assert ([], []) == (tile_forger.verified(), tile_forger.replayed())


def test_a_truncated_log_needs_a_root_from_elsewhere(forger: Forger) -> None:
    """Without a root kept elsewhere a log truncated with all hashes is sound; with that root it differs."""
    kept = forger.db.execute("SELECT root FROM head").fetchone()
    with forger.unguarded():
        forger.sql("DELETE FROM entries WHERE position = 13", "DELETE FROM commands WHERE first = 13")
        forger.sql("DELETE FROM names WHERE position = 13")
        forger.mend_tree()
    assert ([], []) == (forger.verified(), forger.replayed())
    assert kept != forger.db.execute("SELECT root FROM head").fetchone()


@pytest.mark.parametrize("attack", TILES)
def test_found_in_tiles(tile_forger: Forger, attack: str) -> None:
    """A changed tile hash is found, and so is a tile whose entries changed."""
    work, expected = TILES[attack]
    with tile_forger.unguarded():
        work(tile_forger)
    assert in_order(expected) == tile_forger.verified()


LOOSE = "CREATE TRIGGER {} BEFORE {} ON entries BEGIN SELECT 1; END"
SCHEMAS: dict[str, tuple[tuple[str, ...], Expected]] = {
    "drop a trigger": (("DROP TRIGGER entries_stay",), [("missing-trigger", None)]),
    "loosen a trigger": (
        ("DROP TRIGGER entries_stay", LOOSE.format("entries_stay", "UPDATE")),
        [("changed-schema", None)],
    ),
    "add a trigger": ((LOOSE.format("more", "INSERT"),), [("foreign-schema", None)]),
    "add a trigger under the name of a table": ((LOOSE.format("entries", "INSERT"),), [("foreign-schema", None)]),
    "add a table": (("CREATE TABLE more (x)",), [("foreign-schema", None)]),
    "drop the commands": (
        ("DROP TABLE commands",),
        [("missing-table", None), ("unreadable", None)]
        + [("command-differs", first) for first in (1, 2, 3, 6, 7, 8, 9, 11, 12, 13)],
    ),
    "drop the tiles": (("DROP TABLE tiles",), [("missing-table", None), ("unreadable", None)]),
    "let columns hold anything": (
        (
            "DROP TABLE commands",
            "CREATE TABLE commands (id, digest, first, count)",
            "INSERT INTO commands VALUES (1, 2, 3, 4)",
        ),
        [("changed-schema", None), ("unreadable", None)]
        + [("command-differs", first) for first in (1, 2, 3, 6, 7, 8, 9, 11, 12, 13)],
    ),
}


@pytest.mark.parametrize("attack", SCHEMAS)
def test_found_in_the_schema(forger: Forger, attack: str) -> None:
    """A table or trigger that was dropped, added or changed is reported, and so are unreadable data."""
    statements, expected = SCHEMAS[attack]
    forger.sql(*statements)
    assert in_order(expected) == forger.verified()


def test_an_unreadable_entry_is_skipped(forger: Forger) -> None:
    """A column that is not text stops SQLite from reading the entry; later entries are read and checked."""
    with forger.unguarded():
        forger.sql(
            "UPDATE entries SET actor = CAST(x'ff' AS TEXT) WHERE position = 12",
            "UPDATE entries SET actor = 'mallory' WHERE position = 13",
        )
    expected: Expected = [("unreadable", 12), ("column-differs", 13), ("version-gap", 13), *TREE]
    assert in_order(expected) == forger.verified()


def test_rows_of_other_types_are_no_entries(forger: Forger) -> None:
    """In a table created again without types, a row without bytes is found, and does not stop the procedure."""
    with forger.unguarded():
        forger.sql("CREATE TABLE other AS SELECT * FROM entries", "DROP TABLE entries")
        forger.sql("ALTER TABLE other RENAME TO entries", "UPDATE entries SET data = 'text' WHERE position = 7")
    findings = forger.verified()
    assert {"changed-schema", "unreadable", "gap", "root-differs"} <= {code for code, _ in findings}


def test_damaged_pages_are_found(forger: Forger) -> None:
    """A file with overwritten pages is damaged; what can still be read of it is checked."""
    (page,) = forger.db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'commands'").fetchone()
    (size,) = forger.db.execute("PRAGMA page_size").fetchone()
    forger.close()
    data = bytearray(forger.path.read_bytes())
    data[(page - 1) * size : (page - 1) * size + 64] = b"\xff" * 64
    forger.path.write_bytes(data)
    codes = [code for code, _ in forger.verified()]
    assert 1 == codes.count("damaged-file")
    assert {"damaged-file", "unreadable", "command-differs"} == set(codes)


def test_every_code_has_its_attack() -> None:
    """Each code of steps 1 to 11 occurs in a test of this file; those of a server in tests/postgres."""
    of_server = {f"foreign-{what}" for what in ("owner", "right", "setting")}
    of_server |= {f"missing-{what}" for what in ("column", "constraint", "function", "index")}
    tables = (ATTACKS, TILES, SCHEMAS)
    codes = {code for table in tables for _, expected in table.values() for code, _ in expected} | {"damaged-file"}
    assert {code for code, (step, _) in CODES.items() if step < 12} == codes | of_server
