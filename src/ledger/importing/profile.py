"""Profiles: a TOML file says how a register is written, and which of its columns gives what (docs/importing.md)."""

import codecs
import difflib
import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import msgspec

from ledger.canonical import text_fault
from ledger.domain.currencies import DECIMALS
from ledger.importing.errors import BadProfile, CannotRead, UnknownProfile

TEXTS = ("title", "kind", "purpose", "objective", "unit", "basis")
"""Fields of an engagement that are plain text."""
SHARES = {"region": "regions", "priority": "priorities"}
"""Fields that are lists of codes, perhaps with percentages, to the particulars that they give."""
CLASSES = ("party_types", "memberships", "countries")
"""Fields that say something of each party of the row."""
FIELDS = (
    "reference", *TEXTS, "parties", "identifiers", *CLASSES, *SHARES,
    "signed_on", "starts_on", "ends_on", "currency", "partner_amount", "organization_amount",
)  # fmt: skip
"""Every field that a profile can map a column to."""
CODED = ("kind", "unit", "basis", "currency", *CLASSES, *SHARES)
"""Fields whose values a profile can translate."""
DEFAULTED = (*CODED, "title")
"""Fields of which a profile can say what an empty cell means."""
NEEDED = ("title", "kind", "parties", "signed_on")
"""Fields without which a row is no agreement."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}", re.ASCII)
_STYLE = re.compile(r"YYYY|MM?|DD?", re.ASCII)
_NO_TEXT = {"idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "utf-7", "mbcs", "oem"}


class FileStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the file is written: its encoding, as Python names it, and the character between cells."""

    encoding: str = "utf-8"
    delimiter: str = ","


class DateStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How dates are written: `YYYY`, `MM` (or `M`), `DD` (or `D`) and what stands between them."""

    style: str = "YYYY-MM-DD"


class AmountStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How amounts are written: the decimal sign, and the sign between groups of three digits, if any."""

    decimal: str = "."
    grouping: str = ""


class ListStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands between the items of a cell that holds several."""

    separator: str = ";"


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A profile, checked. `columns` maps fields to columns, `codes` the file's codes to ours, field by field."""

    kind: str
    name: str = ""
    about: str = ""
    file: FileStyle = FileStyle()
    dates: DateStyle = DateStyle()
    amounts: AmountStyle = AmountStyle()
    lists: ListStyle = ListStyle()
    columns: dict[str, str]
    codes: dict[str, dict[str, str]] = {}
    empty: dict[str, str] = {}


def bundled() -> list[str]:
    """Return the names of the profiles that come with the ledger."""
    folder = files("ledger.importing") / "profiles"
    return sorted(one.name.removesuffix(".toml") for one in folder.iterdir() if one.name.endswith(".toml"))


def load_profile(name: str) -> Profile:
    """Return the profile of this name, or at this path if it ends in `.toml`.

    Raises UnknownProfile, BadProfile, CannotRead.
    """
    if name.endswith(".toml"):
        stem = Path(name).name.removesuffix(".toml")
        try:
            return read_profile(stem, Path(name).read_bytes())
        except (OSError, ValueError) as error:
            raise CannotRead(name, getattr(error, "strerror", None) or str(error)) from error
    known = bundled()
    if name not in known:
        raise UnknownProfile(name, known)
    return read_profile(name, (files("ledger.importing") / "profiles" / f"{name}.toml").read_bytes())


def read_profile(name: str, data: bytes) -> Profile:
    """Return the profile called `name` that these bytes state. Raises BadProfile."""
    if not _NAME.fullmatch(name):
        raise BadProfile(name, "its name may have up to 32 small letters, digits and hyphens")
    try:
        profile = msgspec.convert({**tomllib.loads(data.decode("utf-8")), "name": name}, Profile)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadProfile(name, str(error)) from error
    except msgspec.ValidationError as error:
        raise BadProfile(name, str(error).replace("$.", "").replace("- at", "at")) from error
    _check_style(profile)
    _check_fields(profile)
    return profile


def _check_style(profile: Profile) -> None:
    encoding, delimiter = profile.file.encoding, profile.file.delimiter
    marks = sorted(mark[0] for mark in _STYLE.findall(profile.dates.style))
    decimal, grouping = profile.amounts.decimal, profile.amounts.grouping
    faults = {
        f"kind is '{profile.kind}', and only 'agreements' is known": profile.kind != "agreements",
        f"file.encoding '{encoding}' is no encoding of text": not _is_text(encoding),
        "file.delimiter must be one character, not a quote, a letter, a digit or a line feed": (
            len(delimiter) != 1 or delimiter in '"\r\n\0' or delimiter.isalnum()
        ),
        "dates.style must have YYYY, MM and DD once each": marks != ["D", "M", "Y"],
        "amounts.decimal must be '.' or ','": decimal not in (".", ","),
        "amounts.grouping must be empty or one of , . ' space, and not the decimal sign": (
            grouping == decimal or grouping not in ("", ",", ".", "'", " ", "\u00a0", "\u202f")
        ),
        "lists.separator is empty": not profile.lists.separator.strip(),
    }
    for why, wrong in faults.items():
        if wrong:
            raise BadProfile(profile.name, why)


def _is_text(encoding: str) -> bool:
    try:
        found = codecs.lookup(encoding)
    except (LookupError, ValueError):
        return False
    # The codec registry marks codecs between bytes and bytes, such as zip; nothing public tells them.
    return found.name not in _NO_TEXT and bool(getattr(found, "_is_text_encoding", True))


def _check_fields(profile: Profile) -> None:
    for section, keys, allowed in (
        ("columns", profile.columns, FIELDS),
        ("codes", profile.codes, CODED),
        ("empty", profile.empty, DEFAULTED),
    ):
        _check_keys(profile, section, keys, allowed)
    for field in NEEDED:
        if field not in profile.columns and field not in profile.empty:
            raise BadProfile(profile.name, f"columns.{field} is missing: no row can do without it")
    for field, text in profile.empty.items():
        if not text.strip() or text_fault(text):
            raise BadProfile(profile.name, f"empty.{field} is no text that can be recorded")
    if "currency" in profile.empty and profile.empty["currency"] not in DECIMALS:
        raise BadProfile(profile.name, f"empty.currency '{profile.empty['currency']}' is no currency of ISO 4217")
    for field, column in profile.columns.items():
        if not column.strip():
            raise BadProfile(profile.name, f"columns.{field} names no column")
    if {"partner_amount", "organization_amount"} & profile.columns.keys() and not (
        "currency" in profile.columns or "currency" in profile.empty
    ):
        raise BadProfile(profile.name, "columns.currency is missing: amounts have a currency")


def _check_keys(profile: Profile, section: str, keys: Iterable[str], allowed: tuple[str, ...]) -> None:
    for key in keys:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, n=3)
            raise BadProfile(profile.name, f"{section}.{key} is not a field that there is", near)
