"""Text within text of the other direction: marks that keep names and signs where they belong."""

import unicodedata

TO_RIGHT, TO_LEFT = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"
SIDES = {"L": "ltr", "EN": "ltr", "R": "rtl", "AL": "rtl", "AN": "rtl"}


def has_side(text: str, side: str) -> bool:
    """Return whether a text has a character that is read in this direction."""
    if text.isascii() and side == "rtl":
        return False
    return any(SIDES.get(unicodedata.bidirectional(char)) == side for char in text)


def around_name(name: str, base: str) -> str:
    """Return the mark that stands at both ends of a name: two names of the other direction stay in their order."""
    mark, other = (TO_RIGHT, "rtl") if base == "ltr" else (TO_LEFT, "ltr")
    return mark if has_side(name, other) else ""


def before_value(text: str, base: str) -> str:
    """Return the mark before a value: a sign would stand behind its number where lines run from right to left."""
    return TO_RIGHT if base == "rtl" and text[:1] in ("-", "\N{MINUS SIGN}") else ""
