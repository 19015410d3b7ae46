"""Read a workbook (.xlsx, ECMA-376): its sheets, shared strings, and which number formats are dates.

Cells keep their stored values; `sheet` makes text of them.
"""

import re
from collections.abc import Callable, Container
from typing import NamedTuple

from ledger.importing.errors import NoSuchSheet, NotXlsx, TooLarge
from ledger.importing.source.workbook.archive import Attributes, Parts
from ledger.importing.source.workbook.sheet_layout import MAX_MERGED, MergedRange, SheetLayout

MAX_CELLS = 1_000_000
"""The number of cells of a sheet that are not empty; also a bound on rows times columns of the header."""
MAX_LETTERS = 100_000
"""The number of characters of a cell; spreadsheet programs allow 32,767."""
MAX_TEXT = 64 * 1024 * 1024
"""The number of characters of all cells of a sheet; a shared string counts once for each cell."""
MAX_COLUMNS = 16_384

_BUILT_IN_DATES = {*range(14, 18), 22, *range(27, 32), *range(34, 37), *range(50, 59)}
"""The built-in number formats that are dates (ECMA-376-1 §18.8.30); 18-21 and 45-47 are times only."""
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class SheetCell(NamedTuple):
    """A cell as stored: its row (from 1), its column (from 0), its kind and value, and whether its format is a date.

    `kind` is `n` for a number, `s` a text, `b` a boolean, `e` an error, `d` a date in ISO 8601, `f` a formula that was
    not calculated.
    """

    row: int
    column: int
    kind: str
    value: str
    is_date: bool


class Workbook:
    """An open workbook."""

    def __init__(self, parts: Parts) -> None:
        """Find its sheets. Raises NotXlsx."""
        self._parts = parts
        self._path = self._main()
        related = parts.related(self._path)
        self._by_kind = dict(related.values())
        self.since_1904 = False
        self.sheets: dict[str, str] = {}
        self._hidden: set[str] = set()
        for name, given in parts.elements(self._path):
            if name == "workbookPr":
                self.since_1904 = given.get("date1904") in ("1", "true")
            if name == "sheet":
                self._add_sheet(given, related)

    def _main(self) -> str:
        if self._parts.has("content.xml"):
            raise NotXlsx("it is an OpenDocument file", "Save it as .xlsx, or as CSV.")
        if not self._parts.has("_rels/.rels"):
            raise NotXlsx("it is an archive of another kind")
        paths = [path for kind, path in self._parts.related("").values() if kind == "officeDocument"]
        if not paths or not self._parts.has(paths[0]) or paths[0].endswith(".bin"):
            raise NotXlsx("it is a document of another kind", "Save it as .xlsx, or as CSV.")
        return paths[0]

    def _add_sheet(self, given: Attributes, related: dict[str, tuple[str, str]]) -> None:
        link = next((value for key, value in given.items() if key.rpartition(":")[2] == "id" and ":" in key), "")
        kind, path = related.get(link, ("", ""))
        if kind == "worksheet":
            self.sheets[given.get("name", "")] = path
            if given.get("state", "visible") != "visible":
                self._hidden.add(given.get("name", ""))

    def is_hidden(self, name: str) -> bool:
        """Return whether the named sheet is hidden."""
        return name in self._hidden

    def chosen(self, name: str) -> str:
        """Return the path of the named sheet, or of the first visible one if the name is empty. Raises NoSuchSheet."""
        wanted = name or next((sheet for sheet in self.sheets if sheet not in self._hidden), "")
        if wanted not in self.sheets:
            raise NoSuchSheet(name, self.sheets)
        return self.sheets[wanted]

    def read(self, path: str, take: Callable[[SheetCell], None]) -> SheetLayout:
        """Call `take` with each cell of a sheet that is not empty, in stored order, and return its layout.

        Raises NotXlsx, TooLarge.
        """
        reader = _SheetReader(self._texts(), self._dates(), take)
        self._parts.parse(path, reader.start, reader.end, reader.text)
        return reader.layout

    def _texts(self) -> list[str]:
        path = self._by_kind.get("sharedStrings", "")
        reader = _TextReader()
        if self._parts.has(path):
            self._parts.parse(path, reader.start, reader.end, reader.text)
        return reader.texts

    def _dates(self) -> list[bool]:
        """Return for each cell style whether it shows a date."""
        path = self._by_kind.get("styles", "")
        if not self._parts.has(path):
            return []
        own: dict[str, str] = {}
        styles: list[bool] = []
        inside = False
        for name, given in self._parts.elements(path):
            if name == "numFmt":
                own[given.get("numFmtId", "")] = given.get("formatCode", "")
            elif name in ("cellXfs", "cellStyles", "dxfs"):
                inside = name == "cellXfs"
            elif name == "xf" and inside:
                number = given.get("numFmtId", "0")
                styles.append(_shows_day(own[number]) if number in own else _is_in(number, _BUILT_IN_DATES))
        return styles


def _is_in(number: str, known: Container[int]) -> bool:
    return number.isascii() and number.isdigit() and len(number) < 9 and int(number) in known


def _shows_day(pattern: str) -> bool:
    """Return whether a number format shows a day or a year: `h:mm` and `General` do not, `mmm-yy` and `dd/mm` do."""
    plain = _QUOTED.sub("", pattern.partition(";")[0]).lower()
    return "y" in plain or "d" in plain


def unescaped(text: str) -> str:
    """Return a text with escapes such as `_x000A_` replaced by their characters (ECMA-376-1 §22.9.2.19)."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: match[0] if match[1][:1] in "dD" and match[1][1] in "89abcdefABCDEF"
                       else chr(int(match[1], 16)), text)  # fmt: skip


class _TextReader:
    """Collects the shared strings, without their phonetic runs (`rPh`)."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._aside = self._letters = 0
        self._open = False

    def start(self, name: str, _: Attributes) -> None:
        if name == "si":
            self._pieces, self._letters = [], 0
        elif name == "rPh":
            self._aside += 1
        self._open = name == "t" and not self._aside

    def end(self, name: str) -> None:
        self._open = False
        if name == "rPh":
            self._aside -= 1
        elif name == "si":
            self.texts.append(unescaped("".join(self._pieces)))

    def text(self, piece: str) -> None:
        if self._open:
            self._pieces.append(piece)
            self._letters += len(piece)
            _check_letters(self._letters)


class _SheetReader:
    """Passes on the cells of a sheet, and checks their bounds."""

    def __init__(self, texts: list[str], dates: list[bool], take: Callable[[SheetCell], None]) -> None:
        self._texts, self._dates, self._take = texts, dates, take
        self._row, self._column = 0, -1
        self._given: Attributes = {}
        self._value: list[str] = []
        self._open = self._in_row = self._has_formula = self._has_value = False
        self._cells = self._letters = self._here = self._aside = 0
        self.layout = SheetLayout(is_sheet=True)

    def start(self, name: str, given: Attributes) -> None:
        if name == "row":
            self._row = _number(given.get("r"), self._row + 1)
            self._column, self._in_row = -1, True
            if _is_true(given.get("hidden")):
                self.layout.hidden_rows.add(self._row)
        elif name == "c" and self._in_row:
            self._given, self._value, self._here = given, [], 0
            self._has_formula = self._has_value = False
            self._place(given.get("r", ""))
        elif name == "rPh":
            self._aside += 1
        elif name == "f":
            self._has_formula = True
        elif name in ("col", "mergeCell"):
            self._add_layout(name, given)
        self._open = name in ("v", "t") and self._in_row and not self._aside
        self._has_value = self._has_value or self._open

    def end(self, name: str) -> None:
        self._open = False
        if name == "rPh":
            self._aside -= 1
        elif name == "row":
            self._in_row = False
        elif name == "c" and self._in_row:
            self._finish()

    def text(self, piece: str) -> None:
        if self._open:
            self._value.append(piece)
            self._here += len(piece)
            _check_letters(self._here)

    def _add_layout(self, name: str, given: Attributes) -> None:
        """Add hidden columns, or a merged range; a range that is none is left out, as spreadsheet programs do."""
        if name == "col" and _is_true(given.get("hidden")):
            first, last = _number(given.get("min"), 0), _number(given.get("max"), 0)
            self.layout.hidden_columns.append((first - 1, last - 1))
        elif name == "mergeCell" and len(self.layout.merged) < MAX_MERGED:
            text = given.get("ref", "")
            first_place, _, last_place = text.partition(":")
            if (first_at := _placed(first_place)) and (last_at := _placed(last_place)):
                self.layout.merged.append(MergedRange(first_at[0], last_at[0], first_at[1], last_at[1], text))

    def _place(self, text: str) -> None:
        at = _placed(text)
        if at is not None:
            self._row, self._column = at
        elif text or self._column + 1 >= MAX_COLUMNS:
            raise NotXlsx(f"its sheet has a cell at '{text[:20]}'")
        else:
            self._column += 1

    def _finish(self) -> None:
        value, kind = "".join(self._value), self._given.get("t", "n")
        if self._has_formula and not value and (kind != "str" or not self._has_value):
            kind, value = "f", "="
        elif kind == "s":
            kind, value = "s", self._shared(value)
        elif kind in ("str", "inlineStr"):
            kind, value = "s", unescaped(value)
        if not value.strip():
            return
        self._count(value)
        is_date = kind == "n" and self._style()
        self._take(SheetCell(self._row, self._column, kind, value.strip() if kind != "s" else value, is_date))

    def _shared(self, value: str) -> str:
        index = value.strip()
        if not index.isascii() or not index.isdigit() or len(index) > 9 or int(index) >= len(self._texts):
            raise NotXlsx(f"its sheet refers to a shared text '{index[:20]}' that does not exist")
        return self._texts[int(index)]

    def _style(self) -> bool:
        index = self._given.get("s", "0")
        return (
            index.isascii()
            and index.isdigit()
            and len(index) < 9
            and self._dates[int(index) : int(index) + 1] == [True]
        )

    def _count(self, value: str) -> None:
        self._cells += 1
        self._letters += len(value)
        if self._cells > MAX_CELLS:
            raise TooLarge("more cells", f"{MAX_CELLS:,} cells")
        if self._letters > MAX_TEXT:
            raise TooLarge("more text", f"{MAX_TEXT:,} letters")


def _check_letters(letters: int) -> None:
    if letters > MAX_LETTERS:
        raise TooLarge("a cell with more text", f"{MAX_LETTERS:,} letters")


def _placed(text: str) -> tuple[int, int] | None:
    """Return row, from 1, and column, from 0, of a place such as `B7`; None if there is no such place in a sheet."""
    match = _PLACE.fullmatch(text)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - 64
    return (int(match[2]), column - 1) if column <= MAX_COLUMNS else None


def _is_true(text: str | None) -> bool:
    return text in ("1", "true")


def _number(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not text.isascii() or not text.isdigit() or len(text) > 7:
        raise NotXlsx(f"its sheet has a row '{text[:20]}'")
    return int(text)
