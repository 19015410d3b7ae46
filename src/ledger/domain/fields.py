"""Types of the fields of commands and events, with the description that each has in help texts.

`Meta.extra["as"]` selects how the command line parses a value; `Meta.description` is the help text.
"""

import re
from collections.abc import Iterable
from typing import Annotated, Any, Self

import msgspec

from ledger.characters.hidden import hidden_fault
from ledger.characters.lookalikes import script_fault
from ledger.domain.errors import USAGE, LedgerError
from ledger.domain.money import BadAmount, Money

ORGANIZATION = "organization"
"""The payer that is the organisation itself."""

_NUMBERED = re.compile(r"P([0-9]{5}|[1-9][0-9]{5,})", re.ASCII)
"""What a reference looks like that the ledger gives: five digits, and more after P99999."""

PARTNER = "partner"
"""The role of a party that none is given for."""
PAID_ROLES = ("consultant", "contractor", "vendor", "supplier", "service provider")
"""Roles in which a party is paid, unless the setting `conflict.roles` says otherwise."""
WHOLE = "100"
"""The share, in per cent, that none is given for."""

_REFERENCE = re.compile(r"[\w.\-:/()+,&#'@]+( [\w.\-:/()+,&#'@]+)*")
_DIGITS = re.compile(r"([0-9]+)", re.ASCII)
_PERCENT = re.compile(r"(0|[1-9][0-9]?|100)(\.[0-9]{1,4})?", re.ASCII)


class BadReference(LedgerError):
    """A reference has a character that is not allowed, letters that may be taken for others, or is too long."""

    code = "bad-reference"
    exit = USAGE

    def __init__(self, text: str, why: str = "") -> None:
        """Refuse `text` as a reference because `why`; without it, because of its characters or length."""
        super().__init__(
            f"'{text}' cannot be a reference: {why}." if why else f"'{text}' cannot be a reference.",
            "Write it with letters of one script that can be told from others."
            if why
            else "A reference has 1 to 128 letters, digits and . - _ : / ( ) + , & # ' @, and single spaces inside.",
        )


class BadShare(LedgerError):
    """A share is not a percentage from 0 to 100."""

    code = "bad-share"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse `text` as a share."""
        super().__init__(
            f"'{text}' is not a share.", "Write the code and its percentage, like AFR=60; alone, AFR is 100."
        )


class SharesNotWhole(LedgerError):
    """Shares do not add up to 100 per cent, or name a code twice."""

    code = "shares-not-100"

    def __init__(self, what: str, total: str) -> None:
        """Refuse the shares of `what` that add up to `total`."""
        super().__init__(
            f"The shares by {what} add up to {total} per cent.", "Make them add up to 100, each code once."
        )


def checked_reference(text: str, *, is_new: bool = True) -> str:
    """Return `text` if it is a valid reference (stream names contain them). Raises BadReference.

    One that is recorded (`is_new`) may not have letters that look like others either.
    """
    if not 1 <= len(text) <= 128 or not _REFERENCE.fullmatch(text):
        raise BadReference(text)
    if not text.isascii() and (fault := hidden_fault(text) or (script_fault(text) if is_new else None)):
        raise BadReference(text, fault)
    return text


def next_number(prefix: str, keys: Iterable[str]) -> str:
    """Return `prefix` with the number after the greatest among `keys`; gaps that voids left are not filled."""
    numbers = (key[len(prefix) :] for key in keys if key.startswith(prefix))
    return f"{prefix}{1 + max((int(number) for number in numbers if number.isascii() and number.isdigit()), default=0)}"


def reading_key(key: str | tuple[str, ...]) -> list[tuple[int, str]]:
    """Return what sorts references as people count them: SO-9 before SO-10."""
    text = key if isinstance(key, str) else "\n".join(key)
    return [(int(part) if part.isdecimal() else -1, part) for part in _DIGITS.split(text)]


def is_reserved(name: str) -> bool:
    """Return whether a name would be read as the organisation itself, or as a reference that the ledger gives."""
    return name.casefold() == ORGANIZATION or _NUMBERED.fullmatch(name) is not None


class Role(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """A party in an engagement: its reference, and the part that it takes there."""

    party: str
    role: str = PARTNER

    def __post_init__(self) -> None:
        """Replace an equal default by the constant: msgspec omits a default only if it is the same object."""
        if self.role is not PARTNER and self.role == PARTNER:
            msgspec.structs.force_setattr(self, "role", PARTNER)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `PARTY` or `PARTY=ROLE`."""
        party, equals, role = text.rpartition("=")
        return cls(party.strip(), role.strip()) if equals else cls(role.strip())

    def __str__(self) -> str:
        return f"{self.party} ({self.role})"


class Pledge(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """What one payer commits: `by` is a party, or `organization` for the organisation itself."""

    by: str
    amount: Money

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `PAYER=CUR AMOUNT`. Raises BadAmount."""
        by, equals, amount = text.rpartition("=")
        try:
            return cls(by.strip() or ORGANIZATION, Money.parse(amount))
        except BadAmount as error:
            if not equals:
                error.hint = f"Write who commits and how much: 'PARTY=USD 100.00', or '{ORGANIZATION}=USD 100.00'."
            raise


class Share(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """The part of an engagement that belongs to a region or a priority, in per cent."""

    code: str
    percent: str = WHOLE

    def __post_init__(self) -> None:
        """Replace an equal default by the constant, as `Role` does."""
        if self.percent is not WHOLE and self.percent == WHOLE:
            msgspec.structs.force_setattr(self, "percent", WHOLE)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `CODE` or `CODE=PERCENT`. Raises BadShare."""
        code, equals, percent = text.rpartition("=")
        share = cls(code.strip(), percent.strip()) if equals else cls(percent.strip())
        if not share.code or not _PERCENT.fullmatch(share.percent):
            raise BadShare(text)
        return share

    @property
    def parts(self) -> int:
        """The share in millionths, exact (100 per cent is 1,000,000). Raises BadShare if an entry has no percentage."""
        if not _PERCENT.fullmatch(self.percent):
            raise BadShare(self.percent)
        whole, _, fraction = self.percent.partition(".")
        return int(whole + fraction.ljust(4, "0"))

    def __str__(self) -> str:
        return self.code if self.percent == "100" else f"{self.code} {self.percent}%"


class Identifier(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A number that somebody else's register gives a party: the scheme and the identifier in it."""

    scheme: str
    id: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `SCHEME=ID`. Raises BadReference."""
        scheme, equals, number = text.partition("=")
        if not equals:
            raise BadReference(text)
        return cls(checked_reference(scheme.strip()), checked_reference(number.strip()))

    def __str__(self) -> str:
        return f"{self.scheme} {self.id}"


def check_shares(shares: tuple[Share, ...] | None, what: str) -> None:
    """Check that each share is a percentage, that codes do not repeat, and that the total is 100 per cent.

    Raises BadShare, SharesNotWhole.
    """
    if not shares or (len(shares) == 1 and shares[0].percent == WHOLE):
        return
    for share in shares:
        if not _PERCENT.fullmatch(share.percent) or share.parts > 1_000_000:
            raise BadShare(share.percent)
    total = sum(share.parts for share in shares)
    if total != 1_000_000 or len({share.code for share in shares}) < len(shares):
        raise SharesNotWhole(what, f"{total // 10_000}.{total % 10_000:04}".rstrip("0").rstrip("."))


def _as(kind: str, description: str) -> msgspec.Meta:
    return msgspec.Meta(description=description, extra={"as": kind})


def about(description: str, **extra: Any) -> msgspec.Meta:
    """Return the metadata of a plain-text field."""
    return msgspec.Meta(description=description, extra={"as": "text", **extra})


Text = Annotated[str, _as("text", "one line of text")]
LongText = Annotated[str, _as("long text", "text, line feeds allowed")]
Day = Annotated[str, _as("date", "a date, year-month-day")]
Amount = Annotated[Money, _as("money", "an amount, like 'USD 1250.00'")]
PartyName = Annotated[str, _as("party", "a party: its reference, name, alias or SCHEME=ID")]
EngagementRef = Annotated[str, _as("engagement", "reference of the engagement")]
OrderNumber = Annotated[str, _as("order", "number of the service order")]
DocumentSymbol = Annotated[str, _as("document", "symbol of the document that discloses")]
Roles = Annotated[tuple[Role, ...], _as("roles", "a party and its role: PARTY or PARTY=ROLE; may be repeated")]
Pledges = Annotated[
    tuple[Pledge, ...],
    _as("pledges", "who commits how much: 'PARTY=USD 100.00', or 'organization=…'; may be repeated"),
]
Shares = Annotated[tuple[Share, ...], _as("shares", "a code, or CODE=PERCENT; may be repeated, 100 together")]
