"""Opening a ledger by its URL, and making one."""

from ledger.application import Clock, Ledger, utc_now
from ledger.attachments import Attachments
from ledger.domain.book import OpenLedger
from ledger.receipt import Receipt
from ledger.request import tidy
from ledger.stores.sqlite import SQLiteStore
from ledger.stores.sqlite_open import create, path_of, remove

DEFAULT_URL = "sqlite:///ledger.db"


def open_ledger(url: str = DEFAULT_URL, clock: Clock = utc_now) -> Ledger:
    """Return the ledger at `url`. Raises NoLedger, NotALedger, NewerFormat, Damaged, BadUrl."""
    return Ledger(SQLiteStore(url), clock, Attachments(path_of(url)[0].with_name("attachments")))


def make_ledger(url: str, command: OpenLedger, actor: str, clock: Clock = utc_now, **envelope: str | None) -> Receipt:
    """Make a ledger at `url` and record its first entry; nothing is left of it if that fails.

    `envelope` may give `effective_on`, `reason` and `id` of the request.

    Raises LedgerExists, NoFolder, ReadOnly, DiskFull, UnknownCurrency.
    """
    command = tidy(command)
    create(url)
    try:
        ledger = open_ledger(url, clock)
        try:
            return ledger.open(command, actor, **envelope)
        finally:
            ledger.close()
    except BaseException:
        remove(url)
        raise
