"""The section of the council report on findings: what the controls find, and what became of it."""

from projections.findings.assessed import OPEN, STATUSES, AssessedFinding
from projections.findings.controls import SEVERITIES
from projections.findings.in_force import InForce
from projections.queries.figures import escaped
from projections.reports.cells import FigureCells, counted, text_cell
from projections.reports.council.data import CouncilData
from projections.reports.council.found import MEMBER, Found
from projections.reports.model import Cell, Column, Section, Table
from projections.reports.phrases import capitalized

MOST = 20
"""The most rows of a list of findings that the report shows without `--all`."""
FINDINGS = (
    "Controls look at the whole history up to the date of this report for what an external auditor would ask about."
    " A finding is a question, not a fault. It is open until it is assessed, and again when another entry joins it."
)
Row = tuple[Cell, ...]


def finding_section(cells: FigureCells, source: CouncilData, own: Found, *, whole: bool) -> Section:
    """Return the section on findings."""
    opened, others = own.of(OPEN), own.of(*STATUSES[1:])
    shown = opened if whole else opened[:MOST]
    prose = [FINDINGS, _parameters(own.in_force), _said(cells, own)]
    if left := len(opened) - len(shown):
        prose.append(f"{left:,} more open ones are not listed: the gravest come first, and --all lists all.")
    tables = (
        _by_control(cells, own),
        Table("findings_open", "Open, the gravest first", _columns(), tuple(_row(source, item) for item in shown)),
        Table("findings_assessed", "Assessed", _columns("Outcome", "By", "Why"),
              tuple((*_row(source, item), *_outcome(source, item)) for item in others)),
    )  # fmt: skip
    return Section(MEMBER, "Findings", tuple(prose), tables)


def _parameters(own: InForce) -> str:
    if own.adopted is None:
        return "The controls have the parameters with which they ship: no others are in force."
    version = own.adopted.version
    return (
        f"The controls have the parameters {version.symbol}, {version.title}, which {version.adopted_by} adopted on"
        f" {version.adopted_on} and which are in force from {version.binds_from} (position {own.adopted.entry})."
    )


def _said(cells: FigureCells, own: Found) -> str:
    numbers = ((status, int(cells.number(f"/{MEMBER}/all/{status}"))) for status in STATUSES)
    told = ", ".join(f"{number:,} {status}" for status, number in numbers if number)
    text = f"{counted(len(own.items), 'finding')}: {told}." if told else "There is no finding."
    if not own.unable:
        return text
    return f"{text} Of {len(own.unable)} of {len(own.controls)} controls the facts are not recorded: they say nothing."


def _by_control(cells: FigureCells, own: Found) -> Table:
    rows = tuple(
        (Cell(f"{control.title} ({control.id})"), Cell(control.severity),
         *(cells.cell(f"/{MEMBER}/by_control/{escaped(control.id)}/{status}") for status in STATUSES))
        for control in sorted(own.controls, key=lambda control: SEVERITIES.index(control.severity))
        if own.by(control)
    )  # fmt: skip
    total = (Cell("All"), Cell(""), *(cells.cell(f"/{MEMBER}/all/{status}") for status in STATUSES))
    columns = (
        Column("Control"), Column("Severity"), *(Column(capitalized(status), right=True) for status in STATUSES),
    )  # fmt: skip
    unable = {control.id for control in own.unable}
    without = [control.id for control in own.controls if control.id not in unable and not own.by(control)]
    notes = [f"Nothing was found by {'; '.join(without)}."] if without else []
    notes += [f"The facts are not recorded of {'; '.join(sorted(unable))}."] if unable else []
    return Table("findings", "Findings by control", columns, rows, total if rows else (), " ".join(notes))


def _columns(*last: str) -> tuple[Column, ...]:
    return tuple(map(Column, ("Finding", "Severity", "What was found", "Since", *last)))


def _row(source: CouncilData, item: AssessedFinding) -> Row:
    own = item.finding
    said = source.name.add_to(own.said, {own.party, *own.subjects} - {""}, keep_refs=False)
    again = f"; open again: {item.why_open}" if item.why_open else ""
    return Cell(own.key), Cell(own.control.severity), Cell(f"{said}{again}"), text_cell(own.on)


def _outcome(source: CouncilData, item: AssessedFinding) -> Row:
    last = item.assessment
    assert last is not None
    until = f", until {last.until}" if last.until else ""
    by = f"{source.journal.entry(last.entry).actor} on {last.on}"
    return Cell(f"{item.status}{until}"), Cell(by), Cell(last.why)
