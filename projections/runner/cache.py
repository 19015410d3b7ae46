"""The place of the projections: a private cache of the user, for a ledger in a file and for one on a server.

A file next to a ledger would be handed over with it, and nobody could tell whether its rows were folded from entries or
written by hand (docs/decisions/0021). The same holds for tables on a server that another user could write or define, so
that the projections of a ledger on a server are in the private cache, too.
"""

import hashlib
import os
from pathlib import Path

from ledger.domain.errors import CONFLICT, LedgerError
from ledger.stores.urls import file_of, shown
from projections.tables.version import VERSION

RUNNING = "SELECT count(*) FROM sqlite_schema WHERE type NOT IN ('table', 'index')"
"""Projections have no triggers and no views: a file that has one was changed."""


class NoProjections(LedgerError):
    """The tables behind lists and reports cannot be read or built."""

    code = "no-projections"
    exit = CONFLICT

    def __init__(self, place: str, why: str) -> None:
        """Say that the projections in `place` are not to be had, because `why`."""
        super().__init__(
            f"The projections in {place} cannot be read or built: {why}.",
            "Free some space, or set XDG_CACHE_HOME to a folder that only you may write; recording,"
            " 'show' and 'verify --log-only' work without it.",
        )


def cache_path(url: str) -> Path:
    """Return the file in the private cache of the user for the ledger at `url`. Raises NoProjections."""
    path = file_of(url)
    location = shown(url) if path is None else os.path.realpath(path)
    name = hashlib.sha256(location.encode(errors="surrogateescape")).hexdigest()[:16]
    # Two versions of the software have a file each: neither rebuilds the tables of the other.
    return _cache_folder() / f"{name}-{VERSION}.db"


def _cache_folder() -> Path:
    from platformdirs import user_cache_path  # noqa: PLC0415 - not needed for projections on a server

    folder = user_cache_path("engagement-ledger")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except OSError as error:
        raise NoProjections(str(folder), error.strerror or str(error)) from error
    if os.name == "posix" and (found.st_uid != os.getuid() or found.st_mode & 0o022):
        raise NoProjections(str(folder), "others may write to that folder")
    return folder
