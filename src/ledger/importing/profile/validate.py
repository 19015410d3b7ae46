"""Validate a profile: find all mistakes, each with its key."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from types import UnionType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from ledger.domain.currencies import DECIMALS
from ledger.domain.engagement.oversight.analysis import NO, YES
from ledger.domain.errors import LedgerError, listed
from ledger.domain.fields import checked_reference
from ledger.format.canonical import text_fault
from ledger.importing.profile.model import Profile, Texts, texts
from ledger.importing.profile.row_schema import ANSWERS, ROW_SCHEMAS, WITHHELD, RowSchema
from ledger.importing.profile.style_checks import style_mistakes

_YES_OR_NO = {*ANSWERS, *WITHHELD}


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
    elif hint == Texts:
        if isinstance(value, list) and not all(isinstance(item, str) for item in value):
            yield Mistake(path, "must be a list of texts")
        elif not isinstance(value, (str, list)):
            yield Mistake(path, "must be a text, in quotes")
    elif (hint is str or str in _alternatives(hint)) and not isinstance(value, str):
        yield Mistake(path, "must be a text, in quotes")


def _alternatives(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if isinstance(hint, UnionType) else ()


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
    yield from (Mistake(key, why) for key, why in style_mistakes(profile))
    if form is None:
        near = difflib.get_close_matches(profile.kind, ROW_SCHEMAS, n=3)
        yield Mistake("kind", f"is '{profile.kind}', and only {listed(ROW_SCHEMAS, 'and')} are known", tuple(near))
        return
    yield from _field_mistakes(profile, form)
    yield from _needed_mistakes(profile, form)
    yield from _given_mistakes(profile)
    yield from _role_mistakes(profile)


def _field_mistakes(profile: Profile, form: RowSchema) -> Iterator[Mistake]:
    sections: list[tuple[str, Iterable[str], tuple[str, ...]]] = [
        ("columns", profile.columns, form.fields),
        ("constants", profile.constants, form.fields),
        ("codes", profile.codes, form.coded),
        ("empty", profile.empty, form.defaulted),
    ]
    for section, keys, allowed in sections:
        for key in keys:
            if key not in allowed:
                near = difflib.get_close_matches(key, allowed, n=3)
                yield Mistake(f"{section}.{key}", f"is not a field of {profile.kind}", tuple(near))
    for field, names in profile.columns.items():
        if not texts(names) or not all(name.strip() for name in texts(names)):
            yield Mistake(f"columns.{field}", "names no column")
    for field in profile.columns.keys() & profile.constants.keys():
        yield Mistake(f"constants.{field}", f"is given, but columns.{field} names a column")
    for section, rules in (("only", profile.only), ("skip", profile.skip)):
        for column, values in rules.items():
            if not column.strip() or not texts(values):
                yield Mistake(f"{section}.{column}", "must be the name of a column, with the values of its cells")


def _needed_mistakes(profile: Profile, form: RowSchema) -> Iterator[Mistake]:
    given = set(profile.given)
    if profile.dates.signed_on:
        for section, fields in (("columns", profile.columns), ("constants", profile.constants)):
            if "signed_on" in fields:
                yield Mistake("dates.signed_on", f"is 'source', but {section}.signed_on gives a day")
        given.add("signed_on")
    if profile.amounts.currency or profile.amounts.signs:
        given.add("currency")
    for field in form.needed:
        if field not in given:
            yield Mistake(f"columns.{field}", f"is missing: every {form.noun} needs it")
    if set(form.amounts) & given and "currency" not in given:
        yield Mistake("columns.currency", "is missing: amounts have a currency")


def _given_mistakes(profile: Profile) -> Iterator[Mistake]:
    stated = [(f"empty.{field}", field, text) for field, text in profile.empty.items()]
    stated += [
        (f"codes.{field}.{code}", field, text) for field, table in profile.codes.items() for code, text in table.items()
    ]
    for field, text in profile.constants.items():
        if not text.strip():
            yield Mistake(f"constants.{field}", "is blank")
    for key, field, text in stated:
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
