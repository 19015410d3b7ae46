"""One test per attack on the file by someone who may drop triggers: what `verify_log` finds of it, and where.

Entries of the ledger: 1 opened; 2 party A; 3 to 5 engagement E1 signed, with two commitments; 6 order; 7 payment; 8 alias
of A; 9 and 10 disclosure published and covered; 11 void of 8; 12 party B; 13 alias of B.
"""

from collections.abc import Callable
from typing import Any

import pytest

from ledger.verify.findings import CODES
from tests.attacks.forger import SIZE, Forger, Found, canonical, leaf

Attack = Callable[[Forger], None]
ROOT: Found = [("root-differs", None)]
TREE: Found = [("frontier-differs", None), ("root-differs", None)]
"""What a changed tree shows of itself, besides what was changed in it."""


def _bytes(position: int, old: bytes, new: bytes) -> Attack:
    """Change bytes of an entry, with the leaf hash but not the tree."""
    return lambda forger: forger.write(position, forger.bytes(position).replace(old, new))


def _members(position: int, **members: object) -> Attack:
    """Change members of an entry, with its columns and all hashes; None takes a member out."""
    return _mended(lambda forger: forger.change(position, **members))


def _written(position: int, old: bytes, new: bytes) -> Attack:
    """Change bytes of an entry, with all hashes."""
    return _mended(_bytes(position, old, new))


def _mended(attack: Attack) -> Attack:
    """Make all hashes fit what an attack left."""

    def both(forger: Forger) -> None:
        attack(forger)
        forger.mend_tree()

    return both


def _sql(*statements: str) -> Attack:
    return lambda forger: forger.sql(*statements)


def _all(*attacks: Attack) -> Attack:
    def one_after_the_other(forger: Forger) -> None:
        for attack in attacks:
            attack(forger)

    return one_after_the_other


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


def _appended(**members: Any) -> Attack:
    return lambda forger: forger.append(**members) and None


def _made_anew(forger: Forger) -> None:
    """Take the primary key from the table of entries, so that two can stand at one position."""
    forger.sql("CREATE TABLE other AS SELECT * FROM entries", "DROP TABLE entries", "ALTER TABLE other RENAME TO entries")
    forger.insert(13, {**forger.entry(13), "version": 3})


LAST_GONE = [("short-log", 13), *TREE, ("head-time-differs", None)]
VOID_2 = {"type": "entry.voided", "reason": "x", "version": 2}

ATTACKS: dict[str, tuple[Attack, Found]] = {
    # Step 2: positions.
    "delete the last entry": (
        _sql("DELETE FROM entries WHERE position = 13"),
        [("command-differs", 13), *LAST_GONE],
    ),
    "delete the last entry and its command": (
        _sql("DELETE FROM entries WHERE position = 13", "DELETE FROM commands WHERE first = 13"),
        LAST_GONE,
    ),
    "delete an entry in the middle": (
        _sql("DELETE FROM entries WHERE position = 8"),
        [("command-differs", 8), ("gap", 8), ("version-gap", 11), *TREE],
    ),
    "delete several entries": (
        _sql("DELETE FROM entries WHERE position BETWEEN 8 AND 10"),
        [("command-differs", 8), ("gap", 8), ("command-differs", 9), ("version-gap", 11), *TREE],
    ),
    "delete all entries": (
        _sql("DELETE FROM entries"),
        [
            ("short-log", 1),
            *(("command-differs", first) for first in (1, 2, 3, 6, 7, 8, 9, 11, 12, 13)),
            *TREE,
            ("head-time-differs", None),
        ],
    ),
    "move the last entry on": (
        _sql("UPDATE entries SET position = 20 WHERE position = 13"),
        [("gap", 13), ("command-differs", 13), ("beyond-the-head", 20), ("command-differs", 20), *TREE]
        + [("head-time-differs", None)],
    ),
    "insert an entry, and move those after it": (
        _inserted_at_8,
        [("beyond-the-head", 14), ("head-time-differs", None), *TREE]
        + [("command-differs", first) for first in (9, 10, 12, 13, 14)],
    ),
    "append the last entry again": (
        _duplicate,
        [("beyond-the-head", 14), ("command-again", 14)],
    ),
    "hide entries before the first": (_hidden, [("before-the-first", -5), ("before-the-first", 0)]),
    "put two entries at one position": (
        _made_anew,
        [("position-again", 13), ("command-again", 13), *TREE, ("changed-schema", None)],
    ),
    "swap two entries": (
        lambda forger: forger.renumber(6, 7),
        [("command-differs", 6), ("version-gap", 6), ("command-differs", 7), ("version-gap", 7)]
        + [("time-goes-back", 7), *TREE],
    ),
    "swap two entries, with all hashes": (
        _mended(lambda forger: forger.renumber(6, 7)),
        [("command-differs", 6), ("version-gap", 6), ("command-differs", 7), ("version-gap", 7)]
        + [("time-goes-back", 7)],
    ),
    "put entries in another order": (
        _mended(lambda forger: forger.renumber(2, 6, 12)),
        [],
    ),
    # Step 3: the one written form; all hashes fit.
    "write white space": (_written(7, b'"v":1', b'"v": 1'), [("not-canonical", 7)]),
    "write null for a member": (_written(7, b'"v":1', b'"sig":null,"v":1'), [("not-canonical", 7)]),
    "write a fraction": (_written(7, b'"v":1', b'"v":1.0'), [("not-canonical", 7)]),
    "write an exponent": (_written(7, b'"v":1', b'"v":1e0'), [("not-canonical", 7)]),
    "write a number beyond 2**53": (_written(7, b'"v":1', b'"v":9007199254740993'), [("not-canonical", 7)]),
    "write a member twice": (_written(7, b'"v":1', b'"v":1,"v":1'), [("not-canonical", 7)]),
    "write members in another order": (
        _written(7, b'"v":1,"version":5', b'"version":5,"v":1'),
        [("not-canonical", 7)],
    ),
    "escape a letter": (_written(8, b"Alpha", b"\\u0041lpha"), [("not-canonical", 8)]),
    "decompose a letter": (_written(8, b"Alpha", b"Alphae\xcc\x81"), [("not-canonical", 8)]),
    "turn the direction of writing": (_written(8, b"Alpha", b"\xe2\x80\xaeAlpha"), [("not-canonical", 8)]),
    "write a control character": (_written(8, b"Alpha", b"\\u0007Alpha"), [("not-canonical", 8)]),
    "write half of a surrogate pair": (_written(8, b"Alpha", b"\\ud800"), [("not-canonical", 8)]),
    "write other than UTF-8": (_written(8, b"Alpha", b"Alph\xff"), [("not-canonical", 8)]),
    "write no JSON": (_written(7, b"}", b""), [("not-canonical", 7)]),
    "write nothing": (_mended(lambda forger: forger.write(7, b"")), [("not-canonical", 7)]),
    "write brackets without end": (_mended(lambda forger: forger.write(7, b"[" * 60_000)), [("not-canonical", 7)]),
    "write more than an entry holds": (
        _members(8, event={"type": "party.alias_added", "alias": "A" * 66_000}),
        [("not-canonical", 8)],
    ),
    # Step 4: the envelope; all hashes fit.
    "write no object": (_mended(lambda forger: forger.write(7, b"[]")), [("bad-envelope", 7)]),
    "leave a member out": (_written(7, b'"actor":"staff/1",', b""), [("bad-envelope", 7)]),
    "add a member": (_members(7, extra=1), [("bad-envelope", 7)]),
    "claim another format": (_members(7, v=2), [("bad-envelope", 7)]),
    "count the format as true": (_members(7, v=True), [("bad-envelope", 7)]),
    "name a stream of no kind": (_members(7, stream="person/1"), [("bad-envelope", 7)]),
    "name a stream with a control": (_members(7, stream="party/a\nb"), [("bad-envelope", 7)]),
    "name a stream too long": (_members(7, stream="party/" + "a" * 129), [("bad-envelope", 7)]),
    "count versions from 0": (_members(2, version=0), [("bad-envelope", 2), ("version-gap", 8)]),
    "shorten a time": (_members(7, recorded_at="2026-01-15T12:00:05Z"), [("bad-envelope", 7)]),
    "give a time another zone": (_members(7, recorded_at="2026-01-15T12:00:05.0+01:00"), [("bad-envelope", 7)]),
    "give a time that is none": (_members(7, recorded_at="2026-01-15T24:00:05.000000Z"), [("bad-envelope", 7)]),
    "give a time on no day": (_members(7, recorded_at="2026-02-30T12:00:05.000000Z"), [("bad-envelope", 7)]),
    "give a day that is none": (_members(7, effective_on="2025-02-29"), [("bad-envelope", 7)]),
    "give a day before all days": (_members(7, effective_on="1799-01-01"), [("bad-envelope", 7)]),
    "give an actor with a bar": (_members(7, actor="staff|1"), [("bad-envelope", 7)]),
    "give no actor": (_members(7, actor=""), [("bad-envelope", 7)]),
    "give a command of spaces": (_members(7, command="a  b"), [("bad-envelope", 7)]),
    "count a part beyond its whole": (_members(7, part=[2, 1]), [("bad-envelope", 7)]),
    "count a part in three": (_members(7, part=[1, 1, 1]), [("bad-envelope", 7)]),
    "give an event without a type": (_members(7, event={}), [("bad-envelope", 7)]),
    "give an event a type of no form": (_members(7, event={"type": "Payment"}), [("bad-envelope", 7)]),
    "give no reason": (_members(7, reason=""), [("bad-envelope", 7)]),
    "give a source without a row": (_members(7, source={"sha256": "0" * 64}), [("bad-envelope", 7)]),
    "give a source without a digest": (_members(7, source={"row": 1, "sha256": "0" * 63}), [("bad-envelope", 7)]),
    "open with something else": (
        _mended(lambda forger: forger.change_event(1, type="setting.changed")),
        [("not-opened", 1)],
    ),
    "open again": (
        _appended(stream="ledger", event={"type": "ledger.opened", "format": 1, "origin": "x", "reporting_currency": "EUR"}),
        [("not-opened", 14)],
    ),
    # Step 5: leaf hashes.
    "change bytes and nothing else": (
        _sql("UPDATE entries SET data = CAST(replace(data, '20.00', '90.00') AS BLOB) WHERE position = 7"),
        [("leaf-differs", 7), *TREE],
    ),
    "change a leaf hash": (
        _sql("UPDATE entries SET leaf = zeroblob(32) WHERE position = 7"),
        [("leaf-differs", 7)],
    ),
    "cut a leaf hash short": (_sql("UPDATE entries SET leaf = x'00' WHERE position = 7"), [("leaf-differs", 7)]),
    # Step 6: the tree.
    "change bytes with their leaf hash": (_bytes(7, b"20.00", b"90.00"), TREE),
    "change bytes of the last entry": (_bytes(13, b"Beta", b"Zeta"), TREE),
    "copy an entry over another": (
        lambda forger: forger.write(7, forger.bytes(6)),
        [("command-again", 7), ("command-differs", 7), ("version-gap", 7), *TREE]
        + [("column-differs", 7)] * 4,
    ),
    "change the root": (_sql("UPDATE head SET root = zeroblob(32)"), [("root-differs", None)]),
    "cut the root short": (_sql("UPDATE head SET root = x'00'"), [("root-differs", None)]),
    "change the frontier": (_sql("UPDATE head SET hashes = zeroblob(96)"), [("frontier-differs", None)]),
    "cut the frontier short": (_sql("UPDATE head SET hashes = x'00'"), [("frontier-differs", None)]),
    "state a smaller size": (
        _sql("UPDATE head SET size = 11"),
        [("beyond-the-head", 12), *TREE, ("head-time-differs", None)],
    ),
    "state a greater size": (_sql("UPDATE head SET size = 14"), [("short-log", 14)]),
    "state no size": (
        _sql("UPDATE head SET size = 0"),
        [("beyond-the-head", 1), *TREE, ("head-time-differs", None)],
    ),
    "state a negative size": (
        _sql("UPDATE head SET size = -3"),
        [("beyond-the-head", 1), *TREE, ("head-time-differs", None)],
    ),
    "take the head away": (_sql("DELETE FROM head"), [("unreadable", None)]),
    "add a tile hash": (_sql("INSERT INTO tiles VALUES (1, 0, zeroblob(32))"), [("tile-differs", None)]),
    # Step 7: columns.
    **{
        f"change the column {name}": (_sql(f"UPDATE entries SET {name} = {value} WHERE position = 7"), [("column-differs", 7)])
        for name, value in {
            "stream": "'engagement/E2'",
            "version": "6",
            "type": "'payment.reversed'",
            "recorded_at": "'2026-01-15T12:00:00.000000Z'",
            "effective_on": "'2024-01-01'",
            "actor": "'mallory'",
            "command": "'c-1'",
        }.items()
    },
    "change all columns": (
        _sql("UPDATE entries SET effective_on = '2024-01-01', actor = 'mallory' WHERE position IN (7, 12)"),
        [("column-differs", 7), ("column-differs", 7), ("column-differs", 12), ("column-differs", 12)],
    ),
    # Step 8: versions.
    "skip a version": (_members(13, version=4), [("version-gap", 13)]),
    "begin a stream late": (_members(13, stream="party/C"), [("version-gap", 13)]),
    # Step 9: commands.
    "split a command": (
        _members(4, command="other"),
        [("broken-command", 4), ("broken-command", 5)],
    ),
    "let a command lose its end": (
        _mended(_all(lambda forger: forger.change(3, part=[1, 4]), lambda forger: forger.change(5, part=[3, 4]))),
        [("command-differs", 3), ("broken-command", 4), ("broken-command", 5)] * 1,
    ),
    "count the parts of a command wrong": (
        _members(4, part=[3, 3]),
        [("broken-command", 4), ("broken-command", 5)],
    ),
    "make a command's parts commands": (
        _members(5, part=[1, 1]),
        [("broken-command", 4), ("command-again", 5)],
    ),
    "give a part another actor": (_members(4, actor="mallory"), [("broken-command", 4), ("broken-command", 5)]),
    "give a part another day": (_members(5, effective_on="2025-03-02"), [("broken-command", 5)]),
    "give a part another time": (
        _members(5, recorded_at="2026-01-15T12:00:03.500000Z"),
        [("broken-command", 5)],
    ),
    "let a command come back": (_members(12, command="c-5"), [("command-again", 12), ("command-differs", 12)]),
    "begin in the middle of a command": (
        _appended(part=[2, 2], stream="party/B", event={"type": "party.alias_added", "alias": "Bet"}),
        [("broken-command", 14)],
    ),
    "end in the middle of a command": (
        _appended(part=[1, 2], stream="party/B", event={"type": "party.alias_added", "alias": "Bet"}),
        [("broken-command", 14)],
    ),
    "forget a command": (_sql("DELETE FROM commands WHERE first = 9"), [("command-differs", 9)]),
    "count the entries of a command wrong": (
        _sql("UPDATE commands SET count = 1 WHERE first = 9"),
        [("command-differs", 9)],
    ),
    "say that a command was elsewhere": (
        _sql("UPDATE commands SET first = 8 WHERE first = 9"),
        [("command-differs", 8)],
    ),
    "invent a command": (_sql("INSERT INTO commands VALUES ('x', x'00', 7, 1)"), [("command-differs", 7)]),
    # Step 10: times.
    "backdate an entry": (_members(12, recorded_at="2025-01-15T12:00:08.000000Z"), [("time-goes-back", 12)]),
    "date an entry ahead": (_members(8, recorded_at="2027-01-15T12:00:08.000000Z"), [("time-goes-back", 9)]),
    "date the head ahead": (
        _sql("UPDATE head SET recorded_at = '2027-01-15T12:00:08.000000Z'"),
        [("head-time-differs", None)],
    ),
    # Step 11: voids.
    "void what is not there": (
        _appended(stream="party/B", event={**VOID_2, "version": 9}),
        [("void-of-nothing", 14)],
    ),
    "void itself": (_appended(stream="party/B", event={**VOID_2, "version": 3}), [("void-of-nothing", 14)]),
    "void version 0": (_appended(stream="party/B", event={**VOID_2, "version": 0}), [("void-of-nothing", 14)]),
    "void no number": (_appended(stream="party/B", event={**VOID_2, "version": "2"}), [("void-of-nothing", 14)]),
    "void without saying what": (
        _appended(stream="party/B", event={"type": "entry.voided", "reason": "x"}),
        [("void-of-nothing", 14)],
    ),
    # Several at once: all are listed.
    "tamper in many places": (
        _all(
            _sql("UPDATE entries SET actor = 'mallory' WHERE position = 2"),
            lambda forger: forger.change(4, actor="mallory"),
            _sql("UPDATE entries SET leaf = zeroblob(32) WHERE position = 6"),
            _bytes(8, b'"v":1', b'"v":1.0'),
            _sql("DELETE FROM entries WHERE position = 10"),
            _sql("DELETE FROM commands WHERE first = 12"),
            _sql("INSERT INTO tiles VALUES (2, 7, x'00')"),
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
"""What is done to the file, without the triggers, and what is found, all of it and nothing else."""
