"""A layer below SQLite (a VFS) that shows every write, sync, truncation and deletion to a listener, and may refuse it.

It is made with ctypes in the SQLite library that Python's own `sqlite3` uses, and stands in front of the system's VFS:
reading, locking and shared memory stay native. Structures are those of sqlite3.h (https://www.sqlite.org/c3ref/vfs.html
and https://www.sqlite.org/c3ref/io_methods.html).
"""

import _sqlite3
import ctypes
import os
import sqlite3
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p, cast, string_at
from typing import Any, Protocol, Self

OK = 0
_CREATE = 0x4
_JOURNALS = 0x800 | 0x4000 | 0x80000
"""SQLITE_OPEN_MAIN_JOURNAL, SUPER_JOURNAL and WAL: who opens one so that it may be made syncs its folder at first."""

_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_SLEEP = CFUNCTYPE(c_int, c_void_p, c_int)
_CLOSE = CFUNCTYPE(c_int, c_void_p)
_READ = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


class _Vfs(Structure):
    _fields_ = (
        ("iVersion", c_int), ("szOsFile", c_int), ("mxPathname", c_int), ("pNext", c_void_p), ("zName", c_char_p),
        ("pAppData", c_void_p), ("xOpen", c_void_p), ("xDelete", c_void_p), ("xAccess", c_void_p),
        ("xFullPathname", c_void_p), ("xDlOpen", c_void_p), ("xDlError", c_void_p), ("xDlSym", c_void_p),
        ("xDlClose", c_void_p), ("xRandomness", c_void_p), ("xSleep", c_void_p), ("xCurrentTime", c_void_p),
        ("xGetLastError", c_void_p), ("xCurrentTimeInt64", c_void_p), ("xSetSystemCall", c_void_p),
        ("xGetSystemCall", c_void_p), ("xNextSystemCall", c_void_p),
    )  # fmt: skip


class _Methods(Structure):
    _fields_ = (
        ("iVersion", c_int), ("xClose", c_void_p), ("xRead", c_void_p), ("xWrite", c_void_p), ("xTruncate", c_void_p),
        ("xSync", c_void_p), ("xFileSize", c_void_p), ("xLock", c_void_p), ("xUnlock", c_void_p),
        ("xCheckReservedLock", c_void_p), ("xFileControl", c_void_p), ("xSectorSize", c_void_p),
        ("xDeviceCharacteristics", c_void_p), ("xShmMap", c_void_p), ("xShmLock", c_void_p), ("xShmBarrier", c_void_p),
        ("xShmUnmap", c_void_p), ("xFetch", c_void_p), ("xUnfetch", c_void_p),
    )  # fmt: skip


class Listener(Protocol):
    """Who is told of what SQLite does; each answers a result code, and what is not OK is what SQLite gets instead."""

    def opened(self, path: str, *, is_new: bool) -> Any:
        """Take note of an open file, and return its owner, who comes back in the other calls."""

    def opens(self, path: str) -> int:
        """Answer before a file is opened."""

    def reads(self, owner: Any) -> int:
        """Answer before something is read."""

    def writes(self, owner: Any, path: str, data: bytes, offset: int) -> int:
        """Answer before `data` is written at `offset`."""

    def truncates(self, owner: Any, path: str, size: int) -> int:
        """Answer before the file is cut off."""

    def syncs(self, owner: Any, path: str, *, with_name: bool) -> int:
        """Answer before the file is synced, with its name in the folder if `with_name`."""

    def deletes(self, path: str, *, with_name: bool) -> int:
        """Answer before the file is deleted."""

    def sleeps(self, seconds: float) -> None:
        """Wait in place of SQLite, which waits for a lock."""


class _Open:
    """An open file: its native methods, its name, and whose it is."""

    __slots__ = ("is_unsynced", "methods", "owner", "path")

    def __init__(self, methods: "_Native", path: str, owner: Any, *, is_unsynced: bool) -> None:
        self.methods, self.path, self.owner, self.is_unsynced = methods, path, owner, is_unsynced


class _Native:
    """The methods of the system's VFS for one kind of file, and the table in which ours stand in front of them."""

    def __init__(self, original: _Methods, ours: dict[str, Any]) -> None:
        self.close = cast(original.xClose, _CLOSE)
        self.read = cast(original.xRead, _READ)
        self.write = cast(original.xWrite, _WRITE)
        self.truncate = cast(original.xTruncate, _TRUNCATE)
        self.sync = cast(original.xSync, _SYNC)
        self.table = _Methods.from_buffer_copy(original)
        for name, function in ours.items():
            setattr(self.table, name, cast(function, c_void_p).value)


class Layer:
    """The layer; while it stands, every file that SQLite opens in this process goes through it."""

    def __init__(self, listener: Listener, *, reads: bool = False) -> None:
        """Make it for a listener; `reads` shows reading as well, which costs time."""
        self._listener = listener
        library = ctypes.CDLL(_sqlite3.__file__)
        try:
            self._register, self._unregister = library.sqlite3_vfs_register, library.sqlite3_vfs_unregister
            find = library.sqlite3_vfs_find
        except AttributeError as error:
            raise NotImplementedError("the SQLite in this Python shows no functions of its own") from error
        find.restype, find.argtypes = POINTER(_Vfs), [c_char_p]
        self._register.argtypes, self._unregister.argtypes = [c_void_p, c_int], [c_void_p]
        self._system = find(None)
        if not self._system:
            raise NotImplementedError(f"SQLite {sqlite3.sqlite_version} has no VFS")
        self._natives: dict[int, _Native] = {}
        self._files: dict[int, _Open] = {}
        ours = {"xClose": _CLOSE(self._close), "xWrite": _WRITE(self._write), "xTruncate": _TRUNCATE(self._truncate),
                "xSync": _SYNC(self._sync)}  # fmt: skip
        self._ours: dict[str, Any] = ours | ({"xRead": _READ(self._read)} if reads else {})
        system = self._system.contents
        self._open_native, self._delete_native = cast(system.xOpen, _OPEN), cast(system.xDelete, _DELETE)
        self._vfs = _Vfs.from_buffer_copy(system)
        self._vfs.zName, self._vfs.pNext = b"shown", None
        self._callbacks = (_OPEN(self._open), _DELETE(self._delete), _SLEEP(self._sleep))
        for name, function in zip(("xOpen", "xDelete", "xSleep"), self._callbacks, strict=True):
            setattr(self._vfs, name, cast(function, c_void_p).value)

    def owners(self, path: str) -> list[Any]:
        """Return the owners of the open files that had this name when they were opened."""
        return [file.owner for file in self._files.values() if file.path == path]

    def __enter__(self) -> Self:
        self._register(ctypes.byref(self._vfs), 1)
        return self

    def __exit__(self, *_: object) -> None:
        assert not self._files, (
            f"{len(self._files)} files are still open: {[file.path for file in self._files.values()]}"
        )
        self._unregister(ctypes.byref(self._vfs))
        self._register(self._system, 1)

    def _open(self, _vfs: int, name: int | None, file: int, flags: int, out: Any) -> int:
        path = string_at(name).decode("utf-8", "surrogateescape") if name else ""
        refused = self._listener.opens(path) if path else OK
        if refused:
            c_void_p.from_address(file).value = None
            return refused
        is_new = bool(path) and bool(flags & _CREATE) and not os.path.exists(path)
        code: int = self._open_native(cast(self._system, c_void_p).value, name, file, flags, out)
        place = c_void_p.from_address(file)
        if code == OK and place.value:
            native = self._natives.get(place.value)
            if native is None:
                native = self._natives[place.value] = _Native(_Methods.from_address(place.value), self._ours)
            owner = self._listener.opened(path, is_new=is_new) if path else None
            syncs_name = bool(flags & _CREATE) and bool(flags & _JOURNALS)
            self._files[file] = _Open(native, path, owner, is_unsynced=syncs_name)
            place.value = ctypes.addressof(native.table)
        return code

    def _close(self, file: int) -> int:
        opened = self._files.pop(file)
        return int(opened.methods.close(file))

    def _read(self, file: int, buffer: int, size: int, offset: int) -> int:
        opened = self._files[file]
        return (self._listener.reads(opened.owner) if opened.path else OK) or int(
            opened.methods.read(file, buffer, size, offset)
        )

    def _write(self, file: int, buffer: int, size: int, offset: int) -> int:
        opened = self._files[file]
        if opened.path:
            refused = self._listener.writes(opened.owner, opened.path, string_at(buffer, size), offset)
            if refused:
                return refused
        return int(opened.methods.write(file, buffer, size, offset))

    def _truncate(self, file: int, size: int) -> int:
        opened = self._files[file]
        return (self._listener.truncates(opened.owner, opened.path, size) if opened.path else OK) or int(
            opened.methods.truncate(file, size)
        )

    def _sync(self, file: int, flags: int) -> int:
        opened = self._files[file]
        if not opened.path:
            return int(opened.methods.sync(file, flags))
        # The disk beneath is one of memory, and what is durable is what the listener keeps: a real sync tells nothing.
        code = self._listener.syncs(opened.owner, opened.path, with_name=opened.is_unsynced)
        opened.is_unsynced = opened.is_unsynced and code != OK
        return code

    def _delete(self, vfs: int, name: bytes, with_name: int) -> int:
        path = name.decode("utf-8", "surrogateescape")
        return self._listener.deletes(path, with_name=bool(with_name)) or int(self._delete_native(vfs, name, with_name))

    def _sleep(self, _vfs: int, microseconds: int) -> int:
        self._listener.sleeps(microseconds / 1e6)
        return microseconds


Result = Callable[..., int]
