"""The one written form of an entry: a strict profile of RFC 8785, checked without knowing what entries mean.

Objects with sorted ASCII member names, arrays, strings, integers below 2**53, booleans; no null, no floats, no
duplicate names, no white space between tokens; text in NFC without controls; at most 65,535 bytes (docs/format.md).
"""

import unicodedata
from typing import Any

import msgspec

MOST_BYTES = 65_535
LIMIT = 2**53

_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder()

FORBIDDEN = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029, 0xFEFF}
"""Bidirectional embedding, override and isolate characters, line and paragraph separators, the byte order mark."""


class NotCanonical(Exception):
    """Bytes or a value are not in the one written form; the text says where and what."""


def text_fault(text: str) -> str | None:
    """Return what is wrong with a text, or None: not NFC, or a character that entries do not hold."""
    if text.isascii():
        if text.isprintable():
            return None
    elif not unicodedata.is_normalized("NFC", text):
        return "it is not in Unicode normalization form C"
    for index, char in enumerate(text):
        point = ord(char)
        category = unicodedata.category(char)
        if (category in ("Cc", "Cs") and char != "\n") or point in FORBIDDEN or point & 0xFFFE == 0xFFFE:
            return f"character {index + 1} is U+{point:04X}"
        if 0xFDD0 <= point <= 0xFDEF:
            return f"character {index + 1} is U+{point:04X}"
    return None


def _check_value(value: Any, path: str) -> None:  # noqa: C901 - one branch for each kind of JSON value
    kind = type(value)
    if kind is str:
        if fault := text_fault(value):
            raise NotCanonical(f"{path}: {fault}")
    elif kind is dict:
        for name, held in value.items():
            if not (isinstance(name, str) and name.isascii() and name.isprintable()):
                raise NotCanonical(f"{path}: the member name {name!r} is not printable ASCII")
            _check_value(held, f"{path}.{name}")
    elif kind is list or kind is tuple:
        for index, held in enumerate(value):
            _check_value(held, f"{path}[{index}]")
    elif kind is int:
        if not -LIMIT < value < LIMIT:
            raise NotCanonical(f"{path}: the number {value} is not below 2**53")
    elif kind is not bool:
        what = "null" if value is None else "a number that is no integer" if kind is float else kind.__name__
        raise NotCanonical(f"{path}: {what} does not occur in entries")


def encode(value: Any) -> bytes:
    """Return the one written form of plain objects, arrays, strings, integers and booleans. Raises NotCanonical."""
    try:
        _check_value(value, "$")
        data = _encoder.encode(value)
    except (RecursionError, UnicodeEncodeError, TypeError) as error:
        raise NotCanonical(f"$: {error}") from error
    if len(data) > MOST_BYTES:
        raise NotCanonical(f"$: {len(data)} bytes are more than {MOST_BYTES}")
    return data


def check(data: bytes) -> Any:
    """Return the value that `data` writes, if it is the one written form of it. Raises NotCanonical."""
    if len(data) > MOST_BYTES:
        raise NotCanonical(f"$: {len(data)} bytes are more than {MOST_BYTES}")
    try:
        value = _decoder.decode(data)
        again = _encoder.encode(value)
        _check_value(value, "$")
    except (msgspec.DecodeError, UnicodeDecodeError, UnicodeEncodeError, RecursionError) as error:
        raise NotCanonical(f"$: {error}") from error
    if again != data:
        at = next((i for i, (a, b) in enumerate(zip(data, again, strict=False)) if a != b), min(len(data), len(again)))
        raise NotCanonical(f"$: it is not in its one written form from byte {at} on")
    return value
