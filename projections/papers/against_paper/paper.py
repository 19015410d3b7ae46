"""The paper of a document as data, out of paper.json: lines of runs in headings, paragraphs, tables and charts.

It is read strictly: what is not in its form is refused with a sentence.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from projections.papers.read_back.errors import NotReadable

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
