"""What a loss of power may leave of a folder, from the journal of real processes that the shim wrote (shim.c).

What was synced is there: a content once its file was synced, a name once its folder was. Of the rest any part may be
there: of a file each write by itself, lost, or torn at a sector; of names the first so many, either by folder, as POSIX
promises, or over all folders, as in the ordered journal of a file system.

`tests.simulation.disk` has the same rules for the simulation, which sees calls of Python and of SQLite's VFS; here
system calls are seen.
"""

import os
import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

SECTOR = 512
_HEAD = struct.Struct("<BBQqII")


class Call(NamedTuple):
    """A call in the journal; shim.c lists the letters."""

    letter: str
    inode: int
    offset: int
    first: bytes
    second: bytes


def calls(journal: Path) -> list[Call]:
    """Return the calls in a journal."""
    data, place, found = journal.read_bytes(), 0, []
    while place < len(data):
        letter, _, inode, offset, first, second = _HEAD.unpack_from(data, place)
        middle = (place := place + _HEAD.size) + first
        found.append(Call(chr(letter), inode, offset, data[place:middle], data[middle : middle + second]))
        place = middle + second
    return found


def printed(past: list[Call]) -> str:
    """Return what processes had written to standard output."""
    return b"".join(call.first for call in past if call.letter == "a").decode()


@dataclass
class _File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    """(offset, data); without data, a cut to a size."""


@dataclass
class _Folder:
    durable: "dict[str, _File | _Folder]" = field(default_factory=dict)
    names: "dict[str, _File | _Folder]" = field(default_factory=dict)
    """The names that a process sees."""
    pending: "list[tuple[int, str, _File | _Folder | None]]" = field(default_factory=list)
    """(number of the change, name, what it names; None if it is gone)."""


class Disk:
    """The disk with one folder on it, at some moment of a journal."""

    def __init__(self, root: Path) -> None:
        """Begin with what is in a folder, all of it durable."""
        self._root = str(root)
        self._inodes: dict[int, _File | _Folder] = {}
        self._order = 0
        self._synced = 0
        """The number of the last change of a name before the last sync of anything."""
        self._top = self._taken(root)

    def _taken(self, path: Path) -> "_File | _Folder":
        thing: _File | _Folder
        if path.is_dir():
            found = {each.name: self._taken(each) for each in path.iterdir()}
            thing = _Folder(found, dict(found))
        else:
            thing = _File(bytearray(path.read_bytes()))
        self._inodes[path.stat().st_ino] = thing
        return thing

    def do(self, past: list[Call]) -> None:
        """Make these calls."""
        for call in past:
            self._do(call)

    def _do(self, call: Call) -> None:
        thing = self._inodes.get(call.inode)
        match call.letter:
            case "o" | "d":
                self._inodes[call.inode] = new = _File() if call.letter == "o" else _Folder()
                self._name(call.first, new)
            case "w" | "t" if isinstance(thing, _File):
                thing.pending.append((call.offset, call.first if call.letter == "w" else None))
            case "s" if thing is not None:
                self._sync(thing)
            case "r":
                old, new_path = call.first, call.second
                moved = self._found(old)
                self._name(new_path, moved)
                self._name(old, None)
            case "l":
                self._name(call.second, self._found(call.first))
            case "u" | "x":
                self._name(call.first, None)

    def _sync(self, thing: "_File | _Folder") -> None:
        self._synced = self._order
        if isinstance(thing, _File):
            _write(thing.durable, thing.pending)
        else:
            for _, name, named in thing.pending:
                _set(thing.durable, name, named)
        thing.pending.clear()

    def _name(self, path: bytes, named: "_File | _Folder | None") -> None:
        place, _, name = os.path.normpath(path.decode()).rpartition("/")
        folder = self._found(place.encode())
        assert isinstance(folder, _Folder), path
        self._order += 1
        folder.pending.append((self._order, name, named))
        _set(folder.names, name, named)

    def _found(self, path: bytes) -> "_File | _Folder":
        relative = os.path.normpath(path.decode()).removeprefix(self._root).strip("/")
        thing = self._top
        for name in relative.split("/") if relative else ():
            assert isinstance(thing, _Folder), path
            thing = thing.names[name]
        return thing

    def lose_power(self, target: Path, chance: random.Random) -> str:
        """Write what a loss of power now might leave into a new folder; return by which rules, in words."""
        last = chance.randint(self._synced, self._order) if chance.random() < 0.5 else None
        how = chance.choice(("none", "all", "some", "torn", "first"))
        self._leave(self._top, target, chance, last, how, {})
        names = "names by folder" if last is None else f"names to {last} of {self._order}"
        return f"{names}, writes kept: {how}"

    def _leave(
        self, thing: "_File | _Folder", path: Path, chance: random.Random, last: int | None, how: str,
        made: dict[int, Path],
    ) -> None:  # fmt: skip
        if id(thing) in made:
            path.hardlink_to(made[id(thing)])
            return
        if isinstance(thing, _File):
            made[id(thing)] = path
            path.write_bytes(_content(thing, chance, how))
            path.chmod(0o600)
            return
        path.mkdir(0o700)
        names = dict(thing.durable)
        first = len(thing.pending) if last is not None else chance.randint(0, len(thing.pending))
        for order, name, named in thing.pending[:first]:
            if last is None or order <= last:
                _set(names, name, named)
        for name, named in sorted(names.items()):
            self._leave(named, path / name, chance, last, how, made)


def _set(names: "dict[str, _File | _Folder]", name: str, named: "_File | _Folder | None") -> None:
    if named is None:
        names.pop(name, None)
    else:
        names[name] = named


def _content(file: _File, chance: random.Random, how: str) -> bytes:
    """Return a content that a file may have."""
    content = bytearray(file.durable)
    pending = file.pending
    if how == "first":
        pending = pending[: chance.randint(0, len(pending))]
    for offset, data in pending:
        if how in ("all", "first") or (how != "none" and chance.random() < 0.5):
            _write(content, list(_torn(offset, data, chance)) if how == "torn" else [(offset, data)])
    return bytes(content)


def _torn(offset: int, data: bytes | None, chance: random.Random) -> Iterator[tuple[int, bytes | None]]:
    """Yield some of the sectors of a write."""
    if data is None:
        yield offset, None
        return
    for begin in range(0, len(data), SECTOR):
        if chance.random() < 0.7:
            yield offset + begin, data[begin : begin + SECTOR]


def _write(content: bytearray, writes: list[tuple[int, bytes | None]]) -> None:
    for offset, data in writes:
        if len(content) < offset:
            content.extend(bytes(offset - len(content)))
        if data is None:
            del content[offset:]
        else:
            content[offset : offset + len(data)] = data
