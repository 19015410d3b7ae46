"""Opening a ledger by its URL, and making one."""

from ledger.application import Clock, Ledger, utc_now
from ledger.attachments import Attachments
from ledger.domain.book import OpenLedger
from ledger.guarding import Guard
from ledger.receipt import Receipt
from ledger.request import tidy
from ledger.stores.sqlite import SQLiteStore
from ledger.stores.sqlite_open import create, path_of, remove

DEFAULT_URL = "sqlite:///ledger.db"


def open_ledger(url: str = DEFAULT_URL, clock: Clock = utc_now, guard: Guard | None = None) -> Ledger:
    """Return the ledger at `url`. Raises NoLedger, NotALedger, NewerFormat, OlderFormat, Damaged, BadUrl."""
    return Ledger(SQLiteStore(url), clock, attachments_of(url), guard)


def attachments_of(url: str) -> Attachments:
    """Return the folder of files that stands beside the ledger at `url`. Raises BadUrl."""
    return Attachments(path_of(url)[0].with_name("attachments"))


def make_ledger(
    url: str,
    command: OpenLedger,
    actor: str,
    clock: Clock = utc_now,
    guard: Guard | None = None,
    **envelope: str | None,
) -> Receipt:
    """Make a ledger at `url` and record its first entry; nothing is left of it if that fails.

    `guard` is made with it: one that is there already is another ledger's, or that of a ledger that is gone.
    `envelope` may give `effective_on`, `reason` and `id` of the request.

    Raises LedgerExists, NoFolder, ReadOnly, DiskFull, UnknownCurrency, GuardExists, CannotGuard.
    """
    command = tidy(command)
    if guard is not None:
        guard.check_free()
    create(url)
    try:
        ledger = open_ledger(url, clock)
        try:
            receipt = ledger.open(command, actor, **envelope)
            if guard is not None:
                guard.start(ledger.origin, ledger.store)
            return receipt
        finally:
            ledger.close()
    except BaseException:
        remove(url)
        raise
