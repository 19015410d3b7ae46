"""What is material by the guidelines, and the engagements that are not: in one table, by kind, measure and currency."""

from projections.queries.figures import escaped
from projections.reports.cells import FigureCells, counted
from projections.reports.council.data import CouncilData
from projections.reports.council.judgement import Judgement
from projections.reports.model import NOT_DISCLOSED, NOT_RECORDED, Cell, Column, Section, Table
from projections.reports.wording import MEASURE_LABELS, listed

Rows = list[tuple[Cell, ...]]


def material(cells: FigureCells, source: CouncilData, judgement: Judgement, *, whole: bool) -> Section:
    """Return the section on what is material, with one table of what is not."""
    title = "What is material by the guidelines"
    if not judgement.deciding:
        text = "No guidelines in force on the date of this report say what is material: all engagements are in full."
        return Section("materiality", title, (text,))
    symbols = listed([version.symbol for version in judgement.deciding])
    yes, unknown, others = (int(cells.number(f"/materiality/{name}")) for name in ("material", "not_known", "others"))
    also = "; they are in full in the annexes, too" if whole else ""
    unclear = f"; of {unknown:,} it is not known" if unknown else ""
    what = f"{counted(yes, 'engagement')} {_are(yes)} material{unclear}"
    prose = [f"By {symbols}, in force on {source.on}, {what}. The annexes show {_them(yes + unknown)} in full."]
    if not others:
        return Section("materiality", title, (*prose, "There are no others."))
    prose += [
        f"{counted(others, 'other engagement')} {_are(others)} not material. The table adds them up by kind{also}.",
    ]
    withheld = [ref for ref in source.others if source.withholds_amounts(ref)]
    if withheld:
        prose.append(f"Of these, the amounts of {listed(withheld)} are {NOT_DISCLOSED} by the source.")
    columns = (
        Column("Kind"), Column("Engagements", right=True), Column("Measure"), Column("Currency"),
        Column("Since the beginning", right=True),
    )  # fmt: skip
    rows = [row for kind in _kinds(cells) for row in _rows(cells, f"/others/by_kind/{escaped(kind)}", kind)]
    rows += _rows(cells, "/others", "All kinds", "/materiality/others")
    return Section("materiality", title, tuple(prose), (Table("others", "What is not material", columns, tuple(rows)),))


def _them(number: int) -> str:
    return "it" if number == 1 else "them"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _kinds(cells: FigureCells) -> list[str]:
    assert isinstance(cells.tree, dict)
    others = cells.tree["others"]
    assert isinstance(others, dict)
    by_kind = others["by_kind"]
    assert isinstance(by_kind, dict)
    return list(by_kind)


def _rows(cells: FigureCells, place: str, label: str, number: str = "") -> Rows:
    """Return a row for each measure and currency, with the number of engagements."""
    heads = (Cell(label), cells.cell(number or f"{place}/engagements"))
    pointers = [pointer for pointer in cells.known if pointer.startswith(f"{place}/money/")]
    rows: Rows = []
    for pointer in pointers:
        measure, currency = pointer.split("/")[-2:]
        rows.append((*heads, Cell(MEASURE_LABELS[measure]), Cell(currency), cells.cell(pointer)))
    return rows or [(*heads, Cell(NOT_RECORDED), Cell(NOT_RECORDED), Cell(NOT_RECORDED))]
