"""Estimated widths of text, and wrapping of long labels: an SVG cannot measure its reader's fonts."""

import unicodedata

NARROW = frozenset("iIjl.,:;'|!()[]ft r-/·")
WIDE = frozenset("mwMWQO@%&—…")
SLACK = 1.04
"""Fonts differ; text gets slightly more room than a common sans-serif font needs."""
ELLIPSIS = "…"


def width(text: str, size: float) -> float:
    """Return the estimated width of a text at a font size, in the unit of the size."""
    return SLACK * size * sum(_em(char) for char in text)


def _em(char: str) -> float:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char in NARROW:
        return 0.34
    if char in WIDE:
        return 0.88
    return 0.67 if char.isupper() else 0.56


def wrapped(text: str, room: float, size: float, lines: int = 3) -> list[str]:
    """Return a label as at most `lines` lines of width `room`; the last one is cut with an ellipsis if needed.

    Words that fit a line stay whole; scripts without spaces break between characters.
    """
    fitted = [""]
    for word in text.split():
        joined = f"{fitted[-1]} {word}".lstrip()
        if width(joined, size) <= room:
            fitted[-1] = joined
            continue
        fitted.extend(_pieces(word, room, size))
    fitted = [line for line in fitted if line]
    if len(fitted) <= lines:
        return fitted
    return [*fitted[: lines - 1], shortened(" ".join(fitted[lines - 1 :]), room, size)]


def _pieces(word: str, room: float, size: float) -> list[str]:
    pieces = [""]
    for char in word:
        if pieces[-1] and width(pieces[-1] + char, size) > room:
            pieces.append("")
        pieces[-1] += char
    return pieces


def shortened(text: str, room: float, size: float) -> str:
    """Return a text that fits the width `room`, cut with an ellipsis if needed."""
    if width(text, size) <= room:
        return text
    start = text
    while start and width(start + ELLIPSIS, size) > room:
        start = start[:-1]
    return start.rstrip() + ELLIPSIS


def line_count(text: str, room: float, size: float) -> int:
    """Return the number of lines that a text takes, as estimated; long words are broken."""
    count, used, space = 1, 0.0, width(" ", size)
    for word in text.split(" "):
        wide = width(word, size)
        if used and used + wide > room:
            count, used = count + 1, 0.0
        if wide > room:
            more = int(wide // room)
            count, wide = count + more, wide - more * room
        used += wide + space
    return count
