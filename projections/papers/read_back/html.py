"""A web page read back: its figures as they stand in it now and as its data states them, and all other text."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from projections.papers.read_back.errors import NotReadable
from projections.papers.read_back.marks import Mark, ReadBack, Said, json_object

LARGEST_PAGE = 64 * 1024 * 1024
"""The size in bytes up to which a page is read."""
OPEN_TAG, TAG = re.compile("<[^<>]*(<|$)"), re.compile("<[^!][^>]*>")
"""A tag within another, and a tag: the parser of Python takes very long for many that do not end."""
LONGEST_TAG = 4 * 1024 * 1024
"""The most letters of a tag: that of a logo has its picture."""
DATA = "ledger-paper "
"""What the comment with the data of the paper begins with."""
WITHIN = ("a", "bdi", "span", "strong", "sup", "b", "i", "em", "u", "small", "font", "br", "mark", "ins", "wbr")
"""Elements within a text."""
DRAWN = ("rect", "line", "path", "g", "circle", "polygon", "image", "use", "img")
IN_DRAWING = "drawing at "
"""What the place of all that stands within a drawing begins with."""
KNOWN = frozenset(
    "html head meta title style body header div p h1 h2 h3 h4 nav ol ul li main section table caption colgroup col "
    "thead tbody tr th td figure figcaption svg desc text footer".split()
).union(WITHIN, DRAWN)
"""The elements that the ledger writes, and those by which editors mark words; others can hide or show something."""
TELLING = ("href", "src", "hidden", "style", "srcset", "content", "onload", "onclick")
"""Attributes that say where an element leads, what it shows, and whether it is hidden."""


def read_page(data: bytes) -> ReadBack:
    """Return the figures of a page with the data that it carries; one that is gone reads as empty.

    Raises NotReadable.
    """
    if len(data) > LARGEST_PAGE:
        raise NotReadable(f"The file has more than {LARGEST_PAGE:,} bytes.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotReadable("The file is not UTF-8.") from None
    if OPEN_TAG.search(text) or any(len(tag) > LONGEST_TAG for tag in TAG.findall(text)):
        raise NotReadable("The page has a tag that does not end, or is longer than one can be.")
    page = _Page()
    page.feed(text)
    page.close()
    if len(page.comments) != 1:
        raise NotReadable("The page carries several papers." if page.comments else "The page carries no paper.")
    attached = json_object(page.comments[0])
    figures = attached.pop("figures", None)
    if not isinstance(figures, list):
        raise NotReadable("The data of the page lists no figures.")
    marks = tuple(_mark_of_page(page, number, figure) for number, figure in enumerate(figures, 1))
    return ReadBack(marks, attached, tuple(page.found), tuple(page.said))


def _mark_of_page(page: "_Page", number: int, figure: object) -> Mark:
    ident = f"f{number}"
    match figure:
        case {"pointer": str(pointer), "text": str(stated)}:
            found = page.found.get(ident, _Found(pointer))
            return Mark(ident, found.pointer, stated, found.text, found.place, found.value)
    raise NotReadable(f"Figure {number} in the data of the page has no pointer or no text.")


@dataclass(slots=True)
class _Found:
    """A figure as it stands in a page."""

    pointer: str
    value: str = ""
    place: str = ""
    text: str = ""


class _Page(HTMLParser):
    """Collects the text of each element that has a pointer, and all else, with the anchor that is nearest above it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, _Found] = {}
        self.said: list[Said] = []
        self.comments: list[str] = []
        self.anchor = ""
        self.before_drawing = ""
        self.ident = ""
        self.tag = ""
        self.words: list[str] = []
        self.is_listed = False
        self.rows = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        ident = given.get("id", "")
        if tag not in WITHIN:
            self._say()
        if "data-pointer" in given:
            if ident in self.found:
                raise NotReadable(f"The page has the figure '{ident}' twice.")
            self.ident, self.tag = ident, tag
            self.found[ident] = _Found(given["data-pointer"], given.get("data-value", ""), self.anchor)
            self.words.append(f"{{{ident}}}")
        elif ident and not self.anchor.startswith(IN_DRAWING):
            self.anchor = ident.replace("figure-", "list of figures, row ")
        if tag == "tr":
            self.rows = ident
        if tag == "svg":
            self.before_drawing, self.anchor = self.anchor, f"{IN_DRAWING}{self.anchor}"
        if tag in ("td", "th"):
            names = given.get("class", "").split()
            self.is_listed = self.rows.startswith("figure-") or (bool({"n", "whole"} & {*names}) and tag != "th")
        self._describe(tag, given)

    def _describe(self, tag: str, given: dict[str, str]) -> None:
        """Take what an element says without text: where it leads, how it is hidden, how a drawing is drawn."""
        told = [f"{name}={given[name]}" for name in TELLING if name in given]
        if tag in DRAWN:
            told += [f"{name}={value}" for name, value in given.items() if name not in told]
        if told or tag not in KNOWN:
            self.said.append(Said(self.anchor, " ".join((f"<{tag}>", *told))))

    def handle_endtag(self, tag: str) -> None:
        if tag == self.tag:
            self.ident = self.tag = ""
        if tag not in WITHIN:
            self._say()
            if tag == "svg":
                self.anchor = self.before_drawing
            self.is_listed &= tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.ident:
            self.found[self.ident].text += data
        else:
            self.words.append(data)

    def handle_comment(self, data: str) -> None:
        if data.strip().startswith(DATA):
            self.comments.append(data.strip().removeprefix(DATA))

    def close(self) -> None:
        """End the page."""
        super().close()
        self._say()

    def _say(self) -> None:
        text = " ".join("".join(self.words).split())
        self.words.clear()
        if text:
            self.said.append(Said(self.anchor, text, self.is_listed))
