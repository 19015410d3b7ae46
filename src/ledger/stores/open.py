"""Open and create the store that a URL means. PostgreSQL's driver is loaded only for a ledger on a server."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from ledger.domain.errors import LedgerError
from ledger.stores.log_store import LogStore
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
        from ledger.stores.sqlite import creation  # noqa: PLC0415 - only what makes a ledger needs it

        creation.check_free(url)


@contextmanager
def created(url: str) -> Iterator[str]:
    """Yield the URL of an empty ledger, to be filled in one transaction; at `url` it is whole or not there.

    A ledger in a file gets its place at the end of the `with` block. On a server, and where an empty ledger exists
    already, the transaction is what makes it: it must find the log empty still, since another process may make one at
    the same time. An exception removes what was made.

    Raises what `check_free` raises, and ReadOnly, NotAllowed, DiskFull.
    """
    if not is_on_server(url):
        from ledger.stores.sqlite import creation  # noqa: PLC0415

        with creation.created(url) as place:
            yield place
        return
    from ledger.stores.postgres import migrate  # noqa: PLC0415

    is_new = migrate.create(url)
    try:
        yield url
    except BaseException:
        if is_new:
            with suppress(LedgerError):
                migrate.remove(url)
        raise
