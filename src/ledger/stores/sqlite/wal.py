"""The write-ahead log next to a SQLite file, and files that were written under a process that may not lock them."""

from pathlib import Path

_changed: set[Path] = set()


def wal_of(path: Path) -> Path:
    """Return the place of the write-ahead log of a file."""
    path = path.resolve()
    return path.with_name(path.name + "-wal")


def has_wal(path: Path) -> bool:
    """Return whether a write-ahead log with anything in it is next to a file."""
    try:
        return wal_of(path).stat().st_size > 0
    except FileNotFoundError:
        return False


def note_changed(path: Path) -> None:
    """Note that a file changed while this process read it without a lock."""
    _changed.add(path.resolve())


def has_changed(path: Path) -> bool:
    """Return whether that was noted of a file: from then on it is read from a private copy."""
    return path.resolve() in _changed
