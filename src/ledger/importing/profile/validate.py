"""Validate a profile: find all mistakes, each with its key."""

import codecs
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from ledger.domain.currencies import DECIMALS
from ledger.domain.engagement.oversight.analysis import NO, YES
from ledger.domain.errors import LedgerError, listed
from ledger.domain.fields import checked_reference
from ledger.format.canonical import text_fault
from ledger.importing.profile.model import Profile
from ledger.importing.profile.row_schema import ANSWERS, ROW_SCHEMAS, WITHHELD, RowSchema

_STYLE = re.compile(r"YYYY|MM?|DD?", re.ASCII)
_NO_TEXT = {"idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "utf-7", "mbcs", "oem"}
_YES_OR_NO = {*ANSWERS, *WITHHELD}
_MAX_ROWS = 1_048_576
"""The maximum number of rows of a sheet in spreadsheet programs."""


class Mistake(NamedTuple):
    """A mistake in a profile: its key, why it is wrong, and similar keys that may have been meant."""

    key: str
    why: str
    near: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.key} {self.why}" if self.key else self.why


def shape_mistakes(given: Mapping[str, Any], cls: type[msgspec.Struct], path: str = "") -> Iterator[Mistake]:
    """Yield the missing and unknown keys, and the values of a wrong type, in a table and its nested tables."""
    hints = get_type_hints(cls)
    for key, value in given.items():
        if key not in hints or key == "name":
            near = difflib.get_close_matches(key, set(hints) - {"name"}, n=3)
            yield Mistake(path + key, "is not a known key", tuple(near))
        else:
            yield from _value_mistakes(value, hints[key], path + key)
    for field in msgspec.structs.fields(cls):
        if field.required and field.name not in given:
            yield Mistake(path + field.name, "is missing")


def _value_mistakes(value: Any, hint: Any, path: str) -> Iterator[Mistake]:
    is_table = get_origin(hint) is dict or (isinstance(hint, type) and issubclass(hint, msgspec.Struct))
    if is_table and not isinstance(value, dict):
        yield Mistake(path, "must be a table")
    elif get_origin(hint) is dict:
        for key, item in value.items():
            yield from _value_mistakes(item, get_args(hint)[1], f"{path}.{key}")
    elif is_table:
        yield from shape_mistakes(value, hint, f"{path}.")
    elif hint is int and (not isinstance(value, int) or isinstance(value, bool)):
        yield Mistake(path, "must be a whole number")
    elif hint is str and not isinstance(value, str):
        yield Mistake(path, "must be a text, in quotes")


def pruned(given: Mapping[str, Any], keys: AbstractSet[str], path: str = "") -> dict[str, Any]:
    """Return a table without these keys, so that the rest can be validated as well."""
    return {
        key: pruned(value, keys, f"{path}{key}.") if isinstance(value, dict) else value
        for key, value in given.items()
        if path + key not in keys
    }


def mistakes(profile: Profile) -> Iterator[Mistake]:
    """Yield the mistakes of a profile whose keys and types are right."""
    form = ROW_SCHEMAS.get(profile.kind)
    yield from _style_mistakes(profile)
    if form is None:
        near = difflib.get_close_matches(profile.kind, ROW_SCHEMAS, n=3)
        yield Mistake("kind", f"is '{profile.kind}', and only {listed(ROW_SCHEMAS, 'and')} are known", tuple(near))
        return
    yield from _field_mistakes(profile, form)
    yield from _needed_mistakes(profile, form)
    yield from _given_mistakes(profile)
    yield from _role_mistakes(profile)


def _style_mistakes(profile: Profile) -> Iterator[Mistake]:
    encoding, delimiter = profile.file.encoding, profile.file.delimiter
    marks = sorted(mark[0] for mark in _STYLE.findall(profile.dates.style))
    decimal, grouping = profile.amounts.decimal, profile.amounts.grouping
    checks = [
        ("file.encoding", f"'{encoding}' is not an encoding of text", _is_text(encoding)),
        ("file.delimiter", "must be one character, not a quote, a letter, a digit or a line feed",
         len(delimiter) == 1 and delimiter not in '"\r\n\0' and not delimiter.isalnum()),
        ("file.header_row", "must be the number of a row, from 1", 0 <= profile.file.header_row <= _MAX_ROWS),
        ("file.layout", "can only be 'wide'", profile.file.layout in ("", "wide")),
        ("file.gap", "is for the layout 'wide'", not profile.file.gap or profile.file.layout == "wide"),
        ("file.covers", "must be 'all' or 'increment'", profile.file.covers in ("all", "increment")),
        ("dates.style", "must have YYYY, MM and DD once each", marks == ["D", "M", "Y"]),
        ("dates.signed_on", "can only be 'source', in a profile of agreements",
         not profile.dates.signed_on or (profile.dates.signed_on == "source" and profile.kind == "agreements")),
        ("amounts.decimal", "must be '.' or ','", decimal in (".", ",")),
        ("amounts.grouping", "must be empty or one of , . ' space, and not the decimal sign",
         grouping != decimal and grouping in ("", ",", ".", "'", " ", "\u00a0", "\u202f")),
        ("lists.separator", "is empty", bool(profile.lists.separator.strip())),
    ]  # fmt: skip
    yield from (Mistake(key, why) for key, why, right in checks if not right)


def _is_text(encoding: str) -> bool:
    try:
        codec = codecs.lookup(encoding)
    except (LookupError, ValueError):
        return False
    # Codecs from bytes to bytes, such as zip, are marked only by this private attribute.
    return codec.name not in _NO_TEXT and bool(getattr(codec, "_is_text_encoding", True))


def _field_mistakes(profile: Profile, form: RowSchema) -> Iterator[Mistake]:
    sections: list[tuple[str, Iterable[str], tuple[str, ...]]] = [
        ("columns", profile.columns, form.fields),
        ("codes", profile.codes, form.coded),
        ("empty", profile.empty, form.defaulted),
    ]
    for section, keys, allowed in sections:
        for key in keys:
            if key not in allowed:
                near = difflib.get_close_matches(key, allowed, n=3)
                yield Mistake(f"{section}.{key}", f"is not a field of {profile.kind}", tuple(near))
    for field, column in profile.columns.items():
        if not column.strip():
            yield Mistake(f"columns.{field}", "names no column")


def _needed_mistakes(profile: Profile, form: RowSchema) -> Iterator[Mistake]:
    given = profile.columns.keys() | profile.empty.keys()
    if profile.dates.signed_on:
        if "signed_on" in profile.columns:
            yield Mistake("dates.signed_on", "is 'source', but columns.signed_on names a column")
        given = given | {"signed_on"}
    for field in form.needed:
        if field not in given:
            yield Mistake(f"columns.{field}", f"is missing: every {form.noun} needs it")
    if set(form.amounts) & profile.columns.keys() and "currency" not in given:
        yield Mistake("columns.currency", "is missing: amounts have a currency")


def _given_mistakes(profile: Profile) -> Iterator[Mistake]:
    texts = [(f"empty.{field}", field, text) for field, text in profile.empty.items()]
    texts += [
        (f"codes.{field}.{code}", field, text) for field, table in profile.codes.items() for code, text in table.items()
    ]
    for key, field, text in texts:
        # A code may mean no value, like an empty cell.
        if (key.startswith("empty.") and not text.strip()) or text_fault(text):
            yield Mistake(key, "is not a text that can be recorded")
        elif text and field in _YES_OR_NO and text not in (YES, NO):
            yield Mistake(key, f"must be '{YES}' or '{NO}'")
        elif text and field == "currency" and text not in DECIMALS:
            yield Mistake(key, f"'{text}' is not a currency of ISO 4217")
        elif text and field in ("engagement", "order"):
            yield from _reference_mistakes(key, text)


def _reference_mistakes(key: str, text: str) -> Iterator[Mistake]:
    try:
        checked_reference(text)
    except LedgerError as error:
        yield Mistake(key, f"is not a reference: {error.hint[0].lower()}{error.hint[1:]}".rstrip("."))


def _role_mistakes(profile: Profile) -> Iterator[Mistake]:
    if profile.roles and profile.kind != "agreements":
        yield Mistake("roles", "is for agreements: it says what a party is in them")
    for kind, role in profile.roles.items():
        if not role.strip() or text_fault(role):
            yield Mistake(f"roles.{kind}", "is not a text that can be recorded")
