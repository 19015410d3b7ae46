"""Open a ledger by its URL, or create one."""

from pathlib import Path
from typing import TYPE_CHECKING

from ledger.application.ledger import Clock, Ledger, utc_now
from ledger.application.receipt import Receipt
from ledger.application.request import tidy
from ledger.domain.organisation.settings import OpenLedger
from ledger.files.attachments import Attachments
from ledger.stores.open import create, open_store, remove
from ledger.stores.urls import DEFAULT_URL, file_of

if TYPE_CHECKING:
    from ledger.application.rollback_guard import Guard


def open_ledger(
    url: str = DEFAULT_URL,
    clock: Clock = utc_now,
    guard: "Guard | None" = None,
    attachments: Path | None = None,
    *,
    reads: bool = False,
) -> Ledger:
    """Return the ledger at `url`; `attachments` is the folder of its files, by default the one next to it.

    With `reads`, nothing is recorded, and a file and what lies next to it stay as they are.

    Raises NoLedger, NotALedger, NewerFormat, OlderFormat, ForeignSchema, ForeignJournal, Damaged, BadUrl, and
    connection errors of a server.
    """
    return Ledger(open_store(url, reads=reads), clock, attachments_of(url, attachments), guard)


def attachments_of(url: str, named: Path | None = None) -> Attachments | None:
    """Return the attachments in the folder `named`, or in the default folder next to the ledger. Raises BadUrl.

    Return None for a ledger on a server, which has no default folder, if none is named.
    """
    if named is not None:
        return Attachments(named)
    file = file_of(url)
    return None if file is None else Attachments(file.parent / "attachments")


def make_ledger(
    url: str,
    command: OpenLedger,
    actor: str,
    clock: Clock = utc_now,
    guard: "Guard | None" = None,
    **envelope: str | None,
) -> Receipt:
    """Create a ledger at `url` and record its first entry. If that fails, the ledger is removed.

    `guard` is created with it; an existing guard is refused, because it belongs to another ledger. `envelope` may
    contain `effective_on`, `reason` and `id` of the request.

    Raises LedgerExists, NoFolder, ReadOnly, DiskFull, UnknownCurrency, GuardExists, CannotGuard.
    """
    command = tidy(command)
    if guard is not None:
        guard.check_free()
    is_new = create(url)
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
        if is_new:
            remove(url)
        raise
