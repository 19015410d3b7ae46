"""The auditor's procedure on the log alone: reads bytes, knows nothing of what entries mean.

  1. The store is as it was made: tables, triggers, sound pages.
  2. Positions run 1, 2, 3, … to the size that the head states, and not beyond.
  3. Each entry is in its one written form (ledger.canonical), at most 65,535 bytes.
  4. Its envelope has the members of format 1, each in its form.
  5. The leaf hash that is stored is that of the bytes: they are hashed again.
  6. The tree over the leaves that were hashed again gives the head's root and frontier, and every stored tile hash.
  7. The columns say what the bytes say.
  8. The versions of each stream run 1, 2, 3, …
  9. Each command is whole: its parts stand together and in order, and its id does not come back; the table of commands
     says the same.
 10. Times never decrease, and the head's is that of the last entry.
 11. A void names an earlier version of its own stream.

The steps that need to know what entries mean stand in ledger.replay: 12 (each entry is a known event), 13 (each stream
was possible, step by step), 14 (names and mentions are what the entries say). Step 15, that the projections are what a
rebuild gives, stands in projections.compare. All findings are collected; none ends the procedure.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from ledger import canonical
from ledger.tlog.compact import CompactRange, TileHash
from ledger.tlog.merkle import leaf_hash

MEMBERS = frozenset("v stream version recorded_at effective_on actor command part event".split())
OPTIONAL = frozenset(("reason", "source", "sig"))
CODES = {
    "foreign-schema": (1, "the file holds a table, trigger or view that does not belong to a ledger"),
    "changed-schema": (1, "a table or trigger is not as it was made"),
    "missing-table": (1, "a table is gone"),
    "missing-trigger": (1, "a trigger that refuses changes is gone"),
    "damaged-file": (1, "the file's own structure is damaged"),
    "gap": (2, "a position is missing"),
    "beyond-the-head": (2, "an entry stands beyond the size that the head states"),
    "short-log": (2, "there are fewer entries than the head states"),
    "not-canonical": (3, "the bytes are not in their one written form"),
    "bad-envelope": (4, "a member of the envelope is missing, foreign, or not in its form"),
    "leaf-differs": (5, "the stored leaf hash is not that of the bytes"),
    "root-differs": (6, "the entries do not give the root that the head states"),
    "frontier-differs": (6, "the hashes from which the tree grows are not those of the entries"),
    "tile-differs": (6, "a stored hash of the tree is not that of the entries, missing, or too many"),
    "column-differs": (7, "a column that indexes the entry does not say what its bytes say"),
    "version-gap": (8, "a version of a stream is missing, doubled or out of order"),
    "broken-command": (9, "the parts of a command do not stand together"),
    "command-again": (9, "the id of a command comes back"),
    "command-differs": (9, "the table of commands does not say what the entries say"),
    "time-goes-back": (10, "an entry was recorded before the one that precedes it"),
    "head-time-differs": (10, "the head's time is not that of the last entry"),
    "void-of-nothing": (11, "a void names no earlier version of its stream"),
}
"""Every code with its step and what it means."""

_STREAM = re.compile(r"ledger|(party|engagement|disclosure|rate)/(?=.{1,128}$)[\w.\-:/()+,&#'@]+( [\w.\-:/()+,&#'@]+)*")
_NAME = re.compile(r"(?=.{1,128}$)[\w.\-:/()+,&#'@]+( [\w.\-:/()+,&#'@]+)*")
_TYPE = re.compile(r"[a-z]+\.[a-z_]+(\.[0-9]+)?", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Finding(NamedTuple):
    """What is wrong: a code, the position it is about (None: the log as a whole), and what was found there."""

    code: str
    position: int | None
    what: str


class Result(NamedTuple):
    """What the procedure saw: how many entries, the root over them, and what is wrong."""

    size: int
    root: bytes
    findings: list[Finding]


class Store(Protocol):
    """What the procedure reads of a store."""

    def faults(self) -> Iterable[tuple[str, str]]:
        """Return what is wrong with the store itself: code and sentence."""

    def head(self) -> Any:
        """Return size, recorded_at and the frontier as stored."""

    def rows(self, first: int = 1, last: int | None = None) -> Iterator[Any]:
        """Yield all entries with their columns, in order of position."""

    def side_rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of the tables `tiles` and `commands`."""


class _Walk:
    """The state of one pass over the entries."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.tree = CompactRange()
        self.tiles: list[TileHash] = []
        self.position = 0
        self.versions: dict[str, int] = {}
        self.commands: dict[str, tuple[int, int]] = {}
        self.last: dict[str, Any] = {}
        self.time = ""

    def find(self, code: str, position: int | None, what: str) -> None:
        """Note a finding."""
        self.findings.append(Finding(code, position, what))

    def take(self, row: Any) -> None:
        """Take in one entry: steps 2 to 5 and 7 to 11."""
        if row.position != self.position + 1:  # 2
            self.find("gap", row.position, f"position {self.position + 1} is missing")
        self.position = row.position
        leaf = leaf_hash(row.data)
        self.tiles += self.tree.append(leaf)
        if leaf != row.leaf:  # 5
            self.find("leaf-differs", row.position, f"the bytes hash to {leaf.hex()}, stored is {row.leaf.hex()}")
        try:
            entry = canonical.check(row.data)  # 3
        except canonical.NotCanonical as error:
            self.find("not-canonical", row.position, str(error))
            return
        fault = envelope_fault(entry)  # 4
        if fault is not None:
            self.find("bad-envelope", row.position, fault)
            return
        self._columns(row, entry)
        self._version(row.position, entry)
        self._command(row.position, entry)
        if entry["recorded_at"] < self.time:  # 10
            self.find("time-goes-back", row.position, f"{entry['recorded_at']} is before {self.time}")
        self.time = max(self.time, entry["recorded_at"])
        self.last = entry

    def _columns(self, row: Any, entry: dict[str, Any]) -> None:
        for name in ("stream", "version", "recorded_at", "effective_on", "actor", "command"):  # 7
            if getattr(row, name) != entry[name]:
                self.find("column-differs", row.position, f"{name} reads {getattr(row, name)!r}, the entry {entry[name]!r}")
        if row.type != entry["event"]["type"]:
            self.find("column-differs", row.position, f"type reads {row.type!r}, the entry {entry['event']['type']!r}")

    def _version(self, position: int, entry: dict[str, Any]) -> None:
        stream, version = entry["stream"], entry["version"]
        expected = self.versions.get(stream, 0) + 1
        if version != expected:  # 8
            self.find("version-gap", position, f"version {version} of {stream} stands where {expected} should")
        self.versions[stream] = version
        if entry["event"]["type"] == "entry.voided":  # 11
            target = entry["event"].get("version")
            if not isinstance(target, int) or not 0 < target < version:
                self.find("void-of-nothing", position, f"{target} is no earlier version of {stream}")

    def _command(self, position: int, entry: dict[str, Any]) -> None:
        command, (number, count) = entry["command"], entry["part"]  # 9
        self._end_command(position - 1, number == 1)
        if number == 1:
            if command in self.commands:
                self.find("command-again", position, f"{command} stands at {self.commands[command][0]} already")
            else:
                self.commands[command] = (position, count)
            return
        before = self.last
        same = all(before.get(name) == entry[name] for name in ("command", "actor", "recorded_at"))
        if not same or before.get("part") != [number - 1, count]:
            self.find("broken-command", position, f"part {number} of {count} of {command} does not follow part {number - 1}")

    def _end_command(self, position: int, ends: bool) -> None:
        if ends and self.last and self.last["part"][0] != self.last["part"][1]:
            number, count = self.last["part"]
            self.find("broken-command", position, f"{self.last['command']} ends at part {number} of {count}")

    def end(self, head: Any) -> None:
        """Look at what only the end of the log can tell: steps 2, 6, 9 and 10."""
        self._end_command(self.position, ends=True)
        if self.position > head.size:  # 2
            self.find("beyond-the-head", self.position, f"the head states {head.size} entries, there are {self.position}")
        elif self.position < head.size:
            self.find("short-log", None, f"the head states {head.size} entries, there are {self.position}")
        if head.tree.root() != self.tree.root() or head.stored_root != self.tree.root():  # 6
            self.find("root-differs", None, f"the entries give {self.tree.root().hex()}, stored is {head.stored_root.hex()}")
        if head.tree.hashes != self.tree.hashes:
            self.find("frontier-differs", None, "the stored hashes of the tree's frontier are not those of the entries")
        if head.recorded_at != self.time:  # 10
            self.find("head-time-differs", None, f"the head reads {head.recorded_at!r}, the last entry {self.time!r}")


def verify_log(store: Store, progress: Callable[[int], None] | None = None) -> Result:
    """Check the whole log (steps 1 to 11); `progress` is told how many entries are done."""
    walk = _Walk()
    for code, what in store.faults():  # 1
        walk.find(code, None, what)
    for row in store.rows():
        walk.take(row)
        if progress and not row.position % 1000:
            progress(row.position)
    walk.end(store.head())
    _check_tiles(walk, store)
    _check_commands(walk, store)
    return Result(walk.position, walk.tree.root(), walk.findings)


def _check_tiles(walk: _Walk, store: Store) -> None:
    made = {(tile.level, tile.number): tile.hash for tile in walk.tiles}  # 6
    for level, number, stored in store.side_rows("tiles"):
        if made.pop((level, number), None) != stored:
            walk.find("tile-differs", None, f"tile hash {number} of level {level} is not that of the entries")
    for level, number in made:
        walk.find("tile-differs", None, f"tile hash {number} of level {level} is missing")


def _check_commands(walk: _Walk, store: Store) -> None:
    left = dict(walk.commands)  # 9
    for command, first, count in store.side_rows("commands"):
        if left.pop(command, None) != (first, count):
            walk.find("command-differs", first, f"{command} is kept as {count} entries from {first}")
    for command, (first, _) in left.items():
        walk.find("command-differs", first, f"{command} is not kept")


def envelope_fault(entry: Any) -> str | None:
    """Return what is wrong with the envelope of an entry (step 4), or None. The event is looked at no further."""
    if not isinstance(entry, dict):
        return "it is no object"
    names = set(entry)
    if names - MEMBERS - OPTIONAL or MEMBERS - names:
        return f"its members are {', '.join(sorted(names))}"
    for name, check in _FORMS.items():
        if name in entry and not check(entry[name]):
            return f"{name} is not in its form"
    if entry["stream"] == "ledger" and entry["version"] == 1 and entry["event"]["type"] != "ledger.opened":
        return "the stream 'ledger' does not begin with ledger.opened"
    return None


def _is_time(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) == 27 and value == (
            datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")  # noqa: DTZ007
        )
    except ValueError:
        return False


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_number(value: Any) -> bool:
    return type(value) is int and value > 0


def _is_part(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_number, value)) and bool(value[0] <= value[1])


def _is_source(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"sha256", "row"}
        and isinstance(value["sha256"], str)
        and bool(_DIGEST.fullmatch(value["sha256"]))
        and _is_number(value["row"])
    )


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


_FORMS: dict[str, Callable[[Any], bool]] = {
    "v": lambda value: value == 1 and type(value) is int,
    "stream": _matches(_STREAM),
    "version": _is_number,
    "recorded_at": _is_time,
    "effective_on": _is_date,
    "actor": _matches(_NAME),
    "command": _matches(_NAME),
    "part": _is_part,
    "event": lambda value: isinstance(value, dict) and _matches(_TYPE)(value.get("type")),
    "reason": lambda value: isinstance(value, str) and bool(value),
    "source": _is_source,
    "sig": lambda value: isinstance(value, str) and bool(value),
}
