"""SVG elements with escaped text and attributes, and lengths with one decimal."""

from collections.abc import Sequence
from html import escape

from projections.papers.look import INK, SERIES

QUIET = "#5b6673"
LINE = "#c3cad2"
FILLS = SERIES
"""Fills of the parts of a bar."""

Fonts = Sequence[tuple[str, frozenset[int]]]
"""Families of fonts, in the order in which they are tried, with the code points that each has."""


def element(name: str, *children: str, **attributes: str | float) -> str:
    """Return an element; `children` are SVG. `text_anchor` is written `text-anchor`, `class_` is written `class`."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_attribute(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def _attribute(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.1f}"


def text(
    content: str, x: float, y: float, *, size: float = 12, fill: str = INK, anchor: str = "start", fonts: Fonts = ()
) -> str:
    """Return a line of text; `anchor` says whether its baseline starts, ends or is centred at the point.

    With `fonts`, each part of the text names the first family that has its characters.
    """
    spans = [element("tspan", escape(part), font_family=family) for family, part in by_family(content, fonts)]
    inner = spans if len(spans) > 1 else [escape(content)]
    return element("text", *inner, x=x, y=y, font_size=size, fill=fill, text_anchor=anchor)


def by_family(content: str, fonts: Fonts) -> list[tuple[str, str]]:
    """Return the parts of a text with the family of each; a family goes on as long as it has the next character."""
    parts: list[tuple[str, str]] = []
    for char in content:
        having = [family for family, points in fonts if ord(char) in points]
        if parts and (parts[-1][0] in having or not having):
            parts[-1] = (parts[-1][0], parts[-1][1] + char)
        elif fonts:
            parts.append((having[0] if having else fonts[0][0], char))
    return parts


def rectangle(x: float, y: float, wide: float, high: float, fill: str, outline: str = FILLS[0]) -> str:
    """Return a part of a bar; its outline shows where a light part ends."""
    return element("rect", x=x, y=y, width=wide, height=high, fill=fill, stroke=outline, stroke_width=0.6)


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """Return a light line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=LINE, stroke_width=1.0)


def titled(title: str, *children: str) -> str:
    """Return a group with a tooltip."""
    return element("g", element("title", escape(title)), *children)


def drawing(
    ident: str, wide: float, high: float, title: str, description: str, *children: str, **attributes: str
) -> str:
    """Return an SVG image; a screen reader announces it as one image with this title and description."""
    return element(
        "svg",
        element("title", escape(title), id=f"{ident}-title"),
        element("desc", escape(description), id=f"{ident}-desc"),
        *children,
        viewBox=f"0 0 {wide:.0f} {high:.0f}",
        role="img",
        aria_labelledby=f"{ident}-title {ident}-desc",
        **attributes,
    )
