"""Profiles: a TOML file says how a register is written, and which of its columns gives what (docs/importing.md)."""

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import msgspec

from ledger.importing.errors import BadProfile, CannotRead, UnknownProfile
from ledger.importing.forms import FORMS, Form
from ledger.importing.profile_checks import Mistake, mistakes, pruned, shape_mistakes

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}", re.ASCII)


class FileStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the file is written: its encoding, as Python names it, and the character between cells.

    Of a workbook, `sheet` is the one to read; without a name it is the first that is shown. `header_row` is the row of
    the sheet, or the line of the file, in which the columns have their names; 0 is the first with text.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    header_row: int = 0


class DateStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How dates are written: `YYYY`, `MM` (or `M`), `DD` (or `D`) and what stands between them.

    With `signed_on = "source"` rows tell of agreements without saying when they were signed: what they say is effective
    on the date of the document that tells of them.
    """

    style: str = "YYYY-MM-DD"
    signed_on: str = ""


class AmountStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How amounts are written: the decimal sign, and the sign between groups of three digits, if any."""

    decimal: str = "."
    grouping: str = ""


class ListStyle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands between the items of a cell that holds several."""

    separator: str = ";"


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A profile, checked. `columns` maps fields to columns, `codes` the file's codes to ours, field by field.

    `empty` says what an empty cell means, `roles` what parties are in an agreement of a kind.
    """

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
    roles: dict[str, str] = {}

    @property
    def form(self) -> Form:
        """What its rows are made of."""
        return FORMS[self.kind]


def bundled() -> list[str]:
    """Return the names of the profiles that come with the ledger."""
    folder = files("ledger.importing") / "profiles"
    return sorted(one.name.removesuffix(".toml") for one in folder.iterdir() if one.name.endswith(".toml"))


def load_profile(name: str) -> Profile:
    """Return the profile of this name, or at this path if it ends in `.toml`.

    Raises UnknownProfile, BadProfile, CannotRead.
    """
    return read_profile(*find_profile(name))


def find_profile(name: str) -> tuple[str, bytes]:
    """Return what a profile is called, and its bytes. Raises UnknownProfile, CannotRead."""
    if name.endswith(".toml"):
        try:
            return Path(name).name.removesuffix(".toml"), Path(name).read_bytes()
        except (OSError, ValueError) as error:
            raise CannotRead(name, getattr(error, "strerror", None) or str(error)) from error
    known = bundled()
    if name not in known:
        raise UnknownProfile(name, known)
    return name, (files("ledger.importing") / "profiles" / f"{name}.toml").read_bytes()


def read_profile(name: str, data: bytes) -> Profile:
    """Return the profile called `name` that these bytes state. Raises BadProfile, with every mistake."""
    profile, found = examined(name, data)
    if profile is None or found:
        raise BadProfile(name, list(map(str, found)), [near for one in found for near in one.near])
    return profile


def examined(name: str, data: bytes) -> tuple[Profile | None, Sequence[Mistake]]:
    """Return the profile that these bytes state, as far as they state one, and every mistake in it."""
    if not _NAME.fullmatch(name):
        return None, [Mistake("", "its name may have up to 32 small letters, digits and hyphens")]
    try:
        given = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return None, [Mistake("", f"it is not text in UTF-8: byte {error.start + 1} does not fit")]
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return None, [Mistake("", str(error))]
    wrong = list(shape_mistakes(given, Profile))
    sound = pruned(given, {one.key for one in wrong})
    if "kind" not in sound:
        return None, wrong
    profile = msgspec.convert({"columns": {}, **sound, "name": name}, Profile)
    known = {one.key for one in wrong}
    wrong += [one for one in mistakes(profile) if not known & {one.key, one.key.partition(".")[0]}]
    return profile, wrong
