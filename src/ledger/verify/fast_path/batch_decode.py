"""Fast path for steps 3 and 4: decode a batch with a strict schema, encode it again, compare the bytes.

The schema has no room for what entries never contain (null, fractions, large integers, foreign members), so that equal
bytes are the one written form. Each entry is a line of one buffer, since a call per entry would take longer than the
work. The buffer decodes to as many entries as there are lines, so no entry contains a line feed.

This module reports only success. Entries that it does not confirm are left to ledger.format.canonical and
ledger.verify.envelope, which say what is wrong, if anything is.
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
"""Values of event members, up to three levels deep; deeper values take the slow path."""


class RowSource(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, gc=False):
    """The row and the file that an entry came from."""

    row: Count
    sha256: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]


class Envelope(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, gc=False):
    """An entry as verification reads it; the members are in their written order."""

    actor: str
    command: str
    effective_on: str
    event: dict[str, Value]
    part: tuple[Count, Count]
    reason: Filled | msgspec.UnsetType = msgspec.UNSET
    recorded_at: str
    sig: Filled | msgspec.UnsetType = msgspec.UNSET
    source: RowSource | msgspec.UnsetType = msgspec.UNSET
    stream: str
    v: Literal[1]
    version: Count


_decoder = msgspec.json.Decoder(Envelope)
_encoder = msgspec.json.Encoder(order="sorted")


def decode_batch(datas: Sequence[bytes]) -> list[Envelope | None]:
    """Return the envelope of each entry, or None for one that is not in its written form with valid members."""
    if not datas:
        return []
    entries = _decode_all(datas)
    if entries is not None:
        return entries
    if len(datas) == 1:
        return [_decode_slowly(datas[0])]
    half = len(datas) // 2
    return decode_batch(datas[:half]) + decode_batch(datas[half:])


def _decode_all(datas: Sequence[bytes]) -> list[Envelope | None] | None:
    lines = b"\n".join(datas) + b"\n"
    if b"\x7f" in lines or len(max(datas, key=len)) > canonical.MAX_BYTES:
        return None
    try:
        entries = _decoder.decode_lines(lines)
        if len(entries) != len(datas) or _encoder.encode_lines(entries) != lines:
            return None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    is_plain = lines.isascii() and b"\\" not in lines
    return [*entries] if _has_valid_members(entries) and (is_plain or _has_plain_texts(datas, entries)) else None


def _decode_slowly(data: bytes) -> Envelope | None:
    try:
        entry = canonical.check(data)
    except canonical.NotCanonical:
        return None
    if envelope_fault(entry) is not None:
        return None
    source = {"source": RowSource(**entry["source"])} if "source" in entry else {}
    return Envelope(**{**entry, **source, "part": tuple(entry["part"])})


# Texts: ASCII without escapes holds no character that entries may not hold, except DEL.


def _has_plain_texts(datas: Sequence[bytes], entries: Sequence[Envelope]) -> bool:
    indexes = [index for index, data in enumerate(datas) if b"\\" in data or not data.isascii()]
    return all(_is_plain_text(datas[index]) and _has_plain_names(entries[index].event) for index in indexes)


def _is_plain_text(data: bytes) -> bool:
    # The only escapes in entries are those of line feeds, quotation marks and backslashes. If the whole line is valid
    # as text, each text in it is.
    for escaped in (b"\\\\", b'\\"', b"\\n"):
        data = data.replace(escaped, b"")
    return b"\\" not in data and canonical.text_fault(data.decode()) is None


def _has_plain_names(value: Any) -> bool:
    if type(value) is dict:
        are_plain = all(name.isascii() and name.isprintable() for name in value)
        return are_plain and all(map(_has_plain_names, value.values()))
    return type(value) is not list or all(map(_has_plain_names, value))


# Forms of members.


class _CachedCheck:
    """A check that caches valid values: many entries share a day, a type or an actor."""

    def __init__(self, check: Callable[[str], bool], limit: int = 4096) -> None:
        self.check, self.limit = check, limit
        self.valid: set[str] = set()

    def __call__(self, texts: set[str]) -> bool:
        new = texts - self.valid
        if not all(map(self.check, new)):
            return False
        if len(self.valid) + len(new) > self.limit:
            self.valid.clear()
        self.valid |= new
        return True


def _check_all(pattern: str, check: Callable[[str], bool]) -> Callable[[Iterable[str]], bool]:
    """Return a check of many texts: at once if all match `pattern`, which is common, else one by one."""
    all_match = re.compile(rf"(?:{pattern}\n)*", re.ASCII).fullmatch

    def are_valid(texts: Iterable[str]) -> bool:
        values = [*texts]
        lines = "\n".join(values) + "\n"
        return (lines.count("\n") == len(values) and all_match(lines) is not None) or all(map(check, values))

    return are_valid


_PLAIN_NAME = r"[A-Za-z0-9.:/\-]{1,128}"
_KIND = "(?:party|engagement|disclosure|guidelines|finding|controls|rate)"
_are_dates, _are_types, _are_actors = (_CachedCheck(check) for check in (is_date, is_type, is_actor))
_are_streams = _check_all(rf"(?:ledger|{_KIND}/{_PLAIN_NAME})", is_stream)
_are_commands = _check_all(_PLAIN_NAME, is_name)
_are_clock_times = _check_all(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z", is_time
)
_are_days = _CachedCheck(lambda day: is_time(f"{day}T00:00:00.000000Z"))


def _has_valid_members(entries: Sequence[Envelope]) -> bool:
    kinds = [entry.event.get("type") for entry in entries]
    times = {entry.recorded_at for entry in entries}
    return (
        {*map(type, kinds)} == {str}
        and _are_types({*kinds})  # type: ignore[arg-type]  # all are texts
        and all(number <= count for number, count in {entry.part for entry in entries})
        and _are_dates({entry.effective_on for entry in entries})
        and _are_actors({entry.actor for entry in entries})
        and _are_streams({entry.stream for entry in entries})
        and _are_commands([entry.command for entry in entries])
        and _are_clock_times(times)
        and _are_days({time[:10] for time in times})
    )
