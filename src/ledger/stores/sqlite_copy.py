"""A copy of a ledger in SQLite as it is at one moment, while others record.

SQLite's online backup in a single step, and not VACUUM INTO: both hold one snapshot, which in write-ahead mode keeps
nobody from recording; but the first copies the pages as they are, and the second writes the file anew from what it can
read, which would tidy away the traces of damage that verification of the copy is to find.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from ledger.stores.sqlite_open import connect, translated


def copy(url: str, path: Path) -> None:
    """Write the ledger at `url` to a file at `path`, whole and on the disk; errors there are told as of that file.

    Raises what `connect` raises, and DiskFull, ReadOnly.
    """
    source, _ = connect(url)
    with closing(source), translated(f"sqlite:///{path}"), closing(sqlite3.connect(path)) as made:
        source.backup(made)
        # One that was not in write-ahead mode (made by hand) is from here on.
        made.execute("PRAGMA journal_mode = WAL")
