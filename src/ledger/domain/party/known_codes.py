"""What is checked of a party when it is recorded: the code of its country, and the check digits of its LEI.

Entries that were recorded before stay as they are: the rules are for new decisions. The table of countries is
countries.txt, next to this module.
"""

import re
from functools import cache

from ledger.domain.errors import USAGE, LedgerError, did_you_mean
from ledger.domain.fields import Identifier

LEI = "LEI"
"""The scheme of Legal Entity Identifiers (ISO 17442)."""
_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}", re.ASCII)
COMMON_NAMES = {
    "UK": "GB", "GREAT BRITAIN": "GB", "UNITED KINGDOM": "GB", "USA": "US", "UNITED STATES OF AMERICA": "US",
    "SOUTH KOREA": "KR", "REPUBLIC OF KOREA": "KR", "NORTH KOREA": "KP", "RUSSIAN FEDERATION": "RU",
    "VIET NAM": "VN", "TÜRKIYE": "TR", "HOLLAND": "NL", "IVORY COAST": "CI", "CZECHIA": "CZ",
}  # fmt: skip
"""Names and abbreviations that people write, besides those of the table."""


class UnknownCountry(LedgerError):
    """A text is not the code of a country."""

    code = "unknown-country"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse `text`."""
        super().__init__(
            f"'{text}' is not the code of a country.",
            did_you_mean(_meant(text)) or "Give the two letters of ISO 3166-1, like CH for Switzerland.",
        )


class WrongCheckDigits(LedgerError):
    """The check digits of an identifier do not fit: it was mistyped."""

    code = "wrong-check-digits"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse the identifier `text`."""
        super().__init__(
            f"The last two digits of {LEI}={text} do not fit the rest: it was mistyped.",
            "Copy the identifier from its register; the Global LEI Foundation publishes all of them.",
        )


@cache
def countries() -> dict[str, str]:
    """Return the name of each country or territory, by its code."""
    from importlib.resources import files  # noqa: PLC0415 - loaded only when a country is recorded

    lines = files("ledger.domain.party").joinpath("countries.txt").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line[:1] != "#")


def country_code(text: str | None) -> str | None:
    """Return the code of a country, in capitals; None is none. Raises UnknownCountry."""
    code = text and text.upper()
    if text is not None and code not in countries():
        raise UnknownCountry(text)
    return code


def _meant(text: str) -> list[str]:
    """Return the codes that may be meant by a text: of a name, part of one, or a misspelling."""
    import difflib  # noqa: PLC0415 - only a miss pays for it

    given = text.strip().upper()
    if given in countries():
        return [given]
    if given in COMMON_NAMES:
        return [COMMON_NAMES[given]]
    codes = {name.upper(): code for code, name in countries().items()}
    near = difflib.get_close_matches(given, codes, n=2, cutoff=0.75)
    near += [name for name in codes if len(given) > 3 and given in name and name not in near]
    return [codes[name] for name in near[:3]]


def check_identifier(identifier: Identifier) -> None:
    """Check the check digits of an LEI of 20 characters (ISO 7064, MOD 97-10). Raises WrongCheckDigits."""
    number = identifier.id
    if identifier.scheme == LEI and _LEI.fullmatch(number) and int("".join(str(int(c, 36)) for c in number)) % 97 != 1:
        raise WrongCheckDigits(number)
