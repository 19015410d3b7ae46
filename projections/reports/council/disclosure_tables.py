"""What the council report says of disclosure: what was not told, what changed since, conflicts, corrections."""

from ledger.domain.facets import FACETS
from projections.queries.disclosure import UndisclosedFacet
from projections.queries.figures import escaped
from projections.reports.cells import Cells, said, saying
from projections.reports.council.data import Register
from projections.reports.model import NOT_RECORDED, Cell, Column, Section, Table
from projections.reports.wording import FACET_WORDS, amounts, beside, days, ended, listed, separated, since

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


def undisclosed(cells: Cells, source: Register) -> Section:
    """Return what no document has told any body."""
    orders = tuple(
        (Cell(one.engagement), Cell(source.names(one.engagement)), Cell(one.number), _subject(source, one),
         _ordered(cells, source, one.engagement, one.number), since(one.since, one.days), days(one.days))
        for one in source.undisclosed
        if one.number
    )  # fmt: skip
    rows = tuple(
        (Cell(FACET_WORDS[facet].capitalize()), cells.cell(f"/undisclosed_facets/{facet}"), oldest)
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


def _oldest(source: Register) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for one in source.undisclosed:
        if not one.number:
            found.setdefault(one.facet, since(one.since, one.days))
    return {facet: found[facet] for facet in FACETS if facet in found}


def _withheld(source: Register) -> Table:
    rows = tuple(
        (Cell(ref), Cell(source.names(ref)), said(thing.get("title")),
         saying(FACET_WORDS[facet] for facet in source.withheld(ref)), said(thing.get("unit")))
        for ref, thing in source.engagements.items()
        if source.withheld(ref)
    )  # fmt: skip
    columns = (Column("Engagement"), Column("Third parties"), Column("Title"), Column("Not disclosed"), Column("Unit"))
    return Table("withheld", "Engagements of which the source itself does not disclose something", columns, rows)


def everything_undisclosed(source: Register) -> Section:
    """Return the full list of the engagements of which something is not disclosed."""
    facets: dict[str, list[str]] = {}
    oldest: dict[str, tuple[Cell, Cell]] = {}
    for one in source.undisclosed:
        what = f"service order {one.number}" if one.number else FACET_WORDS[one.facet]
        facets.setdefault(one.engagement, []).append(what)
        oldest.setdefault(one.engagement, (since(one.since, one.days), days(one.days)))
    rows = tuple(
        (Cell(ref), said(source.known[ref].get("title")), Cell(source.names(ref)), saying(found), *oldest[ref])
        for ref, found in facets.items()
    )  # fmt: skip
    columns = (
        Column("Engagement"), Column("Title"), Column("Third parties"), Column("Not yet disclosed"), Column("Since"),
        Column("Days", right=True),
    )  # fmt: skip
    return Section(
        "all_undisclosed", "All that is not yet disclosed", (), (Table("all_undisclosed", "", columns, rows),)
    )


def _subject(source: Register, one: UndisclosedFacet) -> Cell:
    order = dict(source.orders[one.engagement])[one.number]
    return Cell(f"{order.get('subject') or NOT_RECORDED}{ended(order)}")


def _ordered(cells: Cells, source: Register, ref: str, number: str) -> Cell:
    if ref in source.engagements:
        cell = cells.cell(f"/details/{escaped(ref)}/orders/{escaped(number)}/ordered")
        unit = cell.figure.unit if cell.figure else ""
        return Cell(f"{unit} {cell.text}", cell.figure, cell.pointer)
    rows = [row for row in source.money.get(ref, ()) if row.order_number == number and row.measure == "ordered"]
    return Cell(amounts(rows))


def changed(source: Register) -> Section:
    """Return what no longer is as it was disclosed."""
    rows = tuple(
        (Cell(one.engagement), Cell(f"service order {one.number}" if one.number else FACET_WORDS[one.facet]),
         Cell(f"{one.document}, {one.disclosed_on}"), Cell(beside(one.then, one.now)), Cell(beside(one.now, one.then)))
        for one in source.changed
    )  # fmt: skip
    table = Table(
        "changed",
        "What no longer is as it was disclosed",
        (Column("Engagement"), Column("What"), Column("Last disclosed in"), Column("What it said"),
         Column("What is so now")),
        rows,
    )  # fmt: skip
    return Section("changed", "Changed since disclosed", (CHANGED,), (table,))


def conflicts(source: Register) -> Section:
    """Return the conflicts of interest: those not assessed, those assessed, and others that were declared."""
    columns = (
        Column("Engagement"), Column("Is paid"), Column("Gives"), Column("What it gives, and where"), Column("State"),
    )  # fmt: skip
    tables = []
    for is_open, key, title in (
        (True, "conflicts_open", "Not assessed"),
        (False, "conflicts_assessed", "Assessed"),
    ):
        rows = tuple(
            (Cell(one.engagement), Cell(source.name(one.paid)), Cell(source.name(one.giver)),
             Cell(f"{'; '.join(map(separated, one.given))} ({listed(one.gives_under, 4)})"),
             Cell(": ".join(filter(None, (one.status, one.conflict.measures if one.conflict else "")))))
            for one in source.implied_conflicts
            if one.is_open is is_open
        )  # fmt: skip
        tables.append(Table(key, title, columns, rows))
    other = _declared(source)
    return Section("conflicts", "Conflicts of interest", (CONFLICTS,), (*tables, *([other] if other else [])))


def _declared(source: Register) -> Table | None:
    shown = {(one.conflict.engagement, one.conflict.conflict) for one in source.implied_conflicts if one.conflict}
    rows = tuple(
        (Cell(ref), Cell("; ".join(map(source.name, one.between))), Cell(one.nature),
         Cell(one.outcome or "not assessed"), said(one.measures))
        for ref in source.engagements
        for one in source.conflicts.get(ref, ())
        if (ref, one.conflict) not in shown
    )  # fmt: skip
    if not rows:
        return None
    columns = (Column("Engagement"), Column("Between"), Column("Nature"), Column("Assessment"), Column("Measures"))
    return Table("conflicts_declared", "Other conflicts of interest that were declared", columns, rows)


def corrections(source: Register) -> Section:
    """Return what was taken back in the period, and which documents were corrected."""
    voids = tuple(
        (Cell(one.entry.recorded_at[:10]), Cell(one.entry.stream.partition("/")[2] or one.entry.stream),
         Cell(f"{one.voided.event.tag()}, effective {one.voided.effective_on}"),
         Cell(f"{one.target:,}"), said(getattr(one.entry.event, "reason", None)))
        for one in source.voids()
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
