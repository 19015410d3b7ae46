"""The figures of a paper out of its HTML page: as they stand in it now, and as the data of the page states them."""

from html.parser import HTMLParser

from projections.papers.read_back.errors import NotReadable
from projections.papers.read_back.marks import Mark, ReadBack, json_object

LARGEST = 64 * 1024 * 1024
"""The size in bytes up to which a page is read."""
DATA = "ledger-paper "
"""What the comment with the data of the paper begins with."""


def read(data: bytes) -> ReadBack:
    """Return the figures of a page with the data that it carries; one that is gone reads as empty.

    Raises NotReadable.
    """
    if len(data) > LARGEST:
        raise NotReadable(f"The file has more than {LARGEST:,} bytes.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotReadable("The file is not UTF-8.") from None
    page = _Page()
    page.feed(text)
    page.close()
    if len(page.comments) != 1:
        raise NotReadable("The page carries several papers." if page.comments else "The page carries no paper.")
    attached = json_object(page.comments[0])
    figures = attached.pop("figures", None)
    if not isinstance(figures, list):
        raise NotReadable("The data of the page lists no figures.")
    return ReadBack(tuple(_mark(page, number, figure) for number, figure in enumerate(figures, 1)), attached)


def _mark(page: "_Page", number: int, figure: object) -> Mark:
    ident = f"f{number}"
    match figure:
        case {"pointer": str(pointer), "text": str(stated)}:
            now, place = page.found.get(ident, ("", ""))
            return Mark(ident, pointer, stated, now, place)
    raise NotReadable(f"Figure {number} in the data of the page has no pointer or no text.")


class _Page(HTMLParser):
    """Collects the text of each element that has a pointer, with the anchor that is nearest above it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, tuple[str, str]] = {}
        self.comments: list[str] = []
        self.anchor = ""
        self.ident = ""
        self.tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        ident = given.get("id") or ""
        if "data-pointer" in given:
            self.ident, self.tag = ident, tag
            self.found[ident] = ("", self.anchor)
        elif ident:
            self.anchor = ident

    def handle_endtag(self, tag: str) -> None:
        if tag == self.tag:
            self.ident = self.tag = ""

    def handle_data(self, data: str) -> None:
        if self.ident:
            text, place = self.found[self.ident]
            self.found[self.ident] = (text + data, place)

    def handle_comment(self, data: str) -> None:
        if data.strip().startswith(DATA):
            self.comments.append(data.strip().removeprefix(DATA))
