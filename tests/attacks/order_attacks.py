"""Attacks on the order of entries: positions, versions, commands, times, voids (steps 2 and 8 to 11)."""

from typing import Any

from tests.attacks.forger import Expected, Forger
from tests.attacks.tampering import TREE, Attacks, all_of, appended, members_changed, mended, sql


def _duplicate(forger: Forger) -> None:
    forger.insert(14, {**forger.entry(13), "version": 3})


def _hidden(forger: Forger) -> None:
    for position, version in ((0, 3), (-5, 4)):
        forger.insert(position, {**forger.entry(13), "version": version})


def _inserted_at_8(forger: Forger) -> None:
    forger.renumber(8, 9, 10, 11, 12, 13, 14)
    entry = {**forger.entry(7), "command": "forged", "stream": "party/C", "version": 1}
    forger.insert(8, {**entry, "event": {"name": "Gamma", "type": "party.registered"}})
    forger.sql("INSERT INTO commands VALUES ('forged', x'00', 8, 1)")


def _made_anew(forger: Forger) -> None:
    """Remove the primary key from the table of entries, so that a position can occur twice."""
    forger.sql(
        "CREATE TABLE other AS SELECT * FROM entries", "DROP TABLE entries", "ALTER TABLE other RENAME TO entries"
    )
    forger.insert(13, {**forger.entry(13), "version": 3})


LAST_GONE: Expected = [("short-log", 13), *TREE, ("head-time-differs", None)]
SWAPPED: Expected = [
    ("command-differs", 6),
    ("version-gap", 6),
    ("command-differs", 7),
    ("time-goes-back", 7),
    ("version-gap", 7),
]
VOID_2: dict[str, Any] = {"type": "entry.voided", "reason": "x", "version": 2}

ORDER: Attacks = {
    # Step 2: positions.
    "delete the last entry": (
        sql("DELETE FROM entries WHERE position = 13"),
        [("command-differs", 13), *LAST_GONE],
    ),
    "delete the last entry and its command": (
        sql("DELETE FROM entries WHERE position = 13", "DELETE FROM commands WHERE first = 13"),
        LAST_GONE,
    ),
    "delete an entry in the middle": (
        sql("DELETE FROM entries WHERE position = 8"),
        [("command-differs", 8), ("gap", 8), ("version-gap", 11), *TREE],
    ),
    "delete several entries": (
        sql("DELETE FROM entries WHERE position BETWEEN 8 AND 10"),
        [("command-differs", 8), ("gap", 8), ("command-differs", 9), ("version-gap", 11), *TREE],
    ),
    "delete all entries": (
        sql("DELETE FROM entries"),
        [
            ("short-log", 1),
            *(("command-differs", first) for first in (1, 2, 3, 6, 7, 8, 9, 11, 12, 13)),
            *TREE,
            ("head-time-differs", None),
        ],
    ),
    "move the last entry on": (
        sql("UPDATE entries SET position = 20 WHERE position = 13"),
        [("command-differs", 13), ("gap", 13), ("beyond-the-head", 20), *TREE, ("head-time-differs", None)],
    ),
    "insert an entry, and move those after it": (
        _inserted_at_8,
        [
            *(("command-differs", first) for first in (8, 9, 11, 12, 13)),
            ("beyond-the-head", 14),
            *TREE,
            ("head-time-differs", None),
        ],
    ),
    "append the last entry again": (
        _duplicate,
        [("beyond-the-head", 14), ("command-again", 14)],
    ),
    "hide entries before the first": (_hidden, [("before-the-first", -5), ("before-the-first", 0)]),
    "put two entries at one position": (
        _made_anew,
        [("position-again", 13), *TREE, ("changed-schema", None)],
    ),
    "swap two entries": (lambda forger: forger.renumber(6, 7), [*SWAPPED, *TREE]),
    "swap two entries, with all hashes": (mended(lambda forger: forger.renumber(6, 7)), SWAPPED),
    "put entries in another order": (
        mended(lambda forger: forger.renumber(2, 6, 12)),
        [
            *(("command-differs", first) for first in (2, 6, 12)),
            *(("time-goes-back", later) for later in (3, 6, 12)),
            ("version-gap", 7),
            ("version-gap", 12),
        ],
    ),
    # Step 8: versions.
    "skip a version": (members_changed(13, version=4), [("version-gap", 13)]),
    "begin a stream late": (members_changed(13, stream="party/C"), [("version-gap", 13)]),
    # Step 9: commands.
    "split a command": (
        members_changed(4, command="other"),
        [("broken-command", 4), ("broken-command", 5)],
    ),
    "let a command lose its end": (
        all_of(members_changed(3, part=[1, 4]), members_changed(4, part=[2, 4]), members_changed(5, part=[3, 4])),
        [("command-differs", 3), ("broken-command", 5)],
    ),
    "count the parts of a command wrong": (
        members_changed(4, part=[3, 3]),
        [("broken-command", 4), ("broken-command", 5)],
    ),
    "make a command's parts commands": (
        members_changed(5, part=[1, 1]),
        [("broken-command", 4), ("command-again", 5)],
    ),
    "give a part another actor": (members_changed(4, actor="mallory"), [("broken-command", 4), ("broken-command", 5)]),
    "give a part another day": (members_changed(5, effective_on="2025-03-02"), [("broken-command", 5)]),
    "give a part another time": (
        members_changed(5, recorded_at="2026-01-15T12:00:03.500000Z"),
        [("broken-command", 5)],
    ),
    "let a command come back": (members_changed(12, command="c-5"), [("command-again", 12), ("command-differs", 12)]),
    "begin in the middle of a command": (
        appended(part=[2, 2], stream="party/B", event={"type": "party.alias_added", "alias": "Bet"}),
        [("broken-command", 14)],
    ),
    "end in the middle of a command": (
        appended(part=[1, 2], stream="party/B", event={"type": "party.alias_added", "alias": "Bet"}),
        [("broken-command", 14)],
    ),
    "forget a command": (sql("DELETE FROM commands WHERE first = 9"), [("command-differs", 9)]),
    "count the entries of a command wrong": (
        sql("UPDATE commands SET count = 1 WHERE first = 9"),
        [("command-differs", 9)],
    ),
    "say that a command was elsewhere": (
        sql("UPDATE commands SET first = 8 WHERE first = 9"),
        [("command-differs", 8)],
    ),
    "invent a command": (sql("INSERT INTO commands VALUES ('x', x'00', 7, 1)"), [("command-differs", 7)]),
    # Step 10: times.
    "backdate an entry": (members_changed(12, recorded_at="2025-01-15T12:00:08.000000Z"), [("time-goes-back", 12)]),
    "date an entry ahead": (members_changed(8, recorded_at="2026-01-16T12:00:08.000000Z"), [("time-goes-back", 9)]),
    "date an entry far ahead": (
        members_changed(8, recorded_at="2126-01-15T12:00:08.000000Z"),
        [("recorded-in-future", 8), ("time-goes-back", 9)],
    ),
    "date all from an entry on far ahead": (
        all_of(*(members_changed(position, recorded_at="2126-01-15T12:00:08.000000Z") for position in range(6, 14))),
        [("recorded-in-future", 6)],
    ),
    "date the head ahead": (
        sql("UPDATE head SET recorded_at = '2027-01-15T12:00:08.000000Z'"),
        [("head-time-differs", None)],
    ),
    # Step 11: voids.
    "void what is not there": (
        appended(stream="party/B", event={**VOID_2, "version": 9}),
        [("void-of-nothing", 14)],
    ),
    "void itself": (appended(stream="party/B", event={**VOID_2, "version": 3}), [("void-of-nothing", 14)]),
    "void version 0": (appended(stream="party/B", event={**VOID_2, "version": 0}), [("void-of-nothing", 14)]),
    "void no number": (appended(stream="party/B", event={**VOID_2, "version": "2"}), [("void-of-nothing", 14)]),
    "void without saying what": (
        appended(stream="party/B", event={"type": "entry.voided", "reason": "x"}),
        [("void-of-nothing", 14)],
    ),
}
