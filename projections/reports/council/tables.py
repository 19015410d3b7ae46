"""The body of the council report: overview, money, risks, and overdue items."""

from decimal import Decimal

from ledger.domain.engagement.oversight.risks import LEVELS
from projections.papers.charts import Bar, Chart
from projections.queries.figures import FigureTree, escaped
from projections.reports.cells import FigureCells, counted, text_cell
from projections.reports.council.data import CouncilData
from projections.reports.council.disclosure_tables import changed, conflicts, corrections, undisclosed
from projections.reports.council.figures import high_risks
from projections.reports.council.finding_tables import finding_section
from projections.reports.council.guideline_tables import guideline_sections
from projections.reports.council.materiality_tables import material
from projections.reports.council.overdue import overdue
from projections.reports.model import NOT_DISCLOSED, Cell, Column, Section, Table
from projections.reports.wording import MEASURE_LABELS, listed

BY_GUIDELINES = (
    ("of which material by the guidelines in force", "/materiality/material"),
    ("of which it is not known whether they are material", "/materiality/not_known"),
)
VERDICTS = (
    ("Cases in which a rule of guidelines is not met", "/verdicts/not_met"),
    ("Cases in which a rule was met late", "/verdicts/late"),
    ("Cases that cannot be judged", "/verdicts/cannot_be_judged"),
)
FINDINGS = (("Findings that are open", "/findings/all/open"),)


def sections(tree: FigureTree, source: CouncilData, *, whole: bool) -> tuple[Section, ...]:
    """Return the sections of the report in their order; those on guidelines are there if any are adopted."""
    cells = FigureCells(tree)
    judgement = source.judgement
    return (
        _overview(cells, source),
        *((material(cells, source, judgement, whole=whole),) if judgement else ()),
        _money(cells, source),
        *(guideline_sections(cells, source, judgement, whole=whole) if judgement else ()),
        *((finding_section(cells, source, source.found, whole=whole),) if source.found else ()),
        undisclosed(cells, source),
        changed(source),
        conflicts(source),
        _risks(cells, source),
        _overdue(source),
        corrections(source),
    )


def _overview(cells: FigureCells, source: CouncilData) -> Section:
    rows = [
        ("Engagements in force in the period", "/engagements", False),
        ("of which signed in the period", "/signed_in_period", True),
        ("of which assessed as material", "/material", True),
        *((*row, True) for row in BY_GUIDELINES if source.materiality_is_asked),
        *((f"Engagements {status}, not yet signed", f"/coming/{status}", False) for status in cells.names("coming")),
        ("Third parties", "/parties", False),
        ("Service orders recorded", "/orders/all", False),
        ("not disclosed", "/orders/undisclosed", True),
        ("Engagements, in force or not, of which something is not disclosed", "/undisclosed_engagements", False),
        ("Facets and orders that changed since they were disclosed", "/changed_since_disclosed", False),
        ("Conflicts of interest not assessed", "/conflicts/open", False),
        ("Outcomes planned", "/outcomes/planned", False),
        ("Outcomes reached", "/outcomes/reached", False),
        ("Reviews overdue", "/overdue/review", False),
        *((*row, False) for row in VERDICTS if source.judgement),
        *((*row, False) for row in FINDINGS if source.found),
        ("Corrections recorded in the period", "/corrections", False),
    ]
    table = Table(
        "overview",
        "The period in figures",
        (Column("What"), Column("Number", right=True)),
        tuple((Cell(label, indent=indent), cells.cell(pointer)) for label, pointer, indent in rows),
    )
    number = int(cells.number("/engagements"))
    parties = counted(int(cells.number("/parties")), "third party", "third parties")
    was = "was" if number == 1 else "were"
    text = f"From {source.period.starts} to {source.period.ends}, {counted(number, 'engagement')} with {parties} {was}"
    prose = (f"{text} in force. {_orders(cells)}", *_withheld_orders(source))
    charts = tuple(_bars(cells, key, title) for key, title in (("by_kind", "kind"), ("by_status", "state")))
    return Section("overview", "Overview", prose, (table,), charts)


def _orders(cells: FigureCells) -> str:
    orders, hidden = int(cells.number("/orders/all")), int(cells.number("/orders/undisclosed"))
    if not orders:
        return "No service order under them is recorded."
    verb = "is" if hidden == 1 else "are"
    return f"Of {counted(orders, 'recorded service order')} under them, {hidden:,} {verb} not disclosed."


def _withheld_orders(source: CouncilData) -> tuple[str, ...]:
    refs = [ref for ref in source.engagements if "service-orders" in source.withheld(ref)]
    number = counted(len(refs), "engagement")
    return (f"The source does not disclose the service orders of {number}: {listed(refs)}.",) if refs else ()


def _bars(cells: FigureCells, key: str, title: str) -> Chart:
    bars = []
    for name in cells.names(key):
        cell = cells.cell(f"/{key}/{escaped(name)}")
        bars.append(Bar(name, (Decimal(str(cell.plain)),), cell.text))
    return Chart("bars", f"Engagements in force by {title}", tuple(bars), ("Engagements",))


def _money(cells: FigureCells, source: CouncilData) -> Section:
    reporting = source.converter.currency.value
    rows: list[tuple[Cell, ...]] = []
    for measure in cells.names("money"):
        currencies = find_tree(cells.tree, "money", measure)
        for currency in currencies:
            place = f"/money/{measure}/{currency}"
            amounts = [cells.optional_cell(f"{place}/{name}") for name in ("in_period", "to_date", "to_date_converted")]
            rows.append((Cell(MEASURE_LABELS[measure]), Cell(currency), *amounts))
    table = Table(
        "money",
        "Financial implication by measure and currency",
        (Column("Measure"), Column("Currency"), Column("In the period", right=True),
         Column("Since the beginning", right=True), Column(f"Since the beginning, in {reporting}", right=True)),
        tuple(rows),
        note="Measures are never added up: what was signed is not what was received, and what was ordered is not paid.",
    )  # fmt: skip
    withheld = [ref for ref in source.engagements if source.withholds_amounts(ref)]
    silent = [ref for ref in source.engagements if ref not in source.money and ref not in withheld]
    prose = []
    if withheld:
        number = counted(len(withheld), "engagement")
        exception = ", but for recorded service orders" if any(ref in source.money for ref in withheld) else ""
        prose.append(f"The amounts of {number} are {NOT_DISCLOSED} by the source{exception}: {listed(withheld)}.")
    if silent:
        prose.append(f"Of {counted(len(silent), 'engagement')} no amount is recorded.")
    return Section("money", "Financial implication", tuple(prose), (table,))


def find_tree(tree: FigureTree, *names: str) -> dict[str, FigureTree]:
    """Return the members at a path of member names."""
    for name in names:
        assert isinstance(tree, dict)
        tree = tree[name]
    assert isinstance(tree, dict)
    return tree


def _risks(cells: FigureCells, source: CouncilData) -> Section:
    kinds = cells.names("risks")
    counts = Table(
        "risks",
        "Engagements by risk and rating",
        (Column("Risk"), *(Column(level.capitalize(), right=True) for level in LEVELS)),
        tuple((Cell(kind.capitalize()), *(cells.cell(f"/risks/{kind}/{level}") for level in LEVELS)) for kind in kinds),
    )
    heavy = Table(
        "heavy_risks",
        "Risks rated high",
        (
            Column("Risk"),
            Column("Engagement"),
            Column("Mitigation"),
            Column("Answers for it"),
            Column("Looked at again"),
        ),
        tuple(
            (
                Cell(risk.risk),
                Cell(risk.engagement),
                text_cell(risk.mitigation),
                text_cell(risk.owner),
                text_cell(risk.review_on),
            )
            for risk in high_risks(source)
        ),
    )
    assessed = sum(1 for ref in source.engagements if ref in source.risks)
    missing = len(source.engagements) - assessed
    prose = (f"Risks are assessed of {counted(assessed, 'engagement')}; of {missing:,} no assessment is recorded.",)
    return Section("risks", "Risks", prose, (counts, heavy))


def _overdue(source: CouncilData) -> Section:
    rows = tuple(
        (Cell(item.kind), Cell(item.engagement), Cell(item.what), text_cell(source.known[item.engagement].get("unit")),
         Cell(item.due_on), Cell(f"{item.days:,}"))
        for item in overdue(source)
    )  # fmt: skip
    table = Table(
        "overdue",
        "Overdue on the date of this report",
        (Column("What"), Column("Engagement"), Column("Which"), Column("Unit"), Column("Due on"),
         Column("Days", right=True)),
        rows,
    )  # fmt: skip
    return Section("overdue", "Overdue reviews and outcomes", (), (table,))
