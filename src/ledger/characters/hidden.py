"""Characters that a text may not have because a reader cannot see them, or sees them on what is next to the text.

Two names that differ in such a character read the same, so totals are split between parties that look like one, and a
name of nothing but such characters looks like no name. The characters are those of Unicode 14.0 (`assigned`): format
characters (category Cf), what may be ignored when it is shown (Default_Ignorable_Code_Point), what is shown as a blank,
and those for private use. The two joiners are allowed between characters of scripts that are written with them (compare
RFC 5892, appendix A.1 and A.2).
"""

import re
from functools import cache
from unicodedata import combining

MAX_MARKS = 4
"""How many marks a letter may bear (compare UTS #39, section 5.4)."""
_JOINERS = "\u200c\u200d"
_JOINED = (
    "[\u0620-\u074f\u0750-\u077f\u07ca-\u07ff\u0840-\u0dff\u1000-\u109f\u1780-\u17df\u1820-\u18aa\u1b00-\u1bff"
    "\ua840-\ua9ff\U00010d00-\U00010d3f\U00011000-\U00011fff]"
)
"""Arabic, Syriac, N'Ko, Mandaic, Mongolian, and the scripts of South and South-East Asia that have conjuncts."""
_HIDDEN = (
    "[\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b"
    "\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc"
    "\U000110bd\U000110cd\U00013430-\U00013438\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"
)
_ENCLOSING = "\u0488\u0489\u1abe\u20dd-\u20e0\u20e2-\u20e4\ua670-\ua672"
"""Marks around a letter, which have no combining class."""


MAX_KNOWN = 65_536
"""From this number on, no more characters are remembered as plain."""
_plain: set[str] = set()
"""Characters that were looked up and are seen wherever they stand: texts use few, many times."""


@cache
def _hidden() -> re.Pattern[str]:
    lone = f"(?<!{_JOINED})[{_JOINERS}]|[{_JOINERS}](?!{_JOINED})"
    return re.compile(f"{_HIDDEN}|{lone}")


@cache
def _enclosing() -> re.Pattern[str]:
    return re.compile(f"[{_ENCLOSING}]")


def hidden_fault(text: str) -> str | None:
    """Return which character of a text a reader cannot see in its place, or None."""
    if text.isascii() or _plain.issuperset(text):
        return None
    match = _hidden().search(text)
    if match:
        return f"character {match.start() + 1} is U+{ord(match[0]):04X}, which a reader cannot see"
    if fault := _marks_fault(text):
        return fault
    if len(_plain) < MAX_KNOWN:
        _plain.update(char for char in text if char not in _JOINERS and not _is_mark(char))
    return None


def _is_mark(char: str) -> bool:
    return char >= "\u0300" and bool(combining(char) or _enclosing().match(char))


def _marks_fault(text: str) -> str | None:
    marks, is_bare = 0, True
    for place, char in enumerate(text, 1):
        if not _is_mark(char):
            marks, is_bare = 0, char.isspace()
            continue
        marks += 1
        if is_bare or marks > MAX_MARKS:
            why = "a mark without a letter" if is_bare else f"more than {MAX_MARKS} marks on one letter"
            return f"character {place} is U+{ord(char):04X}, {why}"
    return None


def shows_something(text: str) -> bool:
    """Return whether a name has a letter or a digit, so that a reader sees that there is a name."""
    return any(char.isalnum() for char in text)
