"""The quick way through steps 3 and 4: many entries at once that are surely in their one written form and their forms.

Entries are decoded into the shape below, which has no room for what does not occur in entries (null, fractions, large
integers, foreign members), and written again: if the bytes are the same, they are the one written form. It is done with
many at once, a line each, since a call for each would take longer than the work. As many lines are written as there are
entries, so that none of these has a line feed in it, and each line is that of its entry.

Whatever is not surely sound is left to ledger.format.canonical and ledger.verify.envelope, which say what is wrong, if
anything is; this module only ever says that nothing is.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Literal

import msgspec

from ledger.format import canonical
from ledger.verify.envelope import envelope_fault, is_actor, is_date, is_name, is_stream, is_time, is_type

Whole = Annotated[int, msgspec.Meta(gt=-canonical.LIMIT, lt=canonical.LIMIT)]
Count = Annotated[int, msgspec.Meta(gt=0, lt=canonical.LIMIT)]
Filled = Annotated[str, msgspec.Meta(min_length=1)]
Leaf = str | Whole | bool
Second = Leaf | list[Leaf] | dict[str, Leaf]
Third = Leaf | list[Second] | dict[str, Second]
Value = Leaf | list[Third] | dict[str, Third]
"""What members of events hold, three levels deep; what is nested deeper is looked at slowly."""


class Source(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, gc=False):
    """Which row of which file an entry came from."""

    row: Count
    sha256: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]


class Envelope(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, gc=False):
    """An entry as verification sees it; the members stand in the order in which they are written."""

    actor: str
    command: str
    effective_on: str
    event: dict[str, Value]
    part: tuple[Count, Count]
    reason: Filled | msgspec.UnsetType = msgspec.UNSET
    recorded_at: str
    sig: Filled | msgspec.UnsetType = msgspec.UNSET
    source: Source | msgspec.UnsetType = msgspec.UNSET
    stream: str
    v: Literal[1]
    version: Count


_decoder = msgspec.json.Decoder(Envelope)
_encoder = msgspec.json.Encoder(order="sorted")


def sound(datas: Sequence[bytes]) -> list[Envelope | None]:
    """Return of each of these bytes what they say, or None unless they are the one written form of a right entry."""
    if not datas:
        return []
    found = _together(datas)
    if found is not None:
        return found
    if len(datas) == 1:
        return [_slowly(datas[0])]
    half = len(datas) // 2
    return sound(datas[:half]) + sound(datas[half:])


def _together(datas: Sequence[bytes]) -> list[Envelope | None] | None:
    lines = b"\n".join(datas) + b"\n"
    if b"\x7f" in lines or len(max(datas, key=len)) > canonical.MAX_BYTES:
        return None
    try:
        found = _decoder.decode_lines(lines)
        if len(found) != len(datas) or _encoder.encode_lines(found) != lines:
            return None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    is_plain = lines.isascii() and b"\\" not in lines
    return [*found] if _has_right_forms(found) and (is_plain or _has_plain_texts(datas, found)) else None


def _slowly(data: bytes) -> Envelope | None:
    try:
        entry = canonical.check(data)
    except canonical.NotCanonical:
        return None
    if envelope_fault(entry) is not None:
        return None
    source = {"source": Source(**entry["source"])} if "source" in entry else {}
    return Envelope(**{**entry, **source, "part": tuple(entry["part"])})


# Texts: what is ASCII without escapes holds no character that entries do not hold, but DEL.


def _has_plain_texts(datas: Sequence[bytes], found: Sequence[Envelope]) -> bool:
    others = [at for at, data in enumerate(datas) if b"\\" in data or not data.isascii()]
    return all(_is_plain_text(datas[at]) and _has_plain_names(found[at].event) for at in others)


def _is_plain_text(data: bytes) -> bool:
    # Of characters that are written with an escape, entries have line feeds, quotation marks and backslashes alone. All
    # of it is text as entries have it: then each text in it is.
    for escaped in (b"\\\\", b'\\"', b"\\n"):
        data = data.replace(escaped, b"")
    return b"\\" not in data and canonical.text_fault(data.decode()) is None


def _has_plain_names(value: Any) -> bool:
    if type(value) is dict:
        are_plain = all(name.isascii() and name.isprintable() for name in value)
        return are_plain and all(map(_has_plain_names, value.values()))
    return type(value) is not list or all(map(_has_plain_names, value))


# Forms.


class _Remembered:
    """A check that remembers what it found right: few days, types and actors have many entries."""

    def __init__(self, check: Callable[[str], bool], most: int = 4096) -> None:
        self.check, self.most = check, most
        self.right: set[str] = set()

    def __call__(self, texts: set[str]) -> bool:
        new = texts - self.right
        if not all(map(self.check, new)):
            return False
        if len(self.right) + len(new) > self.most:
            self.right.clear()
        self.right |= new
        return True


def _each(pattern: str, check: Callable[[str], bool]) -> Callable[[Iterable[str]], bool]:
    """Return a check of many texts: at once if all are as `pattern` says, which most are, else one by one."""
    all_match = re.compile(rf"(?:{pattern}\n)*", re.ASCII).fullmatch

    def are_right(texts: Iterable[str]) -> bool:
        told = [*texts]
        lines = "\n".join(told) + "\n"
        return (lines.count("\n") == len(told) and all_match(lines) is not None) or all(map(check, told))

    return are_right


_PLAIN_NAME = r"[A-Za-z0-9.:/\-]{1,128}"
_are_dates, _are_types, _are_actors = (_Remembered(one) for one in (is_date, is_type, is_actor))
_are_streams = _each(rf"(?:ledger|(?:party|engagement|disclosure|rate)/{_PLAIN_NAME})", is_stream)
_are_commands = _each(_PLAIN_NAME, is_name)
_are_clock_times = _each(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z", is_time)
_are_days = _Remembered(lambda day: is_time(f"{day}T00:00:00.000000Z"))


def _has_right_forms(found: Sequence[Envelope]) -> bool:
    kinds = [entry.event.get("type") for entry in found]
    times = {entry.recorded_at for entry in found}
    return (
        {*map(type, kinds)} == {str}
        and _are_types({*kinds})  # type: ignore[arg-type]  # all are texts
        and all(number <= count for number, count in {entry.part for entry in found})
        and _are_dates({entry.effective_on for entry in found})
        and _are_actors({entry.actor for entry in found})
        and _are_streams({entry.stream for entry in found})
        and _are_commands([entry.command for entry in found])
        and _are_clock_times(times)
        and _are_days({time[:10] for time in times})
    )
