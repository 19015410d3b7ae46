"""Which kind of store a URL means. What needs PostgreSQL's driver is loaded only where a URL says so."""

from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ledger.stores.contract import LogStore
from ledger.stores.sqlite import SQLiteStore
from ledger.stores.sqlite_open import path_of

SERVERS = ("postgresql", "postgres")


def is_on_server(url: str) -> bool:
    """Return whether a URL means a ledger on a PostgreSQL server."""
    return url.partition(":")[0] in SERVERS


def file_of(url: str) -> Path | None:
    """Return the file of a ledger; None for one on a server. Raises BadUrl."""
    return None if is_on_server(url) else path_of(url)[0]


def shown(url: str) -> str:
    """Return a URL without a password, to be printed."""
    if not is_on_server(url):
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.partition("://")[0] + "://…"
    before, at, hosts = parts.netloc.rpartition("@")
    told = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if "password" not in name]
    user = before.partition(":")[0]
    return urlunsplit((parts.scheme, user + at + hosts, parts.path, urlencode(told, safe="/"), ""))


def open_store(url: str) -> LogStore:
    """Return the store of the ledger at `url`. Raises NoLedger and what else opening raises."""
    if is_on_server(url):
        from ledger.stores.postgres import PostgresStore  # noqa: PLC0415 - not for a ledger in a file

        return PostgresStore(url)
    return SQLiteStore(url)


def check_free(url: str) -> None:
    """Raise BadUrl, LedgerExists, NoFolder or what connecting raises unless a ledger could be made at `url`."""
    if is_on_server(url):
        from ledger.stores import postgres_making as making  # noqa: PLC0415
    else:
        from ledger.stores import sqlite_open as making  # type: ignore[no-redef]  # noqa: PLC0415
    making.check_free(url)


def create(url: str) -> bool:
    """Make an empty ledger at `url`; return whether `remove` is to take it away where it comes to nothing.

    Raises what `check_free` raises, and ReadOnly, NotAllowed, DiskFull.
    """
    if is_on_server(url):
        from ledger.stores.postgres_making import create as create_on_server  # noqa: PLC0415

        return create_on_server(url)
    from ledger.stores.sqlite_open import create as create_file  # noqa: PLC0415

    create_file(url)
    return True


def remove(url: str) -> None:
    """Take away a ledger that was just made and never used."""
    if is_on_server(url):
        from ledger.stores import postgres_making as making  # noqa: PLC0415
    else:
        from ledger.stores import sqlite_open as making  # type: ignore[no-redef]  # noqa: PLC0415
    making.remove(url)
