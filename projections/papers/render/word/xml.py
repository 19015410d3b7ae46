"""WordprocessingML as text: elements, runs and paragraphs, with texts and attributes escaped.

A part is written once, from its beginning to its end. Text in a direction other than the document's is a run of its
own, since Word takes the direction of a run from its properties and not from its characters.
"""

import re
import unicodedata
from itertools import groupby
from xml.sax.saxutils import escape

from projections.papers.render.directions import SIDES

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAK = re.compile("([\t\n])")


def escaped(text: str) -> str:
    """Return a text for XML; a character that XML cannot hold becomes the replacement character."""
    return escape(_ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text), {'"': "&quot;"})


def w(element: str, /, *children: str, **attributes: str | int) -> str:
    """Return an element of WordprocessingML. Attributes are of the same namespace; `type_` is written `type`."""
    written = "".join(f' w:{key.rstrip("_")}="{escaped(str(value))}"' for key, value in attributes.items())
    return f"<w:{element}{written}>{''.join(children)}</w:{element}>" if children else f"<w:{element}{written}/>"


def part(name: str, /, *children: str) -> bytes:
    """Return a part whose outermost element has this name."""
    return f"{DECLARATION}<w:{name} {NAMESPACES}>{''.join(children)}</w:{name}>".encode()


def paragraph(style: str, *children: str, properties: str = "") -> str:
    """Return a paragraph of a style. `properties` follow the style in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{"".join(children)}</w:p>'


def runs(text: str, base: str, properties: str = "") -> str:
    """Return a text as runs, one for each direction in it. `base` is the direction of the document."""
    return "".join(
        run(piece, f"{properties}<w:rtl/>" if side == "rtl" else properties) for side, piece in sides(text, base)
    )


def run(text: str, properties: str = "") -> str:
    """Return one run. Tabs and line ends are elements of their own."""
    inside = "".join(
        {"\t": "<w:tab/>", "\n": "<w:br/>"}.get(piece) or f'<w:t xml:space="preserve">{escaped(piece)}</w:t>'
        for piece in _BREAK.split(text)
        if piece
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>" if inside else ""


def sides(text: str, base: str) -> list[tuple[str, str]]:
    """Return a text in pieces of one direction: spaces and signs belong to the document's, unless within another."""
    if base == "ltr" and text.isascii():
        return [("ltr", text)] if text else []
    given = [SIDES.get(unicodedata.bidirectional(char), "") for char in text]
    before, after = _nearest(given, base), _nearest(given[::-1], base)[::-1]
    known = [
        side or (earlier if earlier == later else base)
        for side, earlier, later in zip(given, before, after, strict=True)
    ]
    return [
        (side, "".join(char for char, _ in group))
        for side, group in groupby(zip(text, known, strict=True), key=lambda pair: pair[1])
    ]


def _nearest(given: list[str], base: str) -> list[str]:
    nearest, last = [], base
    for side in given:
        last = side or last
        nearest.append(last)
    return nearest
