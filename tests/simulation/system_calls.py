"""The calls of the system, replaced: what Python does in the folder of a simulated disk is shown to the disk.

Time, waiting and locks are simulated as well: only one process runs, so that none may really wait for another.
"""

import builtins
import errno
import fcntl
import io
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Self
from unittest.mock import patch

from ledger.stores.sqlite import placement, turns
from tests.simulation.disk import Disk, File, Folder, applied
from tests.simulation.scheduler import Scheduler
from tests.simulation.vfs import Layer

_UNNAMED = getattr(os, "O_TMPFILE", -1)


class SystemCalls(Disk):
    """A disk that sees all calls of the system, as long as it is attached."""

    @contextmanager
    def attached(self, *, reads: bool = False) -> Iterator[None]:
        """Show this disk everything that is done in its folder, and let simulated time stand for the real one."""
        with ExitStack() as stack:
            self._layer = stack.enter_context(Layer(self, reads=reads))
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
        yield placement, "_is_in_use", self._is_in_use
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
            self._new(place, File(place=place))
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
            self._new(place, File(place=place))
        elif changes:
            thing = self._thing(place)
            assert isinstance(thing, File)
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
        if isinstance(thing, Folder):
            self._sync_folder(thing)
        elif thing.by_sqlite:
            thing.durable = applied(thing.durable or bytearray(), thing.pending)
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
            self._new(place, Folder())

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
        has_turn = False
        try:
            while not has_turn and self.scheduler.now < end:
                self.scheduler.step(process)
                try:
                    _REAL["flock"](file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    has_turn = True
                except BlockingIOError:
                    self.scheduler.wait(process, 0.002)
        finally:
            if not has_turn:  # given up, or killed while it waited
                os.close(file)
        return has_turn

    def _is_in_use(self, index: Path) -> bool:
        """Return whether another process has the file of this index open: its lock is one of the real process."""
        process = self.scheduler.me()
        if process is None:
            return bool(_REAL["_is_in_use"](index))
        try:
            self._step(str(index))
        except OSError:  # of an index that it cannot open the product does not know
            return False
        owners = self._layer.owners(str(index).removesuffix("-shm"))
        return any(owner is not None and owner is not process and not owner.dead for owner in owners)

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
_REAL["_is_in_use"] = placement._is_in_use  # noqa: SLF001 - SQLite's locks are those of a process


def _absolute(path: Any, folder: int | None) -> str:
    text = os.fsdecode(path)
    if folder is not None and not os.path.isabs(text):
        return os.path.normpath(f"{os.readlink(f'/proc/self/fd/{folder}')}/{text}")
    return os.path.abspath(text)
