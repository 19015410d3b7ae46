"""The rest of step 12: an event is in a stream of its kind, and its values have their forms (docs/format.md).

The decoder reads an amount as text. That it is an amount was checked when it was recorded, and is checked again here,
since an entry may have come into the log another way.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, get_type_hints

import msgspec

from ledger.application.request import long_members
from ledger.characters.hidden import hidden_fault
from ledger.domain.controls.adoption import ControlsAdopted
from ledger.domain.dates import checked_date
from ledger.domain.disclosure.disclosure import DisclosureCorrected, DisclosurePrepared, DisclosurePublished
from ledger.domain.errors import LedgerError
from ledger.domain.fields import Share, checked_reference
from ledger.domain.findings.assessment import FindingAssessed
from ledger.domain.kernel import Event, State
from ledger.domain.money import Money, decimals
from ledger.domain.organisation.exchange_rate import RateRecorded
from ledger.domain.organisation.settings import SettingChanged, setting_fault
from ledger.domain.registry import COMMANDS
from ledger.format.entry import Entry

REFERENCES = frozenset(
    (
        "party", "by", "between", "vendor", "into", "number", "payment", "order", "orders", "acceptance", "item",
        "outcome", "engagement", "document", "correction", "conflict", "review", "action", "request", "flag",
        "symbol", "rule", "case", "control", "finding",
    )
)  # fmt: skip
CURRENCIES = frozenset(("reporting_currency", "base", "quote"))

_NAMES: dict[type[Event], Callable[[Any], str]] = {
    DisclosurePrepared: lambda event: str(event.document),
    DisclosurePublished: lambda event: str(event.document),
    RateRecorded: lambda event: f"{event.base}-{event.quote}",
    FindingAssessed: lambda event: str(event.finding),
    ControlsAdopted: lambda event: str(event.symbol),
}
"""Events that contain the name of their stream."""


def place_fault(entry: Entry) -> str | None:
    """Return why an event does not belong in its stream, or None."""
    kind, _, name = entry.stream.partition("/")
    own = _kind(type(entry.event))
    if own not in (None, kind):
        return f"{entry.event.tag()} is in a stream of kind {kind}"
    name_of = _NAMES.get(type(entry.event))
    if name_of is not None and name_of(entry.event) != name:
        return f"{entry.event.tag()} is about {name_of(entry.event)}, but is in {entry.stream}"
    return None


@cache
def _kind(event: type[Event]) -> str | None:
    # The state that the event evolves gives its kind; voids occur in every kind of stream.
    state = get_type_hints(event.evolve)["state"]
    return state.kind if isinstance(state, type) and issubclass(state, State) else None


@cache
def long_texts() -> frozenset[str]:
    """Return the members whose texts may contain line feeds, as declared by the commands."""
    return frozenset(name for command in COMMANDS.values() for name in long_members(command))


def value_fault(entry: Entry, position: int) -> str | None:
    """Return which value of an event is not in its form, or None; a setting that counts nowhere is a fault, too."""
    event = entry.event
    if isinstance(event, SettingChanged) and (fault := setting_fault(event.name, event.value)) is not None:
        return fault
    return form_fault(entry, position)


def form_fault(entry: Entry, position: int) -> str | None:
    """Return which value of an event is not in the form in which it is computed with, or None."""
    event = entry.event
    if isinstance(event, (DisclosurePublished, DisclosureCorrected)) and not 0 < event.as_of.position < position:
        return f"position: {event.as_of.position} is not an earlier position"
    if isinstance(event, FindingAssessed) and not all(0 < earlier < position for earlier in event.entries):
        return "entries: not all are earlier positions"
    for name in ("stream", "actor", "command", "reason"):
        text = getattr(entry, name)
        if text is not None and (fault := hidden_fault(text)):
            return f"{name}: {fault}"
    return _struct_fault(event)


def _struct_fault(struct: msgspec.Struct) -> str | None:
    for name in struct.__struct_fields__:
        member = getattr(struct, name)
        for value in member if type(member) is tuple else (member,):
            fault = _fault(name, value)
            if fault is not None:
                return fault
    return None


def _fault(name: str, value: Any) -> str | None:
    try:
        if type(value) is str:
            return _text_fault(name, value)
        if type(value) is Money:
            return None if value.checked() == value else f"{name}: {value} is not written with its decimals"
    except LedgerError as error:
        return f"{name}: {error.sentence}"
    return _struct_fault(value) if isinstance(value, msgspec.Struct) else None


def _text_fault(name: str, text: str) -> str | None:
    if fault := hidden_fault(text):
        return f"{name}: {fault}"
    if name in REFERENCES:
        checked_reference(text, is_new=False)
    elif name in CURRENCIES:
        decimals(text)
    elif name in ("on", "until") or name.endswith(("_on", "_until")):
        checked_date(text)
    elif name == "percent":
        Share.parse(f"share={text}")
    elif not text.strip():
        return f"{name}: it is empty"
    elif "\n" in text and name not in long_texts():
        return f"{name}: it has a line feed"
    return None
