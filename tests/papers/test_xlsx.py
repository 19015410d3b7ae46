"""A paper as a workbook: typed cells, texts that stay texts, a sheet that names each figure, native charts."""

import io
import re
import tracemalloc
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from zipfile import ZipFile

import pytest

from projections.papers.layout import plain
from projections.papers.look import Look
from projections.papers.model import Line, Printed
from projections.papers.render import xlsx
from projections.papers.render.workbook.book import is_exact
from projections.papers.text_width import line_count
from tests.papers import office
from tests.papers.office import MARKS, SHEET
from tests.papers.sample import HOSTILE, layout

RECENT = date(1899, 12, 30)
"""The day from which a cell counts days."""
LAST = ("Figures", "Manifest")
"""The sheets that repeat what the others have."""


@cache
def made() -> bytes:
    """Return the sample as a file."""
    return xlsx.rendered(layout(), Look())


def test_every_text_is_in_the_workbook() -> None:
    """Each line is a cell or stands in one: as a text, or as a number or a day."""
    cells = [text for name, sheet in office.sheets(made()).items() if name not in LAST for text in sheet.values()]
    whole, numbers = "\n".join(cells), {number for number in map(_number, cells) if number is not None}
    missing = [
        plain(line)
        for line in office.lines(layout())
        if plain(line).translate(MARKS) not in whole and not _typed(line, numbers)
    ]
    assert not missing


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch("-?[0-9.]+", text) and text != ".." else None


def _typed(line: Line, numbers: set[float]) -> bool:
    (run,) = line
    assert isinstance(run, Printed)
    value = (date.fromisoformat(str(run.value)) - RECENT).days if run.unit == "day" else run.value
    return float(value) in numbers


def test_each_table_has_a_sheet() -> None:
    """The document stands first, then the tables by their labels, the figures, and what programs read."""
    names = list(office.sheets(made()))
    assert names == ["Document", "Table 1", "Table 2", "Table 3", "Table 4", "Figures", "Manifest"]


def test_cells_are_typed() -> None:
    """Counts, shares and amounts are numbers, days are days, and other cells are texts."""
    sheets = office.sheets(made())
    assert [sheets["Table 1"][cell] for cell in ("A4", "B4", "C4")] == ["Governmental entities", "32", "43.8"]
    assert float(sheets["Table 2"]["B6"]) == 31_140_000
    listed = sheets["Table 4"]
    assert RECENT + timedelta(days=int(listed["F4"])) == date(2024, 1, 29)
    assert (listed["G4"], float(listed["G5"]), float(listed["H4"])) == ("not disclosed", 560_000, -1.5)
    types = {cell.get("r"): cell.get("t") for cell in office.tree(part("Table 4")).iter(f"{SHEET}c")}
    assert types["F4"] is types["G5"] is None
    assert types["G4"] == "s"


def part(sheet: str) -> bytes:
    """Return the part of a sheet."""
    number = list(office.sheets(made())).index(sheet) + 1
    return office.parts(made())[f"xl/worksheets/sheet{number}.xml"]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_print_as_they_are(name: str) -> None:
    """No name becomes a formula, and none is changed."""
    assert any(name in text for text in office.sheets(made())["Table 4"].values())


def test_nothing_is_a_formula_or_leads_out() -> None:
    """No cell has a formula, and no link leaves the workbook."""
    for name, content in office.parts(made()).items():
        if name.startswith("xl/worksheets/sheet"):
            assert not list(office.tree(content).iter(f"{SHEET}f"))
        assert b"TargetMode" not in content


def test_heads_are_frozen_and_filtered() -> None:
    """The heads stay in view, and rows can be filtered, without the total."""
    tree = office.tree(part("Table 1"))
    pane = next(tree.iter(f"{SHEET}pane"))
    assert (pane.get("ySplit"), pane.get("state")) == ("3", "frozen")
    assert next(tree.iter(f"{SHEET}autoFilter")).get("ref") == "A3:C6"


def test_the_sheet_of_figures_leads_to_cells() -> None:
    """Each figure has pointer, value, unit, kind, entries and a link to the cell where it stands."""
    sheets = office.sheets(made())
    figures = sheets["Figures"]
    assert [figures[f"{column}2"] for column in "ABCDEFGH"] == [
        "f1", "/agreements", "89", "89", "count", "count", "1\N{EN DASH}89", "Document!B14",
    ]  # fmt: skip
    tree = office.tree(part("Figures"))
    links = [link.get("location") or "" for link in tree.iter(f"{SHEET}hyperlink")]
    assert links
    for link in links:
        sheet, _, cell = link.rpartition("!")
        assert sheets[sheet.strip("'")][cell]


def test_charts_draw_cells_of_their_table() -> None:
    """A chart names cells that hold the numbers which it shows."""
    sheets = office.sheets(made())
    given = office.parts(made())
    drawn = [content.decode() for name, content in given.items() if re.fullmatch("xl/charts/chart[0-9]+.xml", name)]
    assert len(drawn) == 3
    for chart in drawn:
        numbers = re.findall(r"<c:numRef><c:f>([^<]*)</c:f><c:numCache>.*?<c:pt idx=\"0\"><c:v>([^<]*)</c:v>", chart)
        assert numbers
        for cells, first in numbers:
            sheet, _, area = cells.rpartition("!")
            assert float(sheets[sheet.strip("'")][area.split(":")[0].replace("$", "")]) == float(first)


def test_the_text_over_a_column_is_its_sum_once() -> None:
    """The layout gives the sum, rounded after it is summed."""
    chart = next(
        content.decode() for name, content in office.parts(made()).items()
        if name.startswith("xl/charts/chart") and b'barDir val="col"' in content
    )  # fmt: skip
    texts = re.findall(r"<a:t>([^<]*)</a:t>", chart)
    assert texts.count("33.9") == 1


def test_numbers_that_a_cell_would_round_stay_texts() -> None:
    """A cell keeps 15 digits."""
    assert is_exact(Decimal("33826190.48"))
    assert is_exact(-3)
    assert not is_exact(Decimal("12345678901234.56"))
    assert not is_exact("A rank")


def test_rows_have_the_height_of_their_texts() -> None:
    """Words wrap, and a long word is broken."""
    assert line_count("short", 100, 10) == 1
    assert line_count("word " * 20, 100, 10) > 4
    assert line_count("x" * 200, 100, 10) > 8


@pytest.mark.slow
def test_a_list_of_20_000_agreements_is_not_held() -> None:
    """No more than a row is held: the workbook needs a fraction of 300 MB."""
    given = layout(count=20_000)
    tracemalloc.start()
    data = xlsx.rendered(given, Look())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000_000
    with ZipFile(io.BytesIO(data)) as package, package.open("xl/worksheets/sheet5.xml") as sheet:
        assert sum(piece.count(b"<row ") for piece in iter(lambda: sheet.read(1 << 20), b"")) > 19_990
