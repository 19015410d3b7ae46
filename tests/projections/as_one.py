"""The log that there would be if two parties that were merged had been one from the beginning, entry by entry."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.domain.kernel import Event
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.affiliation import PartyAffiliated, PartySeparated
from ledger.domain.party.merging import PartyMerged
from ledger.domain.party.party import PartyAliasAdded, PartyReclassified, PartyRegistered, PartyRenamed
from ledger.domain.voiding import EntryVoided
from ledger.format.entry import Entry, read
from tests.projections.histories import Clock

REFERENCES = ("by", "vendor", "party", "into")
NOTHING = PartyReclassified()
"""What changes nothing."""
LONG_AGO = "1900-01-01"


def as_one(entries: list[Entry], merged: str, into: str) -> Iterator[Entry]:
    """Yield the entries of a log with `into` in place of `merged`, in one stream, each in its place.

    Of the merged party, names become aliases; its classes, and what would link the party with itself, do nothing.
    """
    versions: dict[str, int] = {}
    moved: dict[tuple[str, int], int] = {}
    for entry in entries:
        stream = f"party/{into}" if entry.stream == f"party/{merged}" else entry.stream
        version = versions[stream] = versions.get(stream, 0) + 1
        moved[entry.stream, entry.version] = version
        event = _renamed(entry.event, merged, into)
        if isinstance(event, EntryVoided):
            event = EntryVoided(version=moved[entry.stream, event.version], reason=event.reason)
        elif stream != entry.stream:
            event = _of_the_other(event, into)
        elif (isinstance(event, PartyAffiliated | PartySeparated) and stream == f"party/{event.party}") or (
            isinstance(event, PartyMerged) and stream == f"party/{event.into}"
        ):
            event = NOTHING
        # A registration holds for all time, and so do its names.
        on = LONG_AGO if isinstance(entry.event, PartyRegistered) and stream != entry.stream else entry.effective_on
        yield msgspec.structs.replace(entry, stream=stream, version=version, event=event, effective_on=on)


def _of_the_other(event: Event, into: str) -> Event:
    if isinstance(event, PartyRegistered | PartyRenamed):
        return PartyAliasAdded(alias=event.name)
    links = isinstance(event, PartyAffiliated | PartySeparated) and event.party == into
    return NOTHING if links or isinstance(event, PartyReclassified | PartyMerged) else event


def _renamed(event: Event, merged: str, into: str) -> Event:
    changed: dict[str, Any] = {
        member: into for member in REFERENCES if getattr(event, member, None) == merged and hasattr(event, member)
    }
    if getattr(event, "between", None):
        changed["between"] = tuple(dict.fromkeys(into if ref == merged else ref for ref in event.between))  # type: ignore[attr-defined]
    if getattr(event, "parties", None):
        roles = (
            msgspec.structs.replace(role, party=into) if role.party == merged else role
            for role in event.parties  # type: ignore[attr-defined]
        )
        changed["parties"] = tuple(dict.fromkeys(roles))
    return msgspec.structs.replace(event, **changed) if changed else event


def rewritten(ledger: Ledger, folder: Path, merged: str, into: str, size: int | None = None) -> Ledger:
    """Return a ledger in `folder` with the entries of another one, as if the two parties had been one."""
    entries = [read(data) for _, data in ledger.store.entries(1, size or ledger.store.head().size)]
    url = f"sqlite:///{folder}/one.db"
    make_ledger(url, OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/1", (clock := Clock()))
    one = open_ledger(url, clock)
    with one.store.writing():
        one.save(*list(as_one(entries, merged, into))[1:])
    return one
