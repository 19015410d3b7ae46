"""Compare the documents of a report with its proof, without the software that wrote them.

    python3 -I verify_documents.py DIR [FILE ...] [--policy FILE] [--format text|json]

DIR is the folder of a report with its proof, in which lie documents (Word, PDF, workbook, web page) and the paper that
they were made from; FILE is a document of it that came by another way. With --policy, verify_ledger.py, which has to
lie next to this program, checks the log and the figures first. Never use a copy of this program that lies in DIR: get
it from the source or a release, and compare its SHA-256. It needs Python 3.11 and nothing else, opens no connection,
writes no file. The exit code is 0 if nothing is wrong, 1 if there are findings, 2 if it was called wrongly or cannot
read.

It was joined from modules of the source, whose names stand over their parts; docs/proofs.md has the findings.
"""

import sys

if __name__ == "__main__":  # nothing that lies next to this file is run in place of a module of Python
    if sys.version_info < (3, 11):
        sys.stderr.write("verify_documents.py: error: it needs Python 3.11 or later\n")
        sys.exit(2)
    if not sys.flags.safe_path:
        del sys.path[0]

import argparse
import hashlib
import importlib.util
import io
import json
import os
import re
import stat
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, ROUND_HALF_UP
from difflib import SequenceMatcher
from html.parser import HTMLParser
from io import BytesIO
from itertools import islice, takewhile
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError, XMLParser
from zipfile import BadZipFile, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - an exception


# projections/papers/read_back/errors.py: The error of a file that cannot be read back.

class NotReadable(ValueError):
    """A file is damaged, is too large, or is no document of a ledger; the sentence says which."""


# projections/papers/read_back/marks.py: What is read out of a document: its figures as they were stated when it was
# made, and as they stand in it now.

class Mark(NamedTuple):
    """A figure in a document: its number there, its pointer, its text when it was made and its text now, and where.

    `value` is the value that the file states for it, where it states one.
    """

    ident: str
    pointer: str
    stated: str
    now: str
    place: str
    value: str = ""


class Said(NamedTuple):
    """A text of a document outside of its figures, which stand in it as `{f1}`, and its place.

    `is_listed` is one of a list of figures, or of a column of numbers, of which each digit is the ledger's.
    """

    place: str
    text: str
    is_listed: bool = False


class ReadBack(NamedTuple):
    """The figures of a document in the order of reading, and the data of its paper, which is the same in each form.

    `order` are the numbers of the figures as they stand in the file now, and `said` is all else that it says; a PDF has
    neither, and a workbook no order, since its figures have cells.
    """

    marks: tuple[Mark, ...]
    data: dict[str, Any]
    order: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()


def json_object(text: bytes | str) -> dict[str, Any]:
    """Return an object of JSON. Raises NotReadable."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise NotReadable("The data of the paper is no JSON.") from None
    if not isinstance(data, dict):
        raise NotReadable("The data of the paper is no object of JSON.")
    return data


# projections/papers/read_back/package.py: The parts of an Office package within limits, and their XML as events: no
# tree is built, no entity is expanded.

LARGEST = 128 * 1024 * 1024
"""The size in bytes up to which a file is read."""
MEMBERS = 2_000
"""The most parts that a package has: a document has some 30, and three for each chart."""
PART_BYTES = 200_000_000
"""The most bytes of a part: the sheet of 20,000 agreements has some 20 million."""
ALL_BYTES = 500_000_000
PIECE = 65_536
DEPTH = 200
"""The deepest nesting of elements: an Office program nests some 30."""
FIGURES = 300_000
"""The most figures of a file: a list of 20,000 agreements has some 100,000 values."""


class Events:
    """Receives the XML of a part in its order. A subclass says what it does at the start, the end and in the text."""

    depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Enter an element."""
        self.depth += 1
        if self.depth > DEPTH:
            raise NotReadable("The file nests its elements too deep.")
        self.entered(tag, attributes)

    def end(self, tag: str) -> None:
        """Leave an element."""
        self.depth -= 1
        self.left(tag)

    def data(self, text: str) -> None:
        """Take a piece of text."""

    def entered(self, tag: str, attributes: dict[str, str]) -> None:
        """Do what an element asks for where it begins."""

    def left(self, tag: str) -> None:
        """Do what an element asks for where it ends."""

    def close(self) -> None:
        """End the part."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """Refuse a document type: Office programs write none, and entities can grow without limit."""
        raise NotReadable("The file declares a document type, which no Office program writes.")


def local(tag: str) -> str:
    """Return the name of an element without its namespace."""
    return tag.rpartition("}")[2]


class Package:
    """The parts of a package. Raises NotReadable for one that is larger than a document can be."""

    def __init__(self, data: bytes) -> None:
        """Read the list of parts."""
        if len(data) > LARGEST:
            raise NotReadable(f"The file has more than {LARGEST:,} bytes.")
        self._zip = ZipFile(io.BytesIO(data))
        parts = self._zip.infolist()
        if len(parts) > MEMBERS or sum(part.file_size for part in parts) > ALL_BYTES:
            raise NotReadable("The file holds more than a document can.")
        self._parts = {part.filename: part for part in parts}
        if len(self._parts) != len(parts):
            raise NotReadable("The file holds a part twice.")

    def names(self, start: str, end: str) -> list[str]:
        """Return the names of parts that begin and end like this, in their order."""
        return sorted(name for name in self._parts if name.startswith(start) and name.endswith(end))

    def read(self, name: str, target: Events) -> None:
        """Send the XML of a part to a target. Raises NotReadable."""
        parser = XMLParser(target=target)  # noqa: S314 - `doctype` refuses entities, and sizes are limited
        for piece in self._pieces(name):
            parser.feed(piece)
        parser.close()

    def content(self, name: str) -> bytes:
        """Return the bytes of a part. Raises NotReadable."""
        return b"".join(self._pieces(name))

    def has(self, name: str) -> bool:
        """Return whether there is such a part."""
        return name in self._parts

    def _pieces(self, name: str) -> Iterator[bytes]:
        part = self._part(name)
        if part.file_size > PART_BYTES:
            raise NotReadable(f"The part '{name}' of the file is larger than that of a document can be.")
        with self._zip.open(part) as source:  # no more than the size that the list of parts gives is read
            while piece := source.read(PIECE):
                yield piece

    def _part(self, name: str) -> ZipInfo:
        if name not in self._parts:
            raise NotReadable(f"The file has no part '{name}'.")
        part = self._parts[name]
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or part.flag_bits & 1:
            raise NotReadable(f"The part '{name}' of the file is encrypted, or packed as Office packs none.")
        return part


@contextmanager
def readable(kind: str) -> Iterator[None]:
    """Turn what a damaged file makes the standard library raise into NotReadable."""
    try:
        yield
    except NotReadable:
        raise
    except (BadZipFile, ZlibError, ParseError, EOFError, OSError, ValueError) as error:
        raise NotReadable(f"The file cannot be read as {kind}: {error}.") from error
    except (LookupError, RuntimeError, ArithmeticError) as error:
        raise NotReadable(f"The file cannot be read as {kind}: a part of it is damaged.") from error


# projections/papers/read_back/drawn.py: What the charts, drawings and numbers of lists of an Office package say, for
# comparing it with one made again.

LITERAL = re.compile(r"%[0-9]|[^\w]")
"""What the text of a numbered list has besides letters and digits of its own."""
SHOWN = ("v", "t")
"""The elements of a chart or drawing that hold a value or a text."""


def drawn_texts(package: Package, *folders: str, of: tuple[str, ...] = ()) -> list[Said]:
    """Return what each chart or drawing below folders says: its values and texts, and what the elements `of` hold."""
    found = []
    for folder in folders:
        names = (name for name in package.names(folder, ".xml") if "/" not in name.removeprefix(folder))
        for number, name in enumerate(sorted(names, key=lambda name: (len(name), name)), 1):
            texts = _Texts((*SHOWN, *of))
            package.read(name, texts)
            if texts.found:
                found.append(Said(f"{folder.strip('/').rpartition('/')[2].removesuffix('s')} {number}", texts.text))
    return found


def chart_workbooks(package: Package, folder: str) -> list[Said]:
    """Return what the workbooks within a document hold: the numbers of its charts, for who edits these."""
    found = []
    for number, name in enumerate(package.names(folder, ".xlsx"), 1):
        book, texts = Package(package.content(name)), _Texts(SHOWN)
        for part in ("xl/sharedStrings.xml", *book.names("xl/worksheets/", ".xml")):
            if book.has(part):
                book.read(part, texts)
        found.append(Said(f"data of chart {number}", texts.text))
    return found


def list_texts(package: Package) -> list[Said]:
    """Return what the numbered lists of a Word document print besides their numbers; the ledger prints nothing."""
    if not package.has("word/numbering.xml"):
        return []
    levels = _Levels()
    package.read("word/numbering.xml", levels)
    return [Said("numbers of lists", text) for text in levels.texts if LITERAL.sub("", text)]


@dataclass(slots=True)
class _Texts(Events):
    """Collects the texts of a chart or drawing."""

    names: tuple[str, ...]
    found: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    is_text: bool = False
    depth: int = 0

    @property
    def text(self) -> str:
        return " ".join(self.found)

    def entered(self, tag: str, attributes: dict[str, str]) -> None:
        self.is_text = tag.rpartition("}")[2] in self.names
        self.pieces.clear()

    def data(self, text: str) -> None:
        if self.is_text:
            self.pieces.append(text)

    def left(self, tag: str) -> None:
        if self.is_text and self.pieces:
            text = "".join(self.pieces)
            if not text.startswith('"'):  # an editor writes a text as a formula, next to the text
                self.found.append(_same(text))
        self.is_text = False


@dataclass(slots=True)
class _Levels(Events):
    """Collects the texts of the levels of lists."""

    texts: list[str] = field(default_factory=list)
    depth: int = 0

    def entered(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition("}")[2] == "lvlText":
            self.texts.extend(value for name, value in attributes.items() if name.endswith("}val"))


def _same(text: str) -> str:
    """Return a number, and the cells of a series, in one way, since editors write them in theirs."""
    try:
        return repr(float(text))
    except ValueError:
        return text.replace("'", "").replace("$", "")


# projections/papers/read_back/docx.py: A Word document read back: what stands in the bookmarks f1, f2, … now, what
# was printed there, and all other text.

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OURS = "{urn:engagement-ledger:document}"
FIGURE = re.compile("f[1-9][0-9]{0,7}")
START = 40
"""The number of letters by which a paragraph without a number is named."""
LONGEST_FIGURE = 10_000
"""The number of letters up to which the text of a figure is read."""
NESTED = 100
"""The number of bookmarks of figures that can be open at once; the ledger opens one."""
UNSEEN = ("del", "moveFrom", "Fallback")
"""Elements whose text is no text of the document now, or stands there twice."""
PAGES = ("PAGE", "NUMPAGES")
"""Fields whose text is that of the program that shows the document."""
DRAWING = ("drawing", "pict", "object", "altChunk", "sym", "subDoc", "contentPart")
"""Elements that show something and have no text of their own, or one that is not read."""
NO = ("0", "false", "off", "none")
MARKS = str.maketrans("", "", "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}")


def read_word(data: bytes) -> ReadBack:
    """Return the figures of a Word document, and the data of its paper. Raises NotReadable.

    Of a figure whose bookmark is gone the text now is empty, and the place is where it stood.
    """
    with readable("a Word document"):
        package = Package(data)
        manifest = _manifest(package)
        marked = _Marked()
        for name in ("word/document.xml", "word/footnotes.xml"):
            if package.has(name) or name == "word/document.xml":
                marked.begin("footnote" if name.endswith("footnotes.xml") else "")
                package.read(name, marked)
        marks = tuple(_mark_of_word(stated, marked) for stated in manifest.figures)
        order, said = tuple(marked.texts), marked.said
        said += _said_elsewhere(package)
        return ReadBack(marks, json_object("".join(manifest.data_texts)), order, tuple(said))


def _said_elsewhere(package: Package) -> list[Said]:
    # Editors name these parts in their own way, and write the same header for several kinds of pages.
    others = _Marked()
    for name in package.names("word/", ".xml"):
        if re.match("word/(header|footer|endnotes)", name):
            others.begin("header or footer")
            package.read(name, others)
    said = [*drawn_texts(package, "word/charts/"), *chart_workbooks(package, "word/embeddings/"), *list_texts(package)]
    return [*sorted(set(others.said)), *said]


def _mark_of_word(stated: dict[str, str], marked: "_Marked") -> Mark:
    ident = stated.get("id", "")
    place = marked.places.get(ident) or stated.get("place", "")
    now, value = marked.texts.get(ident, ""), stated.get("value", "")
    return Mark(ident, stated.get("pointer", ""), stated.get("text", ""), now, place, value)


def _manifest(package: Package) -> "_Manifest":
    # An editor gives the parts names of its own: ours is known by its namespace.
    for name in package.names("customXml/item", ".xml"):
        manifest = _Manifest()
        package.read(name, manifest)
        if manifest.is_ours:
            return manifest
    raise NotReadable("The document does not name its figures: it was not made by the ledger, or they were removed.")


@dataclass(slots=True)
class _Manifest(Events):
    """The part that names the figures of a document."""

    is_ours: bool = False
    figures: list[dict[str, str]] = field(default_factory=list)
    data_texts: list[str] = field(default_factory=list)
    depth: int = 0
    is_data: bool = False

    def entered(self, tag: str, attributes: dict[str, str]) -> None:
        self.is_ours |= self.depth == 1 and tag == f"{OURS}document"
        self.is_data = self.is_ours and tag == f"{OURS}data"
        if self.is_ours and tag == f"{OURS}figure":
            self.figures.append(attributes)
            if len(self.figures) > FIGURES:
                raise NotReadable("The file names more figures than a document has.")

    def left(self, tag: str) -> None:
        self.is_data = False

    def data(self, text: str) -> None:
        if self.is_data:
            self.data_texts.append(text)


@dataclass(slots=True)
class _Table:
    """Where a reader is in a table."""

    label: str
    row: int = 0
    column: int = 0
    is_heads: bool = False


@dataclass(slots=True)
class _Marked(Events):
    """The texts of the bookmarks of figures, and the paragraph or cell in which each begins."""

    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    depth: int = 0
    part: str = ""
    said: list[Said] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    open_marks: dict[str, str] = field(default_factory=dict)
    tables: list[_Table] = field(default_factory=list)
    paragraph: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    last: str = ""
    number: int = 0
    letter: int = 0
    level: str = ""
    list_ident: str = ""
    note: str = ""
    is_text: bool = False
    is_instruction: bool = False
    is_deleted: int = 0
    is_run: bool = False
    is_hidden: bool = False
    fields: list[str] = field(default_factory=list)

    def begin(self, part: str) -> None:
        """Begin a part: that of the document has no name, those of notes, headers and footers have theirs."""
        self.part = part
        self.open_marks.clear()
        self.tables.clear()

    def entered(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.removeprefix(W)
        if name == "p":
            self._say(self._place("".join(self.paragraph)))  # a paragraph can hold a box with paragraphs
            self.paragraph, self.level, self.list_ident = [], "", ""
        elif name == "bookmarkStart":
            self._open(attributes.get(f"{W}id", ""), attributes.get(f"{W}name", ""))
        elif name == "bookmarkEnd":
            self.open_marks.pop(attributes.get(f"{W}id", ""), None)
        elif name in ("tab", "br", "cr") and not self.is_deleted:
            self._add("\t" if name == "tab" else "\n")
        elif name == "footnote":
            self.note = attributes.get(f"{W}id", "")
        elif local(name) in UNSEEN:
            self.is_deleted += 1
        elif local(name) in DRAWING and not self.is_deleted:
            self.words.append(f"[{local(name)}]")
        elif name in ("tbl", "tr", "tblHeader", "tc"):
            self._in_table(name)
        else:
            self._property(name, attributes)
        self.is_instruction = name == "instrText"
        self.is_text = local(name) == "t"

    def _property(self, name: str, attributes: dict[str, str]) -> None:
        value = attributes.get(f"{W}val", "")
        if name == "r":
            self.is_run, self.is_hidden = True, False
        elif name == "vanish":
            self.is_hidden |= self.is_run and value not in NO
        elif name in ("fldSimple", "fldChar"):
            self._field(name, attributes)
        elif name == "ilvl":
            self.level = value
        elif name == "numId":
            self.list_ident = value

    def _field(self, name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get(f"{W}fldCharType", "")
        if name == "fldSimple":
            self.fields.append(attributes.get(f"{W}instr", ""))
            self._name_field()
        elif kind == "begin":
            self.fields.append("")
        elif kind == "separate":
            self._name_field()
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _name_field(self) -> None:
        if self._is_page:
            self.words.append(f"[{self.fields[-1].split()[0]}]")

    @property
    def _is_page(self) -> bool:
        """Whether the text is a number of a page."""
        return bool(self.fields) and self.fields[-1].split()[:1] in ([name] for name in PAGES)

    def _in_table(self, name: str) -> None:
        if name == "tbl":
            self.tables.append(_Table(self.last.partition(". ")[0]))
        elif self.tables:
            table = self.tables[-1]
            if name == "tr":
                table.row, table.column, table.is_heads = table.row + 1, 0, False
            elif name == "tblHeader":
                table.row, table.is_heads = table.row - 1, True
            elif name == "tc":
                table.column += 1

    def left(self, tag: str) -> None:
        name = tag.removeprefix(W)
        self.is_text = False
        if name == "p":
            self._end_of_paragraph()
        elif name == "r":
            self.is_run = self.is_hidden = False
        elif name == "fldSimple" and self.fields:
            self.fields.pop()
        elif name == "tbl" and self.tables:
            self.tables.pop()
        elif local(name) in UNSEEN:
            self.is_deleted -= 1

    def data(self, text: str) -> None:
        if self.is_instruction and self.fields:
            self.fields[-1] += text
        if self.is_text and not self.is_deleted and not self.is_hidden and not self._is_page:
            self._add(text)

    def _add(self, text: str) -> None:
        self.paragraph.append(text)
        if not self.open_marks:
            self.words.append(text)
        for ident in self.open_marks.values():
            if len(self.texts[ident]) < LONGEST_FIGURE:
                self.texts[ident] += text.translate(MARKS)

    def _open(self, mark: str, name: str) -> None:
        if FIGURE.fullmatch(name) and not self.is_deleted:
            if len(self.open_marks) >= NESTED:
                raise NotReadable("The document has bookmarks of figures within each other.")
            if name in self.texts:
                raise NotReadable(f"The document has the bookmark '{name}' twice.")
            self.open_marks[mark] = name
            self.texts[name] = ""
            self.unplaced.append(name)
            self.words.append(f"{{{name}}}")

    def _end_of_paragraph(self) -> None:
        text = "".join(self.paragraph)
        if self.list_ident not in ("", "0"):
            self.number += self.level == "0"
            self.letter = self.letter + 1 if self.level != "0" else 0
        place = self._place(text)
        self.places.update(dict.fromkeys(self.unplaced, place))
        self.unplaced.clear()
        self._say(place)
        if not self.tables:
            self.last = text

    def _say(self, place: str) -> None:
        text = "".join(self.words).translate(MARKS).strip()
        self.words.clear()
        if text:
            self.said.append(Said(place, text))

    def _place(self, text: str) -> str:
        if self.part:
            return f"footnote {self.note}" if self.part == "footnote" else self.part
        if self.tables:
            table = self.tables[-1]
            return f"{table.label}, " + ("heads" if table.is_heads else f"row {table.row}, column {table.column}")
        if self.list_ident in ("", "0"):
            text = " ".join(text.split())
            return text if len(text) <= START else f"{text[:START].rstrip()}…"
        return f"paragraph {self.number}" + (f" ({chr(ord('a') + self.letter - 1)})" if self.letter else "")


# projections/papers/read_back/xlsx.py: A workbook read back: what the cells of figures hold now, what was printed
# there, and all other text.

WORKBOOK = "xl/workbook.xml"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
NAMES, MANIFEST = "Figures", "Manifest"
"""The sheets that name the figures: one for people, one for programs."""
COMPARED = "BCDEFG"
"""The columns of the sheet of figures that are compared: the others have the names and places of figures."""
STRINGS = 2_000_000
"""The most texts that the cells of a workbook share."""
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
OWN_DIGITS = re.compile(r'"[^"]*[0-9][^"]*"|[\\!_*][0-9]|(?<![\[\w])[1-9]')
SHOWS = re.compile("[0#?@dmyhs]|General", re.IGNORECASE)
"""Digits in a format of numbers that stand for themselves, and what shows the value."""
CELL = re.compile("([A-Z]{1,3})([0-9]{1,7})")
DAY_ZERO = date(1899, 12, 30)
"""The day from which cells count days, from March 1900 on."""

Taken = Callable[[str, str], None]
"""Takes a cell: its name, such as B3, and what it holds as text."""


class Stated(NamedTuple):
    """A row of the sheet of figures."""

    ident: str
    pointer: str
    text: str
    value: str
    unit: str
    sheet: str
    cell: str


class Line(NamedTuple):
    """A text with figures in it: its place, the names of the figures, and the texts before, between and after them."""

    place: str
    figures: tuple[str, ...]
    between: tuple[str, ...]


def read_workbook(data: bytes) -> ReadBack:
    """Return the figures of a workbook, and the data of its paper. Raises NotReadable.

    The text now of a number or a day that was changed is its value; of a figure within a text that was rewritten, the
    whole text; of a cell that is gone, it is empty.
    """
    with readable("a workbook"):
        book = _Book(Package(data))
        figures = _Rows()
        book.cells(NAMES, figures.take)
        stated = [_stated(row) for row in list(figures.rows.values())[1:]]
        manifest = _Rows()
        book.cells(MANIFEST, manifest.take)
        rows = [list(row.values()) for row in manifest.rows.values()]
        known = json_object("".join(piece for kind, *pieces in rows if kind == "data" for piece in pieces))
        lines = [_line(json_object("".join(pieces))) for kind, *pieces in rows if kind == "line"]
        held, said = _held(book, stated, {line.place for line in lines})
        said += [
            Said(f"{NAMES}!{column}{row}", text, is_listed=True)
            for row, cells in list(figures.rows.items())[1:]
            for column, text in cells.items()
            if text and column in COMPARED
        ]
        said += [*drawn_texts(book.package, "xl/charts/", "xl/drawings/", of=("f",)), *book.formats()]
        return ReadBack(tuple(_marks(held, stated, lines)), known, (), tuple(said))


def _line(given: dict[str, Any]) -> Line:
    place, figures, between = (given.get(name) for name in ("place", "figures", "between"))
    if not isinstance(place, str) or not isinstance(figures, list) or not isinstance(between, list):
        raise NotReadable("The workbook does not say where its figures stand.")
    if len(between) != len(figures) + 1:
        raise NotReadable("The workbook does not say where its figures stand.")
    return Line(place, tuple(map(str, figures)), tuple(map(str, between)))


def _stated(row: dict[str, str]) -> Stated:
    sheet, _, cell = row.get("H", "").rpartition("!")
    ident, pointer, text, value, unit = (row.get(column, "") for column in "ABCDE")
    return Stated(ident, pointer, text, value, unit, sheet, cell)


def _marks(cells: dict[str, str], stated: Sequence[Stated], lines: Sequence[Line]) -> list[Mark]:
    texts = {figure.ident: figure.text for figure in stated}
    within: dict[str, str] = {}
    for line in lines:
        within |= _within(line, texts, cells.get(line.place, ""))
    marks = []
    for figure in stated:
        place = f"{figure.sheet}!{figure.cell}"
        now = within[figure.ident] if figure.ident in within else _value(figure, cells.get(place, ""))
        marks.append(Mark(figure.ident, figure.pointer, figure.text, now, place))
    return marks


def _held(book: "_Book", stated: Sequence[Stated], texts: set[str]) -> tuple[dict[str, str], list[Said]]:
    """Return what the cells of figures hold, by their places, and what all others say, with those that have `texts`."""
    wanted: dict[str, set[str]] = {}
    for figure in stated:
        wanted.setdefault(figure.sheet, set()).add(figure.cell)
    held: dict[str, str] = {}
    said: list[Said] = []

    def taking(sheet: str) -> Taken:
        def take(cell: str, text: str) -> None:
            place = f"{sheet}!{cell}"
            if cell in wanted.get(sheet, ()):
                held[place] = text
            if text and (place in texts or place not in held):
                said.append(Said(place, text))

        return take

    for sheet in book.sheets:
        if sheet not in (NAMES, MANIFEST):
            said += [Said(sheet, hidden) for hidden in book.cells(sheet, taking(sheet))]
    said += [Said(sheet, "hidden sheet") for sheet in book.hidden if sheet != MANIFEST]
    return held, said


def _within(line: Line, texts: dict[str, str], now: str) -> dict[str, str]:
    """Return the texts now of the figures within a text, by the texts that stood between them."""
    stated = {ident: texts.get(ident, "") for ident in line.figures}
    first, *others = line.between
    before = first + "".join(stated[ident] + after for ident, after in zip(line.figures, others, strict=True))
    if now == before:
        return stated
    if (read := _separated(line.between, now)) is not None:
        return dict(zip(line.figures, read, strict=True))
    return {ident: text if now.count(text) >= before.count(text) else now for ident, text in stated.items()}


def _separated(between: Sequence[str], now: str) -> list[str] | None:
    """Return what stands between known texts, or nothing if they are no longer there."""
    if not now.startswith(between[0]) or not now.endswith(between[-1]):
        return None
    ends = len(now) - len(between[-1])
    position, read = len(between[0]), []
    for after in between[1:-1]:
        found = now.find(after, position, ends) if after else -1
        if found < 0:
            return None
        read.append(now[position:found])
        position = found + len(after)
    return [*read, now[position:ends]] if position <= ends else None


def _value(figure: Stated, now: str) -> str:
    """Return the text now of a cell that holds a value alone: that which was printed, if the value is the same."""
    try:
        number = float(now)
        if figure.unit == "day":
            now = (DAY_ZERO + timedelta(days=int(number))).isoformat()
            return figure.text if now == figure.value else now
        return figure.text if number == float(figure.value) else now
    except (ValueError, OverflowError):
        return now


@dataclass(slots=True)
class _Rows:
    """Keeps the cells of a sheet by their rows and columns."""

    rows: dict[str, dict[str, str]] = field(default_factory=dict)

    def take(self, cell: str, text: str) -> None:
        match = CELL.fullmatch(cell)
        if match is None:
            raise NotReadable("A cell of the file has no name.")
        self.rows.setdefault(match[2], {})[match[1]] = text
        if len(self.rows) > FIGURES:
            raise NotReadable("The file names more figures than a document has.")


class _Book:
    """The sheets of a workbook by their names, and the texts that their cells share."""

    def __init__(self, package: Package) -> None:
        """Read the lists of sheets and texts."""
        self.package = package
        targets, sheets, strings = _Attributes("Relationship"), _Attributes("sheet"), _Strings()
        package.read("xl/_rels/workbook.xml.rels", targets)
        package.read(WORKBOOK, sheets)
        parts = {given.get("Id", ""): given.get("Target", "") for given in targets.given}
        shown = ("", "visible")
        self.hidden = [given.get("name", "") for given in sheets.given if given.get("state", "") not in shown]
        self.sheets = {given.get("name", ""): _part(parts.get(given.get(RELATION, ""), "")) for given in sheets.given}
        if NAMES not in self.sheets or MANIFEST not in self.sheets:
            raise NotReadable("The workbook does not name its figures: it is not of the ledger, or they were removed.")
        if package.has("xl/sharedStrings.xml"):
            package.read("xl/sharedStrings.xml", strings)
        self._strings = strings.texts

    def cells(self, sheet: str, take: Taken) -> list[str]:
        """Send the cells of a sheet to a function; return what of the sheet is hidden."""
        cells = _Cells(self._strings, take)
        self.package.read(self.sheets[sheet], cells)
        return cells.hidden

    def formats(self) -> Iterator[Said]:
        """Yield the formats of numbers that print digits of their own, or nothing; the ledger has none."""
        formats = _Attributes("numFmt")
        if self.package.has("xl/styles.xml"):
            self.package.read("xl/styles.xml", formats)
        for code in (given.get("formatCode", "") for given in formats.given):
            if OWN_DIGITS.search(code) or not SHOWS.search(code):
                yield Said("formats of numbers", code, is_listed=True)


def _part(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


@dataclass(slots=True)
class _Attributes(Events):
    """Keeps the attributes of each element of a name."""

    name: str
    given: list[dict[str, str]] = field(default_factory=list)
    depth: int = 0

    def entered(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == self.name:
            self.given.append(attributes)
            if len(self.given) > FIGURES:
                raise NotReadable("The file has more sheets than a document has.")


@dataclass(slots=True)
class _Strings(Events):
    """The texts that cells share."""

    texts: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    is_text: bool = False
    depth: int = 0

    def entered(self, tag: str, attributes: dict[str, str]) -> None:
        self.is_text = local(tag) == "t"

    def data(self, text: str) -> None:
        if self.is_text:
            self.pieces.append(text)

    def left(self, tag: str) -> None:
        self.is_text = False
        if local(tag) == "si":
            self.texts.append(_unescaped("".join(self.pieces)))
            self.pieces.clear()
            if len(self.texts) > STRINGS:
                raise NotReadable("The file holds more texts than a document can.")


@dataclass(slots=True)
class _Cells(Events):
    """Sends each cell that holds something to a function."""

    strings: Sequence[str]
    take: Taken
    cell: str = ""
    kind: str = ""
    pieces: list[str] = field(default_factory=list)
    is_text: bool = False
    is_formula: bool = False
    depth: int = 0
    hidden: list[str] = field(default_factory=list)

    def entered(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        self.is_text = name in ("t", "f") or (name == "v" and not self.is_formula)
        if name == "c":
            self.cell, self.kind, self.is_formula = attributes.get("r", ""), attributes.get("t", "n"), False
            self.pieces.clear()
        elif name == "f":
            self.is_formula, self.kind = True, "str"
            self.pieces[:] = ["="]
        elif name in ("row", "col") and attributes.get("hidden", "") in ("1", "true"):
            self.hidden.append(f"hidden {name} {attributes.get('r') or attributes.get('min', '')}")

    def data(self, text: str) -> None:
        if self.is_text:
            self.pieces.append(text)

    def left(self, tag: str) -> None:
        self.is_text = False
        if local(tag) != "c" or not self.pieces:
            return
        text = "".join(self.pieces)
        if self.kind == "s":
            text = self.strings[int(text)]
        elif self.kind in ("inlineStr", "str"):
            text = _unescaped(text)
        self.take(self.cell, text)


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


# projections/papers/read_back/html.py: A web page read back: its figures as they stand in it now and as its data
# states them, and all other text.

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


# projections/papers/read_back/pdf.py: The figures of a paper out of its PDF: they stand, with their pages, in the
# JSON file that is attached to it.

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


# projections/papers/read_back/any_form.py: Reading a document back, whatever its form: Word, workbook, PDF or web
# page, by its first bytes.

READERS = {"docx": read_word, "xlsx": read_workbook, "pdf": read_pdf, "html": read_page}
"""The forms of documents that can be read back, each with what reads it."""


def form_of(data: bytes) -> str:
    """Return the form of a document: docx, xlsx, pdf or html. Raises NotReadable for any other file."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK"):
        return _office_form(data)
    if b"<html" in data[:1_000].lower():
        return "html"
    raise NotReadable("The file is no Word document, workbook, PDF or web page.")


def _office_form(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
    except (BadZipFile, ValueError, NotImplementedError):
        raise NotReadable("The file is damaged: its parts cannot be listed.") from None
    for form, part in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")):
        if part in names:
            return form
    raise NotReadable("The file is no Word document and no workbook.")


def read_document(data: bytes) -> tuple[str, ReadBack]:
    """Return the form of a document, and what is read back out of it. Raises NotReadable."""
    form = form_of(data)
    return form, READERS[form](data)


def content_digest(data: bytes) -> str:
    """Return the SHA-256 of the content of a file, in hexadecimal.

    That of a Word document or workbook is over its parts: for each, in the order of their names, the name, a line feed,
    and the SHA-256 of the part uncompressed. That of a PDF is over the data of its paper and its figures. Of any other
    file, such as a web page, it is the SHA-256 of its bytes.
    """
    try:
        form = form_of(data)
    except NotReadable:
        form = ""
    digest = hashlib.sha256()
    if form in ("docx", "xlsx"):
        with ZipFile(BytesIO(data)) as package:
            for name in sorted(package.namelist()):
                digest.update(f"{name}\n".encode() + hashlib.sha256(package.read(name)).digest())
    elif form == "pdf":
        carried = read_document(data)[1]
        digest.update(json.dumps([carried.data, carried.marks], sort_keys=True, separators=(",", ":")).encode())
    else:
        digest.update(data)
    return digest.hexdigest()


# projections/papers/read_back/alike.py: Whether two texts or values are the same, and which of two series of texts
# differ.

MOST = 2_000
"""How many texts are compared from the first one that differs, where some were added or left out."""
BEFORE, WIDEST = 20, 60
"""How many characters of two texts are shown: before the place where they part, and in all."""
DIGITS_OF_CELLS = 15
"""How many digits of a number a cell of a workbook keeps."""
_NUMBER = re.compile("-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]{1,3})?")


def differing_pairs(reads: Sequence[Said], should: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    """Yield the texts that stand at the same place in two files, and differ."""
    nothing = Said("", "")
    if len(reads) != len(should):
        yield from _aligned(reads, should, nothing)
        return
    yield from ((is_, made) for is_, made in zip(reads, should, strict=True) if plain(is_.text) != plain(made.text))


def _aligned(reads: Sequence[Said], should: Sequence[Said], nothing: Said) -> Iterator[tuple[Said, Said]]:
    texts, made = ([plain(text.text) for text in of] for of in (reads, should))
    start = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(texts, made, strict=False))))
    most = min(len(texts), len(made)) - start
    back = zip(reversed(texts), reversed(made), strict=False)
    same = min(len(list(takewhile(lambda pair: pair[0] == pair[1], back))), most)
    texts, made = (of[start : len(of) - same][:MOST] for of in (texts, made))
    for tag, first, last, made_first, made_last in SequenceMatcher(None, texts, made, autojunk=False).get_opcodes():
        if tag != "equal":
            for index in range(max(last - first, made_last - made_first)):
                yield (
                    reads[start + first + index] if index < last - first else nothing,
                    should[start + made_first + index] if index < made_last - made_first else nothing,
                )


def is_same(reads: str, should: str) -> bool:
    """Whether two values are the same: editors write numbers in their own way."""
    if plain(reads) == plain(should):
        return True
    if not (_NUMBER.fullmatch(reads) and _NUMBER.fullmatch(should)):
        return False
    # A cell holds a double, which an editor may write with up to 17 digits; more than 15 digits are not in cells.
    is_of_cell = len(re.sub("[^0-9]", "", should)) <= DIGITS_OF_CELLS
    return Decimal(reads) == Decimal(should) or (is_of_cell and float(reads) == float(should))


def plain(text: str) -> str:
    """Return a text with single spaces: editors replace no-break spaces, and mark the direction of names."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ").split())


def apart(reads: str, should: str) -> tuple[str, str]:
    """Return two texts from shortly before the place where they part, and not much longer."""
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(reads, should, strict=False))))
    start = max(0, same - BEFORE)
    return _cut(reads, start), _cut(should, start)


def _cut(text: str, start: int) -> str:
    cut = text[start : start + WIDEST]
    return f"{'…' if start and cut else ''}{cut}{'…' if len(text) > start + WIDEST else ''}"


# projections/papers/against_paper/paper.py: The paper of a document as data, out of paper.json: lines of runs in
# headings, paragraphs, tables and charts.

NOTES = 4
"""How deep notes can stand within notes."""
MASTHEAD = ("organization", "body", "session", "agenda", "symbol", "date", "original", "distribution", "source")
TERMS = ("annex", "figures", "figure", "value", "entries")
HOLDS = ("words", "count", "money", "percent", "days", "day", "reference")
NUMERIC = ("count", "money", "percent", "days")
"""What columns hold that are aligned at the right."""
Value = int | str


class PaperRun(NamedTuple):
    """A run of a line: words, a name of the register, a reference, a printed value, or a note with its own line.

    A printed value has a unit, and a pointer if it is a figure; the values of lists, such as days, have none.
    """

    kind: str
    text: str = ""
    pointer: str = ""
    value: Value = ""
    unit: str = ""
    note: tuple["PaperRun", ...] = ()


PaperLine = tuple[PaperRun, ...]


class PaperHeading(NamedTuple):
    """A heading with its number."""

    key: str
    level: int
    number: str
    line: PaperLine


class PaperText(NamedTuple):
    """A paragraph with its number, which is 0 in an annex, and its subparagraphs with their labels."""

    number: int
    line: PaperLine
    items: tuple[PaperLine, ...]
    labels: tuple[str, ...]


class PaperColumn(NamedTuple):
    """A column: its title, what it holds, and its unit, which stands in the head."""

    title: PaperLine
    holds: str
    unit: str

    @property
    def head(self) -> PaperLine:
        """The head as it is printed."""
        return (*self.title, PaperRun("words", f", {self.unit}")) if self.unit else self.title

    @property
    def is_number(self) -> bool:
        """Whether it holds numbers."""
        return self.holds in NUMERIC


class PaperTable(NamedTuple):
    """A table; its total is the last of its rows."""

    key: str
    label: str
    title: PaperLine
    columns: tuple[PaperColumn, ...]
    rows: tuple[tuple[PaperLine, ...], ...]
    notes: tuple[PaperLine, ...]


class PaperChart(NamedTuple):
    """A chart of a table: its caption."""

    key: str
    of: str
    label: str
    title: PaperLine


PaperItem = PaperHeading | PaperText | PaperTable | PaperChart


class PaperFigure(NamedTuple):
    """A figure that the paper names: its value and unit, the ranges of its entries, and how a list of figures has it.

    `of` are the pointers of the two figures of a ratio.
    """

    value: Value
    unit: str
    kind: str
    text: str
    of: tuple[str, ...]
    entries: tuple[tuple[int, int], ...]


class GivenPaper(NamedTuple):
    """One document: the data that its files carry, its masthead and boxes, its items and figures."""

    data: dict[str, Any]
    direction: str
    masthead: dict[str, str]
    title: PaperLine
    boxes: tuple[tuple[str, PaperLine], ...]
    items: tuple[PaperItem, ...]
    foot: str
    terms: dict[str, str]
    figures: dict[str, PaperFigure]

    @property
    def language(self) -> str:
        """The language that the paper is in."""
        return str(self.data["language"])

    def lines(self) -> Iterator[tuple[str, PaperLine]]:
        """Yield each line with its place; a note within a line is part of it."""
        yield "title", self.title
        yield from self.boxes
        for item in self.items:
            yield from _lines_of(item)


def _lines_of(item: PaperItem) -> Iterator[tuple[str, PaperLine]]:
    if isinstance(item, PaperHeading):
        yield f"heading {item.number}", item.line
    elif isinstance(item, PaperText):
        for label, line in zip(("", *item.labels), (item.line, *item.items), strict=True):
            yield f"paragraph {item.number or ''}{label and f' {label}'}", line
    else:
        yield item.label, item.title
    if isinstance(item, PaperTable):
        for column in item.columns:
            yield f"{item.label}, heads", column.head
        for number, row in enumerate(item.rows, 1):
            for place, cell in enumerate(row, 1):
                yield f"{item.label}, row {number}, column {place}", cell
        for line in item.notes:
            yield f"{item.label}, notes", line


def runs_of(line: PaperLine) -> Iterator[PaperRun]:
    """Yield each run of a line; those of a note stand where the note does."""
    for run in line:
        if run.kind == "note":
            yield from runs_of(run.note)
        else:
            yield run


def plain_text(line: PaperLine) -> str:
    """Return the text of a line without its notes."""
    return "".join(run.text for run in line)


def given_paper(given: object) -> GivenPaper:
    """Return a paper out of its data. Raises NotReadable."""
    paper = _members(given, "paper")
    data, masthead = _members(paper.get("data"), "data"), _members(paper.get("masthead"), "masthead")
    if not isinstance(data.get("language"), str) or not isinstance(data.get("foot"), str):
        raise _bad("language or foot")
    figures = _members(paper.get("figures"), "figures")
    return GivenPaper(
        data,
        _text(paper, "direction"),
        {name: _text(masthead, name) for name in MASTHEAD},
        _paper_line(masthead.get("title")),
        tuple((_text(box, "label"), _paper_line(box.get("line"))) for box in _each(paper, "boxes")),
        tuple(_item(item) for item in _each(paper, "items")),
        str(data["foot"]),
        {name: _text(_members(paper.get("terms"), "terms"), name) for name in TERMS},
        {pointer: _figure(figure) for pointer, figure in figures.items()},
    )


def _bad(what: str) -> NotReadable:
    return NotReadable(f"The paper is not in its form: {what}.")


def _members(given: object, what: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise _bad(what)
    return given


def _text(given: dict[str, Any], name: str) -> str:
    text = given.get(name)
    if not isinstance(text, str):
        raise _bad(name)
    return text


def _number(given: dict[str, Any], name: str) -> int:
    number = given.get(name)
    if type(number) is not int or number < 0:
        raise _bad(name)
    return number


def _list(given: dict[str, Any], name: str) -> list[Any]:
    values = given.get(name)
    if not isinstance(values, list):
        raise _bad(name)
    return values


def _each(given: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    yield from (_members(value, name) for value in _list(given, name))


def _texts(given: dict[str, Any], name: str) -> tuple[str, ...]:
    values = _list(given, name)
    if not all(isinstance(value, str) for value in values):
        raise _bad(name)
    return tuple(values)


def _paper_line(given: object, depth: int = 0) -> PaperLine:
    if not isinstance(given, list) or depth > NOTES:
        raise _bad("a line")
    return tuple(_run(run, depth) for run in given)


def _run(given: object, depth: int) -> PaperRun:
    match given:
        case str(text):
            return PaperRun("words", text)
        case {"by": "secretariat", "text": str(text), **more} if not more:
            return PaperRun("secretariat", text)
        case {"name": str(text), **more} if not more:
            return PaperRun("name", text)
        case {"to": str(), "text": str(text), **more} if not more:
            return PaperRun("reference", text)
        case {"note": list(line), **more} if not more:
            return PaperRun("note", note=_paper_line(line, depth + 1))
        case {"figure": str(pointer), "text": str(text), "value": int() | str() as value, "unit": str(unit), **more}:
            if more or isinstance(value, bool):
                raise _bad("a run")
            return PaperRun("value", text, pointer, value, unit)
    raise _bad("a run")


def _item(given: dict[str, Any]) -> PaperItem:
    kinds: dict[str, Callable[[dict[str, Any]], PaperItem]] = {
        "heading": _heading,
        "text": _paragraph,
        "table": _table,
        "chart": _chart,
    }
    kind = given.get("is")
    if not isinstance(kind, str) or kind not in kinds:
        raise _bad("an item")
    return kinds[kind](given)


def _heading(given: dict[str, Any]) -> PaperHeading:
    return PaperHeading(
        _text(given, "key"), _number(given, "level"), _text(given, "number"), _paper_line(given.get("line"))
    )


def _paragraph(given: dict[str, Any]) -> PaperText:
    items, labels = tuple(_paper_line(line) for line in _list(given, "items")), _texts(given, "labels")
    if len(items) != len(labels):
        raise _bad("labels")
    return PaperText(_number(given, "number"), _paper_line(given.get("line")), items, labels)


def _table(given: dict[str, Any]) -> PaperTable:
    columns = tuple(_column(column) for column in _each(given, "columns"))
    rows = tuple(_row(row, len(columns)) for row in _list(given, "rows"))
    notes = tuple(_paper_line(line) for line in _list(given, "notes"))
    return PaperTable(_text(given, "key"), _text(given, "label"), _paper_line(given.get("title")), columns, rows, notes)


def _row(given: object, wide: int) -> tuple[PaperLine, ...]:
    if not isinstance(given, list) or len(given) != wide:
        raise _bad("a row")
    return tuple(_paper_line(cell) for cell in given)


def _column(given: dict[str, Any]) -> PaperColumn:
    holds = _text(given, "holds")
    if holds not in HOLDS:
        raise _bad("a column")
    return PaperColumn(_paper_line(given.get("title")), holds, _text(given, "unit"))


def _chart(given: dict[str, Any]) -> PaperChart:
    return PaperChart(_text(given, "key"), _text(given, "of"), _text(given, "label"), _paper_line(given.get("title")))


def _figure(given: object) -> PaperFigure:
    figure = _members(given, "a figure")
    value = figure.get("value")
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise _bad("the value of a figure")
    entries = tuple(_range(ends) for ends in _list(figure, "entries"))
    of = _texts(figure, "of")
    return PaperFigure(value, _text(figure, "unit"), _text(figure, "kind"), _text(figure, "text"), of, entries)


def _range(given: object) -> tuple[int, int]:
    match given:
        case [int(first), int(last)] if type(first) is int and type(last) is int:
            return first, last
    raise _bad("the entries of a figure")


def printed_ranges(ranges: Sequence[tuple[int, int]], most: int, more: str) -> str:
    """Return ranges as lists of figures print them: 1, 5 to 9, the first `most` of them, and `more` for the others."""
    texts = [str(first) if first == last else f"{first}\N{EN DASH}{last}" for first, last in ranges[:most]]
    return ", ".join(texts) + (more if len(ranges) > most else "")


# projections/papers/against_paper/word_texts.py: What a Word document says by its paper: each text in its place, with
# its figures numbered as their bookmarks are.

PAGES_OF = "[PAGE]/[NUMPAGES]"
"""What stands for the number of the page and that of all pages."""
LETTERS = 26


def word_texts(paper: GivenPaper) -> ReadBack:
    """Return what a Word document of a paper holds, but for its drawings and their workbooks."""
    written = _WordTexts(paper)
    written.masthead()
    for label, line in paper.boxes:
        written.say(label, f"{label}\n{written.line(line, label)}")
    for item in paper.items:
        written.item(item)
    for number, text in enumerate(written.footnotes, 1):
        written.say(f"footnote {number}", text)
    symbol = paper.masthead["symbol"]
    for text in sorted({symbol, f"{paper.foot}\t{symbol}\N{EM SPACE}{PAGES_OF}"}):
        written.say("header or footer", text)
    return ReadBack(tuple(written.marks), paper.data, tuple(mark.ident for mark in written.marks), tuple(written.said))


def letter_of(number: int) -> str:
    """Return the letter of a note of a table: a to z, then aa."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, LETTERS)
        letters = chr(ord("a") + rest) + letters
    return letters


def mark_of(number: int, run: PaperRun, place: str) -> Mark:
    """Return the mark of a printed value with a number, counted from 1."""
    return Mark(f"f{number}", run.pointer, run.text, run.text, place, str(run.value))


@dataclass(slots=True)
class _WordTexts:
    """Writes the texts in the order in which a Word document has them."""

    paper: GivenPaper
    marks: list[Mark] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)

    def say(self, place: str, text: str) -> None:
        if text.strip():
            self.said.append(Said(place, text.strip()))

    def masthead(self) -> None:
        head = self.paper.masthead
        left = ("organization", "body", "session", "agenda")
        for name in (*left, "symbol", "date", "original", "distribution", "source"):
            self.say("masthead", head[name])
        self.say("title", plain_text(self.paper.title))

    def line(self, line: PaperLine, place: str, notes: list[PaperLine] | None = None, *, is_cell: bool = False) -> str:
        """Return the text of a line; `notes` takes the notes of a table, which are lettered."""
        text = ""
        for run in line:
            if run.kind == "value" and (run.pointer or is_cell):
                self.marks.append(mark_of(len(self.marks) + 1, run, place))
                text += f"{{{self.marks[-1].ident}}}"
            elif run.kind == "note" and notes is not None:
                notes.append(run.note)
                text += letter_of(len(notes))
            elif run.kind == "note":
                number = len(self.footnotes) + 1
                self.footnotes.append("")
                self.footnotes[number - 1] = self.line(run.note, f"footnote {number}")
            else:
                text += run.text
        return text

    def item(self, item: PaperItem) -> None:
        if isinstance(item, PaperHeading):
            text = f"{item.number}\t{self.line(item.line, item.number)}"
            self.say(text, text)
        elif isinstance(item, PaperText):
            self._text(item)
        elif isinstance(item, PaperTable):
            self._table(item)
        elif isinstance(item, PaperChart):
            self.say(item.label, f"{item.label}. {self.line(item.title, item.label)}")
            self.say(item.label, "[drawing]")

    def _text(self, item: PaperText) -> None:
        place = f"paragraph {item.number}" if item.number else plain_text(item.line)[:40]
        self.say(place, self.line(item.line, place))
        for label, line in zip(item.labels, item.items, strict=True):
            self.say(f"{place} {label}", self.line(line, f"{place} {label}"))

    def _table(self, item: PaperTable) -> None:
        notes: list[PaperLine] = []
        self.say(item.label, f"{item.label}. {self.line(item.title, item.label, notes)}")
        for column in item.columns:
            self.say(f"{item.label}, heads", self.line(self._head(column), f"{item.label}, heads", notes))
        for number, row in enumerate(item.rows, 1):
            for column_number, cell in enumerate(row, 1):
                at = f"{item.label}, row {number}, column {column_number}"
                self.say(at, self.line(cell, at, notes, is_cell=True))
        place = f"{item.label}, notes"
        for note in item.notes:
            self.say(place, self.line(note, place, []))
        for number, note in enumerate(notes, 1):
            self.say(place, f"{letter_of(number)} {self.line(note, place, [])}")

    def _head(self, column: PaperColumn) -> PaperLine:
        if self.paper.direction == "rtl" and column.unit:
            return (*column.title, PaperRun("words", f"\N{ARABIC COMMA} {column.unit}"))
        return column.head


# projections/papers/against_paper/page_texts.py: What a web page says by its paper: each text in its order, with its
# figures numbered as the page numbers them.

RANGES_OF_PAGE = 100
"""The most ranges of entries that a page prints for a figure."""
LONG_WORD = 30
"""The length in characters from which a word within a cell may break."""


def page_texts(paper: GivenPaper) -> ReadBack:
    """Return what a page of a paper holds, but for its style, its links and its drawings."""
    written = _PageTexts(paper)
    written.head()
    for item in paper.items:
        written.item(item)
    written.notes_below()
    written.closing()
    written.say("", paper.foot)
    return ReadBack(tuple(written.marks), paper.data, tuple(mark.ident for mark in written.marks), tuple(written.said))


@dataclass(slots=True)
class _PageTexts:
    """Writes the texts in the order in which a page has them."""

    paper: GivenPaper
    marks: list[Mark] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def say(self, place: str, text: str, *, is_listed: bool = False) -> None:
        if text.strip():
            self.said.append(Said(place, " ".join(text.split()), is_listed))

    def line(self, line: PaperLine, place: str) -> str:
        text = ""
        for run in line:
            if run.kind == "value" and run.pointer:
                self.marks.append(mark_of(len(self.marks) + 1, run, place))
                text += f"{{{self.marks[-1].ident}}}"
            elif run.kind == "note":
                number = len(self.notes) + 1
                self.notes.append("")
                self.notes[number - 1] = self.line(run.note, place)
                text += str(number)
            else:
                text += run.text
        return text

    def head(self) -> None:
        """Write what stands over the text: title, masthead, boxes, contents."""
        paper, head = self.paper, self.paper.masthead
        self.say("title", f"{plain_text(paper.title)} \N{EN DASH} {head['organization']}")
        order = ("organization", "body", "session", "symbol", "date", "original", "distribution", "agenda", "source")
        for name in order:
            self.say("masthead", head[name])
        self.say("title", self.line(paper.title, "title"))
        for label, line in paper.boxes:
            self.say(label, f"{label}: {self.line(line, label)}")
        for item in paper.items:
            if isinstance(item, PaperHeading) and item.level == 1:
                self.say("contents", f"{item.number} {plain_text(item.line)}")
        self.say("contents", paper.terms["figures"])

    def item(self, item: PaperItem) -> None:
        if isinstance(item, PaperHeading):
            self.say(f"heading {item.number}", f"{item.number} {self.line(item.line, item.number)}")
        elif isinstance(item, PaperText):
            place = f"paragraph {item.number}" if item.number else plain_text(item.line)[:40]
            number = f"{item.number}. " if item.number else ""
            self.say(place, number + self.line(item.line, place))
            for label, line in zip(item.labels, item.items, strict=True):
                self.say(f"{place} {label}", f"{label} {self.line(line, place)}")
        elif isinstance(item, PaperTable):
            self._table(item)
        elif isinstance(item, PaperChart):
            self.say(item.label, f"{item.label}. {self.line(item.title, item.label)}")

    def _table(self, item: PaperTable) -> None:
        self.say(item.label, f"{item.label}. {self.line(item.title, item.label)}")
        for column in item.columns:
            self.say(f"{item.label}, heads", self.line(column.head, item.label))
        for number, row in enumerate(item.rows, 1):
            for place, (column, cell) in enumerate(zip(item.columns, row, strict=True), 1):
                at = f"{item.label}, row {number}, column {place}"
                is_listed = place > 1 and _is_listed(column, cell)
                self.say(at, self.line(cell, at), is_listed=is_listed)
        for note in item.notes:
            self.say(f"{item.label}, notes", self.line(note, item.label))

    def notes_below(self) -> None:
        """Write the notes of all lines."""
        for number, text in enumerate(self.notes, 1):
            self.say(f"note {number}", f"{number} {text}")

    def closing(self) -> None:
        """Write the table of the figures, with their values and entries."""
        paper = self.paper
        names = ("figures", "figure", "value", "entries")
        for name in names:
            self.say("list of figures", paper.terms[name])
        for number, pointer in enumerate(listed_figures(paper), 1):
            figure = paper.figures[pointer]
            more = f", … (+{len(figure.entries) - RANGES_OF_PAGE})"
            entries = " / ".join(figure.of) + printed_ranges(figure.entries, RANGES_OF_PAGE, more)
            for text in (pointer, figure.text, entries):
                self.say(f"list of figures, row {number}", text, is_listed=True)


def listed_figures(paper: GivenPaper) -> list[str]:
    """Return the pointers that a page lists: those that it prints, then those of which their ratios are."""
    printed = [run.pointer for _, line in paper.lines() for run in runs_of(line) if run.pointer in paper.figures]
    shown = list(dict.fromkeys(printed))
    parts = [part for pointer in shown for part in paper.figures[pointer].of if part in paper.figures]
    return list(dict.fromkeys([*shown, *parts]))


def _is_listed(column: PaperColumn, cell: PaperLine) -> bool:
    is_long = any(len(word) > LONG_WORD for word in plain_text(cell).split(" "))
    return column.is_number or (column.holds != "words" and not is_long)


# projections/papers/against_paper/workbook_texts.py: What a workbook says by its paper: the cells of its sheets, and
# the rows of its sheet of figures.

DOCUMENT, FIGURE_SHEET = "Document", "Figures"
LONGEST_CELL, LONGEST_NAME = 32_767, 31
"""The most letters of a cell and of the name of a sheet."""
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
CELL_DIGITS = 15
"""The digits of a number that a cell keeps."""
MOST_OF_NUMBER = 10**18
FIRST_CELL_DAY = "1900-03-01"
"""Days before it are texts."""
RANGES_OF_CELL = 1_000
"""The most ranges of entries that a cell names."""
BEHIND, COVERED = 1, 11
"""How many columns a chart stands behind its table, and how many it covers."""
ANNEX = ("agenda", "symbol", "date", "original", "distribution")
Noting = Callable[[PaperLine], str]


def workbook_texts(paper: GivenPaper) -> ReadBack:
    """Return what a workbook of a paper holds, but for its charts and formats."""
    written = _WorkbookTexts(paper)
    written.document()
    said = [Said(f"{name}!{cell}", text) for name, cells in written.sheets.items() for cell, text in _in_rows(cells)]
    said += written.listed
    return ReadBack(tuple(written.marks), paper.data, (), tuple(said))


def _in_rows(cells: dict[tuple[int, int], str]) -> list[tuple[str, str]]:
    return [(cell_name(*at), cells[at]) for at in sorted(cells)]


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, counted from 0: `B3`."""
    return f"{letter_of(column + 1).upper()}{row + 1}"


@dataclass(slots=True)
class _WorkbookTexts:
    """Writes the cells in the order in which a workbook is written."""

    paper: GivenPaper
    sheets: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    listed: list[Said] = field(default_factory=list)
    notes: list[PaperLine] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    row: int = 0

    def document(self) -> None:
        """Write all sheets."""
        paper, head = self.paper, self.paper.masthead
        sheet = self._sheet(DOCUMENT)
        self.names = {item.key: self._sheet(item.label) for item in paper.items if isinstance(item, PaperTable)}
        for name in ("organization", "body", "session", *ANNEX):
            if head[name] or name == "organization":
                self._text(sheet, "", (PaperRun("words", head[name]),))
        self.row += 1
        if head["source"]:
            self._text(sheet, "", (PaperRun("words", head["source"]),))
        self._text(sheet, "", paper.title)
        self.row += 1
        for label, line in paper.boxes:
            self._text(sheet, "", (PaperRun("words", label),))
            self._text(sheet, "", line)
        for item in paper.items:
            self._item(sheet, item)
        self.row += bool(self.notes)
        index = 0
        while index < len(self.notes):  # a note can have a note
            self._text(sheet, f"[{index + 1}]", self.notes[index])
            index += 1
        self.row += 1
        self._text(sheet, "", (PaperRun("words", paper.foot),))

    def _sheet(self, name: str) -> str:
        short = name.translate(NOT_IN_NAMES).strip("' ")[: LONGEST_NAME - 4] or "Sheet"
        unique, count, known = short, 1, {"figures", "manifest", *map(str.lower, self.sheets)}
        while unique.lower() in known:
            count += 1
            unique = f"{short} {count}"
        self.sheets[unique] = {}
        return unique

    def _item(self, sheet: str, item: PaperHeading | PaperText | PaperTable | PaperChart) -> None:
        if isinstance(item, PaperHeading):
            self.row += 1
            is_annex = item.number.startswith(f"{self.paper.terms['annex']} ")
            number = (PaperRun("words", f"{item.number} "),) if is_annex else ()
            self._text(sheet, "" if is_annex else item.number, (*number, *item.line))
        elif isinstance(item, PaperText):
            self._text(sheet, f"{item.number}." if item.number else "", item.line)
            for index, line in enumerate(item.items):
                self._text(sheet, "", (PaperRun("words", f"{self._label(index)} "), *line))
        else:
            self._put(sheet, self.row, 1, f"{item.label}. {plain_text(item.title)}")
            self.row += 1
            if isinstance(item, PaperTable):
                self._table(item)

    def _label(self, index: int) -> str:
        label = f"{chr(ord('a') + index % 26)})"
        return label if self.paper.language in ("fr", "es") else f"({label}"

    def _text(self, sheet: str, number: str, line: PaperLine) -> None:
        text = self._line(line, f"{sheet}!{cell_name(self.row, 1)}", self._noted)
        self._put(sheet, self.row, 0, number)
        self._put(sheet, self.row, 1, text)
        self.row += 1

    def _noted(self, note: PaperLine) -> str:
        self.notes.append(note)
        return str(len(self.notes))

    def _put(self, sheet: str, row: int, column: int, text: str) -> None:
        if text:
            cut = text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"
            self.sheets[sheet][row, column] = cut

    def _line(self, line: PaperLine, place: str, noted: Noting, *, is_cell: bool = False) -> str:
        text = ""
        for run in line:
            if run.kind == "note":
                text += f"[{noted(run.note)}]"
                continue
            if run.kind == "value" and (run.pointer or is_cell):
                self._name(run, place)
            text += run.text
        return text

    def _name(self, run: PaperRun, place: str) -> None:
        number = len(self.marks) + 1
        self.marks.append(mark_of(number, run, place))
        figure = self.paper.figures.get(run.pointer)
        kind = figure.kind if figure else ""
        made_from = ""
        if figure:
            made_from = " / ".join(figure.of) or printed_ranges(figure.entries, RANGES_OF_CELL, ", …")
        columns = zip("BCDEFG", (run.pointer, run.text, str(run.value), run.unit, kind, made_from), strict=True)
        self.listed += [
            Said(f"{FIGURE_SHEET}!{name}{number + 1}", text, is_listed=True) for name, text in columns if text
        ]

    def _table(self, item: PaperTable) -> None:
        sheet, wide = self.names[item.key], len(item.columns)
        notes: list[PaperLine] = []

        def noted(note: PaperLine) -> str:
            notes.append(note)
            return letter_of(len(notes))

        def put(row: int, column: int, line: PaperLine, *, is_cell: bool = False) -> None:
            at = f"{sheet}!{cell_name(row, column)}"
            self._put(sheet, row, column, self._line(line, at, noted, is_cell=is_cell))

        put(0, 0, (PaperRun("words", f"{item.label}. "), *item.title))
        self._put(sheet, 1, 0, DOCUMENT)
        charts = [chart for chart in self.paper.items if isinstance(chart, PaperChart) and chart.of == item.key]
        for index, chart in enumerate(charts):
            put(1, wide + BEHIND + index * COVERED, (PaperRun("words", f"{chart.label}. "), *chart.title))
        for index, column in enumerate(item.columns):
            put(2, index, column.head)
        for row, cells in enumerate(item.rows, 3):
            for index, (column, cell) in enumerate(zip(item.columns, cells, strict=True)):
                values = [run for run in cell if run.kind != "note"]
                if len(values) == 1 and _is_typed(values[0], as_number=column.is_number):
                    self._name(values[0], f"{sheet}!{cell_name(row, index)}")
                    notes += [run.note for run in cell if run.kind == "note"]
                else:
                    put(row, index, cell, is_cell=True)
        below = 3 + len(item.rows) + 1
        for note in item.notes:
            put(below, 0, note)
            below += 1
        index = 0
        while index < len(notes):
            put(below + index, 0, (PaperRun("words", f"[{letter_of(index + 1)}] "), *notes[index]))
            index += 1


def _is_typed(run: PaperRun, *, as_number: bool) -> bool:
    """Return whether a cell holds a value as a number or a day; all others are texts."""
    if run.kind != "value":
        return False
    if run.unit == "day":
        return str(run.value) >= FIRST_CELL_DAY
    return as_number and is_exact_number(run)


def is_exact_number(run: PaperRun) -> bool:
    """Return whether a value is a number that a cell holds as it is."""
    if not is_number(run):
        return False
    value = Decimal(run.value)
    return len(value.as_tuple().digits) <= CELL_DIGITS and Decimal(repr(float(value))) == value


def is_number(run: PaperRun) -> bool:
    """Return whether a value is a number: amounts and shares are numbers as texts."""
    if type(run.value) is int:
        return abs(run.value) < MOST_OF_NUMBER
    is_amount = run.unit == "percent" or re.fullmatch("[A-Z]{3}", run.unit) is not None
    return is_amount and re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,6})?", str(run.value)) is not None


# projections/papers/against_paper/printings.py: Whether a printed text says a value: as it is, rounded, in millions,
# in words, or as a day, in any usual notation.

GROUPS = ",.'\N{RIGHT SINGLE QUOTATION MARK}\N{ARABIC THOUSANDS SEPARATOR}\N{ARABIC DECIMAL SEPARATOR}"
MINUS = "-\N{MINUS SIGN}"
MILLION = Decimal(1_000_000)
MILLIONS = ("million", "millions", "millones", "млн", "миллион", "миллиона", "миллионов", "مليون", "ملايين", "百万")
SHARES = ("%", "per cent", "percent", "pour cent", "por ciento", "процент", "процента", "процентов", "في المائة", "٪")
NUMBER_WORDS = {
    "en": "zero one two three four five six seven eight nine ten",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix",
}
"""The words of small numbers, from nought on. Words of other languages are not judged."""
ANY_NUMBER = re.compile(rf"[{MINUS}]?[0-9]+(?:[ {GROUPS}][0-9]+)*")
MAX_TEXT, MAX_PLACES = 200, 6
"""The longest text of a number, and the most decimals."""


def judged_printing(run: PaperRun, language: str) -> bool | None:
    """Return whether the text of a printed value says its value; None if this module cannot tell."""
    text = plain(run.text)
    if run.unit in ("day", "month"):
        return _says_day(text, str(run.value))
    if not is_number(run):
        return text == plain(str(run.value))
    digits = _western(text)
    found = ANY_NUMBER.findall(digits)
    if not found and re.fullmatch(r"[^\W\d_]+", text):
        return _says_in_words(text.lower(), Decimal(run.value), language)
    return len(text) <= MAX_TEXT and len(found) == 1 and _says_in_digits(run, digits, found[0], language)


def _says_in_words(text: str, value: Decimal, language: str) -> bool | None:
    words = NUMBER_WORDS.get(language.partition("-")[0], "").split()
    return (text in words and Decimal(words.index(text)) == value) if words else None


def _says_in_digits(run: PaperRun, text: str, number: str, language: str) -> bool | None:
    """Return whether a text with one number, and perhaps a currency or a word, says a value."""
    around = text.replace(number, "", 1).strip()
    if run.unit not in ("count", "days", "percent", "year"):
        around = around.removeprefix(run.unit).removesuffix(run.unit).strip()
    is_million = around in MILLIONS
    if around and not is_million and not (run.unit == "percent" and around in SHARES):
        return None if language.partition("-")[0] not in NUMBER_WORDS else False
    value = Decimal(run.value) / (MILLION if is_million else 1)
    return any(stated == _rounded(value, places) for stated, places in _readings(number))


def _western(text: str) -> str:
    """Return a text with the digits of any script as those of ASCII."""
    return "".join(str(unicodedata.digit(char, "")) or char if char.isdigit() else char for char in text)


def _readings(number: str) -> Iterator[tuple[Decimal, int]]:
    """Yield the numbers that a text can stand for, each with its decimals: the last separator may begin them."""
    sign, digits = (-1, number[1:]) if number[0] in MINUS else (1, number)
    groups = re.split(rf"[ {GROUPS}]", digits)
    if all(len(group) == 3 for group in groups[1:]):
        yield sign * Decimal("".join(groups)), 0
    if len(groups) > 1 and len(groups[-1]) <= MAX_PLACES and digits[-len(groups[-1]) - 1] != " ":
        yield sign * Decimal(f"{''.join(groups[:-1])}.{groups[-1]}"), len(groups[-1])


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _says_day(text: str, iso: str) -> bool:
    """Return whether a text has the numbers of a day or month, or names its month in words."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?", iso)
    if not match:
        return False
    numbers = [int(number) for number in re.findall("[0-9]+", _western(text))]
    year, month, day = int(match[1]), int(match[2]), int(match[3]) if match[3] else None
    due = sorted([year, *([day] if day else [])])
    return sorted(numbers) in (due, sorted([*due, month]))


# projections/papers/against_paper/comparison.py: A file compared with its paper: each figure, each text in its order,
# and the data that it carries for programs.

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


# projections/papers/against_paper/proof_folder.py: The documents of a proof: paper.json compared with figures.json,
# and each file with its paper.

DOCUMENTS = "documents"
"""The folder of documents within that of the proof."""
PAPER, FIGURES_FILE = f"{DOCUMENTS}/paper.json", "figures.json"
DOCUMENT_NAME = re.compile(r"[a-z][a-z0-9.-]{0,60}\.(docx|html|pdf|xlsx)")
MAX_JSON = 1 << 26
"""The largest paper.json or figures.json that is read, in bytes."""
MAX_PAPERS = 20
"""The most papers of a report: it has a document, and some with lists."""
MAX_LISTED = 100
"""The most differences of one file that are listed."""
ROOT_LETTERS = 8
"""How much of the root of the log the foot of each page shows at least."""


class DocumentFinding(NamedTuple):
    """What is wrong: a code, its place, and a sentence."""

    code: str
    place: str
    what: str


class StatedFile(NamedTuple):
    """A file that paper.json lists: its name, the number of its paper, and its SHA-256."""

    name: str
    paper: int
    sha256: str


class StatedPapers(NamedTuple):
    """The content of paper.json: papers with what files say of drawings by form, and the files that were made."""

    papers: tuple[GivenPaper, ...]
    drawings: tuple[dict[str, list[Said]], ...]
    files: tuple[StatedFile, ...]


class Documents:
    """The documents of a proof, and what is found about them; `facts` is what a reader has to know besides."""

    def __init__(self, folder: Path) -> None:
        """Read the papers, and compare them with the figures of the proof."""
        self.folder = folder
        self.findings: list[DocumentFinding] = []
        self.facts: dict[str, Any] = {}
        self.papers: StatedPapers | None = None
        stated, given = self._read(FIGURES_FILE, MAX_JSON), self._read(PAPER, MAX_JSON)
        if stated is None or given is None:
            return
        try:
            self.papers = self._of_proof(json_object(given), json_object(stated), given, stated)
        except (NotReadable, RecursionError, AttributeError, TypeError, KeyError, ValueError) as error:
            self.add("bad-paper", PAPER, f"it cannot be read: {error}")

    def add(self, code: str, place: str, what: str) -> None:
        """Add a finding."""
        self.findings.append(DocumentFinding(code, place, what[:400]))

    def check(self, others: Sequence[Path] = ()) -> None:
        """Compare the files in the folder, and others, each with its paper. Raises OSError for one of the others."""
        compared_files: list[str] = []
        if self.papers is None:
            return
        for file in self.papers.files:
            data = self._read(f"{DOCUMENTS}/{file.name}", LARGEST)
            if data is None:
                continue
            if hashlib.sha256(data).hexdigest() != file.sha256:
                self.add("altered-file", f"{DOCUMENTS}/{file.name}", "its SHA-256 is not the one that paper.json names")
            compared_files += self._compared(f"{DOCUMENTS}/{file.name}", data, file.paper)
        for path in others:
            with path.open("rb") as source:
                data = source.read(LARGEST + 1)
            compared_files += self._compared(str(path), data, None)
        known = {PAPER.rpartition("/")[2], *(file.name for file in self.papers.files)}
        for path in sorted((self.folder / DOCUMENTS).iterdir()):
            if path.name not in known:
                self.add("unexpected-file", f"{DOCUMENTS}/{path.name}", "paper.json does not list it")
        self.facts["compared"] = compared_files

    def _read(self, name: str, most: int) -> bytes | None:
        """Return the bytes of a file in the folder, and None after a finding; links are not followed."""
        path = self.folder / name
        try:
            is_plain = stat.S_ISREG(path.lstat().st_mode) and not path.parent.is_symlink()
            with path.open("rb") as source:
                data = source.read(most + 1) if is_plain else b""
        except OSError:
            is_plain, data = False, b""
        if not is_plain:
            without = "; a proof made with --format has documents" if name == PAPER else ""
            self.add("missing-file", name, f"no plain file stands there, and links are not followed{without}")
        elif len(data) > most:
            self.add("too-large", name, f"it has more than {most:,} bytes")
        return data if is_plain and len(data) <= most else None

    def _of_proof(self, given: dict[str, Any], stated: dict[str, Any], bytes_: bytes, figures: bytes) -> StatedPapers:
        digest = hashlib.sha256(figures).hexdigest()
        if (json.dumps(given, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode() != bytes_:
            self.add("bad-paper", PAPER, "it is not in its one written form")
        of = {"report": stated["report"], "as_of": stated["as_of"], "figures": digest}
        if {name: given.get(name) for name in of} != of or given.keys() != {*of, "papers", "files", "format"}:
            self.add("bad-paper", PAPER, "it is not of the figures in the folder: another report, as-of or SHA-256")
        elif given["format"] != 1:
            self.add("bad-paper", PAPER, "its format is another one than this program knows")
        listed = list(given["papers"])
        if not 0 < len(listed) <= MAX_PAPERS:
            raise NotReadable(f"It has no paper, or more than {MAX_PAPERS}.")
        papers = tuple(given_paper(paper["paper"]) for paper in listed)
        drawings = tuple(_drawings(paper["drawings"]) for paper in listed)
        self.facts |= {
            "report": stated["report"],
            "as of": f"{stated['as_of']['on']}, as known at position {stated['as_of']['known_at']}",
            "figures.json": f"SHA-256 {digest}",
        }
        for number, paper in enumerate(papers):
            _PaperCheck(self, number, paper).against(stated)
        return StatedPapers(papers, drawings, tuple(_file(file, len(papers)) for file in given["files"]))

    def _compared(self, name: str, data: bytes, number: int | None) -> list[str]:
        assert self.papers is not None
        try:
            if number is None:
                number = self._paper_of(data)
            drawings = self.papers.drawings[number]
            result = compared(self.papers.papers[number], data, drawings)
        except NotReadable as error:
            self.add("not-readable", name, str(error))
            return []
        for difference in islice(result.differences, MAX_LISTED):
            self.add(difference.code, f"{name}: {difference.place}", str(difference))
        if len(result.differences) > MAX_LISTED:
            self.add("altered-file", name, f"{len(result.differences) - MAX_LISTED:,} more differences")
        digests = [file.sha256 for file in self.papers.files]
        if result.form == "pdf" and hashlib.sha256(data).hexdigest() not in digests:
            what = "it is no PDF that paper.json names by its SHA-256; what its pages show is not known"
            self.add("altered-file", name, what)
        return [f"{name}: {_described(result)}"]

    def _paper_of(self, data: bytes) -> int:
        """Return the number of the paper that a file from elsewhere was made from, as far as its data says so."""
        from_file = read_document(data)[1].data
        assert self.papers is not None
        papers = list(enumerate(self.papers.papers))
        number = _number_of(from_file)
        same = [at for at, paper in papers if paper.data == from_file]
        same += [at for at, paper in papers if _number_of(paper.data) == number]
        return [*same, 0][0]


def _number_of(data: dict[str, Any]) -> object:
    manifest = data.get("manifest")
    return manifest.get("paper") if isinstance(manifest, dict) else None


def _described(result: Compared) -> str:
    differences = f"differences: {len(result.differences):,}" if result.differences else "as the paper says"
    if result.form == "pdf":
        return f"PDF, {result.figures:,} figures of its attached data: {differences}; its pages were not read"
    drawings = "" if result.are_drawings_compared else "; its drawings, links and styles were not compared"
    return f"{result.form.upper()}, {result.figures:,} figures: {differences}{drawings}"


def _drawings(given: object) -> dict[str, list[Said]]:
    if not isinstance(given, dict):
        raise NotReadable("What files say of drawings is not in its form.")
    return {str(form): [Said(str(place), str(text)) for place, text in texts] for form, texts in given.items()}


def _file(given: dict[str, Any], papers: int) -> StatedFile:
    name, number, digest = given["file"], given["paper"], given["sha256"]
    if not isinstance(name, str) or not DOCUMENT_NAME.fullmatch(name) or not isinstance(digest, str):
        raise NotReadable("It lists a file without a name that documents have, or without a SHA-256.")
    if type(number) is not int or not 0 <= number < papers:
        raise NotReadable(f"It lists {name} under a paper that it does not have.")
    return StatedFile(name, number, digest)


class _PaperCheck:
    """Compares the figures of a paper with those of the proof."""

    def __init__(self, documents: Documents, number: int, paper: GivenPaper) -> None:
        self.documents, self.paper = documents, paper
        self.place = f"{PAPER}, paper {number}"

    def against(self, stated: dict[str, Any]) -> None:
        """Add what differs, and name what is not proved."""
        self._of_data(stated)
        proved = stated["figures"]
        for pointer, figure in self.paper.figures.items():
            if pointer in proved and _of_paper(figure) != _proved(proved[pointer]):
                what = f"it states {figure.value} {figure.unit}, or other entries than figures.json"
                self.documents.add("altered-figure", f"{self.place}: {pointer}", what)
        unproved: dict[str, None] = {}
        values = unjudged = own = 0
        for place, line in self.paper.lines():
            for run in runs_of(line):
                own += run.kind == "secretariat"
                if run.kind != "value":
                    continue
                judged = judged_printing(run, self.paper.language)
                unjudged += judged is None
                named = self.paper.figures.get(run.pointer)
                if run.pointer and (named is None or (named.value, named.unit) != (run.value, run.unit)):
                    what = f"it prints {run.value} {run.unit} as {run.pointer}, which is another value"
                    self.documents.add("altered-figure", f"{self.place}: {place}", what)
                elif judged is False:
                    what = f"it prints '{run.text}', the value is {run.value} {run.unit}"
                    self.documents.add("altered-figure", f"{self.place}: {place}", what)
                values += not run.pointer
                if run.pointer and run.pointer not in proved:
                    unproved[run.pointer] = None
        self._say(unproved, values, unjudged, own)

    def _of_data(self, stated: dict[str, Any]) -> None:
        data = self.paper.data
        manifest, as_of = data["manifest"], stated["as_of"]
        of = {"report": stated["report"], "as_of": as_of}
        asked = {name: manifest["parameters"].get(name) for name in stated["parameters"]}
        is_of_proof = {name: manifest.get(name) for name in of} == of and asked == stated["parameters"]
        if not is_of_proof or data.get("report") != stated["report"]:
            self.documents.add("bad-paper", self.place, "it is of another report, as-of or parameters than the figures")
        if str(as_of["root"])[:ROOT_LETTERS] not in self.paper.foot:
            self.documents.add("bad-paper", self.place, "its foot does not print the root of the log")

    def _say(self, unproved: dict[str, None], values: int, unjudged: int, own: int) -> None:
        symbol = self.paper.masthead["symbol"]
        counted = {
            "figures that the proof does not have": len(unproved),
            "values of lists": values,
            "values in words of another language": unjudged,
            "texts of the secretariat": own,
        }
        listed = ", ".join(f"{what}: {number:,}" for what, number in counted.items() if number)
        self.documents.facts.setdefault("not proved", []).append(f"{symbol}: {listed or 'nothing but its words'}")
        self.documents.facts.setdefault("without proof", []).extend(unproved)


def _of_paper(figure: PaperFigure) -> tuple[str, str, list[list[int]]]:
    return repr(figure.value), figure.unit, [list(ends) for ends in figure.entries]


def _proved(figure: dict[str, Any]) -> tuple[str, str, Any]:
    return repr(figure["value"]), figure["unit"], figure["entries"]


def not_judged() -> Iterator[str]:
    """Yield what this program does not judge."""
    yield "figures.json: verify_ledger.py compares it with the log"
    yield "whether the paper says in its words what the ledger would say: ledger verify-report"
    yield "what the pages of a PDF show; how a document looks: fonts, colours, pictures"


# projections/papers/against_paper/program.py: The program verify_documents.py: its command line, and what it prints.

PROGRAM = "verify_documents.py"
OF_LEDGER = "verify_ledger.py"
MALFORMED = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the documents of a proof; return the exit code."""
    parser = argparse.ArgumentParser(prog=PROGRAM, description="Compare documents with their paper and its proof.")
    parser.add_argument("folder", metavar="DIR", type=Path, help="the folder of a report with its proof")
    parser.add_argument("files", metavar="FILE", type=Path, nargs="*", help="documents that came by another way")
    parser.add_argument(
        "--policy", metavar="FILE", type=Path, help="run verify_ledger.py first, with the keys you trust"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how findings are printed")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is no folder")
    try:
        documents = Documents(options.folder)
        facts = _log_checked(parser, documents, options.policy) if options.policy else _log_not_checked()
        documents.check(options.files)
    except OSError as error:
        parser.error(str(error))
    except MALFORMED as error:
        documents.add("bad-paper", "documents", f"they cannot be compared: {type(error).__name__} {error}")
    facts |= documents.facts | {"not judged": list(not_judged())}
    return _write(_lines(documents.findings, facts, options.format), 1 if documents.findings else 0)


def _log_not_checked() -> dict[str, Any]:
    return {"log": f"not checked: run {OF_LEDGER}, or give --policy"}


def _log_checked(parser: argparse.ArgumentParser, documents: Documents, policy: Path) -> dict[str, Any]:
    """Run verify_ledger.py, which has to lie next to this program, on log and figures."""
    path = Path(__file__).with_name(OF_LEDGER)
    if not path.is_file():
        parser.error(f"put {OF_LEDGER} next to {PROGRAM}; docs/auditor.md says where to get it")
    place: Any = importlib.util.spec_from_file_location("verify_ledger", path)
    program: Any = importlib.util.module_from_spec(place)
    sys.modules["verify_ledger"] = program
    place.loader.exec_module(program)
    findings = program.Findings()
    folder = program.Folder(documents.folder, findings)
    try:
        log = program.read_log(folder, policy.read_bytes(), findings)
        reported = program.check_report(folder, log, findings)
    except program.MALFORMED as error:
        findings.add("bad-report", "figures.json", f"it cannot be evaluated: {type(error).__name__} {error}")
        reported = {}
    for finding in findings:
        documents.add(finding["code"], str(finding["place"]), finding["what"])
    return {"log": reported.get("checked", "nothing is proved: see the findings")}


def _lines(findings: Sequence[DocumentFinding], facts: dict[str, Any], form: str) -> list[str]:
    if form == "json":
        return json.dumps({"findings": [finding._asdict() for finding in findings], **facts}, indent=2).split("\n")
    lines = [f"finding: {finding.code}: {finding.place}: {finding.what}" for finding in findings]
    for name, stated in facts.items():
        lines += [f"{name}: {text}" for text in (stated if isinstance(stated, list) else [stated])]
    return [*lines, f"findings: {len(findings)}"]


def _write(lines: Sequence[str], code: int) -> int:
    """Print lines with printable characters alone; a reader that stops reading is no error."""
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # a terminal may lack letters
    try:
        for line in lines:
            sys.stdout.write("".join(char if char.isprintable() else ascii(char)[1:-1] for char in line) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # what is left must not fail again at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


if __name__ == "__main__":
    sys.exit(main())
