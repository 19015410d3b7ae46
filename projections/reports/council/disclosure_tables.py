"""Tables of the council report on disclosure: undisclosed and changed facets, conflicts of interest, corrections."""

from ledger.domain.facets import FACETS
from projections.queries.disclosure.state import UndisclosedFacet
from projections.queries.figures import escaped
from projections.reports.cells import FigureCells, list_cell, text_cell
from projections.reports.council.data import CouncilData
from projections.reports.model import NOT_RECORDED, Cell, Column, Section, Table
from projections.reports.phrases import capitalized, joined
from projections.reports.wording import (
    FACET_LABELS,
    amounts,
    days,
    difference_from,
    facet_label,
    listed,
    order_ending,
    separated,
    since,
)

UNDISCLOSED = (
    "What no recorded document has told any body, longest first, also of engagements that were over before the period;"
    " days run to the date of this report. An annex lists it engagement by engagement."
)
CHANGED = "What the last document said of something, and what is so now; what is the same in both is left out."
CONFLICTS = (
    "A party that is paid under an engagement, or one that belongs together with it, also gives to the organization."
    " Each is named until its assessment is recorded."
)
CORRECTIONS = (
    "Nothing that was recorded is ever changed: an entry that was wrong is taken back by another, which says why."
)


def undisclosed(cells: FigureCells, source: CouncilData) -> Section:
    """Return the section of facets and service orders that no document has disclosed."""
    orders = tuple(
        (Cell(item.engagement), Cell(source.names(item.engagement)), Cell(item.number), _subject(source, item),
         _ordered(cells, source, item.engagement, item.number), since(item.since, item.days), days(item.days))
        for item in source.undisclosed
        if item.number
    )  # fmt: skip
    rows = tuple(
        (Cell(capitalized(FACET_LABELS[facet])), cells.cell(f"/undisclosed_facets/{facet}"), oldest)
        for facet, oldest in _oldest(source).items()
    )
    return Section(
        "undisclosed",
        "Not yet disclosed",
        (UNDISCLOSED,),
        (
            Table(
                "undisclosed_orders",
                "Service orders not yet disclosed",
                (Column("Engagement"), Column("Third parties"), Column("Order"), Column("Subject"),
                 Column("Amount", right=True), Column("Issued on"), Column("Days", right=True)),
                orders,
            ),
            Table(
                "undisclosed_facets",
                "Engagements by facet that is not yet disclosed",
                (Column("Facet"), Column("Engagements", right=True), Column("Oldest since")),
                rows,
            ),
            _withheld(source),
        ),
    )  # fmt: skip


def _oldest(source: CouncilData) -> dict[str, Cell]:
    oldest: dict[str, Cell] = {}
    for item in source.undisclosed:
        if not item.number:
            oldest.setdefault(item.facet, since(item.since, item.days))
    return {facet: oldest[facet] for facet in FACETS if facet in oldest}


def _withheld(source: CouncilData) -> Table:
    rows = tuple(
        (Cell(ref), Cell(source.names(ref)), text_cell(engagement.get("title")),
         list_cell(FACET_LABELS[facet] for facet in source.withheld(ref)), text_cell(engagement.get("unit")))
        for ref, engagement in source.engagements.items()
        if source.withheld(ref)
    )  # fmt: skip
    columns = (Column("Engagement"), Column("Third parties"), Column("Title"), Column("Not disclosed"), Column("Unit"))
    return Table("withheld", "Engagements of which the source itself does not disclose something", columns, rows)


def everything_undisclosed(source: CouncilData) -> Section:
    """Return the full list of engagements with an undisclosed facet or service order."""
    facets: dict[str, list[str]] = {}
    oldest: dict[str, tuple[Cell, Cell]] = {}
    for item in source.undisclosed:
        what = facet_label(item.facet, item.number)
        facets.setdefault(item.engagement, []).append(what)
        oldest.setdefault(item.engagement, (since(item.since, item.days), days(item.days)))
    rows = tuple(
        (Cell(ref), text_cell(source.known[ref].get("title")), Cell(source.names(ref)), list_cell(labels), *oldest[ref])
        for ref, labels in facets.items()
    )  # fmt: skip
    columns = (
        Column("Engagement"), Column("Title"), Column("Third parties"), Column("Not yet disclosed"), Column("Since"),
        Column("Days", right=True),
    )  # fmt: skip
    return Section(
        "all_undisclosed", "All that is not yet disclosed", (), (Table("all_undisclosed", "", columns, rows),)
    )


def _subject(source: CouncilData, item: UndisclosedFacet) -> Cell:
    order = dict(source.orders[item.engagement])[item.number]
    return Cell(joined((order.get("subject") or NOT_RECORDED, order_ending(order)), ""))


def _ordered(cells: FigureCells, source: CouncilData, ref: str, number: str) -> Cell:
    if ref in source.engagements:
        cell = cells.cell(f"/details/{escaped(ref)}/orders/{escaped(number)}/ordered")
        unit = cell.figure.unit if cell.figure else ""
        return Cell(f"{unit} {cell.text}", cell.figure, cell.pointer)
    rows = [row for row in source.money.get(ref, ()) if row.order_number == number and row.measure == "ordered"]
    return Cell(amounts(rows))


def changed(source: CouncilData) -> Section:
    """Return the section of facets and service orders that changed since they were disclosed."""
    rows = tuple(
        (Cell(change.engagement),
         Cell(facet_label(change.facet, change.number)),
         Cell(f"{change.document}, {change.disclosed_on}"),
         Cell(difference_from(change.then, change.now)), Cell(difference_from(change.now, change.then)))
        for change in source.changed
    )  # fmt: skip
    table = Table(
        "changed",
        "What no longer is as it was disclosed",
        (Column("Engagement"), Column("What"), Column("Last disclosed in"), Column("What it said"),
         Column("What is so now")),
        rows,
    )  # fmt: skip
    return Section("changed", "Changed since disclosed", (CHANGED,), (table,))


def conflicts(source: CouncilData) -> Section:
    """Return the conflicts of interest: not assessed, assessed, and others that were declared."""
    columns = (
        Column("Engagement"), Column("Is paid"), Column("Gives"), Column("What it gives, and where"), Column("State"),
    )  # fmt: skip
    tables = []
    for is_open, key, title in (
        (True, "conflicts_open", "Not assessed"),
        (False, "conflicts_assessed", "Assessed"),
    ):
        rows = tuple(
            (Cell(implied.engagement), Cell(source.name(implied.paid)), Cell(source.name(implied.giver)),
             Cell(joined((joined(map(separated, implied.given)), f" ({listed(implied.gives_under, 4)})"), "")),
             Cell(": ".join(filter(None, (implied.status, implied.conflict.measures if implied.conflict else "")))))
            for implied in source.implied_conflicts
            if implied.is_open is is_open
        )  # fmt: skip
        tables.append(Table(key, title, columns, rows))
    declared = _declared(source)
    return Section("conflicts", "Conflicts of interest", (CONFLICTS,), (*tables, *([declared] if declared else [])))


def _declared(source: CouncilData) -> Table | None:
    declared = (implied.conflict for implied in source.implied_conflicts if implied.conflict)
    shown = {(conflict.engagement, conflict.conflict) for conflict in declared}
    rows = tuple(
        (Cell(ref), Cell("; ".join(map(source.name, conflict.between))), Cell(conflict.nature),
         Cell(conflict.outcome or "not assessed"), text_cell(conflict.measures))
        for ref in source.engagements
        for conflict in source.conflicts.get(ref, ())
        if (ref, conflict.conflict) not in shown
    )  # fmt: skip
    if not rows:
        return None
    columns = (Column("Engagement"), Column("Between"), Column("Nature"), Column("Assessment"), Column("Measures"))
    return Table("conflicts_declared", "Other conflicts of interest that were declared", columns, rows)


def corrections(source: CouncilData) -> Section:
    """Return the entries that were voided in the period, and the documents that were corrected."""
    voids = tuple(
        (Cell(void.entry.recorded_at[:10]), Cell(void.entry.stream.partition("/")[2] or void.entry.stream),
         Cell(f"{void.voided.event.tag()}, effective {void.voided.effective_on}"),
         Cell(f"{void.target:,}"), text_cell(getattr(void.entry.event, "reason", None)))
        for void in source.voids()
    )  # fmt: skip
    corrected = tuple(
        (Cell(row.effective_on), Cell(row.document), Cell(row.correction), Cell(row.what))
        for row in source.corrections
        if source.period.holds(row.effective_on)
    )
    return Section(
        "corrections",
        "Corrections",
        (CORRECTIONS,),
        (
            Table(
                "voids",
                "Entries taken back in the period",
                (Column("Recorded on"), Column("In"), Column("What was taken back"), Column("Position", right=True),
                 Column("Why")),
                voids,
            ),
            Table(
                "corrected_documents",
                "Documents that were corrected in the period",
                (Column("Corrected on"), Column("Document"), Column("By"), Column("What was wrong")),
                corrected,
            ),
        ),
    )  # fmt: skip
