"""What the charts, drawings and numbers of lists of an Office package say, for comparing it with one made again."""

import re
from dataclasses import dataclass, field

from projections.papers.read_back.marks import Said
from projections.papers.read_back.package import Events, Package

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
