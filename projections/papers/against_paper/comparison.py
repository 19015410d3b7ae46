"""A file compared with its paper: each figure, each text in its order, and the data that it carries for programs."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from projections.papers.against_paper.page_texts import page_texts
from projections.papers.against_paper.paper import GivenPaper
from projections.papers.against_paper.word_texts import word_texts
from projections.papers.against_paper.workbook_texts import workbook_texts
from projections.papers.read_back.alike import apart, differing_pairs, is_same, plain
from projections.papers.read_back.any_form import form_of, read_document
from projections.papers.read_back.html import IN_DRAWING
from projections.papers.read_back.marks import Mark, ReadBack, Said

TEXTS: dict[str, Callable[[GivenPaper], ReadBack]] = {"docx": word_texts, "xlsx": workbook_texts, "html": page_texts}
"""What a file of each form says by its paper. The text of a PDF is not read back."""
FIGURE_IN_TEXT = re.compile(r"\{f[0-9]+\}")
STYLE = ":root"
"""What the style of a page begins with."""
OF_WORD = re.compile("(chart|data of chart|drawing) [0-9]+|numbers of lists|formats of numbers")
DIRECTIONS = str.maketrans("", "", "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}")
LOGO = "[drawing]"
"""What stands for the logo of a Word document, at its beginning."""


class PaperDifference(NamedTuple):
    """What a file says otherwise than its paper: a code, its place, what it reads, and what the paper gives."""

    code: str
    place: str
    reads: str
    should: str

    def __str__(self) -> str:
        """Say it in a line."""
        if not self.should:
            return f"it reads '{self.reads}', which the paper does not say there"
        if not self.reads:
            return f"it does not say '{self.should}', as the paper does"
        return f"it reads '{self.reads}', the paper says '{self.should}'"


class Compared(NamedTuple):
    """A compared file: its form, the number of its figures, what differs, and whether its drawings were compared."""

    form: str
    figures: int
    differences: tuple[PaperDifference, ...]
    are_drawings_compared: bool


def compared(paper: GivenPaper, data: bytes, drawings: Mapping[str, Sequence[Said]]) -> Compared:
    """Compare a file with its paper.

    `drawings` is what files of each form said of drawings, links and styles when they were made, where that is known.
    Raises NotReadable.
    """
    form, read = read_document(data)
    found: list[PaperDifference] = []
    found += _of_data(read.data, paper.data)
    made = TEXTS[form](paper) if form in TEXTS else _of_pdf(paper)
    own, drawn = _divided(form, read.said)
    found += _of_marks(read.marks, made.marks, form)
    found += _of_texts(own, _divided(form, made.said)[0])
    if form in drawings:
        found += _of_texts(drawn, drawings[form])
    figures = sum(1 for mark in read.marks if mark.pointer)
    return Compared(form, figures, tuple(found), form in drawings)


def drawings_of(data: bytes) -> list[Said]:
    """Return what a file says of its drawings, links and styles. Raises NotReadable."""
    return _divided(form_of(data), read_document(data)[1].said)[1]


def _of_pdf(paper: GivenPaper) -> ReadBack:
    """Return the figures of a PDF: those of a page, at places that are not known."""
    return page_texts(paper)._replace(said=())


def _divided(form: str, said: Sequence[Said]) -> tuple[list[Said], list[Said]]:
    """Return the texts that the paper gives, and what a file says of drawings, links and styles besides."""
    texts: list[Said] = []
    drawn: list[Said] = []
    for text in said:
        is_drawn = OF_WORD.fullmatch(text.place) is not None
        if form == "html":
            is_style = text.place == "" and text.text.startswith(STYLE)
            is_drawn = is_style or text.text.startswith("<") or text.place.startswith(IN_DRAWING)
        elif form == "docx" and not texts and text.text.startswith(LOGO):
            drawn.append(Said("logo", LOGO))
            text = text._replace(text=text.text.removeprefix(LOGO))  # noqa: PLW2901
        (drawn if is_drawn else texts).append(text._replace(text=text.text.translate(DIRECTIONS)))
    return texts, drawn


def _of_data(read: dict[str, Any], due: dict[str, Any]) -> Iterator[PaperDifference]:
    """Yield each member of the data for programs that is not that of the paper."""
    for name in sorted(read.keys() | due.keys()):
        stated, given = read.get(name), due.get(name)
        if json.dumps(stated, sort_keys=True) != json.dumps(given, sort_keys=True):
            texts = [json.dumps(value, ensure_ascii=False) for value in (stated, given)]
            yield PaperDifference("altered-file", f"the data for programs, {name}", *apart(*texts))


def _of_marks(marks: Sequence[Mark], made: Sequence[Mark], form: str) -> Iterator[PaperDifference]:
    """Yield how the figures of a file differ from those of the paper."""
    read = {mark.ident: mark for mark in marks}
    for due in made:
        mark = read.pop(due.ident, None)
        if mark is None or not mark.now:
            yield PaperDifference("figure-left-out", due.place, "", f"{due.stated} ({due.pointer})")
        elif mark.pointer != due.pointer:
            yield PaperDifference(
                "moved-figure", mark.place, f"{mark.now} ({mark.pointer})", f"{due.stated} ({due.pointer})"
            )
        elif plain(mark.now.translate(DIRECTIONS)) != plain(due.stated.translate(DIRECTIONS)):
            yield PaperDifference("altered-figure", mark.place, *apart(mark.now, due.stated))
        elif mark.stated != due.stated or (mark.value and not is_same(mark.value, due.value)):
            stated = f"{mark.stated} as {mark.value}" if mark.value else mark.stated
            yield PaperDifference("altered-figure", mark.place, f"{stated}, for programs", due.stated)
        elif form == "xlsx" and mark.place != due.place:
            yield PaperDifference("moved-figure", mark.place, mark.now, f"{due.stated} in {due.place}")
    for mark in read.values():
        yield PaperDifference("unknown-figure", mark.place, f"{mark.now} ({mark.pointer})", "")


def _of_texts(texts: Sequence[Said], made: Sequence[Said]) -> Iterator[PaperDifference]:
    """Yield the texts that differ, or stand at another place in the order."""
    for reads, should in differing_pairs(texts, made):
        is_number = reads.is_listed and should.is_listed and is_same(reads.text, should.text)
        if not is_number:
            place = should.place or reads.place
            yield PaperDifference(_code(reads, should), place, *apart(reads.text, should.text))


def _code(reads: Said, should: Said) -> str:
    if reads.is_listed or should.is_listed:
        return "altered-figure"
    is_moved = reads.text != should.text and FIGURE_IN_TEXT.sub("", reads.text) == FIGURE_IN_TEXT.sub("", should.text)
    return "moved-figure" if is_moved else "altered-words"
