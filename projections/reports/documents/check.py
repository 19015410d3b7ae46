"""Checking a document against the ledger: the report is made again, and the file is compared with it.

A file that equals what is made again needs no more. Of any other file, such as one that an editor or a translator has
been through, each figure must read as the ledger's figure at its pointer can be printed, in a language of the house,
and stand where it stood among the others. Words that differ are said apart: an editor may change them.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

import msgspec

from projections.papers.house import LANGUAGE, LANGUAGES, House
from projections.papers.layout import Heading, Item, Layout
from projections.papers.messages import Messages
from projections.papers.model import Printed
from projections.papers.printed import lines, runs, targets
from projections.papers.read_back import any_form, words
from projections.papers.read_back.alike import is_same, plain
from projections.papers.read_back.errors import NotReadable
from projections.papers.read_back.marks import Mark, ReadBack
from projections.queries.figures import Figure, walk
from projections.reports.documents.composing import ROOT
from projections.reports.documents.document import composed, rendered_document
from projections.reports.documents.occasion import Occasion
from projections.reports.model import Report

STYLES = ("plain", "words", "million", "percent", "amount", "whole", "rounded", "day")
"""The styles in which a message can print a figure."""


class Difference(NamedTuple):
    """A figure of a file that is not the ledger's: a code, its place, its pointer, what it reads and should read."""

    code: str
    place: str
    pointer: str
    reads: str
    should: str

    def __str__(self) -> str:
        """Say it in a line."""
        place = f"{self.place}: " if self.place else ""
        pointer = f" ({self.pointer})" if self.pointer else ""
        return f"{place}{self._what()}{pointer}"

    def _what(self) -> str:
        if self.code == "altered-file":
            return self.reads
        if self.code == "unknown-figure":
            return f"it reads '{self.reads}' as a figure that the report does not have"
        if self.code == "figure-left-out":
            return f"the document says '{self.should}' there, the file does not any more"
        if self.code == "moved-figure" and self.reads == self.should:
            return f"it reads '{self.reads}', which the document says at another place"
        if not self.should:
            return f"it reads '{self.reads}', the ledger gives nothing there"
        return f"it reads '{self.reads}', the ledger gives '{self.should}'"


class CheckedDocument(NamedTuple):
    """A checked document: its form, number of figures, what differs, and whether it is what the ledger makes.

    `words` are the texts outside of figures that differ.
    """

    form: str
    figures: int
    differences: tuple[Difference, ...] = ()
    is_as_made: bool = False
    words: tuple[Difference, ...] = ()


class Carried(msgspec.Struct):
    """What a file carries of how it was made: the occasion, the number of the paper, and the language."""

    occasion: Occasion
    paper: int = 0
    corrects: str = ""
    language: str = ""


def check_document(report: Report, house: House, data: bytes) -> CheckedDocument:
    """Compare a document with the one that the ledger makes in its place; `report` is built as of the file's as-of.

    Raises NotReadable for a file that does not carry how it was made, BadHouse, UnknownLanguage, UnknownFigureInText.
    """
    form, read = any_form.read_document(data)
    layout = _made_again(report, house, read)
    again = rendered_document(layout, house.look, form)
    figures = sum(1 for mark in read.marks if mark.pointer)
    if again == data:
        return CheckedDocument(form, figures, is_as_made=True)
    printings = Printings(house, dict(walk(report.in_documents)), _days(layout))
    places = {f"key-{key}": _place(item) for key, item in targets(layout).items()}
    read, made = (_with_places(back, places) for back in (read, any_form.read_document(again)[1]))
    found = differing_figures(read, made, printings) + _of_data(read, made) + _of_marks_of_log(report, read, made)
    found_words = words.differing(read, made, {difference.place for difference in found if form == "xlsx"})
    found += [_of(text, "altered-figure") for text in found_words if text.is_listed]
    if form == "pdf" and not found:
        why = "the PDF is not the one that the ledger makes; what its pages show is not known"
        found = [Difference("altered-file", "", "", why, "")]
    of_words = tuple(_of(text, "altered-words") for text in found_words if not text.is_listed)
    return CheckedDocument(form, figures, tuple(found), words=of_words)


def _of_data(read: ReadBack, made: ReadBack) -> list[Difference]:
    """Return that the data of a file is not that of the document; its foot and title are words."""
    if all(read.data.get(name) == made.data[name] for name in ("report", "dated", "symbol")) and all(
        read.data["manifest"].get(name) == member for name, member in made.data["manifest"].items() if name != "title"
    ):
        return []
    return [Difference("altered-file", "", "", "the data that the file carries for programs is not the ledger's", "")]


def _of_marks_of_log(report: Report, read: ReadBack, made: ReadBack) -> list[Difference]:
    """Return that a file prints the root of the log less often than the document: it is what readers compare."""
    root = report.as_of.root[:ROOT]
    is_less = sum(text.text.count(root) for text in read.said) < sum(text.text.count(root) for text in made.said)
    why = "the root of the log that the file prints is not the ledger's"
    return [Difference("altered-file", "", "", why, "")] if is_less else []


def _of(text: words.Differing, code: str) -> Difference:
    return Difference(code, text.place, "", text.reads, text.should)


def carried_by(read: ReadBack) -> Carried:
    """Return what a document carries of how it was made. Raises NotReadable, also for a corrigendum."""
    try:
        carried = msgspec.convert(read.data.get("manifest"), Carried)
    except msgspec.ValidationError:
        raise NotReadable("The file does not carry how it was made, or that was altered.") from None
    if carried.corrects:
        why = f"It is a corrigendum to {carried.corrects}, which 'ledger report corrigendum' makes again."
        raise NotReadable(why)
    carried.language = str(read.data.get("language"))
    if not LANGUAGE.fullmatch(carried.language):
        raise NotReadable("The file names no language in which it was made.")
    return carried


def _made_again(report: Report, house: House, read: ReadBack) -> Layout:
    carried = carried_by(read)
    layouts = composed(report, house, carried.language, carried.occasion)
    if not 0 <= carried.paper < len(layouts):
        raise NotReadable("The file carries the number of a document that the report does not have.")
    return layouts[carried.paper]


def _place(item: Item) -> str:
    return item.number.rstrip(".") if isinstance(item, Heading) else getattr(item, "label", "")


def _with_places(read: ReadBack, places: Mapping[str, str]) -> ReadBack:
    """Return what was read with the names of tables and sections, where a web page has their keys."""
    marks = tuple(mark._replace(place=places.get(mark.place, mark.place)) for mark in read.marks)
    said = tuple(text._replace(place=places.get(text.place, text.place)) for text in read.said)
    return read._replace(marks=marks, said=said)


def _days(layout: Layout) -> dict[str, str]:
    every = (run for line in lines(layout) for run in runs(line))
    return {run.text: str(run.value) for run in every if isinstance(run, Printed) and run.unit in ("day", "month")}


class Printings:
    """The texts in which figures and days can be printed, in all languages of a house."""

    def __init__(self, house: House, figures: Mapping[str, Figure], days: Mapping[str, str]) -> None:
        """Read the catalogues of the house; `days` are the ISO dates behind texts of the document. Raises BadHouse."""
        self._days = days
        own = (path.stem for path in sorted((house.folder / "texts").glob("*.ftl")))
        self.figures = figures
        self._languages: list[Messages] = [
            house.messages(language, figures) for language in dict.fromkeys((*LANGUAGES, *own))
        ]

    def of(self, pointer: str) -> set[str]:
        """Return the texts that a figure can be printed as. Raises KeyError for a pointer that is not known."""
        figure = self.figures[pointer]
        return {plain(text) for messages in self._languages for text in _printed(messages, figure)}

    def of_text(self, text: str) -> set[str]:
        """Return the texts that a value of a table can be printed as: a day or month in each language, or as it is."""
        iso = self._days.get(text, "")
        if not iso:
            return {plain(text)}
        styles = [messages.style for messages in self._languages]
        is_day = iso.count("-") > 1  # a month has no day
        return {plain(style.day(iso) if is_day else style.month_of(f"{iso}-01")) for style in styles}


def _printed(messages: Messages, figure: Figure) -> Iterator[str]:
    for style in STYLES:
        if isinstance(figure.value, Decimal | int) or style == "plain":
            yield messages.printed(figure, style if figure.unit != "day" else "day")
    if isinstance(figure.value, Decimal | int):
        yield messages.style.table_percent(figure.value)


def differing_figures(read: ReadBack, again: ReadBack, printings: Printings) -> list[Difference]:
    """Return what is not the ledger's among the figures of a file; `again` is the document made again."""
    marks, made = read.marks, again.marks
    expected = {mark.ident: mark for mark in made}
    found = {mark.ident for mark in marks if mark.now}
    wrong = [difference for mark in marks if (difference := _difference(mark, expected.get(mark.ident), printings))]
    named = {difference.place for difference in wrong}
    moved = words.out_of_order(read, again)
    wrong += [
        Difference("moved-figure", mark.place, mark.pointer, mark.now, expected[mark.ident].now)
        for mark in marks
        if mark.ident in moved and mark.place not in named
    ]
    left_out = [
        Difference("figure-left-out", mark.place, mark.pointer, "", mark.stated)
        for mark in made
        if mark.ident not in found
    ]
    return wrong + left_out


def _difference(mark: Mark, made: Mark | None, printings: Printings) -> Difference | None:
    """Return how a figure differs; None for one that does not, or that is left out, which is another finding."""
    now = plain(mark.now)
    if not now:
        return None
    if made is None or mark.pointer not in (made.pointer, *printings.figures, ""):
        return Difference("unknown-figure", mark.place, mark.pointer, mark.now, "")
    if mark.pointer != made.pointer:
        return Difference("moved-figure", mark.place, mark.pointer, mark.now, made.stated)
    if not is_same(mark.value, made.value):
        return Difference("altered-figure", mark.place, mark.pointer, mark.value, made.value)
    if now == plain(made.stated):
        return None
    texts = printings.of(mark.pointer) if mark.pointer else printings.of_text(made.stated)
    return None if now in texts else Difference("altered-figure", mark.place, mark.pointer, mark.now, made.stated)
