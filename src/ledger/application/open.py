"""Open a ledger by its URL, or create one."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.application.ledger import Clock, Ledger
from ledger.application.receipt import Receipt
from ledger.application.request import Request, tidy
from ledger.domain.organisation.settings import OpenLedger
from ledger.files.attachments import Attachments
from ledger.stores.errors import LedgerExists
from ledger.stores.open import created, open_store
from ledger.stores.urls import DEFAULT_URL, file_of, shown

if TYPE_CHECKING:
    from ledger.application.rollback_guard import Guard


def open_ledger(
    url: str = DEFAULT_URL,
    clock: Clock | None = None,
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
    clock: Clock | None = None,
    guard: "Guard | None" = None,
    *,
    effective_on: str | None = None,
    reason: str | None = None,
    id: str | None = None,  # noqa: A002 - the request's name for it
) -> Receipt:
    """Create a ledger at `url` with its first entry, in one step: whatever stops it, both are there or neither.

    `guard` is created with it; an existing guard is refused, because it belongs to another ledger. It gets its name
    just after the ledger: a ledger without its guard records nothing, and a guard without a ledger would be in the way.

    Raises LedgerExists, NoFolder, JournalLeft, NetworkDisk, ReadOnly, DiskFull, UnknownCurrency, GuardExists,
    CannotGuard.
    """
    command = tidy(command)
    request = Request(commands=(command,), actor=actor, effective_on=effective_on, reason=reason, id=id)
    if guard is not None:
        guard.check_free()
    with ExitStack() as prepared:
        if guard is not None:
            prepared.enter_context(_telling_of_guard())
        with created(url) as place, closing(open_ledger(place, clock)) as ledger, ledger.recording() as unit:
            if ledger.store.head().size:
                raise LedgerExists(shown(url))  # another process made one meanwhile
            receipt = unit.perform(request)
            if guard is not None:
                name_guard = prepared.enter_context(guard.prepared(command.origin, ledger.store))
        if guard is not None:
            name_guard()
    return receipt


@contextmanager
def _telling_of_guard() -> Iterator[None]:
    """Let the refusal say what to do where a call before was cut off between the ledger and its guard."""
    try:
        yield
    except LedgerExists as error:
        error.hint = (
            "If 'ledger init' was cut off before it made the guard: 'ledger guard start' makes it. "
            "Else choose another place with LEDGER_URL; nothing was changed."
        )
        raise
