"""A simulated disk: a folder of which it is known what a loss of power would leave.

Files and names live in a real folder, so that all code reads as it always does. Beside it stands what is durable: a
content when it was synced, a name when its folder was. After a loss of power, of all that was not synced, any part may
be there: writes of SQLite each by itself, lost or torn by sectors of 512 bytes; names in the order in which they were
made, by folder (as POSIX promises) or over all folders (as a journal of a file system does).
"""

import builtins
import errno
import fcntl
import io
import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, Self
from unittest.mock import patch

from ledger.stores.sqlite import turns
from tests.simulation.scheduler import Killed, Process, Scheduler
from tests.simulation.vfs import OK, Layer

SECTOR = 512
_UNNAMED = getattr(os, "O_TMPFILE", -1)
_BROKEN = {"read": sqlite3.SQLITE_IOERR_READ, "write": sqlite3.SQLITE_IOERR_WRITE, "sync": sqlite3.SQLITE_IOERR_FSYNC,
           "truncate": sqlite3.SQLITE_IOERR_TRUNCATE, "delete": sqlite3.SQLITE_IOERR_DELETE,
           "open": sqlite3.SQLITE_CANTOPEN}  # fmt: skip


@dataclass
class _File:
    """A file: its durable content, and the writes of SQLite since."""

    durable: bytearray | None = None
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    """(offset, data); without data, a cut to a size."""
    place: str = ""
    by_sqlite: bool = False
    rewritten: bool = False
    """Whether Python opened it again for writing, and has not synced it since."""


@dataclass
class _Folder:
    """A folder: its durable names, and what happened to names since, in order."""

    names: dict[str, int] = field(default_factory=dict)
    pending: list[tuple[int, dict[str, int | None]]] = field(default_factory=list)
    """(number, what each name is from then on; None if it is gone)."""


class Disk:
    """The disk of the simulated machine, in the folder `root`, which is empty at first."""

    def __init__(self, root: str, scheduler: Scheduler) -> None:
        """Make it; nothing is shown to it before `attached`."""
        self.root = os.path.realpath(root)
        self.scheduler = scheduler
        self.is_after = False
        """Whether processes have ended and only their remains are closed, which must change nothing."""
        self._things: dict[int, _File | _Folder] = {}
        self._by_inode: dict[int, int] = {}
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
            self._things[number] = _Folder({name: self._take_in(f"{path}/{name}") for name in sorted(os.listdir(path))})
        else:
            with _REAL_OPEN(path, "rb") as file:
                self._things[number] = _File(bytearray(file.read()), place=path)
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
        self._order = self._settled = 0
        self._take_in(self.root)

    def _surviving(
        self, number: int, chance: random.Random, last: int | None, survivors: dict[int, bytes]
    ) -> dict[str, Any]:
        folder = self._things[number]
        assert isinstance(folder, _Folder)
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
            if isinstance(thing, _Folder):
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
                with _REAL_OPEN(place, "xb") as file:
                    file.write(survivors[child])
                made[child] = place

    # Names.

    def _inside(self, path: str) -> bool:
        return not self._is_replaced and path.startswith(self.root) and path[len(self.root) :][:1] in ("", "/")

    def _new(self, path: str, thing: _File | _Folder) -> None:
        self._next += 1
        self._things[self._next] = thing
        self._by_inode[os.lstat(path).st_ino] = self._next
        self._change(path, {os.path.basename(path): self._next})

    def _change(self, path: str, changed: dict[str, int | None]) -> None:
        folder = self._thing(os.path.dirname(path))
        assert isinstance(folder, _Folder), path
        self._order += 1
        folder.pending.append((self._order, changed))

    def _thing(self, path: str) -> _File | _Folder:
        return self._things[self._number(path)]

    def _number(self, path: str) -> int:
        return self._by_inode[os.lstat(path).st_ino]

    def _sync_folder(self, folder: _Folder) -> None:
        for _, changed in folder.pending:
            for name, number in changed.items():
                if number is None:
                    folder.names.pop(name, None)
                else:
                    folder.names[name] = number
        folder.pending.clear()
        self._settled = self._order

    def _sync_python_file(self, file: _File, data: bytes) -> None:
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
            self._new(path, _File(place=path, by_sqlite=True))
        return self.scheduler.me()

    def reads(self, owner: Process | None) -> int:
        """Take a step before SQLite reads."""
        return self._asked("read", owner)

    def writes(self, owner: Process | None, path: str, data: bytes, offset: int) -> int:
        """Take a step before SQLite writes, and keep what it writes."""
        if not self._inside(path):
            return OK
        code = self._asked("write", owner)
        if code == OK:
            self._pend(path, (offset, data))
        return code

    def truncates(self, owner: Process | None, path: str, size: int) -> int:
        """Take a step before SQLite cuts a file off."""
        if not self._inside(path):
            return OK
        code = self._asked("truncate", owner)
        if code == OK:
            self._pend(path, (size, None))
        return code

    def _pend(self, path: str, change: tuple[int, bytes | None]) -> None:
        if os.path.lexists(path):  # one that was removed while it is open is lost in any case
            file = self._thing(path)
            assert isinstance(file, _File)
            file.by_sqlite = True
            file.pending.append(change)

    def syncs(self, owner: Process | None, path: str, *, with_name: bool) -> int:
        """Take a step before SQLite syncs a file, which then is durable."""
        if not self._inside(path):
            return OK
        code = self._asked("sync", owner)
        if code == OK and os.path.lexists(path):
            file = self._thing(path)
            assert isinstance(file, _File)
            file.durable = _applied(file.durable or bytearray(), file.pending)
            file.pending.clear()
            self._settled = self._order
            if with_name:
                self._sync_path(os.path.dirname(path))
        return code

    def _sync_path(self, path: str) -> None:
        folder = self._thing(path)
        assert isinstance(folder, _Folder)
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

    # What Python does.

    @contextmanager
    def attached(self, *, reads: bool = False) -> Iterator[None]:
        """Show this disk everything that is done in its folder, and let simulated time stand for the real one."""
        with ExitStack() as stack:
            stack.enter_context(Layer(self, reads=reads))
            for owner, name, function in self._replacements():
                stack.enter_context(patch.object(owner, name, function))
            yield

    def _replacements(self) -> Iterator[tuple[Any, str, Callable[..., Any]]]:
        yield os, "open", self._open
        yield os, "fsync", self._fsync
        yield os, "mkdir", self._mkdir
        for name in ("unlink", "remove", "rmdir"):
            yield os, name, self._removing(getattr(os, name))
        for name in ("rename", "replace"):
            yield os, name, self._moving(getattr(os, name))
        yield os, "link", self._link
        connecting = _connecting(self.scheduler)
        yield sqlite3, "connect", connecting
        yield sqlite3.dbapi2, "connect", connecting
        yield io, "open", self._open_file
        yield builtins, "open", self._open_file
        yield turns, "_wait", self._wait_in_line
        yield time, "sleep", self._sleep
        yield time, "monotonic", self._monotonic
        yield fcntl, "flock", self._flock

    def _step(self, path: str, *, writes: bool = False, syncs: bool = False) -> bool:
        """Take a step of the running process; return whether it is one in this folder. Raises Killed, OSError."""
        process = self.scheduler.me()
        if process is None or not self._inside(path):
            return False
        fault = self.scheduler.step(process, syncs=syncs)
        if fault == "full" and writes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        if fault == "broken":
            raise OSError(errno.EIO, os.strerror(errno.EIO), path)
        return True

    def _open(self, path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        place = _absolute(path, dir_fd)
        if not self._inside(place):
            return int(_REAL["open"](path, flags, mode, dir_fd=dir_fd))
        if flags & _UNNAMED == _UNNAMED:
            self._step(place, writes=True)
            return int(_REAL["open"](path, flags, mode, dir_fd=dir_fd))
        is_new = bool(flags & os.O_CREAT) and not os.path.lexists(place)
        self._step(place, writes=is_new)
        file: int = _REAL["open"](path, flags, mode, dir_fd=dir_fd)
        if is_new:
            self._new(place, _File(place=place))
        return file

    def _open_file(self, file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if isinstance(file, int) or kwargs.get("opener") is not None:  # an opener calls os.open
            return _REAL_OPEN(file, mode, *args, **kwargs)
        place = _absolute(file, None)
        if not self._inside(place):
            return _REAL_OPEN(file, mode, *args, **kwargs)
        changes = any(letter in mode for letter in "wxa")
        is_new = changes and not os.path.lexists(place)
        self._step(place, writes=changes)
        opened = _REAL_OPEN(file, mode, *args, **kwargs)
        if is_new:
            self._new(place, _File(place=place))
        elif changes:
            thing = self._thing(place)
            assert isinstance(thing, _File)
            thing.rewritten, thing.place = True, place
        return opened

    def _fsync(self, file: Any) -> None:
        number = file if isinstance(file, int) else file.fileno()
        place = os.readlink(f"/proc/self/fd/{number}")
        if not self._inside(place):
            return  # what is not on this disk need not last
        self._step(place, syncs=True)
        thing = self._things.get(self._by_inode.get(os.fstat(number).st_ino, 0))
        if thing is None:
            return  # a temporary file without a name
        if isinstance(thing, _Folder):
            self._sync_folder(thing)
        elif thing.by_sqlite:
            thing.durable = _applied(thing.durable or bytearray(), thing.pending)
            thing.pending.clear()
            self._settled = self._order
        else:
            with _REAL_OPEN(place, "rb") as again:
                self._sync_python_file(thing, again.read())

    def _mkdir(self, path: Any, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
        place = _absolute(path, dir_fd)
        self._step(place, writes=True)
        _REAL["mkdir"](path, mode, dir_fd=dir_fd)
        if self._inside(place):
            self._new(place, _Folder())

    def _removing(self, real: Callable[..., None]) -> Callable[..., None]:
        def remove(path: Any, *, dir_fd: int | None = None) -> None:
            place = _absolute(path, dir_fd)
            self._step(place)
            real(path, dir_fd=dir_fd)
            if self._inside(place):
                self._change(place, {os.path.basename(place): None})

        return remove

    def _moving(self, real: Callable[..., None]) -> Callable[..., None]:
        def move(src: Any, dst: Any, *, src_dir_fd: int | None = None, dst_dir_fd: int | None = None) -> None:
            source, target = _absolute(src, src_dir_fd), _absolute(dst, dst_dir_fd)
            if not self._inside(source):
                real(src, dst, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)
                return
            number = self._number(source) if os.path.lexists(source) else 0
            self._step(source)
            real(src, dst, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)
            names: dict[str, int | None] = {os.path.basename(target): number}
            if os.path.dirname(source) == os.path.dirname(target):
                names[os.path.basename(source)] = None
                self._change(source, names)
            else:
                self._change(target, names)
                self._change(source, {os.path.basename(source): None})

        return move

    def _link(self, src: Any, dst: Any, *, follow_symlinks: bool = True, **fds: Any) -> None:
        place = _absolute(dst, fds.get("dst_dir_fd"))
        self._step(place, writes=True)
        _REAL["link"](src, dst, follow_symlinks=follow_symlinks, **fds)
        if self._inside(place):
            self._change(place, {os.path.basename(place): self._number(place)})

    def _wait_in_line(self, file: int, seconds: float) -> bool:
        """Wait for the lock on a file as writers do in their queue, which has a thread for it."""
        process = self.scheduler.me()
        if process is None:
            return bool(_REAL["_wait"](file, seconds))
        end = self.scheduler.now + seconds
        while self.scheduler.now < end:
            self.scheduler.step(process)
            try:
                _REAL["flock"](file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self.scheduler.wait(process, 0.002)
            else:
                return True
        os.close(file)
        return False

    def _sleep(self, seconds: float) -> None:
        process = self.scheduler.me()
        if process is None:
            _REAL["sleep"](seconds)
        else:
            self.scheduler.step(process)
            self.scheduler.wait(process, seconds)

    def _monotonic(self) -> float:
        return self.scheduler.now if self.scheduler.me() is not None else float(_REAL["monotonic"]())

    def _flock(self, file: Any, how: int) -> None:
        process = self.scheduler.me()
        if process is None or how & (fcntl.LOCK_NB | fcntl.LOCK_UN):
            _REAL["flock"](file, how)
            return
        while True:
            self.scheduler.step(process)
            try:
                _REAL["flock"](file, how | fcntl.LOCK_NB)
            except BlockingIOError:
                self.scheduler.wait(process, 0.01)
            else:
                return


def _connecting(scheduler: Scheduler) -> Callable[..., sqlite3.Connection]:
    """Return a `sqlite3.connect` whose connections take a step before each statement, so that others may come first."""

    def step() -> None:
        process = scheduler.me()
        if process is not None:
            scheduler.step(process)

    class SteppingCursor(sqlite3.Cursor):
        def execute(self, *args: Any) -> Self:
            step()
            return super().execute(*args)

    class SteppingConnection(sqlite3.Connection):
        def cursor(self, factory: type[sqlite3.Cursor] = SteppingCursor) -> sqlite3.Cursor:  # type: ignore[override]
            return super().cursor(factory)

        def execute(self, *args: Any) -> sqlite3.Cursor:
            step()
            return super().execute(*args)

        def executemany(self, *args: Any) -> sqlite3.Cursor:
            step()
            return super().executemany(*args)

    def connect(*args: Any, factory: type[sqlite3.Connection] = sqlite3.Connection, **how: Any) -> sqlite3.Connection:
        own = SteppingConnection if factory is sqlite3.Connection else factory
        return _REAL_CONNECT(*args, factory=own, **how)

    return connect


_REAL_CONNECT = sqlite3.connect
_REAL_OPEN = io.open
_REAL: dict[str, Any] = {name: getattr(os, name) for name in ("open", "mkdir", "link")}
_REAL |= {"sleep": time.sleep, "monotonic": time.monotonic, "flock": fcntl.flock}
_REAL["_wait"] = turns._wait  # noqa: SLF001 - the queue of writers waits in a thread of its own


def _absolute(path: Any, folder: int | None) -> str:
    text = os.fsdecode(path)
    if folder is not None and not os.path.isabs(text):
        return os.path.normpath(f"{os.readlink(f'/proc/self/fd/{folder}')}/{text}")
    return os.path.abspath(text)


def _applied(content: bytearray, changes: list[tuple[int, bytes | None]]) -> bytearray:
    for offset, data in changes:
        if data is None:
            del content[offset:]
            content.extend(bytes(offset - len(content)))
        else:
            if len(content) < offset:
                content.extend(bytes(offset - len(content)))
            content[offset : offset + len(data)] = data
    return content


def _content(file: _File, chance: random.Random) -> bytes:
    """Return a content that the file may have after a loss of power."""
    if not file.by_sqlite:
        if file.durable is not None and (not file.rewritten or chance.random() < 0.5):
            return bytes(file.durable)
        live = b""
        if os.path.lexists(file.place):
            with _REAL_OPEN(file.place, "rb") as opened:
                live = opened.read()
        cut = chance.randint(0, len(live))
        return chance.choice((b"", live, live[:cut], live[:cut] + bytes(len(live) - cut)))
    content = bytearray(file.durable or b"")
    how = chance.random()
    for change in file.pending:
        if how < 0.25 or (how < 0.8 and chance.random() < 0.5):
            _applied(content, [_torn(change, chance) if how > 0.5 else change])
    return bytes(content)


def _torn(change: tuple[int, bytes | None], chance: random.Random) -> tuple[int, bytes | None]:
    offset, data = change
    if data is None or len(data) <= SECTOR or chance.random() < 0.8:
        return change
    return offset, data[: SECTOR * chance.randint(1, len(data) // SECTOR)]
