"""Open, create and remove the store that a URL means. PostgreSQL's driver is loaded only for a ledger on a server."""

from ledger.stores.log_store import LogStore
from ledger.stores.sqlite import connection as sqlite_connection
from ledger.stores.sqlite.store import SQLiteStore
from ledger.stores.urls import is_on_server


def open_store(url: str, *, reads: bool = False) -> LogStore:
    """Return the store of the ledger at `url`; with `reads`, a file and what lies next to it stay as they are.

    Raises NoLedger and what else opening raises.
    """
    if is_on_server(url):
        from ledger.stores.postgres.store import PostgresStore  # noqa: PLC0415 - not for a ledger in a file

        return PostgresStore(url)
    return SQLiteStore(url, reads=reads)


def check_free(url: str) -> None:
    """Raise BadUrl, LedgerExists, NoFolder or what connecting raises unless a ledger could be made at `url`."""
    if is_on_server(url):
        from ledger.stores.postgres import migrate  # noqa: PLC0415

        migrate.check_free(url)
    else:
        sqlite_connection.check_free(url)


def create(url: str) -> bool:
    """Create an empty ledger at `url`; return whether `remove` is to take it away where it comes to nothing.

    Raises what `check_free` raises, and ReadOnly, NotAllowed, DiskFull.
    """
    if is_on_server(url):
        from ledger.stores.postgres import migrate  # noqa: PLC0415

        return migrate.create(url)
    sqlite_connection.create(url)
    return True


def remove(url: str) -> None:
    """Remove a ledger that was just created and never used."""
    if is_on_server(url):
        from ledger.stores.postgres import migrate  # noqa: PLC0415

        migrate.remove(url)
    else:
        sqlite_connection.remove(url)
