"""The figures of a paper out of its PDF: they stand, with their pages, in the JSON file that is attached to it.

The text of a PDF is drawn by glyphs, so what a figure reads there is known from the attached data alone: that the
pages show the same is known by making the PDF again, or by reading it.
"""

import re
import zlib
from typing import Any

from projections.papers.read_back.errors import NotReadable
from projections.papers.read_back.marks import Mark, ReadBack, json_object

LARGEST_PDF = 128 * 1024 * 1024
"""The size in bytes up to which a file and its attachment are read."""
HEAD = 2_000
"""The length in bytes up to which the dictionary of an attached file is read, before and after its type."""
# Streams are never within other objects (ISO 32000-1, 7.5.7), so an attached file stands in the file itself.
_TYPE = re.compile(rb"/Type\s?/EmbeddedFile\b")
_PAGES = re.compile(rb"/Type\s?/Pages\s?/Count ([0-9]{1,6})")
_LENGTH = re.compile(rb"/Length\s+([0-9]{1,12})(?!\s+[0-9]+\s+R)")


def read_pdf(data: bytes) -> ReadBack:
    """Return the figures of a PDF with the data that it carries. Raises NotReadable."""
    if not data.startswith(b"%PDF-"):
        raise NotReadable("The file is no PDF.")
    if len(data) > LARGEST_PDF:
        raise NotReadable(f"The file has more than {LARGEST_PDF:,} bytes.")
    attached = json_object(_attached(data))
    figures, pages = attached.pop("figures", None), attached.pop("pages", None)
    if not isinstance(figures, list) or not isinstance(pages, list) or len(figures) != len(pages):
        raise NotReadable("The attached data does not list the figures with their pages.")
    marks = tuple(_mark_of_pdf(*numbered) for numbered in enumerate(zip(figures, pages, strict=True), 1))
    return ReadBack(marks, attached)


def page_count(data: bytes) -> int:
    """Return the number of pages of a PDF that the ledger made: the root of its tree of pages counts all of them."""
    return max((int(number) for number in _PAGES.findall(data)), default=0)


def _mark_of_pdf(number: int, stated: tuple[Any, Any]) -> Mark:
    match stated:
        case {"pointer": str(pointer), "text": str(text)}, int(page):
            return Mark(f"f{number}", pointer, text, text, f"page {page}")
    raise NotReadable(f"Figure {number} of the attached data has no pointer, no text or no page.")


def _attached(data: bytes) -> bytes:
    types = [match.start() for match in _TYPE.finditer(data)]
    if len(types) != 1:
        raise NotReadable("The PDF carries several files." if types else "The PDF carries no paper.")
    stream = re.compile(rb"stream\r?\n").search(data, types[0], types[0] + HEAD)
    if not stream:
        raise NotReadable("The attached file is damaged.")
    head = data[max(data.rfind(b" obj", 0, types[0]), types[0] - HEAD) : stream.start()]
    start = stream.end()
    length = _LENGTH.search(head)
    end = start + int(length[1]) if length else data.find(b"endstream", start)
    content = data[start:end]
    if b"/FlateDecode" not in head:
        return content
    inflating = zlib.decompressobj()
    try:
        text = inflating.decompress(content, LARGEST_PDF)
    except zlib.error:
        raise NotReadable("The attached file is damaged.") from None
    if inflating.unconsumed_tail:
        raise NotReadable(f"The attached file has more than {LARGEST_PDF:,} bytes.")
    if not inflating.eof:
        raise NotReadable("The attached file is damaged.")
    return text
