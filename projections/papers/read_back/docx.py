"""A Word document read back: what stands in the bookmarks f1, f2, … now, what was printed there, and all other text."""

import re
from dataclasses import dataclass, field

from projections.papers.read_back.drawn import chart_workbooks, drawn_texts, list_texts
from projections.papers.read_back.errors import NotReadable
from projections.papers.read_back.marks import Mark, ReadBack, Said, json_object
from projections.papers.read_back.package import FIGURES, Events, Package, local, readable

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
