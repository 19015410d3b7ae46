"""The quick way through steps 3 and 4: what is surely in its one written form, with its envelope in its forms.

Most entries are ASCII without escapes. Such an entry is decoded into the shape below, which has no room for what does
not occur in entries (null, fractions, large integers, foreign members), and written again: if the bytes are the same,
they are the one written form. Whatever is not surely sound is looked at by ledger.canonical and ledger.verify.envelope,
which say what is wrong, if anything is; this module only ever says that nothing is.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec

from ledger import canonical
from ledger.verify.envelope import is_actor, is_date, is_name, is_source, is_stream, is_time, is_type

Whole = Annotated[int, msgspec.Meta(gt=-canonical.LIMIT, lt=canonical.LIMIT)]
Count = Annotated[int, msgspec.Meta(gt=0, lt=canonical.LIMIT)]
Leaf = str | Whole | bool
Second = Leaf | list[Leaf] | dict[str, Leaf]
Third = Leaf | list[Second] | dict[str, Second]
Value = Leaf | list[Third] | dict[str, Third]
"""What members of events hold, three levels deep; what is nested deeper is looked at slowly."""


class Envelope(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, gc=False):
    """An entry as verification sees it; the members stand in the order in which they are written."""

    actor: str
    command: str
    effective_on: str
    event: dict[str, Value]
    part: tuple[Count, Count]
    reason: str | msgspec.UnsetType = msgspec.UNSET
    recorded_at: str
    sig: str | msgspec.UnsetType = msgspec.UNSET
    source: dict[str, Leaf] | msgspec.UnsetType = msgspec.UNSET
    stream: str
    v: Literal[1]
    version: Count


_plain_name = re.compile(r"[A-Za-z0-9.:/\-]{1,128}").fullmatch
"""Most command ids are; what is not may still be a name."""
_decode = msgspec.json.Decoder(Envelope).decode
_encode = msgspec.json.Encoder(order="sorted").encode


def _remembered(check: Callable[[Any], bool], most: int = 4096) -> Callable[[str], bool]:
    """Return a check that remembers what it found right: few days, types, actors and streams have many entries."""
    right: set[str] = set()

    def is_right(text: str) -> bool:
        if text in right:
            return True
        if not check(text):
            return False
        if len(right) >= most:
            right.clear()
        right.add(text)
        return True

    return is_right


_is_date, _is_type, _is_actor, _is_stream = (_remembered(one) for one in (is_date, is_type, is_actor, is_stream))


def sound(data: bytes) -> Envelope | None:
    """Return what these bytes say if they are the one written form of an entry with a right envelope, else None."""
    if b"\\" in data or b"\x7f" in data or len(data) > canonical.MOST_BYTES:
        return None
    is_ascii = data.isascii()
    if not is_ascii and not _is_plain_text(data):
        return None
    try:
        found = _decode(data)
        if _encode(found) != data:
            return None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    kind = found.event.get("type")
    is_right = (
        type(kind) is str
        and (is_ascii or _has_plain_names(found.event))
        and _is_type(kind)
        and found.part[0] <= found.part[1]
        and _is_date(found.effective_on)
        and _is_actor(found.actor)
        and _is_stream(found.stream)
        and (_plain_name(found.command) is not None or is_name(found.command))
        and is_time(found.recorded_at)
        and found.reason != ""
        and found.sig != ""
        and (found.source is msgspec.UNSET or is_source(found.source))
    )
    return found if is_right else None


def _is_plain_text(data: bytes) -> bool:
    # Whether all of it is text as entries have it: then each text in it is.
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    return unicodedata.is_normalized("NFC", text) and canonical.text_fault(text) is None


def _has_plain_names(value: Any) -> bool:
    if type(value) is dict:
        return all(map(str.isascii, value)) and all(map(_has_plain_names, value.values()))
    return type(value) is not list or all(map(_has_plain_names, value))
