"""The canonical form of an entry: a strict profile of RFC 8785, checked without knowing the types of entries.

Objects with sorted ASCII member names, arrays, strings, integers below 2**53, booleans; no null, no floats, no
duplicate names, no white space between tokens; text in NFC without controls, of characters that Unicode 14.0 assigns;
at most 65,535 bytes (docs/format.md).
"""

import re
import unicodedata
from functools import cache
from typing import Any, NoReturn

import msgspec

from ledger.characters.assigned import VERSION, is_assigned

MAX_BYTES = 65_535
LIMIT = 2**53
MAX_KNOWN = 65_536
"""From this number on, no more characters are remembered as assigned."""
SHOWN = 40
"""Number of characters of a wrong name or number that the message repeats."""

_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_FORBIDDEN = (
    "["
    "\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls other than the line feed
    "\u2028-\u202e\u2066-\u2069"  # separators of lines and paragraphs; bidirectional embedding, override, isolate
    "\ud800-\udfff"  # halves of surrogate pairs
    "\ufeff"  # the byte order mark
    f"{_NONCHARACTERS}]"
)

_SIXTEEN_DIGITS = b"0" * 16
_DIGITS_TO_ZERO = bytes.maketrans(b"123456789", b"000000000")

_Path = tuple[Any, ...]
"""The path of a value: () at the top, else the path of its container, and its name or index there."""


_assigned: set[str] = set()
"""Characters that were looked up and are assigned: texts use few, many times."""


class NotCanonical(Exception):
    """Bytes or a value are not canonical; the message has the path and the reason."""


@cache
def _forbidden() -> re.Pattern[str]:
    # Compiled on first use: compiling takes long, and plain texts do not need it.
    return re.compile(_FORBIDDEN)


def text_fault(text: str) -> str | None:
    """Return why a text is refused (not NFC, or a forbidden character), or None."""
    if text.isascii() and text.isprintable():
        return None
    if fault := _unassigned_fault(text):  # first: only of what is assigned every Python knows the form
        return fault
    if not unicodedata.is_normalized("NFC", text):
        return "it is not in Unicode normalization form C"
    match = _forbidden().search(text)
    return f"character {match.start() + 1} is U+{ord(match[0]):04X}" if match else None


def _unassigned_fault(text: str) -> str | None:
    if _assigned.issuperset(text):
        return None
    for place, char in enumerate(text, 1):
        if not is_assigned(char):
            return f"character {place} is U+{ord(char):04X}, which Unicode {VERSION} does not have"
    if len(_assigned) < MAX_KNOWN:
        _assigned.update(text)
    return None


def encode(value: Any) -> bytes:
    """Return the canonical bytes of objects, arrays, strings, integers and booleans. Raises NotCanonical."""
    try:
        _check_value(value, ())
        data = _encoder.encode(value)
    except RecursionError as error:
        raise NotCanonical("$: it is nested too deep") from error
    _check_size(data)
    return data


def check(data: bytes) -> Any:
    """Decode `data` and return its value. Raises NotCanonical unless `data` is canonical."""
    _check_size(data)
    try:
        value = _decoder.decode(data)
        if not _is_plain(data):
            _check_value(value, ())
        again = _encoder.encode(value)
    except RecursionError as error:
        raise NotCanonical("$: it is nested too deep") from error
    except UnicodeDecodeError as error:
        at = data.find(error.object) + error.start  # the decoder counts from where the text begins
        raise NotCanonical(f"$: byte {at} is not UTF-8") from error
    except msgspec.DecodeError as error:
        raise NotCanonical(f"$: {error}") from error
    if again != data:
        at = next((i for i, (a, b) in enumerate(zip(data, again, strict=False)) if a != b), min(len(data), len(again)))
        raise NotCanonical(f"$: it is not in canonical form from byte {at} on")
    return value


def _check_size(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise NotCanonical(f"$: {len(data)} bytes are more than {MAX_BYTES}")


def _is_plain(data: bytes) -> bool:
    # Whether comparing the bytes is check enough: ASCII without escapes has no forbidden text or name, and 15 digits
    # do not reach 2**53. Most entries are plain, so their values need not be walked.
    return (
        data.isascii()
        and b"\\" not in data
        and b"\x7f" not in data
        and b"null" not in data
        and _SIXTEEN_DIGITS not in data.translate(_DIGITS_TO_ZERO)
    )


def _check_value(value: Any, path: _Path) -> None:
    kind = type(value)
    if kind is str:
        if fault := text_fault(value):
            _refuse(path, fault)
    elif kind is dict:
        _check_members(value, path)
    elif kind is list or kind is tuple:
        for index, element in enumerate(value):
            _check_value(element, (path, index))
    elif kind is int:
        if not -LIMIT < value < LIMIT:
            _refuse(path, "a number is not between -2**53 and 2**53")
    elif kind is not bool:
        what = "null" if value is None else "a number that is not an integer" if kind is float else kind.__name__
        _refuse(path, f"{what} does not occur in entries")


def _check_members(members: dict[Any, Any], path: _Path) -> None:
    for name, value in members.items():
        if type(name) is not str:
            _refuse(path, f"a member name is {type(name).__name__} instead of text")
        if not (name.isascii() and name.isprintable()):
            _refuse(path, f"the member name {name[:SHOWN]!r} is not printable ASCII")
        # Most members are plain texts, which are checked here to save a call each.
        if type(value) is not str or not (value.isascii() and value.isprintable()):
            _check_value(value, (path, name))


def _refuse(path: _Path, fault: str) -> NoReturn:
    steps: list[str] = []
    while path:
        path, step = path
        steps.append(f"[{step}]" if isinstance(step, int) else f".{step}")
    raise NotCanonical(f"${''.join(reversed(steps))}: {fault}")


def _refuse_fraction(text: str) -> NoReturn:
    raise NotCanonical(f"$: {text[:SHOWN]} is not written as an integer")


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(float_hook=_refuse_fraction)
