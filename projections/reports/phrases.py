"""Texts of the ledger's own within reports, with the message by which a document says them in its language.

A phrase is its English text: reports print it, compare it and join it as such. What is recorded stays a plain text.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple, Self

from projections.queries.bitemporal import ANY_BODY


class Pointer(str):
    """The JSON Pointer of a figure that a message names."""

    __slots__ = ()


class Number(NamedTuple):
    """A number that a message names and that is no figure: `unit` is a currency, `percent` or `count`."""

    value: Decimal
    unit: str


class Phrase(str):
    """A text in English, with its message and what the message names; without a message, `parts` one after another.

    Texts that a message names are recorded ones, whole numbers choose its form. `is_capital` says that it begins with a
    capital letter also where its message does not.
    """

    __slots__ = ("given", "is_capital", "message", "parts")
    message: str
    given: dict[str, Any]
    parts: tuple[str, ...]
    is_capital: bool

    def __new__(cls, text: str, message: str, /, **given: Any) -> Self:
        """Make a phrase of its English text."""
        made = super().__new__(cls, text)
        made.message, made.given = message, given
        made.parts, made.is_capital = (), False
        return made


class Quoted(str):
    """A recorded text in the language of those who recorded it, such as the title of a rule: `key` names it."""

    __slots__ = ("key",)
    key: str

    def __new__(cls, text: str, key: str) -> Self:
        """Make a quotation; a house may give its text in another language as the message of this key."""
        made = super().__new__(cls, text)
        made.key = key
        return made


def slug(text: str) -> str:
    """Return an English text as the part of the name of its message."""
    return re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")


def title(text: str) -> Phrase:
    """Return a title, the head of a column or the label of a row, whose message is of its own words."""
    return Phrase(text, f"head-{slug(text)}")


def capitalized(text: str) -> str:
    """Return a text with its first letter capitalized; the rest, such as the number of an order, is unchanged."""
    upper = text[:1].upper() + text[1:]
    if not isinstance(text, Phrase):
        return upper
    phrase = Phrase(upper, text.message, **text.given)
    phrase.parts, phrase.is_capital = text.parts, True
    return phrase


def joined(texts: Iterable[str], separator: str = "; ") -> str:
    """Return texts one after another; phrases among them stay phrases."""
    parts: list[str] = []
    for text in texts:
        parts += [separator, text] if parts else [text]
    phrase = Phrase("".join(parts), "")
    phrase.parts = tuple(parts)
    return phrase if any(isinstance(part, Phrase | Quoted) for part in parts) else str(phrase)


def paragraphs(text: str, report: str, body: str) -> tuple[str, ...]:
    """Return how a report is made: paragraphs, apart by an empty line, of which each is the message of its number.

    `body` is the body to which disclosures count, or `any body`.
    """
    told = Phrase(body, "method-any-body") if body == ANY_BODY else Phrase(body, "method-body", body=body)
    texts = (" ".join(paragraph.split()) for paragraph in text.format(body=body).strip().split("\n\n"))
    return tuple(Phrase(text, f"{report}-method-{number}", body=told) for number, text in enumerate(texts, 1))
