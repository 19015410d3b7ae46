"""A simulated disk: a folder of which it is known what a loss of power would leave.

Files and names live in a real folder, so that all code reads as it always does. Beside it stands what is durable: a
content when it was synced, a name when its folder was. After a loss of power, of all that was not synced, any part may
be there: writes of SQLite each by itself, lost or torn by sectors of 512 bytes; names in the order in which they were
made, by folder (as POSIX promises) or over all folders (as a journal of a file system does).
"""

import os
import random
import shutil
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.scheduler import Killed, Process, Scheduler
from tests.simulation.vfs import OK

SECTOR = 512
_BROKEN = {"read": sqlite3.SQLITE_IOERR_READ, "write": sqlite3.SQLITE_IOERR_WRITE, "sync": sqlite3.SQLITE_IOERR_FSYNC,
           "truncate": sqlite3.SQLITE_IOERR_TRUNCATE, "delete": sqlite3.SQLITE_IOERR_DELETE,
           "open": sqlite3.SQLITE_CANTOPEN}  # fmt: skip


@dataclass
class File:
    """A file: its durable content, and the writes of SQLite since."""

    durable: bytearray | None = None
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    """(offset, data); without data, a cut to a size."""
    place: str = ""
    by_sqlite: bool = False
    rewritten: bool = False
    """Whether Python opened it again for writing, and has not synced it since."""


@dataclass
class Folder:
    """A folder: its durable names, and what happened to names since, in order."""

    names: dict[str, int] = field(default_factory=dict)
    pending: list[tuple[int, dict[str, int | None]]] = field(default_factory=list)
    """(number, what each name is from then on; None if it is gone)."""


class Disk:
    """The disk of the simulated machine, in the folder `root`, which is empty at first."""

    def __init__(self, root: str, scheduler: Scheduler) -> None:
        """Make it of what the folder holds."""
        self.root = os.path.realpath(root)
        self.scheduler = scheduler
        self.is_after = False
        """Whether processes have ended and only their remains are closed, which must change nothing."""
        self._things: dict[int, File | Folder] = {}
        self._by_inode: dict[int, int] = {}
        self._opened: dict[tuple[str, str], int] = {}
        """The file that a process has open, by the names of both: it may be moved away meanwhile."""
        self._is_replaced = False
        self._next = 0
        self._order = 0
        self._settled = 0
        self._take_in(self.root)

    def _take_in(self, path: str) -> int:
        """Take what is in the real folder as durable."""
        self._next += 1
        number = self._next
        self._by_inode[os.lstat(path).st_ino] = number
        if os.path.isdir(path):
            self._things[number] = Folder({name: self._take_in(f"{path}/{name}") for name in sorted(os.listdir(path))})
        else:
            with open(path, "rb") as file:
                self._things[number] = File(bytearray(file.read()), place=path)
        return number

    # What a loss of power leaves.

    def lose_power(self, chance: random.Random) -> None:
        """Replace the content of the folder by what a loss of power might leave of it."""
        last = chance.randint(self._settled, self._order) if chance.random() < 0.5 else None
        survivors: dict[int, bytes] = {}
        tree = self._surviving(self._by_inode[os.lstat(self.root).st_ino], chance, last, survivors)
        self._is_replaced = True
        for name in os.listdir(self.root):
            path = f"{self.root}/{name}"
            shutil.rmtree(path) if os.path.isdir(path) and not os.path.islink(path) else os.unlink(path)
        self._write(self.root, tree, survivors, {})
        self._is_replaced = False
        self._things.clear()
        self._by_inode.clear()
        self._opened.clear()
        self._order = self._settled = 0
        self._take_in(self.root)

    def _surviving(
        self, number: int, chance: random.Random, last: int | None, survivors: dict[int, bytes]
    ) -> dict[str, Any]:
        folder = self._things[number]
        assert isinstance(folder, Folder)
        names: dict[str, int | None] = dict(folder.names)
        pending = folder.pending
        if last is None:
            pending = pending[: chance.randint(0, len(pending))]
        for order, changed in pending:
            if last is None or order <= last:
                names |= changed
        tree: dict[str, Any] = {}
        for name, child in sorted(names.items()):
            if child is None:
                continue
            thing = self._things[child]
            if isinstance(thing, Folder):
                tree[name] = self._surviving(child, chance, last, survivors)
            else:
                tree[name] = child
                if child not in survivors:
                    survivors[child] = _content(thing, chance)
        return tree

    def _write(self, path: str, tree: dict[str, Any], survivors: dict[int, bytes], made: dict[int, str]) -> None:
        for name, child in tree.items():
            place = f"{path}/{name}"
            if isinstance(child, dict):
                os.mkdir(place)
                self._write(place, child, survivors, made)
            elif child in made:
                os.link(made[child], place)
            else:
                with open(place, "xb") as file:
                    file.write(survivors[child])
                made[child] = place

    # Names.

    def _inside(self, path: str) -> bool:
        return not self._is_replaced and path.startswith(self.root) and path[len(self.root) :][:1] in ("", "/")

    def _new(self, path: str, thing: File | Folder) -> None:
        self._next += 1
        self._things[self._next] = thing
        self._by_inode[os.lstat(path).st_ino] = self._next
        self._change(path, {os.path.basename(path): self._next})

    def _change(self, path: str, changed: dict[str, int | None]) -> None:
        folder = self._thing(os.path.dirname(path))
        assert isinstance(folder, Folder), path
        self._order += 1
        folder.pending.append((self._order, changed))

    def _thing(self, path: str) -> File | Folder:
        return self._things[self._number(path)]

    def _number(self, path: str) -> int:
        return self._by_inode[os.lstat(path).st_ino]

    def _sync_folder(self, folder: Folder) -> None:
        for _, changed in folder.pending:
            for name, number in changed.items():
                if number is None:
                    folder.names.pop(name, None)
                else:
                    folder.names[name] = number
        folder.pending.clear()
        self._settled = self._order

    def _sync_python_file(self, file: File, data: bytes) -> None:
        file.durable = bytearray(data)
        file.rewritten = False
        file.pending.clear()
        self._settled = self._order

    # What SQLite does (tests.simulation.vfs.Listener).

    def _asked(self, what: str, owner: Process | None = None) -> int:
        process = self.scheduler.me()
        if owner is not None and (owner.dead or owner is not process):
            return _BROKEN[what]  # a connection of a dead process is only closed
        if process is None:
            return _BROKEN[what] if self.is_after else OK
        try:
            fault = self.scheduler.step(process, syncs=what == "sync")
        except Killed:
            return _BROKEN[what]
        if fault == "full" and what in ("write", "open"):
            return sqlite3.SQLITE_FULL if what == "write" else sqlite3.SQLITE_CANTOPEN
        return _BROKEN[what] if fault == "broken" else OK

    def opens(self, path: str) -> int:
        """Take a step before SQLite opens a file."""
        return self._asked("open") if self._inside(path) else OK

    def opened(self, path: str, *, is_new: bool) -> Process | None:
        """Take in a file that SQLite has opened."""
        if is_new and self._inside(path):
            self._new(path, File(place=path, by_sqlite=True))
        owner = self.scheduler.me()
        if self._inside(path) and os.path.lexists(path):
            self._opened[_name(owner), path] = self._number(path)
        return owner

    def reads(self, owner: Process | None) -> int:
        """Take a step before SQLite reads."""
        return self._asked("read", owner)

    def writes(self, owner: Process | None, path: str, data: bytes, offset: int) -> int:
        """Take a step before SQLite writes, and keep what it writes."""
        if not self._inside(path):
            return OK
        code = self._asked("write", owner)
        if code == OK:
            self._pend(owner, path, (offset, data))
        return code

    def truncates(self, owner: Process | None, path: str, size: int) -> int:
        """Take a step before SQLite cuts a file off."""
        if not self._inside(path):
            return OK
        code = self._asked("truncate", owner)
        if code == OK:
            self._pend(owner, path, (size, None))
        return code

    def _pend(self, owner: Process | None, path: str, change: tuple[int, bytes | None]) -> None:
        file = self._things.get(self._opened.get((_name(owner), path), 0))
        if isinstance(file, File):
            file.by_sqlite = True
            file.pending.append(change)

    def syncs(self, owner: Process | None, path: str, *, with_name: bool) -> int:
        """Take a step before SQLite syncs a file, which then is durable."""
        if not self._inside(path):
            return OK
        code = self._asked("sync", owner)
        file = self._things.get(self._opened.get((_name(owner), path), 0))
        if code == OK and isinstance(file, File):
            file.durable = applied(file.durable or bytearray(), file.pending)
            file.pending.clear()
            self._settled = self._order
            if with_name:
                self._sync_path(os.path.dirname(path))
        return code

    def _sync_path(self, path: str) -> None:
        folder = self._thing(path)
        assert isinstance(folder, Folder)
        self._sync_folder(folder)

    def deletes(self, path: str, *, with_name: bool) -> int:
        """Take a step before SQLite deletes a file."""
        if not self._inside(path):
            return OK
        code = self._asked("delete")
        if code == OK and os.path.lexists(path):
            self._change(path, {os.path.basename(path): None})
            if with_name:
                self._sync_path(os.path.dirname(path))
        return code

    def sleeps(self, seconds: float) -> None:
        """Let others run while SQLite waits for a lock."""
        process = self.scheduler.me()
        if process is not None and not process.dead:
            try:
                self.scheduler.step(process)
                self.scheduler.wait(process, seconds)
            except Killed:
                return


def _name(process: Process | None) -> str:
    return process.name if process is not None else ""


def applied(content: bytearray, changes: list[tuple[int, bytes | None]]) -> bytearray:
    """Apply writes and cuts to a content, in place, and return it."""
    for offset, data in changes:
        if data is None:
            del content[offset:]
            content.extend(bytes(offset - len(content)))
        else:
            if len(content) < offset:
                content.extend(bytes(offset - len(content)))
            content[offset : offset + len(data)] = data
    return content


def _content(file: File, chance: random.Random) -> bytes:
    """Return a content that the file may have after a loss of power."""
    if not file.by_sqlite:
        if file.durable is not None and (not file.rewritten or chance.random() < 0.5):
            return bytes(file.durable)
        live = b""
        if os.path.lexists(file.place):
            with open(file.place, "rb") as opened:
                live = opened.read()
        cut = chance.randint(0, len(live))
        return chance.choice((b"", live, live[:cut], live[:cut] + bytes(len(live) - cut)))
    content = bytearray(file.durable or b"")
    how = chance.random()
    for change in file.pending:
        if how < 0.25 or (how < 0.8 and chance.random() < 0.5):
            applied(content, [_torn(change, chance) if how > 0.5 else change])
    return bytes(content)


def _torn(change: tuple[int, bytes | None], chance: random.Random) -> tuple[int, bytes | None]:
    offset, data = change
    if data is None or len(data) <= SECTOR or chance.random() < 0.8:
        return change
    return offset, data[: SECTOR * chance.randint(1, len(data) // SECTOR)]
